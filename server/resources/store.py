"""What is written to the directory: rows, their text index, and the number that tells caches to look again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid5

from tortoise.expressions import F
from tortoise.models import Model

from server import stores
from server.resources.confidential import scrub
from server.resources.drafts import digest_of
from server.resources.indexing import CHUNK, index
from server.resources.indexing import settle_index as settle_index  # for the writers beside this module
from server.resources.kept import look_again
from server.resources.models import (
    Conflict,
    Location,
    Organization,
    Package,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceFacet,
    ServiceLanguage,
    ServiceTerm,
    Term,
)
from server.resources.reconciling import Marks, Stored, marks_of
from server.resources.withholding import BLANK, SERVICE_TEXTS, hidden_texts
from server.stores import Row, Unit

IMPORT_LOCK = 6_203_541  # any fixed number: two imports into one PostgreSQL take turns, batch by batch


async def bump(unit: Unit) -> None:
    """In the same unit as every change: whoever caches asks for this number first."""
    await unit.run("UPDATE change SET number = number + 1 WHERE key = 1")
    unit.afterwards(look_again)


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))


# --- Imports. Every function runs inside one unit of work.


async def take_turns(unit: Unit) -> None:
    """SQLite has one writer anyhow."""
    if unit.dialect == "postgres":
        await unit.rows("SELECT pg_advisory_xact_lock(?)", IMPORT_LOCK)


@dataclass(frozen=True)
class Head:
    """A table whose rows a package names by ids. `columns` are read to compare; `alias` stands for it in `more`."""

    name: str
    model: type[Model]
    columns: str
    more: str = ""

    def select(self, where: str) -> str:
        return f"SELECT h.key, h.id, {self.columns}{self.more} FROM {self.name} h WHERE {where}"


_CHECKED = "(s.verified_on IS NOT NULL OR s.edited_on IS NOT NULL)"
ORGANIZATIONS = Head(
    "organization",
    Organization,
    "h.row_hash",
    f", EXISTS (SELECT 1 FROM service s WHERE s.organization_id = h.key AND {_CHECKED}) AS checked",
)
TERMS = Head("term", Term, "h.name, h.vocabulary, h.parent_source_id")
LOCATIONS = Head(
    "location",
    Location,
    "h.row_hash, h.confidential",
    f", EXISTS (SELECT 1 FROM service_at_location l JOIN service s ON s.key = l.service_id AND {_CHECKED}"
    " WHERE l.location_id = h.key) AS checked",
)
SERVICES = Head("service", Service, "h.row_hash, h.confidential, h.retired_on, h.verified_on, h.edited_on")

HEADS = (ORGANIZATIONS, TERMS, LOCATIONS, SERVICES)


def as_stored(row: Row) -> Stored:
    """A row of any of the four heads; terms have no hash of their own, theirs is made here."""
    found = dict(row)
    checked = bool(found.get("checked")) or any(found.get(name) for name in ("verified_on", "edited_on"))
    row_hash = found.get("row_hash")
    if row_hash is None:
        row_hash = digest_of({name: found[name] for name in ("name", "vocabulary", "parent_source_id")})
    retired, confidential = found.get("retired_on") is not None, bool(found.get("confidential"))
    return Stored(found["key"], row_hash, checked, retired, confidential)


async def stored_now(unit: Unit, head: Head, ids: Sequence[str]) -> dict[str, Stored]:
    """Read again inside the unit: what staff did since the import began counts."""
    marks = ", ".join("?" * len(ids))
    lock = "" if unit.dialect == "sqlite" else " FOR UPDATE OF h"
    rows = await unit.rows(head.select(f"h.id IN ({marks})") + lock, *ids)
    return {row["id"]: as_stored(row) for row in rows}


async def ids_of(source: str) -> tuple[dict[tuple[str, str], str], frozenset[tuple[str, str]]]:
    """Public ids of what this source brought by (table, its own id), and (table, public id) of everything there is."""
    given: dict[tuple[str, str], str] = {}
    taken: set[tuple[str, str]] = set()
    for head in HEADS:
        for row in await stores.rows("directory", f"SELECT id, source, source_id FROM {head.name}"):
            taken.add((head.name, row["id"]))
            if row["source"] == source:
                given[head.name, row["source_id"]] = row["id"]
    return given, frozenset(taken)


async def of_other_sources(source: str) -> list[tuple[str, Marks]]:
    """The source of every service that another package brought, retired ones too, and by what it is known again."""
    sql = (
        "SELECT s.source, s.source_id, s.name, p.number FROM service s LEFT JOIN phone p ON p.service_id = s.key"
        " WHERE s.source <> '' AND s.source <> ?"
    )
    return [
        (row["source"], marks_of(row["source_id"], row["name"], [row["number"] or ""]))
        for row in await stores.rows("directory", sql, source)
    ]


async def write_heads(
    unit: Unit, head: Head, added: Sequence[dict[str, Any]], changed: Mapping[int, dict[str, Any]]
) -> dict[str, int]:
    """Adds rows, changes others by key; returns the keys of the added by id."""
    alike: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    for values in added:
        alike[tuple(values)].append(list(values.values()))
    for columns, rows in alike.items():
        await _insert(unit, head.name, columns, rows)
    for key, values in changed.items():
        await head.model.filter(key=key).update(**values)
    ids = [values["id"] for values in added]
    marks = ", ".join("?" * len(ids))
    rows = await unit.rows(f"SELECT key, id FROM {head.name} WHERE id IN ({marks})", *ids) if ids else []
    return {row["id"]: row["key"] for row in rows}


async def _insert(unit: Unit, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """One statement for all rows: objects of Tortoise between them took most of the time of an import. What is not
    named gets the default of the database."""
    marks = ", ".join("?" * len(columns))
    await unit.many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


NEXT_VERSION = F("version") + 1

# What hangs on a service, by its name in the report: the columns that make two rows the same.
CHILDREN: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "phones": (Phone, ("number", "extension", "kind", "description", "language", "location_id")),
    "schedules": (
        Schedule,
        ("weekday", "opens", "closes", "text", "rule", "valid_from", "valid_to", "closed", "location_id"),
    ),
    "languages": (ServiceLanguage, ("code", "name", "note")),
    "service_taxonomy": (ServiceTerm, ("term_id",)),
    "facets": (ServiceFacet, ("facet",)),
    "service_at_locations": (ServiceAtLocation, ("id", "location_id")),
}
Wanted = Mapping[str, Mapping[int, Sequence[tuple[Any, ...]]]]


async def write_children(unit: Unit, wanted: Wanted, changed: Collection[int]) -> dict[str, int]:
    """Makes the rows of these services what is wanted and touches no other; returns how many vanished, by name.

    `changed` are the services that had rows before.
    """
    gone: dict[str, int] = {}
    for name, (model, columns) in CHILDREN.items():
        there: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        if changed:
            found = model.filter(service_id__in=list(changed)).values_list("key", "service_id", *columns)
            for key, *values in await found:
                there[tuple(values)].append(cast(int, key))
        fresh: list[tuple[Any, ...]] = []
        for service, rows in wanted[name].items():
            for row in rows:
                if not there.get((service, *row)):
                    fresh.append((service, *row))
                else:
                    there[service, *row].pop()
        left = [key for keys in there.values() for key in keys]
        if left:
            await model.filter(key__in=left).delete()
        await _insert(unit, TABLES[name], ("service_id", *columns), fresh)
        gone[name] = len(left)
    return gone


TABLES: Mapping[str, str] = {
    "phones": "phone",
    "schedules": "schedule",
    "languages": "service_language",
    "service_taxonomy": "service_term",
    "facets": "service_facet",
    "service_at_locations": "service_at_location",
}


# --- What is there, to compare, and what a package says against it

Ask = Callable[..., Awaitable[Sequence[Row]]]
"""Unit.rows, or stores.rows of the directory: called with SQL and its values."""


@dataclass(frozen=True)
class Contents:
    """Rows of services or locations by public id, and what hangs on services by name: tuples of CHILDREN's columns."""

    columns: Mapping[str, Mapping[str, Any]]
    children: Mapping[str, Mapping[str, Sequence[tuple[Any, ...]]]]


