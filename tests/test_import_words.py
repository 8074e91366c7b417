"""Promise: numbers, languages and places are read as they were meant, each by itself, and what is none is left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.resources.coordinates import DROPPED, SIGN_MENDED, SWAPPED, Spot, Surroundings, read_coordinates
from server.resources.language_reading import read_languages
from server.resources.phone_reading import read_numbers
from server.resources.terms import PhoneKind
from server.resources.text_cleaning import clean

# --- telephones


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("305-555-0142 x57471", [("305-555-0142", "57471", "voice")]),
        ("305-555-0142 xOPT2", [("305-555-0142", "option 2", "voice")]),
        ("(305) 555-0142", [("305-555-0142", "", "voice")]),
        ("305-555-0142 ext. option 2", [("305-555-0142", "option 2", "voice")]),
        ("305.555.0142 ext. 4", [("305-555-0142", "4", "voice")]),
        ("1-800-555-HELP", [("1-800-555-4357", "", "voice")]),
        ("000-000-*347", [("*347", "", "voice")]),
        ("211", [("211", "", "voice")]),
        ("116016", [("116016", "", "voice")]),
        ("+44 20 7946 0018", [("+44 20 7946 0018", "", "voice")]),
        ("305-555-0142 or 305-555-0143", [("305-555-0142", "", "voice"), ("305-555-0143", "", "voice")]),
        ("305-555-0142 305-555-0143", [("305-555-0142", "", "voice"), ("305-555-0143", "", "voice")]),
        ("305-555-0142; TTY 305-555-0143", [("305-555-0142", "", "voice"), ("305-555-0143", "", "tty")]),
        ("Fax: 305-555-0142", [("305-555-0142", "", "fax")]),
        ("text HOME to 741741", [("741741", "", "text")]),
        ("305-555-0142 / 911", [("305-555-0142", "", "voice"), ("911", "", "voice")]),
        ("000-000-0000", []),
        ("call us", []),
        ("", []),
    ],
)
def test_numbers_as_people_type_them(cell: str, numbers: list[tuple[str, str, str]]) -> None:
    assert [(one.number, one.extension, one.kind.value) for one in read_numbers(cell).numbers] == numbers


def test_words_beside_a_number_become_its_description() -> None:
    read = read_numbers("Main: 305-555-0142 (Spanish)")
    assert [(one.number, one.description) for one in read.numbers] == [("305-555-0142", "Spanish")]
    assert read_numbers("1-800-555-HELP").numbers[0].description == "1-800-555-HELP"
    assert read_numbers("305-555-0142 x57471").numbers[0].description == ""


@given(st.text(alphabet="0123456789-() x+*#;/,andorextTTY.ABC", max_size=80))
def test_numbers_fit_their_columns(text: str) -> None:
    for one in read_numbers(text).numbers:
        assert 2 <= len(re.sub(r"\D", "", one.number)) <= 15 and len(one.number) <= 64
        assert len(one.extension) <= 16 and one.kind in PhoneKind


# --- languages


@pytest.mark.parametrize(
    ("cell", "spoken"),
    [
        ("English", [("en", "English", "")]),
        ("Creole (limited)", [("ht", "Creole", "limited")]),
        ("English and Spanish", [("en", "English", ""), ("es", "Spanish", "")]),
        ("Español", [("es", "Spanish", "")]),
        ("ar", [("ar", "Arabic", "")]),
        ("limited Spanish", [("es", "Spanish", "limited")]),
        ("Creole\n\nEvening class:\nEnglish", [("ht", "Creole", ""), ("en", "English", "")]),
        ("Spanish (website)", [("", "Spanish", "website")]),
        ("American Sign Language", [("ase", "American Sign Language", "")]),
        ("Klingon", [("", "Klingon", "")]),
        ("Klingon, Spanish (a little)", [("", "Klingon", ""), ("es", "Spanish", "a little")]),
        ("Spanish (a little, evenings), Klingon", [("es", "Spanish", "a little, evenings"), ("", "Klingon", "")]),
        ("We speak Spanish, and more", [("es", "Spanish", "We speak , and more")]),
        ("other languages available upon request", []),
        ("Language line available", []),
        ("translation services provided for Spanish", []),
        ("is available.", []),
        ("ask each counselor", []),
        ("", []),
    ],
)
def test_languages_as_people_type_them(cell: str, spoken: list[tuple[str, str, str]]) -> None:
    assert [(one.code, one.name, one.note) for one in read_languages(cell).spoken] == spoken


def test_words_about_interpreters_are_kept() -> None:
    read = read_languages("Spanish\n\nInterpreter services as needed")
    assert [one.code for one in read.spoken] == ["es"] and read.interpretation == ["Interpreter services as needed"]


@given(st.text(max_size=120))
def test_languages_fit_their_columns(text: str) -> None:
    for one in read_languages(clean(text)[0]).spoken:
        assert one.name and len(one.name) <= 64 and len(one.code) <= 12


@given(
    st.lists(
        st.sampled_from(
            [
                "English",
                "Spanish",
                "Creole",
                "Klingon",
                "(website)",
                "(a little)",
                "limited",
                ",",
                ";",
                "and",
                "materials",
            ]
        ),
        max_size=6,
    ).map(" ".join)
)
@example("Spanish (website)")
def test_a_language_that_was_read_is_read_again_as_the_same(text: str) -> None:
    """As it leaves in an export and comes back: name, code and note each by itself."""
    for one in read_languages(text).spoken:
        assert read_languages(one.name, one.code, one.note).spoken == [one]


@given(
    st.sampled_from(["305-555-0142", "+44 20 7946 0018", "211"]),
    st.sampled_from(["", " ", " ext. ", " x", " option ", " ext. option ", " xOPT", " press ", " ext opt "]),
    st.sampled_from(["", "2", "14", "5747", "0012"]),
)
@example("305-555-0142", " ext. option ", "2")
def test_a_number_that_was_read_is_read_again_as_the_same(number: str, between: str, extension: str) -> None:
    """In two cells, and in one as an export has it where the extension is no plain number."""
    for one in read_numbers(f"{number}{between}{extension}").numbers:
        for cells in ((one.number, one.extension), (f"{one.number} ext. {one.extension}", "")):
            again = read_numbers(*cells).numbers if one.extension or cells[1] else [one]
            assert [(two.number, two.extension) for two in again] == [(one.number, one.extension)]


# --- coordinates

TOWN = [Spot(26.6 + n / 1000, -81.6, "fl", "port marlow") for n in range(20)]
AROUND = Surroundings(TOWN)


@pytest.mark.parametrize(
    ("spot", "kept", "said"),
    [
        (Spot(26.61, -81.61, "fl", "port marlow"), (26.61, -81.61), ""),
        (Spot(26.61, -171.6, "fl", "port marlow"), None, DROPPED),
        (Spot(26.61, 81.61, "fl", "port marlow"), (26.61, -81.61), SIGN_MENDED),
        (Spot(-81.61, 26.61, "fl", "port marlow"), (26.61, -81.61), SWAPPED),
        (Spot(37.77, -122.41, "ca", "san francisco"), (37.77, -122.41), ""),
        (Spot(26.61, -81.61, "in", "elkhart"), None, DROPPED),
        (Spot(26.61, -171.6), None, DROPPED),
    ],
)
def test_a_dot_far_from_its_address_is_dropped(spot: Spot, kept: tuple[float, float] | None, said: str) -> None:
    assert AROUND.judge(spot) == (kept, said)


@given(st.text(max_size=12), st.text(max_size=12))
@example("nan", "1")
@example("inf", "1e400")
@example("0", "0")
def test_coordinates_are_on_the_globe_or_none(latitude: str, longitude: str) -> None:
    read = read_coordinates(latitude, longitude)
    assert read is None or (abs(read[0]) <= 180 and abs(read[1]) <= 180 and read != (0, 0))
