"""The directory desk through HTTP: found, edited, checked, retired, brought back; no work lost, no address left."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from moderation import actions, store
from moderation.actions import services
from moderation.terms import Act, Role, Who
from server import stores
from server.errors import Unavailable
from server.resources import kept, review
from server.resources.models import Location, Service
from server.stores import Unit
from tests.desk_forms import (
    CLINIC,
    OFFICE,
    SHELTER,
    STREET,
    act,
    add_three,
    form_on,
    found_by_members,
    log_of,
    opened,
    row,
    send,
    today,
    unescaped,
)
from tests.house import Client, House
from tests.looking import everything, files_holding

T = TypeVar("T")
CORA = Who(99, "Cora", frozenset({Role.COORDINATOR}))


@pytest.fixture
def desk(house: House) -> House:
    """Three services: a shelter in a house of its own, an office and a clinic under one roof."""
    house.run(stores.write, "directory", add_three)
    return house


@pytest.fixture
def edith(desk: House) -> Client:
    return desk.staff("edith")


# Finding


def names_in(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/desk/service/[^"]*" dir="auto">([^<]*)</a>', page)


def look(client: Client, words: str = "", shown: str = "current") -> list[str]:
    return names_in(client.post("/desk/services", data={"words": words, "shown": shown}).text)


def test_services_are_found_by_words_by_organization_and_by_number(edith: Client) -> None:
    assert look(edith) == ["Clinic", "Legal office", "Night shelter"]
    assert look(edith, "OFFICE legal") == ["Legal office"]
    assert look(edith, "casa verde clin") == ["Clinic"]
    assert look(edith, "(305) 555.0100") == ["Night shelter"]
    assert look(edith, "0102") == ["Clinic"]
    assert look(edith, "zebra") == [] and look(edith, "%") == [] and look(edith, "_") == []


def test_a_search_leaves_no_word_in_the_address(edith: Client) -> None:
    answer = edith.post("/desk/services", data={"words": "Quietkestrel"}, follow_redirects=False)
    assert answer.status_code == 303 and "uietkestrel" not in answer.headers["location"]
    assert 'value="Quietkestrel"' in edith.get(answer.headers["location"]).text


def test_lists_tell_what_is_to_check_what_is_retired_and_all(desk: House, edith: Client) -> None:
    act(edith, CLINIC, "verify", how="called")
    act(edith, OFFICE, "retire", reason="closed")
    assert look(edith, shown="unchecked") == ["Night shelter"]
    assert look(edith, shown="retired") == ["Legal office"]
    assert look(edith, shown="current") == ["Clinic", "Night shelter"]
    assert len(look(edith, shown="all")) == 3 and len(look(edith, shown="nonsense")) == 2
    desk.clock.move(days=91)
    edith = desk.staff("cora")
    assert look(edith, shown="unchecked") == ["Night shelter", "Clinic"], "never checked first, then the oldest check"


def test_long_lists_come_in_pages(desk: House, edith: Client) -> None:
    async def many(unit: Unit) -> None:
        for number in range(60):
            await Service.create(id=str(uuid.uuid4()), name=f"Pantry {number:02d}")

    desk.run(stores.write, "directory", many)
    first = edith.post("/desk/services", data={"words": "pantry", "shown": "all"})
    assert "60 services" in first.text and "page 1 of 3" in first.text
    assert names_in(first.text)[0] == "Pantry 00" and len(names_in(first.text)) == 25
    second = edith.get(unescaped(re.search(r'rel="next" href="([^"]+)"', first.text)))
    assert names_in(second.text)[0] == "Pantry 25" and "page 2 of 3" in second.text


# Editing


def test_what_is_edited_is_shown_to_members_at_once_and_written_down(
    desk: House, edith: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "LOOK_EVERY", 60)  # nobody looks by chance: the desk says that something changed
    assert "Sewing room" not in found_by_members(desk, "sewing")
    assert "305-555-0102" in found_by_members(desk, "doctor"), "and kept ready from now on"
    typed = {"name": "Sewing room", "description": "Sewing\r\n\r\nand talking.", "fees": "None"}
    saved = send(edith, opened(edith, CLINIC), **typed, phone_0_number="305-555-0188")
    assert saved.status_code == 200 and "Saved." in saved.text and saved.url.path == f"/desk/service/{CLINIC}"
    assert "Sewing room" in found_by_members(desk, "sewing")
    assert "305-555-0188" in found_by_members(desk, "sewing") and "305-555-0102" not in found_by_members(desk, "clinic")
    now = row(desk, CLINIC)
    assert (now["name"], now["description"], now["fees"]) == ("Sewing room", "Sewing\n\nand talking.", "None")
    assert now["version"] == 2 and str(now["edited_on"]) == today(desk)
    assert log_of(desk, CLINIC) == ["service_changed"]
    assert desk.run(store.newest_lines, 1)[0].details == "name, description, fees, phones"


def test_every_part_of_the_form_is_kept(desk: House, edith: Client) -> None:
    page = opened(edith, OFFICE)
    where, fields = form_on(page)
    place = next(name for name in fields if name.endswith("address_1")).rpartition("_address_1")[0]
    typed = {
        "phone_0_number": "305 555 0177",
        "phone_0_extension": "4",
        "phone_0_kind": "text",
        "phone_0_description": "mornings",
        "phone_1_number": "+34 600 123 456",
        "languages": "Spanish, French (Tuesdays)",
        "hours_0": "",
        "hours_5": "22:00-02:00",
        "hours_text": "Ring the bell",
        f"{place}_address_1": "2 Oak Road",
        f"{place}_postal_code": "33102",
        "status": "temporarily closed",
        "website": "new.example",
        "eligibility": "Everyone",
    }
    assert edith.post(where, data={**fields, **typed}).status_code == 200
    _, again = form_on(opened(edith, OFFICE))
    expected = {
        **typed,
        "phone_0_number": "305-555-0177",
        "website": "https://new.example",
        "hours_5": "22:00-02:00",
        "hours_6": "",
    }
    assert {name: again[name] for name in expected} == expected
    assert again["phone_2_number"] == "", "one empty row for the next"


def test_saving_without_a_change_writes_nothing(desk: House, edith: Client) -> None:
    before = everything(desk.settings)
    assert "nothing was saved" in send(edith, opened(edith, CLINIC)).text
    assert everything(desk.settings) == before


def test_bad_input_keeps_everything_typed_and_says_what_to_do(desk: House, edith: Client) -> None:
    before = everything(desk.settings)
    answer = send(
        edith,
        opened(edith, CLINIC),
        name="",
        hours_2="9-5",
        website="not a site",
        fees="two\r\nlines <b>",
        phone_1_number="call",
    )
    assert answer.status_code == 422
    for said in ("Nothing was saved yet", "give the service a name", "Hours are written like", "begins with https://"):
        assert said in answer.text, said
    _, kept = form_on(answer.text)
    assert (kept["name"], kept["hours_2"], kept["website"]) == ("", "9-5", "not a site")
    assert kept["fees"] == "two\nlines <b>" and kept["phone_1_number"] == "call"
    for field in ("name", "hours_2", "website"):
        assert f'href="#{field}"' in answer.text and f'id="{field}"' in answer.text
    assert everything(desk.settings) == before
    assert send(edith, answer.text, name="Clinic", hours_2="9-17", website="", phone_1_number="").status_code == 200


def test_an_unknown_service_is_not_found_whatever_is_asked(edith: Client) -> None:
    for wrong in (str(uuid.uuid4()), "none", "%00", "a" * 36, "x" * 300):
        assert edith.get(f"/desk/service/{wrong}").status_code == 404
        for name in ("save", "verify", "retire", "bring-back"):
            sent = {"version": "1", "how": "called", "reason": "x", "name": "x", "status": "active"}
            assert edith.post(f"/desk/service/{wrong}/{name}", data=sent).status_code == 404


def test_an_auditor_reads_everything_and_changes_nothing(desk: House) -> None:
    ruth = desk.staff("ruth")
    page = opened(ruth, SHELTER)
    assert "Night shelter" in page and STREET in page and "305-555-0100" in page
    assert re.findall(r'<form[^>]*action="([^"?]*)', page) == ["/sign-out"]


# Checked, and no longer checked


def test_a_check_says_when_by_which_role_and_how(desk: House, edith: Client) -> None:
    answer = act(edith, CLINIC, "verify", how="visited")
    assert "Written down as checked today" in answer.text
    kept = row(desk, CLINIC)
    assert (str(kept["verified_on"]), kept["verified_by"], kept["verified_how"]) == (
        today(desk), "directory_editor", "visited",
    )  # fmt: skip
    assert "edith" not in repr(kept)
    assert "directory editor: on the spot" in answer.text
    assert act(edith, CLINIC, "verify").status_code == 422
    assert act(edith, CLINIC, "verify", how="guessed").status_code == 422


@pytest.mark.parametrize(
    ("typed", "drops"),
    [
        ({"phone_0_number": "305-555-9999"}, True),
        ({"phone_0_extension": "9"}, True),
        ({"phone_1_number": "305-555-9998"}, True),
        ({"website": "https://evil.example"}, True),
        ({"hours_0": "9-18"}, True),
        ({"hours_text": "by night"}, True),
        ({"PLACE": "9 Other Street"}, True),
        ({"name": "Other name"}, False),
        ({"description": "Other words", "fees": "Ten"}, False),
        ({"languages": "French"}, False),
        ({"phone_0_description": "mornings"}, False),
    ],
    ids=lambda said: "-".join(said) if isinstance(said, dict) else str(said),
)
def test_what_people_rely_on_is_unchecked_by_a_change(
    desk: House, edith: Client, typed: dict[str, str], drops: bool
) -> None:
    act(edith, SHELTER, "verify", how="called")
    page = opened(edith, SHELTER)
    place = next(name for name in form_on(page)[1] if name.endswith("address_1"))
    answer = send(edith, page, **{place if name == "PLACE" else name: text for name, text in typed.items()})
    assert ("checked again" in answer.text) == drops
    kept = row(desk, SHELTER)
    assert (kept["verified_on"] is None) == drops == (kept["verified_how"] == "")
    moved = desk.run(stores.rows, "directory", "SELECT latitude FROM location WHERE name = 'The house'")
    assert (moved[0]["latitude"] is None) == ("PLACE" in typed), "coordinates of the old address lead astray"


def test_a_new_address_unchecks_everybody_under_that_roof(desk: House, edith: Client) -> None:
    act(edith, OFFICE, "verify", how="called")
    act(edith, CLINIC, "verify", how="called")
    stale = opened(edith, CLINIC)
    page = opened(edith, OFFICE)
    assert "1 other service is at this place" in page
    place = next(name for name in form_on(page)[1] if name.endswith("address_1"))
    send(edith, page, **{place: "5 New Street"})
    assert row(desk, OFFICE)["verified_on"] is None and row(desk, CLINIC)["verified_on"] is None
    assert "5 New Street" in opened(edith, CLINIC)
    assert send(edith, stale, fees="None").status_code == 409, "the neighbour's form is out of date"


# Retired and back


def test_promise_a_retired_service_is_gone_at_once_and_can_come_back(desk: House, edith: Client) -> None:
    assert "Night shelter" in found_by_members(desk, "night shelter")
    answer = act(edith, SHELTER, "retire", reason="They moved away")
    assert "Nobody finds it any more" in answer.text and "Bring it back" in answer.text
    assert "Night shelter" not in found_by_members(desk, "night shelter")
    assert str(row(desk, SHELTER)["retired_on"]) == today(desk)
    assert desk.run(store.newest_lines, 1)[0].details == "They moved away"
    assert "Brought back" in act(edith, SHELTER, "bring-back").text
    assert "Night shelter" in found_by_members(desk, "night shelter")
    assert row(desk, SHELTER)["retired_on"] is None
    assert log_of(desk, SHELTER) == ["service_retired", "service_brought_back"]


def test_retiring_wants_a_short_reason_and_keeps_what_was_typed(desk: House, edith: Client) -> None:
    assert act(edith, SHELTER, "retire").status_code == 422
    answer = act(edith, SHELTER, "retire", reason="long " * 60)
    assert answer.status_code == 422 and "long long" in answer.text and "<details open>" in answer.text
    assert row(desk, SHELTER)["retired_on"] is None


def test_a_closed_service_cannot_be_found(desk: House, edith: Client) -> None:
    send(edith, opened(edith, SHELTER), status="temporarily closed")
    assert "Night shelter" not in found_by_members(desk, "night shelter")
    send(edith, opened(edith, SHELTER), status="active")
    assert "Night shelter" in found_by_members(desk, "night shelter")


# A place that is to stay secret


def test_a_place_marked_confidential_is_nowhere_any_more(desk: House, edith: Client) -> None:
    act(edith, SHELTER, "verify", how="called")
    answer = send(edith, opened(edith, SHELTER), confidential="1")
    assert answer.status_code == 200
    assert row(desk, SHELTER)["verified_on"] is not None, "taking an address away is no new fact to check"
    assert "Quietkestrel" not in repr(everything(desk.settings)), (
        "neither its own texts, nor its neighbours', nor the log"
    )
    if not desk.settings.database_url:
        until = time.monotonic() + 10  # the journal is emptied after the answer
        while files_holding([desk.settings.data], "Quietkestrel") and time.monotonic() < until:
            time.sleep(0.1)
        assert files_holding([desk.settings.data], "Quietkestrel") == []
    page = opened(edith, SHELTER)
    assert "Quietkestrel" not in page and "confidential place" in page
    assert "Quietkestrel" not in found_by_members(desk, "night shelter")
    assert found_by_members(desk, "quietkestrel").count("Night shelter") == 0
    kept = desk.run(stores.rows, "directory", "SELECT * FROM location WHERE confidential")[0]
    assert (kept["name"], kept["city"], kept["latitude"], kept["longitude"]) == ("", "", None, None)


def test_a_reason_that_names_a_secret_address_is_kept_without_it(desk: House, edith: Client) -> None:
    send(edith, opened(edith, SHELTER), confidential="1")
    act(edith, SHELTER, "retire", reason="Moved to 77 Hidden Street, call first")
    act(edith, OFFICE, "retire", reason="Moved to 78 Public Street")
    office, shelter = (line.details for line in desk.run(store.newest_lines, 2))
    assert "Hidden" not in shelter and "call first" in shelter
    assert office.startswith("Moved to") and "Public" not in office, "what is public today may be secret tomorrow"


def test_an_address_typed_together_with_the_mark_is_not_taken(desk: House, edith: Client) -> None:
    page = opened(edith, SHELTER)
    place = next(name for name in form_on(page)[1] if name.endswith("address_1"))
    send(edith, page, confidential="1", fees="Ask at 77 Hidden Street", **{place: "77 Hidden Street"})
    assert "Hidden Street" not in repr(everything(desk.settings))
    where, fields = form_on(opened(edith, SHELTER))
    edith.post(where, data={**fields, place: "78 Hidden Street"})
    assert "Hidden Street" not in repr(everything(desk.settings))


def test_a_shared_place_stays_for_the_others(desk: House, edith: Client) -> None:
    send(edith, opened(edith, OFFICE), confidential="1", **{f"also_{CLINIC}": ""})
    assert "1 Main Street" not in opened(edith, OFFICE)
    assert "1 Main Street" in opened(edith, CLINIC)
    links = desk.run(
        stores.rows, "directory",
        "SELECT 1 AS one FROM service_at_location a JOIN service s ON s.key = a.service_id WHERE s.id = ?", OFFICE,
    )  # fmt: skip
    assert len(links) == 0, "nothing leads from the secret service to the place"


def test_a_mark_that_was_a_mistake_can_be_taken_back_and_an_address_given(desk: House, edith: Client) -> None:
    send(edith, opened(edith, SHELTER), confidential="1")
    where, fields = form_on(opened(edith, SHELTER))
    edith.post(where, data={name: value for name, value in fields.items() if name != "confidential"})
    page = opened(edith, SHELTER)
    place = next(name for name in form_on(page)[1] if name.endswith("address_1"))
    send(edith, page, **{place: "3 Open Street"})
    assert "3 Open Street" in opened(edith, SHELTER)


def test_a_place_under_one_roof_with_a_secret_service_gets_a_row_of_its_own(desk: House, edith: Client) -> None:
    async def secret(unit: Unit) -> None:
        await unit.run("UPDATE service SET confidential = TRUE WHERE id = ?", CLINIC)
        await unit.run(review.BLANKED, (await Location.get(address_1="1 Main Street")).key)

    desk.run(stores.write, "directory", secret)
    page = opened(edith, OFFICE)
    place = next(name for name in form_on(page)[1] if name.endswith("address_1"))
    send(edith, page, **{place: "8 Public Street"})
    assert "8 Public Street" in opened(edith, OFFICE)
    linked = desk.run(
        stores.rows, "directory",
        "SELECT l.address_1 FROM location l JOIN service_at_location a ON a.location_id = l.key"
        " JOIN service s ON s.key = a.service_id WHERE s.id = ?", CLINIC,
    )  # fmt: skip
    assert [one["address_1"] for one in linked] == [""]


def test_after_a_while_no_file_holds_the_address(desk: House, edith: Client, engine: str) -> None:
    send(edith, opened(edith, SHELTER), confidential="1")

    async def checkpoint() -> None:
        client = stores.opened_stores().context.connections.get("directory")
        await client.execute_query("PRAGMA wal_checkpoint(TRUNCATE)")

    if engine == "sqlite":  # PostgreSQL keeps old rows until it is vacuumed, and its journal for longer
        desk.run(checkpoint)
        assert files_holding([desk.settings.data], "Quietkestrel") == []


# Two at one service


def test_the_second_of_two_is_told_keeps_her_words_and_takes_over_the_others(desk: House, edith: Client) -> None:
    cora = desk.staff("cora")
    hers, his = opened(edith, CLINIC), opened(cora, CLINIC)
    send(cora, his, fees="Ten", description="Two doctors.", phone_0_number="305-555-7777")
    answer = send(edith, hers, description="A nurse, too.", eligibility="Everyone")
    assert answer.status_code == 409 and "Nothing of yours was saved yet" in answer.text
    _, form = form_on(answer.text)
    assert (form["description"], form["eligibility"]) == ("A nurse, too.", "Everyone"), "her words stay"
    assert (form["fees"], form["phone_0_number"]) == ("Ten", "305-555-7777"), "his, where she typed nothing"
    assert "Changed by both of you" in answer.text and "Two doctors." in answer.text
    assert re.search(r"taken over into this form: Fees, Telephone numbers\.", re.sub(r"\s+", " ", answer.text))
    assert row(desk, CLINIC)["description"] == "Two doctors."
    assert send(edith, answer.text).status_code == 200
    kept = row(desk, CLINIC)
    assert (kept["description"], kept["eligibility"], kept["fees"]) == ("A nurse, too.", "Everyone", "Ten")
    assert log_of(desk, CLINIC) == ["service_changed", "service_changed"], "what was refused is not in the log"


def test_a_form_with_faults_keeps_the_version_it_was_opened_with(desk: House, edith: Client) -> None:
    faulty = send(edith, opened(edith, CLINIC), name="", fees="Ten")
    send(edith, opened(edith, CLINIC), description="Meanwhile.")
    assert send(edith, faulty.text, name="Clinic").status_code == 409
    assert row(desk, CLINIC)["fees"] == ""


def test_a_form_that_somebody_made_up_is_no_fault_of_ours(desk: House, edith: Client) -> None:
    made_up = {
        "version": "9" * 50,
        "seen": "foo:1 name:2 : ::",
        "foo": "x",
        "phone_99_number": "1",
        "place_x_city": "y",
        "name": "z",
    }
    assert edith.post(f"/desk/service/{CLINIC}/save", data=made_up).status_code == 409
    made_up |= {"version": "1"}
    assert edith.post(f"/desk/service/{CLINIC}/save", data=made_up).status_code == 422
    assert row(desk, CLINIC)["version"] == 1


@pytest.mark.parametrize("name", ["verify", "retire"])
def test_nobody_checks_or_retires_what_she_has_not_seen(desk: House, edith: Client, name: str) -> None:
    page = opened(edith, CLINIC)
    act(desk.staff("cora"), CLINIC, "save", fees="Ten")
    answer = send(edith, page, f"/{name}", how="called", reason="gone")
    assert answer.status_code == 409
    kept = row(desk, CLINIC)
    assert kept["verified_on"] is None and kept["retired_on"] is None


def test_of_many_at_once_one_is_saved_and_the_log_says_so(desk: House) -> None:
    async def crowd() -> list[str]:
        async def one(number: int) -> str:
            typed = {**(await review.whole_service(CLINIC, desk.clock().date())).form, "fees": f"{number}"}
            try:
                await actions.change_service(CORA, services.Seen(CLINIC, 1), typed, desk.clock())
                return "saved"
            except review.Stale:
                return "stale"

        return list(await asyncio.gather(*(one(number) for number in range(8))))

    assert sorted(desk.run(crowd)) == ["saved"] + ["stale"] * 7
    assert row(desk, CLINIC)["version"] == 2
    acts = log_of(desk, CLINIC)
    assert acts.count("service_changed") - acts.count("not_done") == 1


# Two databases, one order


def breaking(monkeypatch: pytest.MonkeyPatch, store_name: str) -> None:
    """From now on that store does not answer."""
    real = stores.write

    async def write(name: str, work: Callable[[Unit], Awaitable[T]]) -> T:
        if name == store_name:
            raise Unavailable("gone", retry_after=30)
        return await real(name, work)

    monkeypatch.setattr(stores, "write", write)


def test_hide_first_then_record(desk: House, edith: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, typed in (
        ("retire", {"reason": "gone"}),
        ("save", {"confidential": "1"}),
        ("save", {"status": "inactive"}),
    ):
        page = opened(edith, {"retire": OFFICE}.get(name, SHELTER))
        with monkeypatch.context() as broken:
            breaking(broken, "moderation")
            assert send(edith, page, f"/{name}", **typed).status_code == 503
    assert row(desk, OFFICE)["retired_on"] is not None
    assert row(desk, SHELTER)["confidential"] and row(desk, SHELTER)["status"] == "inactive"
    assert log_of(desk, OFFICE) == log_of(desk, SHELTER) == []


def test_record_first_then_show(desk: House, edith: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    act(edith, OFFICE, "retire", reason="gone")
    for name, service, typed in (
        ("bring-back", OFFICE, {}),
        ("verify", CLINIC, {"how": "called"}),
        ("save", CLINIC, {"fees": "Ten"}),
    ):
        page = opened(edith, service)
        with monkeypatch.context() as broken:
            breaking(broken, "moderation")
            answer = send(edith, page, f"/{name}", **typed)
            assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
    assert row(desk, OFFICE)["retired_on"] is not None
    assert row(desk, CLINIC)["verified_on"] is None and row(desk, CLINIC)["fees"] == ""


def test_what_was_recorded_and_then_failed_is_taken_back_in_the_log(
    desk: House, edith: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(edith, CLINIC)
    with monkeypatch.context() as broken:
        breaking(broken, "directory")
        assert send(edith, page, "/verify", how="called").status_code == 503
    assert log_of(desk, CLINIC) == ["service_verified", "not_done"]
    assert Act.NOT_DONE in log_of(desk, CLINIC) and row(desk, CLINIC)["verified_on"] is None


# For the operator


def test_the_state_of_the_directory_is_said_in_sentences(house: House) -> None:
    assert "empty" in house.run(review.state_of_directory, house.settings)[0]
    house.run(stores.write, "directory", add_three)
    assert house.run(review.state_of_directory, house.settings) == ["3 services, 0 of them checked."]


# The disk is full


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_promise_15_on_a_full_disk_reading_goes_on_and_saving_says_when_to_try_again(
    desk: House, edith: Client
) -> None:
    async def grow_to(pages: int) -> None:
        for name in stores.STORES:

            async def limit(unit: Unit) -> None:
                now = (await unit.rows("PRAGMA page_count"))[0]["page_count"]
                await unit.rows(f"PRAGMA max_page_count = {max(now, pages)}")

            await stores.write(name, limit)

    desk.run(grow_to, 0)
    before = row(desk, SHELTER)
    long = "A bed for some weeks. " * 300
    refused = send(edith, opened(edith, SHELTER), description=long)
    for _ in range(40):  # until the pages that were free are used up
        if refused.status_code == 503:
            break
        before = row(desk, SHELTER)
        refused = send(edith, opened(edith, SHELTER), description=refused.request.url.path + long)
        act(edith, SHELTER, "verify", how="called")
    assert refused.status_code == 503 and int(refused.headers["retry-after"]) > 0 and "<h1>" in refused.text
    assert row(desk, SHELTER) == before
    assert "Night shelter" in found_by_members(desk, "night shelter")
    desk.run(grow_to, 1_000_000)
    assert send(edith, opened(edith, SHELTER), fees="nothing").status_code == 200
    assert row(desk, SHELTER)["fees"] == "nothing"
