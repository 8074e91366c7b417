"""Which services may be one: the same number under names that share a word, or the same name in the same town."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_NUMBER = 7  # digits: short codes are shared by everybody who names them
MOST_ALIKE = 6  # a number that more services share is a switchboard


class Alike(StrEnum):
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Known:
    """One service as it is held against the others. `town` is empty for a confidential one."""

    id: str
    name: str
    town: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    one: str
    other: str
    alike: Alike


def plain_name(name: str) -> str:
    """Without accents, capitals, punctuation and legal forms."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"[^\W_]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return " ".join(word for word in words if word not in ("the", "inc", "llc", "of", "and"))


def plain_number(number: str) -> str:
    """The last ten digits: with and without the country."""
    digits = re.sub(r"\D", "", number)
    return digits[-10:] if len(digits) >= SHORTEST_NUMBER else ""


def pairs(found: Iterable[Known]) -> tuple[Pair, ...]:
    """Each pair once; alike by number first."""
    services = list(found)
    by_number: dict[str, list[Known]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for one in services:
        for number in {plain_number(number) for number in one.numbers} - {""}:
            by_number[number].append(one)
        if plain_name(one.name):
            by_name[plain_name(one.name), plain_name(one.town)].append(one)
    numbered = (couple for group in by_number.values() for couple in _couples(group))
    told = {(a.id, b.id): Pair(a.id, b.id, Alike.NUMBER) for a, b in numbered if _words(a) & _words(b)}
    named = (couple for group in by_name.values() for couple in _couples(group))
    for a, b in named:
        told.setdefault((a.id, b.id), Pair(a.id, b.id, Alike.NAME))
    return tuple(told.values())


def _words(one: Known) -> set[str]:
    return set(plain_name(one.name).split())


def _couples(group: list[Known]) -> list[tuple[Known, Known]]:
    if len(group) > MOST_ALIKE:
        return []
    ordered = sorted(group, key=lambda one: one.id)
    return [(one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :]]
