"""What a service of ours says and HSDS 3.1 has no field for, as HSDS `attributes`, and back again.

One taxonomy of our own holds a term for every such fact. The ids are made from the words alone, so that they are the
same on every machine and another directory of ours reads them without a look at the term.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid5

from server.resources.terms import Facet, Police

_SPACE = UUID("5b1c6c0e-5a0e-5d0f-9a3e-2f6f4f3f7a11")
TAXONOMY_ID = str(uuid5(_SPACE, "taxonomy"))
TAXONOMY = {
    "id": TAXONOMY_ID,
    "name": "Alder facts",
    "description": "What a person has to know before going to a service, and HSDS has no field for.",
}
LONGEST = 4000

# What a code says: the term's name and its plain sentence. The codes of Facet stand for themselves and have no value.
_FACETS: dict[Facet, tuple[str, str]] = {
    Facet.NO_ID: ("No identity papers needed", "Nobody has to show an identity document."),
    Facet.UNDOCUMENTED: ("Also without residence papers", "People without residence papers are helped too."),
    Facet.NO_POLICE_REPORT: ("No police report needed", "Help does not depend on a report to the police."),
    Facet.WOMEN: ("Women", "Open to women."),
    Facet.MEN: ("Men", "Open to men."),
    Facet.EVERYONE: ("Everyone", "Open to everyone."),
    Facet.TRANS: ("Trans people", "Says that trans people are welcome."),
    Facet.MINORS: ("Minors", "Open to people under age."),
    Facet.FAMILIES: ("Families with children", "Parents can come with their children."),
    Facet.PETS: ("Pets", "Pets can come along."),
    Facet.LABOUR: ("Labour", "For people made to work."),
    Facet.DOMESTIC: ("Domestic servitude", "For people made to work in a household."),
    Facet.SEXUAL: ("Sexual exploitation", "For people who were sexually exploited."),
    Facet.CRIME: ("Forced crime", "For people made to break the law."),
    Facet.MARRIAGE: ("Forced marriage", "For people made to marry."),
    Facet.BEGGING: ("Forced begging", "For people made to beg."),
    Facet.FREE: ("Free", "Costs nothing."),
    Facet.REMOTE: ("Remote", "Helps from afar: by phone, by video or in writing."),
    Facet.NATIONAL: ("National", "Serves the whole country."),
    Facet.WHEELCHAIR: ("Wheelchair", "Can be used with a wheelchair."),
    Facet.INTERPRETERS: ("Interpreters", "Has or brings interpreters."),
}
# Facts with a value, by the name of the field of Facts that holds it.
_VALUES: dict[str, tuple[str, str]] = {
    "police": ("Police", "What the service does about the police: never, if_asked, duty or is_police."),
    "full_on": ("No room", "The day on which the service said that it had no room."),
    "closed_until": ("Closed until", "The service is closed until this day."),
    "chat": ("Chat", "Where the service can be written to."),
    "timezone": ("Time zone", "The IANA name of the zone in which its hours are told."),
    "country": ("Country", "ISO 3166 code of the country that it serves."),
    "accessibility": ("Accessibility", "How the service can be reached and used, in words."),
    "confidential": ("Confidential", "Where it is must not be told: no address, coordinates, town or distance."),
}
# Facts of what hangs on a service; see hsds_documents.
_DETAILS: dict[str, tuple[str, str]] = {
    "rule": ("Recurrence", "The whole RFC 5545 rule of these hours."),
    "closed": ("Closed", "Shut on these days, whatever other hours say."),
}

Attributes = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns of our Service under their own names, and its facets; empty or None where nothing was said."""

    facets: frozenset[Facet] = frozenset()
    police: str = ""
    undocumented_told: bool = False
    confidential: bool = False
    full_on: date | None = None
    closed_until: date | None = None
    chat: str = ""
    timezone: str = ""
    country: str = ""
    accessibility: str = ""


