"""The page of one place: what is known in plain words, what is not known said, one warning before the first call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import unescape
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import sealing, stores
from server.resources import store
from server.resources.models import (
    Location,
    Organization,
    Package,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceFacet,
    ServiceLanguage,
    Verification,
)
from server.resources.referral_slip import language_of_words, slip_of, tells
from server.settings import Settings
from server.web import LANGUAGES, door_value, new_visit, open_door_value
from tests.house import Client, House

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # nothing in it depends on the engine
MONDAY_TEN = datetime(2026, 11, 23, 15, tzinfo=UTC)  # ten in the morning in Miami
OFFICE = [{"weekday": day, "opens": 9 * 60, "closes": 17 * 60} for day in range(5)]
BESIDE = {"hours": Schedule, "languages": ServiceLanguage, "phones": Phone, "checks": Verification}


async def add(said: dict[str, Any]) -> tuple[int, str]:
    """One place, as an editor would leave it; `facets` by name, BESIDE as rows."""

    async def work(unit: stores.Unit) -> tuple[int, str]:
        given: dict[str, Any] = {"name": "Harbor House", "timezone": "America/New_York", "country": "US"}
        columns = {name: value for name, value in said.items() if name in Service._meta.db_fields}
        if said.get("organization"):
            columns["organization"] = await Organization.create(id=str(uuid4()), name=said["organization"])
        made = await Service.create(id=str(uuid4()), **{**given, **columns})
        for facet in said.get("facets", ()):
            await ServiceFacet.create(service=made, facet=facet)
        for name, model in BESIDE.items():
            for row in said.get(name, ()):
                await model.create(service=made, **row)
        if "address" in said:
            where: dict[str, Any] = {
                "address_1": said["address"],
                "city": "Exampleville",
                "confidential": said.get("hidden", False),
            }
            place = await Location.create(id=str(uuid4()), **where)
            await ServiceAtLocation.create(id=str(uuid4()), service=made, location=place)
        if "package" in said:
            await Package.create(source=said["source"], name=said["package"], imported_on=date(2026, 10, 1))
        await store.index(unit, [made.key])
        await store.bump(unit)
        return made.key, made.id

    return await stores.write("directory", work)


async def change(key: int, columns: dict[str, Any]) -> None:
    async def work(unit: stores.Unit) -> None:
        await Service.filter(key=key).update(**columns)
        await store.bump(unit)

    await stores.write("directory", work)


def words_of(page: str) -> str:
    """What a person reads, on one line."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@dataclass
class Reading:
    """Somebody inside, in front of a place."""

    house: House

    def add(self, **said: Any) -> str:
        return self.house.run(add, said)[1]

    def changed(self, key: int, **columns: Any) -> None:
        self.house.run(change, key, columns)

    def link(self, client: Client, service: str) -> str:
        """Where the page of a place stands for this visit: as a paper of it leads back to it."""
        found = re.search(r'href="(/place\?t=[^"]+)"', go_on(client, service, "slip").text)
        assert found, "no way back to the place"
        return found[1]

    def page(self, client: Client, service: str) -> str:
        return words_of(client.get(self.link(client, service)).text)

    def read(self, **said: Any) -> str:
        """Adds a place and reads its page."""
        return self.page(self.house.through_the_door("beth"), self.add(**said))


def go_on(client: Client, service: str, lead: str, **more: Any):
    """A button of the page."""
    return client.post("/place", data={"service": service, "go": lead}, **more)


@pytest.fixture
def reading(house: House) -> Iterator[Reading]:
    house.clock.set(MONDAY_TEN)
    yield Reading(house)


# What is known, and what is not


@pytest.mark.parametrize(
    ("police", "said"),
    [
        ("", "We do not know what they do about the police."),
        ("never", "They do not call the police."),
        ("if_asked", "They call the police only when you ask them to."),
        ("duty", "They say a law can make them tell the police."),
        ("is_police", "This is the police."),
    ],
)
def test_what_a_place_does_about_the_police_stands_before_its_number(reading: Reading, police: str, said: str) -> None:
    text = reading.read(police=police, phones=[{"number": "305 555 0199"}])
    assert 0 < text.index(said) < text.index("305 555 0199")
    assert len(re.findall("police", text, re.I)) == 1, "one sentence about the police, not two"


