"""Secrecy over a whole package: a confidential place leaves no trace of itself in any draft."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from server.resources.confidential import HIDDEN, SCRUBBED, scrub, scrub_address
from server.resources.drafts import Drafted, LocationDraft, ServiceDraft
from server.resources.hsds_columns import ADDRESS
from server.resources.known_places import ENDINGS, scrub_known, secrets_of_place

NOT_JOINED = "not joined: the service is confidential and the place is not"
LISTED = "confidential by the list of the operator"

SERVICE_TEXTS = (
    "name", "alternate_name", "description", "website", "fees", "application_process", "wait_time", "eligibility",
    "interpretation", "accessibility", "documents", "chat",
)  # fmt: skip
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
    street = place.values["address_1"].casefold()
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
    """SERVICE_TEXTS of a confidential service as they may be kept."""
    secrets = tuple(known)
    texts = {column: scrub(values[column], secrets) for column in SERVICE_TEXTS if column != "website"}
    return {**texts, "website": scrub_address(values["website"], secrets)}


def _hide(drafted: Drafted, service: ServiceDraft, known: Iterable[str]) -> None:
    def hidden(text: str) -> str:
        return scrub(text, known)

    before = dict(service.values)
    service.values |= hidden_texts(service.values, known)
    service.phones = [one._replace(description=hidden(one.description)) for one in service.phones]
    service.schedules = [one._replace(text=hidden(one.text)) for one in service.schedules]
    service.languages = [one._replace(note=hidden(one.note)) for one in service.languages]
    service.outcome.mend(HIDDEN, SCRUBBED if service.values != before else "")
    open_places = [place for place in service.locations if not drafted.locations[place].secret]
    if open_places:
        service.locations = [place for place in service.locations if place not in open_places]
        service.phones = [
            one._replace(location="" if one.location in open_places else one.location) for one in service.phones
        ]
        service.schedules = [one._replace(location="") for one in service.schedules]
        service.outcome.mend(NOT_JOINED)


def _scrub_others(drafted: Drafted, known: tuple[str, ...]) -> None:
    """A secret address in the words of a neighbour; and the words of an organization that runs a secret place."""
    runs = {service.organization for service in drafted.services.values() if service.values["confidential"]}
    for organization in drafted.organizations.values():
        text = organization.values["description"]
        hidden = scrub(text, known) if organization.source_id in runs else scrub_known(text, known)
        if hidden != text:
            organization.values["description"] = hidden
            organization.outcome.mend(SCRUBBED)
    if not known:
        return
    for service in drafted.services.values():
        hidden_values = {column: scrub_known(service.values[column], known) for column in SERVICE_TEXTS}
        if hidden_values.items() - service.values.items():
            service.values |= hidden_values
            service.outcome.mend(SCRUBBED)
    for place in drafted.locations.values():
        for column in ("name", "transportation"):
            place.values[column] = scrub_known(place.values[column], known)
