"""Reading the directory: hits for a question, cards for hits. Plain SQL, the same on both engines but for
the one clause that asks the index.

Nothing of a confidential place is read into a card or a page: no address, no town, no name of a location.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server import stores
from server.resources.distance import Band, Spot, Town, band_of
from server.resources.facet_words import FACETS, NO_POLICE, ROOM
from server.resources.kept import MOST_CARDS, Kept, keep
from server.resources.opening_hours import Dated, Week, dated_of, week_of
from server.resources.query_parsing import Group, Rank, folded, further_ranks, match_expression, tsquery
from server.resources.repairing import Vocabulary
from server.resources.showing import CAP, PAGE, Card
from server.resources.state_bodies import body_of
from server.resources.terms import Facet, Police
from server.resources.whole_words import spoken

Row = stores.Row

# The index holds active services that are not retired, and nothing else: the writer keeps it so. At most CAP + 1 hits
# are ranked, so that a common word cannot hold the readers up; the one above CAP says that there are more.
ASK_SQLITE = """
SELECT service_search.rowid AS key, {tier} AS tier, bm25(service_search, 10, 6, 6, 8, 1, 1) AS score
FROM service_search {joined} WHERE service_search MATCH ? {narrowed} LIMIT {cap}
"""
# ts_rank divided by the length, not ts_rank_cd: nearer to bm25, and many words cost 15 ms instead of 80.
ASK_POSTGRES = """
SELECT service_search.key AS key, {tier} AS tier,
  -ts_rank('{{0.1, 0.1, 0.8, 1.0}}', document, asked.words, 1) AS score
