""" "Is this happening to me?" names nothing and leads on; the cards that are printed say nothing either."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import SetupError
from server.pages.cards import A_SHEET, cards
from server.resources.needs import NEEDS
from server.resources.showing import Query
from server.settings import Settings
from server.web import LANGUAGES, open_door_value, open_token
from tests.house import House
from tests.serving import alder

NAMES = re.compile(
    r"traffick|slave|exploit|victim|survivor|abus|rape|crime|illegal|"
    r"trata\b|esclav|explota|víctima|superviv|abuso|violaci|delito|"
    r"اتجار|استغلال|ضحي|عبودي|اغتصاب|جريم",
    re.I,
)
TELLING = re.compile(NAMES.pattern + r"|help|alder|polic|direct|hidden|door|secret|ayuda|مساعد", re.I)
HAPPENING = {need.id for need in NEEDS if need.happening}
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@on_sqlite
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_nothing_and_asks_for_no_decision(house: House, language: str) -> None:
    client = house.through_the_door("beth", language=language)
    page = client.get("/look").text
    main = page[page.index("<main") : page.index("<nav", page.index("<main"))]  # the numbers have names of their own
    assert not NAMES.findall(text_of(main))
    assert "<form" not in main and "<input" not in main, "nothing to fill in or to send"
    assert client.get("/home").text.count('href="/look"') == 1


@on_sqlite
def test_every_line_leads_to_just_that_and_every_need_has_one(house: House) -> None:
    client = house.through_the_door("beth")
    page = client.get("/look").text
    assert "You do not have to decide anything." in page
    visit = open_door_value(client.cookies["__Host-a"], house.clock())
    assert visit
    tokens = re.findall(r'href="/places\?t=([\w-]+)"', page)
    asked = [Query.of_token(open_token(token, visit.id, house.clock())) for token in tokens]
    assert {need for query in asked for need in query.needs} == HAPPENING
    assert all(len(query.needs) == 1 and not query.words for query in asked)
    assert re.search(r'href="tel:\d+"', page) and 'href="/numbers"' in page


def printed(settings: Settings, *words: object) -> CompletedProcess[str]:
    return alder("cards", *words, data=settings.data, ALDER_KEYS=str(settings.keys))


@on_sqlite
def test_cards_hold_code_and_address_and_no_word_that_tells(house: House, tmp_path: Path) -> None:
    out = tmp_path / "cards.html"
    done = printed(house.settings, "--address", "https://sums.example/x?y=1", "--count", "12", out)
    assert done.returncode == 0, done.stderr
    page = out.read_text(encoding="utf-8")
    assert page.count("<li ") == 12 * len(LANGUAGES)
    assert page.count(f">{house.door_code}<") == 12 * len(LANGUAGES)
    assert page.count("<svg") == 12 * len(LANGUAGES) and ">sums.example<" in page and "y=1" not in page
    assert not TELLING.findall(text_of(page.partition("<body>")[2])) and "<title>Calculator</title>" in page
    assert not re.search(r'(?:src|href)="', page), "the page loads something"
    assert {f'lang="{language}"' in page for language in LANGUAGES} == {True}


@on_sqlite
@pytest.mark.parametrize(
    "asked",
    [
        ["--address", "https://sums.example", "--code", "000000"],
        ["--address", "two words"],
        ["--address", "https://["],
        ["--address", "javascript:alert(1)"],
        ["--address", "https://sums.example", "--count", "0"],
        ["--address", "https://sums.example", "--language", "xx"],
        [],
    ],
    ids=lambda asked: " ".join(asked) or "no address",
)
def test_what_cannot_be_printed_is_said_in_one_line(settings: Settings, tmp_path: Path, asked: list[str]) -> None:
    done = printed(settings, *asked, tmp_path / "cards.html")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert not (tmp_path / "cards.html").exists()


@given(st.integers(1, 60), st.sampled_from([("en",), ("en", "ar"), tuple(LANGUAGES)]))
def test_as_many_cards_as_asked_for_and_one_language_on_a_sheet(count: int, languages: tuple[str, ...]) -> None:
    sheets = cards("sums.example", "123456", count, languages)
    assert all(0 < len(sheet) <= A_SHEET and len({card.language for card in sheet}) == 1 for sheet in sheets)
    assert sum(map(len, sheets)) == count * len(languages)


@given(st.text(max_size=60))
def test_any_address_makes_cards_or_one_clear_error(address: str) -> None:
    try:
        (sheet,) = cards(address, "123456", 1, ("en",))
    except SetupError:
        return
    assert sheet[0].address and not re.search(r"[\s/?#]", sheet[0].address)
