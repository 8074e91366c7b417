"""The rules under the desk's forms: hours as typed, a service as a form and back, two people in one form."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.stale_edit import marks, merged, part_of, parts_of, read_marks, written
from server.resources.hours_reading import DAY, Interval
from server.resources.known_places import secrets_of_place
from server.resources.language_reading import Spoken
from server.resources.review import hides, read_typed
from server.resources.service_form import (
    PLACE_TEXTS,
    TEXTS,
    Content,
    PhoneRow,
    PlaceRow,
    Wrong,
    changed,
    form_of,
    read_form,
)
from server.resources.terms import PhoneKind, Status
from server.resources.typed_week import NotHoursError, read_day, read_week, told_day

# Hours


def apart(intervals: list[Interval]) -> bool:
    """No two of one weekday overlap."""
    ordered = sorted(intervals)
    return all(a.weekday != b.weekday or a.closes <= b.opens for a, b in pairwise(ordered))


@st.composite
def any_week(draw: st.DrawFn) -> tuple[Interval, ...]:
    found: list[Interval] = []
    for weekday in range(7):
        turns = sorted(draw(st.sets(st.integers(0, DAY), max_size=6)))
        pairs = zip(turns[::2], turns[1::2], strict=False)
        found += [Interval(weekday, opens, closes) for opens, closes in pairs]
    return tuple(sorted(found))


@given(any_week())
def test_a_week_told_is_the_week_read(week: tuple[Interval, ...]) -> None:
    assert read_week([(day, told_day(week, day)) for day in range(7)]) == week


@given(st.integers(0, 6), st.text(max_size=40))
def test_any_text_is_hours_or_is_not(weekday: int, typed: str) -> None:
    try:
        found = read_day(weekday, typed)
    except NotHoursError:
        return
    assert apart(list(found))
    assert all(0 <= one.opens < one.closes <= DAY and 0 <= one.weekday < 7 for one in found)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("9-17", "09:00-17:00"),
        ("9am-5pm", "09:00-17:00"),
        ("9 a.m. to 5 p.m.", "09:00-17:00"),
        ("9.30–12, 13h-17h30", "09:30-12:00, 13:00-17:30"),
        ("24h", "00:00-24:00"),
        ("All day", "00:00-24:00"),
        ("10:00-23:00", "10:00-23:00"),
        ("10:00-24:00", "10:00-24:00"),
        ("closed", ""),
        (" ", ""),
        ("22:00-02:00", "22:00-02:00"),
        ("6pm-2am", "18:00-02:00"),
    ],
)
def test_hours_as_people_write_them(typed: str, told: str) -> None:
    assert told_day(read_day(2, typed), 2) == told


@pytest.mark.parametrize(
    "typed", ["9-5", "25-26", "12:00-12:00", "9:75-10", "nine to five", "9-12, 11-13", "24:00-02:00"]
)
def test_what_leaves_a_doubt_is_not_guessed(typed: str) -> None:
    with pytest.raises(NotHoursError):
        read_day(0, typed)


def test_a_night_belongs_to_two_days_and_sunday_runs_into_monday() -> None:
    assert read_day(6, "22:00-02:00") == (Interval(6, 22 * 60, DAY), Interval(0, 0, 120))
    with pytest.raises(NotHoursError):
        read_week([(6, "22:00-02:00"), (0, "01:00-09:00")])


# A service as a form

plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).map(str.strip)
lines = st.lists(plain, max_size=3).map("\n".join).map(str.strip)
phone_rows = st.builds(
    PhoneRow, st.integers(1, 10**6), plain.filter(bool), plain, st.sampled_from(list(PhoneKind)), plain
)
place_rows = st.builds(PlaceRow, st.integers(1, 10**6), st.fixed_dictionaries(dict.fromkeys(PLACE_TEXTS, plain)))
spoken = st.builds(Spoken, st.sampled_from(["es", "ht", ""]), plain.filter(bool), plain)
contents = st.builds(
    Content,
    texts=st.fixed_dictionaries({**dict.fromkeys(TEXTS, lines), "name": plain.filter(bool)}),
    status=st.sampled_from(list(Status)).map(str),
    confidential=st.booleans(),
    phones=st.lists(phone_rows, max_size=4, unique_by=lambda row: row.key).map(tuple),
    languages=st.lists(spoken, max_size=3).map(tuple),
    hours=any_week(),
    hours_read=lines,
    places=st.lists(place_rows, max_size=2, unique_by=lambda row: row.key).map(tuple),
)


def as_a_browser_sends(form: dict[str, str]) -> dict[str, str]:
    """One-line fields lose their line breaks; an unticked box is not sent."""
    short = ("phone_", "place_", "name", "alternate_name", "website", "languages")
    sent = {name: value.replace("\n", "") if name.startswith(short) else value for name, value in form.items()}
    return {name: value.strip() for name, value in sent.items() if name != "confidential" or value}


@given(contents)
def test_a_form_opened_and_saved_changes_nothing_however_odd_it_was(content: Content) -> None:
    read = read_form(as_a_browser_sends(form_of(content)), content)
    assert read.wrong == {} and changed(content, read.content) == ()


@given(contents, st.dictionaries(st.sampled_from(sorted(form_of(Content({}, "active", False)))), lines))
def test_whatever_is_typed_is_read_or_said_to_be_wrong(content: Content, typed: dict[str, str]) -> None:
    form = {**form_of(content), **typed}
    read = read_form(form, content)
    assert read.wrong.keys() <= form.keys() | {"hours_0"}
    assert all(isinstance(reason, Wrong) for reason in read.wrong.values())
    if not read.wrong:
        again = read_form(as_a_browser_sends(form_of(read.content)), read.content)
        assert again.wrong == {} and changed(read.content, again.content) == ()


def a_service(**changes: Any) -> Content:
    texts = {**dict.fromkeys(TEXTS, ""), "name": "Night shelter", "website": "https://shelter.example"}
    places = (PlaceRow(7, {**dict.fromkeys(PLACE_TEXTS, ""), "address_1": "12 Oak Street", "city": "Miami"}),)
    made = Content(texts, "active", False, (PhoneRow(3, "305-555-0100"),), (Spoken("es", "Spanish"),), (), "", places)
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("name", "", Wrong.NEEDED),
        ("name", "x" * 301, Wrong.TOO_LONG),
        ("description", "x" * 8001, Wrong.TOO_LONG),
        ("website", "javascript:alert(1)", Wrong.NOT_AN_ADDRESS),
        ("website", "javascript://a.example/%0aalert(1)", Wrong.NOT_AN_ADDRESS),
        ("website", "https://a b.example", Wrong.NOT_AN_ADDRESS),
        ("website", "https://[", Wrong.NOT_AN_ADDRESS),
        ("phone_0_number", "call us", Wrong.NOT_A_NUMBER),
        ("phone_0_kind", "pigeon", Wrong.NOT_A_STATE),
        ("status", "gone", Wrong.NOT_A_STATE),
        ("hours_3", "9-5", Wrong.NOT_HOURS),
        ("languages", "ask at the desk", Wrong.NOT_LANGUAGES),
        ("place_7_city", "x" * 8001, Wrong.TOO_LONG),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(field: str, typed: str, reason: Wrong) -> None:
    before = a_service()
    read = read_form({**form_of(before), field: typed}, before)
    assert read.wrong == {field: reason}


def test_a_website_without_its_beginning_gets_one() -> None:
    before = a_service()
    assert (
        read_form({**form_of(before), "website": "casa.example"}, before).content.texts["website"]
        == "https://casa.example"
    )


def test_numbers_come_and_go_and_nobody_elses_number_is_taken_by_its_key() -> None:
    before = a_service()
    form = {
        **form_of(before),
        "phone_0_number": "",
        "phone_1_number": "3055550199",
        "phone_1_kind": "text",
        "phone_1_key": "99",
    }
    assert read_form(form, before).content.phones == (PhoneRow(0, "305-555-0199", "", "text"),)
    assert read_form({**form_of(before), "place_8_city": "Elsewhere"}, before).content.places == before.places
    gone = {name: value for name, value in form_of(before).items() if not name.startswith(("phone_", "place_"))}
    assert read_form(gone, before).content == before, "what a form does not name stays"


def test_hours_are_typed_and_languages_with_their_notes() -> None:
    before = a_service()
    read = read_form(
        {**form_of(before), "hours_4": "22:00-02:00", "languages": "Spanish, Haitian Creole (mornings)"}, before
    )
    assert read.content.hours == (Interval(4, 22 * 60, DAY), Interval(5, 0, 120))
    assert read.content.languages == (Spoken("es", "Spanish"), Spoken("ht", "Haitian Creole", "mornings"))


class Kept:
    """Stands for a whole service where only its content is looked at."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.country = "US"
        self.secrets = secrets_of_place({**content.places[0].texts, "name": ""}, ())


