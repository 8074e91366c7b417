"""The log of what staff do: append, and check that nobody changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from moderation import log_chain, log_witness, store
from moderation.store import STORE
from moderation.terms import Deed, Role, Who
from server import stores
from server.stores import Unit

PAGE = 1000


async def record(who: Who, role: Role, deed: Deed, now: datetime) -> None:
    """Append one line, in a unit of work of its own."""

    async def append(unit: Unit) -> None:
        await store.append(unit, who, role.value, deed, now)

    await stores.write(STORE, append)


@dataclass(frozen=True)
class LogCheck:
    """`broken_at` is the number of the first line that is missing or changed. `newest` is worth noting elsewhere:
    nobody can rewrite the log up to it unseen."""

    lines: int
    newest: str
    broken_at: int | None

    def __bool__(self) -> bool:
        """True where every line is what was written."""
        return self.broken_at is None


async def check_log() -> LogCheck:
    """Reads the whole chain, and holds it against the newest line noted beside the keys."""
    before, last = log_chain.BEGINNING, 0
    while lines := await store.lines_from(last + 1, PAGE):
        broken = log_chain.first_break(lines, before, last)
        if broken is not None:
            return LogCheck(last, before, broken)
        before, last = lines[-1].hash, lines[-1].id
    number, hash_ = log_witness.noted()
    there = await store.lines_from(number, 1) if number else []
    if number and not (there and there[0].id == number and there[0].hash == hash_):
        return LogCheck(last, before, min(number, last + 1))
    return LogCheck(last, before, None)
