"""Finding a place: all that was asked for and nothing that may not be shown, on both engines, kept by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server import stores
from server.resources import actions, finding, store
from server.resources.kept import kept
from server.resources.models import (
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceLanguage,
    ServiceTerm,
    Term,
)
from server.resources.needs import groups_of
from server.resources.showing import CAP, PAGE, Query, Results
from tests.house import Client, House

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # nothing in it depends on the engine
MONDAY_TEN = datetime(2026, 11, 23, 15, tzinfo=UTC)  # ten in the morning in Miami
OFFICE = [(day, 9 * 60, 17 * 60) for day in range(5)]


async def add(name: str, **said: Any) -> int:
    """Writes one service as the importer would: with what hangs on it, and its place in the index."""

    async def work(unit: stores.Unit) -> int:
        organization = None
        if said.get("organization"):
            organization = await Organization.create(id=str(uuid4()), name=said["organization"])
        columns = {key: value for key, value in said.items() if key in Service._meta.db_fields}
        given_columns: dict[str, Any] = {"timezone": "America/New_York", "country": "US", **columns}
        service = await Service.create(id=str(uuid4()), name=name, organization=organization, **given_columns)
        for term in said.get("terms", ()):
            kept = await Term.create(id=str(uuid4()), name=term)
            await ServiceTerm.create(service=service, term=kept)
        for code in said.get("languages", ()):
            await ServiceLanguage.create(service=service, code=code, name=code)
        for weekday, opens, closes in said.get("hours", ()):
            await Schedule.create(service=service, weekday=weekday, opens=opens, closes=closes)
        if "number" in said:
            await Phone.create(service=service, number=said["number"])
        if "address" in said:
            place = await Location.create(id=str(uuid4()), address_1=said["address"], city=said.get("city", ""))
            await ServiceAtLocation.create(id=str(uuid4()), service=service, location=place)
        await store.index(unit, [service.key])
        await store.bump(unit)
        return service.key

    return await stores.write("directory", work)


async def change(key: int, **columns: object) -> None:
    async def work(unit: stores.Unit) -> None:
        await Service.filter(key=key).update(**columns)
        await store.index(unit, [key])
        await store.bump(unit)

    await stores.write("directory", work)


@pytest.fixture
def asking(house: House) -> Iterator[Asking]:
    house.clock.set(MONDAY_TEN)
    yield Asking(house)


class Asking:
    """A house with places in it, and somebody who asks."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.inside: dict[tuple[tuple[str, str], ...], Client] = {}

    def add(self, name: str, **said: Any) -> int:
        return self.house.run(lambda: add(name, **said))

    def change(self, key: int, **columns: object) -> None:
        self.house.run(lambda: change(key, **columns))

    def search(self, words: str = "", *, page: int = 1, verified_only: bool = False, **asked: Any) -> Results:
        query = replace(actions.query(words, **asked), page=page)
        shown = replace(self.house.settings, show_unverified=not verified_only)
        return self.house.run(lambda: actions.search(query, now=self.house.clock(), settings=shown))

    def names(self, words: str = "", **asked: Any) -> list[str]:
        return [result.card.name for result in self.search(words, **asked).results]

    def fitting(self, words: str = "", **asked: Any) -> list[str]:
        """Names of the places that have all that was asked for: nothing where something had to be given up."""
        found = self.search(words, **asked)
        return [] if found.without else [result.card.name for result in found.results]

    def ana(self, **chosen: str) -> Client:
        """The same visit each time: the door counts how often it is opened."""
        wanted = tuple({"language": "en", "country": "US", **chosen}.items())
        if wanted not in self.inside:
            self.inside[wanted] = self.house.through_the_door("ana", **dict(wanted))
        return self.inside[wanted]


def service_links(text: str) -> list[str]:
    return re.findall(r'href="(/place\?t=[^"]+)"', text)


# What is found, and in which order


def test_a_name_counts_more_than_a_description(asking: Asking) -> None:
    asking.add("Meals", description="After dinner there is housing. " + "More words. " * 30)
    asking.add("Housing office", description="Rooms.")
    asking.add("Desk", terms=["Housing"], description="Help.")
    assert asking.names("housing") == ["Housing office", "Desk", "Meals"]


