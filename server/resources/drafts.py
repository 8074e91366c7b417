"""What an import makes of a package before anything is written: rows to be, and what became of each row read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from server.resources.package_reading import FileNote, Row

# As the report names the tables; the first eight are always there.
NAMES = {
    "service": "services",
    "organization": "organizations",
    "location": "locations",
    "phone": "phones",
    "regular_schedule": "schedules",
    "language": "languages",
    "taxonomy": "taxonomy_terms",
    "service_taxonomy": "service_taxonomy",
    "service_at_location": "service_at_locations",
    "physical_address": "physical_addresses",
    "postal_address": "postal_addresses",
    "eligibility": "eligibility",
    "accessibility_for_disabilities": "accessibility",
    "holiday_schedule": "holiday_schedules",
    "service_area": "service_areas",
    "required_document": "required_documents",
    "payment_accepted": "payments_accepted",
    "program": "programs",
    "contact": "contacts",
    "funding": "funding",
    "address": "addresses",
    "attribute": "attributes",
    "vocabulary": "taxonomies",
    "cost_option": "cost_options",
    "service_capacity": "service_capacities",
    "unit": "units",
    "url": "urls",
    "contact_phone": "contact_phones",
    "phone_language": "phone_languages",
    "organization_identifier": "organization_identifiers",
    "link_type": "link_types",
    "metadata": "metadata",
    "meta_table_description": "meta_table_descriptions",
}
ALWAYS = tuple(NAMES.values())[:8]


@dataclass(slots=True)
class Outcome:
    """What became of one row: kept as it stood, mended (taken after a repair) or set aside (not taken), and why."""

    file: str
    line: int
    reasons: list[str] = field(default_factory=list[str])
    taken: bool = True

    def mend(self, *reasons: str) -> None:
        for reason in reasons:
            if reason and reason not in self.reasons:
                self.reasons.append(reason)

    def set_aside(self, reason: str) -> None:
        self.taken = False
        self.mend(reason)


@dataclass
class Report:
    """Counts by table and a note for every row that was not kept as it stood; the sums are right by construction.

    `last` is what somebody should read even if nothing else.
    """

    outcomes: dict[str, list[Outcome]] = field(default_factory=dict[str, list[Outcome]])
    retired: dict[str, int] = field(default_factory=dict[str, int])
    notes: list[FileNote] = field(default_factory=list[FileNote])
    last: str = ""

    def enter(self, table: str, row: Row) -> Outcome:
        """Every row of the package passes here once, before anything is decided about it."""
        outcome = Outcome(row.file, row.line)
        if not row.readable:
            outcome.set_aside(row.trouble)
        elif row.trouble:
            outcome.mend(row.trouble)
        self.outcomes.setdefault(NAMES[table], []).append(outcome)
        return outcome

    def retire(self, name: str, count: int = 1) -> None:
        self.retired[name] = self.retired.get(name, 0) + count

    def counts(self, name: str) -> dict[str, int]:
        """rows = kept + mended + set_aside; `retired` are rows of ours that the package no longer has."""
        entered = self.outcomes.get(name, [])
        taken = [outcome for outcome in entered if outcome.taken]
        mended = sum(1 for outcome in taken if outcome.reasons)
        return {
            "rows": len(entered),
            "kept": len(taken) - mended,
            "mended": mended,
            "set_aside": len(entered) - len(taken),
            "retired": self.retired.get(name, 0),
        }

    def as_json(self) -> dict[str, Any]:
        """`{table: {rows, kept, mended, set_aside, retired}, ..., "notes": [{file, line, reason}]}`."""
        names = dict.fromkeys((*ALWAYS, *self.outcomes, *self.retired))
        notes = [{"file": note.file, "line": note.line, "reason": note.reason} for note in self.notes]
        for entered in self.outcomes.values():
            notes += [{"file": o.file, "line": o.line, "reason": "; ".join(o.reasons)} for o in entered if o.reasons]
        return {**{name: self.counts(name) for name in names}, "notes": notes}


class PhoneDraft(NamedTuple):
    """`location` is the package's id of one, "" for the service as a whole."""

    number: str
    extension: str = ""
    kind: str = "voice"
    description: str = ""
    language: str = ""
    location: str = ""


class ScheduleDraft(NamedTuple):
    """Columns of Schedule. What comes by rule or on special days has no weekday; there `closes` may be above 1440."""

    weekday: int | None
    opens: int | None
    closes: int | None
    text: str = ""
    rule: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    closed: bool = False
    location: str = ""


class LanguageDraft(NamedTuple):
    code: str
    name: str
    note: str = ""


@dataclass(slots=True)
class Draft:
    """An organization or a term to be: `id` is the public one, `values` are columns of its model."""

    id: str
    source_id: str
    values: dict[str, Any]
    outcome: Outcome

    def row_hash(self) -> str:
        return digest_of(self.values)


@dataclass(slots=True)
class LocationDraft(Draft):
    organization: str = ""
    address: Outcome | None = None
    secret: bool = False
    """The place itself was declared secret, not only a service in it."""

    def row_hash(self) -> str:
        return digest_of({**self.values, "organization": self.organization})


@dataclass(slots=True)
class ServiceDraft(Draft):
    """`organization`, `locations` and `terms` are ids of the package; `attached` the outcomes of what hangs on it.

    `facets` are values of terms.Facet, `costs` the amounts of its cost options, `wholly_full` whether each of its
    capacities is used up.
    """

    organization: str = ""
    locations: list[str] = field(default_factory=list[str])
    phones: list[PhoneDraft] = field(default_factory=list[PhoneDraft])
    schedules: list[ScheduleDraft] = field(default_factory=list[ScheduleDraft])
    languages: list[LanguageDraft] = field(default_factory=list[LanguageDraft])
    terms: list[str] = field(default_factory=list[str])
    facets: set[str] = field(default_factory=set[str])
    costs: list[str] = field(default_factory=list[str])
    wholly_full: list[bool] = field(default_factory=list[bool])
    attached: list[Outcome] = field(default_factory=list[Outcome])
    secret: bool = False
    """Declared confidential by a flag, a list or its own words."""

    def row_hash(self) -> str:
        hanging = [*self.phones, *self.schedules, *self.languages]
        return digest_of(
            {
                **self.values,
                "organization": self.organization,
                "locations": sorted(self.locations),
                "terms": sorted(self.terms),
                "facets": sorted(self.facets),
                "hanging": sorted(map(repr, hanging)),
            }
        )


def digest_of(values: dict[str, Any]) -> str:
    """The same for the same content, whatever the order it was put together in."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


@dataclass
class Drafted:
    """The whole package, ready to be compared with what is stored; keys are the ids of the package itself.

    `secrets` are the street lines of confidential places: to be taken out of texts, never to be written or told.
    """

    source: str
    name: str
    digest: str
    report: Report = field(default_factory=Report)
    organizations: dict[str, Draft] = field(default_factory=dict[str, Draft])
    services: dict[str, ServiceDraft] = field(default_factory=dict[str, ServiceDraft])
    locations: dict[str, LocationDraft] = field(default_factory=dict[str, LocationDraft])
    terms: dict[str, Draft] = field(default_factory=dict[str, Draft])
    secrets: tuple[str, ...] = field(default=(), repr=False)
