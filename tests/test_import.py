"""Promise: a package comes in whole, is accounted for row by row, and coming again changes nothing."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from uuid import uuid5

import pytest

from server import stores
from server.errors import SetupError
from server.resources.drafting_hours import READ_AGAIN
from server.resources.dry_run import preview_package
from server.resources.importing import Given, import_package
from server.resources.row_reading import NAMESPACE
from server.settings import Settings
from tests.directory_rows import (
    COUNTY,
    TABLES,
    TODAY,
    change_number,
    change_rows,
    copied,
    everything,
    found,
    imported,
    one,
    place_of,
    rows,
    service,
    set_service,
    where,
    without,
    zipped,
)

LATER = date(2026, 12, 24)
# Counted by hand in tests/fixtures/county_directory: rows, kept, mended, set aside.
COUNTED = {
    "services": (43, 18, 20, 5),
    "organizations": (11, 0, 9, 2),
    "locations": (34, 21, 11, 2),
    "phones": (37, 25, 7, 5),
    "schedules": (36, 12, 19, 5),
    "languages": (22, 9, 9, 4),
    "taxonomy_terms": (11, 9, 0, 2),
    "service_taxonomy": (18, 15, 0, 3),
    "service_at_locations": (35, 32, 0, 3),
    "physical_addresses": (32, 24, 5, 3),
    "postal_addresses": (2, 1, 0, 1),
    "eligibility": (6, 2, 1, 3),
    "accessibility": (4, 2, 0, 2),
    "contacts": (1, 0, 0, 1),
    "service_areas": (1, 0, 0, 1),
}


async def test_every_row_is_accounted_for_with_its_reason_and_line(opened: Settings) -> None:
    told = (await imported(COUNTY, opened)).as_json()
    notes = told.pop("notes")
    counted = {name: (c["rows"], c["kept"], c["mended"], c["set_aside"]) for name, c in told.items()}
    assert counted == COUNTED
    assert all(rows == kept + mended + aside for rows, kept, mended, aside in counted.values())
    of_rows = [note for note in notes if note["line"]]
    assert len(of_rows) == sum(mended + aside for _, _, mended, aside in counted.values())
    assert all(note["file"] and note["reason"] for note in notes)
    assert {"file": "services.csv", "line": 39, "reason": "no name"} in notes
    assert (await one("SELECT count(*) AS n FROM service"))["n"] == 38


async def test_the_report_names_its_tables_even_where_the_package_has_none(opened: Settings, tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text("id,name\n1,A service\n")
    told = (await imported(tmp_path, opened)).as_json()
    nothing = {"rows": 0, "kept": 0, "mended": 0, "set_aside": 0, "retired": 0}
    assert told["services"] == {**nothing, "rows": 1, "kept": 1}
    for name in (
        "organizations",
        "locations",
        "phones",
        "schedules",
        "languages",
        "taxonomy_terms",
        "service_taxonomy",
    ):
        assert told[name] == nothing


async def test_the_same_package_again_changes_nothing(opened: Settings, tmp_path: Path) -> None:
    first = (await imported(COUNTY, opened)).as_json()
    before = await everything()
    assert all(before[table] for table in TABLES)
    again = (await imported(COUNTY, opened, LATER)).as_json()
    assert await everything() == before
    assert again == first
    elsewhere = zipped(COUNTY, tmp_path / "county_directory-2026-12.zip", top="export/")
    again = (await imported(elsewhere, opened, LATER)).as_json()
    assert {name: again[name] for name in COUNTED} == {name: first[name] for name in COUNTED}
    after = await everything()
    assert {**after, "package": [], "change": []} == {**before, "package": [], "change": []}


async def test_a_newer_package_updates_what_it_changes_and_nothing_else(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    before = {row["source_id"]: row for row in await rows("SELECT * FROM service")}
    number = await change_number()
    newer = copied(tmp_path / "new")
    change_rows(newer, "phones", where("service_id", "101", number="305-555-0199"))
    change_rows(newer, "taxonomy", where("id", "H-110", name="Night Shelter"))
    report = (await imported(newer, opened, LATER)).as_json()
    after = {row["source_id"]: row for row in await rows("SELECT * FROM service")}
    assert {key for key in after if after[key] != before[key]} == {"101", "161"}
    assert after["101"]["version"] > before["101"]["version"], "a form of it that is open at a desk is out of date"
    numbers = await rows("SELECT number FROM phone WHERE service_id = ?", after["101"]["key"])
    assert {row["number"] for row in numbers} == {"305-555-0199"}
    assert report["phones"]["retired"] == 1 and report["services"]["retired"] == 0
    assert await change_number() > number
    assert await found("night shelter") >= {"101", "161"}


async def test_a_vanished_service_is_retired_and_comes_back(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "a"), opened)
    before = await service("121")
    assert await found("groceries") == {"121"}
    smaller = copied(tmp_path / "b")
    change_rows(smaller, "services", without("ID", "121"))
    report = (await imported(smaller, opened, LATER)).as_json()
    assert report["services"]["retired"] == 1
    gone = await service("121")
    assert (gone["key"], stores.as_date(gone["retired_on"])) == (before["key"], LATER)
    assert await found("groceries") == set()
    again = (await imported(smaller, opened, LATER)).as_json()
    assert again["services"]["retired"] == 0
    assert await service("121") == gone
    await imported(copied(tmp_path / "c"), opened, LATER)
    back = await service("121")
    assert back["retired_on"] is None and back["key"] == before["key"] and back["row_hash"] == before["row_hash"]
    assert await found("groceries") == {"121"}


async def test_a_place_that_no_service_uses_any_more_goes_with_its_address(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    address = (await place_of("102"))["address_1"]
    newer = copied(tmp_path / "new")
    for table, column in (
        ("locations", "id"),
        ("physical_addresses", "location_id"),
        ("services_at_location", "location_id"),
    ):
        change_rows(newer, table, without(column, "102"))
    report = (await imported(newer, opened)).as_json()
    assert report["locations"]["retired"] == 1 and report["service_at_locations"]["retired"] == 1
    assert await rows("SELECT key FROM location WHERE address_1 = ?", address) == []
    assert (await service("102"))["retired_on"] is None


async def test_a_package_that_was_read_half_is_read_to_its_end_next_time(opened: Settings) -> None:
    class PowerCutError(Exception):
        pass

    def cut(done: int, total: int) -> None:
        if done > total // 2:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        await import_package(COUNTY, settings=opened, today=TODAY, progress=cut)
    assert await rows("SELECT * FROM package") == []
    told: list[tuple[int, int]] = []
    await import_package(COUNTY, settings=opened, today=TODAY, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1][0] == told[-1][1]
    assert (await one("SELECT count(*) AS n FROM service"))["n"] == 38
    assert (await one("SELECT count(*) AS n FROM service_search"))["n"] == 35
    before = await everything()
    await imported(COUNTY, opened)
    assert await everything() == before


async def test_two_imports_at_once_bring_each_row_once(opened: Settings) -> None:
    await asyncio.gather(imported(COUNTY, opened), imported(COUNTY, opened))
    assert (await one("SELECT count(*) AS n FROM service"))["n"] == 38
    assert (await one("SELECT count(*) AS n FROM phone"))["n"] == 37
    assert (await one("SELECT count(*) AS n FROM package"))["n"] == 1


async def test_two_publishers_with_files_of_one_name_do_not_retire_each_other(opened: Settings, tmp_path: Path) -> None:
    await imported(COUNTY, opened)
    other = tmp_path / "county_directory"
    other.mkdir()
    (other / "services.csv").write_text("id,name\n7001,Another county\n")
    with pytest.raises(SetupError, match="another name"):
        await imported(other, opened)
    await import_package(other, settings=opened, today=TODAY, source="the other county")
    assert (await one("SELECT count(*) AS n FROM service WHERE retired_on IS NOT NULL"))["n"] == 0


def listed(folder: Path, *ids: str, said: str = "Helping hand") -> Path:
    """services.json as publishers send it: every one under the same name."""
    folder.mkdir()
    path = folder / "services.json"
    path.write_text(json.dumps([{"id": one, "name": f"{said} {one}", "organization_id": ""} for one in ids]))
    return path


async def test_five_services_are_not_retired_by_five_of_somebody_else(opened: Settings, tmp_path: Path) -> None:
    await imported(listed(tmp_path / "one", *"abcde"), opened)
    before = await everything()
    other = listed(tmp_path / "two", *"vwxyz", said="Open door")
    with pytest.raises(SetupError, match="--source"):
        await imported(other, opened)
    with pytest.raises(SetupError, match="--source"):
        await preview_package(Given(other), settings=opened, today=TODAY)
    assert await everything() == before
    await import_package(other, settings=opened, today=TODAY, source="other")
    assert (await one("SELECT count(*) AS n FROM service WHERE retired_on IS NULL"))["n"] == 10


async def test_many_that_go_at_once_are_said_and_none_that_staff_checked(opened: Settings, tmp_path: Path) -> None:
    assert (await imported(listed(tmp_path / "one", *"abcdef"), opened)).last == ""
    assert (await imported(listed(tmp_path / "same", *"abcdef"), opened)).last == "Nothing has changed."
    assert (await imported(listed(tmp_path / "four", *"abcd"), opened)).last == "", "a third is no more than a third"
    await set_service("a", verified_on=TODAY)
    cut = listed(tmp_path / "cut", "d")
    seen = await preview_package(Given(cut), settings=opened, today=TODAY)
    assert seen.report.last == "2 services would be retired: they are not in this package."
    assert {change.name for change in seen.changes if change.what == "retired"} == {"Helping hand b", "Helping hand c"}
    assert (await imported(cut, opened)).last == "2 services were retired: they are not in this package."
    left = await rows("SELECT source_id FROM service WHERE retired_on IS NULL ORDER BY 1")
    assert [row["source_id"] for row in left] == ["a", "d"]


KEPT_ID, OTHER_ID, OLD_ID = (f"0000000{n}-4c44-4d0b-9d53-0d6c3f1c7a11" for n in (1, 2, 3))


async def test_a_uuid_of_the_package_stays_where_nobody_has_it(opened: Settings, tmp_path: Path) -> None:
    first = listed(tmp_path / "one", KEPT_ID, "7")
    await imported(first, opened)
    assert (await service(KEPT_ID))["id"] == KEPT_ID
    assert (await service("7"))["id"] == str(uuid5(NAMESPACE, "services:service:7"))
    other = listed(tmp_path / "two", KEPT_ID, OTHER_ID, KEPT_ID.replace("c", "C"), said="Open door")
    for _ in range(2):  # the second time it finds its own again
        await import_package(other, settings=opened, today=TODAY, source="other")
        there = {row["source_id"]: row["id"] for row in await rows("SELECT * FROM service WHERE source = 'other'")}
        made = (KEPT_ID, KEPT_ID.replace("c", "C"))
        assert there == {OTHER_ID: OTHER_ID} | {one: str(uuid5(NAMESPACE, f"other:service:{one}")) for one in made}


async def test_what_was_imported_before_uuids_were_kept_does_not_come_twice(opened: Settings, tmp_path: Path) -> None:
    package = listed(tmp_path / "one", KEPT_ID, "7")
    await imported(package, opened)
    await set_service(KEPT_ID, id=OLD_ID)
    assert (await imported(package, opened)).last == "Nothing has changed."
    assert (await service(KEPT_ID))["id"] == OLD_ID


async def test_a_renamed_package_is_no_second_source(opened: Settings, tmp_path: Path) -> None:
    """Or all that staff hid or retired would stand there a second time."""
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", retired_on=TODAY, edited_on=TODAY)
    before = await everything()
    renamed = copied(tmp_path / "new", name="everything_we_have")
    with pytest.raises(SetupError, match=r"under the source county_directory\..* add --source county_directory$"):
        await imported(renamed, opened)
    with pytest.raises(SetupError, match="--source county_directory"):
        await import_package(renamed, settings=opened, today=TODAY, source="county_direktory")
    assert await everything() == before
    await import_package(renamed, settings=opened, today=TODAY, source="county_directory")
    assert await everything() == before


async def test_a_renamed_package_with_other_ids_is_known_by_names_and_numbers(opened: Settings, tmp_path: Path) -> None:
    for folder, first in (("one", 0), ("two", 100)):
        (tmp_path / folder).mkdir()
        listed = "".join(f"{first + n},Helping hand {n}\n" for n in range(12))
        numbers = "".join(f"{first + n},305-555-01{n:02}\n" for n in range(12))
        (tmp_path / folder / "services.csv").write_text(f"id,name\n{listed}")
        (tmp_path / folder / "phones.csv").write_text(f"service_id,number\n{numbers}")
    await imported(tmp_path / "one", opened)
    with pytest.raises(SetupError, match="--source one"):
        await imported(tmp_path / "two", opened)


async def test_another_publisher_who_shares_some_services_comes_in(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    other = copied(tmp_path / "new", name="another_county")
    renamed = (f"{number}" for number in range(1000))
    change_rows(other, "services", lambda row: row if row["ID"] < "11" else {**row, "NAME": f"Other {next(renamed)}"})
    await imported(other, opened)
    assert len(await rows("SELECT DISTINCT source FROM service")) == 2


async def test_a_service_keeps_its_public_id_and_its_organization(opened: Settings) -> None:
    """Also where the package names a service in the place of its organization, as a real one does 447 times."""
    await imported(COUNTY, opened)
    named = {
        row["source_id"]: row["organization"]
        for row in await rows(
            "SELECT s.source_id, o.name AS organization"
            " FROM service s LEFT JOIN organization o ON o.key = s.organization_id"
        )
    }
    harbor = "HARBOR LIGHT COMMUNITY CENTER, INC."
    assert named["101"] == named["103"] == named["104"] == harbor
    assert named["105"] is None and named["107"] is None
    assert named["106"] == "SUNRISE PANTRY NETWORK"
    assert (await service("101"))["id"] == str(uuid5(NAMESPACE, "county_directory:service:101")), "the same for ever"


async def test_only_active_services_stand_in_the_text_index(opened: Settings) -> None:
    await imported(COUNTY, opened)
    assert {
        row["source_id"]: row["status"]
        for row in await rows("SELECT source_id, status FROM service WHERE source_id LIKE '11%'")
    } == {
        "11": "active",
        "111": "active",
        "112": "active",
        "113": "inactive",
        "114": "defunct",
        "115": "temporarily closed",
    }
    assert await found("legal") >= {"11", "111", "112"}
    assert not await found("legal") & {"113", "114", "115"}
    assert await found("immigration") == {"111"}, "by the name of its term too"
    assert await found("adults") == {"101"}, "by the words on who is served"
    assert await found("espanol") == {"132"}, "without the accent"


async def test_coordinates_that_cannot_be_true_are_dropped_or_mended(opened: Settings) -> None:
    await imported(COUNTY, opened)
    assert (await place_of("101"))["latitude"] is None, "the Pacific"
    assert (await place_of("102"))["longitude"] == -81.651
    mended = await place_of("112")
    assert (mended["latitude"], mended["longitude"]) == (26.604, -81.652)
    assert (await place_of("121"))["latitude"] is None and (await place_of("122"))["longitude"] is None
    kept = await place_of("141")
    assert (kept["latitude"], kept["longitude"], kept["state_province"], kept["country"]) == (
        26.605,
        -81.645,
        "FL",
        "US",
    )
    assert (await place_of("115"))["location_type"] == "postal"


async def test_hours_are_those_of_the_text_and_past_midnight_is_two_rows(opened: Settings) -> None:
    notes = (await imported(COUNTY, opened)).as_json()["notes"]
    reread = {note["line"] for note in notes if note["reason"].endswith(READ_AGAIN)}
    assert reread == {22, 23}, "an exporter joined the first times to the last days"
    week = "SELECT weekday, opens, closes, text FROM schedule WHERE service_id = ? ORDER BY weekday, opens"

    async def hours(source_id: str) -> list[tuple[object, ...]]:
        return [tuple(row.values()) for row in await rows(week, (await service(source_id))["key"])]

    assert await hours("104") == [(day, 540, 1200, "") for day in range(4)] + [(4, 540, 1020, "")]
    assert await hours("106") == [span for day in range(5) for span in ((day, 540, 780, ""), (day, 840, 1080, ""))] + [
        (6, 480, 900, "")
    ]
    assert await hours("171") == [(5, 1260, 1440, ""), (6, 0, 120, "")]
    assert await hours("161") == [(day, 0, 1440, "") for day in range(7)]
    words = await hours("107")
    assert [row[:3] for row in words] == [(None, None, None)] and "Food Pantry" in str(words[0][3])


async def test_an_import_is_no_long_transaction(opened: Settings) -> None:
    """Others read and write between its units."""
    importing = asyncio.create_task(imported(COUNTY, opened))
    writes = 0

    async def write(unit: stores.Unit) -> None:
        await unit.run("UPDATE change SET number = number + 1")

    while not importing.done():
        await stores.write("directory", write)
        writes += 1
        await asyncio.sleep(0.01)
    await importing
    assert writes > 1
