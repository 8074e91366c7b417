"""What staff may see and change of the directory: every service, retired and unchecked ones too. Their only door.

Each change carries the version it saw, raises the version, the search index and the number that caches ask for, all in
one unit of work. What makes a service vanish and what makes it appear is the caller's to put in order with the log.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from server import stores
from server.errors import AlderError, NotFound
from server.resources import confidential, store
from server.resources.hours_reading import Interval
from server.resources.language_reading import Spoken
from server.resources.reconciling import drops_verification
from server.resources.service_form import (
    MOST_PHONES,
    MOST_PLACES,
    NEW_PLACE,
    PLACE_TEXTS,
    TEXTS,
    Content,
    PhoneRow,
    PlaceRow,
    Read,
    Wrong,
    changed,
    form_of,
    read_form,
)
from server.resources.terms import PhoneKind, Status
from server.settings import Settings
from server.stores import Row, Unit
from server.web import N_

DIRECTORY = "directory"
PAGE = 25
CHECK_LASTS = timedelta(days=90)
LONGEST_WORDS = 100
LONGEST_HOW = 80


class Shown(StrEnum):
    """Which services a list is about."""

    CURRENT = "current"
    UNCHECKED = "unchecked"
    RETIRED = "retired"
    ALL = "all"


class Stale(AlderError):
    """Somebody changed the service since it was read; nothing was written."""

    status = 409


@dataclass(frozen=True)
class Found:
    """One row of a list. `checked` is False where the last check is older than 90 days."""

    id: str
    name: str
    organization: str
    town: str
    number: str
    status: str
    confidential: bool
    checked: bool
    verified_on: date | None
    verified_by: str
    retired_on: date | None


@dataclass(frozen=True)
class FoundPage:
    services: tuple[Found, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Whole:
    """One service with everything. `shared` counts, for each place, the other services that are there too."""

    key: int
    id: str
    version: int
    content: Content
    organization: str
    source: str
    terms: tuple[str, ...]
    country: str
    shared: Mapping[int, int]
    hidden_places: int
    checked: bool
    verified_on: date | None
    verified_by: str
    verified_how: str
    retired_on: date | None
    edited_on: date | None

    @property
    def form(self) -> dict[str, str]:
        return form_of(self.content)


# --- finding

LISTED = """
SELECT s.key, s.id, s.name, s.status, s.confidential, s.verified_on, s.verified_by, s.retired_on,
  o.name AS organization,
  (SELECT p.number FROM phone p WHERE p.service_id = s.key ORDER BY p.key LIMIT 1) AS number,
  (SELECT l.city FROM service_at_location a JOIN location l ON l.key = a.location_id
    WHERE a.service_id = s.key ORDER BY a.key LIMIT 1) AS town
FROM service s LEFT JOIN organization o ON o.key = s.organization_id WHERE {which} ORDER BY {order} LIMIT ? OFFSET ?
"""
COUNTED = "SELECT count(*) AS total FROM service s LEFT JOIN organization o ON o.key = s.organization_id WHERE {which}"
# PostgreSQL's LIKE tells A from a, SQLite's does not for ASCII: both sides lowered, they are alike.
HAS_WORD = """(lower(s.name) LIKE ? ESCAPE '!' OR lower(s.alternate_name) LIKE ? ESCAPE '!'
  OR lower(coalesce(o.name, '')) LIKE ? ESCAPE '!')"""
HAS_NUMBER = """EXISTS (SELECT 1 FROM phone p WHERE p.service_id = s.key
  AND replace(replace(replace(replace(replace(p.number, '-', ''), ' ', ''), '(', ''), ')', ''), '.', '') LIKE ?)"""
WHICH = {
    Shown.CURRENT: "s.retired_on IS NULL",
    Shown.UNCHECKED: "s.retired_on IS NULL AND (s.verified_on IS NULL OR s.verified_on < ?)",
    Shown.RETIRED: "s.retired_on IS NOT NULL",
    Shown.ALL: "TRUE",
}
ORDER = {
    Shown.CURRENT: "lower(s.name), s.key",
    Shown.UNCHECKED: "s.verified_on IS NOT NULL, s.verified_on, lower(s.name), s.key",
    Shown.RETIRED: "s.retired_on DESC, lower(s.name), s.key",
    Shown.ALL: "lower(s.name), s.key",
}


async def find(words: str, shown: Shown, page: int, today: date) -> FoundPage:
    """Every word in the name or the organization's; or, typed as digits, part of a telephone number."""
    which, params = _which(words, shown, today)
    counted = await stores.rows(DIRECTORY, COUNTED.format(which=which), *params)
    listed = LISTED.format(which=which, order=ORDER[shown])
    rows = await stores.rows(DIRECTORY, listed, *params, PAGE, (page - 1) * PAGE)
    return FoundPage(tuple(_found(row, today) for row in rows), counted[0]["total"], page)


