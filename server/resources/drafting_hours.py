"""Rows of hours and the text they were cut from: where the two disagree, the text is believed, or nobody is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from server.resources.drafts import Outcome, ScheduleDraft
from server.resources.hours_reading import (
    NO_HOURS,
    UNREADABLE,
    Interval,
    past_midnight_split,
    read_span,
    read_text,
    read_weekdays,
)
from server.resources.package_reading import Row
from server.resources.recurring_hours import Recurrence, read_day, read_recurrence, recurs
from server.resources.text_cleaning import clean_line

READ_AGAIN = "the hours of this row are not those of its text: read again from the text"
AS_WORDS = "the hours cannot be read with certainty: kept in words"


def draft_schedules(
    rows: Sequence[tuple[Row, Outcome]], text: str, place: str, today: date | None = None
) -> list[ScheduleDraft]:
    """The hours of one service from rows that share one text ("" where the package has none)."""
    special = [one for one in rows if _is_special(one[0])]
    again = [one for one in rows if not _is_special(one[0]) and recurs(one[0].values)]
    usual = [one for one in rows if one not in special and one not in again]
    found = [*_special_days(special, text, place), *_recurring(again, text, place, today)]
    return [*found, *(_usual(usual, text, place) if usual else ())]


def _usual(rows: Sequence[tuple[Row, Outcome]], text: str, place: str) -> list[ScheduleDraft]:
    """The rows of HSDS 1.1: a weekday and two times, and perhaps the text they were cut from."""
    if not text:
        return list(_from_columns(rows, place))
    read = read_text(text)
    if read is None:
        for _, outcome in rows:
            outcome.mend(AS_WORDS)
        return [ScheduleDraft(None, None, None, text, location=place)]
    for row, outcome in rows:
        intervals, said = _intervals(row)
        right = bool(intervals) and set(intervals) <= set(read.intervals)
        outcome.mend(*(said if right else (READ_AGAIN,)))
    words = text if read.remarks else ""
    return [
        ScheduleDraft(one.weekday, one.opens, one.closes, words if at == 0 else "", location=place)
        for at, one in enumerate(read.intervals)
    ]


def _from_columns(rows: Sequence[tuple[Row, Outcome]], place: str) -> Iterator[ScheduleDraft]:
    for row, outcome in rows:
        intervals, said = _intervals(row)
        if not intervals:
            given = any(row.get(column).strip() for column in ("opens_at", "closes_at"))
            outcome.set_aside(UNREADABLE if given else NO_HOURS)
            continue
        outcome.mend(*said)
        yield from (ScheduleDraft(one.weekday, one.opens, one.closes, "", location=place) for one in intervals)


def _intervals(row: Row) -> tuple[tuple[Interval, ...], tuple[str, ...]]:
    """What the columns of one row say, () where they cannot be read."""
    days = read_weekdays(clean_line(row.get("weekday"))[0])
    span = _span(row)
    if not days or span is None:
        return (), ()
    opens, closes, said = span
    return tuple(one for day in days for one in past_midnight_split(day, opens, closes)), said


_SUFFIX = re.compile(r"(?<=\d)(?:\.\d+)?\s*(?:(z)|[+-]\d\d(?::?\d\d)?)?$", re.IGNORECASE)
_TRUE = {"true", "1", "yes", "y", "t", "closed"}


def _span(row: Row) -> tuple[int, int, tuple[str, ...]] | None:
    """Minutes and what was mended. `09:00:00-05:00` is nine on the clock of the place; so is `09:00Z`, unless the row
    says how far its clock is from UTC: then nine is told in UTC, and which time that is changes with the season."""
    opens, closes = (clean_line(row.get(column))[0] for column in ("opens_at", "closes_at"))
    marks = [_SUFFIX.search(text) for text in (opens, closes)]
    if any(mark and mark[1] for mark in marks) and clean_line(row.get("timezone"))[0].strip("+-0."):
        return None
    opens, closes = (_SUFFIX.sub("", text) for text in (opens, closes))
    if closes in ("24:00", "24:00:00", "23:59:59"):
        closes = "00:00" if opens in ("00:00", "00:00:00") else "24:00"
    return read_span(opens, closes)


def _is_special(row: Row) -> bool:
    """Days of their own: a holiday, a closure, and other hours on it."""
    return any(row.get(column).strip() for column in ("start_date", "end_date", "closed"))


def _special_days(rows: Sequence[tuple[Row, Outcome]], text: str, place: str) -> Iterator[ScheduleDraft]:
    for row, outcome in rows:
        closed = row.get("closed").strip().casefold() in _TRUE
        found = _days_from_to(row)
        span = _span(row)
        rule = read_recurrence(row.values) if found is None and closed else None
        if rule and rule.rule:
            yield ScheduleDraft(None, None, None, text, rule.rule, rule.valid_from, rule.valid_to, True, place)
        elif found is None or (span is None and not closed):
            outcome.set_aside(UNREADABLE)
        elif closed:
            yield ScheduleDraft(None, None, None, text, "", *found, closed=True, location=place)
        elif span is not None:
            outcome.mend(*span[2])
            yield ScheduleDraft(None, span[0], span[1], text, "", *found, location=place)


def _days_from_to(row: Row) -> tuple[date, date] | None:
    """Both ends; a day alone is both. None where there is none, or no order in them."""
    try:
        first = read_day(row.get("start_date") or row.get("valid_from") or row.get("dtstart"))
        last = read_day(row.get("end_date") or row.get("valid_to") or row.get("until"))
    except ValueError:
        return None
    first, last = first or last, last or first
    return (first, last) if first and last and first <= last and not row.get("freq").strip() else None


def _recurring(
    rows: Sequence[tuple[Row, Outcome]], text: str, place: str, today: date | None
) -> Iterator[ScheduleDraft]:
    """Rows of HSDS 2.x and 3.x. Their columns are believed, unless their text can be read and says something else."""
    read = read_text(text) if text else None
    said_in_words = False
    for row, outcome in rows:
        found = read_recurrence(row.values, today)
        span = _span(row)
        intervals = _intervals_of(found, span)
        contradicted = read is not None and bool(intervals) and not set(intervals) <= set(read.intervals)
        if found is None or span is None or contradicted:
            if not text and not contradicted:
                outcome.set_aside(UNREADABLE if span or row.get("opens_at").strip() else NO_HOURS)
                continue
            outcome.mend(AS_WORDS)
            if not said_in_words:
                yield ScheduleDraft(None, None, None, text, location=place)
            said_in_words = True
            continue
        outcome.mend(*span[2])
        words = text if read is None or read.remarks else ""
        if found.rule:
            yield ScheduleDraft(
                None, span[0], span[1], words, found.rule, found.valid_from, found.valid_to, location=place
            )
        for at, one in enumerate(intervals):
            yield ScheduleDraft(one.weekday, one.opens, one.closes, words if at == 0 else "", location=place)


def _intervals_of(found: Recurrence | None, span: tuple[int, int, tuple[str, ...]] | None) -> list[Interval]:
    """Of what is simply every week; [] for a rule."""
    if found is None or span is None or found.rule:
        return []
    return [one for day in found.days for one in past_midnight_split(day, span[0], span[1])]