def test_a_place_that_becomes_secret_leaves_no_address_anywhere() -> None:
    phones = (PhoneRow(3, "305-555-0100", "", "voice", "at 12 Oak Street"),)
    before = a_service(phones=phones, hours_read="Ask at 12 Oak Street")
    form = {
        **form_of(before),
        "confidential": "1",
        "description": "Rooms at 12 Oak Street, Miami, FL 33101. Call first.",
    }
    content = read_typed(cast(Any, Kept(before)), form).content
    assert "Oak" not in repr(content) and "Call first" in content.texts["description"]
    assert content.places == (PlaceRow(7, dict.fromkeys(PLACE_TEXTS, "")),)
    assert hides(before, content) and not hides(content, before)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_closing_hides_and_opening_shows(status: Status) -> None:
    assert hides(a_service(), a_service(status=str(status)))
    assert not hides(a_service(status=str(status)), a_service())
    assert not hides(a_service(), a_service(texts={**a_service().texts, "fees": "None"}))


# Two people in one form

FIELDS = [
    "name",
    "fees",
    "description",
    "phone_0_number",
    "phone_1_number",
    "hours_0",
    "hours_3",
    "place_7_city",
    "confidential",
]
forms = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["", "a", "b", "c"]))


def same(one: dict[str, str], other: dict[str, str]) -> bool:
    """An empty field and a missing one are the same."""
    return {k: v for k, v in one.items() if v} == {k: v for k, v in other.items() if v}