FROM to_tsquery('simple', unaccent(?)) AS asked(words), service_search {joined}
WHERE document @@ asked.words {narrowed} LIMIT {cap}
"""
RANKED = """
WITH hit AS MATERIALIZED ({ask})
SELECT key, tier, (SELECT count(*) FROM hit) AS found FROM hit ORDER BY tier, score, key LIMIT ? OFFSET ?
"""
INDEX_KEY = {"sqlite": "service_search.rowid", "postgres": "service_search.key"}
SPEAKS = "AND EXISTS (SELECT 1 FROM service_language l WHERE l.service_id = {key} AND l.code = ?)"
HAS_FACET = "AND EXISTS (SELECT 1 FROM service_facet f WHERE f.service_id = {key} AND f.facet = ?)"
OPEN_IN_ZONE = """(s.timezone = ? AND EXISTS (SELECT 1 FROM schedule h
WHERE h.service_id = s.key AND h.weekday = ? AND h.opens <= ? AND h.closes > ?))"""
HAS_ROOM = "AND (s.full_on IS NULL OR s.full_on < ?) AND (s.closed_until IS NULL OR s.closed_until <= ?)"
FULL_FOR = timedelta(days=14)
"""So long it counts that a service said that it has no room."""
ENOUGH = 60
"""Where the words themselves find so many, nobody needs what only means the same."""


@dataclass(frozen=True)
class Filters:
    """`open_at` is the moment to be open at, None where that was not asked; `facets` are ids of facet_words.FACETS.

    `on`: the day on which it is asked. `open_dated`: those of dated_services() that are open then.
    """

    verified_only: bool
    language: str = ""
    open_at: datetime | None = None
    facets: tuple[str, ...] = ()
    on: date | None = None
    open_dated: tuple[int, ...] = ()


class Hit(NamedTuple):
    """`tier`: a Rank. What is found by the words themselves comes first."""

    key: int
    tier: int


@dataclass(frozen=True)
class Asked:
    """A question with its filters. `every`: all groups have to be found; `wide`: similar words count from the first."""

    groups: tuple[Group, ...]
    filters: Filters
    every: bool = True
    wide: bool = False


class Found(NamedTuple):
    """`total`: how many there are in all, `exact`: how many of them by the words as they stand; at most CAP + 1."""

    hits: list[Hit]
    total: int
    exact: int


async def hits(asked: Asked, held: Kept, *, first: int = 0, most: int = PAGE) -> Found:
    """So many hits from the first on, best first.

    What is meant by the words (stems, words that mean the same) is looked for where they find fewer than ENOUGH
    themselves, and stands below.
    """
    narrowed = await _narrowed(asked.filters, held)
    own, found = await _ranked(asked, narrowed, (Rank.EXACT,), first, most)
    further = further_ranks(asked.groups)
    if not further or (found >= ENOUGH and not asked.wide):
        return Found(own, found, found)
    rest, others = await _ranked(asked, narrowed, further, max(0, first - found), most)
    return Found((own + rest)[:most], min(found + others, CAP + 1), found)


async def _ranked(
    asked: Asked, narrowed: Narrowed, ranks: Sequence[Rank], first: int, most: int
) -> tuple[list[Hit], int]:
    """Hits of these ranks that none of a lower rank finds, and how many there are."""
    ask, params = asking(asked, ranks, narrowed, stores.dialect())
    if not ask:
        return [], 0
    found = await stores.rows("directory", RANKED.format(ask=ask), *params, most, first)
    if not found and first:  # beyond the last page: how many there are is still to be said
        counted = await stores.rows("directory", COUNTED.format(ask=ask), *params)
        return [], counted[0]["found"]
    return [Hit(row["key"], row["tier"]) for row in found], found[0]["found"] if found else 0


COUNTED = "SELECT count(*) AS found FROM ({ask}) AS hit"
Narrowed = tuple[str, Sequence[Any]]


def asking(asked: Asked, ranks: Sequence[Rank], narrowed: Narrowed, dialect: str) -> tuple[str, list[Any]]:
    """The hits of some ranks as SQL, with its parameters. Empty where nothing is asked."""
    where, values = narrowed
    joined = f"JOIN service s ON s.key = {INDEX_KEY[dialect]}" if " s." in where or "(s." in where else ""
    of_rank = ASK_SQLITE if dialect == "sqlite" else ASK_POSTGRES
    asks: list[str] = []
    params: list[Any] = []
    lower = _said(asked, Rank(ranks[0] - 1), dialect) if ranks[0] > Rank.EXACT else ""
    for rank in ranks:
        said = _said(asked, rank, dialect)
        if said and said != lower:
            asks.append(of_rank.format(joined=joined, narrowed=where, cap=CAP + 1, tier=int(rank)))
            mine = _said(asked, rank, dialect, rank) if len(asked.groups) == 1 else said
            params += [f"({mine}) {WITHOUT[dialect]} ({lower})" if lower else said, *values]
        lower = said
    if len(asks) < 2:
        return "".join(asks), params
    return " UNION ALL ".join(f"SELECT * FROM ({ask}) AS of_rank" for ask in asks), params


WITHOUT = {"sqlite": "NOT", "postgres": "& !"}


def _said(asked: Asked, rank: Rank, dialect: str, least: Rank = Rank.EXACT) -> str:
    """The question in the words of the engine, by terms of `least` up to this rank."""
    told = match_expression if dialect == "sqlite" else tsquery
    groups = asked.groups
    if least > Rank.EXACT:
        groups = [replace(group, terms=tuple(t for t in group.terms if t.rank >= least)) for group in groups]
    return told(groups, every=asked.every, upto=rank)


async def _narrowed(filters: Filters, held: Kept) -> tuple[str, list[Any]]:
    """The rest of the WHERE clause and its values."""
    key = INDEX_KEY[stores.dialect()]
    narrowed: list[str] = []
    params: list[Any] = []
    if filters.verified_only:
        narrowed.append("AND s.verified_on IS NOT NULL")
    if filters.language:
        narrowed.append(SPEAKS.format(key=key))
        params.append(filters.language)
    for facet in filters.facets:
        sql, values = _of_facet(facet, filters.on or date.min)
        narrowed.append(sql.format(key=key))
        params += values
    if filters.open_at:
        zones = _zones_at(await zones_of(held), filters.open_at)
        every_week = f"({' OR '.join([OPEN_IN_ZONE] * len(zones)) or 'FALSE'})"
        if calendar := await dated_services(held):
            every_week = f"({every_week} AND {_among(calendar, 'NOT IN')} OR {_among(filters.open_dated, 'IN')})"
        narrowed.append(f"AND {every_week}")
        params += [value for zone in zones for value in zone]
    return " ".join(narrowed), params


def _among(keys: Sequence[int], how: str) -> str:
    """Our own numbers, written out: they may be more than an engine takes as parameters."""
    return f"s.key {how} ({', '.join(map(str, keys)) or 'NULL'})"


def _of_facet(facet: str, on: date) -> tuple[str, list[Any]]:
    if facet == ROOM:
        return HAS_ROOM, [on - FULL_FOR if on > date.min else on, on]
    if facet == NO_POLICE:
        return "AND s.police = ?", [Police.NEVER.value]
    told = " AND s.undocumented_told" if facet == Facet.UNDOCUMENTED else ""
    return HAS_FACET + told, [facet]


_ACTIVE = "s.status = 'active' AND s.retired_on IS NULL"
OFFERED = f"""
SELECT DISTINCT f.facet AS facet FROM service_facet f JOIN service s ON s.key = f.service_id
WHERE {_ACTIVE} AND (f.facet <> '{Facet.UNDOCUMENTED}' OR s.undocumented_told)
UNION SELECT '{ROOM}' FROM service s WHERE {_ACTIVE} AND (s.full_on IS NOT NULL OR s.closed_until IS NOT NULL)
UNION SELECT '{NO_POLICE}' FROM service s WHERE {_ACTIVE} AND s.police = '{Police.NEVER}'
"""


async def facets_of(held: Kept) -> tuple[str, ...]:
    """What may be asked for here: facets that some service has."""
    if held.facets is None:
        found = {row["facet"] for row in await stores.rows("directory", OFFERED)}
        held.facets = tuple(facet for facet in FACETS if facet in found)
    return held.facets


VOCABULARY = {
    "sqlite": "SELECT term AS word, max(doc) AS services FROM service_word WHERE col <> 'stems' GROUP BY term",
    "postgres": "SELECT word, ndoc AS services FROM ts_stat('SELECT document FROM service_search', 'abd')",
}


async def vocabulary_of(held: Kept) -> Vocabulary:
    """Read when somebody first types a word that finds nothing, and kept until the directory changes."""
    if held.vocabulary is None:
        found = await stores.rows("directory", VOCABULARY[stores.dialect()])
        held.vocabulary = Vocabulary(((row["word"], row["services"]) for row in found), spoken())
    return held.vocabulary


SPOTS = """
SELECT sl.service_id AS key, l.latitude, l.longitude FROM service_at_location sl
JOIN location l ON l.key = sl.location_id JOIN service s ON s.key = sl.service_id
WHERE sl.service_id IN ({keys}) AND NOT l.confidential AND NOT s.confidential
AND l.latitude IS NOT NULL AND l.longitude IS NOT NULL
"""
OF_POSTCODE = """
SELECT avg(l.latitude) AS latitude, avg(l.longitude) AS longitude FROM location l
WHERE l.postal_code LIKE ? AND NOT l.confidential AND l.latitude IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM service_at_location sl JOIN service s ON s.key = sl.service_id
  WHERE sl.location_id = l.key AND s.confidential)
