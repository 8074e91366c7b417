"""What a newer package may change of what is stored: nothing that staff have touched, nothing without a trace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from server.resources.service_form import Content

KEPT_STAFFS = "kept the version checked by staff"
KEPT_RETIRED = "retired by staff: stays retired"
KEPT_BESIDE = "belongs to a service that keeps the version checked by staff"
KEPT_THOUGH_GONE = "no longer in the package: kept, because staff checked it"
GONE = "no longer in the package: retired"
HIDDEN_NOW = "now confidential: taken over the version checked by staff, which is checked no longer"


@dataclass(frozen=True, slots=True)
class Stored:
    """One service or location as the database has it.

    `row_hash` is "" while a service is retired because the package lost it. A location counts as checked while one of
    its services is.
    """

    key: int
    row_hash: str
    checked: bool = False
    retired: bool = False
    confidential: bool = False


class Verdict(Enum):
    ADD = auto()
    SAME = auto()
    UPDATE = auto()
    REVIVE = auto()
    HIDE = auto()
    KEEP = auto()
    KEEP_RETIRED = auto()


WRITTEN = frozenset({Verdict.ADD, Verdict.UPDATE, Verdict.REVIVE, Verdict.HIDE})


def compare(stored: Stored | None, row_hash: str, *, confidential: bool = False) -> Verdict:
    """What to do with a row that is in the package. Secrecy wins over everything: an address is not called back."""
    if stored is None:
        return Verdict.ADD
    if stored.row_hash == row_hash:
        return Verdict.SAME
    if stored.retired:
        return Verdict.KEEP_RETIRED if stored.row_hash else Verdict.REVIVE
    if not stored.checked:
        return Verdict.UPDATE
    return Verdict.HIDE if confidential and not stored.confidential else Verdict.KEEP


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
