"""A search that bears with people: other forms, other words, typing mistakes, a town, wishes; and says what it did."""

from __future__ import annotations

import csv
import html
import io
import json
import random
import re
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from server import stores
from server.resources import indexing
from server.resources.kept import kept
from server.resources.models import Location, Schedule, ServiceAtLocation, ServiceFacet
from server.resources.needs import BY_ID, finer_than
from server.resources.query_parsing import words_of
from server.resources.repairing import Vocabulary
from server.resources.showing import PAGE
from server.resources.whole_words import spoken
from tests.house import House
from tests.serving import alder
from tests.test_search import MONDAY_TEN, OFFICE, Asking

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "open211_miami.zip"
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HOMESTEAD, MIAMI, ATLANTA = (25.47, -80.48), (25.77, -80.19), (33.75, -84.39)


@pytest.fixture
def asking(house: House) -> Iterator[Asking]:
    house.clock.set(MONDAY_TEN)
    yield Asking(house)


def facet(asking: Asking, key: int, *facets: str) -> None:
    async def work(unit: stores.Unit) -> None:
        for one in facets:
            await ServiceFacet.create(service_id=key, facet=one)
        await unit.run("UPDATE change SET number = number + 1")

    asking.house.run(lambda: stores.write("directory", work))
    asking.house.run(drop_kept)


async def drop_kept() -> None:
    held = await kept()
    held.facets = held.vocabulary = None
    held.cards.clear()


def at(asking: Asking, key: int, spot: tuple[float, float]) -> None:
    async def work(unit: stores.Unit) -> None:
        place = await Location.create(id=str(uuid4()), latitude=spot[0], longitude=spot[1])
        await ServiceAtLocation.create(id=str(uuid4()), service_id=key, location=place)

    asking.house.run(lambda: stores.write("directory", work))


def said(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))


# Other forms and other words


def test_the_word_itself_stands_above_its_other_forms_and_those_above_words_of_the_same_meaning(asking: Asking) -> None:
    asking.add("Advice", terms=["Attorney"])
    asking.add("Kestrel")
    asking.add("Kestrels", description="Kestrelling and more.")
    asking.add("Help of lawyers", description="Much more text. " * 20)
    asking.add("Legal aid desk")
    found = asking.search("lawyer")
    names = [result.card.name for result in found.results]
    assert names[0] == "Help of lawyers" and set(names[1:]) == {"Advice", "Legal aid desk"}
    assert {why.how for result in found.results[1:] for why in result.why} == {"similar"}
    assert set(asking.names("abogado")) == set(names), "the same places in her words"


def test_another_form_of_a_word_finds_it_in_several_languages(asking: Asking) -> None:
    asking.add("Carpentry", description="Woodworkers and carpenters meet here.")
    asking.add("Costurera", description="Las costureras y los zapateros de la casa que se reúnen por la tarde.")
    asking.add("نجار", description="النجارون يجتمعون هنا")
    assert asking.names("woodworker") == asking.names("woodworking") == ["Carpentry"]
    assert asking.names("zapatero") == ["Costurera"]
    assert asking.names("النجارين") == ["نجار"]
    (result,) = asking.search("carpentries").results
    assert result.why[0].how == "stem"


# Typing mistakes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("kestrle", "kestrel"), ("kestreel", "kestrel"), ("colibrri", "colibrí"), ("نجارر", "نجار")],
)
def test_a_mistyped_word_finds_what_was_meant_and_the_page_says_so(asking: Asking, typed: str, meant: str) -> None:
    for name in ("Kestrel watchers", "El colibrí", "بيت نجار"):
        asking.add(name)
    right, wrong = asking.search(meant), asking.search(typed)
    assert [result.card.id for result in wrong.results] == [result.card.id for result in right.results] != []
    assert not right.repairs and wrong.results[0].why[0].how == "repaired"
    ana = asking.ana()
    page = ana.post("/places", data={"q": typed}).text
    assert f"Showing results for {wrong.repairs[0].instead}." in said(page)
    as_typed = re.search(r'<a href="(/places\?t=[\w-]+)">Search for [^<]* as typed', page)
    assert as_typed and typed not in as_typed[1]
    assert "We found no place" in ana.get(as_typed[1]).text


