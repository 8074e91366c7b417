"""What staff decide where a newer list of a publisher says something else than they checked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from moderation.actions.services import KIND, Line, hide_then_record, record_then_show, role_to_change
from moderation.terms import Act, Deed, Who
from server.resources import deciding, review
from server.resources.checking import By
from server.resources.review import Saved, Stale


async def settle_conflict(who: Who, service_id: str, version: int, take: Collection[str], now: datetime) -> Saved:
    """Takes these parts, keeps the others. Raises NotFound or Stale.

    The log names the parts that were taken, never what is in them.
    """
    role, today = role_to_change(who), now.date()
    sides = await deciding.side_by_side(service_id, today)
    if sides.whole.version != version:
        raise Stale(review.STALE)
    parts = [part for part in sides.parts if part in take]
    by = By(str(who.id), role.value)

    async def decide() -> Saved:
        return await deciding.decide(sides, parts, by, today)

    line = Line(who, role, Deed(Act.CONFLICT_SETTLED, KIND, service_id, ", ".join(parts)), now)
    hides = review.hides(sides.whole.content, deciding.after_taking(sides, parts))
    return await (hide_then_record if hides else record_then_show)(line, decide)