def test_every_word_has_to_be_there_and_where_no_place_has_all_it_is_said(asking: Asking) -> None:
    asking.add("Legal housing")
    asking.add("Housing")
    both = asking.search("legal housing")
    assert ([result.card.name for result in both.results], both.loosened) == (["Legal housing"], False)
    part = asking.search("housing kestrel")
    assert part.loosened and part.total == 2
    assert asking.search("kestrel").total == 0


def test_a_result_says_by_what_it_was_found(asking: Asking) -> None:
    asking.add("Harbor House", terms=["Homeless Shelter"], description="Rooms and kestrels.")
    (result,) = asking.search("dormir").results
    assert [(why.said, why.found) for why in result.why] == [("dormir", "shelter")]
    (result,) = asking.search("kestrels").results
    assert [(why.said, why.found) for why in result.why] == [("kestrels", "")]
    (result,) = asking.search("", needs=["bed"]).results
    assert [why.said for why in result.why] == ["A place to sleep"]


@on_sqlite
@pytest.mark.parametrize(
    "said", ["shelter", "SHELTER", "shelters near me", "abrigo refugio", "albergue", "مأوى", "I need a bed tonight"]
)
def test_the_same_place_in_three_languages(asking: Asking, said: str) -> None:
    asking.add("Harbor House", terms=["Transitional Housing/Shelter"], description="Shelters for families.")
    asking.add("Food pantry")
    assert asking.names(said) == ["Harbor House"]


def test_language_and_open_now_leave_out_what_does_not_fit(asking: Asking) -> None:
    asking.add("Desk open", languages=["es", "en"], hours=OFFICE)
    asking.add("Desk without hours", languages=["es"])
    asking.add("Desk in English", languages=["en"], hours=OFFICE)
    asking.add("Desk in the west", languages=["es"], hours=OFFICE, timezone="America/Los_Angeles")
    asking.add("Desk of nowhere", languages=["es"], hours=OFFICE, timezone="Nowhere/Atall")
    assert asking.fitting("desk", language="es", open_now=True) == ["Desk open"]
    asking.house.clock.move(hours=3)
    assert set(asking.fitting("desk", open_now=True)) == {"Desk open", "Desk in English", "Desk in the west"}
    asking.house.clock.move(days=5)  # Saturday
    assert asking.fitting("desk", open_now=True) == []


@on_sqlite
def test_open_now_and_the_state_on_the_card_never_disagree(asking: Asking) -> None:
    asking.add("Night desk", hours=[(0, 22 * 60, 1440), (1, 0, 2 * 60)])
    for minutes in range(0, 48 * 60, 17):
        now = MONDAY_TEN + timedelta(minutes=minutes)
        asking.house.clock.set(now)
        (result,) = asking.search("night").results
        assert bool(asking.fitting("night", open_now=True)) == (result.standing.state == "open"), now


def test_pages_of_twenty_hold_every_place_once(asking: Asking) -> None:
    for number in range(45):
        asking.add(f"Desk {number}")
    pages = [asking.names("desk", page=number) for number in (1, 2, 3, 4)]
    assert [len(names) for names in pages] == [PAGE, PAGE, 5, 0]
    assert len({name for names in pages for name in names}) == 45


def test_a_common_word_is_ranked_up_to_the_cap_and_says_so(asking: Asking) -> None:
    async def fill() -> None:
        async def work(unit: stores.Unit) -> None:
            rows = [(f"{number:036}", f"Common {number}") for number in range(CAP + 50)]
            await unit.many("INSERT INTO service (id, name) VALUES (?, ?)", rows)
            await store.index(unit, [row["key"] for row in await unit.rows("SELECT key FROM service")])
            await store.bump(unit)

        await stores.write("directory", work)

    asking.house.run(fill)

    async def ranked() -> int:
        asked = finding.Asked(groups_of(["common"], ()), finding.Filters(verified_only=False))
        return (await finding.hits(asked, await kept())).total

    assert asking.house.run(ranked) == CAP + 1
    found = asking.search("common")
    assert (found.total, found.more, len(found.results)) == (CAP, True, PAGE)
    assert f"More than {CAP} places" in asking.ana().post("/places", data={"q": "common"}).text


