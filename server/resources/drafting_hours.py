"""Rows of hours and the text they were cut from: where the two disagree, the text is believed, or nobody is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from server.resources.text_cleaning import clean_line

READ_AGAIN = "the hours of this row are not those of its text: read again from the text"
AS_WORDS = "the hours cannot be read with certainty: kept in words"


def draft_schedules(rows: Sequence[tuple[Row, Outcome]], text: str, place: str) -> list[ScheduleDraft]:
    """The hours of one service from rows that share one text ("" where the package has none)."""
    if not text:
        return list(_from_columns(rows, place))
    read = read_text(text)
    if read is None:
        for _, outcome in rows:
            outcome.mend(AS_WORDS)
        return [ScheduleDraft(None, None, None, text, place)]
    for row, outcome in rows:
        intervals, said = _intervals(row)
        right = bool(intervals) and set(intervals) <= set(read.intervals)
        outcome.mend(*(said if right else (READ_AGAIN,)))
    words = text if read.remarks else ""
    return [
        ScheduleDraft(one.weekday, one.opens, one.closes, words if at == 0 else "", place)
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
        yield from (ScheduleDraft(one.weekday, one.opens, one.closes, "", place) for one in intervals)


def _intervals(row: Row) -> tuple[tuple[Interval, ...], tuple[str, ...]]:
    """What the columns of one row say, () where they cannot be read."""
    days = read_weekdays(clean_line(row.get("weekday"))[0])
    span = read_span(clean_line(row.get("opens_at"))[0], clean_line(row.get("closes_at"))[0])
    if not days or span is None:
        return (), ()
    opens, closes, said = span
    return tuple(one for day in days for one in past_midnight_split(day, opens, closes)), said