"""


async def middle_of(postcode: str) -> Spot | None:
    """About where the places with a postcode are, by their own addresses; None where there is none."""
    row = (await stores.rows("directory", OF_POSTCODE, postcode.strip() + "%"))[0]
    return None if row["latitude"] is None else (round(row["latitude"], 2), round(row["longitude"], 2))


FROM_AFAR = f"""
SELECT s.key, s.confidential, EXISTS (SELECT 1 FROM service_facet f WHERE f.service_id = s.key
  AND f.facet IN ('{Facet.REMOTE}', '{Facet.NATIONAL}')) AS anywhere
FROM service s WHERE s.key IN ({{keys}})
"""


async def bands(keys: Sequence[int], town: Town) -> dict[int, Band]:
    """How far each service is from a town. Where a confidential one is, is never read."""
    if not keys:
        return {}
    marks = ", ".join("?" * len(keys))
    spots: dict[int, list[Spot]] = defaultdict(list)
    for row in await stores.rows("directory", SPOTS.format(keys=marks), *keys):
        spots[row["key"]].append((round(row["latitude"], 2), round(row["longitude"], 2)))
    asked = (town.latitude, town.longitude)
    return {
        row["key"]: band_of(
            asked, spots[row["key"]], confidential=bool(row["confidential"]), anywhere=bool(row["anywhere"])
        )
        for row in await stores.rows("directory", FROM_AFAR.format(keys=marks), *keys)
    }


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
    "hours": "SELECT service_id, weekday, opens, closes, rule, valid_from, valid_to, closed FROM schedule"
    " WHERE service_id IN ({keys}) ORDER BY key",
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
    return Card(
        key=key,
        id=row["id"],
        name=row["name"],
        organization=organization,
        town="" if row["confidential"] else next((p["city"] for p in of["places"] if p["city"]), ""),
        summary=_first_words(row["description"]),
        number=next((phone["number"] for phone in of["phones"] if phone["kind"] == "voice"), ""),
        languages=tuple(dict.fromkeys(spoken["code"] for spoken in of["languages"] if spoken["code"])),
        week=weekly(of["hours"]),
        dated=dated(of["hours"]),
        zone=row["timezone"],
        country=row["country"],
        confidential=bool(row["confidential"]),
        verified_on=stores.as_date(row["verified_on"]),
        text=folded(f"{row['name']} {row['alternate_name']} {organization} {terms}"),
        body=body_of(organization, row["name"], row["police"]),
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
    )


def weekly(rows: Iterable[Row]) -> Week:
    """What is the same every week."""
    plain = (row for row in rows if row["weekday"] is not None and not _hours(row).on_calendar)
    return week_of((row["weekday"], row["opens"], row["closes"]) for row in plain)


def dated(rows: Iterable[Row]) -> tuple[Dated, ...]:
    """What a look at the calendar tells."""
    return dated_of(map(_hours, rows))


def _hours(row: Row) -> Dated:
    return Dated(
        row["weekday"],
        row["opens"],
        row["closes"],
        row["rule"],
        stores.as_date(row["valid_from"]),
        stores.as_date(row["valid_to"]),
        bool(row["closed"]),
    )


DATED = """
SELECT DISTINCT service_id AS key FROM schedule h
WHERE h.rule <> '' OR h.closed OR h.valid_from IS NOT NULL OR h.valid_to IS NOT NULL
"""


async def dated_services(held: Kept) -> tuple[int, ...]:
    """Keys of the services whose hours are not the same every week: no SQL tells whether these are open."""
    if held.dated is None:
        held.dated = tuple(row["key"] for row in await stores.rows("directory", DATED))
    return held.dated


def _first_words(description: str) -> str:
    """The first sentence or two, cut between words."""
    flat = " ".join(description.split())
    if len(flat) <= SUMMARY:
        return flat
    stop = flat.rfind(". ", 30, SUMMARY)
    return flat[: stop + 1] if stop > 0 else flat[:SUMMARY].rpartition(" ")[0] + "…"


async def counts() -> dict[str, int]:
    """How many services may be found, and how many of them somebody has verified."""
    found = await stores.rows(
        "directory",
        "SELECT count(*) AS shown, count(verified_on) AS verified FROM service"
        " WHERE status = 'active' AND retired_on IS NULL",
    )
    return {"shown": found[0]["shown"], "verified": found[0]["verified"]}
