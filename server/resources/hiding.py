"""A place becomes secret: who else is at that address, and the address out of every row that holds it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from server.resources import store
from server.resources.confidential import scrub, scrub_own
from server.resources.known_places import (
    CLOSE,
    same_place,
    same_street,
    scrub_column,
    scrub_known,
    secrets_of_place,
    street_of,
)
from server.resources.withholding import TEXTS
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
# The column by which a row belongs to a service.
OF_SERVICE = {
    "service": "key",
    **dict.fromkeys(("phone", "schedule", "service_language", "verification"), "service_id"),
}
AS_JSON = ("incoming", "before")


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
    await _drop_what_waits(unit, keys)
    secret = Secret(tuple(sorted(secrets)), frozenset(keys), frozenset(showing - set(keys)))
    return set(keys) | await _out_of_every_text(unit, secret)


@dataclass(frozen=True)
class Secret:
    """What is secret; keys of the services whose place it is, and of open ones that go on showing the address."""

    known: tuple[str, ...]
    own: frozenset[int] = frozenset()
    spared: frozenset[int] = frozenset()


async def hide_everywhere(unit: Unit, known: Collection[str]) -> set[int]:
    """Secrets of a package, out of what it did not bring: what staff wrote, and what other packages said. Returns the
    keys of the services that differ by it."""
    by_name = {street.names for street in map(street_of, known) if street.numbers}
    showing = {
        row["service"]
        for row in await unit.rows(SHOWN)
        if street_of(row["address_1"]).names in by_name and any(same_street(row["address_1"], one) for one in known)
    }
    return await _out_of_every_text(unit, Secret(tuple(sorted(known)), spared=frozenset(showing))) if known else set()


SHOWN = """
SELECT a.service_id AS service, l.address_1 FROM location l JOIN service_at_location a ON a.location_id = l.key
WHERE l.address_1 <> '' AND NOT l.confidential
"""


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


async def _out_of_every_text(unit: Unit, secret: Secret) -> set[int]:
    touched: set[int] = set()
    own = await _whose(unit, "SELECT organization_id AS key FROM service WHERE key", secret.own)
    spared = await _whose(unit, "SELECT location_id AS key FROM service_at_location WHERE service_id", secret.spared)
    for table in TEXTS:
        among = {"organization": Secret(secret.known, own), "location": Secret(secret.known, spared=spared)}.get(
            table, secret
        )
        changed = await _out_of_table(unit, table, among)
        if table in store.WHOSE:
            changed = set(await store.services_of(unit, sorted(changed), table))
        touched |= changed if table in store.WHOSE or table in OF_SERVICE else set()
    return touched


async def _whose(unit: Unit, which: str, services: Collection[int]) -> frozenset[int]:
    marks = ", ".join("?" * len(services))
    found = await unit.rows(f"{which} IN ({marks})", *sorted(services)) if services else ()
    return frozenset(row["key"] for row in found if row["key"] is not None)


async def _out_of_table(unit: Unit, table: str, secret: Secret) -> set[int]:
    """Returns what the changed rows belong to: keys of services, or their own."""
    columns, owner = TEXTS[table], OF_SERVICE.get(table, "key")
    touched: set[int] = set()
    for row in await unit.rows(f"SELECT key, {owner} AS owner, {', '.join(columns)} FROM {table}"):
        if row["owner"] in secret.spared and (table in OF_SERVICE or table == "location"):
            continue
        before = {column: str(row[column]) for column in columns}
        own = row["owner"] in secret.own and (table in OF_SERVICE or table == "organization")
        after = {column: _hidden((table, column), text, secret.known, own=own) for column, text in before.items()}
        if after != before:
            sets = ", ".join(f"{column} = ?" for column in columns)
            await unit.run(f"UPDATE {table} SET {sets} WHERE key = ?", *after.values(), row["key"])
            touched |= {row["owner"]} - {None}
    return touched


def _hidden(where: tuple[str, str], text: str, known: Sequence[str], *, own: bool) -> str:
    """Whoever runs a secret place tells in its description nothing that reads like an address; others, not this one."""
    table, column = where
    if not text:
        return text
    if column in AS_JSON:
        said = json.loads(text)
        kept = _scrubbed(said, known)
        return text if kept == said else json.dumps(kept, ensure_ascii=False, sort_keys=True)
    if own and table == "organization":
        return scrub(text, known) if column == "description" else _of_others(column, text, known)
    return scrub_own(column, text, known) if own else _of_others(column, text, known)


def _of_others(column: str, text: str, known: Sequence[str]) -> str:
    return scrub_column(column, text, lambda said: scrub_known(said, known))


async def _drop_what_waits(unit: Unit, keys: Collection[int]) -> None:
    """What packages say of it and nobody decided yet is dropped: the next package says it again, without an address.
    What could be undone and is of a secret place cannot be undone any more."""
    marks = ", ".join("?" * len(keys))
    await unit.run(f"DELETE FROM conflict WHERE service_id IN ({marks})", *sorted(keys))
    ids = {row["id"] for row in await unit.rows(f"SELECT id FROM service WHERE key IN ({marks})", *sorted(keys))}
    for row in await unit.rows("SELECT key, before FROM bulk_edit WHERE before <> ''"):
        before: dict[str, Any] = json.loads(row["before"])
        kept = {name: was for name, was in before.items() if name not in ids}
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
