"""What a person has to know before she goes there: documents to bring, cost, room, facets, and our own attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from server.resources.drafts import Outcome, ServiceDraft
from server.resources.facet_reading import facets_told, is_nought, says_free, says_national
from server.resources.hsds_attributes import Facts, facts_of, values_of
from server.resources.package_reading import Row
from server.resources.recurring_hours import read_day
from server.resources.row_reading import Reading, reference, words_of
from server.resources.terms import Facet
from server.resources.text_cleaning import web_address

SAYS_NOTHING = "says nothing"
NO_SERVICE = "names no service that is there"
NO_TERM = "names no taxonomy term that is there"
TWICE = "says what another row of the service says already"
OF_ANOTHER = "an attribute of something else than a service: it has no place in the directory yet"
ONE_SITE = "one web address is kept, and there is another"
NO_WORDS = "an amount without a meaning"
NOT_FULL = "room that can be counted has no place in the directory yet: only that there is none is kept"
AREA = "a service area has no place in the directory yet, but that it is the whole country"
UNIT = "a unit has no place in the directory yet"


def is_own_term(term_id: str) -> bool:
    """Whether a taxonomy term is one of our own facts (hsds_attributes)."""
    return bool(values_of([{"taxonomy_term_id": term_id.strip()}]))


def add_facts(reading: Reading) -> None:
    """To services that have their places and details already."""
    free = {source_id for source_id, one in reading.drafted.services.items() if says_free(one.values["fees"])}
    _documents(reading)
    _costs(reading)
    _payments(reading)
    _areas(reading)
    _sites(reading)
    _capacities(reading)
    _attributes(reading)
    for service in reading.drafted.services.values():
        kinds = (str(reading.drafted.locations[at].values["location_type"]) for at in service.locations)
        told = facets_told(service.source_id in free, service.values["interpretation"], service.costs, list(kinds))
        service.facets |= {facet.value for facet in told}


def _of_services(reading: Reading, table: str) -> Iterator[tuple[Row, Outcome, ServiceDraft]]:
    for row, outcome in reading.rows(table):
        pair = reading.pairs.get(reference(row.get("service_at_location_id")))
        service = reading.drafted.services.get(reference(row.get("service_id")) or (pair[0] if pair else ""))
        if service is None:
            outcome.set_aside(NO_SERVICE)
        else:
            yield row, outcome, service


def _append(service: ServiceDraft, column: str, words: str, outcome: Outcome) -> None:
    there = service.values[column]
    if not words:
        outcome.set_aside(SAYS_NOTHING)
    elif words.casefold() in (line.casefold() for line in there.split("\n")):
        outcome.set_aside(TWICE)
    else:
        service.values[column] = f"{there}\n{words}" if there else words
        service.attached.append(outcome)


def _documents(reading: Reading) -> None:
    for row, outcome, service in _of_services(reading, "required_document"):
        _append(service, "documents", words_of(row, outcome)("document", lines=True), outcome)


def _costs(reading: Reading) -> None:
    for row, outcome, service in _of_services(reading, "cost_option"):
        words = words_of(row, outcome)
        amount, currency = words("amount"), words("currency")
        option, described = words("option"), words("amount_description", lines=True)
        money = f"{amount} {currency}".strip() if amount else ""
        dated = _dated(row)
        told = ": ".join(filter(None, (option, " ".join(filter(None, (money, described))))))
        if amount or option:
            service.costs.append(amount or described or option)
        _append(service, "fees", f"{told} ({dated})" if told and dated else told, outcome)


def _dated(row: Row) -> str:
    first, last = row.get("valid_from").strip()[:10], row.get("valid_to").strip()[:10]
    return f"{first} - {last}" if first or last else ""


def _payments(reading: Reading) -> None:
    for row, outcome, service in _of_services(reading, "payment_accepted"):
        _append(service, "fees", words_of(row, outcome)("payment"), outcome)


def _areas(reading: Reading) -> None:
    for row, outcome, service in _of_services(reading, "service_area"):
        words = words_of(row, outcome)
        if says_national(words("service_area") or words("name")):
            service.facets.add(Facet.NATIONAL.value)
            service.attached.append(outcome)
        else:
            outcome.set_aside(AREA)


def _sites(reading: Reading) -> None:
    """Of a service or its organization, which has one already more often than not."""
    for row, outcome in reading.rows("url"):
        service = reading.drafted.services.get(reference(row.get("service_id")))
        owner = service or reading.drafted.organizations.get(reference(row.get("organization_id")))
        site, said = web_address(row.get("url"))
        outcome.mend(*said)
        if owner is None:
            outcome.set_aside("names no service and no organization that is there")
        elif not site or owner.values["website"]:
            outcome.set_aside(ONE_SITE if site else SAYS_NOTHING)
        else:
            owner.values["website"] = site


def _capacities(reading: Reading) -> None:
    """Full where every capacity that is told is used up, and the day is told."""
    days: dict[str, list[str]] = defaultdict(list)
    told: dict[str, list[Outcome]] = defaultdict(list)
    for row, outcome, service in _of_services(reading, "service_capacity"):
        full = is_nought(row.get("available"))
        service.wholly_full.append(full)
        told[service.source_id].append(outcome)
        days[service.source_id].append(row.get("updated"))
    for source_id, outcomes in told.items():
        service = reading.drafted.services[source_id]
        full_on = max(filter(None, map(_day, days[source_id])), default=None) if all(service.wholly_full) else None
        service.values["full_on"] = full_on
        for outcome in outcomes:
            if full_on is None:
                outcome.set_aside(NOT_FULL)
            else:
                service.attached.append(outcome)
    for _, outcome in reading.rows("unit"):
        outcome.set_aside(UNIT)


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except ValueError:
        return None


# --- Attributes: our own facts, or terms as HSDS 2.x and 3.x hang them on services


def _attributes(reading: Reading) -> None:
    of_services: dict[str, list[tuple[Row, Outcome]]] = defaultdict(list)
    for row, outcome in reading.rows("attribute"):
        service_id = reference(row.get("service_id")) or _linked(row)
        if service_id in reading.drafted.services:
            of_services[service_id].append((row, outcome))
        elif not _own(row):
            outcome.set_aside(NO_SERVICE if row.get("service_id") else OF_ANOTHER)
    for service_id, rows in of_services.items():
        service = reading.drafted.services[service_id]
        if own := [dict(row.values) for row, _ in rows if _own(row)]:
            _take_facts(service, facts_of(own))
        for row, outcome in rows:
            service.attached.append(outcome)
            if not _own(row):
                _take_term(reading, service, row, outcome)


def _linked(row: Row) -> str:
    """The service it is linked to; some write the entity into link_type."""
    kind = (row.get("link_entity") or row.get("link_type")).strip().casefold()
    return reference(row.get("link_id")) if kind in ("", "service", "attribute") else ""


def _own(row: Row) -> bool:
    return is_own_term(row.get("taxonomy_term_id"))


def _take_facts(service: ServiceDraft, facts: Facts) -> None:
    service.facets |= {facet.value for facet in facts.facets}
    service.secret = service.secret or facts.confidential
    for column in ("police", "chat", "timezone", "country", "accessibility", "full_on", "closed_until"):
        said = getattr(facts, column)
        if said:
            service.values[column] = said
    service.values["undocumented_told"] = facts.undocumented_told


def _take_term(reading: Reading, service: ServiceDraft, row: Row, outcome: Outcome) -> None:
    term = reference(row.get("taxonomy_id") or row.get("taxonomy_term_id"))
    if term not in reading.drafted.terms:
        outcome.set_aside(NO_TERM)
    elif term in service.terms:
        outcome.set_aside(TWICE)
    else:
        service.terms.append(term)
