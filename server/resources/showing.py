"""What the pages and the command line are handed: a question, its results, one service. Plain values, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from server.resources.distance import Band, Near
from server.resources.opening_hours import UNKNOWN, Dated, Days, Standing, Week
from server.resources.query_parsing import words_of
from server.resources.state_bodies import Body, body_of

PAGE = 20
CAP = 2000
"""So many hits are ranked; a common word has more, and the page says "more than"."""
LONGEST = 200


@dataclass(frozen=True)
class Query:
    """What was asked. `needs` are ids of needs, `language` an ISO code or empty, `facets` ids of facet_words.FACETS.

    `near` is a town as it was typed. `as_typed`: no word is taken for a mistyped one.
    """

    words: str = ""
    needs: tuple[str, ...] = ()
    language: str = ""
    open_now: bool = False
    page: int = 1
    facets: tuple[str, ...] = ()
    near: str = ""
    as_typed: bool = False

    @property
    def asks(self) -> bool:
        return bool(self.words or self.needs)

    @property
    def narrowed(self) -> bool:
        return bool(self.language or self.open_now or self.facets or self.near)

    def with_words(self, words: str) -> Query:
        """The same with these words, which are not taken for mistyped ones."""
        return replace(self, words=words, as_typed=True)

    def with_need(self, need: str) -> Query:
        """The same with one need in place of those that were touched."""
        return replace(self, needs=(need,), page=1)

    def with_near(self, near: str) -> Query:
        return replace(self, near=near)

    def as_token(self, page: int = 1) -> dict[str, Any]:
        """What is not asked is left out: the token stays short."""
        said = {
            "q": self.words, "n": list(self.needs), "l": self.language, "o": self.open_now, "f": list(self.facets),
            "w": self.near, "r": self.as_typed, "p": page,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value or name == "q"}

    @classmethod
    def of_token(cls, payload: Mapping[str, Any]) -> Query:
        """What as_token() sealed; a token of another page asks nothing."""
        return cls(
            str(payload.get("q", "")),
            tuple(payload.get("n", ())),
            str(payload.get("l", "")),
            bool(payload.get("o")),
            max(1, int(payload.get("p", 1))),
            tuple(payload.get("f", ())),
            str(payload.get("w", "")),
            bool(payload.get("r")),
        )


@dataclass(frozen=True, slots=True)
class Card:
    """A service as a list shows it. `town` is empty for a confidential one. `text` is folded, for telling why.

    `body`: it is one of the state, by its names or by what an editor found out.
    """

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
    dated: tuple[Dated, ...] = ()
    body: Body | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None


class Why(NamedTuple):
    """`said` is what was typed or touched, `found` the words of the entry it was found by; equal where they are.

    `how`: one of "exact", "stem", "similar", "repaired", "need"; empty where it was found in the description.
    """

    said: str
    found: str
    how: str = ""


class Result(NamedTuple):
    """`band` is set where a town was asked for: how far the place is from it."""

    card: Card
    standing: Standing
    why: tuple[Why, ...]
    band: Band | None = None


class Repair(NamedTuple):
    """A mistyped word, the one that was looked for instead, and what else it may have been."""

    typed: str
    instead: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """`total` is at most CAP; `more`: there are others.

    `without` says what was asked and given up because no place has it: some of "open", "language", "facets", "words".
    """

    query: Query
    total: int = 0
    more: bool = False
    without: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    repairs: tuple[Repair, ...] = ()
    near: Near | None = None

    @property
    def loosened(self) -> bool:
        """No place has all the words, these have some of them."""
        return "words" in self.without

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)

    @property
    def repaired_words(self) -> str:
        """The words as they were looked for, in the order they were typed."""
        return self._with({repair.typed: repair.instead for repair in self.repairs})

    def with_other(self, word: str) -> str:
        """The same, but for the first mistyped word another one that it may have been."""
        return self._with({repair.typed: repair.instead for repair in self.repairs} | {self.repairs[0].typed: word})

    def _with(self, instead: Mapping[str, str]) -> str:
        return " ".join(instead.get(word, word) for word in words_of(self.query.words))

    def as_json(self) -> dict[str, Any]:
        found = [_result_as_json(result) for result in self.results]
        repaired = [{"typed": one.typed, "as": one.instead, "others": list(one.others)} for one in self.repairs]
        return {
            "total": self.total, "more": self.more, "loosened": self.loosened, "without": list(self.without),
            "repaired": repaired, "near": _near_as_json(self.near) if self.near else None, "results": found,
        }  # fmt: skip

    def as_text(self) -> str:
        more = "more than " if self.more else ""
        head = f"{more}{self.total} found" + (", none has every word" if self.loosened else "")
        left = [name for name in self.without if name != "words"]
        said = [head + (f", without: {', '.join(left)}" if left else "")]
        said += [f"Showing results for {self.repaired_words}."] if self.repairs else []
        said += [_near_as_text(self.near)] if self.near else []
        return "\n".join([*said, *(_result_as_text(result) for result in self.results)])


def _near_as_json(near: Near) -> dict[str, Any]:
    choices = [town.told for town in near.choices]
    return {"typed": near.typed, "town": near.town.told if near.town else None, "choices": choices}


def _near_as_text(near: Near) -> str:
    if near.town:
        return f"Near {near.town.told}."
    choices = "; ".join(town.told for town in near.choices)
    return f"Which {near.typed}? {choices}" if choices else f"No town called {near.typed} is known here."


def _result_as_json(result: Result) -> dict[str, Any]:
    card, until = result.card, result.standing.until
    return {
        "id": card.id,
        "name": card.name,
        "organization": card.organization,
        "town": card.town,
        "body": card.body.value if card.body else None,
        "why": [{"said": why.said, "found": why.found, "how": why.how} for why in result.why],
        "open": result.standing.state.value,
        "until": until.isoformat() if until else None,
        "languages": list(card.languages),
        "verified_on": card.verified_on.isoformat() if card.verified_on else None,
        "distance": result.band.name.lower() if result.band is not None else None,
    }


def _result_as_text(result: Result) -> str:
    card = result.card
    why = ", ".join(why.said if why.said == why.found else f"{why.said} ({why.found})" for why in result.why)
    place = " · ".join(part for part in (card.organization, card.town) if part)
    checked = f"checked {card.verified_on}" if card.verified_on else "not checked"
    checked += f", of the state: {card.body}" if card.body else ""
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
    """One service, whole. What is empty or absent is not known: a missing facet says nothing.

    `confidential`: it is secret itself, or its only address is; then `places` is empty. `source`: the package it was
    read from, empty for what staff entered. `shut_today`: it says that it is closed today. `ours`: run by whoever
    runs this directory.
    """

    id: str
    name: str
    alternate_name: str
    organization: str
    description: str
    website: str
    email: str
    chat: str
    fees: str
    documents: str
    application_process: str
    wait_time: str
    eligibility: str
    interpretation: str
    accessibility: str
    police: str
    minimum_age: int | None
    maximum_age: int | None
    facets: frozenset[str]
    confidential: bool
    country: str
    ours: bool
    full_on: date | None
    closed_until: date | None
    verified_on: date | None
    verified_how: str
    verified_role: str
    source: str
    read_on: date | None
    phones: tuple[PhoneShown, ...] = ()
    places: tuple[Place, ...] = ()
    languages: tuple[LanguageShown, ...] = ()
    days: tuple[Days, ...] = ()
    hours_read: tuple[str, ...] = ()
    shut_today: bool = False
    standing: Standing = UNKNOWN

    @property
    def body(self) -> Body | None:
        return body_of(self.organization, self.name, self.police)
