"""What is written to the directory: rows, their text index, and the number that tells caches to look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid5

from tortoise.expressions import F
from tortoise.models import Model

from server import stores
from server.resources.confidential import scrub
from server.resources.drafts import digest_of
from server.resources.kept import look_again
from server.resources.models import (
    Location,
    Organization,
    Package,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceLanguage,
    ServiceTerm,
    Term,
)
from server.resources.reconciling import Marks, Stored, marks_of
from server.resources.withholding import BLANK, SERVICE_TEXTS, hidden_texts
from server.stores import Row, Unit

CHUNK = 400  # keys in one statement
IMPORT_LOCK = 6_203_541  # any fixed number: two imports into one PostgreSQL take turns, batch by batch


async def bump(unit: Unit) -> None:
    """In the same unit as every change: whoever caches asks for this number first."""
    await unit.run("UPDATE change SET number = number + 1 WHERE key = 1")
    unit.afterwards(look_again)


# --- The text index: one row for each active service that is not retired, nothing else

_INDEXED = "s.status = 'active' AND s.retired_on IS NULL"
_TERMS = "SELECT DISTINCT t.name FROM service_term st JOIN term t ON t.key = st.term_id WHERE st.service_id = s.key"
_FROM = "FROM service s LEFT JOIN organization o ON o.key = s.organization_id WHERE s.key IN ({keys}) AND " + _INDEXED

_INDEX_SQLITE = f"""
INSERT INTO service_search (rowid, name, alternate_name, organization, terms, description)
SELECT s.key, s.name, s.alternate_name, coalesce(o.name || ' ' || o.alternate_name, ''),
  coalesce((SELECT group_concat(name, '; ') FROM ({_TERMS})), ''), s.description || ' ' || s.eligibility
{_FROM}"""

# Without this the parser takes "Housing/Shelter" and "Ex-Offender" for a path and one word, where SQLite reads two.
_APART = "translate(unaccent({0}), '/.-_@:&', '       ')"
_LETTER = f"setweight(to_tsvector('simple', {_APART}), '{{1}}')"
_INDEX_POSTGRES = f"""
INSERT INTO service_search (key, document)
SELECT s.key, {_LETTER.format("s.name", "A")} || {_LETTER.format("s.alternate_name", "B")}
  || {_LETTER.format("coalesce(o.name || ' ' || o.alternate_name, '')", "B")}
  || {_LETTER.format(f"coalesce((SELECT string_agg(name, '; ') FROM ({_TERMS}) AS named), '')", "B")}
  || {_LETTER.format("s.description || ' ' || s.eligibility", "D")}
{_FROM}"""


async def index(unit: Unit, keys: Iterable[int]) -> None:
    """Brings the text index up to date for these services, in the unit that changed them."""
    row, insert = ("rowid", _INDEX_SQLITE) if unit.dialect == "sqlite" else ("key", _INDEX_POSTGRES)
    for some in _chunks(sorted(set(keys))):
        marks = ", ".join("?" * len(some))
        await unit.run(f"DELETE FROM service_search WHERE {row} IN ({marks})", *some)
        await unit.run(insert.format(keys=marks), *some)


async def settle_index(unit: Unit) -> None:
    """After many changes: smaller, quicker, and without the words of rows that are gone, in the journal too."""
    if unit.dialect == "sqlite":
        await unit.run("INSERT INTO service_search (service_search) VALUES ('optimize')")
        unit.afterwards(_empty_journal)


async def _empty_journal() -> None:
    await stores.empty_journal("directory")


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
    await head.model.bulk_create([head.model(**values) for values in added], batch_size=CHUNK)
    for key, values in changed.items():
        await head.model.filter(key=key).update(**values)
    ids = [values["id"] for values in added]
    marks = ", ".join("?" * len(ids))
    rows = await unit.rows(f"SELECT key, id FROM {head.name} WHERE id IN ({marks})", *ids) if ids else []
    return {row["id"]: row["key"] for row in rows}


NEXT_VERSION = F("version") + 1

# What hangs on a service, by its name in the report: the columns that make two rows the same.
CHILDREN: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "phones": (Phone, ("number", "extension", "kind", "description", "language", "location_id")),
    "schedules": (Schedule, ("weekday", "opens", "closes", "text", "location_id")),
    "languages": (ServiceLanguage, ("code", "name", "note")),
    "service_taxonomy": (ServiceTerm, ("term_id",)),
    "service_at_locations": (ServiceAtLocation, ("id", "location_id")),
}
Wanted = Mapping[str, Mapping[int, Sequence[tuple[Any, ...]]]]


async def write_children(wanted: Wanted, changed: Iterable[int]) -> dict[str, int]:
    """Makes the rows of these services what is wanted and touches no other; returns how many vanished, by name.

    `changed` are the services that had rows before.
    """
    gone: dict[str, int] = {}
    for name, (model, columns) in CHILDREN.items():
        there: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for key, *values in await model.filter(service_id__in=list(changed)).values_list("key", "service_id", *columns):
            there[tuple(values)].append(cast(int, key))
        fresh: list[Model] = []
        for service, rows in wanted[name].items():
            for row in rows:
                if not there.get((service, *row)):
                    fresh.append(model(service_id=service, **dict(zip(columns, row, strict=True))))
                else:
                    there[service, *row].pop()
        left = [key for keys in there.values() for key in keys]
        if left:
            await model.filter(key__in=left).delete()
        await model.bulk_create(fresh, batch_size=CHUNK)
        gone[name] = len(left)
    return gone


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


async def next_versions(keys: Sequence[int]) -> None:
    """A form of theirs that is open at a desk is out of date."""
    await Service.filter(key__in=list(keys)).update(version=NEXT_VERSION)


async def retire(unit: Unit, keys: Sequence[int], today: date) -> None:
    """The package lost them: an empty hash says so, and lets them come back with it."""
    await Service.filter(key__in=list(keys)).update(retired_on=today, row_hash="", version=NEXT_VERSION)
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
