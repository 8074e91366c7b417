"""The OpenAPI document of the open directory, made of the very table that reads its parameters."""

from __future__ import annotations

from typing import Any

from server.resources.api_asking import FURTHEST, LISTS, LONGEST, MOST_PER_PAGE, PER_PAGE, SINGLE

VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/"
_SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/compiled"
_KINDS = {
    "services": "service",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "service_at_locations": "service_at_location",
}
_TEXT = {"type": "string", "maxLength": LONGEST}
_ID = {"type": "string", "format": "uuid"}
_FLAG = {"type": "boolean", "default": False}
_PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "search": (_TEXT, "Words that all have to stand in the entry."),
    "page": ({"type": "integer", "minimum": 1, "default": 1}, "Which page."),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
        "How many on a page.",
    ),
    "format": (
        {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
        "ndjson streams everything that fits, a document a line, without pages.",
    ),
    "taxonomy_term_id": (_ID, "Services with this term."),
    "taxonomy_id": (_ID, "Services with any term of this taxonomy; terms that belong to it."),
    "organization_id": (_ID, "Services of this organization."),
    "parent_id": (_ID, "Terms right below this one."),
    "top_only": (_FLAG, "Terms that stand below no other."),
    "modified_after": ({"type": "string", "format": "date-time"}, "Changed on this day or later."),
    "minimal": (_FLAG, "Only id and modified_date."),
    "full": (_FLAG, "Everything nested."),
    "full_service": (_FLAG, "Organizations with their services, everything nested."),
    "postcode": (_TEXT, "At this postcode; with proximity, around the middle of it."),
    "proximity": ({"type": "number", "exclusiveMinimum": 0, "maximum": FURTHEST}, "Metres from the postcode."),
}
_PAGE = ("total_items", "total_pages", "page_number", "size")
_SAYS = ("first_page", "last_page", "empty")


def openapi() -> dict[str, Any]:
    """OpenAPI 3.1; paths are relative to the server, which is the folder the document lies in."""
    paths: dict[str, Any] = {"/": {"get": _operation("readMetadata", "What this API is.", _metadata())}}
    for kind in LISTS:
        paths |= _paths(kind)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "HSDS 3.1 directory",
            "version": VERSION,
            "summary": "Public services as HSDS 3.1. Filters narrow together. Confidential services are absent.",
        },
        "servers": [{"url": "./"}],
        "paths": paths,
        "components": {
            "schemas": {"Page": _page(), "Problem": _problem()},
            "parameters": {
                name: {"name": name, "in": "query", "required": False, "description": said, "schema": schema}
                for name, (schema, said) in _PARAMETERS.items()
            },
        },
    }


def _paths(kind: str) -> dict[str, Any]:
    document = {"$ref": f"{_SCHEMAS}/{_KINDS[kind]}.json"}
    contents = {"type": "array", "items": document}
    listed = {"allOf": [{"$ref": "#/components/schemas/Page"}], "properties": {"contents": contents}}
    name = _KINDS[kind].title().replace("_", "")
    asked = [{"$ref": f"#/components/parameters/{one}"} for one in LISTS[kind]]
    fields = {"type": "object", "properties": {one: _PARAMETERS[one][0] for one in LISTS[kind]}}
    body = {kind: {"schema": fields} for kind in ("application/json", "application/x-www-form-urlencoded")}
    reads = _operation(f"list{name}", f"Pages of {kind}.", listed) | {"parameters": asked}
    sends = _operation(f"search{name}", f"Pages of {kind}, the question kept out of the address.", listed)
    own = [{"name": "id", "in": "path", "required": True, "schema": _ID}]
    more = [{"$ref": f"#/components/parameters/{one}"} for one in SINGLE.get(kind, ())]
    one = _operation(f"read{name}", f"One of {kind}, everything nested.", document) | {"parameters": [*own, *more]}
    return {
        f"/{kind}": {"get": reads, "post": sends | {"requestBody": {"content": body}}},
        f"/{kind}/{{id}}": {"get": one},
    }


def _operation(name: str, summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": {"description": summary, "content": {"application/json": {"schema": schema}}},
            "default": {"description": "What is wrong, in a sentence.", "content": problem},
        },
    }


def _metadata() -> dict[str, Any]:
    uri = {"type": "string", "format": "uri"}
    return {"type": "object", "properties": {"version": {"type": "string"}, "profile": uri, "openapi_url": uri}}


def _page() -> dict[str, Any]:
    said: dict[str, Any] = {name: {"type": "integer", "minimum": 0} for name in _PAGE}
    said |= {name: {"type": "boolean"} for name in _SAYS}
    return {"type": "object", "properties": said, "required": [*_PAGE, *_SAYS, "contents"]}


def _problem() -> dict[str, Any]:
    said = {"type": {"type": "string"}, "title": {"type": "string"}, "detail": {"type": "string"}}
    return {"type": "object", "properties": {**said, "status": {"type": "integer"}}}
