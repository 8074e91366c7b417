"""Signing in and out. Every failure says the same words after the same work: nobody learns which names there are."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from moderation import phrase_hash, store
from moderation.sign_in import LONGEST_KEY, LONGEST_PHRASE, canonical_phrase, matching_step, name_key
from moderation.store import STORE
from server import limits, sealing, stores
from server.errors import BadInput, TooMany
from server.stores import Unit
from server.web import N_

TOKEN_BYTES = 32
NOBODYS_SECRET = "A" * 32
NOT_RIGHT = N_("The name, the phrase or the code is not right. Please try again.")
WAIT = N_("There were too many tries. Please wait a minute and try again.")


def session_id_of(token: bytes) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token).hexdigest()


async def take(limiter: str, subject: str, now: datetime) -> None:
    """Raises TooMany. Asked before anything is compared."""
    if not await limits.allow(limiter, subject, now.timestamp()):
        raise TooMany(WAIT, retry_after=int(limits.LIMITS[limiter].refill))


SLOWER = 2.0  # seconds


@dataclass(frozen=True)
class Typed:
    name: str
    phrase: str
    code: str


async def sign_in(typed: Typed, address: str, now: datetime, demo: bool = False) -> bytes:
    """The token of a new session. Raises BadInput, TooMany or Unavailable, alike for every cause."""
    key = name_key(typed.name)[:LONGEST_KEY]
    await take("phrase_address", address, now)
    if not await limits.allow("phrase", key, now.timestamp()):
        await asyncio.sleep(SLOWER)  # slower, never shut: a stranger who types her name cannot keep her out
    row = await store.staff_named(key, now)
    able = row if row and row["phrase_hash"] and (demo or not row["demo"]) else None
    fits = await phrase_hash.fits(able["phrase_hash"] if able else "", canonical_phrase(typed.phrase[:LONGEST_PHRASE]))
    if able and fits:
        await take("totp", str(able["id"]), now)
    secret = sealing.open_("totp", bytes(able["totp"])).decode() if able and fits else NOBODYS_SECRET
    step = matching_step(secret, typed.code, now.timestamp())
    if able is None or not fits or step is None:
        raise BadInput(NOT_RIGHT)
    staff_id, token, used = int(able["id"]), secrets.token_bytes(TOKEN_BYTES), step

    async def begin(unit: Unit) -> None:
        if not await store.use_step(unit, staff_id, used):
            raise BadInput(NOT_RIGHT)
        await store.begin_session(unit, session_id_of(token), staff_id, now)

    await stores.write(STORE, begin)
    return token


async def sign_out(session_id: str) -> None:
    async def end(unit: Unit) -> None:
        await store.end_session(unit, session_id)

    await stores.write(STORE, end)
