"""Two entries that are one service: what is offered, the merger, and the way back.

The one that stays keeps its id; the other is retired and says where it went, so that links to it lead on.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from server import stores
from server.errors import N_, BadInput, NotFound
from server.resources.bulk_edits import made_by, undoing
from server.resources.checking import By
from server.resources.content_json import content_read, content_text
from server.resources.duplicates import Known, Pair, pairs
from server.resources.review import (
    Edit,
    Whole,
    With,
    bring_back_within,
    retire_within,
    save_within,
    whole_service,
    whole_within,
)
from server.resources.service_form import Content
from server.resources.taking import differing, taken
from server.stores import Unit

DIRECTORY = "directory"
MERGED = "merged"
ALREADY = N_("One of the two is retired already. Nothing was merged.")
SECRET = N_("A confidential service is merged only with another confidential one.")
GONE = N_("One of the two has changed since. Nothing was taken back.")

CURRENT = """
SELECT s.id, s.name, p.number, CASE WHEN s.confidential THEN '' ELSE
  coalesce((SELECT l.city FROM service_at_location a JOIN location l ON l.key = a.location_id
    WHERE a.service_id = s.key ORDER BY a.key LIMIT 1), '') END AS town
FROM service s LEFT JOIN phone p ON p.service_id = s.key WHERE s.retired_on IS NULL ORDER BY s.key
"""


async def suggestions() -> tuple[tuple[Pair, ...], dict[str, str]]:
    """Pairs that may be one service, and the names of those in them."""
    known: dict[str, Known] = {}
    for row in await stores.rows(DIRECTORY, CURRENT):
        before = known.get(row["id"]) or Known(row["id"], row["name"], row["town"])
        numbers = (*before.numbers, row["number"]) if row["number"] else before.numbers
        known[row["id"]] = replace(before, numbers=numbers)
    found = pairs(known.values())
    return found, {one: known[one].name for pair in found for one in (pair.one, pair.other)}


@dataclass(frozen=True)
class Two:
    """`stays` keeps its id; `parts` are those in which the two differ."""

    stays: Whole
    goes: Whole
    offer: Content
    parts: tuple[str, ...]


async def side_by_side(stays: str, goes: str, today: date) -> Two:
    """Raises NotFound or BadInput."""
    if stays == goes:
        raise NotFound
    one, other = await whole_service(stays, today), await whole_service(goes, today)
    if one.retired_on or other.retired_on:
        raise BadInput(ALREADY)
    if one.content.confidential != other.content.confidential:
        raise BadInput(SECRET)
    offer = offer_of(one.content, other.content)
    return Two(one, other, offer, differing(one.content, offer))


def offer_of(stays: Content, goes: Content) -> Content:
    """All of the other's, in rows of its own: its keys are not this one's."""
    keys = {row.number: row.key for row in stays.phones}
    phones = tuple(replace(row, key=keys.pop(row.number, 0)) for row in goes.phones)
    kept = tuple(
        replace(old, texts=goes.places[at].texts) if at < len(goes.places) else old
        for at, old in enumerate(stays.places)
    )
    fresh = tuple(replace(row, key=0) for row in goes.places[len(stays.places) :])
    places = stays.places if stays.confidential else kept + fresh
    return replace(goes, confidential=stays.confidential, phones=phones, places=places)


async def merge(two: Two, parts: Collection[str], by: By, today: date) -> int:
    """`parts` are taken from the one that goes. Returns the number of this change, for undoing. Raises Stale."""
    after = taken(two.stays.content, two.offer, parts)

    async def work(unit: Unit) -> int:
        saved = await save_within(unit, Edit(two.stays.id, two.stays.version, after), today, With(by=by))
        await retire_within(unit, two.goes.id, two.goes.version, today)
        await unit.run("UPDATE service SET merged_into = ? WHERE key = ?", two.stays.id, two.goes.key)
        before: dict[str, Any] = {two.stays.id: {"content": content_text(two.stays.content), "version": saved.version}}
        before |= {"stays": two.stays.id, "goes": two.goes.id}
        return await made_by(unit, by, MERGED, json.dumps(before, ensure_ascii=False), today)

    return await stores.write(DIRECTORY, work)


async def part_again(number: int, by: By, today: date) -> tuple[str, ...]:
    """Takes a merger back: the values as they were, and both there again. Returns their ids. Raises BadInput."""

    async def work(unit: Unit) -> tuple[str, ...]:
        before = await undoing(unit, number, today)
        if before.get("stays") not in before:  # it became confidential: what was before is gone
            raise BadInput(GONE)
        stays, goes = before["stays"], before["goes"]
        was = before[stays]
        now = await whole_within(unit, stays, today)
        other = await whole_within(unit, goes, today)
        if now.version != was["version"] or other.merged_into != stays:
            raise BadInput(GONE)
        after = _in_rows_of(now.content, content_read(was["content"]))
        await save_within(unit, Edit(stays, now.version, after), today, With(by=by))
        await bring_back_within(unit, goes, other.version, today)
        return stays, goes

    return await stores.write(DIRECTORY, work)


def _in_rows_of(now: Content, was: Content) -> Content:
    """A row that is gone meanwhile is made anew."""
    phones, places = {row.key for row in now.phones}, {row.key for row in now.places}
    return replace(
        was,
        phones=tuple(replace(row, key=row.key if row.key in phones else 0) for row in was.phones),
        places=tuple(replace(row, key=row.key if row.key in places else 0) for row in was.places),
    )
