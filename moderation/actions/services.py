"""What staff do with a service. Two databases and no shared transaction, so one rule: hide first, then record; record
first, then show. A crash in between leaves a service hidden, or a line about something that was not done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from moderation import store
from moderation.actions.keeping_log import record
from moderation.permissions import may, role_for
from moderation.terms import Act, Deed, Permission, Role, Who
from server.errors import BadInput, NotAllowed
from server.resources import review
from server.resources.checking import By
from server.resources.review import Checked, Neighbour, Saved, Stale, With, Wrong
from server.web import N_

T = TypeVar("T")
Work = Callable[[], Awaitable[T]]
KIND = "service"
LONGEST_REASON = 200
MOST_SINCE = 20
HOW = ("called", "visited", "e-mailed", "their website")
MAY_NOT = N_("Your role may not change services.")
NOT_READABLE = N_("Some fields cannot be saved as they are. Nothing was saved yet.")
CHOOSE_HOW = N_("Please choose how you checked it.")
REASON_TOO_LONG = N_("Please give the reason in at most %(most)s letters.")
SAY_REASON = N_("Please say in a few words what the reason is.")


OTHERS = N_("Other services are at this address. Choose which are confidential too. Nothing was saved yet.")


@dataclass(frozen=True)
class Seen:
    """The service somebody acts on, and the version that was on the page. `others` are the services at the same address
    that the page named, `also` those of them that are to become confidential with it."""

    id: str
    version: int
    others: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()


class NotReadable(BadInput):
    """`wrong` has a reason for each field."""

    def __init__(self, wrong: Mapping[str, Wrong]) -> None:
        super().__init__(NOT_READABLE)
        self.wrong = wrong


class OthersThere(BadInput):
    """A place becomes secret, and other services show it that whoever saves has not been asked about."""

    def __init__(self, others: tuple[Neighbour, ...]) -> None:
        super().__init__(OTHERS)
        self.others = others


@dataclass(frozen=True)
class Changed:
    """`withheld`: something that reads like an address was taken out of what was typed."""

    saved: Saved
    withheld: bool = False


async def change_service(who: Who, seen: Seen, typed: Mapping[str, str], now: datetime) -> Changed:
    """Raises NotReadable, OthersThere, NotFound or Stale; then nothing was changed.

    The log names the fields, never what is in them: an address that became confidential would stand there for ever.
    """
    role, today = role_to_change(who), now.date()
    whole = await _whole_as_seen(seen, now)
    read = review.read_typed(whole, permitted(who, whole, typed), today)
    if read.wrong:
        raise NotReadable(read.wrong)
    parts = review.changed(whole.content, read.content)
    if not parts:
        return Changed(Saved((), unchecked=False, version=whole.version), read.withheld)
    hides = review.hides(whole.content, read.content)
    if read.content.confidential and not whole.content.confidential:
        others = await review.neighbours(whole, read.places)
        if not seen.others.issuperset(one.id for one in others):
            raise OthersThere(others)
    along = With(seen.also, read.places, By(str(who.id), role.value))

    async def save() -> Saved:
        return await review.save(seen.id, seen.version, read.content, today, along)

    if "ours" in parts:
        role = role_for(who.roles, Permission.MARK_OURS) or role
    line = Line(who, role, Deed(Act.SERVICE_CHANGED, KIND, seen.id, ", ".join(parts)), now)
    saved = await (hide_then_record if hides else record_then_show)(line, save)
    for other in saved.also:
        await record(who, role, replace(line.deed, object_id=other, details="confidential"), now)
    return Changed(saved, read.withheld)


def permitted(who: Who, whole: review.Whole, typed: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed, with the old mark where hers is not to change: it decides who reads reports of harm."""
    if may(who.roles, Permission.MARK_OURS):
        return typed
    return {**typed, "ours": whole.form["ours"]}


async def saved_already(who: Who, seen: Seen, typed: Mapping[str, str], now: datetime) -> bool:
    """Whether a form that was sent again says only what she saved with it, and nobody else has been there since."""
    whole = await review.whole_service(seen.id, now.date())
    since = whole.version - seen.version
    if not 0 < since <= MOST_SINCE or not review.is_saved(whole, permitted(who, whole, typed)):
        return False
    lines = await store.lines_about(KIND, seen.id, since)
    return len(lines) == since and all(line.staff_id == who.id for line in lines)


def read_how(how: str) -> None:
    """Raises BadInput."""
    if how not in HOW:
        raise BadInput(CHOOSE_HOW)


def read_reason(reason: str) -> None:
    """Raises BadInput."""
    if not reason:
        raise BadInput(SAY_REASON)
    if len(reason) > LONGEST_REASON:
        raise BadInput(REASON_TOO_LONG, most=LONGEST_REASON)


async def verify_service(who: Who, seen: Seen, how: str, now: datetime, changed: bool = False) -> None:
    """`changed`: something was put right with this check. Raises BadInput, NotFound or Stale."""
    role = role_to_change(who)
    read_how(how)
    await _whole_as_seen(seen, now)

    async def verify() -> None:
        await review.verify(seen.id, seen.version, Checked(role.value, how, str(who.id), changed), now.date())

    await record_then_show(Line(who, role, Deed(Act.SERVICE_VERIFIED, KIND, seen.id, how), now), verify)


async def retire_service(who: Who, seen: Seen, reason: str, now: datetime) -> None:
    """Raises BadInput, NotFound or Stale. The log forgets nothing, so no address gets into it: one that anybody may
    know today may be that of a secret place tomorrow."""
    role = role_to_change(who)
    read_reason(reason)
    told = review.without_addresses(reason, await _whole_as_seen(seen, now))

    async def retire() -> None:
        await review.retire(seen.id, seen.version, now.date())

    await hide_then_record(Line(who, role, Deed(Act.SERVICE_RETIRED, KIND, seen.id, told), now), retire)


async def bring_back_service(who: Who, seen: Seen, now: datetime) -> None:
    """Raises NotFound, Stale, or BadInput: held by a report. Asked here too, so that the log tells of no attempt."""
    role = role_to_change(who)
    await _whole_as_seen(seen, now)
    if await review.waits_for_harm(seen.id):
        raise BadInput(review.HELD)

    async def bring_back() -> None:
        await review.bring_back(seen.id, seen.version, now.date())

    await record_then_show(Line(who, role, Deed(Act.SERVICE_BROUGHT_BACK, KIND, seen.id), now), bring_back)


@dataclass(frozen=True)
class Line:
    """What is to be written into the log."""

    who: Who
    role: Role
    deed: Deed
    now: datetime


async def hide_then_record(line: Line, work: Work[T]) -> T:
    done = await work()
    await record(line.who, line.role, line.deed, line.now)
    return done


async def record_then_show(line: Line, work: Work[T]) -> T:
    await record(line.who, line.role, line.deed, line.now)
    try:
        return await work()
    except Exception:
        taken_back = Deed(Act.NOT_DONE, line.deed.kind, line.deed.object_id, line.deed.act.value)
        await record(line.who, line.role, taken_back, line.now)
        raise


def role_to_change(who: Who) -> Role:
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
