"""What a service says of itself beside its texts: for whom, what about the police, whether it has room; as form fields.

The form marks by `ticks` that it showed its boxes: a form that does not, unticks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from server.resources.terms import Facet, Police

OLDEST = 120
FARTHEST = timedelta(days=5 * 366)
FACET = "facet_"
FLAGS = ("undocumented_told", "shared", "ours", "full")
PARTS = ("police", "minimum_age", "maximum_age", "facets", *FLAGS, "closed_until")


class Wrong(StrEnum):
    """What is wrong with a field."""

    NEEDED = "needed"
    TOO_LONG = "too_long"
    NOT_A_STATE = "not_a_state"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_SHORT_NUMBER = "not_a_short_number"
    NOT_HOURS = "not_hours"
    HOURS_CROSS = "hours_cross"
    NOT_LANGUAGES = "not_languages"
    NOT_AN_EMAIL = "not_an_email"
    NOT_AN_AGE = "not_an_age"
    AGES_CROSS = "ages_cross"
    NOT_A_DAY = "not_a_day"
    NOT_A_NEAR_DAY = "not_a_near_day"


@dataclass(frozen=True, slots=True)
class Facts:
    """`full`: it said that it has no room. `closed_until`: the first day on which it is open again, as far as known."""

    police: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    facets: frozenset[str] = frozenset()
    undocumented_told: bool = False
    shared: bool = True
    ours: bool = False
    full: bool = False
    closed_until: date | None = None


def form_of_facts(facts: Facts) -> dict[str, str]:
    form = {"ticks": "1", "police": facts.police}
    form |= {name: _told(getattr(facts, name)) for name in ("minimum_age", "maximum_age", "closed_until")}
    form |= {name: "1" if getattr(facts, name) else "" for name in FLAGS}
    return form | {f"{FACET}{facet}": "1" if facet in facts.facets else "" for facet in Facet}


def _told(value: int | date | None) -> str:
    return "" if value is None else str(value)


def read_facts(form: Mapping[str, str], before: Facts, wrong: dict[str, Wrong]) -> Facts:
    """What was typed, over what is kept; each field that cannot be used gets its reason in `wrong`."""
    ticks = form.get("ticks") == "1"
    flags = {name: form.get(name) == "1" if ticks else bool(getattr(before, name)) for name in FLAGS}
    ticked = frozenset(facet.value for facet in Facet if form.get(f"{FACET}{facet}") == "1")
    youngest, oldest = (_age(form, name, getattr(before, name), wrong) for name in ("minimum_age", "maximum_age"))
    if youngest is not None and oldest is not None and youngest > oldest:
        wrong.setdefault("minimum_age", Wrong.AGES_CROSS)
    return Facts(
        police=_police(form, before, wrong),
        minimum_age=youngest,
        maximum_age=oldest,
        facets=ticked if ticks else before.facets,
        closed_until=_day(form, before.closed_until, wrong),
        **flags,
    )


def _police(form: Mapping[str, str], before: Facts, wrong: dict[str, Wrong]) -> str:
    said = form.get("police", before.police)
    if said not in ("", before.police, *Police):
        wrong["police"] = Wrong.NOT_A_STATE
    return said


def _age(form: Mapping[str, str], name: str, before: int | None, wrong: dict[str, Wrong]) -> int | None:
    typed = form.get(name, _told(before)).strip()
    if typed == _told(before) or not typed:
        return before if typed else None
    if not re.fullmatch(r"[0-9]{1,3}", typed) or int(typed) > OLDEST:
        wrong[name] = Wrong.NOT_AN_AGE
        return before
    return int(typed)


def _day(form: Mapping[str, str], before: date | None, wrong: dict[str, Wrong]) -> date | None:
    typed = form.get("closed_until", _told(before)).strip()
    try:
        day = day_of(typed)
    except ValueError:
        wrong["closed_until"] = Wrong.NOT_A_DAY
        return before
    return day


def day_of(typed: str) -> date | None:
    """ "2026-12-24"; None where nothing was typed. Raises ValueError."""
    if typed and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        raise ValueError(typed)
    return date.fromisoformat(typed) if typed else None


def is_near(day: date | None, today: date) -> bool:
    """Whether somebody may say that a service is closed until then: not over yet, and no slip of the year."""
    return day is None or today <= day <= today + FARTHEST


def changed_facts(before: Facts, after: Facts) -> tuple[str, ...]:
    """Names of PARTS that differ."""
    return tuple(part for part in PARTS if getattr(before, part) != getattr(after, part))
