"""What of HSDS has a place in the directory, by table and column; the rest is named in the report, not lost.

Tables and columns of every version stand under the names that hsds_versions gives them.
"""

from __future__ import annotations

from server.resources.confidential import FLAGS

NO_ROOM = "this table has no place in the directory yet"
NO_PERSONS = "names of persons are not kept"

NOT_TAKEN = {
    "program": NO_ROOM,
    "contact": NO_PERSONS,
    "contact_phone": NO_PERSONS,
    "phone_language": NO_ROOM,
    "funding": NO_ROOM,
    "organization_identifier": NO_ROOM,
    "link_type": NO_ROOM,
    "metadata": NO_ROOM,
    "meta_table_description": NO_ROOM,
}
ADDRESS = ("address_1", "address_2", "city", "region", "state_province", "postal_code")
LINKS = "service_id location_id organization_id service_at_location_id"

_HOURS = "valid_from valid_to dtstart until count wkst freq interval byday byweekno bymonthday byyearday timezone"
_COLUMNS = {
    "organization": "name alternate_name description url website email",
    "service": "organization_id organization_name name alternate_name description url website email status fees"
    " application_process wait_time interpretation_services eligibility accessibility minimum_age maximum_age alert"
    " location_id",
    "location": "organization_id organization_name name transportation latitude longitude location_type service_id",
    "service_at_location": "service_id location_id",
    "phone": f"{LINKS} contact_id number extension type language description",
    "physical_address": f"location_id country {' '.join(ADDRESS)}",
    "postal_address": f"location_id country {' '.join(ADDRESS)}",
    "address": f"location_id country address_type {' '.join(ADDRESS)}",
    "regular_schedule": f"{LINKS} weekday opens_at closes_at original_text notes {_HOURS}",
    "holiday_schedule": f"{LINKS} closed opens_at closes_at start_date end_date",
    "language": "service_id location_id phone_id language code note",
    "taxonomy": "name parent_id vocabulary taxonomy_id code",
    "vocabulary": "name",
    "service_taxonomy": "service_id taxonomy_id",
    "attribute": "service_id link_id link_entity link_type taxonomy_id taxonomy_term_id value label",
    "eligibility": "service_id eligibility minimum_age maximum_age",
    "accessibility_for_disabilities": "location_id service_id accessibility details",
    "required_document": "service_id document",
    "cost_option": "service_id option amount amount_description currency valid_from valid_to",
    "payment_accepted": "service_id payment",
    "service_area": "service_id service_area name service_at_location_id",
    "service_capacity": "service_id unit_id available maximum description updated",
    "unit": "name",
    "url": "service_id organization_id url label",
}
TAKEN_COLUMNS = {table: {"id", *FLAGS, *columns.split()} for table, columns in _COLUMNS.items()}
