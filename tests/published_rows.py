"""A directory with something of everything in it: what may leave, and one of each kind that never does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from server import stores
from server.resources.importing import import_package
from server.resources.models import Location, Phone, Schedule, Service, ServiceAtLocation, ServiceFacet, ServiceLanguage
from server.settings import Settings
from server.stores import Unit
from tests.directory_rows import TODAY, rows

SECRET = "zzsecret"  # stands in every text of what may not leave
SECRET_SPOT = 12.345678
HIDDEN = "00000000-0000-4000-8000-00000000000{}"


@dataclass(frozen=True)
class Stock:
    """`rich` is the public id of the service with everything, `withheld` of those that stay."""

    rich: str
    withheld: tuple[str, ...]


async def stocked_directory(settings: Settings, package: Path) -> Stock:
    """The small package, one service told in full, and beside it what is confidential, retired or not to be shared."""
    await import_package(package, settings=settings, today=TODAY)
    chosen = await rows("SELECT key, id FROM service WHERE NOT confidential ORDER BY key LIMIT 6")

    async def work(unit: Unit) -> None:
        await _enrich(chosen[0]["key"])
        await Service.filter(key=chosen[1]["key"]).update(name=f"Gone {SECRET}", retired_on=date(2026, 1, 2))
        await Service.filter(key=chosen[2]["key"]).update(name=f"Kept {SECRET}", shared=False)
        await Service.filter(key=chosen[3]["key"]).update(name=f"Paused {SECRET}", status="inactive")
        await Service.filter(key=chosen[4]["key"]).update(name=f"Merged {SECRET}", merged_into=chosen[0]["id"])
        await _hide(chosen[0]["key"])

    await stores.write("directory", work)
    return Stock(chosen[0]["id"], (*(one["id"] for one in chosen[1:5]), HIDDEN.format(1)))


async def _enrich(key: int) -> None:
    await Service.filter(key=key).update(
        alternate_name="The long room", website="https://room.example/a?b=c", email="ask@room.example",
        fees="Nothing, or what you can give", documents="A letter\nAnything with your name", wait_time="A week",
        interpretation="By telephone", accessibility="A ramp at the back", timezone="America/New_York",
        chat="https://room.example/chat", police="if_asked", minimum_age=16, maximum_age=80, undocumented_told=True,
        full_on=date(2026, 11, 20), closed_until=date(2026, 12, 24), modified_on=date(2026, 11, 21), country="US",
        verified_on=date(2026, 11, 22), verified_by="edith", verified_how="by telephone",
        eligibility="Anybody", application_process="Call first",
    )  # fmt: skip
    for facet in ("no_id", "undocumented", "trans", "pets", "national", "interpreters"):
        await ServiceFacet.create(service_id=key, facet=facet)
    place = (await ServiceAtLocation.get(service_id=key)).location_id
    await Location.filter(key=place).update(
        latitude=25.75, longitude=-80.25, transportation="Bus 7", region="South", address_2="Door 2"
    )
    await Phone.create(service_id=key, number="1-800-555-0100", extension="007", kind="text", language="Spanish")
    await Phone.create(service_id=key, number="305-555-0190", extension="12", description="At the desk",
                       location_id=place)  # fmt: skip
    await Schedule.filter(service_id=key).delete()
    hours: list[dict[str, Any]] = [
        {"weekday": 0, "opens": 540, "closes": 1020},
        {"weekday": 4, "opens": 1200, "closes": 1440},
        {"weekday": 5, "opens": 0, "closes": 120},
        {"weekday": 2, "opens": 600, "closes": 720, "location_id": place},
        {"weekday": 1, "opens": 600, "closes": 720, "rule": "FREQ=MONTHLY;BYDAY=1TU"},
        {"closed": True, "valid_from": date(2026, 12, 24), "valid_to": date(2026, 12, 26)},
    ]
    for one in hours:
        await Schedule.create(service_id=key, **one)
    await ServiceLanguage.create(service_id=key, code="ar", name="Arabic", note="on Fridays")


async def _hide(beside: int) -> None:
    """A confidential service with all it must not tell, and a secret place of one that is open."""
    texts = dict.fromkeys(("name", "description", "website", "fees", "eligibility"), f"https://{SECRET}.example")
    hidden = await Service.create(id=HIDDEN.format(1), confidential=True, **texts)
    place = await Location.create(
        id=HIDDEN.format(2), confidential=True, latitude=SECRET_SPOT, longitude=SECRET_SPOT,
        **dict.fromkeys(("name", "address_1", "city", "postal_code", "transportation"), SECRET),
    )  # fmt: skip
    for number, key in ((3, hidden.key), (4, beside)):
        await ServiceAtLocation.create(id=HIDDEN.format(number), service_id=key, location_id=place.key)
    await Phone.create(service_id=hidden.key, number="555-0000", description=SECRET)
