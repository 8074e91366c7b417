"""Promise: the desk loses nothing that was typed: by another button, an old page, an ended sign-in or a long text."""

from __future__ import annotations

import contextlib
import html
import http.client
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from pyotp.totp import TOTP

from moderation import store
from moderation.actions import add_staff
from moderation.app import FORM_BYTES
from server import stores
from server.cli.bounded import AROUND
from server.resources.models import Package
from server.resources.service_form import MOST_PHONES, MOST_PLACES, PHONE_TEXTS, PLACE_TEXTS, TEXTS, longest
from server.stores import Unit
from tests.desk_forms import (
    CLINIC,
    OFFICE,
    SHELTER,
    act,
    add_three,
    form_on,
    log_of,
    opened,
    row,
    send,
    today,
    unescaped,
)
from tests.house import Client, House
from tests.looking import everything, files_holding
from tests.serving import Served, Visitor


@pytest.fixture
def desk(house: House) -> House:
    house.run(stores.write, "directory", add_three)
    return house


@pytest.fixture
def edith(desk: House) -> Client:
    return desk.staff("edith")


# Every button sends the one form


@pytest.mark.parametrize(
    ("button", "beside", "said"),
    [
        ("/verify", {"how": "called"}, "Saved, and written down as checked today."),
        ("/retire", {"reason": "closed"}, "Retired."),
    ],
)
def test_what_was_typed_is_saved_with_whatever_button(
    desk: House, edith: Client, button: str, beside: dict[str, str], said: str
) -> None:
    answer = send(edith, opened(edith, CLINIC), button, fees="Ten", phone_0_number="305-555-0188", **beside)
    assert answer.status_code == 200 and said in answer.text
    assert row(desk, CLINIC)["fees"] == "Ten" and "305-555-0188" in opened(edith, CLINIC)
    assert log_of(desk, CLINIC) == [
        "service_changed",
        {"/verify": "service_verified", "/retire": "service_retired"}[button],
    ]
    if button == "/verify":
        assert str(row(desk, CLINIC)["verified_on"]) == today(desk), "what was checked is what is saved"


def test_bringing_back_saves_too(desk: House, edith: Client) -> None:
    act(edith, CLINIC, "retire", reason="closed")
    send(edith, opened(edith, CLINIC), "/bring-back", fees="Ten")
    assert row(desk, CLINIC)["fees"] == "Ten" and row(desk, CLINIC)["retired_on"] is None


@pytest.mark.parametrize("beside", [{}, {"how": "guessed"}, {"how": "called", "hours_1": "9-5"}])
def test_a_check_that_cannot_be_written_down_keeps_everything(
    desk: House, edith: Client, beside: dict[str, str]
) -> None:
    before = everything(desk.settings)
    answer = send(edith, opened(edith, CLINIC), "/verify", fees="Ten", reason="half a reason", **beside)
    assert answer.status_code == 422 and everything(desk.settings) == before
    _, kept = form_on(answer.text)
    assert (kept["fees"], kept["reason"]) == ("Ten", "half a reason")
    if beside.get("how") == "called":
        assert re.search(r'value="called"[^>]* checked', answer.text)


def test_a_check_of_what_somebody_else_changed_keeps_what_was_typed(desk: House, edith: Client) -> None:
    page = opened(edith, CLINIC)
    act(desk.staff("cora"), CLINIC, "save", eligibility="Everyone")
    answer = send(edith, page, "/verify", fees="Ten", how="called")
    assert answer.status_code == 409 and row(desk, CLINIC)["verified_on"] is None
    _, kept = form_on(answer.text)
    assert (kept["fees"], kept["eligibility"]) == ("Ten", "Everyone")


def test_saving_keeps_what_stands_beside_the_form(edith: Client) -> None:
    answer = send(edith, opened(edith, CLINIC), fees="Ten", how="visited", reason="half a reason")
    assert "half a reason" in answer.text and re.search(r'value="visited"[^>]* checked', answer.text)
    assert "half" not in str(answer.url)


def test_a_button_alone_changes_no_field(desk: House, edith: Client) -> None:
    """A page from before the last update sends no fields: a secret place is not made public by that."""
    send(edith, opened(edith, SHELTER), confidential="1")
    version = str(row(desk, SHELTER)["version"])
    sent = {"version": version, "how": "called"}
    assert edith.post(f"/desk/service/{SHELTER}/verify", data=sent).status_code == 200
    assert row(desk, SHELTER)["confidential"] and row(desk, SHELTER)["verified_on"] is not None