# What may not be shown is not found


@pytest.mark.parametrize(
    "columns",
    [{"retired_on": date(2026, 1, 1)}, {"status": "inactive"}, {"status": "defunct"}, {"status": "temporarily closed"}],
    ids=str,
)
def test_what_is_not_active_is_gone_at_once(asking: Asking, columns: dict[str, object]) -> None:
    key = asking.add("Old desk")
    ana = asking.ana()
    (link,) = service_links(ana.post("/places", data={"q": "old"}).text)
    assert ana.get(link).status_code == 200
    asking.change(key, **columns)
    assert asking.names("old") == []
    assert ana.get(link).status_code == 404


def test_only_verified_places_unless_the_operator_shows_the_others(asking: Asking) -> None:
    asking.add("Desk one", verified_on=date(2026, 11, 1))
    asking.add("Desk two")
    assert asking.names("desk", verified_only=True) == ["Desk one"]
    assert set(asking.names("desk")) == {"Desk one", "Desk two"}
    text = asking.ana().post("/places", data={"q": "desk"}).text
    assert text.count("Not checked by us") == 1


def test_a_confidential_place_has_a_name_and_a_number_and_no_address(asking: Asking) -> None:
    secret = {"address": "77 Hidden Lane", "city": "Secretville", "number": "305 555 0199"}
    asking.add("Harbor House", confidential=True, description="Rooms.", **secret)
    ana = asking.ana()
    results = ana.post("/places", data={"q": "harbor"}).text
    page = ana.get(service_links(results)[0]).text
    assert "305 555 0199" in results and "305 555 0199" in page
    assert "The address is kept secret" in page
    said = results + page + str(asking.search("harbor").as_json()) + asking.search("harbor").as_text()
    assert "Hidden" not in said and "Secretville" not in said
    assert asking.names("secretville") == asking.names("hidden") == []


# Over HTTP


@on_sqlite
def test_a_question_is_answered_under_a_token_and_the_address_says_nothing(asking: Asking) -> None:
    asking.add("Harbor House", languages=["es"])
    ana = asking.ana()
    sent = ana.post("/places", data={"q": "harbor", "language": "es", "need": "bed"}, follow_redirects=False)
    where = sent.headers["location"]
    assert sent.status_code == 303 and re.fullmatch(r"/places\?t=[\w-]+", where)
    again = ana.get(where)
    assert again.status_code == 200 and ana.get(where).text.count("Harbor") == again.text.count("Harbor")
    assert 'value="harbor"' in again.text and '<option value="es" selected>' in again.text
    assert "Harbor" not in asking.house.through_the_door("beth").get(where).text, "another visit sees the cover"


@on_sqlite
def test_nothing_typed_is_lost(asking: Asking) -> None:
    long = "housing " * 60
    answer = asking.ana().post("/places", data={"q": long, "need": "food", "open": "1"})
    assert answer.status_code == 422 and long.strip() in answer.text
    assert re.search(r'value="food"[^>]* checked', answer.text) and re.search(r'name="open"[^>]* checked', answer.text)
    assert asking.ana().post("/places", data={"q": "x", "need": "no such need"}).status_code == 422


@on_sqlite
def test_nothing_asked_says_what_to_do(asking: Asking) -> None:
    for answer in (asking.ana().get("/places"), asking.ana().post("/places", data={"q": "  "})):
        assert answer.status_code == 200 and "Say what you need" in answer.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_answered(asking: Asking, text: str) -> None:
    assert asking.ana().post("/places", data={"q": text.encode("utf-8", "replace").decode()}).status_code in (200, 422)


@on_sqlite
def test_numbers_to_call_stand_above_every_result(asking: Asking) -> None:
    asking.add("Harbor House", number="305 555 0199")
    text = asking.ana().post("/places", data={"q": "harbor"}).text
    assert 0 < text.index('href="tel:911"') < text.index('href="tel:18883737888"') < text.index("Harbor House")


