"""Promise: a dry run says what would change and writes nothing; what a package says against staff waits for them."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server import stores
from server.resources import store
from server.resources.dry_run import Preview, preview_package
from server.resources.importing import Given
from server.settings import Settings
from tests.directory_rows import (
    COUNTY,
    TODAY,
    change_rows,
    copied,
    everything,
    imported,
    one,
    place_of,
    rows,
    service,
    set_service,
    where,
    without,
)
from tests.serving import alder

LATER = date(2026, 12, 24)


def newer(folder: Path) -> Path:
    """101 changed, 161 with another name, 103 gone; all else as before."""
    package = copied(folder)
    change_rows(package, "services", where("ID", "101", fees="Ten dollars"))
    change_rows(package, "phones", where("service_id", "101", number="305-555-0199"))
    change_rows(package, "services", without("ID", "103"))
    return package


async def preview(path: Path, settings: Settings) -> Preview:
    return await preview_package(Given(path), settings=settings, today=LATER)


def told(seen: Preview, table: str = "service") -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for change in seen.changes:
        if change.table == table:
            found.setdefault(change.what, []).append(change.columns)
    return found


async def all_of(*more: str) -> dict[str, Any]:
    return {**await everything(), **{table: await rows(f"SELECT * FROM {table} ORDER BY 1") for table in more}}


async def test_a_dry_run_says_what_an_import_would_do_and_writes_nothing(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    before = await all_of("conflict", "service_facet")
    seen = await preview(newer(tmp_path / "new"), opened)
    assert await all_of("conflict", "service_facet") == before
    assert set(told(seen)) == {"changed", "retired"}
    assert ("fees", "phones") in told(seen)["changed"]
    first = {name: counts for name, counts in seen.as_json().items() if name not in ("dry_run", "changes", "notes")}
    real = (await imported(newer(tmp_path / "again"), opened, LATER)).as_json()
    assert {name: counts["set_aside"] for name, counts in first.items()} == {
        name: real[name]["set_aside"] for name in first
    }
    after = {row["id"]: row for row in await rows("SELECT * FROM service")}
    changed = {public_id for public_id, row in after.items() if str(row["modified_on"]) == LATER.isoformat()}
    assert changed == {change.id for change in seen.changes if change.table == "service"}
    assert not (await preview(newer(tmp_path / "third"), opened)).changes


async def test_a_dry_run_of_the_same_package_would_change_nothing(opened: Settings) -> None:
    await imported(COUNTY, opened)
    assert (await preview(COUNTY, opened)).changes == []


async def test_a_dry_run_names_what_staff_keep_and_what_comes_back(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await imported(newer(tmp_path / "new"), opened)
    await set_service("101", verified_on=TODAY)
    seen = await preview(copied(tmp_path / "old2"), opened)
    assert {"kept", "conflict", "revived"} <= set(told(seen)) and "added" not in told(seen)
    assert told(seen)["conflict"] == [("fees", "phones")]


def test_the_command_leaves_every_byte_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    nothing = alder("import", COUNTY, "--dry-run", "--json", data=data)
    assert nothing.returncode == 0 and not data.exists()
    assert {one["what"] for one in json.loads(nothing.stdout)["changes"]} == {"added"}
    alder("import", copied(tmp_path / "old"), data=data)
    before = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in data.rglob("*.db*")}
    seen = alder("import", newer(tmp_path / "new"), "--dry-run", data=data)
    assert "Nothing was written" in seen.stdout and "fees, phones" in seen.stdout
    after = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in data.rglob("*.db*")}
    assert {name: after[name] for name in before if name.endswith(".db")} == {
        name: before[name] for name in before if name.endswith(".db")
    }


# --- Conflicts


@pytest.mark.parametrize("mark", ["verified_on", "edited_on"])
async def test_what_a_package_says_against_staff_waits_once_and_the_newest_stays(
    opened: Settings, tmp_path: Path, mark: str
) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", **{mark: TODAY})
    await imported(newer(tmp_path / "new"), opened, LATER)
    found = await one("SELECT * FROM conflict")
    incoming = json.loads(found["incoming"])
    assert incoming["changed"] == ["fees", "phones"] and incoming["texts"]["fees"] == "Ten dollars"
    assert [phone["number"] for phone in incoming["phones"]] == ["305-555-0199"]
    assert {"status", "confidential", "languages", "hours", "hours_read", "places", "facts"} <= set(incoming)
    assert found["service_id"] == (await service("101"))["key"] and str(found["came_on"]) == LATER.isoformat()
    await imported(newer(tmp_path / "same"), opened)
    assert await one("SELECT * FROM conflict") == found, "the same words come once"
    newest = newer(tmp_path / "newest")
    change_rows(newest, "services", where("ID", "101", fees="Twelve dollars"))
    await imported(newest, opened)
    assert json.loads((await one("SELECT * FROM conflict"))["incoming"])["texts"]["fees"] == "Twelve dollars"
    await imported(copied(tmp_path / "back"), opened)
    assert await rows("SELECT * FROM conflict") == [], "a package that agrees again contradicts no more"


async def test_another_address_of_a_checked_service_waits_too(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", verified_on=TODAY)
    before = await place_of("101")
    package = copied(tmp_path / "new")
    change_rows(package, "physical_addresses", where("location_id", "101", address_1="1 Wrong Street"))
    await imported(package, opened)
    assert await place_of("101") == before
    incoming = json.loads((await one("SELECT * FROM conflict"))["incoming"])
    assert incoming["changed"] == ["places"] and incoming["places"][0]["address_1"] == "1 Wrong Street"


@pytest.mark.parametrize("table", ["services", "physical_addresses"])
async def test_what_staff_decided_on_does_not_come_again(opened: Settings, tmp_path: Path, table: str) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", verified_on=TODAY)
    package = newer(tmp_path / "new")
    if table == "physical_addresses":
        change_rows(package, table, where("location_id", "101", address_1="1 Wrong Street"))
    await imported(package, opened)
    key = (await service("101"))["key"]
    await stores.write("directory", lambda unit: store.decide(unit, key))
    assert await rows("SELECT * FROM conflict") == []
    before = await everything()
    await imported(package, opened)
    assert await rows("SELECT * FROM conflict") == [] and (await everything())["service"] == before["service"]


async def test_what_staff_have_already_is_no_conflict(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    key = (await service("101"))["key"]
    await set_service("101", verified_on=TODAY, fees="Ten dollars")

    async def call(unit: stores.Unit) -> None:
        await unit.run("UPDATE phone SET number = '305-555-0199' WHERE service_id = ?", key)

    await stores.write("directory", call)
    await imported(newer(tmp_path / "new"), opened)
    assert await rows("SELECT * FROM conflict") == []
