"""What a reader of the directory does: look for places, read one, find numbers to call. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from server.errors import N_, BadInput
from server.resources import countries as tables
from server.resources import finding
from server.resources.hotlines import help_for
from server.resources.hotlines_file import book
from server.resources.kept import Kept, kept
from server.resources.needs import BY_ID, NEEDS, groups_of
from server.resources.opening_hours import Standing, standing
from server.resources.query_parsing import Group, typed
from server.resources.reader import Reader
from server.resources.showing import CAP, LONGEST, Card, Query, Result, Results, ServiceShown, Why
from server.settings import Settings

TOO_LONG = N_("That is too long to search for. Please use at most %(letters)s letters.")
NOT_LISTED = N_("Please choose from the list.")

is_country = tables.is_country


def countries(language: str) -> list[tuple[str, str]]:
    """(ISO code, name) in the order of the language."""
    return list(tables.country_names(language).items())


def home(country: str, language: str, now: datetime) -> dict[str, Any]:
    """What the first page draws: the numbers of the country, and what to ask for."""
    return {**numbers(country, language, now), "needs": NEEDS, "query": Query()}


def numbers(country: str, language: str, now: datetime) -> dict[str, Any]:
    """The lines of a country as they stand now, and who reads them."""
    return {"help": help_for(book(), country, now), "reader": Reader(language, country)}


def query(words: str, *, needs: Sequence[str] = (), language: str = "", open_now: bool = False) -> Query:
    """Raises BadInput for words that are too long, and for a need or a language that is in no list."""
    if len(words) > LONGEST:
        raise BadInput(TOO_LONG, letters=LONGEST)
    if any(need not in BY_ID for need in needs) or (language and language not in tables.language_names("en")):
        raise BadInput(NOT_LISTED)
    return Query(words, tuple(dict.fromkeys(needs)), language, open_now)


async def spoken_here(language: str) -> list[tuple[str, str]]:
    """(code, name) of the languages that services speak: the reader's own first, the others by name."""
    names = tables.language_names(language)
    codes = await finding.languages_of(await kept())
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda one: (one[0] != language, one[1]))


async def search(query: Query, *, now: datetime, settings: Settings) -> Results:
    """Places that have all that was asked for; where none has, those that have some of it."""
    groups = groups_of(typed(query.words), [BY_ID[need] for need in query.needs if need in BY_ID])
    if not groups:
        return Results(query)
    held = await kept()
    filters = finding.Filters(not settings.show_unverified, query.language, now if query.open_now else None)
    for every in (True, False) if len(groups) > 1 else (True,):
        keys, found = await finding.hits(groups, filters, held, every=every, page=query.page)
        if found:
            results = _results(await finding.cards(keys, held), groups, every=every, at=_Moment(held, now))
            return Results(query, min(found, CAP), found > CAP, not every, results)
    return Results(query, without_filters=await _without_filters(query, groups, filters, held))


async def _without_filters(query: Query, groups: Sequence[Group], filters: finding.Filters, held: Kept) -> int:
    """How many there would be in any language at any hour: an empty page says where to go on."""
    if not query.narrowed:
        return 0
    wide = finding.Filters(filters.verified_only)
    return await finding.count(groups, wide, held, every=True) or await finding.count(groups, wide, held, every=False)


class _Moment:
    """How each place stands at one moment, worked out once a minute and kept with the rest."""

    def __init__(self, held: Kept, now: datetime) -> None:
        self.now = now
        self.known = held.standings_at(int(now.timestamp()) // 60)

    def of(self, card: Card) -> Standing:
        known = self.known.get(card.key)
        if known is None:
            known = self.known[card.key] = standing_of(card, self.now)
        return known


def standing_of(card: Card, now: datetime) -> Standing:
    return standing(card.week, finding.zone_named(card.zone), now)


Needles = tuple[tuple[str, str], ...]
"""(what to look for in a folded text, the words it stands for)"""


def _results(cards: Sequence[Card], groups: Sequence[Group], *, every: bool, at: _Moment) -> tuple[Result, ...]:
    sought = [(group.said, needles(group)) for group in groups]
    return tuple(Result(card, at.of(card), _why(card, sought, every)) for card in cards)


def why(card: Card, groups: Sequence[Group], *, every: bool) -> tuple[Why, ...]:
    """Which parts of the question an entry answers, and by which words of its name, organization or terms.

    Where every part was found and not there, it was in the description: then `found` is empty.
    """
    return _why(card, [(group.said, needles(group)) for group in groups], every)


def _why(card: Card, sought: Sequence[tuple[str, Needles]], every: bool) -> tuple[Why, ...]:
    found = [Why(said, _found_by(card.text, looked_for)) for said, looked_for in sought]
    return tuple(found if every else [why for why in found if why.found])


def _found_by(text: str, looked_for: Needles) -> str:
    for needle, words in looked_for:
        if needle in text:
            return words
    return ""


def needles(group: Group) -> Needles:
    """In the order of the terms: the word that was typed comes first."""
    return tuple((term.needle, " ".join(term.words)) for term in group.terms)


async def read_service(service_id: str, *, now: datetime, settings: Settings) -> ServiceShown | None:
    """None where there is nothing to show under that id."""
    found = await finding.service(service_id, verified_only=not settings.show_unverified)
    return replace(found, standing=standing_of(found.card, now)) if found else None