def _which(words: str, shown: Shown, today: date) -> tuple[str, list[object]]:
    clauses, params = [WHICH[shown]], list[object]()
    if shown is Shown.UNCHECKED:
        params.append(today - CHECK_LASTS)
    said = words[:LONGEST_WORDS].lower()
    digits = "".join(letter for letter in said if letter.isdigit())
    if len(digits) > 3 and not any(letter.isalpha() for letter in said):
        return " AND ".join([*clauses, HAS_NUMBER]), [*params, f"%{digits}%"]
    for word in said.split():
        clauses.append(HAS_WORD)
        params += [f"%{_literal(word)}%"] * 3
    return " AND ".join(clauses), params


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _found(row: Row, today: date) -> Found:
    verified_on = stores.as_date(row["verified_on"])
    return Found(
        id=row["id"],
        name=row["name"],
        organization=row["organization"] or "",
        town=row["town"] or "",
        number=row["number"] or "",
        status=row["status"],
        confidential=bool(row["confidential"]),
        checked=_is_fresh(verified_on, today),
        verified_on=verified_on,
        verified_by=row["verified_by"],
        retired_on=stores.as_date(row["retired_on"]),
    )


def _is_fresh(verified_on: date | None, today: date) -> bool:
    return verified_on is not None and today - verified_on <= CHECK_LASTS


