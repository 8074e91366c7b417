"""HSDS 1.1, 2.x and 3.x say the same in other words: tables and columns of all of them under the names used here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

# A table is found by its singular name, whatever ending the file carries.
TABLES = (
    "organization", "program", "service", "service_taxonomy", "service_at_location", "location", "phone", "contact",
    "physical_address", "postal_address", "regular_schedule", "holiday_schedule", "funding", "eligibility",
    "service_area", "required_document", "payment_accepted", "language", "accessibility_for_disabilities", "taxonomy",
    "metadata", "meta_table_description",
    # from 2.0
    "taxonomy_term", "attribute", "service_attribute", "other_attribute", "link_type", "link_taxonomy", "schedule",
    "cost_option", "contact_phone", "phone_language",
    # from 3.0
    "address", "accessibility", "url", "unit", "service_capacity", "organization_identifier",
)  # fmt: skip
_MEANT = {
    "capacity": "service_capacity",
    "additional_url": "url",
    "additional_website": "url",
    "taxonomy_detail": "vocabulary",
    "fund": "funding",
    "fee": "cost_option",
    "term": "taxonomy_term",
    "document": "required_document",
    "opening_hour": "schedule",
}
# As a table in a file; inside a document "fees" and "url" are columns.
_ONLY_INSIDE = {"fee", "fund", "document", "opening_hour", "term"}

CANONICAL = {
    "schedule": "regular_schedule",
    "accessibility": "accessibility_for_disabilities",
    "service_attribute": "attribute",
    "other_attribute": "attribute",
    "link_taxonomy": "attribute",
}
# table: {their column: ours}. Taken where ours is empty.
RENAMED: Mapping[str, Mapping[str, str]] = {
    "service": {"website": "url", "eligibility_description": "eligibility", "fees_description": "fees"},
    "organization": {"website": "url", "uri": "url"},
    "taxonomy": {"term": "name", "taxonomy": "vocabulary", "vocabulary_id": "taxonomy_id"},
    "vocabulary": {"vocabulary": "name"},
    "service_taxonomy": {"taxonomy_term_id": "taxonomy_id"},
    "language": {"name": "language"},
    "accessibility_for_disabilities": {"description": "accessibility"},
    "regular_schedule": {"description": "original_text", "dtend": "until"},
    "holiday_schedule": {"start_at": "opens_at", "end_at": "closes_at"},
    "attribute": {"link_type": "link_type"},
}


@lru_cache(maxsize=4_096)
def table_named(name: str) -> str:
    """The HSDS table a file, a resource or a key of a document means, "" where none."""
    words = re.sub(r"[^a-z]+", "_", name.lower().removesuffix(".csv").removesuffix(".json")).strip("_").split("_")
    wanted = "_".join(_singular(word) for word in words)
    for table in TABLES:
        if "_".join(map(_singular, table.split("_"))) == wanted:
            return table
    return "" if wanted in _ONLY_INSIDE else _MEANT.get(wanted, "")


def _singular(word: str) -> str:
    for ending, singular in (("ies", "y"), ("addresses", "address"), ("taxonomys", "taxonomy")):
        if word.endswith(ending):
            return word.removesuffix(ending) + singular
    return word.removesuffix("s") if word not in ("address", "accessibility") else word


def canonical_of(table: str, tables: Mapping[str, object]) -> str:
    """Where there are terms, `taxonomy` holds only what they are taken from; before 2.0 it held the terms."""
    if table == "taxonomy_term":
        return "taxonomy"
    if table == "taxonomy" and "taxonomy_term" in tables:
        return "vocabulary"
    return CANONICAL.get(table, table)


def rename(table: str, values: dict[str, str]) -> None:
    for theirs, ours in RENAMED.get(table, {}).items():
        if theirs in values and not values.get(ours, "").strip():
            values[ours] = values.pop(theirs)
