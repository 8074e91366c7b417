"""What hangs on services: telephones, hours, languages, terms, and the words on who is served and how one gets in."""

from __future__ import annotations

from collections import defaultdict

from server.resources import language_reading, phone_reading
from server.resources.drafting_hours import draft_schedules
from server.resources.drafts import LanguageDraft, Outcome, PhoneDraft, ServiceDraft
from server.resources.package_reading import Row
from server.resources.row_reading import Reading, reference, words_of
from server.resources.text_cleaning import clean

SAYS_NOTHING = "says nothing"
NO_SERVICE = "names no service that is there"
NO_TERM = "names no taxonomy term that is there"
TWICE = "says what another row of the service says already"
NOBODY_HERE = "no service is at its location"
SHARED = "a number of the organization: given to its services that have none"
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
    for row, outcome in reading.rows("phone"):
        drafts = _phone_drafts(row, outcome)
        if not outcome.taken:
            continue
        services, place = _meant(reading, row, at)
        if services:
            _add_phones(services, [phone._replace(location=place) for phone in drafts], outcome)
        elif reference(row.get("organization_id")) in reading.drafted.organizations:
            waiting.append((reference(row.get("organization_id")), drafts, outcome))
        else:
            outcome.set_aside(NO_SERVICE)
    _share(reading, waiting)


def _phone_drafts(row: Row, outcome: Outcome) -> list[PhoneDraft]:
    words = words_of(row, outcome)
    cell = words("number")
    read = phone_reading.read_numbers(cell, words("extension"), words("type"))
    if not read.numbers:
        outcome.set_aside(phone_reading.NOT_ONE if cell else phone_reading.NO_NUMBER)
    outcome.mend(*read.said)
    said, language = words("description"), words("language")[:64]
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
    for row, outcome in reading.rows("regular_schedule"):
        services, place = _meant(reading, row, at)
        text, said = clean(row.get("original_text"))
        outcome.mend(*said)
        if not services:
            outcome.set_aside(NO_SERVICE)
        for service in services:
            service.attached.append(outcome)
            groups[service.source_id, place, text].append((row, outcome))
    for (service_id, place, text), rows in groups.items():
        schedules = reading.drafted.services[service_id].schedules
        schedules += [draft for draft in draft_schedules(rows, text, place) if draft not in schedules]


def _languages(reading: Reading, at: dict[str, list[ServiceDraft]]) -> None:
    for row, outcome in reading.rows("language"):
        services, _ = _meant(reading, row, at)
        cell, said = clean(row.get("language"))
        outcome.mend(*said)
        read = language_reading.read_languages(cell)
        if not services:
            outcome.set_aside(NO_SERVICE)
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
        if service is None:
            outcome.set_aside(NO_SERVICE)
        elif not text:
            outcome.set_aside(SAYS_NOTHING)
        else:
            _append(service, "eligibility", text)
            service.attached.append(outcome)


def _accessibility(reading: Reading, at: dict[str, list[ServiceDraft]]) -> None:
    for row, outcome in reading.rows("accessibility_for_disabilities"):
        words = words_of(row, outcome)
        said = list(filter(None, (words("accessibility"), words("details", lines=True))))
        services = at.get(reference(row.get("location_id")), [])
        if not said:
            outcome.set_aside(SAYS_NOTHING)
        elif not services:
            outcome.set_aside(NOBODY_HERE)
        for service in services if said else ():
            _append(service, "accessibility", ": ".join(said))
            service.attached.append(outcome)


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
