"""Reading the directory: hits for a question, cards for hits, one service. Plain SQL, the same on both engines but for
the one clause that asks the index.

Nothing of a confidential place is read into a card or a page: no address, no town, no name of a location.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server import stores
from server.resources.kept import MOST_CARDS, Kept, keep
from server.resources.opening_hours import days_of, week_of
from server.resources.query_parsing import Group, folded, match_expression, tsquery
from server.resources.showing import CAP, PAGE, Card, LanguageShown, PhoneShown, Place, ServiceShown

Row = stores.Row

# The index holds active services that are not retired, and nothing else: the writer keeps it so. At most CAP + 1 hits
# are ranked, so that a common word cannot hold the readers up; the one above CAP says that there are more.
ASK_SQLITE = """
SELECT service_search.rowid AS key, bm25(service_search, 10, 6, 6, 8, 1) AS score
FROM service_search {joined} WHERE service_search MATCH ? {narrowed} LIMIT {cap}
"""
# ts_rank divided by the length, not ts_rank_cd: nearer to bm25, and many words cost 15 ms instead of 80.
ASK_POSTGRES = """
SELECT service_search.key AS key, -ts_rank('{{0.1, 0.6, 0.8, 1.0}}', document, asked.words, 1) AS score
FROM to_tsquery('simple', unaccent(?)) AS asked(words), service_search {joined}
WHERE document @@ asked.words {narrowed} LIMIT {cap}
"""
RANKED = """
WITH hit AS MATERIALIZED ({ask})
SELECT key, (SELECT count(*) FROM hit) AS found FROM hit ORDER BY score, key LIMIT ? OFFSET ?
"""
COUNTED = "SELECT count(*) AS found FROM ({ask}) AS hit"
INDEX_KEY = {"sqlite": "service_search.rowid", "postgres": "service_search.key"}
SPEAKS = "AND EXISTS (SELECT 1 FROM service_language l WHERE l.service_id = {key} AND l.code = ?)"
OPEN_IN_ZONE = """(s.timezone = ? AND EXISTS (SELECT 1 FROM schedule h
WHERE h.service_id = s.key AND h.weekday = ? AND h.opens <= ? AND h.closes > ?))"""


@dataclass(frozen=True)
class Filters:
    """`open_at` is the moment to be open at, None where that was not asked."""

    verified_only: bool
    language: str = ""
    open_at: datetime | None = None


async def hits(
    groups: Sequence[Group], filters: Filters, held: Kept, *, every: bool, page: int
) -> tuple[list[int], int]:
    """Keys of one page, best first, and how many there are in all: at most CAP + 1."""
    ask, params = await _ask(groups, filters, held, every=every)
    if not ask:
        return [], 0
    found = await stores.rows("directory", RANKED.format(ask=ask), *params, PAGE, (page - 1) * PAGE)
    return [row["key"] for row in found], found[0]["found"] if found else 0


async def count(groups: Sequence[Group], filters: Filters, held: Kept, *, every: bool) -> int:
    ask, params = await _ask(groups, filters, held, every=every)
    return (await stores.rows("directory", COUNTED.format(ask=ask), *params))[0]["found"] if ask else 0


async def _ask(groups: Sequence[Group], filters: Filters, held: Kept, *, every: bool) -> tuple[str, list[Any]]:
    dialect = stores.dialect()
    said = match_expression(groups, every=every) if dialect == "sqlite" else tsquery(groups, every=every)
    if not said:
        return "", []
    narrowed: list[str] = []
    params: list[Any] = [said]
    key = INDEX_KEY[dialect]
    if filters.verified_only:
        narrowed.append("AND s.verified_on IS NOT NULL")
    if filters.language:
        narrowed.append(SPEAKS.format(key=key))
        params.append(filters.language)
    if filters.open_at:
        zones = _zones_at(await zones_of(held), filters.open_at)
        narrowed.append(f"AND ({' OR '.join([OPEN_IN_ZONE] * len(zones)) or 'FALSE'})")
        params += [value for zone in zones for value in zone]
    needs_service = filters.verified_only or filters.open_at
    joined = f"JOIN service s ON s.key = {key}" if needs_service else ""
    asking = ASK_SQLITE if dialect == "sqlite" else ASK_POSTGRES
    return asking.format(joined=joined, narrowed=" ".join(narrowed), cap=CAP + 1), params


async def zones_of(held: Kept) -> tuple[str, ...]:
    if held.zones is None:
        found = await stores.rows("directory", "SELECT DISTINCT timezone FROM service WHERE timezone <> ''")
        held.zones = tuple(row["timezone"] for row in found)
    return held.zones


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo | None:
    """None for a zone nobody knows: then the hours are unknown."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _zones_at(names: Sequence[str], moment: datetime) -> list[tuple[str, int, int, int]]:
    """(zone, weekday, minute, minute) for each zone, as OPEN_IN_ZONE asks for them."""
    known = ((name, zone) for name in names if (zone := zone_named(name)))
    local = ((name, moment.astimezone(zone)) for name, zone in known)
    return [(name, at.weekday(), at.hour * 60 + at.minute, at.hour * 60 + at.minute) for name, at in local]


