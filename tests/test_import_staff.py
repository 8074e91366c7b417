"""Promise: what staff checked or changed is never overwritten silently, and never brought back against their will."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import stores
from server.resources.hours_reading import Interval
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
from server.resources.service_form import Content, PhoneRow, PlaceRow
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
    await set_service("101", verified_on=TODAY, verified_by="edith", verified_how="called", edited_on=TODAY)
    address = (await place_of("101"))["address_1"]
    assert address
    package = copied(tmp_path / "new")
    change_rows(package, "physical_addresses", where("location_id", "101", address_1="Confidential"))
    report = await imported(package, opened)
    hidden = await service("101")
    assert hidden["confidential"] and hidden["verified_on"] is None and hidden["verified_by"] == ""
    assert (await place_of("101"))["address_1"] == ""
    assert address not in str(await everything())
    assert any(HIDDEN_NOW in note["reason"] for note in report.as_json()["notes"])


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
    assert drops_verification(BEFORE, after) is drops
    assert drops_verification(after, BEFORE) is drops


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