async def contents(ask: Ask, head: Head, keys: Mapping[str, int]) -> Contents:
    """What is stored of these (public id -> our key). `ask` reads."""
    ids = {key: public_id for public_id, key in keys.items()}
    columns: dict[str, Mapping[str, Any]] = {}
    children: dict[str, dict[str, list[tuple[Any, ...]]]] = {public_id: {} for public_id in keys}
    for some in _chunks(sorted(ids)):
        marks = ", ".join("?" * len(some))
        for row in await ask(f"SELECT * FROM {head.name} WHERE key IN ({marks})", *some):
            columns[ids[row["key"]]] = dict(row)
        for name, (_, named) in CHILDREN.items() if head is SERVICES else ():
            sql = f"SELECT service_id, {', '.join(named)} FROM {TABLES[name]} WHERE service_id IN ({marks})"
            for row in await ask(sql, *some):
                children[ids[row["service_id"]]].setdefault(name, []).append(tuple(row[column] for column in named))
    return Contents(columns, children)


async def write_conflicts(unit: Unit, source: str, found: Mapping[int, tuple[str, str] | None], today: date) -> None:
    """(row_hash, incoming) by key of the service; None where package and staff say the same. The newest stays."""
    there = {
        row["service_id"]: row["row_hash"]
        for some in _chunks(sorted(found))
        for row in await unit.rows(
            f"SELECT service_id, row_hash FROM conflict WHERE service_id IN ({', '.join('?' * len(some))})", *some
        )
    }
    for key, said in found.items():
        if said is None:
            if key in there:
                await Conflict.filter(service_id=key).delete()
        elif there.get(key) != said[0]:
            await Conflict.filter(service_id=key).delete()
            await Conflict.create(service_id=key, source=source, row_hash=said[0], came_on=today, incoming=said[1])


