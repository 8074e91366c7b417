"""Locations with their addresses and coordinates, and which service is where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from server.resources.confidential import flagged, reads_confidential, speaks_of_secret_place
from server.resources.coordinates import UNREADABLE, Spot, Surroundings, read_coordinates
from server.resources.drafts import LocationDraft, Outcome
from server.resources.hsds_columns import ADDRESS
from server.resources.package_reading import Row
from server.resources.row_reading import Reading, reference, words_of
from server.resources.terms import LocationType
from server.resources.text_cleaning import clean_line

NO_ID = "no id: nothing can point to it"
SAYS_NOTHING = "says nothing"
NO_LOCATION = "names no location that is there"
NO_SERVICE = "names no service that is there"
ANOTHER = "another address of the same location was taken"
JOINED = "service and location are joined already"
UNKNOWN_COUNTRY = "a country we do not know by that name: ours was taken"

_KINDS = {kind.value: kind for kind in LocationType}
_COUNTRIES = {"usa": "US", "u.s.a.": "US", "u.s.": "US", "united states": "US", "united states of america": "US"}
_COUNTRIES.update({"uk": "GB", "united kingdom": "GB", "m\u00e9xico": "MX", "mexico": "MX", "canada": "CA"})


def add_places(reading: Reading) -> None:
    """Locations, then their addresses, then coordinates judged by the addresses, then the links from services."""
    _locations(reading)
    _addresses(reading, "physical_address", LocationType.PHYSICAL)
    _addresses(reading, "postal_address", LocationType.POSTAL)
    _addresses(reading, "address", LocationType.PHYSICAL)
    _judge_coordinates(reading)
    _links(reading)
    for service in reading.drafted.services.values():
        countries = [str(reading.drafted.locations[place].values["country"]) for place in service.locations]
        service.values["country"] = next((country for country in countries if country), reading.rules.country)


def _locations(reading: Reading) -> None:
    into = reading.drafted.locations
    lines: dict[str, int] = {}
    for row, outcome in reading.rows("location"):
        source_id = reference(row.get("id"))
        if not source_id:
            outcome.set_aside(NO_ID)
        elif source_id in into:
            outcome.set_aside(f"the same id as line {lines[source_id]}, which was taken")
        else:
            lines[source_id] = row.line
            made = LocationDraft(reading.public_id("location", source_id), source_id, _place(row, outcome), outcome)
            made.organization = reading.organization(row, outcome)
            made.secret = flagged(row.values) or _says_secret(row)
            into[source_id] = made


def _place(row: Row, outcome: Outcome) -> dict[str, Any]:
    words = words_of(row, outcome)
    values: dict[str, Any] = dict.fromkeys((*ADDRESS, "country"), "")
    values |= {"name": words("name"), "transportation": words("transportation", lines=True)}
    kind = _KINDS.get(row.get("location_type").strip().casefold(), LocationType.PHYSICAL)
    values |= {"location_type": kind.value, "confidential": False}
    latitude, longitude = (clean_line(row.get(column))[0] for column in ("latitude", "longitude"))
    found = read_coordinates(latitude, longitude)
    values["latitude"], values["longitude"] = found or (None, None)
    if (latitude or longitude) and not found:
        outcome.mend(UNREADABLE)
    return values


def _says_secret(row: Row) -> bool:
    name = row.get("name").strip()
    texts: Iterable[str] = (name, row.get("alternate_name"), row.get("description"), row.get("transportation"))
    return any(map(speaks_of_secret_place, texts)) or (len(name.split()) < 3 and reads_confidential(name))


def _addresses(reading: Reading, table: str, kind: LocationType) -> None:
    for row, outcome in reading.rows(table):
        place = reading.drafted.locations.get(reference(row.get("location_id")))
        values = _address(row, outcome)
        if place is None:
            outcome.set_aside(NO_LOCATION)
            continue
        cells = (row.get(column) for column in (*ADDRESS, "attention"))
        place.secret = place.secret or flagged(row.values) or any(map(reads_confidential, cells))
        if not any(values[column] for column in ADDRESS):
            outcome.set_aside(SAYS_NOTHING)
        elif place.address is not None:
            outcome.set_aside(ANOTHER)
        else:
            values["country"] = values["country"] or reading.rules.country
            boxed = re.match(r"p\.?\s?o\.?\s?box", values["address_1"], re.IGNORECASE)
            where = LocationType.POSTAL if boxed else _KINDS.get(row.get("address_type").strip().casefold(), kind)
            if place.values["location_type"] != LocationType.VIRTUAL.value:
                values["location_type"] = where.value
            place.values |= values
            place.address = outcome


def _address(row: Row, outcome: Outcome) -> dict[str, str]:
    words = words_of(row, outcome)
    values = {column: words(column) for column in ADDRESS}
    country = words("country")
    short = country.upper() if re.fullmatch("[A-Za-z]{2}", country) else ""
    values["country"] = _COUNTRIES.get(country.casefold()) or short
    if country and not values["country"]:
        outcome.mend(UNKNOWN_COUNTRY)
    return values


def _judge_coordinates(reading: Reading) -> None:
    located = [place for place in reading.drafted.locations.values() if place.values["latitude"] is not None]
    around = Surroundings(_spot(place) for place in located)
    judged = [(place, *around.judge(_spot(place))) for place in located]
    for place, kept, said in judged:
        place.values["latitude"], place.values["longitude"] = kept or (None, None)
        place.outcome.mend(said)


def _spot(place: LocationDraft) -> Spot:
    values = place.values
    return Spot(values["latitude"], values["longitude"], values["state_province"].casefold(), values["city"].casefold())


def _links(reading: Reading) -> None:
    drafted = reading.drafted
    for row, outcome in reading.rows("service_at_location"):
        service = drafted.services.get(reference(row.get("service_id")))
        place = drafted.locations.get(reference(row.get("location_id")))
        if service is None or place is None:
            outcome.set_aside(NO_SERVICE if service is None else NO_LOCATION)
            continue
        if joined := reference(row.get("id")):
            reading.pairs.setdefault(joined, (service.source_id, place.source_id))
        if place.source_id in service.locations:
            outcome.set_aside(JOINED)
        else:
            service.locations.append(place.source_id)
            service.attached.append(outcome)
    _links_without_rows(reading)


def _links_without_rows(reading: Reading) -> None:
    """Some put the id of the one into the other, and leave out the table between."""
    named = [(row.get("id"), row.get("location_id")) for row in reading.package.tables.get("service", [])]
    named += [(row.get("service_id"), row.get("id")) for row in reading.package.tables.get("location", [])]
    for service_id, location_id in named:
        service = reading.drafted.services.get(reference(service_id)) if service_id and location_id else None
        place = reference(location_id)
        if service is not None and place in reading.drafted.locations and place not in service.locations:
            service.locations.append(place)
