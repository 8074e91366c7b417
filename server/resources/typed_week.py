"""Opening hours as staff type them, one line a weekday, and back: strict where the importer has to guess.

Understood: 09:00-17:00 · 9-12, 13-17:30 · 9am-5pm · 22:00-02:00 (into the next day) · 24h · closed, or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from server.resources.hours_reading import DAY, Interval, past_midnight_split

NOON = 12 * 60
ALL_DAY = {"24h", "24 h", "24 hours", "all day", "open 24 hours"}
CLOSED = {"", "-", "closed"}
TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?\s*(am|pm)?")
SPAN = re.compile(rf"{TIME.pattern}\s*(?:-|to)\s*{TIME.pattern}")
MOST_SPANS = 6


class NotHoursError(ValueError):
    """The line says no hours, or leaves open which half of the day is meant."""


def read_day(weekday: int, typed: str) -> tuple[Interval, ...]:
    """Raises NotHoursError. What runs past midnight becomes two intervals, the second on the next weekday."""
    plain = _plain(typed)
    if plain in CLOSED:
        return ()
    if plain in ALL_DAY:
        return (Interval(weekday, 0, DAY),)
    parts = [part.strip(" .") for part in re.split(r"[,;]|\band\b", plain)]
    if len(parts) > MOST_SPANS:
        raise NotHoursError(typed)
    found = [interval for part in parts for interval in _span(weekday, part)]
    today = sorted(interval for interval in found if interval.weekday == weekday)
    if any(later.opens < sooner.closes for sooner, later in pairwise(today)):
        raise NotHoursError(typed)
    return tuple(found)


def _plain(typed: str) -> str:
    dashed = re.sub("[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", typed)).strip().lower()
    return re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", dashed)


def _span(weekday: int, part: str) -> tuple[Interval, ...]:
    found = SPAN.fullmatch(part)
    if not found:
        raise NotHoursError(part)
    opens, closes = _minutes(*found.groups()[:3]), _minutes(*found.groups()[3:])
    sure_of_night = opens >= NOON or (found[3] and found[6])
    if opens in (DAY, closes) or (closes < opens and not sure_of_night):
        raise NotHoursError(part)  # 9-5: nobody is open for twenty hours
    return past_midnight_split(weekday, opens, closes if closes > opens else closes + DAY)


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    told = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or told > DAY or (half and not 1 <= int(hour) <= 12):
        raise NotHoursError(hour)
    if half:
        return told % NOON + (NOON if half == "pm" else 0)
    return told


def read_week(lines: Iterable[tuple[int, str]]) -> tuple[Interval, ...]:
    """All weekdays together. Raises NotHoursError also where one night runs into the next morning's hours."""
    found = sorted({interval for weekday, typed in lines for interval in read_day(weekday, typed)})
    for sooner, later in pairwise(found):
        if sooner.weekday == later.weekday and later.opens < sooner.closes:
            raise NotHoursError(str(later))
    return tuple(found)


def told_day(intervals: Iterable[Interval], weekday: int) -> str:
    """The line that reads back as these intervals. A night stands whole, with the weekday on which it begins."""
    week = tuple(intervals)
    own = sorted(interval for interval in week if interval.weekday == weekday)
    nights = [(one, _morning_after(one, week)) for one in own if one not in _mornings(week)]
    return ", ".join(f"{_clock(one.opens)}-{_clock(rest.closes if rest else one.closes)}" for one, rest in nights)


def _mornings(week: Iterable[Interval]) -> set[Interval]:
    kept = tuple(week)
    return {rest for one in kept if (rest := _morning_after(one, kept))}


def _morning_after(one: Interval, week: Iterable[Interval]) -> Interval | None:
    """What a night runs into, where one line would read back as both."""
    if one.closes != DAY or one.opens < NOON:
        return None
    after = (other for other in week if other.weekday == (one.weekday + 1) % 7 and other.opens == 0)
    return next((other for other in after if other.closes < one.opens), None)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