def test_a_word_that_is_there_is_never_mended_and_stands_above_what_would_be(asking: Asking) -> None:
    asking.add("Kestrex office")
    asking.add("Kestrel office")
    assert asking.names("kestrex") == ["Kestrex office"]
    assert asking.names("kestr") != []
    mended = asking.search("kestrez office")
    assert mended.repairs and mended.repaired_words in ("kestrex office", "kestrel office")


def test_the_right_word_is_among_the_first_three_for_98_of_100_mistakes(small_package: Path) -> None:
    """Over the words of the real package where its folder is."""
    services: Counter[str] = Counter()
    with zipfile.ZipFile(REAL if REAL.exists() else small_package) as package:
        for row in csv.reader(io.StringIO(package.read("services.csv").decode("utf-8", "replace"))):
            services.update(set(words_of(" ".join(row))))
    vocabulary = Vocabulary(services.items(), spoken())
    frequent = sorted(word for word, n in vocabulary.frequency.items() if len(word) >= 6 and n >= 5 and word.isascii())
    chance = random.Random(20261122)
    asked = [chance.choice(frequent) for _ in range(300)]
    began = time.process_time()
    lost = [word for word in asked if word not in vocabulary.repairs(mistyped(word, chance))]
    assert len(lost) <= 6, lost
    assert (time.process_time() - began) / len(asked) < 0.015, "a slow machine may take three times 5 ms"


def mistyped(word: str, chance: random.Random) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    while True:
        at = chance.randrange(len(word))
        typed = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + chance.choice(letters) + word[at:],
                word[:at] + chance.choice(letters) + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            )
        )
        if typed != word:
            return typed


# Less and less


def test_where_no_place_has_all_of_it_less_is_asked_and_the_page_says_what(asking: Asking) -> None:
    asking.add("Kestrel desk", languages=["en"])
    asking.add("Falcon desk", languages=["fr"])
    found = asking.search("kestrel", language="fr", open_now=True)
    assert ([result.card.name for result in found.results], found.without) == (["Kestrel desk"], ("open", "language"))
    page = said(asking.ana().post("/places", data={"q": "kestrel", "language": "fr", "open": "1"}).text)
    assert "No place has all of that. These may be closed now. These did not say that they speak that language." in page
    both = asking.search("kestrel falcon", language="fr")
    assert ([result.card.name for result in both.results], both.without) == (["Falcon desk"], ("words",))


# Wishes


def test_only_wishes_that_some_place_fulfils_are_offered_and_all_have_to_be_met(asking: Asking) -> None:
    free, both, none = asking.add("Kestrel one"), asking.add("Kestrel two"), asking.add("Kestrel three")
    facet(asking, free, "free")
    facet(asking, both, "free", "no_id")
    assert set(asking.names("kestrel", facets=["free"])) == {"Kestrel one", "Kestrel two"}
    assert asking.names("kestrel", facets=["free", "no_id"]) == ["Kestrel two"]
    page = asking.ana().post("/places", data={"q": "kestrel", "facet": ["free", "no_id"]}).text
    offered = re.findall(r'name="facet" value="(\w+)"[^>]*?( checked)?>', page)
    assert offered == [("free", " checked"), ("no_id", " checked")]
    assert asking.ana().post("/places", data={"q": "kestrel", "facet": "no such"}).status_code == 422
    assert none


def test_people_without_papers_are_told_only_of_places_that_agreed(asking: Asking) -> None:
    silent = asking.add("Kestrel silent")
    facet(asking, silent, "undocumented")
    assert "undocumented" not in asking.ana().get("/places").text
    assert asking.fitting("kestrel", facets=["undocumented"]) == []
    agreed = asking.add("Kestrel agreed", undocumented_told=True)
    facet(asking, agreed, "undocumented")
    assert asking.fitting("kestrel", facets=["undocumented"]) == ["Kestrel agreed"]