def test_enter_in_a_field_saves_and_neither_checks_nor_retires(edith: Client) -> None:
    """A browser takes the first button of the form, in the order of the page."""
    page = opened(edith, CLINIC)
    first = re.findall(r'<button[^>]*form="service"[^>]*>|<button class="main">Save', page)[0]
    assert "formaction" not in first and page.index(first) < page.index("/verify?")


# A page that waited


@pytest.mark.parametrize("button", ["/save", "/verify"])
def test_a_form_is_saved_however_long_its_page_waited(desk: House, edith: Client, button: str) -> None:
    edith.post("/desk/services", data={"words": "clinic"})
    page = opened(edith, CLINIC)
    for _ in range(3):
        desk.clock.move(minutes=20)
        edith.get("/desk")  # another tab keeps the sign-in alive
    answer = send(edith, page, button, fees="Ten", how="called")
    assert answer.status_code == 200 and answer.url.path == f"/desk/service/{CLINIC}" and "aved" in answer.text
    assert row(desk, CLINIC)["fees"] == "Ten"


@pytest.mark.parametrize("button", ["save", "verify", "retire", "bring-back"])
def test_whoever_asks_for_the_address_of_a_form_is_led_to_the_service(edith: Client, button: str) -> None:
    answer = edith.get(f"/desk/service/{CLINIC}/{button}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/service/{CLINIC}")
    assert edith.get(f"/desk/service/none/{button}").status_code == 404


def test_a_sign_in_page_that_waited_signs_in(desk: House) -> None:
    nora = Nora(desk)
    client = desk.stranger_at_the_desk()
    action = unescaped(re.search(r'action="(/\?t=[^"]+)"', client.get("/log").text))
    desk.clock.move(minutes=40)
    assert client.post(action, data=nora.typed()).url.path == "/desk"


# A sign-in that ended


class Nora:
    """Somebody with a phrase and an app, who signs in again."""

    def __init__(self, house: House, role: str = "directory_editor") -> None:
        code = house.run(add_staff, "Nora", [role], house.clock())
        self.house = house
        self.client = house.stranger_at_the_desk()
        shown = self.client.post("/setup", data={"name": "Nora", "code": code}).text
        self.phrase = " ".join(re.findall(r"<li>(\w+)</li>", shown))
        self.secret = "".join(re.findall(r"<span>([A-Z2-7]+)</span>", shown))
        where = unescaped(re.search(r'action="(/setup/phrase[^"]*)"', shown))
        assert self.client.post(where, data=self.typed()).url.path == "/desk"

    def typed(self) -> dict[str, str]:
        return {"name": "Nora", "phrase": self.phrase, "code": TOTP(self.secret).at(self.house.clock())}


def hidden(page: str) -> str:
    return unescaped(re.search(r'name="carried" value="([^"]+)"', page))


def carried_on(page: str) -> str:
    return unescaped(re.search(r'action="(/desk/service/[^"]+)"', page))


def test_what_was_typed_while_the_sign_in_ended_is_there_after_signing_in(desk: House) -> None:
    nora = Nora(desk)
    page = opened(nora.client, CLINIC)
    desk.clock.move(minutes=31)
    before = row(desk, CLINIC)
    asked = send(nora.client, page, fees="Ten, Quietheron", phone_0_number="305-555-0188", reason="half")
    assert asked.status_code == 403 and "What you typed is kept in this page" in asked.text
    assert "Quietheron" not in asked.text, "nobody reads it on the way"
    wrong = nora.client.post("/", data={"carried": hidden(asked.text), "name": "Nora", "phrase": "x", "code": "1"})
    assert wrong.status_code == 422 and hidden(wrong.text) == hidden(asked.text)
    signed_in = nora.client.post("/", data={"carried": hidden(wrong.text), **nora.typed()})
    assert signed_in.status_code == 200 and "Continue where you stopped" in signed_in.text
    shown = nora.client.post(carried_on(signed_in.text), data={"carried": hidden(signed_in.text)})
    assert shown.status_code == 200 and "Nothing was saved yet" in shown.text
    assert row(desk, CLINIC) == before
    _, kept = form_on(shown.text)
    assert (kept["fees"], kept["phone_0_number"], kept["reason"]) == ("Ten, Quietheron", "305-555-0188", "half")
    if not desk.settings.database_url:
        assert files_holding([desk.settings.data], "Quietheron") == []
    assert send(nora.client, shown.text).status_code == 200
    assert row(desk, CLINIC)["fees"] == "Ten, Quietheron"