async def names_of(ids: Collection[str]) -> dict[str, str]:
    """id -> name, of those that are there."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    found = await stores.rows(DIRECTORY, NAMED.format(marks=marks), *ids)
    return {row["id"]: row["name"] for row in found}


NAMED = "SELECT id, name FROM service WHERE id IN ({marks})"


# --- one service

SERVICE = """
SELECT s.*, o.name AS organization FROM service s LEFT JOIN organization o ON o.key = s.organization_id WHERE s.id = ?
"""
BESIDE = {
    "phones": "SELECT key, number, extension, kind, description FROM phone WHERE service_id = ? ORDER BY key",
    "hours": "SELECT weekday, opens, closes, text FROM schedule WHERE service_id = ? ORDER BY key",
    "languages": "SELECT code, name, note FROM service_language WHERE service_id = ? ORDER BY key",
    "terms": "SELECT t.name FROM service_term x JOIN term t ON t.key = x.term_id WHERE x.service_id = ? ORDER BY x.key",
    "places": "SELECT l.*, (SELECT count(*) FROM service_at_location b WHERE b.location_id = l.key) AS services"
    " FROM service_at_location a JOIN location l ON l.key = a.location_id WHERE a.service_id = ? ORDER BY a.key",
}
Rows = Sequence[Row]


async def whole_service(service_id: str, today: date) -> Whole:
    """Raises NotFound."""
    if not PUBLIC_ID.fullmatch(service_id):
        raise NotFound(NO_SERVICE)
    found = await stores.rows(DIRECTORY, SERVICE, service_id)
    if not found:
        raise NotFound(NO_SERVICE)
    beside = {name: await stores.rows(DIRECTORY, sql, found[0]["key"]) for name, sql in BESIDE.items()}
    return _whole(found[0], beside, today)


async def _whole_within(unit: Unit, service_id: str, today: date) -> Whole:
    found = await unit.rows(SERVICE, service_id)
    if not found:
        raise NotFound(NO_SERVICE)
    beside = {name: await unit.rows(sql, found[0]["key"]) for name, sql in BESIDE.items()}
    return _whole(found[0], beside, today)


PUBLIC_ID = re.compile(r"[0-9a-f-]{36}")
NO_SERVICE = N_("There is no service at this address.")


def _whole(row: Row, beside: Mapping[str, Rows], today: date) -> Whole:
    verified_on = stores.as_date(row["verified_on"])
    return Whole(
        key=row["key"],
        id=row["id"],
        version=row["version"],
        content=_content(row, beside),
        organization=row["organization"] or "",
        source=row["source"],
        terms=tuple(term["name"] for term in beside["terms"]),
        country=row["country"],
        shared={place["key"]: place["services"] - 1 for place in beside["places"]},
        hidden_places=sum(bool(place["confidential"]) for place in beside["places"]),
        checked=_is_fresh(verified_on, today),
        verified_on=verified_on,
        verified_by=row["verified_by"],
        verified_how=row["verified_how"],
        retired_on=stores.as_date(row["retired_on"]),
        edited_on=stores.as_date(row["edited_on"]),
    )


def _content(row: Row, beside: Mapping[str, Rows]) -> Content:
    hours = beside["hours"]
    spans = (Interval(h["weekday"], h["opens"], h["closes"]) for h in hours if h["weekday"] is not None)
    return Content(
        texts={name: row[name] for name in TEXTS},
        status=row["status"],
        confidential=bool(row["confidential"]),
        phones=tuple(
            PhoneRow(p["key"], p["number"], p["extension"], p["kind"], p["description"]) for p in beside["phones"]
        ),
        languages=tuple(Spoken(one["code"], one["name"], one["note"]) for one in beside["languages"]),
        hours=tuple(sorted(set(spans))),
        hours_read="\n".join(dict.fromkeys(h["text"] for h in hours if h["weekday"] is None and h["text"])),
        places=tuple(PlaceRow(place["key"], {name: place[name] for name in PLACE_TEXTS}) for place in beside["places"]),
    )


def read_typed(whole: Whole, typed: Mapping[str, str]) -> Read:
    """The form read over what is kept. A place that is to stay secret takes no address, and its texts lose theirs."""
    read = read_form(typed, whole.content)
    if read.content.confidential:
        return Read(_withheld(read.content, secrets_of(whole.content)), read.wrong)
    return read


def secrets_of(content: Content) -> tuple[str, ...]:
    """Street lines that may stand in no text once the place is secret."""
    return tuple(place.texts["address_1"] for place in content.places if place.texts["address_1"])


def _withheld(content: Content, known: Collection[str]) -> Content:
    def hidden(text: str) -> str:
        return confidential.scrub(text, known)

    texts = {name: hidden(text) for name, text in content.texts.items()}
    if confidential.WITHHELD in texts["website"]:
        texts["website"] = ""
    return replace(
        content,
        texts=texts,
        phones=tuple(replace(row, description=hidden(row.description)) for row in content.phones),
        languages=tuple(replace(one, note=hidden(one.note)) for one in content.languages),
        hours_read=hidden(content.hours_read),
        places=tuple(PlaceRow(row.key, dict.fromkeys(PLACE_TEXTS, "")) for row in content.places if row.key),
    )


def without_addresses(text: str) -> str:
    return confidential.scrub(text)


def hides(before: Content, after: Content) -> bool:
    """Whether this change takes something from sight: it is done before it is written down."""
    closes = before.status == Status.ACTIVE and after.status != Status.ACTIVE
    return closes or (after.confidential and not before.confidential)


# --- changing one service


@dataclass(frozen=True)
class Saved:
    """`parts` are names of what changed; `unchecked` says that the service has lost its verification by it."""

    parts: tuple[str, ...]
    unchecked: bool


async def save(service_id: str, version: int, after: Content, today: date) -> Saved:
    """Raises NotFound or Stale. Nothing changed writes nothing."""

    async def work(unit: Unit) -> Saved:
        before = await _as_seen(unit, service_id, version, today)
        parts = changed(before.content, after)
        if not parts:
            return Saved((), unchecked=False)
        drops = _drops(before.content, after)
        await _write_texts(unit, before.key, after, today)
        await _write_rows(unit, before, after, parts)
        others = await _write_places(unit, before, after) if {"places", "confidential"} & set(parts) else ()
        for key in {*others, *((before.key,) if drops else ())}:
            await unit.run(UNCHECKED, key)
        await _next_version(unit, {before.key, *others})
        if after.confidential:
            await store.settle_index(unit)  # until it is merged, a text index keeps words of rows that are gone
        return Saved(parts, unchecked=drops and before.verified_on is not None)

    return await stores.write(DIRECTORY, work)


def _drops(before: Content, after: Content) -> bool:
    """Deleting the address of a place that is secret now is no new fact to check."""
    return drops_verification(replace(before, places=after.places) if after.confidential else before, after)


async def verify(service_id: str, version: int, checked: Checked, today: date) -> None:
    """Raises NotFound or Stale."""

    async def work(unit: Unit) -> None:
        before = await _as_seen(unit, service_id, version, today)
        await unit.run(
            "UPDATE service SET verified_on = ?, verified_by = ?, verified_how = ? WHERE key = ?",
            today,
            checked.by,
            checked.how[:LONGEST_HOW],
            before.key,
        )
        await _next_version(unit, {before.key})

    await stores.write(DIRECTORY, work)


async def retire(service_id: str, version: int, today: date) -> None:
    """Gone from every list at once. Raises NotFound or Stale."""

    async def work(unit: Unit) -> None:
        before = await _as_seen(unit, service_id, version, today)
        await unit.run("UPDATE service SET retired_on = ?, edited_on = ? WHERE key = ?", today, today, before.key)
        await _next_version(unit, {before.key})

    await stores.write(DIRECTORY, work)


async def bring_back(service_id: str, version: int, today: date) -> None:
    """As it was; whoever brings it back has not checked it by that. Raises NotFound or Stale."""

    async def work(unit: Unit) -> None:
        before = await _as_seen(unit, service_id, version, today)
        await unit.run("UPDATE service SET retired_on = NULL, edited_on = ? WHERE key = ?", today, before.key)
        await _next_version(unit, {before.key})

    await stores.write(DIRECTORY, work)


@dataclass(frozen=True)
class Checked:
    """`by` is a role, never a name."""

    by: str
    how: str


STALE = N_("Somebody changed this service meanwhile. Nothing of yours was saved yet.")
UNCHECKED = "UPDATE service SET verified_on = NULL, verified_by = '', verified_how = '' WHERE key = ?"


async def _as_seen(unit: Unit, service_id: str, version: int, today: date) -> Whole:
    """Two at once: the second waits for the row, then sees that it is no longer what she saw."""
    if not PUBLIC_ID.fullmatch(service_id):
        raise NotFound(NO_SERVICE)
    await unit.run("UPDATE service SET version = version WHERE id = ?", service_id)
    before = await _whole_within(unit, service_id, today)
    if before.version != version:
        raise Stale(STALE)
    return before


async def _next_version(unit: Unit, keys: Collection[int]) -> None:
    for key in sorted(keys):
        await unit.run("UPDATE service SET version = version + 1 WHERE key = ?", key)
    await store.index(unit, sorted(keys))
    await store.bump(unit)


async def _write_texts(unit: Unit, key: int, after: Content, today: date) -> None:
    await unit.run(
        "UPDATE service SET name = ?, alternate_name = ?, description = ?, website = ?, fees = ?, eligibility = ?,"
        " application_process = ?, wait_time = ?, interpretation = ?, accessibility = ?,"
        " status = ?, confidential = ?, edited_on = ? WHERE key = ?",
        *(after.texts[name] for name in TEXTS),
        after.status,
        after.confidential,
        today,
        key,
    )


async def _write_rows(unit: Unit, before: Whole, after: Content, parts: Collection[str]) -> None:
    if "phones" in parts:
        await _write_phones(unit, before, after)
    if "languages" in parts:
        await unit.run("DELETE FROM service_language WHERE service_id = ?", before.key)
        spoken = [(before.key, one.code, one.name, one.note) for one in after.languages]
        await unit.many("INSERT INTO service_language (service_id, code, name, note) VALUES (?, ?, ?, ?)", spoken)
    if {"hours", "hours_read"} & set(parts):
        await unit.run("DELETE FROM schedule WHERE service_id = ?", before.key)
        rows: list[tuple[object, ...]] = [(before.key, one.weekday, one.opens, one.closes, "") for one in after.hours]
        rows += [(before.key, None, None, None, after.hours_read)] if after.hours_read else []
        await unit.many("INSERT INTO schedule (service_id, weekday, opens, closes, text) VALUES (?, ?, ?, ?, ?)", rows)


async def _write_phones(unit: Unit, before: Whole, after: Content) -> None:
    kept = {row.key for row in after.phones}
    for gone in (row.key for row in before.content.phones if row.key not in kept):
        await unit.run("DELETE FROM phone WHERE key = ?", gone)
    for row in after.phones:
        values = (row.number, row.extension, row.kind, row.description)
        if row.key:
            await unit.run(
                "UPDATE phone SET number = ?, extension = ?, kind = ?, description = ? WHERE key = ?", *values, row.key
            )
        else:
            await unit.run(
                "INSERT INTO phone (service_id, number, extension, kind, description) VALUES (?, ?, ?, ?, ?)",
                before.key,
                *values,
            )


# --- places, which services may share


async def _write_places(unit: Unit, before: Whole, after: Content) -> set[int]:
    """Keys of the other services whose place this changes: they are unchecked by it."""
    if after.confidential:
        await _hide_places(unit, before)
        return set()
    touched: set[int] = set()
    old = {place.key: place for place in before.content.places}
    for place in after.places:
        if place.key == 0:
            await _add_place(unit, before, place.texts)
        elif place != old[place.key]:
            touched |= await _move(unit, before, place)
    return touched


async def _hide_places(unit: Unit, before: Whole) -> None:
    """A place of its own is blanked, not hidden; one that others use too is no longer said to be hers."""
    for place in before.content.places:
        if before.shared[place.key]:
            await _leave(unit, before.key, place.key)
        else:
            await unit.run(BLANKED, place.key)
    known = secrets_of(before.content)
    for row in await unit.rows(NEIGHBOURS, before.key, before.key):
        hidden = {name: confidential.scrub_known(row[name], known) for name in SCRUBBED}
        if any(hidden[name] != row[name] for name in SCRUBBED):
            await unit.run(SCRUB, *(hidden[name] for name in SCRUBBED), row["key"])
            await store.index(unit, [row["key"]])
    for row in await unit.rows(ORGANIZATION, before.key):
        await unit.run(
            "UPDATE organization SET description = ? WHERE key = ?",
            confidential.scrub(row["description"], known),
            row["key"],
        )


SCRUBBED = ("description", "application_process", "eligibility", "fees")
SCRUB = "UPDATE service SET description = ?, application_process = ?, eligibility = ?, fees = ? WHERE key = ?"
NEIGHBOURS = """
SELECT n.key, n.description, n.application_process, n.eligibility, n.fees FROM service n
JOIN service s ON s.organization_id = n.organization_id WHERE s.key = ? AND n.key <> ?
"""
ORGANIZATION = (
    "SELECT o.key, o.description FROM organization o JOIN service s ON s.organization_id = o.key WHERE s.key = ?"
)


BLANKED = """
UPDATE location SET name = '', latitude = NULL, longitude = NULL, address_1 = '', address_2 = '', city = '',
region = '', state_province = '', postal_code = '', country = '', transportation = '', confidential = TRUE
WHERE key = ?
"""


async def _leave(unit: Unit, service_key: int, place_key: int) -> None:
    await unit.run("DELETE FROM service_at_location WHERE service_id = ? AND location_id = ?", service_key, place_key)
    await unit.run(
        "UPDATE phone SET location_id = NULL WHERE service_id = ? AND location_id = ?", service_key, place_key
    )
    await unit.run(
        "UPDATE schedule SET location_id = NULL WHERE service_id = ? AND location_id = ?", service_key, place_key
    )


async def _move(unit: Unit, before: Whole, place: PlaceRow) -> set[int]:
    """A new address: coordinates of the old one lead astray. Where a secret service is too, she gets a place apart."""
    there = await unit.rows(OTHERS_THERE, place.key, before.key)
    if any(row["confidential"] for row in there):
        await _leave(unit, before.key, place.key)
        await _add_place(unit, before, place.texts)
        return set()
    await unit.run(
        "UPDATE location SET address_1 = ?, address_2 = ?, city = ?, state_province = ?, postal_code = ?, country = ?,"
        " transportation = ?, latitude = NULL, longitude = NULL, confidential = FALSE WHERE key = ?",
        *(place.texts[name] for name in PLACE_TEXTS),
        place.key,
    )
    return {row["key"] for row in there}


OTHERS_THERE = """
SELECT s.key, s.confidential FROM service s JOIN service_at_location a ON a.service_id = s.key
WHERE a.location_id = ? AND s.key <> ?
"""


async def _add_place(unit: Unit, before: Whole, texts: Mapping[str, str]) -> None:
    made = await unit.rows(
        "INSERT INTO location (id, location_type, address_1, address_2, city, state_province, postal_code, country,"
        " transportation) VALUES (?, 'physical', ?, ?, ?, ?, ?, ?, ?) RETURNING key",
        str(uuid.uuid4()),
        *(texts[name] for name in PLACE_TEXTS),
    )
    await unit.run(
        "INSERT INTO service_at_location (id, service_id, location_id) VALUES (?, ?, ?)",
        str(uuid.uuid4()),
        before.key,
        made[0]["key"],
    )


# --- for whoever looks after the installation


async def state_of_directory(settings: Settings) -> list[str]:
    """Sentences for the operator: what is missing or old."""
    found = await stores.rows(
        DIRECTORY,
        "SELECT count(*) AS current, count(verified_on) AS verified FROM service WHERE retired_on IS NULL",
    )
    current, verified = found[0]["current"], found[0]["verified"]
    if not current:
        return ["The directory is empty. `alder import PATH` reads an HSDS package."]
    if not verified and not settings.show_unverified:
        return [f"None of {current} services was checked, so none is shown. The desk checks them one by one."]
    return [f"{current} services, {verified} of them checked."] if verified < current else []


__all__ = ["MOST_PHONES", "MOST_PLACES", "NEW_PLACE", "PhoneKind", "Wrong"]