def test_a_place_that_said_it_is_full_is_left_out_for_two_weeks(asking: Asking) -> None:
    today = MONDAY_TEN.date()
    asking.add("Kestrel full", full_on=today - timedelta(days=3))
    asking.add("Kestrel again", full_on=today - timedelta(days=15))
    asking.add("Kestrel shut", closed_until=today + timedelta(days=3))
    asking.add("Kestrel plain")
    asking.add("Kestrel quiet", police="never")
    assert set(asking.fitting("kestrel", facets=["room"])) == {"Kestrel again", "Kestrel plain", "Kestrel quiet"}
    assert asking.fitting("kestrel", facets=["room", "no_police"]) == ["Kestrel quiet"]


# Where


def test_nearer_places_stand_first_and_none_is_lost(asking: Asking) -> None:
    far, unknown, near, middle, phone = (
        asking.add(f"Kestrel {name}", country="US") for name in ("far", "unknown", "near", "middle", "phone")
    )
    secret = asking.add("Kestrel secret", confidential=True)
    for key, spot in (
        (far, ATLANTA),
        (near, HOMESTEAD),
        (middle, (25.62, -80.4)),
        (secret, HOMESTEAD),
        (phone, ATLANTA),
    ):
        at(asking, key, spot)
    facet(asking, phone, "remote")
    found = asking.search("kestrel", near="Homestead, FL")
    order = [
        (result.card.name.split()[1], result.band.name if result.band is not None else "") for result in found.results
    ]
    assert order == [
        ("near", "NEAR"), ("middle", "MIDDLE"), ("phone", "ANYWHERE"), ("secret", "UNTOLD"), ("unknown", "UNKNOWN"),
        ("far", "FAR"),
    ]  # fmt: skip
    page = said(asking.ana().post("/places", data={"q": "kestrel", "near": "homestead"}).text)
    assert "Nearest first, from Homestead, Florida." in page and "Less than 3 miles away." in page
    assert "Where it is, is not told." in page
    metric = said(asking.ana(country="MX").post("/places", data={"q": "kestrel", "near": "Homestead, FL"}).text)
    assert "Less than 5 km away." in metric and unknown


def test_a_town_of_many_is_asked_back_and_an_unknown_one_stops_nothing(asking: Asking) -> None:
    asking.add("Kestrel desk")
    ana = asking.ana()
    page = ana.post("/places", data={"q": "kestrel", "near": "springfield"}).text
    assert "Which one do you mean?" in page and "Kestrel desk" in page
    link = re.search(r'href="(/places\?t=[\w-]+)"><bdi>Springfield, Illinois', page)
    assert link and "Nearest first, from Springfield, Illinois." in said(ana.get(link[1]).text)
    lost = said(ana.post("/places", data={"q": "kestrel", "near": "Xyzzyville"}).text)
    assert "We do not know a town called Xyzzyville." in lost and "Kestrel desk" in lost


def test_towns_are_known_in_other_languages(asking: Asking) -> None:
    asking.add("Kestrel desk")
    for typed in ("ميامي", "Miami, US", "miami, florida"):
        near = asking.search("kestrel", near=typed).near
        assert near and near.town and near.town.told == "Miami, FL, US", typed


# A place to sleep tonight


def test_for_tonight_shelters_and_open_doors_stand_above_housing_for_later(asking: Asking) -> None:
    asking.add("Rooms", terms=["Transitional Housing"], hours=[(day, 0, 1440) for day in range(7)])
    asking.add("Closed shelter", hours=[(6, 60, 120)])
    asking.add("Open shelter", hours=OFFICE)
    asking.add("Shelter of unknown hours")
    for words, needs in (("", ["bed"]), ("where can I sleep tonight", [])):
        assert asking.names(words, needs=needs) == [
            "Open shelter",
            "Shelter of unknown hours",
            "Closed shelter",
            "Rooms",
        ]


# What it rests on


