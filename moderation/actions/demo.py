"""Fictional people for `make run`: one for each role, the same everywhere, let in by a demo alone."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from pyotp.totp import TOTP

from moderation import phrase_hash, store
from moderation.sign_in import WORDS, canonical_phrase, name_key, new_phrase
from moderation.store import STORE
from moderation.terms import COMMAND_LINE, Act, Deed, Role, Who
from server import sealing, stores
from server.stores import Unit


@dataclass(frozen=True)
class DemoStaff:
    """`code` is the one of this half minute."""

    name: str
    role: Role
    phrase: str
    secret: str
    code: str


DEMO_NAMES = {
    Role.DIRECTORY_EDITOR: "Edith",
    Role.COORDINATOR: "Cora",
    Role.MODERATOR: "Mona",
    Role.SAFEGUARDING_LEAD: "Sami",
    Role.APPEALS_REVIEWER: "Alba",
    Role.AUDITOR: "Ruth",
    Role.OPERATOR: "Omar",
    Role.OUTSIDE_REVIEWER: "Oona",
}


def demo_staff(now: datetime) -> list[DemoStaff]:
    """The same fictional people with the same words everywhere: they are let in by a demo alone."""
    return [_demo_person(name, role, now) for role, name in DEMO_NAMES.items()]


def _demo_person(name: str, role: Role, now: datetime) -> DemoStaff:
    digest = hashlib.sha256(f"demo {name}".encode()).digest()
    numbers = iter(digest)
    phrase = new_phrase(lambda words: words[next(numbers) * len(WORDS) // 256])
    secret = base64.b32encode(digest[:20]).decode()
    return DemoStaff(name, role, phrase, secret, TOTP(secret).at(int(now.timestamp())))


async def add_demo_staff(now: datetime) -> list[DemoStaff]:
    """Adds those who are not there yet; returns what to print. Call it for settings.demo alone."""
    people = demo_staff(now)
    for person in people:
        if await store.staff_named(name_key(person.name), now) is None:
            await _add_demo_person(person, now)
    return people


async def _add_demo_person(person: DemoStaff, now: datetime) -> None:
    kept = await phrase_hash.hashed(canonical_phrase(person.phrase))
    sealed = sealing.seal("totp", person.secret.encode())

    async def add(unit: Unit) -> None:
        who = Who(0, person.name, frozenset({person.role}))
        staff_id = await store.add_staff(unit, who, name_key(person.name), now, demo=True)
        await unit.run("UPDATE staff SET phrase_hash = ?, totp = ? WHERE id = ?", kept, sealed, staff_id)
        added = Deed(Act.STAFF_ADDED, "staff", str(staff_id), person.role.value)
        await store.append(unit, COMMAND_LINE, Role.OPERATOR.value, added, now)

    await stores.write(STORE, add)
