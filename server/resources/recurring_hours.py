"""The columns in which HSDS 2.x and 3.x say when hours come again (RFC 5545), into weekdays or one rule.

What is every week becomes weekdays. All else is a rule, checked to be one that comes at all: `FREQ=MONTHLY;BYDAY=1MO`.
A rule never holds COUNT, UNTIL or DTSTART: they become the days from and to which it holds. Where it is not every week
or month, the first of these days is also the one it is counted from. What contradicts itself is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr

from server.resources.hours_reading import read_weekdays

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COLUMNS = ("freq", "interval", "byday", "bymonthday", "dtstart", "until", "count", "valid_from", "valid_to")
LONGEST = 200
MOST_TIMES = 1_000
FOR_EVER = 2_100  # years from here on, and before 1970, are how databases say "none"
_EPOCH = date(2000, 1, 3)
_LOOK_AHEAD = 5 * 366
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_FREQUENCIES = {"WEEKLY", "MONTHLY", "DAILY"}


@dataclass(frozen=True)
class Recurrence:
    """`days` are weekdays (0 is Monday) where it is simply weekly; else `rule`. None: no limit on that side."""

    days: tuple[int, ...] = ()
    rule: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class _Unsure(Exception):
    pass


def recurs(cells: Mapping[str, str]) -> bool:
    """Whether a row says in these columns when it comes again."""
    return any(cells.get(column, "").strip() for column in COLUMNS)


def read_recurrence(cells: Mapping[str, str], today: date | None = None) -> Recurrence | None:
    """None where it is not certain. `today`: what began before it and never ends needs no beginning."""
    try:
        return _read(cells, today)
    except (_Unsure, ValueError, OverflowError):
        return None


def _read(cells: Mapping[str, str], today: date | None) -> Recurrence:
    begins, holds_from = read_day(cells.get("dtstart", "")), read_day(cells.get("valid_from", ""))
    parts = _parts(cells, begins)
    first = max(filter(None, (begins, holds_from)), default=None)
    last = min(filter(None, (read_day(cells.get("until", "")), read_day(cells.get("valid_to", "")))), default=None)
    if "count" in cells and cells["count"].strip():
        last = min(filter(None, (last, _last_of(parts, begins, _number(cells["count"])))))
    if "INTERVAL" in parts:
        first = _first_from(parts, begins or holds_from, first)
    elif first and today and first <= today and last is None:
        first = None
    if first and last and last < first:
        raise _Unsure
    if set(parts) == {"FREQ", "BYDAY"} and parts["FREQ"] == "WEEKLY" and first is None and last is None:
        return Recurrence(tuple(map(DAYS.index, parts["BYDAY"].split(","))))
    return _sound(Recurrence((), _text(parts), first, last))


def _parts(cells: Mapping[str, str], begins: date | None) -> dict[str, str]:
    """The parts of the rule, in their order."""
    numbered, plain = _byday(cells.get("byday", "") or cells.get("weekday", ""))
    monthdays = _numbers(cells.get("bymonthday", ""), 31)
    freq = cells.get("freq", "").strip().upper() or ("MONTHLY" if numbered or monthdays else "WEEKLY")
    interval = _number(cells.get("interval", "")) or 1
    if freq not in _FREQUENCIES or any(cells.get(name, "").strip() for name in ("byweekno", "byyearday")):
        raise _Unsure
    if freq == "MONTHLY":
        parts = _monthly(numbered, plain, monthdays, begins, interval)
    elif numbered or monthdays:
        raise _Unsure  # not what RFC 5545 allows: what was meant nobody can tell
    elif freq == "DAILY" and interval > 1:
        parts = {"FREQ": "DAILY", **({"BYDAY": _named(plain)} if plain else {})}
    else:
        days = plain or (tuple(range(7)) if freq == "DAILY" else _weekday_of(begins))
        parts = {"FREQ": "WEEKLY", "BYDAY": _named(days)}
    if interval > 1:
        parts["INTERVAL"] = str(interval)
        week = cells.get("wkst", "").strip().upper()
        parts |= {"WKST": week} if week in DAYS and week != "MO" else {}
    return parts


def _monthly(
    numbered: tuple[str, ...], plain: tuple[int, ...], monthdays: tuple[int, ...], begins: date | None, interval: int
) -> dict[str, str]:
    if numbered and plain:
        raise _Unsure
    if plain and not monthdays and interval == 1:
        return {"FREQ": "WEEKLY", "BYDAY": _named(plain)}  # each Monday of each month
    if not numbered and not plain and not monthdays:
        if begins is None or begins.day > 28:
            raise _Unsure
        monthdays = (begins.day,)
    parts = {"FREQ": "MONTHLY"}
    if numbered or plain:
        parts["BYDAY"] = ",".join(numbered) or _named(plain)
    if monthdays:
        parts["BYMONTHDAY"] = ",".join(map(str, monthdays))
    return parts


def _byday(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """("1MO", "-1FR") and plain weekdays, of which one is empty in a rule that makes sense."""
    plain = text.strip()
    if not plain:
        return (), ()
    tokens = [token for token in re.split(r"[\s,;|]+", plain.upper()) if token]
    found = [_DAY.fullmatch(token) for token in tokens]
    if not all(found):
        days = read_weekdays(plain)
        if not days:
            raise _Unsure
        return (), days
    numbered = tuple(f"{int(one[1])}{one[2]}" for one in found if one and one[1])
    if any(not 1 <= abs(int(one[:-2])) <= 5 for one in numbered):
        raise _Unsure
    return numbered, tuple(sorted({DAYS.index(one[2]) for one in found if one and not one[1]}))


def _named(days: tuple[int, ...]) -> str:
    return ",".join(DAYS[day] for day in days)


def _weekday_of(begins: date | None) -> tuple[int, ...]:
    if begins is None:
        raise _Unsure
    return (begins.weekday(),)


def _number(text: str) -> int:
    """0 where nothing is said."""
    plain = re.sub(r"\.0+$", "", text.strip())
    if not plain:
        return 0
    if not re.fullmatch(r"\d{1,4}", plain, re.ASCII) or plain.strip("0") == "":
        raise _Unsure
    return int(plain)


def _numbers(text: str, most: int) -> tuple[int, ...]:
    tokens = [token for token in re.split(r"[\s,;|]+", text) if token]
    if any(not re.fullmatch(r"[+-]?\d{1,2}", token, re.ASCII) or not 1 <= abs(int(token)) <= most for token in tokens):
        raise _Unsure
    return tuple(dict.fromkeys(map(int, tokens)))


def read_day(text: str) -> date | None:
    """The day of `2026-03-01` or `2026-03-01T00:00:00Z`; None where none is given. Raises ValueError for all else."""
    plain = text.strip()
    if not plain:
        return None
    if not re.fullmatch(r"\d{4}-?\d\d-?\d\d(?:[T ].*)?", plain, re.ASCII | re.DOTALL):
        raise ValueError(plain[:40])
    day = date.fromisoformat(re.split(r"[T ]", plain)[0])
    return day if 1970 <= day.year < FOR_EVER else None


def _text(parts: Mapping[str, str]) -> str:
    order = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "WKST")
    return ";".join(f"{name}={parts[name]}" for name in order if name in parts)


def _at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _last_of(parts: Mapping[str, str], begins: date | None, times: int) -> date | None:
    if begins is None or times > MOST_TIMES:
        raise _Unsure
    *_, last = rrulestr(f"{_text(parts)};COUNT={times}", dtstart=_at(begins))
    return last.date()


def _first_from(parts: Mapping[str, str], counted_from: date | None, first: date | None) -> date:
    """The first time on or after `first`, from which the rule can be counted as well."""
    if counted_from is None:
        raise _Unsure
    found = rrulestr(_text(parts), dtstart=_at(counted_from)).after(_at(first or counted_from), inc=True)
    if found is None:
        raise _Unsure
    return found.date()


def _sound(found: Recurrence) -> Recurrence:
    """Comes at least once in the time in which it holds."""
    start = found.valid_from or _EPOCH
    stop = min(found.valid_to or date.max, start + timedelta(days=_LOOK_AHEAD))
    rule = rrulestr(f"{found.rule};UNTIL={stop:%Y%m%d}T000000", dtstart=_at(start))
    if len(found.rule) > LONGEST or next(iter(rule), None) is None:
        raise _Unsure
    return found


def cells_of_rule(rule: str) -> dict[str, str]:
    """The columns that a whole rule stands for: `FREQ=MONTHLY;BYDAY=1MO` is freq and byday."""
    parts = (part.partition("=") for part in rule.removeprefix("RRULE:").split(";"))
    return {name.strip().lower(): value for name, mark, value in parts if mark and len(name) < 12}
