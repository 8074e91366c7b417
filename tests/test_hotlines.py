"""The right number for a country: typed, in order, honest about what is unknown, never the police for another kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from server.resources import countries_build
from server.resources.countries import country_names, is_country, neighbours
from server.resources.dialling import Number, dialled, number_of, numbers_of, words_to_send
from server.resources.hotline_hours import week_told
from server.resources.hotline_rows import confidence_of, lines_of
from server.resources.hotlines import KINDS, ChannelKind, Confidence, Cost, Line, LineKind, Shown, help_for
from server.resources.hotlines_file import DATA, FILES, book
from server.resources.opening_hours import ALWAYS, State, days_of
from server.resources.reader import Reader
from server.web import LANGUAGES

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
ROWS: list[dict[str, Any]] = [row for name in FILES for row in json.loads((DATA / name).read_text())["rows"]]
everywhere = st.sampled_from([*country_names("en"), "ZZ"])
moments = st.integers(0, 370 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


def lines(country: str, kind: LineKind, now: datetime = NOON) -> list[Line]:
    return [shown.line for shown in help_for(book(), country, now).of(kind)]


def dials(country: str, kind: LineKind) -> list[str]:
    return [line.first_numbers[0].dial for line in lines(country, kind) if line.first_numbers]


def row(**changed: Any) -> dict[str, Any]:
    """A row as the shipped files have them."""
    plain = {
        "country_code": "XX", "name": "A line", "numbers": ["123"], "hours": "24/7", "languages": None,
        "other_channels": {}, "scope": "trafficking", "sources": ["a page"], "confidence": "high", "note": "",
    }  # fmt: skip
    return plain | changed


def one_line(**changed: Any) -> Line:
    (line,) = lines_of([row(**changed)])["XX"]
    return line


def test_the_files_are_shipped_as_they_were_read(shared_data: Path) -> None:
    for name in FILES:
        assert (DATA / name).read_bytes() == (shared_data / name).read_bytes()
    assert "CC BY-SA" in (DATA / "ATTRIBUTION.md").read_text()


@pytest.mark.parametrize(
    ("country", "emergency", "crisis", "trafficking"),
    [
        ("US", ["911"], ["988"], ["18883737888"]),
        ("GB", ["999"], ["116123"], ["08000121700"]),
        ("ES", ["112"], ["024", "717003717"], ["900759759"]),
        ("FR", ["112"], ["3114"], ["0825009907"]),
        ("AE", ["999"], [], ["8007283"]),
        ("UA", ["102"], [], ["527", "1547", "116123"]),
        ("KE", ["999"], ["0722178177"], []),
        ("KP", [], [], []),
    ],
)
def test_a_country_has_its_own_numbers_by_kind(
    country: str, emergency: list[str], crisis: list[str], trafficking: list[str]
) -> None:
    assert dials(country, LineKind.EMERGENCY) == emergency
    assert dials(country, LineKind.CRISIS) == crisis
    assert dials(country, LineKind.TRAFFICKING) == trafficking


@given(country=everywhere, now=moments)
def test_no_line_of_the_police_stands_where_another_was_asked_for(country: str, now: datetime) -> None:
    helped = help_for(book(), country, now)
    for kind, shown in helped.groups:
        assert all(one.line.kind is kind and one.line.police == (kind is LineKind.POLICE) for one in shown)
    assert not any(one.line.police for one in helped.near)
    order = [KINDS.index(kind) for kind, _ in helped.groups]
    assert order == sorted(order) and (not order or KINDS[-1] is LineKind.POLICE)


@pytest.mark.parametrize("scope", ["police reporting", "trafficking (police)", "trafficking (police) / legal advice"])
def test_whatever_names_the_police_is_the_police(scope: str) -> None:
    assert one_line(scope=scope).kind is LineKind.POLICE


def test_in_a_country_with_nothing_but_the_police_the_neighbours_are_shown_first_of_all() -> None:
    ireland = help_for(book(), "IE", NOON)
    assert ireland.missing == (LineKind.TRAFFICKING,)
    assert [shown.line.country for shown in ireland.near] == ["GB"]
    assert ireland.groups[-1][0] is LineKind.POLICE


@given(country=everywhere, now=moments)
def test_a_closed_line_never_stands_before_an_open_one(country: str, now: datetime) -> None:
    for _, shown in help_for(book(), country, now).groups:
        states = [one.standing.state for one in shown]
        assert State.CLOSED not in states[: states.index(State.OPEN)] if State.OPEN in states else True
        assert all(one.standing.until for one in shown if one.standing.state is State.CLOSED), "says when it opens"


@given(country=everywhere)
def test_what_is_missing_is_said_and_nothing_is_guessed(country: str) -> None:
    helped = help_for(book(), country, NOON)
    present = {kind for kind, _ in helped.groups}
    assert set(helped.missing) == {LineKind.EMERGENCY, LineKind.CRISIS, LineKind.TRAFFICKING} - present
    read = {number for one in ROWS if one["country_code"] == country for number in one["numbers"]}
    beside = " ".join(
        str(one.get("other_channels") or one.get("channels")) for one in ROWS if one["country_code"] == country
    )
    for _, shown in helped.groups:
        for number in (n for one in shown for n in one.line.numbers):
            assert number.shown in beside or any(number.shown in text for text in read)


def test_lines_next_door_that_answer_from_abroad_come_first() -> None:
    near = help_for(book(), "RO", NOON).near
    assert near and {shown.line.country for shown in near} <= set(neighbours()["RO"])
    reached = [any(number.from_abroad for number in shown.line.numbers) for shown in near]
    assert reached == sorted(reached, reverse=True)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("high (operator site)", Confidence.HIGH),
        ("high for number; hours conflict", Confidence.MEDIUM),
        ("medium, one page", Confidence.MEDIUM),
        ("low (one secondary page)", Confidence.LOW),
        ("good", Confidence.LOW),
    ],
)
def test_the_first_word_of_confidence_counts(said: str, counts: Confidence) -> None:
    assert confidence_of(row(confidence=said)) is counts


@pytest.mark.parametrize("field", ["hours", "note"])
def test_a_stated_conflict_lowers_high_to_medium(field: str) -> None:
    assert confidence_of(row(**{field: "A 2024 list says 24 hours: the hours conflict."})) is Confidence.MEDIUM
    assert confidence_of(row(**{field: "conflict"}, confidence="low")) is Confidence.LOW


def test_a_line_of_low_confidence_is_shown_nowhere() -> None:
    low = {(one["country_code"], one["name"]) for one in ROWS if one["confidence"].startswith("low")}
    assert len(low) > 30
    shown = {(country, line.name) for country, listed in book().lines.items() for line in listed if line.name}
    assert not low & shown
    assert not any(line.confidence is Confidence.LOW for listed in book().lines.values() for line in listed)


def test_a_row_without_a_voice_line_is_text_alone() -> None:
    text_line = next(line for line in lines("US", LineKind.CRISIS) if not line.numbers)
    (channel,) = text_line.channels
    assert channel.kind is ChannelKind.TEXT and channel.number and channel.number.dial == "741741"


def test_an_independent_line_beside_the_police_is_a_line_of_its_own() -> None:
    (legal,) = lines("AU", LineKind.TRAFFICKING)
    assert (legal.name, legal.police, legal.numbers[0].dial) == ("Anti-Slavery Australia", False, "0295149662")
    assert [line.name for line in lines("AU", LineKind.POLICE)] == ["Australian Federal Police (report trafficking)"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1-888-373-7888", Number("1-888-373-7888", "18883737888")),
        ("+33 1 23 45", Number("+33 1 23 45", "+3312345")),
        ("116 016", Number("116 016", "116016")),
        ("800 SAVE (800 7283 on a keypad)", Number("800 SAVE", "8007283")),
        ("+38 044 284 19 15 (from abroad)", Number("+38 044 284 19 15", "+380442841915", "", "from abroad")),
        ("(02) 1343 from provinces (2015)", Number("(02) 1343", "021343", "", "from provinces (2015)")),
        ("233733 (HELP or BEFREE)", Number("233733", "233733", "", "HELP or BEFREE")),
        ("Ligue 180 (24/7)", Number("180", "180", "Ligue", "24/7")),
        ("yes", Number("yes", "")),
    ],
)
def test_what_is_shown_and_what_is_dialled_are_two_things(text: str, number: Number) -> None:
    assert number_of(text) == number


def test_several_numbers_in_one_sentence_keep_their_words() -> None:
    told = numbers_of("Norte 918 654 101; Centro 918 654 104 / +351 1 (24h)")
    assert [(n.before, n.dial, n.after) for n in told] == [
        ("Norte", "918654101", ""),
        ("Centro", "918654104", ""),
        ("", "+3511", "24h"),
    ]


def test_a_number_with_letters_is_never_dialled_by_half() -> None:
    assert dialled("1-800-4-A-CHILD") == ""
    assert dialled("305-374-1065 x614") == dialled("305 374 1065 ext. 614") == "3053741065"


@given(text=st.text(max_size=60))
def test_whatever_a_page_wrote_only_digits_are_dialled(text: str) -> None:
    for number in (number_of(text), *numbers_of(text)):
        assert set(number.dial) <= set("+0123456789") and number.dial.rfind("+") <= 0
    assert set(dialled(text)) <= set("+0123456789")


def test_every_shipped_number_can_be_dialled() -> None:
    assert [n for listed in book().lines.values() for line in listed for n in line.numbers if not n.dial] == []


def test_which_word_to_send() -> None:
    told = ["START to 88788", "233733 (HELP or BEFREE)", "988 (English, Spanish)", "741741"]
    assert [words_to_send(text) for text in told] == ["START", "HELP", "", ""]


@pytest.mark.parametrize(
    ("text", "day", "hours"),
    [
        ("Mon-Fri 09:00-17:00", 0, [(540, 1020)]),
        ("Mon-Fri 09:00-17:00", 5, []),
        ("daily 15:30-0:30 (2025)", 6, [(930, 1470)]),
        ("Mon, Tue, Thu, Fri 16-22; Wed and Sat 14-22", 2, [(840, 1320)]),
        ("Sun-Thu 8-20, Fri-Sat 9-17", 6, [(480, 1200)]),
        ("Mon-Fri 7-2, Sat-Sun 11-24", 4, [(420, 1560)]),
        ("Mon-Sat 24 hours", 5, [(0, 1440)]),
        ("11:00-04:00 (2021)", 3, [(660, 1680)]),
    ],
)
def test_hours_that_can_be_read(text: str, day: int, hours: list[tuple[int, int]]) -> None:
    told = next(days for days in days_of(week_told(text)) if days.first <= day <= days.last)
    assert list(told.hours) == hours


@pytest.mark.parametrize("text", ["24/7", "24/7, 365 days", "24 hours; chat daily 16-23 (2024)", "24-hour call centre"])
def test_day_and_night(text: str) -> None:
    assert week_told(text) == ALWAYS


@pytest.mark.parametrize(
    "text",
    [
        None,
        "daily from 8:00",
        "24/7; another list says 9-17: conflict",
        "365 days a year (exact hours NOT confirmed: older pages say 24/7, newer ones only '365 days')",
        "conflict: 24/7 (2024 list) or 12:00-05:30 (2021 copy)",
        "Polish 24/7; Ukrainian and Russian 14-24",
        "Mon-Fri 14:00-22:00 in the 2010 notice; present hours not read",
        "daily 16:00-21:00; 24 hours on the 10th of each month",
        "Mon, Wed, Sat 17-22; Tue, Thu 14-22; Fri see page",
    ],
)
def test_hours_that_are_doubtful_stay_unknown(text: str | None) -> None:
    assert week_told(text) == ()


@given(text=st.text(max_size=60))
def test_no_words_about_hours_break_anything(text: str) -> None:
    week_told(text)


def test_a_line_opens_and_closes_by_the_clock_of_its_country() -> None:
    def germany(now: datetime) -> Shown:
        return help_for(book(), "DE", now).of(LineKind.CHILDREN)[0]

    assert germany(datetime(2026, 11, 23, 12, 59, tzinfo=UTC)).standing.state is State.CLOSED
    assert germany(datetime(2026, 11, 23, 13, 0, tzinfo=UTC)).standing.state is State.OPEN


def test_cost_and_bill_are_told_only_where_a_page_told_them() -> None:
    assert one_line(note="Free and anonymous.").cost is Cost.FREE
    assert one_line(note="Surtaxed number, aimed at professionals.").cost is Cost.EXTRA
    assert one_line(note="Call charged as mobile.").cost is Cost.CHARGED
    assert one_line().cost is Cost.UNKNOWN and not one_line().off_the_bill
    assert lines("ES", LineKind.POLICE)[0].off_the_bill


def test_names_of_countries_and_languages_are_those_of_cldr() -> None:
    said = {code: row["names"] for code, row in countries_build.countries().items()}
    for language in LANGUAGES:
        names = localedata.load(language)["territories"]
        assert country_names(language) == {code: names[code] for code in country_names(language)}
        assert set(country_names(language)) == set(said)
    assert is_country("ZZ") and is_country("US") and not is_country("us") and not is_country("Atlantis")


def test_languages_of_a_source_are_told_in_the_readers_own() -> None:
    reader = Reader("es", "US")
    told = reader.spoken("English, Spanish (press 2); interpreters in 250 more languages for calls")
    assert told.names == ("Inglés", "Español") and told.many == 250 and not told.read
    assert reader.spoken("German + 18 languages").names == ("Alemán",)
    assert reader.spoken("Shona, and what you like").read == "and what you like"
    assert reader.spoken("") == reader.spoken(" , ;")
