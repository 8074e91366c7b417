"""What the pages and the command line are handed: a question, its results, one service. Plain values, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from server.resources.opening_hours import UNKNOWN, Days, Standing, Week

PAGE = 20
CAP = 2000
"""So many hits are ranked; a common word has more, and the page says "more than"."""
LONGEST = 200


@dataclass(frozen=True)
class Query:
    """What was asked. `needs` are ids of needs, `language` an ISO code or empty."""

    words: str = ""
    needs: tuple[str, ...] = ()
    language: str = ""
    open_now: bool = False
    page: int = 1

    @property
    def asks(self) -> bool:
        return bool(self.words or self.needs)

    @property
    def narrowed(self) -> bool:
        return bool(self.language or self.open_now)

    def as_token(self, page: int = 1) -> dict[str, Any]:
        return {"q": self.words, "n": list(self.needs), "l": self.language, "o": self.open_now, "p": page}

    @classmethod
    def of_token(cls, payload: Mapping[str, Any]) -> Query:
        """What as_token() sealed; a token of another page asks nothing."""
        words, needs = str(payload.get("q", "")), tuple(payload.get("n", ()))
        return cls(words, needs, str(payload.get("l", "")), bool(payload.get("o")), max(1, int(payload.get("p", 1))))


@dataclass(frozen=True, slots=True)
class Card:
    """A service as a list shows it. `town` is empty for a confidential one. `text` is folded, for telling why."""

    key: int
    id: str
    name: str
    organization: str
    town: str
    summary: str
    number: str
    languages: tuple[str, ...]
    week: Week
    zone: str
    country: str
    confidential: bool
    verified_on: date | None
    text: str


class Why(NamedTuple):
    """`said` is what was typed or touched, `found` the words of the entry it was found by; equal where they are."""

    said: str
    found: str


class Result(NamedTuple):
    card: Card
    standing: Standing
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Results:
    """`more`: there are more than `total`. `loosened`: no place has all that was asked, these have some of it."""

    query: Query
    total: int = 0
    more: bool = False
    loosened: bool = False
    results: tuple[Result, ...] = ()
    without_filters: int = 0

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)

    def as_json(self) -> dict[str, Any]:
        found = [_result_as_json(result) for result in self.results]
        return {"total": self.total, "more": self.more, "loosened": self.loosened, "results": found}

    def as_text(self) -> str:
        more = "more than " if self.more else ""
        head = f"{more}{self.total} found" + (", none has every word" if self.loosened else "")
        return "\n".join([head, *(_result_as_text(result) for result in self.results)])


def _result_as_json(result: Result) -> dict[str, Any]:
    card, until = result.card, result.standing.until
    return {
        "id": card.id,
        "name": card.name,
        "organization": card.organization,
        "town": card.town,
        "why": [{"said": why.said, "found": why.found} for why in result.why],
        "open": result.standing.state.value,
        "until": until.isoformat() if until else None,
        "languages": list(card.languages),
        "verified_on": card.verified_on.isoformat() if card.verified_on else None,
    }


def _result_as_text(result: Result) -> str:
    card = result.card
    why = ", ".join(why.said if why.said == why.found else f"{why.said} ({why.found})" for why in result.why)
    place = " · ".join(part for part in (card.organization, card.town) if part)
    checked = f"checked {card.verified_on}" if card.verified_on else "not checked"
    return f"\n{card.name}\n  {place}\n  {result.standing.state}, {checked}, {' '.join(card.languages)}\n  {why}"


@dataclass(frozen=True)
class PhoneShown:
    number: str
    extension: str
    kind: str
    description: str


@dataclass(frozen=True)
class Place:
    """Where a service is. Never made for a confidential one."""

    name: str
    lines: tuple[str, ...]
    transportation: str


@dataclass(frozen=True)
class LanguageShown:
    """`name` is as the service wrote it, for a language without a code."""

    code: str
    name: str
    note: str


@dataclass(frozen=True)
class ServiceShown:
    """One service, whole."""

    card: Card
    alternate_name: str
    description: str
    website: str
    email: str
    fees: str
    application_process: str
    wait_time: str
    eligibility: str
    interpretation: str
    accessibility: str
    verified_by: str
    verified_how: str
    phones: tuple[PhoneShown, ...]
    places: tuple[Place, ...]
    languages: tuple[LanguageShown, ...]
    days: tuple[Days, ...]
    hours_read: tuple[str, ...]
    standing: Standing = UNKNOWN