async def languages_of(held: Kept) -> tuple[str, ...]:
    """Codes of the languages that services here speak, the most frequent first."""
    if held.languages is None:
        found = await stores.rows(
            "directory",
            "SELECT code, count(*) AS services FROM service_language WHERE code <> '' GROUP BY code"
            " ORDER BY services DESC, code",
        )
        held.languages = tuple(row["code"] for row in found)
    return held.languages


SERVICE = """
SELECT s.*, o.name AS organization FROM service s LEFT JOIN organization o ON o.key = s.organization_id
WHERE {which} AND s.status = 'active' AND s.retired_on IS NULL
"""
BESIDE = {
    "languages": "SELECT service_id, code, name, note FROM service_language WHERE service_id IN ({keys}) ORDER BY key",
    "hours": "SELECT service_id, weekday, opens, closes, text FROM schedule WHERE service_id IN ({keys}) ORDER BY key",
    "phones": "SELECT service_id, number, extension, kind, description FROM phone"
    " WHERE service_id IN ({keys}) ORDER BY key",
    "terms": "SELECT st.service_id, t.name FROM service_term st JOIN term t ON t.key = st.term_id"
    " WHERE st.service_id IN ({keys}) ORDER BY st.key",
    "places": "SELECT sl.service_id, l.* FROM service_at_location sl JOIN location l ON l.key = sl.location_id"
    " JOIN service s ON s.key = sl.service_id"
    " WHERE sl.service_id IN ({keys}) AND NOT l.confidential AND NOT s.confidential ORDER BY sl.key",
}
Beside = Mapping[str, Mapping[int, Sequence[Row]]]


async def cards(keys: Sequence[int], held: Kept) -> list[Card]:
    """In the order of the keys. A service that is no longer to be shown is left out."""
    lacking = [key for key in keys if key not in held.cards]
    if lacking:
        which = f"s.key IN ({', '.join('?' * len(lacking))})"
        services = await stores.rows("directory", SERVICE.format(which=which), *lacking)
        beside = await _beside(lacking)
        for row in services:
            keep(held.cards, MOST_CARDS, row["key"], _card(row, beside))
    return [held.cards[key] for key in keys if key in held.cards]


async def _beside(keys: Sequence[int]) -> Beside:
    marks = ", ".join("?" * len(keys))
    asked = (stores.rows("directory", sql.format(keys=marks), *keys) for sql in BESIDE.values())
    return {name: _by_service(rows) for name, rows in zip(BESIDE, await asyncio.gather(*asked), strict=True)}


