"""What staff may see and change of the directory: every service, retired and unchecked ones too. Their only door.

Each change carries the version it saw, raises the version, the search index and the number that caches ask for, all in
one unit of work. What makes a service vanish and what makes it appear is the caller's to put in order with the log.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from server import stores
from server.errors import AlderError, BadInput, NotFound
from server.resources import checking, confidential, hiding, one_service, store
from server.resources.checking import By, Check
from server.resources.hiding import BLANKED, OTHERS_THERE, Neighbour, leave
from server.resources.hours_reading import Interval
from server.resources.known_places import secrets_of_place
from server.resources.language_reading import Spoken
from server.resources.ledger import CHECK_LASTS
from server.resources.reconciling import drops_verification
from server.resources.service_facts import Facts, is_near
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
    longest,
    read_form,
    with_told_hours,
)
from server.resources.terms import Outcome, PhoneKind, Status
from server.settings import Settings
from server.stores import Row, Unit
from server.web import N_

DIRECTORY = "directory"
PAGE = 25
LONGEST_WORDS = 100


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
    """One service with everything. `shared` counts, for each place, the other services that are there too; `where` are
    the rows of its places; `secrets` may stand in no text once the place is secret."""

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
    secrets: tuple[str, ...]
    where: tuple[Mapping[str, Any], ...]
    checked: bool
    verified_on: date | None
    verified_by: str
    verified_how: str
    retired_on: date | None
    edited_on: date | None
    full_on: date | None
    merged_into: str

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
  OR lower(coalesce(o.name, '')) LIKE ? ESCAPE '!'
  OR EXISTS (SELECT 1 FROM service_at_location a JOIN location l ON l.key = a.location_id
    WHERE a.service_id = s.key AND NOT s.confidential AND lower(l.city) LIKE ? ESCAPE '!'))"""
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
    """Every word in the name, the organization's or the town; or, typed as digits, part of a telephone number."""
    which, params = _which(words, shown, today)
    counted = await stores.rows(DIRECTORY, COUNTED.format(which=which), *params)
    listed = LISTED.format(which=which, order=ORDER[shown])
    rows = await stores.rows(DIRECTORY, listed, *params, PAGE, (page - 1) * PAGE)
    return FoundPage(tuple(_found(row, today) for row in rows), counted[0]["total"], page)


async def found_ids(words: str, shown: Shown, today: date, most: int) -> tuple[str, ...]:
    """Ids of what `find` finds, in its order."""
    which, params = _which(words, shown, today)
    rows = await stores.rows(DIRECTORY, LISTED.format(which=which, order=ORDER[shown]), *params, most, 0)
    return tuple(row["id"] for row in rows)


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
        params += [f"%{_literal(word)}%"] * 4
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
# A form shows a week and words. Holidays and recurrences, which it does not show, it leaves as they are.
PLAIN_WEEK = "rule = '' AND valid_from IS NULL AND valid_to IS NULL AND NOT closed"
BESIDE = {
    "phones": "SELECT key, number, extension, kind, description FROM phone WHERE service_id = ? ORDER BY key",
    "hours": f"SELECT weekday, opens, closes, text FROM schedule WHERE service_id = ? AND {PLAIN_WEEK} ORDER BY key",
    "languages": "SELECT code, name, note FROM service_language WHERE service_id = ? ORDER BY key",
    "facets": "SELECT facet FROM service_facet WHERE service_id = ?",
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


async def whole_within(unit: Unit, service_id: str, today: date) -> Whole:
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
        secrets=_secrets(map(dict, beside["places"]), [row["name"], row["alternate_name"], row["organization"] or ""]),
        where=tuple(dict(place) for place in beside["places"]),
        checked=_is_fresh(verified_on, today),
        verified_on=verified_on,
        verified_by=row["verified_by"],
        verified_how=row["verified_how"],
        retired_on=stores.as_date(row["retired_on"]),
        edited_on=stores.as_date(row["edited_on"]),
        full_on=stores.as_date(row["full_on"]),
        merged_into=row["merged_into"],
    )


