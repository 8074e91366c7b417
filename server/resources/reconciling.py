"""What a newer package may change of what is stored: nothing that staff have touched, nothing without a trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from server.resources.service_form import Content

KEPT_STAFFS = "kept the version checked by staff"
KEPT_RETIRED = "retired by staff: stays retired"
KEPT_BESIDE = "belongs to a service that keeps the version checked by staff"
KEPT_THOUGH_GONE = "no longer in the package: kept, because staff checked it"
GONE = "no longer in the package: retired"
HIDDEN_NOW = "now confidential: its place was taken out, all else stays as staff left it"


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
    """HIDE takes the place from a service that staff checked, and nothing else of theirs."""

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


Marks = frozenset[tuple[str, str, str]]
"""By what a service is known again under another source: its id in the package or a number, always with its name."""

ENOUGH_TO_TELL = 10


def marks_of(source_id: str, name: str, numbers: Iterable[str]) -> Marks:
    """Numbers in any punctuation; a service without any is known by its id alone."""
    folded = " ".join(name.casefold().split())
    digits = {"".join(filter(str.isdigit, number)) for number in numbers} - {""}
    return frozenset({("id", source_id, folded), *(("phone", number, folded) for number in digits)})


def same_under_another(package: Sequence[Marks], stored: Iterable[tuple[str, Marks]]) -> str:
    """The other source that holds at least half of this package already; "" where none does, or it is too small."""
    theirs: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for source, marks in stored:
        theirs[source] |= marks
    shared = {source: sum(not one.isdisjoint(marks) for one in package) for source, marks in theirs.items()}
    most = max(shared, key=lambda source: shared[source], default="")
    enough = len(package) >= ENOUGH_TO_TELL and 2 * shared.get(most, 0) >= len(package)
    return most if enough else ""


def drops_verification(before: Content, after: Content) -> tuple[str, ...]:
    """What of it has been checked by nobody, whoever typed it: a new number, address, web address or other hours.

    Names of "website", "chat", "email", "phones", "hours", "places"; empty where a check of before holds for after.
    """
    was, now = _checked_facts(before), _checked_facts(after)
    return tuple(name for name in was if was[name] != now[name])


def _checked_facts(content: Content) -> dict[str, object]:
    ways = {name: content.texts.get(name, "") for name in ("website", "chat", "email")}
    rows: dict[str, object] = {
        "phones": {(phone.number, phone.extension, phone.kind) for phone in content.phones},
        "hours": (set(content.hours), content.hours_read),
        "places": {tuple(sorted(place.texts.items())) for place in content.places},
    }
    return {**ways, **rows}
