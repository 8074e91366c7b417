"""A place becomes secret: who else is at that address, and the address out of every row that holds it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from server.resources import store
from server.resources.confidential import scrub
from server.resources.known_places import CLOSE, same_place, scrub_known, secrets_of_place, street_of
from server.resources.withholding import SERVICE_TEXTS, hidden_texts
from server.stores import Row, Unit

Fetch = Callable[..., Awaitable[Sequence[Row]]]
Place = Mapping[str, Any]


@dataclass(frozen=True)
class Neighbour:
    """Another service with an address of its own that is the same."""

    key: int
    id: str
    name: str
    organization: str
    address: str


PLACES_OF = """
SELECT l.* FROM location l JOIN service_at_location a ON a.location_id = l.key WHERE a.service_id = ? ORDER BY a.key
"""
OTHERS_NEAR = """
SELECT s.key AS service, s.id, s.name, o.name AS organization, l.key, l.address_1, l.city, l.latitude, l.longitude
FROM location l JOIN service_at_location a ON a.location_id = l.key JOIN service s ON s.key = a.service_id
LEFT JOIN organization o ON o.key = s.organization_id
WHERE s.key <> ? AND NOT s.confidential AND NOT l.confidential AND ({near}) ORDER BY lower(s.name), s.key
"""


async def neighbours(fetch: Fetch, key: int, places: Sequence[Place]) -> tuple[Neighbour, ...]:
    """Open services at one of these places, retired ones too: by the row, the street or the point."""
    found: dict[int, Neighbour] = {}
    for place in places:
        near, params = _near(place)
        for row in await fetch(OTHERS_NEAR.format(near=near), key, *params):
            if row["key"] == place["key"] or same_place(place, row):
                address = ", ".join(part for part in (row["address_1"], row["city"]) if part)
                found[row["service"]] = Neighbour(
                    row["service"], row["id"], row["name"], row["organization"] or "", address
                )
    return tuple(found.values())


def _near(place: Place) -> tuple[str, list[object]]:
    """A rough look, for the database; `same_place` decides."""
    clauses, params = ["l.key = ?", "lower(l.address_1) = lower(?)"], [place["key"], place["address_1"]]
    for number in street_of(str(place["address_1"])).numbers:
        clauses.append("l.address_1 LIKE ?")
        params.append(f"%{number}%")
    if place["latitude"] is not None and place["longitude"] is not None:
        clauses.append("(abs(l.latitude - ?) < ? AND abs(l.longitude - ?) < ?)")
        params += [float(place["latitude"]), CLOSE, float(place["longitude"]), CLOSE]
    if not place["address_1"]:
        clauses.pop(1)
        params.pop(1)
    return " OR ".join(clauses), params


# --- the address out of every row

BLANKED = """
UPDATE location SET name = '', latitude = NULL, longitude = NULL, address_1 = '', address_2 = '', city = '',
region = '', state_province = '', postal_code = '', country = '', transportation = '', confidential = TRUE
WHERE key = ?
"""
OTHERS_THERE = """
SELECT s.key, s.confidential FROM service s JOIN service_at_location a ON a.service_id = s.key
WHERE a.location_id = ? AND s.key <> ?
"""
UNUSED = """
SELECT l.* FROM location l WHERE NOT l.confidential
AND NOT EXISTS (SELECT 1 FROM service_at_location a WHERE a.location_id = l.key)
"""
NAMES = """
SELECT s.name, s.alternate_name, o.name AS organization FROM service s
LEFT JOIN organization o ON o.key = s.organization_id WHERE s.key = ?
"""
TEXTS = tuple(dict.fromkeys((*SERVICE_TEXTS, "documents", "chat")))
# Texts that hang on a service: table, column.
BESIDE = (("phone", "description"), ("schedule", "text"), ("service_language", "note"))


async def hide(unit: Unit, keys: Collection[int], known: Collection[str], today: date) -> set[int]:
    """Takes the places of these services away, and what tells of them out of every text of the directory, but for the
    texts of open services that go on showing the same address. Returns the keys of all services that differ by it."""
    secrets, showing = set(known), set[int]()
    places: dict[int, Sequence[Place]] = {}
    for key in sorted(keys):
        places[key] = await unit.rows(PLACES_OF, key)
        names = [str(name or "") for name in (await unit.rows(NAMES, key))[0].values()]
        showing |= {one.key for one in await neighbours(unit.rows, key, places[key])}
        secrets |= {one for place in places[key] for one in secrets_of_place(place, names)}
        await unit.run("UPDATE service SET confidential = TRUE, edited_on = ? WHERE key = ?", today, key)
    for key, own in places.items():
        for place in own:
            await _take_away(unit, key, place["key"])
    for row in await unit.rows(UNUSED):
        if any(same_place(row, place) for own in places.values() for place in own):
            await unit.run(BLANKED, row["key"])
    told, spared = tuple(sorted(secrets)), showing - set(keys)
    touched = await _out_of_services(unit, keys, spared, told)
    touched |= await _out_of_what_hangs_on_them(unit, keys, spared, told)
    await _out_of_places(unit, told)
    await _out_of_what_waits(unit, keys, told)
    return touched | set(keys) | await _out_of_organizations(unit, keys, told)


async def _take_away(unit: Unit, key: int, place: int) -> None:
    """A place of its own is blanked, not hidden; one that others use too is no longer said to be this service's."""
    there = await unit.rows(OTHERS_THERE, place, key)
    if any(not row["confidential"] for row in there):
        await leave(unit, key, place)
    else:
        await unit.run(BLANKED, place)


