"""Promise: what staff checked or changed is never overwritten silently, and never brought back against their will."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import stores
from server.resources import review
from server.resources.confidential import SCRUBBED, WITHHELD
from server.resources.hours_reading import Interval
from server.resources.language_reading import Spoken
from server.resources.reconciling import (
    HIDDEN_NOW,
    KEPT_BESIDE,
    KEPT_RETIRED,
    KEPT_STAFFS,
    KEPT_THOUGH_GONE,
    Farewell,
    Stored,
    Verdict,
    compare,
    compare_absent,
    drops_verification,
)
from server.resources.service_form import PLACE_TEXTS, Content, PhoneRow, PlaceRow
from server.settings import Settings
from tests.directory_rows import (
    TODAY,
    change_rows,
    copied,
    everything,
    found,
    imported,
    place_of,
    rows,
    service,
    set_service,
    where,
    without,
)


def newer(folder: Path) -> Path:
    """Another number, another address and another name for service 101; the rest as before."""
    package = copied(folder)
    change_rows(package, "services", where("ID", "101", NAME="NIGHT SHELTER MOVED"))
    change_rows(package, "phones", where("service_id", "101", number="305-555-0198"))
    change_rows(package, "physical_addresses", where("location_id", "101", address_1="1 Wrong Street"))
    return package


@pytest.mark.parametrize("mark", ["verified_on", "edited_on"])
async def test_a_row_that_staff_checked_or_edited_keeps_their_version_and_the_report_says_so(
    opened: Settings, tmp_path: Path, mark: str
) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", **{mark: TODAY, "application_process": "Ring twice."})
    before = await everything()
    report = await imported(newer(tmp_path / "new"), opened)
    after = await everything()
    for table in ("service", "location", "phone", "schedule", "service_search"):
        assert after[table] == before[table], table
    notes = {(note["file"], note["reason"]) for note in report.as_json()["notes"]}
    assert ("services.csv", KEPT_STAFFS) in notes
    assert any(file == "locations.csv" and KEPT_STAFFS in reason for file, reason in notes)
    assert ("phones.csv", KEPT_BESIDE) in notes
    counts = report.as_json()["services"]
    assert counts["rows"] == counts["kept"] + counts["mended"] + counts["set_aside"] == 42
    await imported(newer(tmp_path / "again"), opened)
    assert await everything() == after


async def test_what_nobody_checked_is_updated(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await imported(newer(tmp_path / "new"), opened)
    assert (await service("101"))["name"] == "NIGHT SHELTER MOVED"
    assert (await place_of("101"))["address_1"] == "1 Wrong Street"


async def test_an_organization_of_a_checked_service_is_not_renamed_by_a_feed(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("121", verified_on=TODAY)
    package = copied(tmp_path / "new")
    change_rows(package, "organizations", where("ID", "12", URL="www.elsewhere.example"))
    change_rows(package, "organizations", where("ID", "11", URL="www.new.example"))
    await imported(package, opened)
    sites = {row["source_id"]: row["website"] for row in await rows("SELECT source_id, website FROM organization")}
    assert sites["12"] == "https://www.sunrise.example" and sites["11"] == "https://www.new.example"


async def test_a_service_that_staff_retired_stays_retired(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", retired_on=TODAY)
    await imported(copied(tmp_path / "same"), opened)
    assert (await service("101"))["retired_on"] is not None
    report = await imported(newer(tmp_path / "new"), opened)
    kept = await service("101")
    assert kept["retired_on"] is not None and kept["name"] == "NIGHT SHELTER"
    assert KEPT_RETIRED in {note["reason"] for note in report.as_json()["notes"]}


async def test_a_checked_service_that_vanishes_is_kept_and_named(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", verified_on=TODAY)
    package = copied(tmp_path / "new")
    change_rows(package, "services", without("ID", "101"))
    report = await imported(package, opened)
    assert (await service("101"))["retired_on"] is None
    assert report.as_json()["services"]["retired"] == 0
    assert any(KEPT_THOUGH_GONE in note["reason"] for note in report.as_json()["notes"])
    assert "101" in await found("showers")


async def test_a_checked_service_that_becomes_confidential_is_hidden_at_once(opened: Settings, tmp_path: Path) -> None:
    """The one thing a feed may do against the word of staff: an address that is out cannot be called back."""
    await imported(copied(tmp_path / "old"), opened)
    await set_service("101", verified_on=TODAY, verified_by="editor", verified_how="called", edited_on=TODAY)
    address = (await place_of("101"))["address_1"]
    assert address
    package = copied(tmp_path / "new")
    change_rows(package, "physical_addresses", where("location_id", "101", address_1="Confidential"))
    report = await imported(package, opened)
    hidden = await service("101")
    assert hidden["confidential"] and hidden["verified_on"] is not None and hidden["verified_by"] == "editor"
    assert (await place_of("101"))["address_1"] == ""
    assert address not in str(await everything())
    assert any(HIDDEN_NOW in note["reason"] for note in report.as_json()["notes"])


SECRET = "103 Sample Street"
TOLD = {
    "interpretation": f"Ask for Ana at {SECRET}, at night.",
    "fees": "Nothing at all",
    "application_process": "Ring twice.",
    "website": "https://new.example",
}


def under_one_roof(folder: Path) -> Path:
    """Services 101 and 102 at one street address, each with a location row of its own."""
    package = copied(folder)
    change_rows(package, "physical_addresses", where("location_id", "102", address_1="103 Sample St."))
    return package


async def staff_edit(source_id: str, texts: Mapping[str, str], *, confidential: bool = False) -> None:
    """As the desk does; the first phone gets another number where there are texts."""
    whole = await review.whole_service((await service(source_id))["id"], TODAY)
    content = replace(whole.content, confidential=confidential, texts={**whole.content.texts, **texts})
    if texts:
        words = f"nights, at {SECRET}"
        content = replace(
            content,
            phones=(replace(content.phones[0], number="305-555-0177", description=words),),
            languages=(Spoken("ht", "Creole"),),
            hours_read="Ring the bell",
            hours=(),
        )
    await review.save(whole.id, whole.version, content, TODAY)


async def staff_work_then_a_secret_neighbour(package: Path, settings: Settings) -> None:
    await imported(package, settings)
    await staff_edit("101", TOLD)
    whole = await review.whole_service((await service("101"))["id"], TODAY)
    await review.verify(whole.id, whole.version, review.Checked("directory_editor", "called"), TODAY)
    await staff_edit("102", {}, confidential=True)


async def test_a_neighbour_made_secret_takes_the_place_of_a_checked_service_and_nothing_else(
    opened: Settings, tmp_path: Path
) -> None:
    package = under_one_roof(tmp_path / "old")
    await staff_work_then_a_secret_neighbour(package, opened)
    before = await service("101")
    beside = "phone", "schedule", "service_language", "service_term", "service_at_location"
    rows_before = {table: await rows(f"SELECT * FROM {table} WHERE service_id = ?", before["key"]) for table in beside}
    told = (await imported(package, opened)).as_json()
    after = await service("101")
    assert after["confidential"] and (await place_of("101"))["address_1"] == ""
    changed = {column for column in after if after[column] != before[column]}
    assert changed == {"confidential", "interpretation", "row_hash", "version"}
    assert after["interpretation"] == f"Ask for Ana at {WITHHELD}, at night."
    assert after["verified_on"] and after["edited_on"] and after["fees"] == "Nothing at all"
    rows_before["phone"][0]["description"] = f"nights, at {WITHHELD}"
    for table, expected in rows_before.items():
        assert await rows(f"SELECT * FROM {table} WHERE service_id = ?", before["key"]) == expected, table
    assert "103 Sample" not in str(await everything())
    assert told["notes"][0]["reason"] == f"NIGHT SHELTER: {HIDDEN_NOW}; {SCRUBBED}"
    counts = told["services"]
    assert counts["rows"] == counts["kept"] + counts["mended"] + counts["set_aside"]
    stored = await everything()
    again = (await imported(package, opened)).as_json()
    assert await everything() == stored
    assert not [note for note in again["notes"] if HIDDEN_NOW in note["reason"]]


async def test_a_place_that_staff_added_is_blanked_with_the_rest(opened: Settings, tmp_path: Path) -> None:
    package = under_one_roof(tmp_path / "old")
    await imported(package, opened)
    whole = await review.whole_service((await service("101"))["id"], TODAY)
    words = {**dict.fromkeys(PLACE_TEXTS, ""), "address_1": "7 Wren Walk", "city": "Port Marlow", "country": "US"}
    texts = {**whole.content.texts, "fees": "Free. Ask at 7 Wren Walk"}
    content = replace(whole.content, places=(*whole.content.places, PlaceRow(0, words)), texts=texts)
    await review.save(whole.id, whole.version, content, TODAY)
    await staff_edit("102", {}, confidential=True)
    await imported(package, opened)
    assert "Wren" not in str(await everything())
    stored = await everything()
    await imported(package, opened)
    assert await everything() == stored


async def test_a_service_hidden_once_keeps_what_staff_do_next(opened: Settings, tmp_path: Path) -> None:
    package = under_one_roof(tmp_path / "old")
    await staff_work_then_a_secret_neighbour(package, opened)
    await imported(package, opened)
    await staff_edit("101", {"fees": "Ten dollars"}, confidential=True)
    stored = await everything()
    await imported(package, opened)
    assert await everything() == stored


async def test_what_staff_do_while_an_import_runs_counts(opened: Settings, tmp_path: Path) -> None:
    """The import compares again inside each unit of work, not only before it begins."""
    await imported(copied(tmp_path / "old"), opened)
    package = newer(tmp_path / "new")
    original = stores.write
    verified = False

    async def write(store: str, work: Callable[[stores.Unit], Awaitable[object]]) -> object:
        nonlocal verified
        if not verified:
            verified = True
            await original(store, verify)
        return await original(store, work)

    async def verify(unit: stores.Unit) -> None:
        await unit.run("UPDATE service SET verified_on = ? WHERE source_id = '101'", TODAY)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "write", write)
        await imported(package, opened)
    assert (await service("101"))["name"] == "NIGHT SHELTER"
    assert (await place_of("101"))["address_1"] != "1 Wrong Street"


# --- the rule by itself

BEFORE = Content(
    texts={"name": "Shelter", "website": "https://a.example", "description": "Beds."},
    status="active",
    confidential=False,
    phones=(PhoneRow(1, "305-555-0101"),),
    hours=(Interval(0, 540, 1020),),
    places=(PlaceRow(1, {"address_1": "1 Sample Street", "city": "Port Marlow"}),),
)


@pytest.mark.parametrize(
    ("after", "drops"),
    [
        (BEFORE, False),
        (replace(BEFORE, texts={**BEFORE.texts, "description": "Forty beds.", "name": "Night shelter"}), False),
        (replace(BEFORE, phones=(PhoneRow(7, "305-555-0101", description="at night"),)), False),
        (replace(BEFORE, texts={**BEFORE.texts, "website": "https://b.example"}), True),
        (replace(BEFORE, phones=(PhoneRow(1, "305-555-0102"),)), True),
        (replace(BEFORE, phones=(PhoneRow(1, "305-555-0101", "4"),)), True),
        (replace(BEFORE, phones=(*BEFORE.phones, PhoneRow(0, "305-555-0103"))), True),
        (replace(BEFORE, hours=(Interval(0, 540, 1080),)), True),
        (replace(BEFORE, hours_read="by appointment"), True),
        (replace(BEFORE, places=(PlaceRow(1, {"address_1": "2 Sample Street", "city": "Port Marlow"}),)), True),
        (replace(BEFORE, places=()), True),
    ],
)
def test_a_changed_number_address_site_or_hour_drops_verification(after: Content, drops: bool) -> None:
    assert bool(drops_verification(BEFORE, after)) is drops
    assert bool(drops_verification(after, BEFORE)) is drops


hashes = st.sampled_from(["", "a", "b"])
stored_rows = st.builds(
    Stored, key=st.just(1), row_hash=hashes, checked=st.booleans(), retired=st.booleans(), confidential=st.booleans()
)


@given(stored=stored_rows, row_hash=st.sampled_from(["a", "b"]), confidential=st.booleans())
def test_no_import_writes_over_staff_except_to_hide(stored: Stored, row_hash: str, confidential: bool) -> None:
    verdict = compare(stored, row_hash, confidential=confidential)
    if stored.row_hash == row_hash:
        assert verdict is Verdict.SAME
    if stored.checked and not stored.retired:
        assert verdict in (Verdict.SAME, Verdict.KEEP, Verdict.HIDE)
        assert verdict is not Verdict.HIDE or confidential
    if stored.retired and stored.row_hash:
        assert verdict in (Verdict.SAME, Verdict.KEEP_RETIRED), "staff retired it"
    if stored.checked or stored.retired:
        assert compare_absent(stored) is not Farewell.RETIRE