def test_what_comes_back_is_held_against_what_somebody_else_saved_meanwhile(desk: House) -> None:
    nora = Nora(desk)
    page = opened(nora.client, CLINIC)
    desk.clock.move(minutes=31)
    asked = send(nora.client, page, fees="Ten")
    act(desk.staff("cora"), CLINIC, "save", fees="Twelve")
    signed_in = nora.client.post("/", data={"carried": hidden(asked.text), **nora.typed()})
    shown = nora.client.post(carried_on(signed_in.text), data={"carried": hidden(signed_in.text)})
    answer = send(nora.client, shown.text)
    assert answer.status_code == 409 and "Twelve" in answer.text and form_on(answer.text)[1]["fees"] == "Ten"
    assert row(desk, CLINIC)["fees"] == "Twelve"


def test_what_is_carried_opens_no_door(desk: House) -> None:
    """Another service, another role, another site, a changed byte, a day later: nothing is shown, nothing is saved."""
    nora = Nora(desk, "auditor")
    desk.clock.move(minutes=31)
    asked = nora.client.post(f"/desk/service/{CLINIC}/save", data={"status": "active", "name": "x", "fees": "Ten"})
    text = hidden(asked.text)
    nora.client.post("/", data=nora.typed())
    assert nora.client.post(f"/desk/service/{CLINIC}/save", data={"carried": text}).status_code == 403
    edith = desk.staff("edith")
    evil = {"sec-fetch-site": "cross-site"}
    assert edith.post(f"/desk/service/{CLINIC}/save", data={"carried": text}, headers=evil).status_code == 403
    for sent in (text[:-2] + ("AA" if text[-2:] != "AA" else "BB"), "x", ""):
        answer = edith.post(f"/desk/service/{CLINIC}/save", data={"carried": sent})
        assert answer.status_code == 422 and "has waited too long" in answer.text and "Ten" not in answer.text
    assert edith.post(f"/desk/service/{OFFICE}/save", data={"carried": text}).status_code == 422
    assert edith.post(f"/desk/service/{CLINIC}/save", data={"carried": text}).status_code == 200
    desk.clock.move(hours=12)
    late = desk.staff("cora").post(f"/desk/service/{CLINIC}/save", data={"carried": text})
    assert late.status_code == 422
    assert row(desk, CLINIC)["fees"] == "" and row(desk, CLINIC)["version"] == 1


# Long texts


def full_form() -> dict[str, str]:
    """Every field as long as its page lets it be, in letters that a browser sends as nine bytes each."""
    names = [*TEXTS, "languages", "hours_text", *(f"hours_{day}" for day in range(7))]
    names += [f"phone_{at}_{name}" for at in range(MOST_PHONES) for name in PHONE_TEXTS]
    names += [f"place_{at}_{name}" for at in range(MOST_PLACES) for name in PLACE_TEXTS]
    return {name: "字" * longest(name) for name in names}


def test_the_longest_form_there_can_be_is_read(desk: House, edith: Client) -> None:
    page = opened(edith, CLINIC)
    where, fields = form_on(page)
    whole = {**fields, **full_form(), "others": " ".join([CLINIC] * 60)}
    assert len(urlencode(whole)) < FORM_BYTES
    assert edith.post(where, data=whole).status_code == 422, "read, and said field by field"
    answer = edith.post(where, data={**fields, "description": "字" * 8000, "eligibility": "ع" * 8000})
    assert answer.status_code == 200 and row(desk, CLINIC)["description"] == "字" * 8000
    assert AROUND > 64 * 1024, "the address and the headers of a request"


@pytest.mark.parametrize(("field", "most"), [("description", 8000), ("name", 300), ("phone_0_number", 64)])
def test_one_letter_too_many_is_said_with_the_number_and_kept(edith: Client, field: str, most: int) -> None:
    page = opened(edith, CLINIC)
    assert re.search(rf'name="{field}"[^>]* maxlength="{most}"', page)
    answer = send(edith, page, **{field: "x" * (most + 1)})
    assert answer.status_code == 422 and f"At most {most} letters fit here." in html.unescape(answer.text)
    assert form_on(answer.text)[1][field] == "x" * (most + 1)


