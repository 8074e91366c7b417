"""What staff do with a service. Two databases and no shared transaction, so one rule: hide first, then record; record
first, then show. A crash in between leaves a service hidden, or a line about something that was not done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from moderation.actions.keeping_log import record
from moderation.permissions import role_for
from moderation.terms import Act, Deed, Permission, Role, Who
from server.errors import BadInput, NotAllowed
from server.resources import review
from server.resources.review import Checked, Saved, Stale, Wrong
from server.web import N_

T = TypeVar("T")
Work = Callable[[], Awaitable[T]]
KIND = "service"
LONGEST_REASON = 200
HOW = ("called", "visited", "e-mailed", "their website")
MAY_NOT = N_("Your role may not change services.")
NOT_READABLE = N_("Some fields cannot be saved as they are. Nothing was saved yet.")
CHOOSE_HOW = N_("Please choose how you checked it.")
SAY_REASON = N_("Please say in a few words what the reason is.")


@dataclass(frozen=True)
class Seen:
    """The service somebody acts on, and the version she saw of it."""

    id: str
    version: int


class NotReadable(BadInput):
    """`wrong` has a reason for each field."""

    def __init__(self, wrong: Mapping[str, Wrong]) -> None:
        super().__init__(NOT_READABLE)
        self.wrong = wrong


async def change_service(who: Who, seen: Seen, typed: Mapping[str, str], now: datetime) -> Saved:
    """Raises NotReadable, NotFound or Stale; then nothing was changed. The log names the fields, never what is in them:
    an address that became confidential would stand there for ever."""
    role, today = _role(who), now.date()
    whole = await _whole_as_seen(seen, now)
    read = review.read_typed(whole, typed)
    if read.wrong:
        raise NotReadable(read.wrong)
    parts = review.changed(whole.content, read.content)
    if not parts:
        return Saved((), unchecked=False)

    async def save() -> Saved:
        return await review.save(seen.id, seen.version, read.content, today)

    deed = Deed(Act.SERVICE_CHANGED, KIND, seen.id, ", ".join(parts))
    hides = review.hides(whole.content, read.content)
    return await (_hide_then_record if hides else _record_then_show)(Line(who, role, deed, now), save)


async def verify_service(who: Who, seen: Seen, how: str, now: datetime) -> None:
    """Raises BadInput, NotFound or Stale."""
    role = _role(who)
    if how not in HOW:
        raise BadInput(CHOOSE_HOW)
    await _whole_as_seen(seen, now)

    async def verify() -> None:
        await review.verify(seen.id, seen.version, Checked(role.value, how), now.date())

    await _record_then_show(Line(who, role, Deed(Act.SERVICE_VERIFIED, KIND, seen.id, how), now), verify)


async def retire_service(who: Who, seen: Seen, reason: str, now: datetime) -> None:
    """Raises BadInput, NotFound or Stale. The log forgets nothing, so no address of a secret place gets into it."""
    role = _role(who)
    if not reason or len(reason) > LONGEST_REASON:
        raise BadInput(SAY_REASON)
    whole = await _whole_as_seen(seen, now)
    told = review.without_addresses(reason) if whole.content.confidential else reason

    async def retire() -> None:
        await review.retire(seen.id, seen.version, now.date())

    await _hide_then_record(Line(who, role, Deed(Act.SERVICE_RETIRED, KIND, seen.id, told), now), retire)


async def bring_back_service(who: Who, seen: Seen, now: datetime) -> None:
    """Raises NotFound or Stale."""
    role = _role(who)
    await _whole_as_seen(seen, now)

    async def bring_back() -> None:
        await review.bring_back(seen.id, seen.version, now.date())

    await _record_then_show(Line(who, role, Deed(Act.SERVICE_BROUGHT_BACK, KIND, seen.id), now), bring_back)


@dataclass(frozen=True)
class Line:
    """What is to be written into the log."""

    who: Who
    role: Role
    deed: Deed
    now: datetime


async def _hide_then_record(line: Line, work: Work[T]) -> T:
    done = await work()
    await record(line.who, line.role, line.deed, line.now)
    return done


async def _record_then_show(line: Line, work: Work[T]) -> T:
    await record(line.who, line.role, line.deed, line.now)
    try:
        return await work()
    except Exception:
        taken_back = Deed(Act.NOT_DONE, KIND, line.deed.object_id, line.deed.act.value)
        await record(line.who, line.role, taken_back, line.now)
        raise


def _role(who: Who) -> Role:
    """The routes ask first; whoever calls from elsewhere is asked here."""
    role = role_for(who.roles, Permission.CHANGE_SERVICES)
    if role is None:
        raise NotAllowed(MAY_NOT)
    return role


async def _whole_as_seen(seen: Seen, now: datetime) -> review.Whole:
    whole = await review.whole_service(seen.id, now.date())
    if whole.version != seen.version:
        raise Stale(review.STALE)
    return whole
