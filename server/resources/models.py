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
#
# `documents`: what to bring. `police`: one of terms.Police. `undocumented_told`: the service agreed that it may be said
# that it serves people without papers. `shared`: it may be passed on to others (export, API). `ours`: run by whoever
# runs this directory, so reports of harm go outside. `full_on`: the day it said that it has no room.
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
    documents = words()
    chat = words()
    police = fields.CharField(max_length=12, default="", db_default="")
    minimum_age = fields.SmallIntField(null=True)
    maximum_age = fields.SmallIntField(null=True)
    confidential = fields.BooleanField(default=False, db_default=False)
    undocumented_told = fields.BooleanField(default=False, db_default=False)
    shared = fields.BooleanField(default=True, db_default=True)
    ours = fields.BooleanField(default=False, db_default=False)
    full_on = fields.DateField(null=True)
    closed_until = fields.DateField(null=True)
    merged_into = fields.CharField(max_length=36, default="", db_default="")
    modified_on = fields.DateField(null=True)
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
#
# `rule` is an RFC 5545 recurrence for what is not simply every week; `closed`: shut on those days (a holiday).
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
    rule = fields.CharField(max_length=200, default="", db_default="")
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)
    closed = fields.BooleanField(default=False, db_default=False)
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


# What HSDS has no column for: one of terms.Facet that is known to hold. A missing row says nothing.
class ServiceFacet(Model):
    key = fields.IntField(primary_key=True)
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="facets", db_index=True
    )
    facet = fields.CharField(max_length=24, db_index=True)

    service_id: int

    class Meta(Model.Meta):
        table = "service_facet"
        unique_together = (("service", "facet"),)


# The trust ledger: one row a check, never changed. `outcome` is one of terms.Outcome.
class Verification(Model):
    key = fields.IntField(primary_key=True)
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="verifications", db_index=True
    )
    checked_on = fields.DateField()
    checked_by = fields.CharField(max_length=40)
    role = fields.CharField(max_length=24, default="", db_default="")
    how = fields.CharField(max_length=80, default="", db_default="")
    outcome = fields.CharField(max_length=12)
    note = words()

    service_id: int

    class Meta(Model.Meta):
        table = "verification"


# A hotline is shown as checked when two people have said so and one of them has called it. `line` names the row of the
# file, `digest` what was checked: a changed number or other hours are checked by nobody.
class LineCheck(Model):
    key = fields.IntField(primary_key=True)
    line = fields.CharField(max_length=120, db_index=True)
    digest = fields.CharField(max_length=64)
    checked_on = fields.DateField()
    checked_by = fields.CharField(max_length=40)
    called = fields.BooleanField(default=False, db_default=False)
    note = words()

    class Meta(Model.Meta):
        table = "line_check"


# What a reader told of a service: `told` is sealed, the day is all there is beside it. `kind`: a terms.ReportKind.
class Report(Model):
    key = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "directory.Service", related_name="reports", db_index=True
    )
    kind = fields.CharField(max_length=12)
    told = fields.BinaryField()
    told_on = fields.DateField()
    outside = fields.BooleanField(default=False, db_default=False)
    closed_on = fields.DateField(null=True)

    service_id: int

    class Meta(Model.Meta):
        table = "report"


# One person's word on a report. Harm needs two, by different people.
class ReportReview(Model):
    key = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "directory.Report", related_name="reviews", db_index=True
    )
    reviewed_on = fields.DateField()
    reviewed_by = fields.CharField(max_length=40)
    said = fields.CharField(max_length=16)
    note = fields.BinaryField(null=True)

    report_id: int

    class Meta(Model.Meta):
        table = "report_review"


# What a package says of a service that staff checked: `incoming` is the form's content as JSON.
class Conflict(Model):
    key = fields.IntField(primary_key=True)
    service: fields.OneToOneRelation[Service] = fields.OneToOneField("directory.Service", related_name="conflict")
    source = fields.CharField(max_length=64)
    row_hash = fields.CharField(max_length=64)
    came_on = fields.DateField()
    incoming = words()

    service_id: int

    class Meta(Model.Meta):
        table = "conflict"


# One change to many services at once. `before` is JSON, {public id: {column: value}}, so that it can be undone.
class BulkEdit(Model):
    key = fields.IntField(primary_key=True)
    made_on = fields.DateField()
    made_by = fields.CharField(max_length=40)
    what = words()
    before = words()
    undone_on = fields.DateField(null=True)

    class Meta(Model.Meta):
        table = "bulk_edit"


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
# so the index is kept by the writer (indexing.index) and holds only what may be shown. An older shape of it stays until
# indexing.make_current makes it anew: raise its VERSION with every change here.
SEARCH_TABLES: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS service_search USING fts5("
        "name, alternate_name, organization, terms, description, stems, "
        "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')",
        "CREATE VIRTUAL TABLE IF NOT EXISTS service_word USING fts5vocab('service_search', 'col')",
    ),
    "postgres": (
        "CREATE TABLE IF NOT EXISTS service_search (key integer PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS service_search_document ON service_search USING gin (document)",
    ),
}
_FIRST_CHANGE = "INSERT INTO change (key, number) VALUES (1, 0) ON CONFLICT DO NOTHING"
AFTER_MIGRATE: dict[str, tuple[str, ...]] = {
    "sqlite": (*SEARCH_TABLES["sqlite"], _FIRST_CHANGE),
    "postgres": ("CREATE EXTENSION IF NOT EXISTS unaccent", *SEARCH_TABLES["postgres"], _FIRST_CHANGE),
}

SEALED = (("report", "told", "report"), ("report_review", "note", "report"))