def test_an_index_of_an_older_alder_is_made_anew_once(asking: Asking) -> None:
    asking.add("Kestrels and falcons")

    async def older(unit: stores.Unit) -> None:
        if unit.dialect == "sqlite":
            await unit.run("DROP TABLE service_search")
            await unit.run("CREATE VIRTUAL TABLE service_search USING fts5(name, description)")
            await unit.run("PRAGMA user_version = 0")
        else:
            await unit.run("DELETE FROM service_search")
            await unit.run("COMMENT ON TABLE service_search IS NULL")

    asking.house.run(lambda: stores.write("directory", older))
    assert asking.house.run(indexing.make_current) is True
    assert asking.house.run(indexing.make_current) is False
    assert asking.names("falcon") == asking.names("kestrelling") == ["Kestrels and falcons"]


def test_the_command_line_searches_near_a_town_and_says_what_it_did(tmp_path: Path, small_package: Path) -> None:
    assert alder("import", small_package, data=tmp_path / "data").returncode == 0
    told = json.loads(alder("search", "housng", "--near", "springfield", "--json", data=tmp_path / "data").stdout)
    assert told["repaired"][0]["as"] == "housing" and len(told["near"]["choices"]) > 1 and told["results"]
    assert {"id", "why", "distance"} <= told["results"][0].keys()
    text = alder("search", "housng", "--near", "Miami, FL", data=tmp_path / "data").stdout
    assert "Showing results for housing." in text and "Near Miami, FL, US." in text
    assert (
        json.loads(alder("search", "housng", "--as-typed", "--json", data=tmp_path / "data").stdout)["repaired"] == []
    )


# Hours that are not the same every week


def test_open_now_looks_at_the_calendar_too(asking: Asking) -> None:
    """A place that opens every first Monday, and one that is open each weekday but shut today for a holiday."""
    first_monday = asking.add("Harbor advice one", hours=())
    holiday = asking.add("Harbor advice two", hours=OFFICE)
    asking.add("Harbor advice three", hours=OFFICE)
    day = MONDAY_TEN.date()

    async def work(unit: stores.Unit) -> None:
        await Schedule.create(service_id=first_monday, rule="FREQ=MONTHLY;BYDAY=1MO", opens=540, closes=720)
        await Schedule.create(service_id=holiday, closed=True, valid_from=day, valid_to=day)
        await unit.run("UPDATE service SET timezone = 'America/New_York'")
        await unit.run("UPDATE change SET number = number + 1")

    asking.house.run(lambda: stores.write("directory", work))
    asking.house.run(drop_kept)
    assert open_now(asking) == {"Harbor advice three"}
    asking.house.clock.set(datetime(2026, 12, 7, 15, tzinfo=UTC))
    assert open_now(asking) == {"Harbor advice one", "Harbor advice two", "Harbor advice three"}
    asking.house.clock.set(datetime(2026, 12, 14, 15, tzinfo=UTC))
    assert open_now(asking) == {"Harbor advice two", "Harbor advice three"}


def open_now(asking: Asking) -> set[str]:
    found = asking.house.through_the_door("ana").post("/places", data={"q": "harbor", "open": "1"}).text
    return {name for name in ("Harbor advice one", "Harbor advice two", "Harbor advice three") if name in found}


def test_a_need_can_be_said_more_exactly_one_step_deeper(asking: Asking) -> None:
    asking.add("Night roof", terms=["Emergency Shelter"])
    ana = asking.house.through_the_door("carl")
    page = ana.post("/places", data={"need": "bed"}).text
    assert "Say more exactly what you need" in page
    finer = finer_than(BY_ID["bed"])
    links = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a> <small>', page))
    assert [html.unescape(label) for label in links.values()] == [need.label for need in finer]
    assert not any(need.id in link for link, need in zip(links, finer, strict=True)), "a readable address"
    deeper = ana.get(html.unescape(next(iter(links)))).text
    chosen = rf'name="need" value="{finer[0].id}"[^>]* checked'
    assert re.search(chosen, deeper), "the choice is lost with the next search"


