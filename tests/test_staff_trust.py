"""The editor's desk: what is checked, in which order, by whom, and what takes a check away; facts, duplicates, many."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest

from moderation import store
from server import stores
from server.resources import one_service
from server.resources.hotlines_file import book
from server.resources.line_checks import trusted
from server.resources.models import Conflict, Service
from server.resources.reporting import Told, tell
from server.resources.terms import ReportKind
from server.stores import Unit
from tests.desk_forms import (
    CLINIC,
    OFFICE,
    SHELTER,
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
from tests.directory_rows import change_rows, copied, imported, rows, where, without
from tests.house import Client, House
from tests.looking import everything


@pytest.fixture
def desk(house: House) -> House:
    house.run(stores.write, "directory", add_three)
    return house


@pytest.fixture
def edith(desk: House) -> Client:
    return desk.staff("edith")


def ledger(house: House, service: str) -> list[tuple[str, str, str, str]]:
    sql = "SELECT v.* FROM verification v JOIN service s ON s.key = v.service_id WHERE s.id = ? ORDER BY v.key"
    found = house.run(stores.rows, "directory", sql, service)
    return [(one["outcome"], one["role"], one["how"], one["note"]) for one in found]


def facets(house: House, service: str) -> set[str]:
    sql = "SELECT f.facet FROM service_facet f JOIN service s ON s.key = f.service_id WHERE s.id = ?"
    return {one["facet"] for one in house.run(stores.rows, "directory", sql, service)}


# The ledger


def test_every_check_is_a_row_and_a_changed_number_says_why_it_was_lost(desk: House, edith: Client) -> None:
    act(edith, CLINIC, "verify", how="called")
    act(edith, CLINIC, "verify", how="visited", fees="Ten")
    send(edith, opened(edith, CLINIC), phone_0_number="305-555-0188", name="The clinic")
    assert ledger(desk, CLINIC) == [
        ("right", "directory_editor", "called", ""),
        ("changed", "directory_editor", "visited", ""),
        ("dropped", "directory_editor", "", "phones"),
    ]
    page = opened(edith, CLINIC)
    assert "The check was lost by a change" in page and "by telephone" in page and "edith" in page
    send(edith, page, phone_0_number="305-555-0189")
    assert len(ledger(desk, CLINIC)) == 3, "what is not checked has no check to lose"
    assert edith.get(f"/desk/service/{CLINIC}").text.count("changed a service") == 3


def test_a_new_address_writes_a_row_for_everybody_under_that_roof(desk: House, edith: Client) -> None:
    act(edith, OFFICE, "verify", how="called")
    page = opened(edith, CLINIC)
    field = next(name for name in form_on(page)[1] if name.endswith("_address_1"))
    send(edith, page, **{field: "9 Other Street"})
    assert ledger(desk, OFFICE)[-1] == ("dropped", "directory_editor", "", "places")


# Facts


FACTS = {
    "police": "never",
    "minimum_age": "16",
    "maximum_age": "25",
    "facet_women": "1",
    "facet_undocumented": "1",
    "undocumented_told": "1",
    "closed_until": "2026-12-24",
    "documents": "Nothing",
    "chat": "https://chat.example",
    "email": "a@clinic.example",
}


def test_facts_are_saved_shown_again_and_change_nothing_else(desk: House, edith: Client) -> None:
    saved = send(edith, opened(edith, CLINIC), **FACTS)
    assert saved.status_code == 200 and "Saved." in saved.text
    _, fields = form_on(opened(edith, CLINIC))
    assert {name: fields.get(name) for name in FACTS} == FACTS and fields.get("shared") == "1"
    assert facets(desk, CLINIC) == {"women", "undocumented"}
    again = send(edith, opened(edith, CLINIC))
    assert "Nothing was different" in again.text
    _, fields = form_on(opened(edith, CLINIC))
    fields.pop("facet_women")
    edith.post(f"/desk/service/{CLINIC}/save", data=fields)
    assert facets(desk, CLINIC) == {"undocumented"}, "a box that is shown and not ticked is taken away"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("minimum_age", "old", "An age is a number"),
        ("minimum_age", "99", "The youngest age is higher"),
        ("closed_until", "24.12.2026", "A day is written like"),
        ("email", "nobody", "An e-mail address looks like"),
        ("chat", "javascript:alert(1)", "An internet address begins with"),
        ("chat", "foo bar", "An internet address begins with"),
        ("closed_until", "2020-12-24", "Please give a day from today on"),
        ("closed_until", "2206-12-24", "Please give a day from today on"),
        ("police", "always", "Please choose one from the list."),
    ],
)
def test_a_fact_that_cannot_be_read_is_said_and_nothing_typed_is_lost(
    edith: Client, field: str, typed: str, said: str
) -> None:
    answer = send(edith, opened(edith, CLINIC), **{"maximum_age": "20", "facet_men": "1", "fees": "Ten", field: typed})
    assert answer.status_code == 422 and said in answer.text
    _, fields = form_on(answer.text) if field != "police" else ("", {"facet_men": "1", "fees": "Ten", field: typed})
    assert fields["facet_men"] == "1" and fields["fees"] == "Ten" and fields[field] == typed


def test_of_two_who_edit_the_facts_neither_loses_any(edith: Client, desk: House) -> None:
    cora, page = desk.staff("cora"), opened(edith, CLINIC)
    send(cora, opened(cora, CLINIC), facet_pets="1", minimum_age="18")
    answer = send(edith, page, police="duty")
    assert answer.status_code == 409
    assert re.search(r"taken over into this form:[^<]*What to know before", answer.text), "and it says what was taken"
    _, fields = form_on(answer.text)
    assert (fields["police"], fields["minimum_age"], fields["facet_pets"]) == ("duty", "18", "1")


def test_no_room_is_one_press_and_so_is_room_again(desk: House, edith: Client) -> None:
    answer = act(edith, CLINIC, "full", fees="Ten")
    assert "Members see that it has no room." in answer.text and row(desk, CLINIC)["fees"] == "Ten"
    assert str(row(desk, CLINIC)["full_on"]) == today(desk)
    act(edith, CLINIC, "full")
    assert row(desk, CLINIC)["full_on"] is None


# The queue


def next_form(page: str) -> dict[str, str]:
    body = next(part for part in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="how"' in part)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
    return {**fields, "where": html.unescape(re.findall(r'action="([^"]*)"', body)[0])}


def press(client: Client, page: str, how: str):
    fields = next_form(page)
    return client.post(fields.pop("where"), data={**fields, "how": how})


def test_one_press_checks_a_service_and_shows_the_next(desk: House, edith: Client) -> None:
    page, seen = edith.get("/desk/check").text, set()
    assert "3 services to check" in page
    for _ in range(3):
        seen.add(next_form(page)["id"])
        page = press(edith, page, "called").text
    assert seen == {SHELTER, OFFICE, CLINIC} and "Everything is checked." in page
    assert ledger(desk, CLINIC) == [("right", "directory_editor", "called", "")]
    assert log_of(desk, CLINIC) == ["service_verified"]


def test_later_shows_the_next_and_two_people_are_not_shown_the_same(desk: House, edith: Client) -> None:
    cora = desk.staff("cora")
    first = edith.get("/desk/check").text
    assert next_form(edith.get("/desk/check").text)["id"] == next_form(first)["id"], "a reload shows the same"
    assert next_form(cora.get("/desk/check").text)["id"] != next_form(first)["id"]
    later = press(edith, first, "later").text
    assert next_form(later)["id"] != next_form(first)["id"] and ledger(desk, next_form(first)["id"]) == []
    desk.clock.move(minutes=11)
    assert next_form(cora.get("/desk/check").text)["id"] == next_form(first)["id"], "nothing is leased"


def test_a_check_of_what_somebody_changed_meanwhile_is_not_written(desk: House, edith: Client) -> None:
    page = edith.get("/desk/check").text
    cora = desk.staff("cora")
    send(cora, opened(cora, next_form(page)["id"]), fees="Ten")
    answer = press(edith, page, "called")
    assert answer.status_code == 409 and ledger(desk, next_form(page)["id"]) == []
    assert press(edith, edith.get("/desk/check").text, "guessed").status_code == 422


def test_what_somebody_says_is_wrong_comes_first(desk: House, edith: Client) -> None:
    for service in (SHELTER, OFFICE, CLINIC):
        act(edith, service, "verify", how="called")
    desk.clock.move(days=1)
    edith = desk.staff("cora")
    assert "Everything is checked." in edith.get("/desk/check").text
    desk.run(tell, OFFICE, Told(ReportKind.WRONG, "number"), date.fromisoformat(today(desk)))
    page = edith.get("/desk/check").text
    assert next_form(page)["id"] == OFFICE and "1 person says that something is wrong" in page
    assert "Legal office" in edith.get(unescaped(re.search(r'href="([^"]*)">See them all', page))).text


# Reports


def told(house: House, service: str, kind: ReportKind, words: str = "") -> str:
    house.run(tell, service, Told(kind, "number" if kind is ReportKind.WRONG else "", words), house.clock().date())
    found = house.run(stores.rows, "directory", "SELECT id FROM report ORDER BY key DESC LIMIT 1")
    return found[0]["id"]


def test_harm_is_settled_by_two_and_hidden_with_one_press(desk: House, edith: Client) -> None:
    mona, sami, cora = desk.staff("mona", "moderator"), desk.staff("sami", "safeguarding_lead"), desk.staff("cora")
    report = told(desk, SHELTER, ReportKind.HARM, "Quietkestrel hurt me")
    where = f"/desk/report/{report}"
    assert "Night shelter" in found_by_members(desk, "shelter"), "a report withdraws nothing by itself"
    assert edith.get(where).status_code == 404 and "Night shelter" not in edith.get("/desk/reports").text
    assert "Quietkestrel hurt me" in mona.get(where).text
    hidden = mona.post(f"{where}/hide")
    assert "Nobody finds the service now." in hidden.text
    assert "Night shelter" not in found_by_members(desk, "shelter")
    assert act(edith, SHELTER, "bring-back").status_code == 422, "an editor does not undo it"
    mona.post(where, data={"said": "holds_not", "note": "quiet note"})
    assert mona.post(where, data={"said": "holds_not"}).status_code == 422, "one person, one word"
    assert "quiet note" not in sami.get(where).text and row(desk, SHELTER)["retired_on"] is not None
    answer = sami.post(where, data={"said": "holds_not"})
    assert "This report is settled." in answer.text
    assert row(desk, SHELTER)["retired_on"] is None and cora.get(where).status_code == 404
    assert log_of(desk, SHELTER) == ["service_hidden", "service_shown_again"]
    log = json.dumps(everything(desk.settings)["moderation.log"])
    assert "estrel" not in log and "quiet note" not in log and log.count("report_reviewed") == 2


def many_at_once(client: Client, *services: str, kind: str = "retire", value: str = "closed") -> str:
    """Changes these together; the number to take it back by."""
    found = client.post("/desk/services", data={"words": "casa", "shown": "current"}).text
    where = unescaped(re.search(r'href="([^"]*)">Change all of these', found))
    sent = {"kind": kind, f"value_{kind}": value, "service": list(services), "sure": "1"}
    return re.findall(r'name="number" value="(\d+)"', client.post(where, data=sent).text)[0]


def merged_into_office(client: Client) -> str:
    link = f"/desk/merge/{OFFICE}"
    listed = client.get("/desk/duplicates").text
    page = client.get(unescaped(re.search(r'<th scope="row"><a href="(/desk/merge/[^"]*)"', listed))).text
    if link not in re.findall(r'action="([^"]*)"', page):
        page = client.get(unescaped(re.search(r'href="([^"]*)">The other way round', page))).text
    versions = re.findall(r'name="versions" value="([^"]*)"', page)[0]
    done = client.post(link, data={"other": CLINIC, "versions": versions})
    return re.findall(r'name="number" value="(\d+)"', done.text)[0]


def test_no_old_change_of_many_shows_what_a_reviewer_hid(desk: House, edith: Client) -> None:
    mona, old = desk.staff("mona", "moderator"), many_at_once(edith, CLINIC)
    act(edith, CLINIC, "bring-back")
    report = told(desk, CLINIC, ReportKind.HARM)
    mona.post(f"/desk/report/{report}/hide")
    assert "but for services" in edith.post("/desk/changes", data={"number": old}).text
    assert act(edith, CLINIC, "bring-back").status_code == 422
    assert row(desk, CLINIC)["retired_on"] is not None and "Clinic" not in found_by_members(desk, "clinic")


def test_a_merger_is_not_parted_while_harm_waits(desk: House, edith: Client) -> None:
    send(edith, opened(edith, CLINIC), name="Legal office clinic", phone_0_number="305 555 0101")
    number = merged_into_office(edith)
    told(desk, CLINIC, ReportKind.HARM)
    answer = edith.post("/desk/changes", data={"number": number, "merged": "1"})
    assert answer.status_code == 422 and "hidden until a report is settled" in answer.text
    assert row(desk, CLINIC)["retired_on"] is not None and row(desk, CLINIC)["merged_into"] == OFFICE


def test_a_change_of_many_brings_back_only_what_it_retired_itself(desk: House, edith: Client) -> None:
    cora, number = desk.staff("cora"), many_at_once(edith, CLINIC, OFFICE)
    act(cora, CLINIC, "bring-back")
    act(cora, CLINIC, "retire", reason="it burnt down")
    assert "but for services" in edith.post("/desk/changes", data={"number": number}).text
    assert row(desk, OFFICE)["retired_on"] is None and row(desk, CLINIC)["retired_on"] is not None
    assert log_of(desk, OFFICE) == ["service_retired", "service_brought_back"]


def test_who_retires_a_place_first_does_not_keep_it_from_being_held(desk: House, edith: Client) -> None:
    mona, sami = desk.staff("mona", "moderator"), desk.staff("sami", "safeguarding_lead")
    report = told(desk, CLINIC, ReportKind.HARM)
    act(edith, CLINIC, "retire", reason="closed")
    assert act(edith, CLINIC, "bring-back").status_code == 422, "before a reviewer came"
    assert "Nobody brings it back before this is settled." in mona.get(f"/desk/report/{report}").text
    mona.post(f"/desk/report/{report}/hide")
    assert act(edith, CLINIC, "bring-back").status_code == 422
    for reviewer in (mona, sami):
        reviewer.post(f"/desk/report/{report}", data={"said": "holds_not"})
    assert row(desk, CLINIC)["retired_on"] is not None, "what an editor retired is not shown by a report"
    assert act(edith, CLINIC, "bring-back").status_code == 200 and row(desk, CLINIC)["retired_on"] is None


def test_a_newer_list_does_not_bring_back_what_a_reviewer_holds(house: House, tmp_path: Path) -> None:
    old = copied(tmp_path / "old")
    house.run(imported, old, house.settings)
    first = house.run(rows, "SELECT id, source_id FROM service ORDER BY key LIMIT 1")[0]
    newer = copied(tmp_path / "new")
    change_rows(newer, "services", without("ID", first["source_id"]))
    house.run(imported, newer, house.settings)
    assert row(house, first["id"])["retired_on"] is not None
    where = f"/desk/report/{told(house, first['id'], ReportKind.HARM)}"
    hid = house.staff("mona", "moderator").post(f"{where}/hide")
    assert "Nobody finds the service now." in hid.text and row(house, first["id"])["edited_on"] is not None
    house.run(imported, old, house.settings)
    assert row(house, first["id"])["retired_on"] is not None


def test_only_who_hid_it_shows_it_again_before_the_report_is_settled(desk: House) -> None:
    mona, sami = desk.staff("mona", "moderator"), desk.staff("sami", "safeguarding_lead")
    where = f"/desk/report/{told(desk, CLINIC, ReportKind.HARM)}"
    mona.post(f"{where}/hide")
    assert "Show it again" in mona.get(where).text and "Show it again" not in sami.get(where).text
    answer = sami.post(f"{where}/show")
    assert answer.status_code == 422 and "Somebody else hid it." in answer.text
    assert row(desk, CLINIC)["retired_on"] is not None
    mona.post(f"{where}/show")
    assert row(desk, CLINIC)["retired_on"] is None, "a mistake of her own"


def test_no_editor_decides_who_reads_reports_of_harm(desk: House, edith: Client) -> None:
    cora = desk.staff("cora")
    assert 'name="ours"' not in opened(edith, CLINIC) and "A coordinator changes this." in opened(edith, CLINIC)
    send(edith, opened(edith, CLINIC), ours="1", fees="Ten")
    assert not row(desk, CLINIC)["ours"] and row(desk, CLINIC)["fees"] == "Ten"
    page = opened(edith, CLINIC)
    send(cora, opened(cora, CLINIC), ours="1")
    assert row(desk, CLINIC)["ours"]
    line = desk.run(store.lines_about, "service", CLINIC, 1)[0]
    assert (line.details, line.role, line.name) == ("ours", "coordinator", "cora")
    stale = send(edith, page, fees="Eleven")
    assert stale.status_code == 409 and row(desk, CLINIC)["ours"]
    send(edith, stale.text)
    assert row(desk, CLINIC)["ours"] and row(desk, CLINIC)["fees"] == "Eleven", "her form takes no mark away"


def test_harm_at_our_own_place_is_for_the_outside_reviewer_alone(desk: House, edith: Client) -> None:
    cora = desk.staff("cora")
    send(cora, opened(cora, SHELTER), ours="1")
    report = told(desk, SHELTER, ReportKind.HARM, "words")
    for role in ("moderator", "safeguarding_lead", "coordinator", "directory_editor"):
        client = desk.staff(f"one {role.replace('_', ' ')}", role)
        assert client.get(f"/desk/report/{report}").status_code == 404, role
        assert client.post(f"/desk/report/{report}/hide").status_code == 404, role
        assert "Night shelter" not in client.get("/desk/reports").text, role
    oona = desk.staff("oona", "outside_reviewer")
    other = told(desk, CLINIC, ReportKind.HARM)
    page = oona.get("/desk/reports").text
    assert "Night shelter" in page and "Clinic" not in page and oona.get(f"/desk/report/{other}").status_code == 404
    assert oona.get("/desk/services").status_code == 403
    assert "settled" in oona.post(f"/desk/report/{report}", data={"said": "holds"}).text


def test_nobody_who_works_here_becomes_the_outside_reviewer(desk: House, edith: Client) -> None:
    omar = desk.staff("omar")
    number = re.findall(r"/staff/(\d+)/roles", omar.get("/staff").text)[0]
    answer = omar.post(f"/staff/{number}/roles", data={"role": "outside_reviewer"})
    assert answer.status_code == 422 and "somebody new" in answer.text


def test_editors_settle_what_is_wrong_alone(desk: House, edith: Client) -> None:
    report = told(desk, CLINIC, ReportKind.WRONG, "Nobody answers")
    assert "Nobody answers" in edith.get(f"/desk/report/{report}").text
    assert edith.post(f"/desk/report/{report}", data={"said": "maybe"}).status_code == 422
    assert "settled" in edith.post(f"/desk/report/{report}", data={"said": "holds"}).text
    assert desk.staff("mona", "moderator").get(f"/desk/report/{report}").status_code == 404


def test_a_word_on_a_report_outlives_the_sign_in(desk: House) -> None:
    report = told(desk, SHELTER, ReportKind.HARM)
    mona = desk.staff("mona", "moderator")
    mona.get(f"/desk/report/{report}")
    desk.clock.move(minutes=31)
    answer = mona.post(f"/desk/report/{report}", data={"said": "holds", "note": "long thought"})
    assert 'name="carried"' in answer.text and "long thought" not in answer.text
    sealed = html.unescape(re.findall(r'name="carried" value="([^"]*)"', answer.text)[0])
    again = desk.staff("sami", "safeguarding_lead").post(f"/desk/report/{report}", data={"carried": sealed})
    assert "long thought" in again.text and "Nothing was written down yet." in again.text


# Newer lists


SAID = {
    "changed": ["fees", "phones"],
    "texts": {"name": "Clinic", "description": "A doctor.", "website": "https://casa.example", "fees": "Ten"},
    "status": "active",
    "confidential": False,
    "phones": [{"number": "305-555-0199", "extension": "", "kind": "voice", "description": ""}],
    "languages": [{"code": "es", "name": "Spanish", "note": ""}],
    "hours": [[0, 540, 1020]],
    "hours_read": "",
    "recurring": [],
    "places": [],
    "facts": {},
    "row_hash": "b" * 64,
}


def contradict(house: House) -> None:
    async def add(unit: Unit) -> None:
        one = await Service.get(id=CLINIC)
        await Conflict.create(
            service=one, source="county", row_hash="b" * 64, came_on=date(2026, 11, 1), incoming=json.dumps(SAID)
        )

    house.run(stores.write, "directory", add)


def test_a_newer_list_is_taken_part_by_part_and_a_taken_number_drops_the_check(desk: House, edith: Client) -> None:
    act(edith, CLINIC, "verify", how="called")
    contradict(desk)
    where = f"/desk/conflict/{CLINIC}"
    assert "Clinic" in edith.get("/desk/conflicts").text
    page = edith.get(where).text
    assert "305-555-0102" in page and "305-555-0199" in page and "Ten" in page
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    assert edith.post(where, data={"version": "99", "all": "take"}).status_code == 409
    answer = edith.post(where, data={"version": version, "part_phones": "take", "part_fees": "keep"})
    assert "it has to be checked again" in answer.text
    assert row(desk, CLINIC)["fees"] == "" and row(desk, CLINIC)["verified_on"] is None
    assert "305-555-0199" in opened(edith, CLINIC) and ledger(desk, CLINIC)[-1][0] == "dropped"
    assert edith.get(where).status_code == 404 and row(desk, CLINIC)["row_hash"] == "b" * 64


def test_keeping_everything_is_remembered(desk: House, edith: Client) -> None:
    act(edith, CLINIC, "verify", how="called")
    contradict(desk)
    version = str(row(desk, CLINIC)["version"])
    answer = edith.post(f"/desk/conflict/{CLINIC}", data={"version": version, "all": "keep"})
    assert "Everything stays as it was." in answer.text
    assert row(desk, CLINIC)["row_hash"] == "b" * 64 and row(desk, CLINIC)["verified_on"] is not None


def test_what_waits_about_a_place_that_becomes_secret_is_gone(desk: House, edith: Client) -> None:
    contradict(desk)
    page = send(edith, opened(edith, CLINIC), confidential="1").text
    send(edith, page, confidential="1")
    assert row(desk, CLINIC)["confidential"] and "county" not in edith.get("/desk/conflicts").text


def test_what_an_import_brings_is_decided_once(house: House, tmp_path: Path) -> None:
    house.run(imported, copied(tmp_path / "old"), house.settings)
    edith, first = house.staff("edith"), house.run(rows, "SELECT id, source_id FROM service ORDER BY key LIMIT 1")[0]
    act(edith, first["id"], "verify", how="called")
    newer = copied(tmp_path / "new")
    change_rows(newer, "services", where("ID", first["source_id"], fees="Eleven coins"))
    house.run(imported, newer, house.settings)
    page = edith.get(f"/desk/conflict/{first['id']}")
    assert page.status_code == 200 and "Eleven coins" in page.text
    version = re.findall(r'name="version" value="(\d+)"', page.text)[0]
    edith.post(f"/desk/conflict/{first['id']}", data={"version": version, "part_fees": "take"})
    assert row(house, first["id"])["fees"] == "Eleven coins" and row(house, first["id"])["verified_on"] is not None
    house.run(imported, newer, house.settings)
    assert "There is nothing to decide." in edith.get("/desk/conflicts").text


# Lines


def test_members_see_a_line_as_checked_after_two_people_and_a_call(desk: House, edith: Client) -> None:
    cora, beth = desk.staff("cora"), desk.through_the_door("beth", country="US")
    line = next(line for line in book().lines["US"] if line.kind == "trafficking")
    page = edith.get("/desk/lines").text
    digest = re.findall(rf'name="line" value="{re.escape(html.escape(line.id))}">\s*<input[^>]*value="(\w+)"', page)[0]
    said = {"country": "US", "line": line.id, "digest": digest}
    before = beth.get("/numbers").text.count("Not checked by us.")
    edith.post("/desk/lines", data={**said, "word": "called"})
    assert beth.get("/numbers").text.count("Not checked by us.") == before, "never earlier"
    cora.post("/desk/lines", data={**said, "word": "right"})
    shown = beth.get("/numbers").text
    assert "Checked by us on" in shown and "Nobody here has checked them" not in shown
    assert edith.post("/desk/lines", data={**said, "digest": "x", "word": "right"}).status_code == 422
    edith.post("/desk/lines", data={**said, "word": "wrong"})
    assert desk.run(trusted)[line.id].doubted and "Checked by us on" not in beth.get("/numbers").text
    assert edith.post("/desk/lines", data={**said, "word": "settled"}).status_code == 422, "not by her own word"
    assert cora.post("/desk/lines", data={**said, "word": "settled"}).status_code == 200


# Two that are one, many at once


def test_two_that_are_one_are_merged_and_parted_again(desk: House, edith: Client) -> None:
    send(edith, opened(edith, CLINIC), name="Legal office clinic", phone_0_number="305 555 0101", fees="Ten")
    assert "the same telephone number" in edith.get("/desk/duplicates").text
    link = unescaped(re.search(r'<th scope="row"><a href="(/desk/merge/[^"]*)"', edith.get("/desk/duplicates").text))
    page = edith.get(link).text
    if f"/desk/merge/{OFFICE}" not in re.findall(r'action="([^"]*)"', page):
        page = edith.get(unescaped(re.search(r'href="([^"]*)">The other way round', page))).text
    versions = re.findall(r'name="versions" value="([^"]*)"', page)[0]
    sent = {"other": CLINIC, "versions": versions, "part_fees": "take"}
    assert edith.post(f"/desk/merge/{OFFICE}", data={**sent, "versions": "0 0"}).status_code == 409
    done = edith.post(f"/desk/merge/{OFFICE}", data=sent)
    assert "Merged." in done.text and row(desk, OFFICE)["fees"] == "Ten"
    assert row(desk, CLINIC)["merged_into"] == OFFICE and row(desk, CLINIC)["retired_on"] is not None
    read = desk.run(lambda: one_service.read(CLINIC, now=desk.clock(), verified_only=False))
    assert read and read.id == OFFICE, "a link to the one that went leads on"
    number = re.findall(r'name="number" value="(\d+)"', done.text)[0]
    back = edith.post("/desk/changes", data={"number": number, "merged": "1"})
    assert "Taken back." in back.text and row(desk, OFFICE)["fees"] == ""
    assert row(desk, CLINIC)["merged_into"] == "" and row(desk, CLINIC)["retired_on"] is None
    assert edith.post("/desk/changes", data={"number": number, "merged": "1"}).status_code == 404


def test_what_could_be_undone_holds_no_address_of_a_place_that_became_secret(desk: House, edith: Client) -> None:
    send(edith, opened(edith, CLINIC), name="Night shelter too", phone_0_number="305 555 0100")
    listed = edith.get("/desk/duplicates").text
    page = edith.get(unescaped(re.search(r'<th scope="row"><a href="(/desk/merge/[^"]*)"', listed))).text
    if f"/desk/merge/{SHELTER}" not in re.findall(r'action="([^"]*)"', page):
        page = edith.get(unescaped(re.search(r'href="([^"]*)">The other way round', page))).text
    versions = re.findall(r'name="versions" value="([^"]*)"', page)[0]
    done = edith.post(f"/desk/merge/{SHELTER}", data={"other": CLINIC, "versions": versions})
    assert "uietkestrel" in json.dumps(everything(desk.settings)["directory.bulk_edit"])
    answer = send(edith, opened(edith, SHELTER), confidential="1")
    assert answer.status_code == 200 and row(desk, SHELTER)["confidential"]
    assert "uietkestrel" not in json.dumps(everything(desk.settings))
    number = re.findall(r'name="number" value="(\d+)"', done.text)[0]
    assert edith.post("/desk/changes", data={"number": number, "merged": "1"}).status_code == 422


def test_many_are_changed_at_once_and_taken_back_but_for_what_changed_since(desk: House, edith: Client) -> None:
    found = edith.post("/desk/services", data={"words": "casa", "shown": "current"}).text
    where = unescaped(re.search(r'href="([^"]*)">Change all of these', found))
    page = edith.get(where).text
    assert page.count('name="service"') == 3
    chosen = {"kind": "status", "value_status": "temporarily closed", "service": [CLINIC, OFFICE]}
    preview = edith.post(where, data=chosen)
    assert "2 services would differ." in preview.text and row(desk, CLINIC)["status"] == "active"
    done = edith.post(where, data={**chosen, "sure": "1"})
    assert "It can be taken back here." in done.text
    assert row(desk, CLINIC)["status"] == row(desk, OFFICE)["status"] == "temporarily closed"
    assert row(desk, SHELTER)["status"] == "active" and log_of(desk, OFFICE) == ["service_changed"]
    send(edith, opened(edith, OFFICE), status="active")
    number = re.findall(r'name="number" value="(\d+)"', done.text)[0]
    assert "but for services" in edith.post("/desk/changes", data={"number": number}).text
    assert row(desk, CLINIC)["status"] == "active"


@pytest.mark.parametrize("kind", ["retire", "facet", "full", "closed_until"])
def test_each_kind_of_bulk_edit_goes_there_and_back(desk: House, edith: Client, kind: str) -> None:
    found = edith.post("/desk/services", data={"words": "casa", "shown": "current"}).text
    where = unescaped(re.search(r'href="([^"]*)">Change all of these', found))
    value = {"retire": "closed for good", "facet": "pets", "full": "1", "closed_until": "2026-12-24"}[kind]
    before = {name: row(desk, CLINIC)[name] for name in ("retired_on", "full_on", "closed_until")}
    done = edith.post(where, data={"kind": kind, f"value_{kind}": value, "service": [CLINIC], "sure": "1"})
    assert done.status_code == 200 and "It can be taken back here." in done.text
    now = {name: row(desk, CLINIC)[name] for name in before}
    assert now != before or facets(desk, CLINIC) == {"pets"}
    number = re.findall(r'name="number" value="(\d+)"', done.text)[0]
    edith.post("/desk/changes", data={"number": number})
    assert {name: row(desk, CLINIC)[name] for name in before} == before and facets(desk, CLINIC) == set()


@pytest.mark.parametrize("day", ["2020-12-24", "2206-12-24"])
def test_many_are_not_closed_until_a_day_that_is_over_or_far(desk: House, edith: Client, day: str) -> None:
    found = edith.post("/desk/services", data={"words": "casa", "shown": "current"}).text
    where = unescaped(re.search(r'href="([^"]*)">Change all of these', found))
    sent = {"kind": "closed_until", "value_closed_until": day, "service": [CLINIC], "sure": "1"}
    answer = edith.post(where, data=sent)
    assert answer.status_code == 422 and "Please give a day from today on" in answer.text and day in answer.text
    assert row(desk, CLINIC)["closed_until"] is None


def test_the_log_calls_a_change_of_many_by_its_number_not_by_a_person(desk: House, edith: Client) -> None:
    desk.staff("cora")
    numbers = [many_at_once(edith, CLINIC, kind="full", value=full) for full in ("1", "")]
    for number in numbers:
        edith.post("/desk/changes", data={"number": number})
    log = desk.staff("ada", "auditor").get("/log").text
    cells = [line for line in re.findall(r"<tr>.*?</tr>", log, re.DOTALL) if "of many services back" in line]
    said = [re.findall(r"<td><bdi>(.*?)</bdi></td>", line)[0] for line in cells]
    assert said == [f"bulk {number}" for number in reversed(numbers)]


def test_a_form_that_is_sent_twice_was_saved_once(desk: House, edith: Client) -> None:
    page = opened(edith, CLINIC)
    typed = {"hours_0": "22:00-06:00", "hours_2": "24h", "fees": "Ten", "phone_1_number": "305 555 0177"}
    send(edith, page, **typed)
    before = row(desk, CLINIC)["version"]
    again = send(edith, page, **typed)
    assert again.status_code == 200 and "You saved this already." in again.text
    assert row(desk, CLINIC)["version"] == before and again.text.count("305 555 0177") == send(
        edith, page, **typed
    ).text.count("305 555 0177")
    assert send(edith, page, **{**typed, "fees": "Eleven"}).status_code == 409, "something else was typed"
    cora = desk.staff("cora")
    send(cora, opened(cora, CLINIC), documents="Nothing")
    both = send(edith, page, **typed)
    assert both.status_code == 409, "somebody else was there"
    assert not re.search(r"Changed by both[^<]*Opening hours", both.text)


def test_a_night_is_shown_as_it_was_typed(edith: Client) -> None:
    send(edith, opened(edith, CLINIC), hours_0="22:00-06:00", hours_6="20:00-02:00")
    _, fields = form_on(opened(edith, CLINIC))
    assert (fields["hours_0"], fields["hours_1"], fields["hours_6"]) == ("22:00-06:00", "", "20:00-02:00")
    assert "Nothing was different" in send(edith, opened(edith, CLINIC)).text


def test_a_check_is_never_done_in_bulk(desk: House, edith: Client) -> None:
    found = edith.post("/desk/services", data={"words": "casa", "shown": "current"}).text
    where = unescaped(re.search(r'href="([^"]*)">Change all of these', found))
    for kind in ("verify", "verified_on", "", "name"):
        answer = edith.post(where, data={"kind": kind, "service": [CLINIC], "sure": "1"})
        assert answer.status_code == 422 and "Please choose what to change." in answer.text
    assert row(desk, CLINIC)["verified_on"] is None
