"""When a place is open: weekly rows on its own wall clock, read at one instant. Three answers: open, closed, unknown.

A row is (weekday, opens, closes): 0 is Monday, minutes after midnight, `closes` at most 1440. What runs past midnight
is two rows. The rows are the truth about the *wall clock*: a clock hour that daylight saving skips is skipped, one that
comes twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

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


# --- Hours that are not the same every week


class Dated(NamedTuple):
    """A row of `schedule` that is not simply every week. Days are the place's own, both ends are included.

    With a `rule` (RFC 5545, without DTSTART, UNTIL and COUNT) it comes again; with a `weekday`, every week. With
    neither it is about special days: on them nothing holds but these rows. `closed` shuts: the whole day where
    `opens` is None. `closes` above 1440 is the early morning after.
    """

    weekday: int | None
    opens: int | None
    closes: int | None
    rule: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    closed: bool = False

    @property
    def special(self) -> bool:
        return not self.rule and self.weekday is None

    @property
    def on_calendar(self) -> bool:
        return bool(self.rule or self.closed or self.valid_from or self.valid_to)

    @property
    def in_words(self) -> bool:
        """It comes again, but at what hour only its words tell."""
        return self.opens is None and not self.closed


DAYS_AHEAD = 100
"""So far is looked for the next turn of hours that are not the same every week."""

Minutes = list[tuple[int, int]]


def dated_of(rows: Iterable[Dated]) -> tuple[Dated, ...]:
    """The rows that need a look at the calendar; plain weekly ones (week_of) and mere words are left out."""
    return tuple(row for row in rows if row.on_calendar)


def standing_on_calendar(week: Week, dated: Sequence[Dated], zone: ZoneInfo | None, now: datetime) -> Standing:
    """As `standing`, with rows that come by rule or hold for a time. Without such rows it is `standing`.

    Where all hours have run out, the place is unknown and not closed: nobody said that it is.
    """
    if not dated or zone is None:
        return standing(week, zone, now)
    local = now.astimezone(zone)
    if any(row.in_words and (row.valid_to is None or row.valid_to >= local.date()) for row in dated):
        return UNKNOWN
    calendar = _Calendar(week, dated)
    state = calendar.state(local)
    if state is State.UNKNOWN:
        return UNKNOWN
    return Standing(state, calendar.turn(local, state))


class _Calendar:
    def __init__(self, week: Week, dated: Sequence[Dated]) -> None:
        self.week, self.dated = week, dated
        self._days: dict[date, Minutes] = {}

    def state(self, local: datetime) -> State:
        return self._state(local.date(), local.hour * 60 + local.minute)

    def _state(self, day: date, minute: int) -> State:
        if any(start <= minute < end for start, end in self.open_on(day)):
            return State.OPEN
        return State.CLOSED if self._known(day) else State.UNKNOWN

    def _known(self, day: date) -> bool:
        """Whether anybody said when the place is open from this day on, or that it is shut today."""
        later = (row.valid_to is None or row.valid_to >= day for row in self.dated if not row.closed)
        return (
            bool(self.week) or any(later) or any(row.closed and row.special and _holds(row, day) for row in self.dated)
        )

    def open_on(self, day: date) -> Minutes:
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._open_on(day)
        return found

    def _open_on(self, day: date) -> Minutes:
        if self._shut(day):
            return []
        special = [row for row in self._opening(special=True) if _holds(row, day)]
        night = self._night_before(day)
        if special:
            open_ = _spans(special)
        else:
            open_ = [*self._of_week(day), *_spans(row for row in self._opening(special=False) if _comes(row, day))]
        shut = [(row.opens, row.closes) for row in self.dated if row.closed and _comes(row, day)]
        return _without([*open_, *night], [(a, b) for a, b in shut if a is not None and b is not None])

    def _shut(self, day: date) -> bool:
        return any(row.closed and row.opens is None and _comes(row, day) for row in self.dated)

    def _opening(self, *, special: bool) -> Iterable[Dated]:
        return (row for row in self.dated if not row.closed and row.special is special)

    def _special(self, day: date) -> bool:
        return any(_holds(row, day) for row in self._opening(special=True))

    def _night_before(self, day: date) -> Minutes:
        """What began the day before and runs past midnight."""
        before = day - timedelta(days=1)
        if self._shut(before):
            return []
        rows = self._opening(special=self._special(before))
        return [(0, row.closes - DAY) for row in rows if row.closes and row.closes > DAY and _comes(row, before)]

    def _of_week(self, day: date) -> Minutes:
        """A night whose evening fell out has no early morning either."""
        first = day.weekday() * DAY
        found = [(max(start - first, 0), min(end - first, DAY)) for start, end in self.week]
        before = day - timedelta(days=1)
        fell_out = self._shut(before) or self._special(before)
        evening = any(start < (first or WEEK) <= end for start, end in self.week)
        lost = fell_out and evening
        return [(start, end) for start, end in found if start < end and not (lost and start == 0 and end <= LATE_NIGHT)]

    def turn(self, local: datetime, state: State) -> datetime | None:
        for ahead in range(DAYS_AHEAD):
            day = local.date() + timedelta(days=ahead)
            after = local if ahead == 0 else None
            found = self._turn_on(day, local.tzinfo, after, state)
            if found is not None:
                return found if self.state(found) is not State.UNKNOWN else None
        return None

    def _turn_on(self, day: date, zone: tzinfo | None, after: datetime | None, state: State) -> datetime | None:
        midnight = datetime.combine(day, time.min, zone)
        tomorrow = datetime.combine(day + timedelta(days=1), time.min, zone)
        if midnight.utcoffset() != tomorrow.utcoffset():
            return self._turn_on_long_day(midnight, tomorrow, after, state)
        minute = -1 if after is None else after.hour * 60 + after.minute
        edges = sorted({0, *(edge for span in self.open_on(day) for edge in span)})
        turned = (at for at in edges if minute < at < DAY and self._state(day, at) is not state)
        at = next(turned, None)
        return None if at is None else midnight + timedelta(minutes=at)

    def _turn_on_long_day(
        self, midnight: datetime, tomorrow: datetime, after: datetime | None, state: State
    ) -> datetime | None:
        """A day on which the clock jumps is walked minute by minute: two days a year."""
        at = (after or midnight).astimezone(UTC).replace(second=0, microsecond=0)
        at += timedelta(minutes=1 if after else 0)
        while at < tomorrow.astimezone(UTC):
            local = at.astimezone(midnight.tzinfo)
            if self.state(local) is not state:
                return local
            at += timedelta(minutes=1)
        return None


def _spans(rows: Iterable[Dated]) -> Minutes:
    return [(row.opens, min(row.closes, DAY)) for row in rows if row.opens is not None and row.closes is not None]


def _without(open_: Minutes, shut: Minutes) -> Minutes:
    """The open minutes in order, joined where they touch, without the shut ones."""
    edges = sorted({edge for span in (*open_, *shut) for edge in span})
    merged: Minutes = []
    for start, end in pairwise(edges):
        inside = any(a <= start and end <= b for a, b in open_) and not any(a <= start and end <= b for a, b in shut)
        if inside and merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        elif inside:
            merged.append((start, end))
    return merged


def _holds(row: Dated, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def _comes(row: Dated, day: date) -> bool:
    if not _holds(row, day):
        return False
    if row.rule:
        return day.day in _days_in(row.rule, row.valid_from, day.year, day.month)
    return row.weekday is None or row.weekday == day.weekday()


@lru_cache(maxsize=4_096)
def _days_in(rule: str, counted_from: date | None, year: int, month: int) -> frozenset[int]:
    """Days of a month on which a rule comes; none where it is no rule, or nobody said from when it is counted."""
    first = datetime.combine(date(year, month, 1), time.min)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    counted = "INTERVAL=" in rule or "BY" not in rule
    if counted and counted_from is None:
        return frozenset()
    start = datetime.combine(counted_from, time.min) if counted and counted_from else first
    try:
        found = rrulestr(f"{rule};UNTIL={last:%Y%m%d}T235959", dtstart=start)
        return frozenset(at.day for at in found if at >= first)
    except (ValueError, TypeError):
        return frozenset()
