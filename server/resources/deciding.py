"""What newer packages say against the word of staff: the list of it, one of them side by side, and the decision."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from server import stores
from server.errors import N_, NotFound
from server.resources import store
from server.resources.checking import By
from server.resources.review import Edit, Saved, Whole, With, save_within, whole_service
from server.resources.service_form import Content
from server.resources.taking import differing, offered, taken
from server.stores import Unit

DIRECTORY = "directory"
NONE_HERE = N_("There is nothing to decide about this service.")


@dataclass(frozen=True)
class Waiting:
    """One service that a package speaks of otherwise."""

    id: str
    name: str
    source: str
    came_on: date | None


@dataclass(frozen=True)
class Sides:
    """`parts` differ between what is kept and what is offered."""

    whole: Whole
    offer: Content
    parts: tuple[str, ...]
    source: str
    came_on: date | None


LISTED = """
SELECT s.id, s.name, c.source, c.came_on, c.incoming FROM conflict c JOIN service s ON s.key = c.service_id
WHERE {which} ORDER BY c.came_on DESC, lower(s.name), s.key
"""


async def waiting() -> tuple[Waiting, ...]:
    found = await stores.rows(DIRECTORY, LISTED.format(which="TRUE"))
    return tuple(Waiting(row["id"], row["name"], row["source"], stores.as_date(row["came_on"])) for row in found)


async def side_by_side(service_id: str, today: date) -> Sides:
    """Raises NotFound."""
    whole = await whole_service(service_id, today)
    found = await stores.rows(DIRECTORY, LISTED.format(which="s.id = ?"), service_id)
    if not found:
        raise NotFound(NONE_HERE)
    offer = offered(whole.content, json.loads(found[0]["incoming"]))
    parts = differing(whole.content, offer)
    return Sides(whole, offer, parts, found[0]["source"], stores.as_date(found[0]["came_on"]))


async def decide(sides: Sides, parts: Collection[str], by: By, today: date) -> Saved:
    """Takes these parts and keeps the others; the same words of the package do not come again. Raises Stale."""
    after = taken(sides.whole.content, sides.offer, parts)

    async def work(unit: Unit) -> Saved:
        edit = Edit(sides.whole.id, sides.whole.version, after)
        saved = await save_within(unit, edit, today, With(by=by))
        await store.decide(unit, sides.whole.key)
        return saved

    return await stores.write(DIRECTORY, work)


def after_taking(sides: Sides, parts: Collection[str]) -> Content:
    return taken(sides.whole.content, sides.offer, parts)