@pytest.mark.parametrize(
    "typed",
    ["near Homestead", "Homestead Florida", "homestead fl", "Homestead, FL 33030", "cerca de Homestead", "33030"],
)
def test_a_town_is_known_however_people_write_it(asking: Asking, typed: str) -> None:
    """A postcode is looked up in the addresses of this directory: no list of postcodes comes with us."""
    close, away = asking.add("Harbor advice one"), asking.add("Harbor advice two")
    at(asking, away, ATLANTA)
    at(asking, close, HOMESTEAD)

    async def work(unit: stores.Unit) -> None:
        await unit.run("UPDATE location SET postal_code = '33030-1234' WHERE latitude < 30")

    asking.house.run(lambda: stores.write("directory", work))
    page = said(asking.house.through_the_door("carl").post("/places", data={"q": "harbor", "near": typed}).text)
    assert "Nearest first, from" in page
    assert page.index("Harbor advice one") < page.index("Harbor advice two")


# Bodies of the state

IS_POLICE, IS_IMMIGRATION = "This is the police.", "This is the immigration authority."
NOT_KNOWN = "We do not know what they do about the police."


def listed(page: str) -> list[str]:
    """Names of the places on a page of results, in order."""
    return [said(name) for name in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)]


def card_of(page: str, name: str) -> str:
    return said(page[page.index(f">{name}</bdi></a></h2>") :].partition("</article>")[0])


def test_bodies_of_the_state_stand_below_all_others_and_each_says_what_it_is(asking: Asking) -> None:
    """Somebody who must not meet them sees first who else helps, and calls none of them unawares."""
    bodies = {
        "MIAMI": ("U.S. Immigration and Customs Enforcement", IS_IMMIGRATION),
        "Immigration unit": ("City of Springfield - Police Department", IS_POLICE),
        "Immigration crimes": ("Office of the State Attorney", "This is a prosecutor's office."),
        "Immigration hall": ("Department of Corrections", "This is a prison or probation office."),
    }
    for name, (organization, _) in bodies.items():
        asking.add(name, organization=organization, terms=["Immigration"])
    asking.add("Kestrel aid", organization="Immigrant Advocacy, Inc.", description="Text. " * 30 + "Immigration.")
    asking.add("Kestrel rows", terms=["Legal Aid"], description="Text. " * 40 + "They know immigration.")
    ana = asking.ana()
    for form in ({"q": "immigration"}, {"need": "papers"}):
        names = listed(ana.post("/places", data=form).text)
        assert names[0].startswith("Kestrel") and not set(names[: -len(bodies)]) & set(bodies), form
    page = ana.post("/places", data={"q": "immigration"}).text
    for name, (_, sentence) in bodies.items():
        assert sentence in card_of(page, name)
    for name in ("Kestrel aid", "Kestrel rows"):
        assert not [sentence for _, sentence in bodies.values() if sentence in card_of(page, name)]


def test_who_asks_for_a_body_in_so_many_words_finds_it_and_a_story_about_it_does_not(asking: Asking) -> None:
    asking.add("Springfield Police", terms=["Police"], organization="Springfield Police")
    asking.add("Kestrel aid", description="Text. " * 40 + "They go along to the police, they say, to send papers.")
    ana = asking.ana()
    for words in ("police", "springfield police department"):
        assert listed(ana.post("/places", data={"q": words}).text)[0] == "Springfield Police", words
    told = listed(ana.post("/places", data={"q": "they say the police will send me away"}).text)
    assert told[-1] == "Springfield Police"
    needed = listed(ana.post("/places", data={"q": "police", "need": "record"}).text)
    assert "Springfield Police" not in needed[:1]


def test_a_body_of_the_state_is_not_lost_and_comes_last_of_several_pages(asking: Asking) -> None:
    asking.add("Kestrel kestrel kestrel", organization="Kestrel Police Department")
    for number in range(PAGE + 2):
        asking.add(f"Place {number}", description="Something about a kestrel.")
    pages = [[result.card.name for result in asking.search("kestrel", page=page).results] for page in (1, 2)]
    assert len(pages[0]) == PAGE and pages[1][-1] == "Kestrel kestrel kestrel"
    assert len({*pages[0], *pages[1]}) == PAGE + 3 == len(pages[0]) + len(pages[1])


