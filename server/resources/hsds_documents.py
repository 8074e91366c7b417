"""Rows of ours into HSDS 3.1 documents: the same rows give the same bytes, and what is not known is left out.

HSDS takes no `null`: an absent field says that nothing is known. Ids are ours where we have one, else made of the
content, so that the same telephone keeps its id from one export to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server.resources.hsds_attributes import TAXONOMY, TERMS, Facts, attribute, attributes_of
from server.resources.terms import Facet

_SPACE = UUID("8d0f4c0a-6a9c-5c56-8f0e-0d9f3f1b6c21")
DAY = 24 * 60
BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Row = Mapping[str, Any]
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One published service with what hangs on it, as rows of our tables.

    `places` are rows of location with `link_id`, the public id of the service there; `terms` have the public
    `parent_id`, "" where there is none. Dates are dates, whatever the engine kept them as.
    """

    service: Row
    organization: Row | None = None
    phones: Sequence[Row] = ()
    schedules: Sequence[Row] = ()
    languages: Sequence[Row] = ()
    facets: frozenset[Facet] = frozenset()
    terms: Sequence[Row] = ()
    places: Sequence[Row] = ()


def service_document(told: Told, *, full: bool = True) -> Document:
    """With `full` everything nested; without, only what there is one of."""
    row = told.service
    document: Document = {"id": row["id"], "name": row["name"], "status": row["status"]} | _filled(
        organization_id=told.organization["id"] if told.organization else "",
        alternate_name=row["alternate_name"],
        description=row["description"],
        url=_uri(row["website"]),
        email=_mail(row["email"]),
        interpretation_services=row["interpretation"],
        application_process=row["application_process"],
        fees_description=row["fees"],
        wait_time=row["wait_time"],
        eligibility_description=row["eligibility"],
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
        assured_date=_iso(row["verified_on"]),
        last_modified=_moment(row["modified_on"] or row["edited_on"]),
    )
    if told.organization:
        document["organization"] = organization_document(told.organization)
    return document | (_nested(told) if full else {})


def _nested(told: Told) -> Document:
    service_id = told.service["id"]
    lines: list[str] = told.service["documents"].split("\n")
    documents = [said for line in lines if (said := line.strip())]
    here = {place["key"] for place in told.places}
    return _filled(
        phones=_phones([one for one in told.phones if one["location_id"] not in here], service_id, {}),
        schedules=_schedules(told, [one for one in told.schedules if one["location_id"] not in here], {}),
        service_areas=_areas(told),
        service_at_locations=list(service_at_location_documents(told)),
        languages=_languages(told.languages, service_id),
        required_documents=[
            {"id": _made("required_document", service_id, at), "service_id": service_id, "document": said}
            for at, said in enumerate(documents)
        ],
        attributes=[*_terms(told), *attributes_of(service_id, facts_told(told))],
    )


def facts_told(told: Told) -> Facts:
    row = told.service
    columns = {one.name: row[one.name] for one in fields(Facts) if one.name != "facets"}
    return Facts(facets=told.facets, **columns)


def organization_document(row: Row) -> Document:
    document = {"id": row["id"], "name": row["name"], "description": row["description"]}
    return document | _filled(
        alternate_name=row["alternate_name"], website=_uri(row["website"]), email=_mail(row["email"])
    )


