"""Secrecy over a whole package: a confidential place leaves no trace of itself in any draft."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from server.resources.confidential import HIDDEN, SCRUBBED, scrub, scrub_own
from server.resources.drafts import Draft, Drafted, LocationDraft, ServiceDraft
from server.resources.hsds_columns import ADDRESS
from server.resources.known_places import ENDINGS, scrub_column, scrub_known, secrets_of_place, without_silence

NOT_JOINED = "not joined: the service is confidential and the place is not"
LISTED = "confidential by the list of the operator"

# Every column of the directory that holds words, by table: where an address may stand. What is not here is a code, a
# number to dial, or the address of a place itself, of which hiding.neighbours speaks.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "package": ("name",),
    "organization": ("name", "alternate_name", "description", "website", "email"),
    "service": (
        "name", "alternate_name", "description", "website", "email", "fees", "application_process", "wait_time",
        "eligibility", "interpretation", "accessibility", "documents", "chat", "verified_how",
    ),
    "location": ("name", "transportation", "address_2", "city", "region"),
    "phone": ("description", "language"),
    "schedule": ("text",),
    "service_language": ("name", "note"),
    "verification": ("how", "note"),
    "line_check": ("note",),
    "conflict": ("incoming",),
    "bulk_edit": ("what", "before"),
    "term": ("name", "vocabulary"),
}  # fmt: skip
SERVICE_TEXTS = TEXTS["service"]
# What is left of a confidential place, in a draft as in the database.
BLANK: Mapping[str, Any] = {
    **dict.fromkeys((*ADDRESS, "name", "transportation", "country"), ""),
    "latitude": None,
    "longitude": None,
    "confidential": True,
}


def withhold(drafted: Drafted, listed: frozenset[str], known: frozenset[str]) -> None:
    """Marks what is confidential and takes places and addresses out.

    `listed` are the operator's names and ids, `known` the ids of services and locations that were confidential before:
    a package that suddenly gives an address does not make it public.
    """
    _mark(drafted, listed, known)
    addresses = drafted.secrets = _secret_addresses(drafted)
    for place in drafted.locations.values():
        if place.secret:
            _blank(place)
    for service in drafted.services.values():
        if service.values["confidential"]:
            _hide(drafted, service, addresses)
    _scrub_others(drafted, addresses)


def _mark(drafted: Drafted, listed: frozenset[str], known: frozenset[str]) -> None:
    """Until nothing more follows: so that the same package, read again, is as secret as before and no more."""
    for draft in (*drafted.services.values(), *drafted.locations.values()):
        if not listed.isdisjoint({draft.id, draft.source_id, draft.values["name"].casefold()}):
            draft.secret = True
            draft.outcome.mend(LISTED)
    for place in drafted.locations.values():
        place.secret = place.secret or place.id in known
    users: dict[str, list[ServiceDraft]] = defaultdict(list)
    for service in drafted.services.values():
        service.values["confidential"] = service.secret or service.id in known
        for at in service.locations:
            users[at].append(service)
            drafted.locations[at].secret |= service.secret
    while _mark_further(drafted, users):
        pass


def _mark_further(drafted: Drafted, users: Mapping[str, list[ServiceDraft]]) -> bool:
    """One secret address is secret in every row that holds it. A service is as secret as any of its places; a place,
    as all its services together. Whether anything new was found."""
    places = drafted.locations
    addresses = {_address_key(place) for place in places.values() if place.secret} - {""}
    new_places = [
        place
        for at, place in places.items()
        if not place.secret
        and (_address_key(place) in addresses or (at in users and all(s.values["confidential"] for s in users[at])))
    ]
    for place in new_places:
        place.secret = True
    new_services = [
        service
        for service in drafted.services.values()
        if not service.values["confidential"] and any(places[at].secret for at in service.locations)
    ]
    for service in new_services:
        service.values["confidential"] = True
    return bool(new_places or new_services)


def _address_key(place: LocationDraft) -> str:
    """The same for two spellings of one address; "" where there is no street address to compare."""
    street = without_silence(place.values["address_1"]).casefold()
    if not any(c.isdigit() for c in street):
        return ""
    words = [ENDINGS.get(word, word) for word in map(str, re.findall(r"\w+", street))]
    return f"{' '.join(words)}|{place.values['city'].casefold()}"


def _secret_addresses(drafted: Drafted) -> tuple[str, ...]:
    """What to take out of every text: streets, names of buildings, coordinates."""
    users: dict[str, list[str]] = defaultdict(list)
    for service in drafted.services.values():
        organization = drafted.organizations.get(service.organization)
        names = [service.values["name"], service.values["alternate_name"]]
        for at in service.locations:
            users[at] += [*names, *([organization.values["name"]] if organization else [])]
    places = {at: place for at, place in drafted.locations.items() if place.secret}
    return tuple(sorted({one for at, place in places.items() for one in secrets_of_place(place.values, users[at])}))


def _blank(place: LocationDraft) -> None:
    place.values |= BLANK
    place.outcome.mend(HIDDEN)
    if place.address is not None:
        place.address.mend(HIDDEN)


def hidden_texts(values: Mapping[str, Any], known: Iterable[str]) -> dict[str, str]:
    """Those of SERVICE_TEXTS that are there, of a confidential service, as they may be kept."""
    secrets = tuple(known)
    return {column: scrub_own(column, values[column], secrets) for column in SERVICE_TEXTS if column in values}


def _hide(drafted: Drafted, service: ServiceDraft, known: Iterable[str]) -> None:
    before = dict(service.values)
    service.values |= hidden_texts(service.values, known)
    _hide_beside(service, lambda column, text: scrub_own(column, text, known))
    service.outcome.mend(HIDDEN, SCRUBBED if service.values != before else "")
    open_places = [place for place in service.locations if not drafted.locations[place].secret]
    if open_places:
        service.locations = [place for place in service.locations if place not in open_places]
        service.phones = [
            one._replace(location="" if one.location in open_places else one.location) for one in service.phones
        ]
        service.schedules = [one._replace(location="") for one in service.schedules]
        service.outcome.mend(NOT_JOINED)


def _hide_beside(service: ServiceDraft, hidden: Callable[[str, str], str]) -> None:
    """The drafts of what hangs on a service have the columns of its tables."""

    def texts(table: str, one: NamedTuple) -> dict[str, str]:
        return {column: hidden(column, getattr(one, column)) for column in TEXTS[table]}

    service.phones = [one._replace(**texts("phone", one)) for one in service.phones]
    service.schedules = [one._replace(**texts("schedule", one)) for one in service.schedules]
    service.languages = [one._replace(**texts("service_language", one)) for one in service.languages]


def _scrub_others(drafted: Drafted, known: tuple[str, ...]) -> None:
    """A secret address in the words of a neighbour; and the words of an organization that runs a secret place."""
    runs = {service.organization for service in drafted.services.values() if service.values["confidential"]}
    for organization in drafted.organizations.values():
        if organization.source_id in runs:
            _keep(organization, {"description": scrub(organization.values["description"], known)})
    if not known:
        return

    def hidden(column: str, text: str) -> str:
        return scrub_column(column, text, lambda said: scrub_known(said, known))

    drafts: Mapping[str, Iterable[Draft]] = {
        "organization": drafted.organizations.values(),
        "service": drafted.services.values(),
        "location": drafted.locations.values(),
        "term": drafted.terms.values(),
    }
    for table, some in drafts.items():
        for one in some:
            texts = {column: one.values[column] for column in TEXTS[table] if one.values.get(column)}
            _keep(one, {column: hidden(column, text) for column, text in texts.items()})
    for service in drafted.services.values():
        _hide_beside(service, hidden)


def _keep(draft: Draft, texts: Mapping[str, str]) -> None:
    if texts.items() - draft.values.items():
        draft.values |= texts
        draft.outcome.mend(SCRUBBED)
