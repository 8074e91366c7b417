"""The tables of the directory: public services in the words of HSDS, and nothing about anybody who reads them.

`key` is this database's own number and may change with it; `id` is the stable public one. A confidential location
holds no name, address, city or coordinates: they are blanked before they are written, never hidden afterwards.
"""

from __future__ import annotations

from functools import partial

from tortoise import fields
from tortoise.models import Model

from server.resources.terms import LocationType, PhoneKind, Status

# Comments stand above the classes, not in them: Tortoise copies docstrings into the tables, and each rewording would be
# a migration (with a semicolon in it, a broken one).


# Free text that is never NULL: adding such a column later needs the database's own default (fault M3).
words = partial(fields.TextField, default="", db_default="")


# One publisher's package. `digest` is that of the last one read to its end, so a broken run is seen.
class Package(Model):
    key = fields.IntField(primary_key=True)
    source = fields.CharField(max_length=64, unique=True)
    name = words()
    digest = fields.CharField(max_length=64, default="", db_default="")
    imported_on = fields.DateField()

    class Meta(Model.Meta):
        table = "package"


class Organization(Model):
    key = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    source = fields.CharField(max_length=64, default="", db_default="", db_index=True)
    source_id = fields.CharField(max_length=64, default="", db_default="")
    name = words()
    alternate_name = words()
    description = words()
    website = words()
    email = words()
    row_hash = fields.CharField(max_length=64, default="", db_default="")

    class Meta(Model.Meta):
        table = "organization"


# `row_hash` is that of the last import, over the service and all that hangs on it.
#
# Empty while retired_on is set: the import retired it because it vanished, and brings it back when it reappears.
# Whatever staff change sets edited_on; from then on no import overwrites or revives it.
class Service(Model):
    key = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    source = fields.CharField(max_length=64, default="", db_default="", db_index=True)
    source_id = fields.CharField(max_length=64, default="", db_default="")
    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "directory.Organization", related_name="services", null=True, on_delete=fields.SET_NULL, db_index=True
    )
    name = words()
    alternate_name = words()
    description = words()
    website = words()
    email = words()
    status = fields.CharField(max_length=20, default=Status.ACTIVE.value, db_default=Status.ACTIVE.value)
    fees = words()
    application_process = words()
    wait_time = words()
    eligibility = words()
    interpretation = words()
    accessibility = words()
    timezone = fields.CharField(max_length=64, default="", db_default="")
    confidential = fields.BooleanField(default=False, db_default=False)
    country = fields.CharField(max_length=2, default="", db_default="")
    verified_on = fields.DateField(null=True)
    verified_by = fields.CharField(max_length=40, default="", db_default="")
    verified_how = fields.CharField(max_length=80, default="", db_default="")
    retired_on = fields.DateField(null=True)
    edited_on = fields.DateField(null=True)
    version = fields.IntField(default=1, db_default=1)
    row_hash = fields.CharField(max_length=64, default="", db_default="")

    organization_id: int | None

    class Meta(Model.Meta):
        table = "service"


class Location(Model):
    key = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    source = fields.CharField(max_length=64, default="", db_default="", db_index=True)
    source_id = fields.CharField(max_length=64, default="", db_default="")
    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "directory.Organization", related_name="locations", null=True, on_delete=fields.SET_NULL, db_index=True
    )
    name = words()
    location_type = fields.CharField(
        max_length=16, default=LocationType.PHYSICAL.value, db_default=LocationType.PHYSICAL.value
    )
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    address_1 = words()
    address_2 = words()
    city = words()
    region = words()
    state_province = words()
    postal_code = words()
    country = words()
    transportation = words()
    confidential = fields.BooleanField(default=False, db_default=False)
    row_hash = fields.CharField(max_length=64, default="", db_default="")

    organization_id: int | None

    class Meta(Model.Meta):
        table = "location"
        indexes = (("latitude", "longitude"),)