def test_more_than_any_form_holds_is_still_refused(edith: Client) -> None:
    assert edith.post(f"/desk/service/{CLINIC}/save", data={"fees": "x" * (FORM_BYTES + 1)}).status_code == 413


# What the desk says


def test_the_desk_says_whether_people_find_the_service_now(desk: House, edith: Client) -> None:
    assert "People can find it now." in opened(edith, CLINIC)
    assert "because it is retired." in act(edith, CLINIC, "retire", reason="closed").text
    assert "People can find it now." in act(edith, CLINIC, "bring-back").text
    closed = send(edith, opened(edith, CLINIC), status="temporarily closed").text
    assert "because it is not open." in closed and "People can find it now." not in closed
    object.__setattr__(desk.settings, "show_unverified", False)
    assert "because nobody has checked it." in opened(edith, OFFICE)
    assert "People can find it now." in act(edith, OFFICE, "verify", how="called").text
    assert "Legal office" in desk.through_the_door("beth").post("/places", data={"q": "legal office"}).text


def test_today_is_the_day_of_the_operator(desk: House, edith: Client) -> None:
    desk.clock.set(datetime(2026, 3, 11, 2, 30, tzinfo=UTC))  # still the tenth in New York
    edith = desk.staff("cora")
    answer = act(edith, CLINIC, "verify", how="called")
    assert str(row(desk, CLINIC)["verified_on"]) == "2026-03-10"
    assert "2026-03-10" in answer.text and "2026-03-11" not in answer.text
    assert desk.run(store.newest_lines, 1)[0].at == "2026-03-11T02:30:00+00:00", "the log keeps one clock"


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("12", "This number is too short."),
        ("12345 ext 4", ""),
        ("112", ""),
        ("116 016", ""),
        ("988", ""),
        ("*55", ""),
        ("555-0100", ""),
        ("305-555-0188", ""),
        ("+34 600 123 456", ""),
        ("+34 600", "This is not a telephone number."),
        ("305-555-01888888", "This is not a telephone number."),
    ],
)
def test_a_number_is_one_that_can_be_dialled(desk: House, edith: Client, number: str, fault: str) -> None:
    answer = send(edith, opened(edith, CLINIC), phone_0_number=number)
    assert answer.status_code == (422 if fault else 200), number
    assert fault in answer.text
    if fault:
        assert form_on(answer.text)[1]["phone_0_number"] == number
    assert ("305-555-0102" in repr(everything(desk.settings))) == bool(fault)


def test_a_service_is_found_by_its_town_unless_the_place_is_secret(desk: House, edith: Client) -> None:
    def found(words: str) -> list[str]:
        page = edith.post("/desk/services", data={"words": words}).text
        return re.findall(r'<th scope="row"><a[^>]*>([^<]*)</a>', page)

    assert found("miami") == ["Clinic", "Legal office", "Night shelter"] and found("MIAMI legal") == ["Legal office"]
    send(edith, opened(edith, SHELTER), confidential="1")
    assert found("miami") == ["Clinic", "Legal office"]


def test_a_newer_list_of_the_publisher_is_told_until_somebody_saved_or_checked(desk: House, edith: Client) -> None:
    async def imported(unit: Unit) -> None:
        await unit.run("UPDATE service SET source = 'county' WHERE id = ?", CLINIC)
        day = desk.clock().date() + timedelta(days=2)
        await Package.create(source="county", name="County", digest="x", imported_on=day)

    newer = "Its publisher sent a newer list on"
    desk.run(stores.write, "directory", imported)
    assert newer not in opened(edith, CLINIC), "nobody has touched it: the list is what stands there"
    act(edith, CLINIC, "verify", how="called")
    assert newer in opened(edith, CLINIC) and newer not in opened(edith, OFFICE)
    desk.clock.move(days=4)
    edith = desk.staff("cora")
    act(edith, CLINIC, "verify", how="called")
    assert newer not in opened(edith, CLINIC)


def test_the_served_desk_reads_a_long_form_and_the_members_address_does_not(served: Served) -> None:
    long = {"fees": "字" * 40_000}
    assert Visitor(served.staff).ask("/desk/service/none/save", long).status == 303, "read, and led to the sign-in"
    with contextlib.suppress(OSError, http.client.HTTPException):  # cut off, or told
        assert served.through_the_door().ask("/places", {"q": "字" * 40_000}).status == 413
