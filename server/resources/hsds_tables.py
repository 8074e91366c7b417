"""HSDS 3.1 documents as the tables of its CSV package: nested things become rows, one file a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

Document = Mapping[str, Any]

# File -> its columns, in the order of the standard. All are text but for NUMBERS.
TABLES: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "organizations": "id name alternate_name description email website",
        "services": "id organization_id name alternate_name description url email status interpretation_services"
        " application_process fees_description wait_time eligibility_description minimum_age maximum_age assured_date"
        " last_modified",
        "locations": "id location_type name transportation latitude longitude",
        "addresses": "id location_id address_1 address_2 city region state_province postal_code country address_type",
        "service_at_locations": "id service_id location_id",
        "phones": "id service_id service_at_location_id number extension type description",
        "schedules": "id service_id service_at_location_id valid_from valid_to timezone until count wkst freq interval"
        " byday byweekno bymonthday byyearday description opens_at closes_at",
        "service_areas": "id service_id name description",
        "languages": "id service_id phone_id name code note",
        "required_documents": "id service_id document",
        "attributes": "id link_id taxonomy_term_id link_type link_entity value",
        "taxonomies": "id name description",
        "taxonomy_terms": "id code name description parent_id taxonomy taxonomy_id",
    }.items()
}
NUMBERS = frozenset(
    ("minimum_age", "maximum_age", "latitude", "longitude", "extension", "timezone", "count", "interval")
)
_ONE = {"organization": "organizations", "location": "locations"}
_POINTS = {
    "organization_id": "organizations",
    "service_id": "services",
    "location_id": "locations",
    "service_at_location_id": "service_at_locations",
    "phone_id": "phones",
    "taxonomy_id": "taxonomies",
    "taxonomy_term_id": "taxonomy_terms",
}


def rows_of(table: str, document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """(table, row) of a document and of all that is nested in it; what it is nested in comes first."""
    yield table, {name: document[name] for name in TABLES[table] if name in document}
    for name, value in document.items():
        inner = _ONE.get(name) or (name if name in TABLES else "")
        if inner:
            inside = cast("list[Document]", value if isinstance(value, list) else [value])
            for one in inside:
                yield from rows_of(inner, one)


def datapackage() -> dict[str, Any]:
    """What is in which file. It has no name of its own: a package is known by that of its folder."""
    return {"profile": "tabular-data-package", "description": "HSDS 3.1", "resources": list(map(_resource, TABLES))}


def _resource(table: str) -> dict[str, Any]:
    columns = TABLES[table]
    pointing = [
        {"fields": name, "reference": {"resource": _POINTS[name], "fields": "id"}}
        for name in columns
        if _POINTS.get(name, table) != table
    ]
    schema = {"fields": list(map(_field, columns)), "primaryKey": "id"}
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {**schema, "foreignKeys": pointing} if pointing else schema,
    }


def _field(name: str) -> dict[str, Any]:
    kind = {"name": name, "type": "number" if name in NUMBERS else "string"}
    return {**kind, "constraints": {"required": True, "unique": True}} if name == "id" else kind