def location_document(row: Row) -> Document:
    """Never to be called for a confidential place: whoever reads the rows leaves these out."""
    document = {"id": row["id"], "location_type": row["location_type"]}
    return document | _filled(
        name=row["name"],
        transportation=row["transportation"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        addresses=_addresses(row),
    )


_ADDRESS = ("address_1", "city", "state_province", "postal_code", "country")


def _addresses(row: Row) -> list[Document]:
    """HSDS asks for five parts of an address; a part that nobody knows is empty."""
    if not any(row[name] for name in (*_ADDRESS, "address_2", "region")):
        return []
    named = {"id": _made("address", row["id"]), "location_id": row["id"]}
    more = _filled(address_2=row["address_2"], region=row["region"])
    return [{**named, **{name: row[name] for name in _ADDRESS}, **more, "address_type": row["location_type"]}]


def service_at_location_documents(told: Told) -> Iterator[Document]:
    """One for each place; with what the service has only there."""
    service_id = told.service["id"]
    for place in told.places:
        links = {"service_at_location_id": place["link_id"]}
        yield {"id": place["link_id"], "service_id": service_id, "location_id": place["id"]} | _filled(
            phones=_phones([one for one in told.phones if one["location_id"] == place["key"]], service_id, links),
            schedules=_schedules(told, [one for one in told.schedules if one["location_id"] == place["key"]], links),
            location=location_document(place),
        )


def _phones(rows: Sequence[Row], service_id: str, links: Document) -> list[Document]:
    names = _Names("phone", service_id)
    return [_phone(row, names, service_id, links) for row in rows]


def _phone(row: Row, names: _Names, service_id: str, links: Document) -> Document:
    phone_id = names.of(
        *(row[name] for name in ("number", "extension", "kind", "description", "language")), *links.values()
    )
    extension = str(row["extension"])
    plain = extension.isascii() and extension.isdigit() and str(int(extension)) == extension
    # HSDS takes numbers alone: an extension of other signs, or one that begins with 0, stays with the number
    number = row["number"] if plain or not extension else f"{row['number']} ext. {extension}"
    spoken = {"id": _made("language", phone_id), "phone_id": phone_id, "name": row["language"]}
    return {"id": phone_id, "service_id": service_id, **links, "number": number} | _filled(
        extension=int(extension) if plain else None,
        type=row["kind"],
        description=row["description"],
        languages=[spoken] if row["language"] else [],
    )


def _languages(rows: Sequence[Row], service_id: str) -> list[Document]:
    names = _Names("language", service_id)
    return [
        {"id": names.of(row["code"], row["name"], row["note"]), "service_id": service_id}
        | _filled(code=row["code"], name=row["name"], note=row["note"])
        for row in rows
    ]


_HOURS = ("weekday", "opens", "closes", "rule", "valid_from", "valid_to", "closed", "text")
_RULE = {"INTERVAL": "interval", "COUNT": "count", "UNTIL": "until", "WKST": "wkst", "BYDAY": "byday"} | {
    name: name.lower() for name in ("FREQ", "BYWEEKNO", "BYMONTHDAY", "BYYEARDAY")
}


def _schedules(told: Told, rows: Sequence[Row], links: Document) -> list[Document]:
    """Hours are told as the clock there shows them; the zone's name is an attribute of the service."""
    service_id = told.service["id"]
    names = _Names("schedule", service_id)
    offset = standard_offset(told.service["timezone"])
    return [_schedule(row, names, {"service_id": service_id, **links}, offset) for row in rows]


def _schedule(row: Row, names: _Names, links: Document, offset: float | None) -> Document:
    schedule_id = names.of(*(row[name] for name in _HOURS), *links.values())
    weekday: int | None = row["weekday"]
    every_week = {"freq": "WEEKLY", "byday": BYDAY[weekday]} if weekday is not None else {}
    opens, closes = _clock(row["opens"]), _clock(row["closes"])
    said = {"rule": row["rule"], "closed": "yes" if row["closed"] else ""}
    return {"id": schedule_id, **links} | _filled(
        valid_from=_iso(row["valid_from"]),
        valid_to=_iso(row["valid_to"]),
        timezone=offset if opens else None,
        **(_recurrence(row["rule"]) if row["rule"] else every_week),
        opens_at=opens,
        closes_at=closes,
        description=row["text"],
        attributes=[attribute(schedule_id, "schedule", code, value) for code, value in said.items() if value],
    )


def _recurrence(rule: str) -> Document:
    """The parts of a rule as HSDS names them; nothing where it cannot say it whole: half a rule is a wrong one."""
    parts = {name.upper(): value for name, mark, value in _parts(rule) if mark}
    if parts.get("FREQ") not in ("WEEKLY", "MONTHLY") or parts.keys() - _RULE.keys():
        return {}
    if parts.get("WKST", "MO") not in BYDAY:
        return {}
    numbers = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    if not all(re.fullmatch("[0-9]{1,6}", number) for number in numbers):
        return {}
    return {
        _RULE[name]: int(value) if name in ("INTERVAL", "COUNT") else value for name, value in parts.items() if value
    }


def _parts(rule: str) -> Iterator[tuple[str, str, str]]:
    return (part.strip().partition("=") for part in rule.removeprefix("RRULE:").split(";"))


def _clock(minutes: int | None) -> str:
    """24:00 is the end of a day; what goes on past it is another row."""
    return "" if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"


def standard_offset(zone: str) -> float | None:
    """Hours ahead of UTC without daylight saving, None for a zone that nobody knows."""
    try:
        local = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    if local is None:
        return None
    ahead, saved = local.utcoffset(), local.dst()
    if ahead is None:
        return None
    return _plain((ahead - (saved or timedelta())).total_seconds() / 3600)


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


def _areas(told: Told) -> list[Document]:
    country = told.service["country"]
    if Facet.NATIONAL not in told.facets or not country:
        return []
    service_id = told.service["id"]
    area = {"id": _made("service_area", service_id), "service_id": service_id}
    return [{**area, "name": "The whole country", "description": country}]


def _terms(told: Told) -> Iterator[Document]:
    service_id = told.service["id"]
    for row in told.terms:
        yield {
            "id": _made("attribute", service_id, row["id"]),
            "link_id": service_id,
            "taxonomy_term_id": row["id"],
            "link_type": "taxonomy_term",
            "link_entity": "service",
            "taxonomy_term": term_document(row),
        }


def term_document(row: Row) -> Document:
    """HSDS asks for a description: ours have none, the name says it all."""
    document = {"id": row["id"], "name": row["name"], "description": row["name"]} | _filled(parent_id=row["parent_id"])
    if not row["vocabulary"]:
        return document
    of = taxonomy_document(row["vocabulary"])
    return {**document, "taxonomy": of["name"], "taxonomy_id": of["id"], "taxonomy_detail": of}


def taxonomy_document(vocabulary: str) -> Document:
    return {"id": taxonomy_id(vocabulary), "name": vocabulary, "description": vocabulary}


def taxonomy_id(vocabulary: str) -> str:
    return _made("taxonomy", vocabulary)


def own_terms() -> list[Document]:
    """Of our own taxonomy, but for the one that never leaves."""
    return [term for code, term in TERMS.items() if code != Facet.UNDOCUMENTED.value]


def own_taxonomy() -> Document:
    return dict(TAXONOMY)


class _Names:
    """Ids made of content, for rows that have none of their own; a second row of the same content has another."""

    def __init__(self, entity: str, parent: str) -> None:
        self.entity, self.parent = entity, parent
        self.seen: Counter[str] = Counter()

    def of(self, *content: object) -> str:
        said = "\x1f".join(map(str, content))
        self.seen[said] += 1
        return _made(self.entity, self.parent, said, self.seen[said])


def _made(entity: str, *content: object) -> str:
    return str(uuid5(_SPACE, "\x1e".join(map(str, (entity, *content)))))


def _filled(**values: Any) -> Document:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


_URI = re.compile(r"https?://[^\s\"'<>{}|\\^`\x00-\x20]+", re.IGNORECASE)


def _uri(text: str) -> str:
    """An absolute address in the letters that RFC 3986 knows; "" where it is none."""
    address = text.strip()
    address = address if "://" in address or not address else f"https://{address}"
    if not _URI.fullmatch(address):
        return ""
    return "".join(one if one.isascii() else "".join(f"%{byte:02X}" for byte in one.encode()) for one in address)


_MAIL = re.compile(r"[^\s@<>;,:\"()\[\]]{1,64}@[^\s@<>;,:\"()\[\].]+(?:\.[^\s@<>;,:\"()\[\].]+)+")


def _mail(text: str) -> str:
    return text.strip() if _MAIL.fullmatch(text.strip()) else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00Z" if day else ""
