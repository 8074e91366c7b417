"""What hangs on services: telephones, hours, languages, terms, and the words on who is served and how one gets in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from server.resources import language_reading, phone_reading
from server.resources.drafting_hours import draft_schedules
from server.resources.drafts import LanguageDraft, Outcome, PhoneDraft, ServiceDraft
from server.resources.facet_reading import says_wheelchair
from server.resources.hsds_attributes import values_of
from server.resources.package_reading import Row
from server.resources.recurring_hours import cells_of_rule
from server.resources.row_reading import Reading, ages, reference, words_of
from server.resources.terms import Facet
from server.resources.text_cleaning import clean

SAYS_NOTHING = "says nothing"
NO_SERVICE = "names no service that is there"
NO_TERM = "names no taxonomy term that is there"
TWICE = "says what another row of the service says already"
NOBODY_HERE = "no service is at its location"
SHARED = "a number of the organization: given to its services that have none"
OF_A_PERSON = "a number of a person: not kept"
OF_A_PHONE = "the language of a number that was not taken"
NONE_NEEDS_IT = "a number of the organization: all its services have numbers of their own"


def add_details(reading: Reading) -> None:
    """Each row of these tables to the services it speaks of; a row that speaks of none is set aside."""
    at = _by_location(reading)
    _phones(reading, at)
    _schedules(reading, at)
    _languages(reading, at)
    _eligibility(reading)
    _accessibility(reading, at)
    _terms(reading)


def _by_location(reading: Reading) -> dict[str, list[ServiceDraft]]:
    at: dict[str, list[ServiceDraft]] = defaultdict(list)
    for service in reading.drafted.services.values():
        for place in service.locations:
            at[place].append(service)
    return at


def _meant(reading: Reading, row: Row, at: dict[str, list[ServiceDraft]]) -> tuple[list[ServiceDraft], str]:
    """The services a row speaks of, and the location it is limited to ("" where it is not)."""
    pair = reading.pairs.get(reference(row.get("service_at_location_id")))
    named, place = pair or (reference(row.get("service_id")), reference(row.get("location_id")))
    if place not in reading.drafted.locations:
        place = ""
    service = reading.drafted.services.get(named)
    if service is not None:
        return [service], place
    return ([] if named else at.get(place, [])), place


def _phones(reading: Reading, at: dict[str, list[ServiceDraft]]) -> None:
    waiting: list[tuple[str, list[PhoneDraft], Outcome]] = []
    spoken = _spoken_on(reading)
    for row, outcome in reading.rows("phone"):
        drafts = _phone_drafts(row, outcome, spoken.get(row.get("id").strip(), ""))
        if not outcome.taken:
            continue
        services, place = _meant(reading, row, at)
        if services:
            _add_phones(services, [phone._replace(location=place) for phone in drafts], outcome)
        elif row.get("contact_id").strip() and not row.get("organization_id").strip():
            outcome.set_aside(OF_A_PERSON)
        elif reference(row.get("organization_id")) in reading.drafted.organizations:
            waiting.append((reference(row.get("organization_id")), drafts, outcome))
        else:
            outcome.set_aside(NO_SERVICE)
    _share(reading, waiting)


def _spoken_on(reading: Reading) -> dict[str, str]:
    """By the id of a number the languages that are spoken on it."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in reading.package.tables.get("language", []):
        if row.readable and (phone := row.get("phone_id").strip()):
            name = clean(row.get("language"))[0] or language_reading.name_of(row.get("code"))
            found[phone] += [name] if name and name not in found[phone] else []
    return {phone: ", ".join(names)[:64] for phone, names in found.items()}


def _phone_drafts(row: Row, outcome: Outcome, spoken: str) -> list[PhoneDraft]:
    words = words_of(row, outcome)
    cell = words("number").strip('"')
    extension = re.sub(r"\.0$", "", words("extension"))
    read = phone_reading.read_numbers(cell, extension, words("type"))
    if not read.numbers:
        outcome.set_aside(phone_reading.NOT_ONE if cell else phone_reading.NO_NUMBER)
    outcome.mend(*read.said)
    said, language = words("description"), (words("language") or spoken)[:64]
    return [
        PhoneDraft(
            one.number, one.extension, one.kind.value, "; ".join(filter(None, (one.description, said))), language
        )
        for one in read.numbers
    ]


def _add_phones(services: list[ServiceDraft], drafts: list[PhoneDraft], outcome: Outcome) -> None:
    new = False
    for service in services:
        fresh = [phone for phone in drafts if phone not in service.phones]
        service.phones += fresh
        service.attached.append(outcome)
        new = new or bool(fresh)
    if not new:
        outcome.set_aside(TWICE)


def _share(reading: Reading, waiting: list[tuple[str, list[PhoneDraft], Outcome]]) -> None:
    without: dict[str, list[ServiceDraft]] = defaultdict(list)
    for service in reading.drafted.services.values():
        if not service.phones:
            without[service.organization].append(service)
    for organization, drafts, outcome in waiting:
        if without[organization]:
            outcome.mend(SHARED)
            _add_phones(without[organization], drafts, outcome)
        else:
            outcome.set_aside(NONE_NEEDS_IT)