def test_silence_is_told_as_not_known_and_never_as_no(reading: Reading) -> None:
    text = reading.read()
    assert "Not known: who may come, whether you need an identity card." in text
    assert text.count("Not known. Ask first.") == 4, "cost, what to bring, languages, hours"
    assert "With a wheelchair: not known." in text and "No phone number is known." in text
    assert "Not checked by us." in text and "No address is known." in text


def test_every_fact_is_told_in_words(reading: Reading) -> None:
    text = reading.read(
        facets=[
            "no_id",
            "women",
            "trans",
            "minors",
            "families",
            "pets",
            "labour",
            "free",
            "wheelchair",
            "interpreters",
        ],
        documents="A letter, if you have one.",
        minimum_age=16,
        languages=[{"code": "es", "name": "Spanish"}],
    )
    for said in (
        "Women.", "Trans people are welcome.", "People under 18 too.", "You can come with children.",
        "You can bring a pet.", "You need no identity card or passport.", "It costs nothing.",
        "People whose work or pay somebody controls.", "You can get in with a wheelchair.", "They have interpreters.",
        "A letter, if you have one.", "From 16 years of age.", "Spanish",
    ):  # fmt: skip
        assert said in text, said
    assert "Not known: " not in text and not re.search("traffick|victim", text, re.I)


@pytest.mark.parametrize("agreed", [True, False])
def test_that_people_without_papers_are_served_is_said_only_with_consent(reading: Reading, agreed: bool) -> None:
    text = reading.read(facets=["undocumented"], undocumented_told=agreed)
    assert ("without permission to stay" in text) == agreed


def test_room_and_closing_are_told_with_their_days(reading: Reading) -> None:
    full, shut = {"full_on": date(2026, 11, 20)}, {"closed_until": date(2026, 12, 1)}
    assert "Full when we last asked, on 20 November 2026." in reading.read(name="Harbor one", hours=OFFICE, **full)
    lakeside = reading.add(name="Lakeside", hours=OFFICE, **shut)
    closed = reading.page(reading.house.through_the_door("beth"), lakeside)
    assert "Closed until 1 December 2026." in closed and "Open now" not in closed
    reading.house.clock.move(days=8)
    reopened = reading.page(reading.house.through_the_door("beth"), lakeside)
    assert "Closed until" not in reopened and "Open now." in reopened


def test_hours_are_grouped_and_the_next_opening_is_told_across_the_clock_change(reading: Reading) -> None:
    service = reading.add(hours=OFFICE)
    reading.house.clock.set(datetime(2027, 3, 12, 23, tzinfo=UTC))  # Friday 18:00; the clock jumps on Sunday
    text = reading.page(reading.house.through_the_door("carl"), service)
    assert "Closed now. Opens on Monday at 9 am." in text.replace("\u00a0", " ")
    assert "Monday – Friday: 9 am to 5 pm" in text.replace("\u00a0", " ")
    reading.house.clock.set(datetime(2027, 3, 15, 13, 1, tzinfo=UTC))  # 9:01 in summer time, 8:01 in winter time
    assert "Open now." in reading.page(reading.house.through_the_door("carl"), service)


def test_a_day_off_and_hours_of_another_season_are_not_told_as_open(reading: Reading) -> None:
    today = MONDAY_TEN.date()
    shut = {"closed": True, "valid_from": today, "valid_to": today}
    assert "Closed today." in reading.read(name="Harbor one", hours=[*OFFICE, shut])
    past = reading.read(name="Lakeside", hours=[{**row, "valid_to": date(2026, 9, 1)} for row in OFFICE])
    assert "Open now" not in past and "Monday" not in past
    monthly = reading.read(name="Sunset", hours=[{"rule": "FREQ=MONTHLY;BYDAY=1MO", "text": "Every first Monday"}])
    assert "We do not know whether it is open now." in monthly and "Every first Monday" in monthly
    mixed = reading.read(name="Bay", hours=[*OFFICE, {"rule": "FREQ=MONTHLY;BYDAY=1MO", "text": "Every first Monday"}])
    assert "We do not know whether it is open now." in mixed and "Open now." not in mixed
    first_monday = {"rule": "FREQ=MONTHLY;BYDAY=1MO", "opens": 540, "closes": 720}
    text = reading.read(name="Cove", hours=[first_monday]).replace("\u00a0", " ")
    assert "Closed now." in text
    reading.house.clock.set(datetime(2026, 12, 7, 15, tzinfo=UTC))  # the first Monday of December, ten in the morning
    assert "Open now." in reading.read(name="Creek", hours=[first_monday])


