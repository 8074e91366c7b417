"""A package into drafts: terms, organizations and services here, places and details beside; then secrecy over all."""

from __future__ import annotations

from typing import Any

from server.resources.confidential import flagged, speaks_of_secret_place
from server.resources.drafting_details import add_details
from server.resources.drafting_facts import add_facts, is_own_term
from server.resources.drafting_places import add_places
from server.resources.drafts import Draft, Drafted, Outcome, ServiceDraft
from server.resources.hsds_columns import NOT_TAKEN, TAKEN_COLUMNS
from server.resources.package_reading import FileNote, PackageRead
from server.resources.row_reading import Reading, Rules, ages, described, reference, words_of
from server.resources.terms import Status
from server.resources.text_cleaning import clean_line
from server.resources.withholding import withhold

UNKNOWN_STATUS = "a status we do not know: taken as inactive"


def draft(package: PackageRead, rules: Rules) -> Drafted:
    """Everything of the package, cleaned, joined, and without what is confidential."""
    drafted = Drafted(rules.source, package.name, package.digest)
    drafted.report.notes += package.notes
    services = package.tables.get("service", [])
    parents = {reference(row.get("id")): row for row in services if row.readable}
    reading = Reading(package, rules, drafted, parents)
    _name_unused_columns(reading)
    _terms(reading)
    _organizations(reading)
    _services(reading)
    add_places(reading)
    add_details(reading)
    add_facts(reading)
    withhold(drafted, rules.listed, rules.known)
    for table, reason in NOT_TAKEN.items():
        for _, outcome in reading.rows(table):
            outcome.set_aside(reason)
    return drafted


def _name_unused_columns(reading: Reading) -> None:
    for table, taken in TAKEN_COLUMNS.items():
        rows = reading.package.tables.get(table, [])
        unused = {column for row in rows for column, cell in row.values.items() if column not in taken and cell.strip()}
        if unused:
            reason = f"columns without a place in the directory: {', '.join(sorted(unused))}"
            reading.drafted.report.notes.append(FileNote(rows[0].file.partition("#")[0], reason))


def _terms(reading: Reading) -> None:
    into = reading.drafted.terms
    vocabularies: dict[str, str] = {}
    for row, outcome in reading.rows("vocabulary"):
        vocabularies.setdefault(reference(row.get("id")), words_of(row, outcome)("name"))
    for row, outcome, source_id in reading.named_rows("taxonomy", into):
        words = words_of(row, outcome)
        vocabulary = words("vocabulary") or vocabularies.get(reference(row.get("taxonomy_id")), "")
        values = {"name": words("name"), "vocabulary": vocabulary}
        values["parent_source_id"] = reference(row.get("parent_id"))
        if is_own_term(row.get("id")):
            continue  # a fact of ours and no need: it is read where it is said of a service
        into[source_id] = Draft(reading.public_id("term", source_id), source_id, values, outcome)


def _organizations(reading: Reading) -> None:
    into = reading.drafted.organizations
    for row, outcome, source_id in reading.named_rows("organization", into):
        values = described(row, outcome)
        into[source_id] = Draft(reading.public_id("organization", source_id), source_id, values, outcome)
        reading.by_name.setdefault(values["name"].casefold(), source_id)


_OWN_WORDS = ("name", "alternate_name", "description", "application_process")


def _services(reading: Reading) -> None:
    into = reading.drafted.services
    for row, outcome, source_id in reading.named_rows("service", into):
        words = words_of(row, outcome)
        values = described(row, outcome)
        for column in ("fees", "application_process", "wait_time"):
            values[column] = words(column, lines=True)
        values["interpretation"] = words("interpretation_services", lines=True)
        values["status"] = _status(row.get("status"), outcome)
        for column in ("eligibility", "accessibility"):
            values[column] = words(column, lines=True)
        values |= {"confidential": False, "country": "", "documents": "", "chat": "", "police": ""}
        values |= ages(row, outcome)
        values["timezone"] = reading.rules.timezone
        _keep_alert(values, words("alert", lines=True))
        made = ServiceDraft(reading.public_id("service", source_id), source_id, values, outcome)
        made.organization = reading.organization(row, outcome)
        made.secret = flagged(row.values) or any(speaks_of_secret_place(values[column]) for column in _OWN_WORDS)
        into[source_id] = made


def _keep_alert(values: dict[str, Any], alert: str) -> None:
    """What is different just now comes first: "moved", "by phone only until further notice"."""
    if alert and alert.casefold() not in values["description"].casefold():
        values["description"] = f"{alert}\n\n{values['description']}".strip()


def _status(text: str, outcome: Outcome) -> str:
    """Most packages leave it empty: what they list is there. An unknown word never makes a service appear."""
    plain = clean_line(text)[0].casefold().replace("_", " ")
    if not plain:
        return Status.ACTIVE.value
    plain = {"open": "active", "closed": "defunct"}.get(plain, plain)
    if plain in {status.value for status in Status}:
        return plain
    outcome.mend(UNKNOWN_STATUS)
    return Status.INACTIVE.value