async def leave(unit: Unit, service_key: int, place_key: int) -> None:
    await unit.run("DELETE FROM service_at_location WHERE service_id = ? AND location_id = ?", service_key, place_key)
    for table in ("phone", "schedule"):
        await unit.run(
            f"UPDATE {table} SET location_id = NULL WHERE service_id = ? AND location_id = ?",
            service_key,
            place_key,
        )


async def _out_of_services(
    unit: Unit, keys: Collection[int], spared: Collection[int], known: Sequence[str]
) -> set[int]:
    touched: set[int] = set()
    for row in await unit.rows(f"SELECT key, {', '.join(TEXTS)} FROM service"):
        before = {name: str(row[name]) for name in TEXTS}
        if row["key"] in spared:
            continue
        if row["key"] in keys:
            after = {
                **hidden_texts(before, known),
                **{name: scrub(before[name], known) for name in ("documents", "chat")},
            }
        else:
            after = {name: scrub_known(text, known) for name, text in before.items()}
        if after != before:
            sets = ", ".join(f"{name} = ?" for name in TEXTS)
            values = (after[name] for name in TEXTS)
            await unit.run(f"UPDATE service SET {sets} WHERE key = ?", *values, row["key"])
            touched.add(row["key"])
    return touched


async def _out_of_what_hangs_on_them(
    unit: Unit, keys: Collection[int], spared: Collection[int], known: Sequence[str]
) -> set[int]:
    touched: set[int] = set()
    for table, column in BESIDE:
        rows = await unit.rows(f"SELECT key, service_id, {column} AS said FROM {table} WHERE {column} <> ''")
        for row in rows:
            said = str(row["said"])
            hidden = scrub(said, known) if row["service_id"] in keys else scrub_known(said, known)
            if hidden != said and row["service_id"] not in spared:
                await unit.run(f"UPDATE {table} SET {column} = ? WHERE key = ?", hidden, row["key"])
                touched |= {row["service_id"]} - {None}
    return touched


async def _out_of_what_waits(unit: Unit, keys: Collection[int], known: Sequence[str]) -> None:
    """What packages say of it and nobody decided yet is dropped: the next package says it again, without an address.
    What could be undone and tells of a secret place cannot be undone any more."""
    marks = ", ".join("?" * len(keys))
    await unit.run(f"DELETE FROM conflict WHERE service_id IN ({marks})", *sorted(keys))
    for row in await unit.rows("SELECT key, incoming FROM conflict"):
        hidden = _scrubbed(json.loads(row["incoming"]), known)
        if hidden != json.loads(row["incoming"]):
            said = json.dumps(hidden, ensure_ascii=False, sort_keys=True)
            await unit.run("UPDATE conflict SET incoming = ? WHERE key = ?", said, row["key"])
    ids = [row["id"] for row in await unit.rows(f"SELECT id FROM service WHERE key IN ({marks})", *sorted(keys))]
    for row in await unit.rows("SELECT key, before FROM bulk_edit WHERE before <> ''"):
        before: dict[str, Any] = json.loads(row["before"])
        kept = _scrubbed({name: was for name, was in before.items() if name not in ids}, known)
        if kept != before:
            said = json.dumps(kept, ensure_ascii=False, sort_keys=True)
            await unit.run("UPDATE bulk_edit SET before = ? WHERE key = ?", said, row["key"])


def _scrubbed(value: Any, known: Sequence[str]) -> Any:
    """Every text in it, however deep."""
    if isinstance(value, str):
        return scrub_known(value, known)
    if isinstance(value, list):
        return [_scrubbed(one, known) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: _scrubbed(one, known) for name, one in cast("dict[str, Any]", value).items()}
    return value


async def _out_of_places(unit: Unit, known: Sequence[str]) -> None:
    """How to get to the house next door."""
    for row in await unit.rows(
        "SELECT key, name, transportation FROM location WHERE name <> '' OR transportation <> ''"
    ):
        after = [scrub_known(str(row[column]), known) for column in ("name", "transportation")]
        if after != [row["name"], row["transportation"]]:
            await unit.run("UPDATE location SET name = ?, transportation = ? WHERE key = ?", *after, row["key"])


async def _out_of_organizations(unit: Unit, keys: Collection[int], known: Sequence[str]) -> set[int]:
    """Whoever runs a secret place tells nothing that reads like an address; others, not this one."""
    marks = ", ".join("?" * len(keys))
    asked = f"SELECT DISTINCT organization_id AS key FROM service WHERE key IN ({marks})"
    runs = {row["key"] for row in await unit.rows(asked, *sorted(keys))}
    renamed: list[int] = []
    for row in await unit.rows("SELECT key, description, website FROM organization"):
        before = (str(row["description"]), str(row["website"]))
        about = scrub(before[0], known) if row["key"] in runs else scrub_known(before[0], known)
        after = (about, scrub_known(before[1], known))
        if after != before:
            await unit.run("UPDATE organization SET description = ?, website = ? WHERE key = ?", *after, row["key"])
            renamed.append(row["key"])
    return set(await store.services_of(unit, renamed, "organization"))