def test_it_tells_when_how_and_by_which_role_it_was_checked_and_never_by_whom(reading: Reading) -> None:
    check = {"checked_on": date(2026, 11, 1), "checked_by": "Edith Rowan", "outcome": "right"}
    said = {"verified_on": date(2026, 11, 1), "verified_by": "Edith Rowan", "verified_how": "called"}
    checks = [{**check, "role": "directory_editor", "how": "called"}]
    key, service = reading.house.run(add, {**said, "checks": checks})
    client = reading.house.through_the_door("beth")
    text = reading.page(client, service)
    assert "Checked on 1 November 2026. (by telephone) By somebody who keeps this list." in text
    assert "Edith" not in text
    reading.changed(key, verified_on=date(2026, 8, 1))
    old = reading.page(client, service)
    assert "Not checked since 1 August 2026." in old and "by telephone" not in old


def test_it_tells_who_runs_it_and_where_the_entry_comes_from(reading: Reading) -> None:
    text = reading.read(organization="Bay Union", source="bay", package="County list")
    assert "Run by: Bay Union" in text and "From the list of: County list" in text
    assert "We read it on 1 October 2026." in text


def test_a_place_merged_into_another_is_read_as_that_other(reading: Reading) -> None:
    kept = reading.add(name="Lakeside")
    key, merged = reading.house.run(add, {"name": "Harbor House"})
    client = reading.house.through_the_door("beth")
    link = reading.link(client, merged)
    reading.changed(key, merged_into=kept, retired_on=MONDAY_TEN.date())
    assert "Lakeside" in client.get(link).text
    reading.changed(key, merged_into=reading.house.run(add, {"name": "Circle", "status": "inactive"})[1])
    assert client.get(link).status_code == 404


def test_places_merged_in_a_circle_are_gone_and_nothing_hangs(reading: Reading) -> None:
    key, own = reading.house.run(add, {"name": "Harbor House"})
    client = reading.house.through_the_door("beth")
    link = reading.link(client, own)
    reading.changed(key, merged_into=own, retired_on=MONDAY_TEN.date())
    assert client.get(link).status_code == 404


# The number, with one warning


def test_the_first_call_of_a_visit_is_warned_and_the_next_is_not(reading: Reading) -> None:
    service = reading.add(
        phones=[{"number": "305 555 0199", "extension": "7"}, {"number": "305 555 0123", "kind": "text"}]
    )
    other = reading.add(name="Lakeside", phones=[{"number": "305 555 0188"}])
    client = reading.house.through_the_door("beth")
    before = client.get(reading.link(client, service)).text
    assert "305 555 0199" in before and 'href="tel:' not in before and 'href="sms:' not in before
    warned = go_on(client, service, "call")
    assert "stays in the list of calls" in warned.text and "The bill can show the number." in warned.text
    assert 'href="tel:3055550199"' in warned.text and 'href="sms:3055550123"' in warned.text
    assert "then dial 7" in warned.text
    assert 'href="tel:3055550188"' in client.get(reading.link(client, other)).text
    assert go_on(client, other, "call").status_code == 200
    nobody_warned = reading.house.through_the_door("beth")
    assert 'href="tel:' not in nobody_warned.get(reading.link(nobody_warned, service)).text


@on_sqlite
def test_that_a_visit_was_warned_shows_in_no_length_and_outlives_a_change_of_language(reading: Reading) -> None:
    service = reading.add(phones=[{"number": "305 555 0199"}])
    client = reading.house.through_the_door("beth")
    before = client.cookies["__Host-a"]
    go_on(client, service, "call")
    assert list(client.cookies) == ["__Host-a"] and len(client.cookies["__Host-a"]) == len(before)
    client.post("/start", data={"language": "es", "country": "ES"})
    assert 'href="tel:3055550199"' in client.get(reading.link(client, service)).text


@on_sqlite
def test_the_page_is_one_for_all_who_were_warned_and_one_for_the_others(reading: Reading) -> None:
    service = reading.add(phones=[{"number": "305 555 0199"}])
    pages: dict[bool, set[str]] = {True: set(), False: set()}
    for name in ("beth", "carl"):
        client = reading.house.through_the_door(name, language="en", country="US")
        pages[False].add(client.get(reading.link(client, service)).text)
        go_on(client, service, "call")
        pages[True].add(client.get(reading.link(client, service)).text)
    assert len(pages[True]) == len(pages[False]) == 1 and pages[True] != pages[False]