def _secrets(places: Iterable[Mapping[str, Any]], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(secret for place in places for secret in secrets_of_place(place, names)))


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
        facts=_facts(row, frozenset(one["facet"] for one in beside["facets"])),
    )


def _facts(row: Row, facets: frozenset[str]) -> Facts:
    return Facts(
        police=row["police"],
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
        facets=facets,
        undocumented_told=bool(row["undocumented_told"]),
        shared=bool(row["shared"]),
        ours=bool(row["ours"]),
        full=row["full_on"] is not None,
        closed_until=stores.as_date(row["closed_until"]),
    )


def read_typed(whole: Whole, typed: Mapping[str, str], today: date | None = None) -> Read:
    """The form read over what is kept. A place that is to stay secret takes no address, and its texts lose theirs.

    `today` judges a day that was typed anew.
    """
    read = read_form(typed, whole.content, whole.country)
    closed_until = read.content.facts.closed_until
    if today and closed_until != whole.content.facts.closed_until and not is_near(closed_until, today):
        read.wrong.setdefault("closed_until", Wrong.NOT_A_NEAR_DAY)
    if not read.content.confidential:
        return read
    known = (*whole.secrets, *_secrets([row.texts for row in read.places], ()))
    content = _withheld(read.content, known)
    cut = replace(content, places=read.content.places) != read.content
    return replace(read, content=content, withheld=cut)


def _withheld(content: Content, known: Collection[str]) -> Content:
    def hidden(column: str, text: str) -> str:
        return confidential.scrub_own(column, text, known)

    return replace(
        content,
        texts={name: hidden(name, text) for name, text in content.texts.items()},
        phones=tuple(replace(row, description=hidden("description", row.description)) for row in content.phones),
        languages=tuple(replace(one, note=hidden("note", one.note)) for one in content.languages),
        hours_read=hidden("text", content.hours_read),
        places=tuple(PlaceRow(row.key, dict.fromkeys(PLACE_TEXTS, "")) for row in content.places if row.key),
    )


async def neighbours(whole: Whole, typed: Iterable[PlaceRow] = ()) -> tuple[Neighbour, ...]:
    """Other services at the address that is kept, or at the one just typed: they show it until they are marked too."""
    return await hiding.neighbours(_rows, whole.key, _places_of(whole, typed))


def _places_of(whole: Whole, typed: Iterable[PlaceRow]) -> list[Mapping[str, Any]]:
    fresh = ({**row.texts, "key": 0, "latitude": None, "longitude": None} for row in typed)
    return [*whole.where, *(row for row in fresh if row["address_1"])]


async def _rows(sql: str, *params: object) -> Sequence[Row]:
    return await stores.rows(DIRECTORY, sql, *params)


def without_addresses(text: str, whole: Whole) -> str:
    """For words that are kept for ever: an address that is no secret today may be one tomorrow."""
    return confidential.scrub(text, whole.secrets)


class Unseen(StrEnum):
    """What keeps people from finding a service."""

    RETIRED = "retired"
    NOT_OPEN = "not_open"
    UNCHECKED = "unchecked"


async def unseen(whole: Whole, settings: Settings) -> tuple[Unseen, ...]:
    """Empty where people find it now: asked of the very function that shows it to them."""
    if await one_service.is_shown(whole.id, verified_only=not settings.show_unverified):
        return ()
    why = {
        Unseen.RETIRED: whole.retired_on is not None,
        Unseen.NOT_OPEN: whole.content.status != Status.ACTIVE,
        Unseen.UNCHECKED: whole.verified_on is None and not settings.show_unverified,
    }
    return tuple(reason for reason, holds in why.items() if holds)


def is_saved(whole: Whole, typed: Mapping[str, str]) -> bool:
    """Whether all that a form says is kept already: as after a second press, when a new number or place has a row."""
    prefix = f"place_{NEW_PLACE}_"
    keys = [str(place.key) for place in whole.content.places]
    fresh = {name: text for name, text in typed.items() if name.startswith(prefix)}
    if len(keys) == 1:
        typed = {**typed, **{f"place_{keys[0]}_{name.removeprefix(prefix)}": text for name, text in fresh.items()}}
    read = read_typed(whole, typed)
    if read.wrong or (len(keys) != 1 and any(fresh.values())):
        return False
    kept, said = (replace(one, phones=()) for one in (whole.content, read.content))
    return not changed(kept, said) and _numbers(whole.content) == _numbers(read.content)


