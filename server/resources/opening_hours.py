"""When a place is open: weekly rows on its own wall clock, read at one instant. Three answers: open, closed, unknown.

A row is (weekday, opens, closes): 0 is Monday, minutes after midnight, `closes` at most 1440. What runs past midnight
is two rows. The rows are the truth about the *wall clock*: a clock hour that daylight saving skips is skipped, one that
comes twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 1440
WEEK = 7 * DAY
LATE_NIGHT = 6 * 60
"""A night that ends before six is told with the day it began on: "Friday 22:00 to 02:00"."""


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Span(NamedTuple):
    """Minutes after Monday 00:00; `end` is the first minute that is closed again."""

    start: int
    end: int


Week = tuple[Span, ...]
ALWAYS: Week = (Span(0, WEEK),)


class Standing(NamedTuple):
    """`until`: when an open place closes, or a closed one opens, on its own clock; None where that never comes."""

    state: State
    until: datetime | None = None


UNKNOWN = Standing(State.UNKNOWN)
UTC = ZoneInfo("UTC")


def week_of(rows: Iterable[tuple[int, int, int]]) -> Week:
    """The rows as spans in order, overlapping and touching ones made one. Rows that make no sense are left out."""
    spans = sorted(
        Span(day * DAY + opens, day * DAY + closes) for day, opens, closes in rows if _sound(day, opens, closes)
    )
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _sound(day: int, opens: int, closes: int) -> bool:
    return 0 <= day <= 6 and 0 <= opens < closes <= DAY


def standing(week: Week, zone: ZoneInfo | None, now: datetime) -> Standing:
    """Open, closed or unknown at `now` (aware), and until when."""
    if not week or zone is None:
        return UNKNOWN
    if week == ALWAYS:
        return Standing(State.OPEN)
    local = now.astimezone(zone)
    minute = _minute(local)
    state = _state(week, minute)
    until = local.replace(second=0, microsecond=0, fold=0) + timedelta(minutes=_next_turn(week, minute, state) - minute)
    if local.utcoffset() == until.utcoffset() == (until + SETTLED).utcoffset():
        return Standing(state, until)
    return Standing(state, _turn_across_clock_change(week, local, state))


SETTLED = timedelta(hours=3)
"""Where the clock jumps, the readings it skips have the offset from before, and those hours later the one after."""


def _minute(local: datetime) -> int:
    return local.weekday() * DAY + local.hour * 60 + local.minute


def _state(week: Week, minute: int) -> State:
    for start, end in week:
        if start <= minute < end:
            return State.OPEN
    return State.CLOSED


def _next_turn(week: Week, minute: int, state: State) -> int:
    """Minutes after this week's Monday 00:00, possibly in the next week."""
    if state is State.CLOSED:
        return next((start for start, _ in week if start > minute), week[0].start + WEEK)
    end = next(end for start, end in week if start <= minute < end)
    runs_on = end == WEEK and week[0].start == 0
    return week[0].end + WEEK if runs_on else end


def _turn_across_clock_change(week: Week, local: datetime, state: State) -> datetime | None:
    """The first instant of another state in the next eight days, where the clock jumps on the way."""
    instants = sorted(at for at in (*_boundaries(week, local), *_clock_changes(local)) if at > local.astimezone(UTC))
    turned = (at.astimezone(local.tzinfo) for at in instants)
    return next((at for at in turned if _state(week, _minute(at)) is not state), None)


def _boundaries(week: Week, local: datetime) -> Iterable[datetime]:
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    for minutes in {edge + shift for span in week for edge in span for shift in (0, WEEK)}:
        reading = monday + timedelta(minutes=minutes)
        for fold in (0, 1):
            yield reading.replace(tzinfo=local.tzinfo, fold=fold).astimezone(UTC)


def _clock_changes(local: datetime) -> Iterable[datetime]:
    """The instants at which the offset changes, to the minute."""
    zone = local.tzinfo
    first = local.astimezone(UTC).replace(second=0, microsecond=0)
    for day in range(8):
        low, high = first + timedelta(days=day), first + timedelta(days=day + 1)
        if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
            continue
        while high - low > timedelta(minutes=1):
            middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
            same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
            low, high = (middle, high) if same else (low, middle)
        yield high


class Hours(NamedTuple):
    """From and to, minutes after the day's midnight; `to` above 1440 is the early morning after."""

    start: int
    end: int


@dataclass(frozen=True)
class Days:
    """Days in a row with the same hours; no hours means closed. `first` and `last` are weekdays, 0 is Monday."""

    first: int
    last: int
    hours: tuple[Hours, ...]

    @property
    def all_day(self) -> bool:
        return self.hours == (Hours(0, DAY),)


def days_of(week: Week) -> tuple[Days, ...]:
    """The week as it is told: neighbouring days with the same hours in one line."""
    told: list[list[Hours]] = [[] for _ in range(7)]
    for start, end in _rejoined(week):
        while end > start:
            day = start // DAY
            stop = _told_end(start, end, day)
            told[day % 7].append(Hours(start - day * DAY, stop - day * DAY))
            start = stop
    runs = groupby(range(7), key=lambda day: tuple(sorted(told[day])))
    return tuple(Days(days[0], days[-1], hours) for hours, days in ((h, list(d)) for h, d in runs))


def _rejoined(week: Week) -> Sequence[Span]:
    """Sunday night and Monday's small hours, which the week's end cuts apart, as one span."""
    if len(week) < 2 or week[0].start != 0 or week[-1].end != WEEK or week[0].end > LATE_NIGHT:
        return week
    return (*week[1:-1], Span(week[-1].start, WEEK + week[0].end))


def _told_end(start: int, end: int, day: int) -> int:
    midnight = (day + 1) * DAY
    past = end - midnight
    return end if past <= LATE_NIGHT and start > day * DAY else min(end, midnight)
