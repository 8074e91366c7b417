"""The directory desk as a person without script uses it: three services, their forms, and what is kept of them."""

from __future__ import annotations

import html
import re
import uuid
from zoneinfo import ZoneInfo

from moderation import store
from server import stores
from server.resources import store as directory_store
from server.resources.models import Location, Organization, Phone, Schedule, Service, ServiceAtLocation, ServiceLanguage
from server.stores import Unit
from tests.house import Client, House

SHELTER, OFFICE, CLINIC = (str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("shelter", "office", "clinic"))
STREET = "1729 Quietkestrel Street"


async def add_three(unit: Unit) -> None:
    body = await Organization.create(
        id=str(uuid.uuid4()), name="Casa Verde", description=f"We also run a house at {STREET}."
    )
    own = await Location.create(
        id=str(uuid.uuid4()), name="The house", address_1=STREET, city="Miami", latitude=25.7, longitude=-80.2
    )
    shared = await Location.create(id=str(uuid.uuid4()), address_1="1 Main Street", city="Miami")
    made = {
        SHELTER: ("Night shelter", own, f"Rooms for women. Come to {STREET}, Miami."),
        OFFICE: ("Legal office", shared, f"Papers and wages. The shelter at {STREET} sends people."),
        CLINIC: ("Clinic", shared, "A doctor."),
    }
    for number, (public_id, (name, place, description)) in enumerate(made.items()):
        one = await Service.create(
            id=public_id, name=name, organization=body, description=description, website="https://casa.example",
            country="US", timezone="America/New_York",
        )  # fmt: skip
        await Phone.create(service=one, number=f"305-555-010{number}")
        await Schedule.create(service=one, weekday=0, opens=540, closes=1020)
        await ServiceLanguage.create(service=one, code="es", name="Spanish")
        await ServiceAtLocation.create(id=str(uuid.uuid4()), service=one, location=place)
        await directory_store.index(unit, [one.key])
    await directory_store.bump(unit)


def unescaped(found: re.Match[str] | None) -> str:
    assert found
    return html.unescape(found[1])


def form_on(page: str, action: str = "/save") -> tuple[str, dict[str, str]]:
    """Where the form leads by this button, and what a browser without script would send as it stands."""
    body = next(part for part in re.findall(r"<form.*?</form>", page, re.DOTALL) if "/save?" in part)
    leads = unescaped(re.search(rf'(?:form)?action="([^"]*{action}(?:\?[^"]*)?)"', page))
    fields: dict[str, str] = {}
    for tag in [*re.findall(r"<input[^>]*>", body), *re.findall(r'<input[^>]* form="service"[^>]*>', page)]:
        said = {k: html.unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if said.get("type") not in ("checkbox", "radio") or " checked" in tag:
            fields[said["name"]] = said.get("value", "")
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        fields[name] = unescaped(re.search(r'<option value="([^"]*)" selected', options))
    return leads, fields


def opened(client: Client, service: str) -> str:
    answer = client.get(f"/desk/service/{service}")
    assert answer.status_code == 200
    return answer.text


def send(client: Client, page: str, action: str = "/save", **typed: str):
    where, fields = form_on(page, action)
    return client.post(where, data={**fields, **typed})


def act(client: Client, service: str, name: str, **typed: str):
    return send(client, opened(client, service), f"/{name}", **typed)


def today(house: House) -> str:
    """The day where the operator is."""
    return str(house.clock().astimezone(ZoneInfo(house.settings.timezone)).date())


def row(house: House, service: str) -> dict[str, object]:
    found = house.run(stores.rows, "directory", "SELECT * FROM service WHERE id = ?", service)
    return dict(found[0])


def log_of(house: House, service: str) -> list[str]:
    return [line.act for line in reversed(house.run(store.lines_about, "service", service, 50))]


def found_by_members(house: House, words: str) -> str:
    return house.through_the_door("beth").post("/places", data={"q": words}).text
