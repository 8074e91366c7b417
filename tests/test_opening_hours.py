"""Open, closed or unknown: the same answer as reading the clock minute by minute, on every night of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.resources.opening_hours import ALWAYS, Days, Hours, Span, State, days_of, standing, week_of

MIAMI = ZoneInfo("America/New_York")
Row = tuple[int, int, int]
OFFICE: list[Row] = [(day, 9 * 60, 17 * 60) for day in range(5)]


def at(text: str, zone: ZoneInfo = MIAMI, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def open_on_the_clock(rows: list[Row], moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    return any(day == local.weekday() and opens <= minute < closes for day, opens, closes in rows)


def turn_by_waiting(rows: list[Row], moment: datetime, zone: ZoneInfo) -> datetime | None:
    first = open_on_the_clock(rows, moment, zone)
    waiting = moment.astimezone(UTC).replace(second=0, microsecond=0)
    for minutes in range(1, 8 * 1440 + 61):
        if open_on_the_clock(rows, waiting + timedelta(minutes=minutes), zone) is not first:
            return waiting + timedelta(minutes=minutes)
    return None


@st.composite
def any_row(draw: st.DrawFn) -> Row:
    opens = draw(st.integers(0, 1439))
    return draw(st.integers(0, 6)), opens, draw(st.integers(opens + 1, 1440))


# Both clock changes of two hemispheres, half an hour on Lord Howe, midnight itself in Beirut, and quiet days.
CHANGES = [
    ("America/New_York", "2026-03-08T07:00"),
    ("America/New_York", "2026-11-01T06:00"),
    ("Australia/Lord_Howe", "2026-04-04T15:00"),
    ("Australia/Lord_Howe", "2026-10-03T15:30"),
    ("Asia/Beirut", "2026-03-28T22:00"),
    ("Asia/Kathmandu", "2026-06-01T00:00"),
]
moments = st.builds(
    lambda change, minutes, seconds: (
        ZoneInfo(change[0]),
        datetime.fromisoformat(change[1]).replace(tzinfo=UTC) + timedelta(minutes=minutes, seconds=seconds),
    ),
    st.sampled_from(CHANGES),
    st.integers(-4 * 1440, 2 * 1440),
    st.integers(0, 59),
)


@given(rows=st.lists(any_row(), min_size=1, max_size=8), moment=moments)
@example(rows=[(6, 150, 165)], moment=(MIAMI, at("2026-03-08T01:00")))
@example(rows=[(6, 150, 300)], moment=(MIAMI, at("2026-03-08T01:59")))
@example(rows=[(6, 75, 105)], moment=(MIAMI, at("2026-11-01T01:50")))
@example(rows=[(6, 75, 105)], moment=(MIAMI, at("2026-11-01T01:20", fold=1)))
def test_the_same_as_waiting_at_the_door(rows: list[Row], moment: tuple[ZoneInfo, datetime]) -> None:
    zone, now = moment
    said = standing(week_of(rows), zone, now)
    assert (said.state is State.OPEN) == open_on_the_clock(rows, now, zone)
    until = said.until.astimezone(UTC) if said.until else None
    assert until == turn_by_waiting(rows, now, zone)


@given(rows=st.lists(any_row(), max_size=8))
def test_a_told_week_holds_the_same_minutes(rows: list[Row]) -> None:
    told = {
        (day * 1440 + minute) % (7 * 1440)
        for days in days_of(week_of(rows))
        for day in range(days.first, days.last + 1)
        for hours in days.hours
        for minute in range(hours.start, hours.end)
    }
    assert told == {day * 1440 + minute for day, opens, closes in rows for minute in range(opens, closes)}


def test_an_office_says_when_it_closes_and_when_it_opens() -> None:
    week = week_of(OFFICE)
    noon = standing(week, MIAMI, at("2026-11-20T12:00"))
    assert (noon.state, noon.until) == (State.OPEN, at("2026-11-20T17:00"))
    evening = standing(week, MIAMI, at("2026-11-20T17:00"))
    assert (evening.state, evening.until) == (State.CLOSED, at("2026-11-23T09:00"))


def test_past_midnight_is_still_the_same_night() -> None:
    week = week_of([(4, 22 * 60, 1440), (5, 0, 2 * 60)])
    late = standing(week, MIAMI, at("2026-11-21T01:30"))
    assert (late.state, late.until) == (State.OPEN, at("2026-11-21T02:00"))
    assert Days(4, 4, (Hours(22 * 60, 26 * 60),)) in days_of(week)
    assert Days(5, 6, ()) in days_of(week)


def test_the_night_that_the_week_ends_in() -> None:
    week = week_of([(6, 20 * 60, 1440), (0, 0, 4 * 60)])
    assert standing(week, MIAMI, at("2026-11-22T23:00")).until == at("2026-11-23T04:00")
    assert days_of(week) == (Days(0, 5, ()), Days(6, 6, (Hours(20 * 60, 28 * 60),)))


def test_day_and_night_never_closes() -> None:
    week = week_of([(day, 0, 1440) for day in range(7)])
    assert week == ALWAYS
    assert standing(week, MIAMI, at("2026-03-08T02:30")).state is State.OPEN
    assert standing(week, MIAMI, at("2026-03-08T02:30")).until is None
    (days,) = days_of(week)
    assert days.all_day and (days.first, days.last) == (0, 6)


def test_no_hours_or_no_zone_is_unknown_never_closed() -> None:
    assert standing((), MIAMI, at("2026-11-20T12:00")).state is State.UNKNOWN
    assert standing(week_of(OFFICE), None, at("2026-11-20T12:00")).state is State.UNKNOWN


@pytest.mark.parametrize("row", [(7, 0, 60), (-1, 0, 60), (0, 600, 540), (0, 0, 0), (0, -5, 60), (0, 0, 1441)])
def test_a_row_without_sense_is_left_out(row: Row) -> None:
    assert week_of([row, (0, 60, 120)]) == (Span(60, 120),)


def test_the_hour_skipped_in_spring() -> None:
    week = week_of([(6, 2 * 60 + 30, 5 * 60)])
    before = standing(week, MIAMI, at("2026-03-08T01:00"))
    assert (before.state, before.until) == (State.CLOSED, at("2026-03-08T03:00"))


def test_the_hour_that_comes_twice_in_autumn() -> None:
    week = week_of([(6, 0, 9 * 60)])
    said = standing(week, MIAMI, at("2026-11-01T00:30"))
    assert said.until is not None
    assert said.until.astimezone(UTC) - at("2026-11-01T00:30").astimezone(UTC) == timedelta(hours=9, minutes=30)
