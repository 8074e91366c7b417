"""The official HSDS 3.1 schemas as a judge: every document that leaves is held against them, formats too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SCHEMAS = Path(__file__).parent / "fixtures" / "hsds"
KINDS = {
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
MADE_OF = {
    "addresses": "address",
    "phones": "phone",
    "schedules": "schedule",
    "languages": "language",
    "attributes": "attribute",
    "required_documents": "required_document",
    "service_areas": "service_area",
}


@cache
def judge(kind: str) -> Draft202012Validator:
    """`kind` is a name of KINDS or MADE_OF. A schema names the others by their files."""
    read = {file.name: json.loads(file.read_text()) for file in SCHEMAS.glob("*.json")}
    known = ((name, Resource.from_contents(one, default_specification=DRAFT202012)) for name, one in read.items())
    schema = read[f"{ {**KINDS, **MADE_OF}[kind] }.json"]
    return Draft202012Validator(schema, registry=Registry().with_resources(known), format_checker=FormatChecker())


def faults(kind: str, documents: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the schema says against them, the first ten; and every `null`, which HSDS does not know."""
    found: list[str] = []
    for document in documents:
        found += [
            f"{document.get('id')} {error.json_path}: {error.message}" for error in judge(kind).iter_errors(document)
        ]
        found += [f"{document.get('id')}: null" for _ in nulls(document)]
        if len(found) >= 10:
            break
    return found


def nulls(value: Any) -> Iterable[None]:
    if value is None:
        yield None
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from nulls(one)


def is_judging() -> bool:
    """A judge that lets everything pass would say nothing: formats are looked at, nested documents too."""
    wrong = [
        {"id": "1", "name": "x", "status": "active"},
        {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "x", "status": "active", "last_modified": "2023"},
        {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "x", "status": "active", "phones": [{"number": 3}]},
    ]
    return all(faults("services", [one]) for one in wrong)
