"""What staff do with many services at once, and with two that are one; and the way back from both. Each is logged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from moderation.actions.keeping_log import record
from moderation.actions.services import KIND, Line, hide_then_record, read_reason, record_then_show, role_to_change
from moderation.terms import Act, Deed, Role, Who
from server.resources import bulk_edits, merging
from server.resources.bulk_edits import Change, Kind
from server.resources.checking import By
from server.resources.merging import Two

BULK = "bulk"


async def change_many(who: Who, ids: Sequence[str], change: Change, now: datetime) -> tuple[int, int]:
    """The number of this change, and how many services differ by it. Raises BadInput, NotFound or Stale."""
    role = role_to_change(who)
    if change.kind is Kind.RETIRE:
        read_reason(change.value)

    async def do() -> tuple[int, tuple[str, ...]]:
        return await bulk_edits.do(ids, change, By(str(who.id), role.value), now.date())

    line = Line(who, role, Deed(Act.BULK_DONE, BULK, "", change.logged), now)
    number, done = await (hide_then_record if bulk_edits.hides(change) else record_then_show)(line, do)
    act = Act.SERVICE_RETIRED if change.kind is Kind.RETIRE else Act.SERVICE_CHANGED
    await _each(who, role, Deed(act, KIND, "", f"{BULK} {number}"), done, now)
    return number, len(done)


async def _each(who: Who, role: Role, deed: Deed, ids: Collection[str], now: datetime) -> None:
    """So that each service tells its own story."""
    for one in ids:
        await record(who, role, Deed(deed.act, deed.kind, one, deed.details), now)


async def undo_many(who: Who, number: int, now: datetime) -> tuple[int, int]:
    """How many are as before, and how many somebody changed since. Raises NotFound."""
    role = role_to_change(who)
    line = Line(who, role, Deed(Act.BULK_UNDONE, BULK, str(number)), now)

    async def undo() -> tuple[tuple[str, ...], int]:
        return await bulk_edits.undo(number, By(str(who.id), role.value), now.date())

    retired = await bulk_edits.is_retirement(number)
    back, left = await record_then_show(line, undo)
    act = Act.SERVICE_BROUGHT_BACK if retired else Act.SERVICE_CHANGED
    await _each(who, role, Deed(act, KIND, "", f"{BULK} {number}"), back, now)
    return len(back), left


async def merge_services(who: Who, two: Two, parts: Collection[str], now: datetime) -> int:
    """The number under which it can be taken back. Raises Stale."""
    role = role_to_change(who)

    async def merge() -> int:
        return await merging.merge(two, parts, By(str(who.id), role.value), now.date())

    line = Line(who, role, Deed(Act.SERVICES_MERGED, KIND, two.goes.id, two.stays.id), now)
    number = await hide_then_record(line, merge)
    await record(who, role, Deed(Act.SERVICES_MERGED, KIND, two.stays.id, ", ".join(parts)), now)
    return number


async def part_services(who: Who, number: int, now: datetime) -> None:
    """Raises NotFound or BadInput."""
    role = role_to_change(who)
    line = Line(who, role, Deed(Act.SERVICES_PARTED, BULK, str(number)), now)

    async def part() -> tuple[str, ...]:
        return await merging.part_again(number, By(str(who.id), role.value), now.date())

    both = await record_then_show(line, part)
    await _each(who, role, Deed(Act.SERVICES_PARTED, KIND, "", str(number)), both, now)