def test_the_page_of_a_body_of_the_state_says_it_and_what_an_editor_found_out_counts_more(asking: Asking) -> None:
    ice = asking.add("Kestrel MIAMI", organization="U.S. Immigration and Customs Enforcement", number="305 555 0100")
    asking.add("Kestrel unit", organization="Springfield Police Department", number="305 555 0101")
    ana = asking.ana()
    for name, sentences in (
        ("Kestrel MIAMI", (IS_IMMIGRATION, "They work with the police.")),
        ("Kestrel unit", (IS_POLICE,)),
    ):
        page = ana.post("/places", data={"q": "kestrel"}).text
        link = re.search(rf'<h2><a href="([^"]+)"><bdi>{name}<', page)
        assert link
        shown = ana.get(html.unescape(link[1])).text
        service = re.search(r'name="service" value="([^"]+)"', shown)
        assert service
        calling, paper = (
            ana.post("/place", data={"service": service[1], "go": go}, follow_redirects=True).text
            for go in ("call", "print")
        )
        for text in (shown, calling, paper):
            assert all(sentence in said(text) for sentence in sentences) and NOT_KNOWN not in said(text)
            assert ("They work with" in said(text)) == (len(sentences) > 1), "the police are the police"
    asking.change(ice, police="if_asked")
    asking.house.run(drop_kept)
    page = ana.post("/places", data={"q": "kestrel"}).text
    assert IS_IMMIGRATION not in card_of(page, "Kestrel MIAMI")
    assert listed(page) == ["Kestrel MIAMI", "Kestrel unit"]


def test_for_tonight_a_shelter_further_off_stands_above_what_is_near_and_helps_later(asking: Asking) -> None:
    always = [(day, 0, 1440) for day in range(7)]
    for name, term, spot, hours in (
        ("Rooms near", "Transitional Housing", HOMESTEAD, always),
        ("Shelter near, closed", "Emergency Shelter", HOMESTEAD, [(6, 60, 120)]),
        ("Shelter in the next town", "Emergency Shelter", (25.55, -80.38), OFFICE),
        ("Shelter far off", "Emergency Shelter", ATLANTA, always),
    ):
        at(asking, asking.add(name, terms=[term], hours=hours), spot)
    order = ["Shelter near, closed", "Shelter in the next town", "Rooms near", "Shelter far off"]
    for form in ({"need": "bed"}, {"need": "tonight"}, {"q": "a bed tonight"}):
        assert listed(asking.ana().post("/places", data={**form, "near": "Homestead, FL"}).text) == order, form


def test_a_card_says_who_runs_a_place_and_for_which_age_above_what_it_does(asking: Asking) -> None:
    asking.add("MIAMI", organization="Kestrel Youth House", description="Beds.", minimum_age=12, maximum_age=21)
    asking.add("Kestrel", organization="Kestrel", description="Talk.", minimum_age=18)
    page = asking.ana().post("/places", data={"q": "kestrel"}).text
    card = card_of(page, "MIAMI")
    assert card.index("Kestrel Youth House") < card.index("Beds.")
    assert "From 12 to 21 years of age." in card
    assert "From 18 years of age." in card_of(page, "Kestrel") and card_of(page, "Kestrel").count("Kestrel") == 1


def test_the_word_suicide_finds_who_listens_as_a_sentence_does(asking: Asking) -> None:
    asking.add("Suicide research society", description="Suicide figures. " * 20)
    asking.add("Night line", terms=["General Crisis Intervention Hotlines"])
    asking.add("Crisis line", terms=["Crisis Intervention"])
    assert asking.names("suicide") == asking.names("kill myself")
    assert {why.how for result in asking.search("suicide").results for why in result.why} == {"exact"}