def _numbers(content: Content) -> frozenset[PhoneRow]:
    return frozenset(replace(row, key=0) for row in content.phones)


def hides(before: Content, after: Content) -> bool:
    """Whether this change takes something from sight: it is done before it is written down."""
    closes = before.status == Status.ACTIVE and after.status != Status.ACTIVE
    return closes or (after.confidential and not before.confidential)


async def newer_list(whole: Whole) -> date | None:
    """The day the publisher sent a list that differs from the one before, where staff saved or checked the service
    earlier: what that list says of it was not taken."""
    touched = max(filter(None, (whole.edited_on, whole.verified_on)), default=None)
    found = await _rows("SELECT imported_on FROM package WHERE source = ? AND source <> ''", whole.source)
    day = stores.as_date(found[0]["imported_on"]) if found else None
    return day if day and touched and day > touched else None


# --- changing one service


@dataclass(frozen=True)
class Saved:
    """`parts` are names of what changed; `unchecked` says that the service has lost its verification by it. `version`
    is that of the service now, `also` are ids of other services that became confidential with it."""

    parts: tuple[str, ...]
    unchecked: bool
    version: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class With:
    """What goes along with a place that becomes secret: other services at its address, by id, and addresses that were
    typed together with the mark. `by` is who saves, for the ledger."""

    services: frozenset[str] = frozenset()
    places: tuple[PlaceRow, ...] = ()
    by: By = field(default_factory=By)


async def save(service_id: str, version: int, after: Content, today: date, together: With | None = None) -> Saved:
    """Raises NotFound or Stale. Nothing changed writes nothing."""
    along = together or With()

    async def work(unit: Unit) -> Saved:
        return await save_within(unit, Edit(service_id, version, after), today, along)

    return await stores.write(DIRECTORY, work)


@dataclass(frozen=True)
class Edit:
    """`after` is all of the service as it is to be; `version` is the one that was on the page."""

    service_id: str
    version: int
    after: Content


async def save_within(unit: Unit, edit: Edit, today: date, along: With) -> Saved:
    """For whoever saves a service together with something else."""
    after = edit.after
    before = await _as_seen(unit, edit.service_id, edit.version, today)
    parts = changed(before.content, after)
    if not parts:
        return Saved((), unchecked=False, version=edit.version)
    drops = _drops(before.content, after)
    also = await _also(unit, before, along) if after.confidential else ()
    await _write_texts(unit, before, after, today)
    await _write_rows(unit, before, after, parts)
    others: set[int] = set()
    if after.confidential and {"places", "confidential"} & set(parts):
        known = _secrets([*before.where, *(row.texts for row in along.places)], (after.texts["name"],))
        hidden = {before.key, *(one.key for one in also)}
        differ = await hiding.hide(unit, hidden, known, today)
        await _next_version(unit, differ - {before.key})
    elif "places" in parts:
        others = await _write_places(unit, before, after)
    if drops:
        await drop_check(unit, before.key, Check(today, along.by, "", Outcome.DROPPED, ", ".join(drops)))
    for key in others:
        await drop_check(unit, key, Check(today, along.by, "", Outcome.DROPPED, "places"))
    await _next_version(unit, {before.key, *others})
    if after.confidential:
        await store.settle_index(unit)  # until it is merged, a text index keeps words of rows that are gone
    lost = bool(drops) and before.verified_on is not None
    return Saved(parts, lost, edit.version + 1, tuple(one.id for one in also))


async def drop_check(unit: Unit, key: int, why: Check) -> None:
    """The service counts as never checked; the ledger says why, where there was a check to lose."""
    lost = await unit.run(UNCHECKED, key)
    if lost:
        await checking.write_down(unit, key, why)


