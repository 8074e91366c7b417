"""What of HSDS 1.1 has a place in the directory, by table and column; the rest is named in the report, not lost."""

from __future__ import annotations

from server.resources.confidential import FLAGS

NO_ROOM = "this table has no place in the directory yet"
NO_PERSONS = "names of persons are not kept"

NOT_TAKEN = {
    "program": NO_ROOM,
    "contact": NO_PERSONS,
    "funding": NO_ROOM,
    "holiday_schedule": NO_ROOM,
    "service_area": NO_ROOM,
    "required_document": NO_ROOM,
    "payment_accepted": NO_ROOM,
    "metadata": NO_ROOM,
    "meta_table_description": NO_ROOM,
}
ADDRESS = ("address_1", "address_2", "city", "region", "state_province", "postal_code")

_COLUMNS = {
    "organization": "name alternate_name description url website email",
    "service": "organization_id organization_name name alternate_name description url website email status fees"
    " application_process wait_time interpretation_services",
    "location": "organization_id organization_name name transportation latitude longitude",
    "service_at_location": "service_id location_id",
    "phone": "service_id location_id organization_id service_at_location_id number extension type language description",
    "physical_address": f"location_id country {' '.join(ADDRESS)}",
    "postal_address": f"location_id country {' '.join(ADDRESS)}",
    "regular_schedule": "service_id location_id service_at_location_id weekday opens_at closes_at original_text",
    "language": "service_id location_id language",
    "taxonomy": "name parent_id vocabulary",
    "service_taxonomy": "service_id taxonomy_id",
    "eligibility": "service_id eligibility",
    "accessibility_for_disabilities": "location_id accessibility details",
}
TAKEN_COLUMNS = {table: {"id", *FLAGS, *columns.split()} for table, columns in _COLUMNS.items()}