async def decide(unit: Unit, service_key: int) -> None:
    """After staff took or refused what a package says of this service: its words do not come again as a conflict.

    To be called in the unit of the decision; the next import of the same words finds them known and says nothing.
    """
    for row in await unit.rows("SELECT incoming FROM conflict WHERE service_id = ?", service_key):
        said = cast("dict[str, Any]", json.loads(row["incoming"]))
        await unit.run("UPDATE service SET row_hash = ? WHERE key = ?", said["row_hash"], service_key)
        for place in said["places"]:
            await unit.run("UPDATE location SET row_hash = ? WHERE id = ?", place["row_hash"], place["id"])
    await unit.run("DELETE FROM conflict WHERE service_id = ?", service_key)


async def settled(unit: Unit, source: str, keys: Collection[int]) -> list[int]:
    """Services with a conflict of this source that are not among these: the package no longer contradicts."""
    found = await unit.rows("SELECT service_id FROM conflict WHERE source = ?", source)
    return [row["service_id"] for row in found if row["service_id"] not in keys]


# --- Secrecy over what staff checked: the place goes, everything else of theirs stays


async def street_lines(keys: Collection[int]) -> set[str]:
    """As staff may have written them, for texts to lose them too. To be asked before the places are blanked."""
    lines = await Location.filter(key__in=list(keys)).values_list("address_1", flat=True)
    return {str(line) for line in lines if line}