async def _also(unit: Unit, before: Whole, along: With) -> tuple[Neighbour, ...]:
    """Only who really is at that address, whatever a form says."""
    there = await hiding.neighbours(unit.rows, before.key, _places_of(before, along.places))
    return tuple(one for one in there if one.id in along.services)


def _drops(before: Content, after: Content) -> tuple[str, ...]:
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
            checked.how[: checking.LONGEST_HOW],
            before.key,
        )
        outcome = Outcome.CHANGED if checked.changed else Outcome.RIGHT
        await checking.write_down(unit, before.key, Check(today, checked.whom, checked.how, outcome, ""))
        await _next_version(unit, {before.key})

    await stores.write(DIRECTORY, work)


async def retire(service_id: str, version: int, today: date) -> None:
    """Gone from every list at once. Raises NotFound or Stale."""

    async def work(unit: Unit) -> None:
        await retire_within(unit, service_id, version, today)

    await stores.write(DIRECTORY, work)


async def retire_within(unit: Unit, service_id: str, version: int, today: date) -> None:
    before = await _as_seen(unit, service_id, version, today)
    await unit.run("UPDATE service SET retired_on = ? WHERE key = ?", today, before.key)
    await unit.run(STAFFS_WORD, today, before.key)
    await _next_version(unit, {before.key})


async def bring_back(service_id: str, version: int, today: date) -> None:
    """As it was; whoever brings it back has not checked it by that. Raises NotFound, Stale, or BadInput: held."""

    async def work(unit: Unit) -> None:
        await bring_back_within(unit, service_id, version, today)

    await stores.write(DIRECTORY, work)


async def bring_back_within(unit: Unit, service_id: str, version: int, today: date) -> None:
    """The one way back for whatever staff do to services: by itself, out of a merger, out of a change of many."""
    if await waits_for_harm(service_id, unit.rows):
        raise BadInput(HELD)
    await _show_within(unit, service_id, version, today)


async def show_again(service_id: str, version: int, today: date) -> None:
    """For reviewers alone: the report is settled, or whoever hid it pressed by mistake. Raises NotFound or Stale."""

    async def work(unit: Unit) -> None:
        await _show_within(unit, service_id, version, today)

    await stores.write(DIRECTORY, work)


async def hold(service_id: str, version: int, today: date) -> None:
    """Retired already: from now on it is the word of staff, so that no newer list revives it. Raises NotFound, Stale"""

    async def work(unit: Unit) -> None:
        before = await _as_seen(unit, service_id, version, today)
        await unit.run(STAFFS_WORD, today, before.key)
        await _next_version(unit, {before.key})

    await stores.write(DIRECTORY, work)


# An import revives what it retired itself, and knows that by the empty hash.
STAFFS_WORD = """
UPDATE service SET edited_on = ?, row_hash = CASE row_hash WHEN '' THEN 'staff' ELSE row_hash END WHERE key = ?
"""
HELD = N_("It is hidden until a report is settled. Reviewers decide that.")


async def waits_for_harm(service_id: str, fetch: hiding.Fetch | None = None) -> bool:
    """Whether a report of harm about it is open, whoever may see it."""
    sql = (
        "SELECT count(*) AS n FROM report r JOIN service s ON s.key = r.service_id"
        " WHERE s.id = ? AND r.kind = 'harm' AND r.closed_on IS NULL"
    )
    return (await (fetch or _rows)(sql, service_id))[0]["n"] > 0


async def _show_within(unit: Unit, service_id: str, version: int, today: date) -> None:
    """What was merged into another is itself again."""
    before = await _as_seen(unit, service_id, version, today)
    await unit.run(
        "UPDATE service SET retired_on = NULL, merged_into = '', edited_on = ? WHERE key = ?", today, before.key
    )
    await _next_version(unit, {before.key})


@dataclass(frozen=True)
class Checked:
    """`by` is a role, never a name. `changed`: something about the service was put right with this check."""

    by: str
    how: str
    person: str = ""
    changed: bool = False

    @property
    def whom(self) -> By:
        return By(self.person, self.by)


