"""Promise: hours that come every other week, on the first Monday, or not on a holiday are open when they say so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from server.resources.opening_hours import (
    UNKNOWN,
    Dated,
    State,
    dated_of,
    standing,
    standing_on_calendar,
    week_of,
)
from server.resources.recurring_hours import Recurrence, cells_of_rule, read_recurrence
from tests.test_opening_hours import MIAMI, OFFICE, Row, any_row, at

DAY = 1440
RULES = (
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=WEEKLY;BYDAY=SU,MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=8",
)
FIRST = date(2026, 2, 20)
LAST = date(2026, 3, 25)
days = st.integers(0, (LAST - FIRST).days).map(lambda ahead: FIRST + timedelta(days=ahead))


@st.composite
def any_dated(draw: st.DrawFn) -> Dated:
    rule = draw(st.sampled_from(("", *RULES)))
    begin, end = sorted((draw(days), draw(days)))
    closed = draw(st.booleans())
    counted = "INTERVAL" in rule
    valid_from = begin if not rule or counted or draw(st.booleans()) else None
    valid_to = end if not rule or draw(st.booleans()) else None
    if closed and draw(st.booleans()):
        return Dated(None, None, None, rule, valid_from, valid_to, closed=True)
    opens = draw(st.integers(0, DAY - 1))
    closes = draw(st.integers(opens + 1, DAY if closed else opens + 16 * 60))
    return Dated(None, opens, closes, rule, valid_from, valid_to, closed)


def comes(row: Dated, day: date) -> bool:
    """Straight from RFC 5545: listed from the first day on."""
    if (row.valid_from and day < row.valid_from) or (row.valid_to and row.valid_to < day):
        return False
    if not row.rule:
        return True
    start = datetime.combine(
        row.valid_from if "INTERVAL" in row.rule and row.valid_from else date(2026, 1, 5), datetime.min.time()
    )
    return any(one.date() == day for one in rrulestr(f"{row.rule};UNTIL=20260601T000000", dtstart=start))


class Reference:
    """The same told slowly: for each minute, what every row says of it."""

    def __init__(self, week: list[Row], dated: list[Dated]) -> None:
        self.week, self.dated = week, dated
        self.coming: dict[tuple[int, date], bool] = {}

    def comes(self, number: int, day: date) -> bool:
        if (number, day) not in self.coming:
            self.coming[number, day] = comes(self.dated[number], day)
        return self.coming[number, day]

    def shut(self, day: date) -> bool:
        return any(row.closed and row.opens is None and self.comes(n, day) for n, row in enumerate(self.dated))

    def special(self, day: date) -> bool:
        return any(not row.closed and not row.rule and self.comes(n, day) for n, row in enumerate(self.dated))

    def is_open(self, local: datetime) -> bool:
        day, minute = local.date(), local.hour * 60 + local.minute
        before = day - timedelta(days=1)
        if self.shut(day):
            return False
        inside = False
        for n, row in enumerate(self.dated):
            if row.opens is None or row.closes is None:
                continue
            today = self.comes(n, day) and row.opens <= minute < row.closes
            night = self.comes(n, before) and row.closes > DAY and minute < row.closes - DAY and not self.shut(before)
            if row.closed:
                if today:
                    return False
            elif not row.rule:
                inside |= today or night
            else:
                inside |= (today and not self.special(day)) or (night and not self.special(before))
        return inside or (
            not self.special(day) and self.in_week(day, minute, self.shut(before) or self.special(before))
        )

    def in_week(self, day: date, minute: int, evening_fell_out: bool) -> bool:
        """A night goes with its evening."""
        found = [s for s in week_of(self.week) if s.start <= day.weekday() * DAY + minute < s.end]
        if not found:
            return False
        first = day.weekday() * DAY
        begins_before = found[0].start < first or (first == 0 and any(s.end == 7 * DAY for s in week_of(self.week)))
        from_midnight = found[0].start <= first
        ends = min(found[0].end - first, DAY)
        return not (evening_fell_out and from_midnight and begins_before and ends <= 6 * 60) and not (
            evening_fell_out and from_midnight and ends <= 6 * 60 and any(s.end == first for s in week_of(self.week))
        )


ZONES = st.sampled_from(["America/New_York", "Asia/Kathmandu"])


@given(
    week=st.lists(any_row(), max_size=5),
    dated=st.lists(any_dated(), min_size=1, max_size=4),
    zone=ZONES.map(ZoneInfo),
    ahead=st.integers(0, 30 * DAY),
)
@settings(max_examples=60)
def test_the_same_as_looking_at_every_minute(week: list[Row], dated: list[Dated], zone: ZoneInfo, ahead: int) -> None:
    now = datetime(2026, 2, 20, tzinfo=UTC) + timedelta(minutes=ahead)
    said = standing_on_calendar(week_of(week), dated, zone, now)
    slow = Reference(week, dated)
    assert (said.state is State.OPEN) == slow.is_open(now.astimezone(zone))
    if said.state is State.UNKNOWN:
        return
    minutes = range(1, 3 * DAY)
    turned = (now + timedelta(minutes=n) for n in minutes)
    first = next((one for one in turned if slow.is_open(one.astimezone(zone)) != (said.state is State.OPEN)), None)
    if first is not None:
        assert said.until is None or said.until.astimezone(UTC) == first
    else:
        assert said.until is None or said.until.astimezone(UTC) > now + timedelta(days=2, hours=23)


@given(week=st.lists(any_row(), max_size=5), minutes=st.integers(0, 7 * DAY))
def test_without_such_rows_it_is_the_plain_week(week: list[Row], minutes: int) -> None:
    now = datetime(2026, 3, 5, tzinfo=UTC) + timedelta(minutes=minutes)
    assert standing_on_calendar(week_of(week), (), MIAMI, now) == standing(week_of(week), MIAMI, now)
    assert dated_of([Dated(*row) for row in week]) == ()


def test_closed_on_a_holiday_and_open_again_after_it() -> None:
    closed = [Dated(None, None, None, "", date(2026, 11, 26), date(2026, 11, 27), closed=True)]
    holiday = standing_on_calendar(week_of(OFFICE), closed, MIAMI, at("2026-11-26T12:00"))
    assert (holiday.state, holiday.until) == (State.CLOSED, at("2026-11-30T09:00"))
    evening_before = standing_on_calendar(week_of(OFFICE), closed, MIAMI, at("2026-11-25T16:00"))
    assert (evening_before.state, evening_before.until) == (State.OPEN, at("2026-11-25T17:00"))


def test_the_night_before_a_holiday_goes_on_and_that_of_the_holiday_does_not_begin() -> None:
    nights = [(day, 22 * 60, DAY) for day in range(7)] + [(day, 0, 120) for day in range(7)]
    closed = [Dated(None, None, None, "", date(2026, 11, 26), date(2026, 11, 26), closed=True)]
    for moment, state in (
        ("2026-11-26T01:00", State.CLOSED),
        ("2026-11-26T23:00", State.CLOSED),
        ("2026-11-27T01:00", State.CLOSED),
        ("2026-11-27T23:00", State.OPEN),
    ):
        assert standing_on_calendar(week_of(nights), closed, MIAMI, at(moment)).state is state, moment


def test_other_hours_on_a_special_day_stand_alone() -> None:
    eve = [Dated(None, 9 * 60, 12 * 60, "", date(2026, 12, 24), date(2026, 12, 24))]
    said = standing_on_calendar(week_of(OFFICE), eve, MIAMI, at("2026-12-24T12:30"))
    assert (said.state, said.until) == (State.CLOSED, at("2026-12-25T09:00"))


def test_always_open_until_the_day_it_is_not() -> None:
    always = week_of([(day, 0, DAY) for day in range(7)])
    closed = [Dated(None, None, None, "", date(2026, 12, 25), date(2026, 12, 25), closed=True)]
    assert standing_on_calendar(always, closed, MIAMI, at("2026-12-23T12:00")).until == at("2026-12-25T00:00")


def test_on_the_first_monday_and_every_other_week() -> None:
    first = [Dated(None, 600, 720, "FREQ=MONTHLY;BYDAY=1MO")]
    said = standing_on_calendar((), first, MIAMI, at("2026-11-20T12:00"))
    assert (said.state, said.until) == (State.CLOSED, at("2026-12-07T10:00"))
    other = [Dated(None, 600, 720, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 11, 2))]
    assert standing_on_calendar((), other, MIAMI, at("2026-11-16T10:30")).state is State.OPEN
    assert standing_on_calendar((), other, MIAMI, at("2026-11-09T10:30")).until == at("2026-11-16T10:00")


def test_on_the_night_the_clock_jumps() -> None:
    sunday = [Dated(None, 150, 300, "FREQ=MONTHLY;BYDAY=2SU")]
    assert standing_on_calendar((), sunday, MIAMI, at("2026-03-08T01:00")).until == at("2026-03-08T03:00")


def test_hours_that_have_run_out_are_unknown_and_not_closed() -> None:
    summer = [Dated(0, 600, 720, "", date(2025, 6, 1), date(2025, 9, 1))]
    assert standing_on_calendar((), summer, MIAMI, at("2026-03-09T11:00")) == UNKNOWN
    closed = [Dated(None, None, None, "", date(2026, 3, 9), date(2026, 3, 9), closed=True)]
    assert standing_on_calendar((), closed, MIAMI, at("2026-03-09T11:00")).state is State.CLOSED
    assert standing_on_calendar((), closed, MIAMI, at("2026-03-10T11:00")) == UNKNOWN
    assert standing_on_calendar((), summer, None, at("2026-03-09T11:00")) == UNKNOWN


@pytest.mark.parametrize("rule", ["nonsense", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=WEEKLY;BYDAY=XX", "FREQ="])
def test_a_rule_that_is_none_never_opens(rule: str) -> None:
    assert standing_on_calendar((), [Dated(None, 0, DAY, rule)], MIAMI, at("2026-03-09T11:00")).state is State.CLOSED


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        ({"freq": "WEEKLY", "byday": "MO,WE"}, Recurrence((0, 2))),
        ({"byday": "mo we", "dtstart": "2019-01-01"}, Recurrence((0, 2))),
        ({"freq": "weekly", "byday": "Monday - Friday", "interval": "1"}, Recurrence((0, 1, 2, 3, 4))),
        ({"freq": "WEEKLY", "dtstart": "2026-11-04"}, Recurrence((2,))),
        ({"freq": "DAILY"}, Recurrence((0, 1, 2, 3, 4, 5, 6))),
        ({"freq": "MONTHLY", "byday": "MO"}, Recurrence((0,))),
        ({"freq": "MONTHLY", "byday": "1MO,3MO"}, Recurrence((), "FREQ=MONTHLY;BYDAY=1MO,3MO")),
        ({"byday": "-1FR"}, Recurrence((), "FREQ=MONTHLY;BYDAY=-1FR")),
        ({"freq": "MONTHLY", "bymonthday": "1; 15"}, Recurrence((), "FREQ=MONTHLY;BYMONTHDAY=1,15")),
        ({"freq": "MONTHLY", "dtstart": "2026-01-08"}, Recurrence((), "FREQ=MONTHLY;BYMONTHDAY=8")),
        (
            {"freq": "WEEKLY", "byday": "MO", "valid_from": "2026-01-01", "valid_to": "2026-12-31"},
            Recurrence((), "FREQ=WEEKLY;BYDAY=MO", date(2026, 1, 1), date(2026, 12, 31)),
        ),
        (
            {"freq": "WEEKLY", "byday": "MO", "dtstart": "2027-01-04T00:00:00Z"},
            Recurrence((), "FREQ=WEEKLY;BYDAY=MO", date(2027, 1, 4)),
        ),
        (
            {"freq": "WEEKLY", "byday": "MO", "interval": "2", "dtstart": "2026-11-03"},
            Recurrence((), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 11, 16)),
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "dtstart": "2026-12-01", "count": "3"},
            Recurrence((), "FREQ=WEEKLY;BYDAY=TU", date(2026, 12, 1), date(2026, 12, 15)),
        ),
        ({"freq": "WEEKLY", "byday": "MO", "valid_to": "9999-12-31"}, Recurrence((0,))),
    ],
)
def test_the_columns_of_a_recurrence(cells: dict[str, str], meant: Recurrence) -> None:
    assert read_recurrence(cells, TODAY) == meant


@pytest.mark.parametrize(
    "cells",
    [
        {"freq": "WEEKLY"},
        {"freq": "YEARLY", "dtstart": "2026-01-01"},
        {"freq": "WEEKLY", "byday": "1MO"},
        {"freq": "WEEKLY", "byday": "MO", "bymonthday": "2"},
        {"freq": "WEEKLY", "byday": "MO", "interval": "2"},
        {"freq": "WEEKLY", "byday": "MO", "interval": "0"},
        {"freq": "WEEKLY", "byday": "MO", "interval": "9" * 5_000},
        {"freq": "WEEKLY", "byday": "MO", "count": "3"},
        {"freq": "WEEKLY", "byday": "MO", "valid_from": "soon"},
        {"freq": "WEEKLY", "byday": "MO", "valid_from": "2026-02-01", "valid_to": "2026-01-01"},
        {"freq": "WEEKLY", "byday": "mostly"},
        {"freq": "MONTHLY", "byday": "9MO"},
        {"freq": "MONTHLY", "bymonthday": "32"},
        {"freq": "MONTHLY", "byday": "1MO,TU"},
        {"freq": "MONTHLY", "byday": "1MO", "valid_from": "2026-11-03", "valid_to": "2026-11-20"},
        {"freq": "MONTHLY", "byday": "1MO", "byyearday": "4"},
    ],
)
def test_what_contradicts_itself_is_not_read(cells: dict[str, str]) -> None:
    assert read_recurrence(cells, TODAY) is None


words = st.one_of(
    st.text(max_size=12), st.sampled_from(["MO", "1MO", "WEEKLY", "MONTHLY", "2026-01-05", "2", "99", ""])
)
names = st.sampled_from(
    ["freq", "interval", "byday", "bymonthday", "dtstart", "until", "count", "valid_from", "valid_to"]
)


@given(st.dictionaries(names, words))
def test_any_cells_are_read_soundly_or_not_at_all(cells: dict[str, str]) -> None:
    found = read_recurrence(cells, TODAY)
    if found is not None and found.rule:
        start = datetime.combine(found.valid_from or date(2026, 1, 5), datetime.min.time())
        assert list(islice(rrulestr(found.rule, dtstart=start), 1))
        again = {"dtstart": str(found.valid_from or ""), "valid_to": str(found.valid_to or "")}
        assert read_recurrence({**cells_of_rule(found.rule), **again}) == found
