"""What leaves this house for other directories, read for the export and the API alike: one rule, in one place.

A service leaves when it is active, not retired, merged into no other, may be passed on, and is not confidential. What
belongs to others leaves only through such a service: its organization, its terms, its places that are not confidential.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from server import stores
from server.resources.api_asking import Asked, box_around, metres_between
from server.resources.hsds_attributes import TAXONOMY_ID, TERMS
from server.resources.hsds_documents import Row, Told, own_taxonomy, own_terms, taxonomy_document, term_document
from server.resources.hsds_documents import taxonomy_id as id_of_taxonomy
from server.resources.terms import Facet

CHUNK = 400  # services read at once
PUBLISHED = (
    "s.status = 'active' AND s.retired_on IS NULL AND s.merged_into = '' AND s.shared AND NOT s.confidential"
)  # fmt: skip
SERVICE_DAYS = ("verified_on", "modified_on", "edited_on", "full_on", "closed_until")

SERVICES = f"SELECT s.* FROM service s WHERE s.key IN ({{keys}}) AND {PUBLISHED}"
ORGANIZATIONS = "SELECT o.* FROM organization o WHERE o.key IN ({keys})"
BESIDE = {
    "phones": "SELECT * FROM phone WHERE service_id IN ({keys}) ORDER BY key",
    "schedules": "SELECT * FROM schedule WHERE service_id IN ({keys}) ORDER BY key",
    "languages": "SELECT * FROM service_language WHERE service_id IN ({keys}) ORDER BY key",
    "facets": "SELECT service_id, facet FROM service_facet WHERE service_id IN ({keys}) ORDER BY key",
    "terms": "SELECT st.service_id, t.* FROM service_term st JOIN term t ON t.key = st.term_id"
    " WHERE st.service_id IN ({keys}) ORDER BY st.key",
    "places": "SELECT sl.service_id, sl.id AS link_id, l.* FROM service_at_location sl"
    " JOIN location l ON l.key = sl.location_id WHERE sl.service_id IN ({keys}) AND NOT l.confidential ORDER BY sl.key",
}
KEYS = "SELECT s.key FROM service s LEFT JOIN organization o ON o.key = s.organization_id"
FOUND = KEYS + " WHERE {where} ORDER BY s.key"
COUNTED = "SELECT count(*) AS n FROM service s WHERE {where}"
PARENTS = "SELECT id, source, source_id FROM term WHERE source_id IN ({keys})"


async def told(keys: Sequence[int]) -> list[Told]:
    """These services in this order; one that is not (or no longer) published is left out."""
    found: dict[int, Told] = {}
    for at in range(0, len(keys), CHUNK):
        found |= await _told(keys[at : at + CHUNK])
    return [found[key] for key in keys if key in found]


async def _told(keys: Sequence[int]) -> dict[int, Told]:
    services = {row["key"]: row for row in await _rows(SERVICES, keys)}
    named = {row["organization_id"] for row in services.values()} - {None}
    organizations = {row["key"]: row for row in await _rows(ORGANIZATIONS, sorted(named))}
    beside = {name: _by_service(await _rows(sql, sorted(services))) for name, sql in BESIDE.items()}
    await _name_parents([row for rows in beside["terms"].values() for row in rows])
    return {key: _one(row, organizations, {name: rows[key] for name, rows in beside.items()})
            for key, row in services.items()}  # fmt: skip


def _one(row: dict[str, Any], organizations: Mapping[int, Row], beside: Mapping[str, list[dict[str, Any]]]) -> Told:
    for name in SERVICE_DAYS:
        row[name] = stores.as_date(row[name])
    for hours in beside["schedules"]:
        hours["valid_from"], hours["valid_to"] = stores.as_date(hours["valid_from"]), stores.as_date(hours["valid_to"])
    known = {facet.value for facet in Facet}
    facets = frozenset(Facet(one["facet"]) for one in beside["facets"] if one["facet"] in known)
    others = {name: beside[name] for name in ("phones", "schedules", "languages", "terms", "places")}
    return Told(row, organizations.get(row["organization_id"] or 0), facets=facets, **others)


def _by_service(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    sorted_out: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        sorted_out[row["service_id"]].append(row)
    return sorted_out


async def _rows(sql: str, keys: Sequence[object]) -> list[dict[str, Any]]:
    if not keys:
        return []
    found = await stores.rows("directory", sql.format(keys=", ".join("?" * len(keys))), *keys)
    return [dict(row) for row in found]


async def _name_parents(terms: Sequence[dict[str, Any]]) -> None:
    """Adds `parent_id`: packages name a parent by their own id, we tell ours."""
    wanted = sorted({term["parent_source_id"] for term in terms} - {""})
    ids: dict[tuple[str, str], str] = {}
    for at in range(0, len(wanted), CHUNK):
        found = await _rows(PARENTS, wanted[at : at + CHUNK])
        ids |= {(row["source"], row["source_id"]): row["id"] for row in found}
    for term in terms:
        term["parent_id"] = ids.get((term["source"], term["parent_source_id"]), "")


async def everything() -> AsyncIterator[Told]:
    """Every published service, in the order of our keys, a chunk at a time."""
    keys = [row["key"] for row in await _found(FOUND, [(PUBLISHED, ())])]
    for at in range(0, len(keys), CHUNK):
        for one in await told(keys[at : at + CHUNK]):
            yield one


async def how_many() -> int:
    return int((await _found(COUNTED, [(PUBLISHED, ())]))[0]["n"])


# --- Questions of the API. Every filter narrows services; the lists of other things follow from these.

HAS_TERM = "EXISTS (SELECT 1 FROM service_term st JOIN term t ON t.key = st.term_id WHERE st.service_id = s.key AND {})"
HAS_FACET = "EXISTS (SELECT 1 FROM service_facet f WHERE f.service_id = s.key AND {})"
SEARCH = {
    "sqlite": "s.key IN (SELECT rowid FROM service_search WHERE service_search MATCH ?)",
    "postgres": "s.key IN (SELECT key FROM service_search WHERE document @@ plainto_tsquery('simple', unaccent(?)))",
}
# Where a publisher gave no day, that of the import stands for it: who asks for news shall miss none.
MODIFIED = (
    "coalesce(s.modified_on, s.edited_on, (SELECT p.imported_on FROM package p WHERE p.source = s.source), ?) >= ?"
)
Clauses = list[tuple[str, tuple[object, ...]]]
_SAID = {
    **{name: f"s.{name} <> ''" for name in ("police", "chat", "timezone", "country", "accessibility")},
    **{name: f"s.{name} IS NOT NULL" for name in ("full_on", "closed_until")},
}
_SAID_IDS = {TERMS[code]["id"]: said for code, said in _SAID.items()}
_FACET_IDS = {TERMS[facet.value]["id"]: facet for facet in Facet if facet is not Facet.UNDOCUMENTED}


def _published(checked_only: bool) -> Clauses:
    return [(PUBLISHED, ()), *([("s.verified_on IS NOT NULL", ())] if checked_only else [])]


async def _clauses(question: Asked) -> Clauses:
    clauses = _published(question.checked_only)
    if question.search and not question.words:
        clauses.append(("1 = 0", ()))  # signs alone stand in no entry
    elif question.words:
        words = " ".join(f'"{word}"' for word in question.words) if _is_sqlite() else " ".join(question.words)
        clauses.append((SEARCH[stores.dialect()], (words,)))
    if question.organization_id:
        clauses.append(("o.id = ?", (question.organization_id,)))
    if question.modified_after:
        clauses.append((MODIFIED, (question.modified_after, question.modified_after)))
    if question.taxonomy_term_id:
        clauses.append(_of_term(question.taxonomy_term_id))
    if question.taxonomy_id:
        clauses.append(await _of_taxonomy(question.taxonomy_id))
    return clauses


def _is_sqlite() -> bool:
    return stores.dialect() == "sqlite"


def _of_term(term_id: str) -> tuple[str, tuple[object, ...]]:
    """Who helps people without papers cannot be found out by asking for the term either."""
    if term_id in _FACET_IDS:
        return HAS_FACET.format("f.facet = ?"), (_FACET_IDS[term_id].value,)
    return (_SAID_IDS[term_id], ()) if term_id in _SAID_IDS else (HAS_TERM.format("t.id = ?"), (term_id,))


async def _of_taxonomy(taxonomy_id: str) -> tuple[str, tuple[object, ...]]:
    if taxonomy_id == TAXONOMY_ID:
        said = " OR ".join((HAS_FACET.format("f.facet <> ?"), *_SAID_IDS.values()))
        return f"({said})", (Facet.UNDOCUMENTED.value,)
    found = await stores.rows("directory", "SELECT DISTINCT vocabulary FROM term WHERE vocabulary <> ''")
    name = next((row["vocabulary"] for row in found if id_of_taxonomy(row["vocabulary"]) == taxonomy_id), None)
    return ("1 = 0", ()) if name is None else (HAS_TERM.format("t.vocabulary = ?"), (name,))


async def _found(sql: str, clauses: Clauses) -> Sequence[Row]:
    """`sql` has {where}; the clauses are joined by AND."""
    params = [value for _, values in clauses for value in values]
    return await stores.rows("directory", sql.format(where=" AND ".join(sql for sql, _ in clauses)), *params)


async def services(question: Asked) -> list[int]:
    return [row["key"] for row in await _found(FOUND, await _clauses(question))]


async def service(public_id: str, *, checked_only: bool = False) -> Told | None:
    clauses = [*_published(checked_only), ("s.id = ?", (public_id,))]
    found = await told([row["key"] for row in await _found(FOUND, clauses)])
    return found[0] if found else None


OF_ORGANIZATIONS = (
    "SELECT DISTINCT o.key FROM service s JOIN organization o ON o.key = s.organization_id WHERE {where} ORDER BY o.key"
)


async def organizations(question: Asked) -> list[int]:
    """Those that run a published service which fits."""
    return [row["key"] for row in await _found(OF_ORGANIZATIONS, await _clauses(question))]


async def organization_rows(keys: Sequence[int]) -> list[dict[str, Any]]:
    found = {row["key"]: row for row in await _rows(ORGANIZATIONS, keys)}
    return [found[key] for key in keys if key in found]


OF_LINKS = (
    "SELECT sl.id, sl.service_id, l.postal_code, l.latitude, l.longitude FROM service s"
    " JOIN service_at_location sl ON sl.service_id = s.key JOIN location l ON l.key = sl.location_id"
    " LEFT JOIN organization o ON o.key = s.organization_id WHERE {where} ORDER BY sl.key"
)
OPEN_PLACE = "NOT l.confidential"
SAME_POSTCODE = "upper(replace(replace(l.postal_code, ' ', ''), '-', '')) = ?"
IN_BOX = "l.latitude BETWEEN ? AND ? AND l.longitude BETWEEN ? AND ?"
Link = tuple[str, int]


async def links(question: Asked) -> list[Link]:
    """(public id, key of the service) of each service at a location."""
    clauses = [*await _clauses(question), (OPEN_PLACE, ())]
    around = await _centre(question) if question.proximity else None
    if around is None or question.proximity is None:
        if question.postcode:
            clauses.append((SAME_POSTCODE, (question.postcode,)))
        return [(row["id"], row["service_id"]) for row in await _found(OF_LINKS, clauses)]
    found = await _found(OF_LINKS, [*clauses, (IN_BOX, box_around(around, question.proximity))])
    near = (row for row in found if metres_between(around, (row["latitude"], row["longitude"])) <= question.proximity)
    return [(row["id"], row["service_id"]) for row in near]


async def _centre(question: Asked) -> tuple[float, float] | None:
    """The middle of what is open to see under a postcode: no map from elsewhere is asked."""
    clauses = [*_published(question.checked_only), (OPEN_PLACE, ()), (SAME_POSTCODE, (question.postcode,))]
    found = [row for row in await _found(OF_LINKS, clauses) if row["latitude"] is not None]
    if not found:
        return None
    return sum(row["latitude"] for row in found) / len(found), sum(row["longitude"] for row in found) / len(found)


async def link(public_id: str, *, checked_only: bool = False) -> Link | None:
    clauses = [*_published(checked_only), (OPEN_PLACE, ()), ("sl.id = ?", (public_id,))]
    return next(((row["id"], row["service_id"]) for row in await _found(OF_LINKS, clauses)), None)


TERM_ROWS = "SELECT t.* FROM term t ORDER BY t.key"
USED = (
    "SELECT DISTINCT st.term_id AS key FROM service_term st JOIN service s ON s.key = st.service_id WHERE {where}"
)  # fmt: skip


async def terms(checked_only: bool) -> list[dict[str, Any]]:
    """Terms of published services with all that stands above them, then those of our own taxonomy."""
    every = [dict(row) for row in await stores.rows("directory", TERM_ROWS)]
    by_name = {(row["source"], row["source_id"]): row for row in every}
    by_key = {row["key"]: row for row in every}
    kept: dict[int, dict[str, Any]] = {}
    for row in await _found(USED, _published(checked_only)):
        term: dict[str, Any] | None = by_key.get(row["key"])
        while term is not None and term["key"] not in kept:
            kept[term["key"]] = term
            term = by_name.get((term["source"], term["parent_source_id"])) if term["parent_source_id"] else None
    for row in kept.values():
        above = by_name.get((row["source"], row["parent_source_id"])) if row["parent_source_id"] else None
        row["parent_id"] = above["id"] if above else ""
    return [*(term_document(kept[key]) for key in sorted(kept)), *own_terms()]


def taxonomies(documents: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Those that these terms belong to."""
    names = dict.fromkeys(str(term["taxonomy"]) for term in documents if term.get("taxonomy"))
    own = own_taxonomy()
    return [*(taxonomy_document(name) for name in names if name != own["name"]), own]


def modified_on(one: Told) -> date | None:
    return one.service["modified_on"] or one.service["edited_on"]