STALE = N_("Somebody changed this service meanwhile. Nothing of yours was saved yet.")
UNCHECKED = """
UPDATE service SET verified_on = NULL, verified_by = '', verified_how = '' WHERE key = ? AND verified_on IS NOT NULL
"""


async def _as_seen(unit: Unit, service_id: str, version: int, today: date) -> Whole:
    """Two at once: the second waits for the row, then sees that it is no longer what she saw."""
    if not PUBLIC_ID.fullmatch(service_id):
        raise NotFound(NO_SERVICE)
    await unit.run("UPDATE service SET version = version WHERE id = ?", service_id)
    before = await whole_within(unit, service_id, today)
    if before.version != version:
        raise Stale(STALE)
    return before


async def _next_version(unit: Unit, keys: Collection[int]) -> None:
    for key in sorted(keys):
        await unit.run("UPDATE service SET version = version + 1 WHERE key = ?", key)
    await store.index(unit, sorted(keys))
    await store.bump(unit)


async def _write_texts(unit: Unit, before: Whole, after: Content, today: date) -> None:
    facts = after.facts
    full_on = (before.full_on or today) if facts.full else None
    columns = {
        **{name: after.texts.get(name, "") for name in TEXTS},
        "status": after.status,
        "confidential": after.confidential,
        **{name: getattr(facts, name) for name in FACT_COLUMNS},
        "full_on": full_on,
        "edited_on": today,
        "modified_on": today,
    }
    sets = ", ".join(f"{name} = ?" for name in columns)
    await unit.run(f"UPDATE service SET {sets} WHERE key = ?", *columns.values(), before.key)


FACT_COLUMNS = ("police", "minimum_age", "maximum_age", "undocumented_told", "shared", "ours", "closed_until")


async def _write_rows(unit: Unit, before: Whole, after: Content, parts: Collection[str]) -> None:
    if "phones" in parts:
        await _write_phones(unit, before, after)
    if "facets" in parts:
        await unit.run("DELETE FROM service_facet WHERE service_id = ?", before.key)
        held = [(before.key, facet) for facet in sorted(after.facts.facets)]
        await unit.many("INSERT INTO service_facet (service_id, facet) VALUES (?, ?)", held)
    if "languages" in parts:
        await unit.run("DELETE FROM service_language WHERE service_id = ?", before.key)
        spoken = [(before.key, one.code, one.name, one.note) for one in after.languages]
        await unit.many("INSERT INTO service_language (service_id, code, name, note) VALUES (?, ?, ?, ?)", spoken)
    if {"hours", "hours_read"} & set(parts):
        await unit.run(f"DELETE FROM schedule WHERE service_id = ? AND {PLAIN_WEEK}", before.key)
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
    touched: set[int] = set()
    old = {place.key: place for place in before.content.places}
    for gone in old.keys() - {place.key for place in after.places}:
        await leave(unit, before.key, gone)
    for place in after.places:
        if place.key == 0:
            await _add_place(unit, before, place.texts)
        elif place != old[place.key]:
            touched |= await _move(unit, before, place)
    return touched


async def _move(unit: Unit, before: Whole, place: PlaceRow) -> set[int]:
    """A new address: coordinates of the old one lead astray. Where a secret service is too, she gets a place apart."""
    there = await unit.rows(OTHERS_THERE, place.key, before.key)
    if any(row["confidential"] for row in there):
        await leave(unit, before.key, place.key)
        await _add_place(unit, before, place.texts)
        return set()
    await unit.run(
        "UPDATE location SET address_1 = ?, address_2 = ?, city = ?, state_province = ?, postal_code = ?, country = ?,"
        " transportation = ?, latitude = NULL, longitude = NULL, confidential = FALSE WHERE key = ?",
        *(place.texts[name] for name in PLACE_TEXTS),
        place.key,
    )
    return {row["key"] for row in there}


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


__all__ = [
    "BLANKED",
    "MOST_PHONES",
    "MOST_PLACES",
    "NEW_PLACE",
    "Content",
    "Neighbour",
    "PhoneKind",
    "Wrong",
    "form_of",
    "longest",
    "with_told_hours",
]
