"""A plain CSV of somebody's own, with a mapping: their columns under our names, a line a service.

A mapping is a small TOML or JSON file as in EXAMPLE.

Columns that can be named are those of OURS. What is named and is not there, on either side, is said by its name.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from server.errors import SetupError

_SERVICE = (
    "id", "name", "alternate_name", "description", "url", "email", "status", "fees", "application_process", "wait_time",
    "interpretation_services", "eligibility", "accessibility", "minimum_age", "maximum_age", "alert", "confidential",
)  # fmt: skip
_ADDRESS = ("address_1", "address_2", "city", "region", "state_province", "postal_code", "country")
_LOCATION = ("location_id", "location_name", "latitude", "longitude", "transportation", "location_type")
_ORGANIZATION = ("organization_id", "organization_name", "organization_description", "organization_url")
_PHONES = {"phone": "voice", "fax": "fax", "text_phone": "text", "tty": "tty"}
_LISTS = {
    "languages": ("languages", "language"),
    "hours": ("schedules", "original_text"),
    "documents": ("required_documents", "document"),
    "costs": ("cost_options", "option"),
    "areas": ("service_areas", "name"),
}
OURS = frozenset((*_SERVICE, *_ADDRESS, *_LOCATION, *_ORGANIZATION, *_PHONES, *_LISTS, "terms", "vocabulary"))
EXAMPLE = """\
source = "county_list"     # optional: whose next version it is
table = "service"          # optional: the only kind of row there is
[columns]                  # ours = theirs; several of theirs are joined
id = "Ref"
name = "Agency"
description = ["About", "More"]
phone = "Telephone"
languages = "Spoken"
[constants]                # ours = the same for every line
country = "US"
[separators]               # ours = what stands between several in one cell
languages = ";"
terms = "|"
"""
LARGEST = 64 * 1024


@dataclass(frozen=True)
class Mapped:
    """`columns`: ours -> theirs, both as they are compared; `constants`: ours -> words; `separators`: ours -> sign."""

    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    separators: Mapping[str, str] = field(default_factory=dict[str, str])
    source: str = ""


def read_mapping(name: str, data: bytes) -> Mapped:
    """Raises SetupError in one sentence."""
    if len(data) > LARGEST:
        raise SetupError(f"{name} is too large for a mapping.")
    try:
        text = data.decode("utf-8-sig")
        loaded: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise SetupError(f"{name} cannot be read: a mapping is TOML or JSON. See `alder import --help`.") from fault
    said = cast("dict[str, Any]", loaded) if isinstance(loaded, dict) else {}
    columns = {ours: _theirs(name, ours, theirs) for ours, theirs in _part(name, said, "columns").items()}
    unknown = sorted({*said} - {"source", "table", "columns", "constants", "separators"})
    if unknown or said.get("table", "service") != "service":
        raise SetupError(f"{name}: {', '.join(unknown) or 'table'} means nothing in a mapping.")
    mapped = Mapped(
        columns,
        {ours: str(word) for ours, word in _part(name, said, "constants").items()},
        {ours: str(sign) for ours, sign in _part(name, said, "separators").items()},
        _source(name, said.get("source", "")),
    )
    if "name" not in mapped.columns:
        raise SetupError(f"{name} says of no column that it is the name of the service: columns.name is missing.")
    return mapped


def _source(name: str, source: Any) -> str:
    if source and not re.fullmatch("[a-z0-9_]{1,64}", str(source)):
        raise SetupError(f"{name}: a source is named in small letters a to z, digits and _.")
    return str(source)


def _part(name: str, said: Mapping[str, Any], part: str) -> dict[str, Any]:
    found = said.get(part, {})
    if not isinstance(found, dict):
        raise SetupError(f"{name}: {part} has to be a table of names.")
    held = cast("dict[str, Any]", found)
    unknown = sorted(set(held) - OURS)
    if unknown:
        raise SetupError(f"{name}: {part} names {', '.join(unknown)}. We have: {', '.join(sorted(OURS))}.")
    return held


def _theirs(name: str, ours: str, theirs: Any) -> tuple[str, ...]:
    named: list[Any] = cast("list[Any]", theirs) if isinstance(theirs, list) else [theirs]
    if not named or not all(isinstance(one, str) and one.strip() for one in named):
        raise SetupError(f"{name}: columns.{ours} has to be the name of a column, or a list of names.")
    return tuple(map(str, named))


def check_columns(mapped: Mapped, there: Sequence[str], file: str) -> None:
    """`there` are the columns of the file, as `column_of` writes them. Raises SetupError for one that is not there."""
    missing = sorted({one for named in mapped.columns.values() for one in named if column_of(one) not in there})
    if missing:
        raise SetupError(f"{file} has no column {', '.join(missing)}.")


def column_of(named: str) -> str:
    """As columns of CSV are compared: small letters, and _ for all signs."""
    return re.sub(r"\W+", "_", named.strip().lower()).strip("_")[:64]


def unnamed(mapped: Mapped, there: Sequence[str]) -> list[str]:
    named = {column_of(one) for several in mapped.columns.values() for one in several}
    return sorted(set(there) - named - {""})


def document_of(mapped: Mapped, values: Mapping[str, str]) -> dict[str, Any]:
    """One line as a document of HSDS 3.1, for json_reading."""

    def cell(ours: str) -> str:
        held = (values.get(column_of(theirs), "").strip() for theirs in mapped.columns.get(ours, ()))
        return "\n".join(filter(None, held)) or mapped.constants.get(ours, "")

    def cells(ours: str) -> list[str]:
        sign = mapped.separators.get(ours)
        parts = cell(ours).split(sign) if sign else [cell(ours)]
        return [part.strip() for part in parts if part.strip()]

    document: dict[str, Any] = {ours: cell(ours) for ours in _SERVICE}
    document["phones"] = [{"number": one, "type": kind} for ours, kind in _PHONES.items() for one in cells(ours)]
    for ours, (listed, column) in _LISTS.items():
        document[listed] = [{column: one} for one in cells(ours)]
    vocabulary = cell("vocabulary")
    document["taxonomy_terms"] = [
        {"id": f"{vocabulary}:{one}" if vocabulary else one, "name": one, "vocabulary": vocabulary}
        for one in cells("terms")
    ]
    organization = {ours.removeprefix("organization_"): cell(ours) for ours in _ORGANIZATION}
    if any(organization.values()):
        document["organization"] = organization
    if place := _place(cell):
        document["service_at_locations"] = [{"location": place}]
    return {name: held for name, held in document.items() if held}


def _place(cell: Any) -> dict[str, Any]:
    place: dict[str, Any] = {ours.removeprefix("location_"): cell(ours) for ours in _LOCATION}
    place["location_type"] = place.pop("type", "")
    address = {ours: cell(ours) for ours in _ADDRESS}
    written = any(address[ours] for ours in _ADDRESS if ours != "country")
    if written:
        place["addresses"] = [address]
    return place if written or any(place.values()) else {}