class ServiceAtLocation(Model):
    key = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="at_locations", db_index=True
    )
    location: fields.ForeignKeyRelation[Location] = fields.ForeignKeyField(
        "directory.Location", related_name="services_here", db_index=True
    )

    service_id: int
    location_id: int

    class Meta(Model.Meta):
        table = "service_at_location"


# `number` is what a person would dial or read aloud, with its own punctuation: short codes pass through.
class Phone(Model):
    key = fields.IntField(primary_key=True)
    service: fields.ForeignKeyNullableRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="phones", null=True, db_index=True
    )
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "directory.Location", related_name="phones", null=True, db_index=True
    )
    number = fields.CharField(max_length=64)
    extension = fields.CharField(max_length=16, default="", db_default="")
    kind = fields.CharField(max_length=8, default=PhoneKind.VOICE.value, db_default=PhoneKind.VOICE.value)
    description = words()
    language = fields.CharField(max_length=64, default="", db_default="")

    service_id: int | None
    location_id: int | None

    class Meta(Model.Meta):
        table = "phone"


# Minutes after midnight, local time. Past midnight is two rows.
#
# Hours that can be read by a person but not by a program are one row with the words in `text` and weekday, opens
# and closes all NULL: whether such a service is open now is unknown.
class Schedule(Model):
    key = fields.IntField(primary_key=True)
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="schedules", db_index=True
    )
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "directory.Location", related_name="schedules", null=True, db_index=True
    )
    weekday = fields.SmallIntField(null=True)
    opens = fields.SmallIntField(null=True)
    closes = fields.SmallIntField(null=True)
    text = words()

    service_id: int
    location_id: int | None

    class Meta(Model.Meta):
        table = "schedule"


# `code` is ISO 639 (two letters where there are two), empty where the words are not a spoken language.
class ServiceLanguage(Model):
    key = fields.IntField(primary_key=True)
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="languages", db_index=True
    )
    code = fields.CharField(max_length=12, default="", db_default="", db_index=True)
    name = fields.CharField(max_length=64, default="", db_default="")
    note = words()

    service_id: int

    class Meta(Model.Meta):
        table = "service_language"


class Term(Model):
    key = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    source = fields.CharField(max_length=64, default="", db_default="", db_index=True)
    source_id = fields.CharField(max_length=64, default="", db_default="")
    vocabulary = words()
    name = words()
    parent_source_id = fields.CharField(max_length=64, default="", db_default="")

    class Meta(Model.Meta):
        table = "term"


class ServiceTerm(Model):
    key = fields.IntField(primary_key=True)
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="service_terms", db_index=True
    )
    term: fields.ForeignKeyRelation[Term] = fields.ForeignKeyField(
        "directory.Term", related_name="service_terms", db_index=True
    )

    service_id: int
    term_id: int

    class Meta(Model.Meta):
        table = "service_term"
        unique_together = (("service", "term"),)


# One row. Every writer bumps `number` in its own unit of work, and whoever caches asks for it first.
class Change(Model):
    key = fields.IntField(primary_key=True)
    number = fields.IntField(default=0, db_default=0)

    class Meta(Model.Meta):
        table = "change"


# Run after every migration: Tortoise knows no text index, and a rebuilt table would lose its triggers (fault M2),
# so the index is kept by the writer (store.index) and holds only what may be shown.
AFTER_MIGRATE: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS service_search USING fts5("
        "name, alternate_name, organization, terms, description, "
        "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')",
        "INSERT INTO change (key, number) VALUES (1, 0) ON CONFLICT DO NOTHING",
    ),
    "postgres": (
        "CREATE EXTENSION IF NOT EXISTS unaccent",
        "CREATE TABLE IF NOT EXISTS service_search (key integer PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS service_search_document ON service_search USING gin (document)",
        "INSERT INTO change (key, number) VALUES (1, 0) ON CONFLICT DO NOTHING",
    ),
}