@on_sqlite
@pytest.mark.parametrize("country", ["US", "ES", "IE", "KE", "KP", "ZZ"])
def test_first_page_and_numbers_are_right_for_every_country(asking: Asking, country: str) -> None:
    ana = asking.ana(country=country)
    first, numbers = ana.get("/home").text, ana.get("/numbers").text
    for text in (first, numbers):
        assert text.index("can stay in the call list") < text.index("In danger now") if "In danger" in text else True
    assert "900 105 090" not in first, "the police where another was asked for"
    assert ("We know no number here for people" in first) == (country in ("IE", "KE", "KP"))
    assert ("You have not chosen a country" in first) == (country == "ZZ")
    if country == "ES":
        assert numbers.index("900 759 759") < numbers.index("The police answer here") < numbers.index("900 105 090")


@on_sqlite
@pytest.mark.parametrize("path", ["/home", "/places", "/numbers"])
def test_nobody_reaches_the_police_unawares(asking: Asking, path: str) -> None:
    """Where each service has its own number, each number says whose it is."""
    text = re.sub(r"&nbsp;|<bdi[^>]*>", " ", asking.ana(country="DE").get(path).text)
    assert re.search(r'href="tel:110">\s*Police\s+110', text)
    assert re.search(r'href="tel:112">\s*Ambulance, fire\s+112', text)


def test_the_page_of_a_service_is_made_once_for_everybody_and_again_after_a_change(asking: Asking) -> None:
    key = asking.add("Harbor House", hours=OFFICE, number="305 555 0199")
    pages = []
    for name in ("carl", "beth"):  # two phones set to one language: the title is in the phone's own
        person = asking.house.through_the_door(name, language="en", country="US")
        (link,) = service_links(person.post("/places", data={"q": "harbor"}).text)
        pages.append(person.get(link).text)
    assert pages[0] == pages[1]
    assert "Open now." in pages[0] and "Closes today at 5" in pages[0]
    asking.change(key, name="Sunset House")
    assert "Sunset House" in person.get(link).text
    asking.house.clock.set(MONDAY_TEN.replace(hour=22, minute=1))
    (link,) = service_links(person.post("/places", data={"q": "sunset"}).text)
    assert "Closed now." in person.get(link).text


@on_sqlite
@pytest.mark.parametrize(
    ("website", "href"),
    [
        ("www.example.org", "https://www.example.org"),
        ("http://example.org/a?b=c", "http://example.org/a?b=c"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ('example.org" onclick="x', None),
        ("two words.org", None),
    ],
)
def test_a_website_is_linked_only_where_it_is_one(asking: Asking, website: str, href: str | None) -> None:
    asking.add("Harbor House", website=website)
    ana = asking.ana()
    page = ana.get(service_links(ana.post("/places", data={"q": "harbor"}).text)[0]).text
    links = re.findall(r'href="([^"#]+)" rel="noreferrer"', page)
    assert links == ([href.replace("&", "&amp;")] if href else [])
    assert ("opens another site" in page) == bool(href)


@on_sqlite
def test_a_page_tells_when_a_place_was_checked(asking: Asking) -> None:
    key = asking.add("Harbor House", verified_on=date(2026, 11, 20))
    ana = asking.ana()
    (link,) = service_links(ana.post("/places", data={"q": "harbor"}).text)
    assert "Checked on 20 November 2026." in ana.get(link).text
    asking.change(key, verified_on=date(2026, 8, 1))
    assert "Not checked since 1 August 2026." in ana.get(link).text
    asking.change(key, verified_on=None)
    assert "Not checked by us." in ana.get(link).text


@on_sqlite
def test_what_an_entry_says_is_text_and_never_markup(asking: Asking) -> None:
    asking.add("Harbor <script>alert(1)</script>", description="<img src=x onerror=alert(1)>", organization="<b>O</b>")
    ana = asking.ana()
    results = ana.post("/places", data={"q": "harbor"}).text
    page = ana.get(service_links(results)[0]).text
    for text in (results, page):
        assert "<script>alert" not in text and "<img" not in text and "<b>O" not in text


def test_a_question_outlives_its_token_and_nothing_else() -> None:
    query = Query("harbor", ("bed",), "es", True)
    assert Query.of_token(query.as_token(page=3)) == replace(query, page=3)
    assert Query.of_token({"service": "x"}) == Query()
