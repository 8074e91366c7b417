"""Promise: a real directory of 4,089 services comes in whole, quickly, and says what it did; run where it is at hand."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from server.settings import Settings
from tests.directory_rows import everything, found, imported, one, rows

SERVICES = 4089


@pytest.fixture
def miami(shared_data: Path) -> Path:
    return shared_data / "open211_miami.zip"


async def test_all_services_are_accounted_for_and_again_changes_nothing(opened: Settings, miami: Path) -> None:
    began = time.monotonic()
    report = await imported(miami, opened)
    took = time.monotonic() - began
    told = report.as_json()
    notes = told.pop("notes")
    for name, counts in told.items():
        assert counts["rows"] == counts["kept"] + counts["mended"] + counts["set_aside"], name
        assert counts["retired"] == 0, name
    wanted = {
        "services": SERVICES,
        "organizations": 1074,
        "locations": SERVICES,
        "phones": SERVICES,
        "schedules": 11350,
    }
    wanted |= {"languages": 9364, "taxonomy_terms": 1994, "service_taxonomy": 26259, "eligibility": 2244}
    assert {name: told[name]["rows"] for name in wanted} == wanted
    assert told["services"]["set_aside"] == 0
    assert sum(1 for note in notes if note["line"]) == sum(c["mended"] + c["set_aside"] for c in told.values())
    assert took < 60, "under 15 s on two quiet cores; the tests are not alone on theirs"
    before = await everything()
    again = (await imported(miami, opened)).as_json()
    assert await everything() == before
    assert {name: again[name] for name in told} == told


async def test_every_kind_of_dirt_that_was_counted_is_found(opened: Settings, miami: Path) -> None:
    notes = (await imported(miami, opened)).as_json()["notes"]

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
    assert await rows("SELECT key FROM service WHERE organization_id IS NULL") == []


async def test_nothing_of_the_dirt_is_left_in_what_is_shown(opened: Settings, miami: Path) -> None:
    await imported(miami, opened)
    texts = " ".join(str(row) for row in await rows("SELECT name, description, application_process FROM service"))
    assert not [dirt for dirt in ("###", "GÇ", "\\\\n", "+¦", "â€") if dirt in texts]
    hidden = await rows("SELECT * FROM location WHERE confidential")
    assert len(hidden) == 1 and not any(hidden[0][column] for column in ("address_1", "city", "latitude", "name"))
    located = (await one("SELECT count(*) AS n FROM location WHERE latitude IS NOT NULL"))["n"]
    assert 2200 <= located <= 2260, "the rest had none, or wrong ones"
    assert (await one("SELECT count(*) AS n FROM service_search"))["n"] == SERVICES
    assert len(await found("housing")) > 100
    read = (await one("SELECT count(DISTINCT service_id) AS n FROM schedule WHERE weekday IS NOT NULL"))["n"]
    words = (await one("SELECT count(DISTINCT service_id) AS n FROM schedule WHERE weekday IS NULL"))["n"]
    assert read + words == 2597 and words < 130
