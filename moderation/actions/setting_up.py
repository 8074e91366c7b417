"""Setting up: a code from the operator becomes a phrase and an app of one's own, and is spent by it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pyotp import random_base32
from pyotp.totp import TOTP

from moderation import phrase_hash, store
from moderation.actions.signing_in import TOKEN_BYTES, session_id_of, take
from moderation.sign_in import (
    LONGEST_KEY,
    LONGEST_PHRASE,
    canonical_code,
    canonical_phrase,
    matching_step,
    name_key,
    new_phrase,
)
from moderation.store import STORE
from moderation.terms import Act, Deed, Who
from server import sealing, stores
from server.errors import BadInput
from server.stores import Unit
from server.web import N_

CODE_NOT_RIGHT = N_("The name or the set-up code is not right, or the code has run out.")
CODE_GONE = N_("This set-up code was used meanwhile or has run out. Please ask for a new one.")
PHRASE_DIFFERS = N_("The seven words are not the ones shown. Please compare them.")
STEP_DIFFERS = N_("The six digits are not the ones the app shows now. Please type the newest ones.")


@dataclass(frozen=True)
class Setup:
    """What is shown once to somebody who was added: her phrase and the secret for her app."""

    staff_id: int
    name: str
    phrase: str
    secret: str
    code_hash: str

    @property
    def uri(self) -> str:
        """For an authenticator; it names nothing but a desk."""
        return TOTP(self.secret).provisioning_uri(name=self.name, issuer_name="Desk")

    def as_payload(self) -> dict[str, Any]:
        """What a sealed token carries from one page of the set-up to the next: Setup(**payload) is the same again."""
        return asdict(self)


def hash_of_code(code: str) -> bytes:
    """80 random bits need no slow hash."""
    return hashlib.sha256(canonical_code(code).encode()).digest()


async def open_setup(name: str, code: str, address: str, now: datetime) -> Setup:
    """Nothing is kept of it, and the code is not spent, until finish_setup. Raises BadInput or TooMany."""
    await take("setup", address, now)
    row = await store.staff_named(name_key(name)[:LONGEST_KEY], now)
    given = hash_of_code(code)
    kept = bytes(row["setup_hash"]) if row and row["setup_hash"] else bytes(32)
    if not hmac.compare_digest(kept, given) or row is None or not row["in_time"] or row["ended_on"] is not None:
        raise BadInput(CODE_NOT_RIGHT)
    return Setup(int(row["id"]), row["name"], new_phrase(secrets.choice), random_base32(), given.hex())


async def finish_setup(setup: Setup, typed_phrase: str, typed_code: str, now: datetime) -> bytes:
    """The token of her first session. Raises BadInput that says what differs: she has shown who she is."""
    if canonical_phrase(typed_phrase[:LONGEST_PHRASE]) != canonical_phrase(setup.phrase):
        raise BadInput(PHRASE_DIFFERS)
    step = matching_step(setup.secret, typed_code, now.timestamp())
    if step is None:
        raise BadInput(STEP_DIFFERS)
    made = store.Activation(
        setup.staff_id,
        bytes.fromhex(setup.code_hash),
        await phrase_hash.hashed(canonical_phrase(setup.phrase)),
        sealing.seal("totp", setup.secret.encode()),
        step,
    )
    token = secrets.token_bytes(TOKEN_BYTES)

    async def activate(unit: Unit) -> None:
        if not await store.activate(unit, made, now):
            raise BadInput(CODE_GONE)
        await store.end_sessions(unit, made.staff_id)
        await store.begin_session(unit, session_id_of(token), made.staff_id, now)
        done = Deed(Act.STAFF_SET_UP, "staff", str(made.staff_id))
        await store.append(unit, Who(made.staff_id, setup.name), "", done, now)

    await stores.write(STORE, activate)
    return token