async def hide(unit: Unit, key: int, row_hash: str, source: str, known: Collection[str]) -> tuple[str, bool]:
    """Makes a service confidential. Returns its name as it may be told, and whether any text lost an address.

    `source` is the package's, `known` are street lines that are secret.
    """
    known = {*known, *await _leave_places(key, source)}
    found = await Service.filter(key=key).values(*SERVICE_TEXTS, "organization_id")
    before = {column: str(found[0][column]) for column in SERVICE_TEXTS}
    after = hidden_texts(before, known)
    await Service.filter(key=key).update(**after, confidential=True, row_hash=row_hash, version=NEXT_VERSION)
    scrubbed = after != before
    for model, column in ((Phone, "description"), (Schedule, "text"), (ServiceLanguage, "note")):
        scrubbed |= await _scrub(model, column, known, service_id=key)
    await _scrub(Organization, "description", known, key=found[0]["organization_id"])
    await index(unit, [key])
    return after["name"], scrubbed


async def _leave_places(key: int, source: str) -> set[str]:
    """Blanks what is hers alone; leaves what others use or the package holds as open. Returns their street lines."""
    here = await ServiceAtLocation.filter(service_id=key).values_list("location_id", flat=True)
    lines: set[str] = set()
    for place in await Location.filter(key__in=[cast(int, one) for one in here], confidential=False):
        lines.add(place.address_1)
        if place.source != source and await ServiceAtLocation.filter(location_id=place.key).count() == 1:
            await Location.filter(key=place.key).update(**BLANK)
            continue
        await ServiceAtLocation.filter(service_id=key, location_id=place.key).delete()
        for model in (Phone, Schedule):
            await model.filter(service_id=key, location_id=place.key).update(location_id=None)
    return lines - {""}


async def _scrub(model: type[Model], column: str, known: Collection[str], **of: int | None) -> bool:
    """Whether any of these rows held what reads like an address."""
    found = False
    for key, text in await model.filter(**of).values_list("key", column):
        hidden = scrub(cast(str, text), known)
        if hidden != text:
            await model.filter(key=key).update(**{column: hidden})
            found = True
    return found


def public_link_id(service_id: str, location_id: str) -> str:
    """The public id of "this service at this location"."""
    return str(uuid5(UUID(service_id), location_id))


async def services_of(unit: Unit, keys: Sequence[int], how: str) -> list[int]:
    """Keys of the services of these organizations, terms or locations (`how` is one of WHOSE)."""
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    return [row["key"] for row in await unit.rows(f"{WHOSE[how]} IN ({marks})", *keys)]


WHOSE = {
    "organization": "SELECT key FROM service WHERE organization_id",
    "term": "SELECT DISTINCT service_id AS key FROM service_term WHERE term_id",
    "location": "SELECT DISTINCT service_id AS key FROM service_at_location WHERE location_id",
}


async def next_versions(keys: Sequence[int], today: date) -> None:
    """A form of theirs that is open at a desk is out of date."""
    await Service.filter(key__in=list(keys)).update(version=NEXT_VERSION, modified_on=today)


async def retire(unit: Unit, keys: Sequence[int], today: date) -> None:
    """The package lost them: an empty hash says so, and lets them come back with it."""
    await Service.filter(key__in=list(keys)).update(
        retired_on=today, modified_on=today, row_hash="", version=NEXT_VERSION
    )
    await index(unit, keys)


async def drop_places(source: str, ids: frozenset[str]) -> int:
    """Deletes the places of a source that it no longer has and no service uses; returns how many."""
    known = await Location.filter(source=source, services_here__key__isnull=True).values_list("key", "id")
    lost = [key for key, public_id in known if public_id not in ids]
    for some in _chunks(lost):
        await Phone.filter(location_id__in=list(some), service_id__isnull=True).delete()
        await Location.filter(key__in=list(some)).delete()
    return len(lost)


async def write_package(source: str, name: str, digest: str, today: date) -> bool:
    """Written last: an equal digest means that the package was read to its end. Whether anything was new."""
    known = await Package.get_or_none(source=source)
    if known is None:
        await Package.create(source=source, name=name, digest=digest, imported_on=today)
    elif known.digest != digest:
        await Package.filter(key=known.key).update(name=name, digest=digest, imported_on=today)
    return known is None or known.digest != digest
