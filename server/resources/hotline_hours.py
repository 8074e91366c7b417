"""Hours of a line as a page wrote them -> weekly rows, or nothing: what cannot be read for certain is not guessed."""

from __future__ import annotations

import re

from server.resources.opening_hours import ALWAYS, DAY, Week, week_of

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAME = rf"(?:{'|'.join(DAYS)})"
DAY_RANGE = rf"{DAY_NAME}(?:-{DAY_NAME})?"
CLOCK = r"\d{1,2}(?::\d{2})?"
PERIOD = re.compile(
    rf"(?P<days>daily|{DAY_RANGE}(?:(?:, | and ){DAY_RANGE})*)? ?(?P<opens>{CLOCK})-(?P<closes>{CLOCK})"
)
WHOLE_DAYS = re.compile(rf"(?P<days>{DAY_RANGE}) 24 hours")
ALWAYS_OPEN = re.compile(r"24/7|24 hours|24-hour|every day at any hour")
DOUBT = re.compile(r"conflict|not confirmed|not read|set times|see page|of each month|from ", re.IGNORECASE)
BESIDE = re.compile(r"; chat .*$| \([^()]*\)$")
NEXT_PERIOD = re.compile(r"(?<=[\ds])(?:; |, )(?=[A-Z])")
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


def week_told(text: str | None) -> Week:
    """Empty where the words are missing, doubtful or in no shape known here."""
    if not text or DOUBT.search(text):
        return ()
    if ALWAYS_OPEN.match(text):
        return ALWAYS
    rows: list[tuple[int, int, int]] = []
    for part in NEXT_PERIOD.split(BESIDE.sub("", text)):
        read = _rows(part.lower())
        if not read:
            return ()
        rows += read
    return week_of(rows)


def _rows(part: str) -> list[tuple[int, int, int]]:
    whole = WHOLE_DAYS.fullmatch(part)
    if whole:
        return [(day, 0, DAY) for day in _days(whole["days"])]
    period = PERIOD.fullmatch(part)
    if not period:
        return []
    days = _days(period["days"]) if period["days"] else EVERY_DAY
    opens, closes = _minutes(period["opens"]), _minutes(period["closes"])
    return [row for day in days for row in _day_rows(day, opens, closes)]


def _day_rows(day: int, opens: int, closes: int) -> list[tuple[int, int, int]]:
    if closes > opens:
        return [(day, opens, closes)]
    return [(day, opens, DAY), ((day + 1) % 7, 0, closes)]


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _days(words: str) -> tuple[int, ...]:
    if words == "daily":
        return EVERY_DAY
    days: list[int] = []
    for part in re.split(r", | and ", words):
        first, _, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        days += [day % 7 for day in range(start, end + (7 if end < start else 0) + 1)]
    return tuple(days)
