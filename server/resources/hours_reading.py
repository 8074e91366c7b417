"""Opening hours as people type them, into minutes; what is not certain is not read, because a wrong "open" harms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DAY = 24 * 60
LONGEST = 19 * 60  # a longer span is a slip of am and pm, unless it is the whole day
LONGEST_NIGHT = 16 * 60
LONGEST_TEXT = 1_000  # characters; nobody's hours need more

TIME_MENDED = "times mended"
HALF_GUESSED = "am or pm was missing and follows from the other time"
UNREADABLE = "the hours cannot be read"
NO_HOURS = "no opening hours given"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """One stretch on one weekday (0 is Monday), in minutes after midnight; never past midnight."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class HoursText:
    """What a text of hours says; `remarks` where it says more than the intervals do."""

    intervals: tuple[Interval, ...]
    remarks: bool


@dataclass(frozen=True, slots=True)
class _Clock:
    """`half` is "a", "p" or "" where nothing says which half of the day; `exact` where it was typed well.

    `of_24` where only a clock of twenty-four hours can have said it.
    """

    minutes: int
    half: str
    exact: bool
    of_24: bool = False


_TIME = r"(?:\d{1,2}:?\d{0,3}(?::00)?\s*(?:[ap]\.?\s?m?\.?\b|m\b|noon\b|hrs?\b|h\b)?|(?:12 ?)?(?:noon|midnight)\b)"
_PARTS = re.compile(r"(\d{1,2}):?(\d{0,3})(?::00)?\s*([apnhm]?)[a-z. ]*")


def _clock(text: str) -> _Clock | None:
    text = text.strip().lower()
    if text.endswith(("noon", "midnight")):
        return _Clock(12 * 60 if "noon" in text else 0, "p" if "noon" in text else "a", True)
    found = _PARTS.fullmatch(text)
    if not found:
        return None
    hour, minute = _hour_and_minute(found[1], found[2], ":" in text)
    half = found[3] if found[3] in ("a", "p") else ""
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        return None
    exact = bool(re.fullmatch(r"\d{1,2}:\d\d ?[ap]m|[0-2]?\d:\d\d(?::00)?", text))
    if half:
        return _Clock(hour % 12 * 60 + minute + (12 * 60 if half == "p" else 0), half, exact)
    sure = hour > 12 or hour == 0 or bool(re.fullmatch(r"0\d:\d\d(?::00)?", text))
    return _Clock(hour * 60 + minute, ("p" if hour >= 12 else "a") if sure else "", exact, of_24=sure)


def _hour_and_minute(hour: str, minute: str, colon: bool) -> tuple[int, int]:
    """9:0 is nine, 830 is half past eight, 6:300 has a nought too many."""
    if not colon and len(hour + minute) in (3, 4):
        digits = hour + minute
        return int(digits[:-2]), int(digits[-2:])
    if len(minute) == 3 and minute.endswith("0"):
        minute = minute[:2]
    return int(hour), int(minute or 0) if len(minute) < 3 else 99