def term_id(code: str) -> str:
    return str(uuid5(_SPACE, f"term:{code}"))


def _term(code: str, name: str, description: str) -> dict[str, Any]:
    return {
        "id": term_id(code),
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": TAXONOMY["name"],
        "taxonomy_id": TAXONOMY_ID,
        "taxonomy_detail": TAXONOMY,
    }


TERMS: dict[str, dict[str, Any]] = {
    code: _term(code, *words)
    for code, words in (
        *((facet.value, words) for facet, words in _FACETS.items()),
        *_VALUES.items(),
        *_DETAILS.items(),
    )
}
_CODES = {term["id"]: code for code, term in TERMS.items()}


def attributes_of(service_id: str, facts: Facts, *, undocumented: bool = False) -> list[dict[str, Any]]:
    """HSDS 3.1 attributes of a service, sorted by their codes so that the same facts are the same text.

    That people without papers are helped leaves only where the service agreed and the caller asks for it.
    """
    return [attribute(service_id, "service", code, value) for code, value in sorted(_said(facts, undocumented))]


def _said(facts: Facts, undocumented: bool) -> Iterator[tuple[str, str]]:
    told = undocumented and facts.undocumented_told
    for facet in facts.facets:
        if facet is not Facet.UNDOCUMENTED:
            yield facet.value, ""
        elif told:
            yield facet.value, "told"
    for code in _VALUES:
        value = getattr(facts, code)
        if value:
            yield code, "yes" if value is True else str(value)


def attribute(link_id: str, entity: str, code: str, value: str = "") -> dict[str, Any]:
    """One attribute of the row `link_id` of the HSDS table `entity`; `code` is a key of TERMS."""
    made = {
        "id": str(uuid5(_SPACE, f"{entity}:{link_id}:{code}")),
        "link_id": link_id,
        "taxonomy_term_id": term_id(code),
        "link_type": "attribute",
        "link_entity": entity,
        "taxonomy_term": TERMS[code],
    }
    return {**made, "value": value} if value else made


def values_of(attributes: Attributes) -> dict[str, str]:
    """{code: value} of the attributes that are of our own taxonomy; the first of a code counts. Never fails."""
    found: dict[str, str] = {}
    for one in attributes:
        code = _code_of(one)
        if code:
            value = one.get("value")
            found.setdefault(code, value.strip()[:LONGEST] if isinstance(value, str) else "")
    return found


def _code_of(one: Mapping[str, Any]) -> str:
    """By the term's id alone: a table of attributes (CSV) has no term beside it."""
    nested: Any = one.get("taxonomy_term")
    ids = [one.get("taxonomy_term_id")]
    if isinstance(nested, Mapping):
        ids.append(cast("Mapping[str, Any]", nested).get("id"))
    return next((_CODES[id_.lower()] for id_ in ids if isinstance(id_, str) and id_.lower() in _CODES), "")


def facts_of(attributes: Attributes) -> Facts:
    """The facts that attributes of our own taxonomy tell; all others, and values that make no sense, are passed over.

    `attributes` are as in a document (the term nested) or as rows of a table: the term's id is enough. Never fails.
    """
    values = values_of(attributes)
    return Facts(
        facets=frozenset(facet for facet in Facet if facet.value in values),
        police=_police(values.get("police", "")),
        undocumented_told=values.get(Facet.UNDOCUMENTED.value) == "told",
        confidential="confidential" in values and values["confidential"].lower() not in ("no", "false", "0"),
        full_on=_day(values.get("full_on", "")),
        closed_until=_day(values.get("closed_until", "")),
        chat=values.get("chat", ""),
        timezone=values.get("timezone", "")[:64],
        country=_country(values.get("country", "")),
        accessibility=values.get("accessibility", ""),
    )


def _police(value: str) -> str:
    return value if value in tuple(Police) else ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _country(value: str) -> str:
    return value.upper() if len(value) == 2 and value.isascii() and value.isalpha() else ""
