"""What a newer package may change of what is stored: nothing that staff have touched, nothing without a trace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from server.resources.service_form import Content

KEPT_STAFFS = "kept the version checked by staff"
KEPT_RETIRED = "retired by staff: stays retired"
KEPT_BESIDE = "belongs to a service that keeps the version checked by staff"
KEPT_THOUGH_GONE = "no longer in the package: kept, because staff checked it"


@dataclass(frozen=True, slots=True)
class Stored:
    """One service as the database has it. `row_hash` is "" while it is retired because the package lost it."""

    key: int
    row_hash: str
    checked: bool
    retired: bool


class Verdict(Enum):
    ADD = auto()
    SAME = auto()
    UPDATE = auto()
    REVIVE = auto()
    KEEP = auto()
    KEEP_RETIRED = auto()


def compare(stored: Stored | None, row_hash: str) -> Verdict:
    """What to do with a row that is in the package."""
    if stored is None:
        return Verdict.ADD
    if stored.row_hash == row_hash:
        return Verdict.SAME
    if stored.retired:
        return Verdict.KEEP_RETIRED if stored.row_hash else Verdict.REVIVE
    return Verdict.KEEP if stored.checked else Verdict.UPDATE


class Farewell(Enum):
    NOTHING = auto()
    RETIRE = auto()
    KEEP = auto()


def compare_absent(stored: Stored) -> Farewell:
    """What to do with a stored row that the package no longer has."""
    if stored.retired:
        return Farewell.NOTHING
    return Farewell.KEEP if stored.checked else Farewell.RETIRE


def drops_verification(before: Content, after: Content) -> bool:
    """A new number, address, web address or other hours have been checked by nobody, whoever typed them."""
    return _checked_facts(before) != _checked_facts(after)


def _checked_facts(content: Content) -> tuple[object, ...]:
    return (
        content.texts.get("website", ""),
        {(phone.number, phone.extension, phone.kind) for phone in content.phones},
        (set(content.hours), content.hours_read),
        {tuple(sorted(place.texts.items())) for place in content.places},
    )