def read_span(opens: str, closes: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Minutes of both and what was mended; `closes` is above 1440 where it is past midnight. None where unsure."""
    first, last = _clock(opens), _clock(closes)
    if first is None or last is None:
        return None
    begin, end, guessed = _halves(first, last)
    if begin == DAY or (end <= begin and not _night(begin, end)):
        return None
    end = end if end > begin else end + DAY
    if end - begin > LONGEST and end - begin < DAY - 60:
        return None
    if first.exact and last.exact and not guessed:
        return begin, end, ()
    return begin, end, (HALF_GUESSED if guessed else TIME_MENDED,)


def _night(begin: int, end: int) -> bool:
    return begin == end == 0 or end + DAY - begin <= LONGEST_NIGHT


def _halves(first: _Clock, last: _Clock) -> tuple[int, int, bool]:
    """Where one time does not say its half of the day, the other does: 9-5pm, 6-8pm, 9am-5."""
    begin, end = first.minutes, last.minutes
    if (first.half and last.half) or ((first.of_24 or last.of_24) and begin < end):
        return begin, end, False
    if first.half:
        later = next((end + shift for shift in (0, 12 * 60) if begin < end + shift <= DAY), end)
        return begin, later, True
    if last.half:
        same = begin % (12 * 60) + (12 * 60 if last.half == "p" else 0)
        return (same if same < end else begin % (12 * 60)), end, True
    if end <= begin < 12 * 60:  # 9:00 to 5:00 on a twelve-hour clock
        return begin, end + 12 * 60, True
    return begin, end, not (first.exact and last.exact)


def past_midnight_split(weekday: int, opens: int, closes: int) -> tuple[Interval, ...]:
    """One interval, or two where it runs past midnight."""
    if closes <= DAY:
        return (Interval(weekday, opens, closes),)
    return Interval(weekday, opens, DAY), Interval((weekday + 1) % 7, 0, closes - DAY)


# --- Days

_DAYS = (
    ("monday", "mon", "mo", "lunes", "lun"),
    ("tuesday", "tues", "tue", "tu", "martes", "mar"),
    ("wednesday", "weds", "wed", "we", "miercoles", "mie"),
    ("thursday", "thurs", "thur", "thru", "thu", "th", "jueves", "jue"),
    ("friday", "fri", "fr", "viernes", "vie"),
    ("saturday", "sat", "sa", "sabado", "sab"),
    ("sunday", "sun", "su", "domingo", "dom"),
)
_DAY_OF = {
    f"{name}{s}": day for day, names in enumerate(_DAYS) for name in names for s in ("", "s") if len(name) > 5 or not s
}
_MANY = {name: range(7) for name in ("daily", "everyday", "every day", "7 days a week", "seven days a week")}
_MANY.update({"weekdays": range(5), "weekends": range(5, 7), "holidays": range(0)})
_ONE_DAY = "(?:" + "|".join(sorted((*_DAY_OF, *_MANY), key=len, reverse=True)) + r")\b\.?"
_DAYS_TEXT = re.compile(
    rf"(?:on |and |& )?{_ONE_DAY}(?:\s*(?:-|\u2013|to|through|thru|,\s*and|,|&|and|\s)\s*{_ONE_DAY})*,?"
)
_SPLIT_DAYS = re.compile(rf"({_ONE_DAY})(?:\s*(-|\u2013|to\b|through\b|thru\b(?=\s*{_ONE_DAY}))\s*({_ONE_DAY}))?")


def read_weekdays(text: str) -> tuple[int, ...]:
    """Weekdays of "Mon-Fri", "Tues, Thur", "Daily", "MO,WE", "3"; () where the text says anything else."""
    plain = _unaccented(text.strip().lower())
    if re.fullmatch(r"[0-7]", plain):
        return ((int(plain) - 1) % 7,)  # HSDS 1.1 counts from 1, Monday; some write Sunday as 0
    if len(plain) > 200 or not _DAYS_TEXT.fullmatch(plain):
        return ()
    return tuple(sorted(set(_days(plain))))


def _days(plain: str) -> Iterator[int]:
    for first, _, last in _SPLIT_DAYS.findall(plain):
        begin = first.rstrip(".")
        if begin in _MANY:
            yield from _MANY[begin]
        elif last.rstrip(".") in _DAY_OF:
            yield from _around(_DAY_OF[begin], _DAY_OF[last.rstrip(".")])
        else:
            yield _DAY_OF[begin]


def _around(first: int, last: int) -> Iterator[int]:
    """Fri-Mon goes over the end of the week."""
    return ((first + n) % 7 for n in range((last - first) % 7 + 1))


def _unaccented(text: str) -> str:
    return text.translate(str.maketrans("áéíóú", "aeiou"))


# --- Whole texts

_RANGE = rf"({_TIME})(?:\s*(?:-|\u2013|\u2014|to|until)[\s-]*|\s+)({_TIME})"
_RANGES = re.compile(rf"{_RANGE}(?:\s*(?:,|&|/|and)\s*(?={_RANGE}))?")
_ALWAYS = re.compile(
    r"24 ?(?:hours|hrs|hr)(?: a day)?(?:,? ?(?:and )?(?:7|seven) days a week)?|24/7|24-7|open 24 hours"
)
_LABEL = re.compile(r"[a-z][a-z &/'-]{1,40}:$")
_SEASON = re.compile(
    r"summer|winter|spring|fall|season|school|camp|holiday|month|every|except|closed|break|var(?:y|ies)|change", re.I
)


def read_text(text: str) -> HoursText | None:
    """The intervals of a cleaned text, or None as soon as one part of it cannot be read with certainty."""
    lines, remarks = _clauses(text) if len(text) <= LONGEST_TEXT else (None, True)
    if lines is None:
        return None
    found: set[Interval] = set()
    waiting: list[tuple[int, int]] = []
    for line in lines:
        spans, days = _clause(line)
        if spans is None:
            return None
        waiting += spans
        if days is None:  # "9:00am-12:00pm; 1:00pm-4:00pm, Mon-Fri": the days come with the last of them
            continue
        found |= {i for day in days for begin, end in waiting for i in past_midnight_split(day, begin, end)}
        waiting = []
    return HoursText(tuple(sorted(found)), remarks) if found and not waiting else None


def _clauses(text: str) -> tuple[list[str] | None, bool]:
    """The lines that hold hours, and whether there were words beside them; None for lists under several headings."""
    kept: list[str] = []
    headings = 0
    remarks = False
    for part in re.split(r"[\n;]", _unaccented(text.lower())):
        bare = re.sub(r"\([^()\d]*\)", "", part).strip(" ,.*")
        remarks = remarks or bare != part.strip(" ,.*")
        if not bare:
            continue
        if _LABEL.fullmatch(bare):
            headings += 2 if kept else 1
            remarks = True
        elif re.search(r"\d|noon|midnight", bare):
            kept.append(bare)
        else:
            remarks = True
            headings += 2 if _SEASON.search(bare) or bare.endswith(":") else 0
    # One heading over everything is only a name. Two sets of hours: which of them is meant nobody can tell.
    return (None if headings > 1 or (headings and _SEASON.search(text)) else kept), remarks


def _clause(line: str) -> tuple[list[tuple[int, int]] | None, tuple[int, ...] | None]:
    """The spans and days of one line; spans None where it cannot be read, days None where it names none."""
    always = _ALWAYS.match(line)
    if always:
        rest = line[always.end() :].strip(" ,")
        return [(0, DAY)], (read_weekdays(rest) or None) if rest else tuple(range(7))
    spans: list[tuple[int, int]] = []
    at = 0
    while found := _RANGES.match(line, at):
        span = read_span(found[1], found[2])
        if span is None:
            return None, None
        spans.append(span[:2])
        at = found.end()
    rest = line[at:].strip(" ,")
    if not spans or not rest:
        return spans or None, None
    days = read_weekdays(rest)
    return (spans, days) if days else (None, None)