def _schedules(reading: Reading, at: dict[str, list[ServiceDraft]]) -> None:
    """By service, place and original text together: an exporter that wrote one text into several rows is seen."""
    groups: dict[tuple[str, str, str], list[tuple[Row, Outcome]]] = defaultdict(list)
    own = _own_of_schedules(reading)
    for table in ("regular_schedule", "holiday_schedule"):
        for row, outcome in reading.rows(table):
            services, place = _meant(reading, row, at)
            text = words_of(row, outcome)("original_text", lines=True)
            if not services:
                outcome.set_aside(NO_SERVICE)
            for service in services:
                service.attached.append(outcome)
                groups[service.source_id, place, text].append((_with_own(row, own), outcome))
    for (service_id, place, text), rows in groups.items():
        schedules = reading.drafted.services[service_id].schedules
        found = draft_schedules(rows, text, place, reading.rules.today)
        schedules += [draft for draft in dict.fromkeys(found) if draft not in schedules]


def _own_of_schedules(reading: Reading) -> dict[str, dict[str, str]]:
    """By the id of a row of hours what our own attributes say of it (hsds_attributes)."""
    of_rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in reading.package.tables.get("attribute", []):
        if row.get("link_entity").strip().casefold() == "schedule" and (linked := row.get("link_id").strip()):
            of_rows[linked].append(dict(row.values))
    return {linked: values_of(attributes) for linked, attributes in of_rows.items()}


def _with_own(row: Row, own: Mapping[str, Mapping[str, str]]) -> Row:
    said = own.get(row.get("id").strip()) if own else None
    if not said:
        return row
    values = {**row.values, **cells_of_rule(said.get("rule", ""))}
    if "closed" in said:
        values["closed"] = said["closed"] or "true"
    return replace(row, values=values)


def _languages(reading: Reading, at: dict[str, list[ServiceDraft]]) -> None:
    numbers = {row.get("id").strip() for row in reading.package.tables.get("phone", [])} - {""}
    for row, outcome in reading.rows("language"):
        services, _ = _meant(reading, row, at)
        cell = words_of(row, outcome)("language", lines=True) or language_reading.name_of(row.get("code"))
        if not services and row.get("phone_id").strip() in numbers:
            continue  # said of a number, and kept with it
        read = language_reading.read_languages(cell, row.get("code"), clean(row.get("note"))[0])
        if not services:
            outcome.set_aside(OF_A_PHONE if row.get("phone_id").strip() else NO_SERVICE)
        elif not read.spoken and not read.interpretation:
            outcome.set_aside(language_reading.NOT_ONE if cell else language_reading.NO_LANGUAGE)
        else:
            outcome.mend(*read.said)
            for service in services:
                service.attached.append(outcome)
            if not any([_speaks(service, read) for service in services]):
                outcome.set_aside(TWICE)


def _speaks(service: ServiceDraft, read: language_reading.LanguagesRead) -> bool:
    """Adds what is new to the service; whether anything was."""
    known = set(service.languages)
    plain = {(one.code, one.name) for one in known if not one.note}
    fresh = dict.fromkeys(LanguageDraft(one.code, one.name, one.note) for one in read.spoken)
    new = [one for one in fresh if one not in known and (one.note or (one.code, one.name) not in plain)]
    service.languages += new
    before = service.values["interpretation"]
    for words in read.interpretation:
        _append(service, "interpretation", words)
    return bool(new) or service.values["interpretation"] != before


def _append(service: ServiceDraft, column: str, words: str) -> None:
    there = service.values[column]
    if words.casefold() not in there.casefold():
        service.values[column] = f"{there}\n{words}" if there else words


def _eligibility(reading: Reading) -> None:
    for row, outcome in reading.rows("eligibility"):
        service = reading.drafted.services.get(reference(row.get("service_id")))
        text = words_of(row, outcome)("eligibility", lines=True)
        years = {column: year for column, year in ages(row, outcome).items() if year is not None}
        if service is None:
            outcome.set_aside(NO_SERVICE)
        elif not text and not years:
            outcome.set_aside(SAYS_NOTHING)
        else:
            _append(service, "eligibility", text)
            for column, year in years.items():
                if service.values[column] is None:
                    service.values[column] = year
            service.attached.append(outcome)


def _accessibility(reading: Reading, at: dict[str, list[ServiceDraft]]) -> None:
    for row, outcome in reading.rows("accessibility_for_disabilities"):
        words = words_of(row, outcome)
        said = list(filter(None, (words("accessibility"), words("details", lines=True))))
        services, _ = _meant(reading, row, at)
        if not said:
            outcome.set_aside(SAYS_NOTHING)
        elif not services:
            outcome.set_aside(NOBODY_HERE)
        for service in services if said else ():
            _append(service, "accessibility", ": ".join(said))
            service.attached.append(outcome)
            if any(map(says_wheelchair, said)) and len(service.locations) < 2:
                service.facets.add(Facet.WHEELCHAIR.value)


def _terms(reading: Reading) -> None:
    lines: dict[tuple[str, str], int] = {}
    for row, outcome in reading.rows("service_taxonomy"):
        service = reading.drafted.services.get(reference(row.get("service_id")))
        term = reference(row.get("taxonomy_id"))
        if service is None or term not in reading.drafted.terms:
            outcome.set_aside(NO_SERVICE if service is None else NO_TERM)
        elif (service.source_id, term) in lines:
            outcome.set_aside(f"the same as line {lines[service.source_id, term]}")
        else:
            lines[service.source_id, term] = row.line
            service.terms.append(term)
            service.attached.append(outcome)