@given(base=forms, mine=forms, theirs=forms)
def test_no_work_is_lost_unseen(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    seen = read_marks(written(marks(base)))
    both = merged(seen, mine, theirs)
    for part in {part_of(name) for name in FIELDS}:
        was, i, they, got = (parts_of(form).get(part, {}) for form in (base, mine, theirs, both.form))
        got = {name: value for name, value in got.items() if value}
        if i != was:
            assert got == i, "what she typed stays"
        else:
            assert got == they, "what she left alone is as it is kept now"
        assert (part in both.taken) == (i == was and they != was)
        assert (part in both.clashing) == (i != was and they != was and i != they)


@given(base=forms, mine=forms)
def test_where_nobody_else_changed_anything_her_form_is_what_she_typed(
    base: dict[str, str], mine: dict[str, str]
) -> None:
    both = merged(marks(base), mine, base)
    assert same(both.form, mine) and both.taken == both.clashing == ()


@given(forms, st.text(max_size=40))
def test_marks_that_were_tampered_with_harm_only_what_is_shown(theirs: dict[str, str], text: str) -> None:
    both = merged(read_marks(text), {}, theirs)
    assert set(both.taken).isdisjoint(both.clashing)


def test_parts_are_taken_whole() -> None:
    assert [part_of(name) for name in ("phone_0_number", "hours_3", "hours_text", "place_7_city", "fees")] == [
        "phone", "hours", "hours", "place", "fees",
    ]  # fmt: skip
