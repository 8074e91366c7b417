"""Promise: a real directory of 4,089 services comes in whole, clean and quickly. Run where it is at hand."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from server.settings import Settings
from tests.directory_rows import everything, found, imported, one, rows

SERVICES = 4089
ROWS = {
    "services": SERVICES,
    "organizations": 1074,
    "locations": SERVICES,
    "phones": SERVICES,
    "schedules": 11350,
    "languages": 9364,
    "taxonomy_terms": 1994,
    "service_taxonomy": 26259,
    "eligibility": 2244,
}


async def test_all_services_are_accounted_for_and_again_changes_nothing(opened: Settings, shared_data: Path) -> None:
    miami = shared_data / "open211_miami.zip"
    began = time.monotonic()
    told = (await imported(miami, opened)).as_json()
    took = time.monotonic() - began
    notes = told.pop("notes")
    all_rows_are_accounted_for(told, notes)
    every_kind_of_dirt_is_named(notes)
    await nothing_of_it_is_left()
    assert took < 60, "under 10 s on two quiet cores; the tests are not alone on theirs"
    before = await everything()
    again = (await imported(miami, opened)).as_json()
    assert await everything() == before
    assert {name: again[name] for name in told} == told


def all_rows_are_accounted_for(told: dict[str, Any], notes: list[dict[str, Any]]) -> None:
    assert {name: told[name]["rows"] for name in ROWS} == ROWS
    for name, counts in told.items():
        assert counts["rows"] == counts["kept"] + counts["mended"] + counts["set_aside"], name
        assert counts["retired"] == 0, name
    assert told["services"]["set_aside"] == 0
    assert sum(1 for note in notes if note["line"]) == sum(c["mended"] + c["set_aside"] for c in told.values())


def every_kind_of_dirt_is_named(notes: list[dict[str, Any]]) -> None:
    def count(file: str, words: str) -> int:
        return sum(note["file"] == file and words in note["reason"] for note in notes)

    assert count("services.csv", "is not there: taken from service") == 447
    assert count("services.csv", "markers such as") == 983
    assert count("services.csv", "line breaks that stood") >= 2212
    assert count("phones.csv", "extension") == 265
    assert count("eligibility.csv", "names no service") == 2244
    assert count("physical_addresses.csv", "confidential") == 1
    assert count("locations.csv", "coordinates dropped") >= 12
    assert count("services_taxonomy.csv", "the same as line") == 9155


async def nothing_of_it_is_left() -> None:
    texts = " ".join(str(row) for row in await rows("SELECT name, description, application_process FROM service"))
    assert not [dirt for dirt in ("###", "GÇ", "\\\\n", "+¦", "â€") if dirt in texts]
    assert await rows("SELECT key FROM service WHERE organization_id IS NULL") == []
    hidden = await rows("SELECT * FROM location WHERE confidential")
    assert len(hidden) == 1 and not any(hidden[0][column] for column in ("address_1", "city", "latitude", "name"))
    located = (await one("SELECT count(*) AS n FROM location WHERE latitude IS NOT NULL"))["n"]
    assert 2200 <= located <= 2260, "the rest had none, or wrong ones"
    assert (await one("SELECT count(*) AS n FROM service_search"))["n"] == SERVICES
    assert len(await found("housing")) > 100
    read = (await one("SELECT count(DISTINCT service_id) AS n FROM schedule WHERE weekday IS NOT NULL"))["n"]
    words = (await one("SELECT count(DISTINCT service_id) AS n FROM schedule WHERE weekday IS NULL"))["n"]
    assert read + words == 2597 and words < 130, "hours that can be read, and those kept in words"
