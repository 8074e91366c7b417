"""Promise: a place that staff mark as confidential is nowhere any more, and whoever marks it sees who else shows it."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation import app as desk_app
from server import app as members
from server import stores
from server.resources import store as directory_store
from server.resources.confidential import WITHHELD, scrub
from server.resources.exporting import export_directory
from server.resources.known_places import (
    ORDINALS,
    folded,
    same_place,
    same_street,
    scrub_known,
    scrub_website,
    secrets_of_place,
    street_of,
)
from server.resources.models import (
    BulkEdit,
    Conflict,
    LineCheck,
    Location,
    Organization,
    Package,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceLanguage,
    ServiceTerm,
    Term,
    Verification,
)
from server.resources.withholding import TEXTS
from server.settings import Settings
from server.stores import Unit
from server.urls import OPEN
from tests.desk_forms import CLINIC, OFFICE, SHELTER, STREET, act, add_three, form_on, log_of, opened, row, send
from tests.house import Client, House, opened_house
from tests.looking import everything

DAY = date(2026, 11, 22)
ASKED = {
    **{kind: {"full": "true"} for kind in ("services", "organizations", "service_at_locations")},
    **{kind: {"per_page": "50"} for kind in ("taxonomies", "taxonomy_terms")},
}
SAME_STREET, SAME_POINT, ELSEWHERE = (str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("same", "point", "else"))


async def _add_neighbours(unit: Unit) -> None:
    """Entries of their own, of another body: one in the same house, one at the same point, one that names the house."""
    body = await Organization.create(id=str(uuid.uuid4()), name="Hands", description=f"Our friends: {STREET}.")
    made: dict[str, tuple[str, dict[str, Any], str]] = {
        SAME_STREET: ("Food bank", {"address_1": "1729 quietkestrel st., Suite 2", "city": "Miami"}, "Bread."),
        SAME_POINT: ("Sewing circle", {"latitude": 25.70001, "longitude": -80.19999}, "Thread."),
        ELSEWHERE: ("Bus line", {"address_1": "1729 Other Street"}, "Stops at Quietkestrel Street 1729. Runs daily."),
    }
    for public_id, (name, place, description) in made.items():
        one = await Service.create(id=public_id, name=name, organization=body, description=description)
        await Phone.create(service=one, number="305-555-0177", description="near 1729 Quietkestrel")
        at = await Location.create(id=str(uuid.uuid4()), **place)
        await ServiceAtLocation.create(id=str(uuid.uuid4()), service=one, location=at)
        await directory_store.index(unit, [one.key])
    await Location.create(id=str(uuid.uuid4()), address_1=STREET, city="Miami")  # of nobody any more


@pytest.fixture
def desk(house: House) -> House:
    house.run(stores.write, "directory", add_three)
    house.run(stores.write, "directory", _add_neighbours)
    return house


@pytest.fixture
def edith(desk: House) -> Client:
    return desk.staff("edith")


def address_of(house: House, service: str) -> str:
    found = house.run(
        stores.rows, "directory",
        "SELECT l.address_1 FROM location l JOIN service_at_location a ON a.location_id = l.key"
        " JOIN service s ON s.key = a.service_id WHERE s.id = ?", service,
    )  # fmt: skip
    return str(found[0]["address_1"]) if found else ""


# Others at the same address


def test_the_form_names_the_other_services_at_the_address_and_ticks_them(edith: Client) -> None:
    page = opened(edith, SHELTER)
    told = page[page.index('id="others"') : page.index("</fieldset>", page.index('id="others"'))]
    assert re.findall(r'name="also_([^"]+)"[^>]* checked', told) == [SAME_STREET, SAME_POINT]
    assert "Food bank" in told and "Hands · 1729 quietkestrel st., Suite 2, Miami" in told
    assert "Bus line" not in page and "Clinic" not in told


def test_all_of_them_become_confidential_with_one_save(desk: House, edith: Client) -> None:
    answer = send(edith, opened(edith, SHELTER), confidential="1")
    assert answer.status_code == 200 and "The other services you chose are confidential now too." in answer.text
    assert "uietkestrel" not in repr(everything(desk.settings))
    assert "25.7" not in repr(everything(desk.settings))
    for service in (SAME_STREET, SAME_POINT):
        assert row(desk, service)["confidential"] and address_of(desk, service) == ""
        assert log_of(desk, service) == ["service_changed"]
    assert not row(desk, ELSEWHERE)["confidential"] and address_of(desk, ELSEWHERE) == "1729 Other Street"
    assert row(desk, ELSEWHERE)["description"] == f"Stops at {WITHHELD}. Runs daily."


def test_one_that_is_unticked_keeps_its_address(desk: House, edith: Client) -> None:
    send(edith, opened(edith, SHELTER), confidential="1", **{f"also_{SAME_STREET}": ""})
    assert not row(desk, SAME_STREET)["confidential"] and "1729" in address_of(desk, SAME_STREET)
    assert "near 1729 Quietkestrel" in opened(edith, SAME_STREET), "nor is anything taken out of its words"
    assert row(desk, SAME_POINT)["confidential"] and row(desk, SHELTER)["confidential"]


def test_a_page_that_did_not_name_them_is_shown_again_and_loses_nothing(desk: House, edith: Client) -> None:
    where, fields = form_on(opened(edith, SHELTER))
    old = {name: value for name, value in fields.items() if name != "others" and not name.startswith("also_")}
    before = everything(desk.settings)
    answer = edith.post(where, data={**old, "confidential": "1", "fees": "Ten a night"})
    assert answer.status_code == 422 and "Other services are at this address." in answer.text
    assert everything(desk.settings) == before
    _, kept = form_on(answer.text)
    assert kept["fees"] == "Ten a night" and kept["confidential"] == "1" and kept[f"also_{SAME_STREET}"] == "1"
    assert send(edith, answer.text).status_code == 200
    assert row(desk, SAME_STREET)["confidential"] and row(desk, SHELTER)["fees"] == "Ten a night"


def test_nobody_is_hidden_who_is_not_at_the_address_whatever_a_form_says(desk: House, edith: Client) -> None:
    where, fields = form_on(opened(edith, SHELTER))
    forged = {**fields, "confidential": "1", "others": f"{fields['others']} {CLINIC}", f"also_{CLINIC}": "1"}
    assert edith.post(where, data=forged).status_code == 200
    assert not row(desk, CLINIC)["confidential"] and address_of(desk, CLINIC) == "1 Main Street"


def test_one_roof_that_all_leave_is_blanked(desk: House, edith: Client) -> None:
    send(edith, opened(edith, OFFICE), confidential="1")
    assert row(desk, CLINIC)["confidential"]
    assert "1 Main Street" not in repr(everything(desk.settings))


def test_a_form_of_a_neighbour_that_was_open_meanwhile_does_not_bring_the_words_back(
    desk: House, edith: Client
) -> None:
    stale = opened(desk.staff("cora"), ELSEWHERE)
    send(edith, opened(edith, SHELTER), confidential="1")
    assert send(edith, stale, fees="Two").status_code == 409


# Every text of everybody


async def _tell_everywhere(unit: Unit) -> None:
    """A neighbour and all that hangs on it, that waits and that is written down: each text names the house."""
    one = await Service.get(id=ELSEWHERE)
    await Schedule.create(service=one, weekday=1, opens=60, closes=120)
    await ServiceLanguage.create(service=one, code="es")
    term = await Term.create(id=str(uuid.uuid4()))
    await ServiceTerm.create(service=one, term=term)
    await Verification.create(service=one, checked_on=DAY, checked_by="edith", outcome="right")
    await LineCheck.create(line="line", digest="x", checked_on=DAY, checked_by="edith")
    await Conflict.create(service=one, source="x", row_hash="x", came_on=DAY)
    await BulkEdit.create(made_on=DAY, made_by="edith")
    await Package.create(source="x", imported_on=DAY)
    for table, columns in TEXTS.items():
        for column in columns:
            said = {"incoming": f'{{"a": ["{STREET}"]}}', "before": f'{{"a": ["{STREET}"]}}'}.get(
                column, f"at {STREET}"
            )
            said = "http://1729-quietkestrel-street.example" if column in ("website", "chat") else said
            where = "organization_id IS NULL AND address_1 = '1729 Other Street'" if table == "location" else "TRUE"
            where = f"key = {one.key}" if table == "service" else where
            assert await unit.run(f"UPDATE {table} SET {column} = ? WHERE {where}", said), table
    await directory_store.index(unit, [one.key])


def test_no_text_of_anybody_keeps_the_house_nor_do_export_and_api(settings: Settings, tmp_path: Path) -> None:
    mine = replace(settings, open_directory=True)
    with opened_house(mine, members.create_app, desk_app.create_app) as house:
        for work in (add_three, _add_neighbours, _tell_everywhere):
            house.run(stores.write, "directory", work)
        assert repr(everything(mine)).lower().count("quietkestrel") >= sum(map(len, TEXTS.values()))
        edith = house.staff("edith")
        assert send(edith, opened(edith, SHELTER), confidential="1").status_code == 200
        assert "quietkestrel" not in repr(everything(mine)).lower()
        house.run(export_directory, tmp_path / "out", "json")
        told = "".join(file.read_text() for file in (tmp_path / "out").iterdir())
        answers = [house.visitor("carl").get(f"{OPEN}/{kind}", params=asking) for kind, asking in ASKED.items()]
        told += "".join(answer.text for answer in answers)
        assert {answer.status_code for answer in answers} == {200} and "Food bank" not in told
        assert ELSEWHERE in told and "quietkestrel" not in told.lower()
        assert not row(house, ELSEWHERE)["website"] and not row(house, ELSEWHERE)["email"], "no half of an address"


def test_an_address_with_the_word_beside_it_is_taken_out_everywhere(desk: House, edith: Client) -> None:
    async def word(unit: Unit) -> None:
        await unit.run("UPDATE location SET address_1 = ? WHERE address_1 = ?", f"{STREET} (confidential)", STREET)
        told = "UPDATE service SET alternate_name = 'Casa de Quietkestrel Street', eligibility = ? WHERE id = ?"
        await unit.run(told, "Come to Quietkestrel Street after dark. All.", SHELTER)

    desk.run(stores.write, "directory", word)
    send(edith, opened(edith, SHELTER), confidential="1")
    assert "uietkestrel" not in repr(everything(desk.settings))
    assert row(desk, SHELTER)["eligibility"] == f"{WITHHELD}. All."


def test_the_way_to_a_secret_place_is_taken_out_when_it_is_typed(desk: House, edith: Client) -> None:
    send(edith, opened(edith, SHELTER), confidential="1")
    send(edith, opened(edith, SHELTER), description="Beds. Behind the Heron school. Meals.")
    assert row(desk, SHELTER)["description"] == f"Beds. {WITHHELD}. Meals."


# Later


@pytest.mark.parametrize(
    "typed",
    ["Come to Heron Street 45.", "Ask at calle Heron 45", "See https://a.example/45-heron-street now", "45 Heron Ln"],
)
def test_an_address_typed_later_is_taken_out_and_that_is_said(desk: House, edith: Client, typed: str) -> None:
    send(edith, opened(edith, SHELTER), confidential="1")
    answer = send(edith, opened(edith, SHELTER), application_process=typed)
    assert "What reads like an address was taken out" in answer.text
    assert "eron" not in repr(everything(desk.settings))
    assert WITHHELD in str(row(desk, SHELTER)["application_process"])
    again = send(edith, opened(edith, SHELTER), fees="Ten")
    assert "was taken out" not in again.text, "it is said once, not at every save"


def test_the_reason_of_a_retirement_holds_no_address_that_may_be_secret_later(desk: House, edith: Client) -> None:
    act(edith, SHELTER, "retire", reason=f"Left {STREET}. The house on Quietkestrel Street is empty, call first")
    act(edith, SHELTER, "bring-back")
    send(edith, opened(edith, SHELTER), confidential="1")
    assert "uietkestrel" not in repr(everything(desk.settings))


# The rules, without a machine

names = st.sampled_from(["Heron", "Osprey", "Martin Luther King", "5th", "Ocho", "Núñez", "Rose"])
kinds = st.sampled_from(["Street", "St", "St.", "Avenue", "Ave.", "Blvd", "Road", "Way", "Court", "LANE", "Calle"])
sides = st.sampled_from(["", "NW ", "N. ", "South "])
ways = st.sampled_from(
    [
        "{n} {s}{name} {kind}",
        "{n}, {name}",
        "{name} {kind} {n}",
        "{kind} {name} {n}",
        "{kind} {name}, no. {n}",
        "{name} {n}",
        "https://a.example/visit/{n}-{slug}",
        "a.example/{slug}_{n}.html",
        "number {n}, the blue door on {name} {kind}",
    ]
)


@given(number=st.integers(1, 9999), name=names, kind=kinds, other=kinds, side=sides, way=ways, shout=st.booleans())
def test_a_known_address_is_found_in_any_order_and_spelling(
    number: int, name: str, kind: str, other: str, side: str, way: str, shout: bool
) -> None:
    said = way.format(n=number, s=side, name=name, kind=other, slug=name.lower().replace(" ", "-"))
    text = f"We are open. Come to {said.upper() if shout else said} today. Bring nothing."
    kept = scrub_known(text, [f"{number} {name} {kind}"])
    assert folded(name).split()[0] not in folded(kept), kept
    assert kept.startswith("We are open.") and kept.endswith("Bring nothing.")
    assert scrub_known(kept, [f"{number} {name} {kind}"]) == kept


@given(st.text(max_size=200), st.text(max_size=40))
def test_what_is_cut_out_never_fails_and_adds_nothing(text: str, secret: str) -> None:
    for own in (False, True):
        kept = scrub_known(text, [secret], own=own)
        assert len(kept) <= len(text) + len(WITHHELD) * (1 + text.count(" ") + len(text))
        assert scrub_known(kept, [secret], own=own) == kept
    assert len(folded(text)) == len(text)
    street_of(secret)


@pytest.mark.parametrize(
    ("text", "own", "kept"),
    [
        ("Ring at the house on Main Street. Wait.", True, f"{WITHHELD}. Wait."),
        ("Ring at the house on Main Street. Wait.", False, "Ring at the house on Main Street. Wait."),
        ("Twelve beds in the main room.", True, "Twelve beds in the main room."),
        ("Beside Osprey  House, left", False, f"Beside {WITHHELD}, left"),
        ("at 25.7617 N, -80.1918", False, f"at {WITHHELD} N, {WITHHELD}"),
        ("Wait. The point is 25,76", True, f"Wait. {WITHHELD}"),
        ("costs $25.76", True, "costs $25.76"),
        ("Call 305-555-0012", True, "Call 305-555-0012"),
        ("The Blue Wing, behind", False, f"The {WITHHELD}, behind"),
    ],
)
def test_in_doubt_the_sentence_is_withheld_where_the_place_itself_is_told_of(text: str, own: bool, kept: str) -> None:
    known = ["12 Main St", "Osprey House", "Blue Wing", "25.761700,-80.191800"]
    assert scrub_known(text, known, own=own) == kept


def test_what_was_taken_out_is_no_end_of_a_sentence() -> None:
    known = ["Osprey House", "12 Main St"]
    text = "The Osprey House on Main Street has number 12. Ring."
    assert scrub_known(text, known) == f"{WITHHELD}. Ring."


def place(**given: Any) -> dict[str, Any]:
    empty = {"address_1": "", "address_2": "", "city": "", "name": "", "latitude": None, "longitude": None}
    return {**empty, **given}


def test_only_a_name_that_says_something_is_a_secret() -> None:
    assert secrets_of_place(place(address_1="12 Oak St", name="The house", address_2="Floor 2"), []) == ("12 Oak St",)
    assert secrets_of_place(place(name="Osprey House"), ["Casa Verde"]) == ("Osprey House",)
    assert secrets_of_place(place(name="Casa Verde Annex"), ["Casa Verde"]) == (), "its name is public anyhow"
    assert secrets_of_place(place(latitude=25.7, longitude=-80.2), []) == ("25.700000,-80.200000",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 Main St", "12 MAIN STREET, Suite 3", True),
        ("12 N Main St", "12 Main Street", True),
        ("Main Street 12", "12 Main St.", True),
        ("12-14 Main St", "14 Main St", True),
        ("12 Máin Str.", "12 Main St", True),
        ("12 Fifth Ave", "12 5th Avenue", True),
        ("12 Main St", "12 Main Ave", False),
        ("12 N Main St", "12 S Main St", False),
        ("12 Main St", "112 Main St", False),
        ("", "", False),
    ],
)
def test_two_lines_that_are_one_address(one: str, other: str, same: bool) -> None:
    assert same_street(one, other) is same and same_street(other, one) is same


def test_one_point_is_one_place_unless_two_streets_are_told() -> None:
    here = {"latitude": 25.7, "longitude": -80.2}
    assert same_place(place(**here), place(**here, address_1="1 Oak St"))
    assert not same_place(place(**here, address_1="2 Elm St"), place(**here, address_1="1 Oak St"))
    assert not same_place(place(address_1="1 Oak St", city="Miami"), place(address_1="1 Oak St", city="Lima"))
    assert same_place(place(address_1="1 Oak St", city="Miami"), place(address_1="1 Oak Street"))


def test_a_website_keeps_its_first_page_where_only_its_path_tells() -> None:
    def hidden(text: str) -> str:
        return scrub(text, ["12 Main St"])

    assert scrub_website("https://casa.example/visit/12-main-street", hidden) == "https://casa.example/"
    assert scrub_website("https://casa.example/about", hidden) == "https://casa.example/about"
    assert scrub_website("https://12mainstreet.example/", hidden) == ""
    assert scrub_website("https://maps.google.com/?q=x", hidden) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Main Street 12",
        "Heron Way no. 12",
        "25°45'42\"N",
        "lat 25.7617",
        "https://casa.example/12-heron-street",
    ],
)
def test_more_of_what_reads_like_an_address(text: str) -> None:
    assert scrub(f"Come to {text}, or ask.") == f"Come to {WITHHELD}, or ask."


def test_ordinals_are_one_word() -> None:
    assert all(street_of(f"7 {word} St") == street_of(f"7 {short} St") for word, short in ORDINALS.items())