def _by_service(rows: Sequence[Row]) -> Mapping[int, Sequence[Row]]:
    sorted_out: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        sorted_out[row["service_id"]].append(row)
    return sorted_out


SUMMARY = 120


def _card(row: Row, beside: Beside) -> Card:
    key: int = row["key"]
    of = {name: rows.get(key, ()) for name, rows in beside.items()}
    organization = row["organization"] or ""
    terms = " ".join(term["name"] for term in of["terms"])
    hours = ((h["weekday"], h["opens"], h["closes"]) for h in of["hours"] if h["weekday"] is not None)
    return Card(
        key=key,
        id=row["id"],
        name=row["name"],
        organization=organization,
        town="" if row["confidential"] else next((p["city"] for p in of["places"] if p["city"]), ""),
        summary=_first_words(row["description"]),
        number=next((phone["number"] for phone in of["phones"] if phone["kind"] == "voice"), ""),
        languages=tuple(dict.fromkeys(spoken["code"] for spoken in of["languages"] if spoken["code"])),
        week=week_of(hours),
        zone=row["timezone"],
        country=row["country"],
        confidential=bool(row["confidential"]),
        verified_on=stores.as_date(row["verified_on"]),
        text=folded(f"{row['name']} {row['alternate_name']} {organization} {terms}"),
    )


def _first_words(description: str) -> str:
    """The first sentence or two, cut between words."""
    flat = " ".join(description.split())
    if len(flat) <= SUMMARY:
        return flat
    stop = flat.rfind(". ", 30, SUMMARY)
    return flat[: stop + 1] if stop > 0 else flat[:SUMMARY].rpartition(" ")[0] + "…"


async def service(service_id: str, *, verified_only: bool) -> ServiceShown | None:
    """None for one that is unknown, retired, not active, or not verified where only verified ones are shown."""
    which = "s.id = ?" + (" AND s.verified_on IS NOT NULL" if verified_only else "")
    found = await stores.rows("directory", SERVICE.format(which=which), service_id)
    if not found:
        return None
    row = found[0]
    beside = await _beside([row["key"]])
    return _service(row, _card(row, beside), {name: rows.get(row["key"], ()) for name, rows in beside.items()})


PLAIN = (
    "alternate_name", "description", "website", "email", "fees", "application_process", "wait_time", "eligibility",
    "interpretation", "accessibility", "verified_by", "verified_how",
)  # fmt: skip
NOT_FOR_CALLING = ("fax",)


def _service(row: Row, card: Card, of: Mapping[str, Sequence[Row]]) -> ServiceShown:
    return ServiceShown(
        card=card,
        **{name: row[name] for name in PLAIN},
        phones=tuple(_phone(phone) for phone in of["phones"] if phone["kind"] not in NOT_FOR_CALLING),
        places=tuple(_place(place) for place in of["places"]),
        languages=tuple(LanguageShown(one["code"], one["name"], one["note"]) for one in of["languages"]),
        days=days_of(card.week) if card.week else (),
        hours_read=tuple(dict.fromkeys(h["text"] for h in of["hours"] if h["weekday"] is None and h["text"])),
    )


def _phone(row: Row) -> PhoneShown:
    return PhoneShown(row["number"], row["extension"], row["kind"], row["description"])


def _place(row: Row) -> Place:
    town = ", ".join(part for part in (row["city"], f"{row['state_province']} {row['postal_code']}".strip()) if part)
    lines = tuple(line for line in (row["address_1"], row["address_2"], town) if line)
    return Place(row["name"], lines, row["transportation"])


async def counts() -> dict[str, int]:
    """How many services may be found, and how many of them somebody has verified."""
    found = await stores.rows(
        "directory",
        "SELECT count(*) AS shown, count(verified_on) AS verified FROM service"
        " WHERE status = 'active' AND retired_on IS NULL",
    )
    return {"shown": found[0]["shown"], "verified": found[0]["verified"]}