@on_sqlite
def test_the_door_value_holds_the_warning_in_the_same_length(settings: Settings) -> None:
    sealing.load(settings)
    lengths: set[int] = set()
    for warned, language in product((True, False), LANGUAGES):
        told = replace(new_visit(MONDAY_TEN, language, "US"), warned=warned)
        value = door_value(told)
        assert open_door_value(value, MONDAY_TEN) == told
        lengths.add(len(value))
    assert lengths == {68}, "as long as before there was a warning: 22 bytes, sealed"


@on_sqlite
def test_chat_opens_another_site_by_a_plain_link_that_says_so(reading: Reading) -> None:
    service = reading.add(chat="chat.example.org/now")
    client = reading.house.through_the_door("beth")
    text = client.get(reading.link(client, service)).text
    assert '<a href="https://chat.example.org/now" rel="noreferrer">' in text and "opens another site" in text


# Taking it along


@on_sqlite
def test_nothing_of_the_place_stands_in_an_address(reading: Reading) -> None:
    service = reading.add(phones=[{"number": "305 555 0199"}])
    client = reading.house.through_the_door("beth")
    for lead in ("call", "print", "slip", "told", "harm"):
        where = go_on(client, service, lead, follow_redirects=False).headers["location"]
        assert re.fullmatch(r"/[a-z]+\?t=[\w-]+", where) and service not in where
        assert "<title>Calculator</title>" in client.get(where).text
    assert go_on(client, service, "elsewhere").status_code == 422
    assert go_on(client, "no such place", "slip").status_code == 404


def test_the_slip_names_nobody_and_tells_nothing_and_speaks_the_language_of_the_place(reading: Reading) -> None:
    service = reading.add(
        name="Harbor Trafficking Victims Shelter", description="For survivors of trafficking.", address="7 Bay Road",
        documents="A letter.\nProof that you were trafficked.", hours=OFFICE,
        phones=[{"number": "305 555 0199"}], languages=[{"code": "es", "name": "Spanish"}],
    )  # fmt: skip
    client = reading.house.through_the_door("beth")
    page = go_on(client, service, "slip").text
    slip = unescape(re.sub(r"<[^>]+>", " ", page[page.index('class="paper') : page.rindex('class="screen"')]))
    assert not re.search(r"traffick|victim|shelter|survivor|alder|calculator|beth", slip, re.I)
    assert "305 555 0199" in slip and "7 Bay Road" in slip and "A letter." in slip and "Monday" in slip
    assert 'lang="es"' in page and "Hello. I was told that you can help me." in slip
    assert "leaves out words" in page


@pytest.mark.parametrize("secret", [{"confidential": True}, {"hidden": True}], ids=["the place", "its address alone"])
def test_a_confidential_place_has_no_address_on_any_of_its_papers(reading: Reading, secret: dict[str, bool]) -> None:
    service = reading.add(address="77 Hidden Lane", phones=[{"number": "305 555 0199"}], **secret)
    client = reading.house.through_the_door("beth")
    pages = [
        client.get(reading.link(client, service)).text,
        *(go_on(client, service, lead).text for lead in ("print", "slip", "call")),
    ]
    assert all("Hidden" not in page and "Exampleville" not in page for page in pages)
    assert "The address is kept secret" in pages[0] and "The address is kept secret" in pages[1]


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_slip_never_holds_a_line_that_tells(name: str, documents: str) -> None:
    slip = slip_of(f"{name} shelter {documents}", f"{documents}\n{name}\nasylum papers", [name, "shelter: any hour"])
    assert slip.left_out and slip.name == ""
    assert not any(tells(line) for line in (*slip.bring, *slip.hours))


def test_words_to_say_are_in_a_language_that_is_spoken_there() -> None:
    assert language_of_words("ar", ["es", "ar"], ["en"], LANGUAGES) == "ar"
    assert language_of_words("ar", ["fr", "es"], ["en"], LANGUAGES) == "es"
    assert language_of_words("ar", [], ["de", "es"], LANGUAGES) == "es"
    assert language_of_words("ar", [], [], LANGUAGES) == "en"
