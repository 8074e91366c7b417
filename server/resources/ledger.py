"""The order in which services are checked again: by the age of the last check, and by how many people a fault misleads.

No reader is counted, ever: how many a fault misleads is guessed from what the service is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

CHECK_LASTS = timedelta(days=90)
NEVER = 365  # days: a service that nobody has checked counts as if its check were a year old
MOST_NEEDS = 5
LINE, NATIONAL, SECRET, TOLD_WRONG = 4, 3, 1, 5
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Due:
    """One service as the queue weighs it. `needs`: how many kinds of help it lists. `line`: it is called, not visited.
    `told_wrong`: open reports that something about it is wrong."""

    key: int
    id: str
    name: str
    checked_on: date | None = None
    needs: int = 0
    line: bool = False
    national: bool = False
    confidential: bool = False
    told_wrong: int = 0


def is_due(one: Due, today: date) -> bool:
    """Never checked, checked long ago, or told to be wrong."""
    return one.checked_on is None or one.told_wrong > 0 or today - one.checked_on > CHECK_LASTS


def misleads(one: Due) -> int:
    """How many a fault misleads, against a service of one town that lists nothing: 1 or more."""
    return (
        1
        + min(one.needs, MOST_NEEDS)
        + LINE * one.line
        + NATIONAL * one.national
        + SECRET * one.confidential
        + TOLD_WRONG * min(one.told_wrong, MOST_TOLD)
    )


def weight(one: Due, today: date) -> int:
    """In days of age, times how many it misleads. What is told to be wrong is as old as what nobody has checked."""
    age = NEVER if one.checked_on is None else max(0, (today - one.checked_on).days)
    return misleads(one) * (max(age, NEVER) if one.told_wrong else age)


def in_order(found: Iterable[Due], today: date) -> tuple[Due, ...]:
    """Only what is due, the heaviest first."""
    due = [one for one in found if is_due(one, today)]
    return tuple(sorted(due, key=lambda one: (-weight(one, today), one.name.casefold(), one.key)))
