"""What a reader of the directory does: look for places, read one, find numbers to call. Nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias, TypedDict, Unpack

from server.errors import N_, BadInput
from server.resources import countries as tables
from server.resources import finding
from server.resources.distance import Band, Near, Town
from server.resources.facet_words import FACETS
from server.resources.gazetteer import near as look_up
from server.resources.hotlines import help_for
from server.resources.hotlines_file import book
from server.resources.kept import Kept, kept
from server.resources.line_checks import trusted
from server.resources.needs import BY_ID, NEEDS, Need, finer_than, groups_of, is_guessed, is_heard
from server.resources.opening_hours import Standing, State, standing_on_calendar
from server.resources.query_parsing import Group, Rank, is_widened, typed
from server.resources.reader import Reader
from server.resources.repairing import distance
from server.resources.showing import CAP, LONGEST, PAGE, Card, Query, Repair, Result, Results, Why
from server.resources.state_bodies import Body, named_in
from server.resources.stemming import stems_of
from server.resources.urgency import SHUT, TONIGHT, fitness, for_tonight
from server.resources.widening import Step, steps
from server.settings import Settings

TOO_LONG = N_("That is too long to search for. Please use at most %(letters)s letters.")
NOT_LISTED = N_("Please choose from the list.")

is_country = tables.is_country


def countries(language: str) -> list[tuple[str, str]]:
    """(ISO code, name) in the order of the language."""
    return list(tables.country_names(language).items())


async def home(country: str, language: str, now: datetime) -> dict[str, Any]:
    """What the first page draws: the numbers of the country, and what to ask for."""
    return {**await numbers(country, language, now), "needs": NEEDS, "query": Query()}


def happening() -> dict[str, dict[str, Any]]:
    """What a link to the places for each need of what is happening carries, by the need's id."""
    return {need.id: Query(needs=(need.id,)).as_token() for need in NEEDS if need.happening}


async def numbers(country: str, language: str, now: datetime) -> dict[str, Any]:
    """The lines of a country as they stand now, and who reads them."""
    return {"help": help_for(book(), country, now, await trusted()), "reader": Reader(language, country)}


class Wishes(TypedDict, total=False):
    """What a question may hold besides words, as in Query."""

    needs: Sequence[str]
    language: str
    open_now: bool
    facets: Sequence[str]
    near: str
    as_typed: bool


def query(words: str, **wishes: Unpack[Wishes]) -> Query:
    """Raises BadInput for what is too long, and for a need, a language or a facet that is in no list."""
    needs, facets = wishes.get("needs", ()), wishes.get("facets", ())
    language, near = wishes.get("language", ""), wishes.get("near", "")
    if len(words) > LONGEST or len(near) > LONGEST:
        raise BadInput(TOO_LONG, letters=LONGEST)
    known = all(need in BY_ID for need in needs) and all(facet in FACETS for facet in facets)
    if not known or (language and language not in tables.language_names("en")):
        raise BadInput(NOT_LISTED)
    return Query(
        words,
        tuple(dict.fromkeys(needs)),
        language,
        wishes.get("open_now", False),
        facets=tuple(dict.fromkeys(facets)),
        near=near.strip(),
        as_typed=wishes.get("as_typed", False),
    )


async def facets_here() -> list[tuple[str, str]]:
    """(id, label) of what may be asked for here: something that no place has is not offered."""
    return [(facet, FACETS[facet]) for facet in await finding.facets_of(await kept())]


async def spoken_here(language: str) -> list[tuple[str, str]]:
    """(code, name) of the languages that services speak: the reader's own first, the others by name."""
    names = tables.language_names(language)
    codes = await finding.languages_of(await kept())
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda one: (one[0] != language, one[1]))


def needs_around(query: Query) -> dict[str, Sequence[Need]]:
    """Needs to touch: the short list with what was asked for more exactly, and what may be said more exactly."""
    touched = [BY_ID[need] for need in query.needs if need in BY_ID]
    return {
        "needs": (*NEEDS, *(need for need in touched if need.parent)),
        "finer": [finer for need in touched for finer in finer_than(need)],
    }


async def search(query: Query, *, now: datetime, settings: Settings, country: str = "") -> Results:
    """Places that have all that was asked for. Where none has: mistyped words mended, then less and less asked.

    `country` is the reader's: towns of that name are looked for there first.
    """
    words = typed(query.words)
    needs = [BY_ID[need] for need in query.needs if need in BY_ID]
    groups = groups_of(words, needs)
    if not groups:
        return Results(query)
    held = await kept()
    near = await _place(query.near, country)
    search = _Search(held, now, not settings.show_unverified, near, _bodies_asked_for(words, needs))
    results, exact = await search.asked(Step(query), groups)
    if exact and not (any(is_widened(group) for group in groups) and any(is_guessed(word) for word in words)):
        return results
    repairs = () if query.as_typed else await _repairs(words, held, found=bool(results.total))
    if results.total and not repairs:
        return results
    if repairs:
        groups = _repaired(words, repairs, needs)
    first = 0 if repairs else 1  # what was asked just now is not asked again
    for step in tuple(steps(query, len(groups)))[first:]:
        results, _ = await search.asked(step, groups)
        if results.total:
            return replace(results, repairs=repairs)
    return Results(query, near=search.near)


async def _place(text: str, country: str) -> Near | None:
    """A town, or the middle of the places of this directory that have a postcode."""
    if not text:
        return None
    spot = await finding.middle_of(text) if POSTCODE.fullmatch(text) else None
    return Near(text, Town(text, country, "", *spot, 0)) if spot else look_up(text, country)


POSTCODE = re.compile(r"\s*[0-9]{4,6}\s*")


def _bodies_asked_for(words: Sequence[str], needs: Sequence[Need]) -> frozenset[Body]:
    """Bodies of the state that somebody wants: "miami police", not "they will send the police"."""
    if needs:
        return frozenset()
    named, others = named_in(words)
    return frozenset() if any(is_heard(word) for word in others) else named


async def _repairs(words: Sequence[str], held: Kept, *, found: bool) -> tuple[Repair, ...]:
    """For the words that neither the index nor a need knows. `found`: their stems are there."""
    vocabulary = await finding.vocabulary_of(held)
    strange = [word for word in words if not vocabulary.knows(word) and not is_heard(word)]
    likely = ((word, vocabulary.repairs(word)) for word in strange)
    return tuple(
        Repair(word, first, tuple(others))
        for word, (first, *others) in ((word, repaired) for word, repaired in likely if repaired)
        # another form of the same word is no mistake, and where stems are found a mistake has to be a small one
        if not (found and (stems_of(word) & stems_of(first) or distance(word, first) > 1))
    )


def _repaired(words: Sequence[str], repairs: Sequence[Repair], needs: Sequence[Need]) -> tuple[Group, ...]:
    """The question in mended words. What was typed is still what each group says."""
    instead = {repair.typed: repair.instead for repair in repairs}
    typed_for = {repair.instead: repair.typed for repair in repairs}
    told: list[Group] = []
    for group in groups_of([instead.get(word, word) for word in words], needs):
        said = group.said if group.need else " ".join(typed_for.get(word, word) for word in group.said.split())
        told.append(replace(group, said=said, repaired="" if said == group.said else group.said))
    return tuple(told)


@dataclass(frozen=True)
class _Search:
    """One question, asked of the index again with less and less in it."""

    held: Kept
    now: datetime
    verified_only: bool
    near: Near | None
    wanted: frozenset[Body] = frozenset()
    """Bodies of the state that were asked for in so many words; all others stand below."""

    async def asked(self, step: Step, groups: Sequence[Group]) -> tuple[Results, bool]:
        """The results, and whether any of them has the words as they stand."""
        query = step.query
        open_at = self.now if query.open_now else None
        dated = await self._open_by_calendar() if query.open_now else ()
        filters = finding.Filters(self.verified_only, query.language, open_at, query.facets, self.now.date(), dated)
        town = self.near.town if self.near else None
        asked = finding.Asked(tuple(groups), filters, step.every, town is not None)
        found, bands = await (self._by_distance(asked, query, town) if town else self._by_words(asked, query))
        total = found.total
        if not total:
            return Results(query, near=self.near), False
        cards = await finding.cards([hit.key for hit in found.hits], self.held)
        results = _results(cards, groups, every=step.every, at=_Moment(self.held, self.now))
        if bands:
            results = tuple(result._replace(band=bands.get(result.card.key)) for result in results)
        told = Results(query, min(total, CAP), total > CAP, step.without, results, (), self.near)
        return told, found.exact > 0

    async def _open_by_calendar(self) -> tuple[int, ...]:
        at, keys = _Moment(self.held, self.now), await finding.dated_services(self.held)
        chunks = [await finding.cards(keys[n : n + CHUNK], self.held) for n in range(0, len(keys), CHUNK)]
        return tuple(card.key for chunk in chunks for card in chunk if at.of(card).state is State.OPEN)

    async def _by_words(self, asked: finding.Asked, query: Query) -> _Ordered:
        first = (query.page - 1) * PAGE
        tonight = for_tonight(asked.groups)
        if first + PAGE > REORDERED:
            return await finding.hits(asked, self.held, first=first), {}
        if not (first or tonight) and (found := await self._first_page(asked)):
            return found, {}
        found = await finding.hits(asked, self.held, most=REORDERED)
        hits = await self._open_first(found.hits, {}) if tonight else found.hits
        return found._replace(hits=(await self._bodies_last(hits))[first : first + PAGE]), {}

    async def _first_page(self, asked: finding.Asked) -> finding.Found | None:
        """The same as of all that are reordered, from fewer hits. None where those are too few to tell."""
        found = await finding.hits(asked, self.held, most=2 * PAGE)
        if not await self._bodies(found.hits[:PAGE]):
            return found._replace(hits=found.hits[:PAGE])
        bodies = await self._bodies(found.hits)
        if len(found.hits) - len(bodies) < PAGE and found.total > len(found.hits):
            return None
        return found._replace(hits=sorted(found.hits, key=lambda hit: hit.key in bodies)[:PAGE])

    async def _by_distance(self, asked: finding.Asked, query: Query, town: Town) -> _Ordered:
        """All hits are ordered: the nearest place may be the last by its words."""
        first = (query.page - 1) * PAGE
        found = await finding.hits(asked, self.held, most=CAP + 1)
        bands = await finding.bands([hit.key for hit in found.hits], town)
        if for_tonight(asked.groups):
            ordered = await self._open_first(found.hits, bands)
        else:
            ordered = sorted(found.hits, key=lambda hit: bands.get(hit.key, Band.UNKNOWN))
        return found._replace(hits=(await self._bodies_last(ordered))[first : first + PAGE]), bands

    async def _open_first(self, hits: Sequence[finding.Hit], bands: Mapping[int, Band]) -> list[finding.Hit]:
        """What helps tonight first, near or not; what is far away stays last. Of the best TONIGHT the open doors."""
        order = {hit.key: fitness(hit.tier, bands.get(hit.key, Band.UNKNOWN)) for hit in hits}
        ordered = sorted(hits, key=lambda hit: order[hit.key])
        at, best = _Moment(self.held, self.now), ordered[:TONIGHT]
        shut = {card.key: SHUT[at.of(card).state] for card in await finding.cards([h.key for h in best], self.held)}
        best = sorted((hit for hit in best if hit.key in shut), key=lambda hit: (order[hit.key], shut[hit.key]))
        return best + ordered[TONIGHT:]

    async def _bodies_last(self, hits: Sequence[finding.Hit]) -> list[finding.Hit]:
        """Bodies of the state that nobody asked for stand below, as far as anybody reads."""
        bodies = await self._bodies(hits[:REORDERED])
        return sorted(hits[:REORDERED], key=lambda hit: hit.key in bodies) + list(hits[REORDERED:])

    async def _bodies(self, hits: Sequence[finding.Hit]) -> frozenset[int]:
        cards = await finding.cards([hit.key for hit in hits], self.held)
        return frozenset(card.key for card in cards if card.body and card.body not in self.wanted)


CHUNK = 500  # services read at once
REORDERED = 200
"""So many of the best hits have bodies of the state below the others: ten pages."""
_Ordered: TypeAlias = tuple[finding.Found, Mapping[int, Band]]


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
    return standing_on_calendar(card.week, card.dated, finding.zone_named(card.zone), now)


Needle: TypeAlias = tuple[str, str, str]
"""What to look for in a folded text, the words it stands for, and how they are meant (Why.how)."""
HOW = {Rank.EXACT: "exact", Rank.STEM: "stem", Rank.SIMILAR: "similar"}


def _results(cards: Sequence[Card], groups: Sequence[Group], *, every: bool, at: _Moment) -> tuple[Result, ...]:
    sought = [(group.said, needles(group)) for group in groups]
    if every and len(sought) == 1:  # what is asked most, and many times a second
        (said, looked_for), of = sought[0], at.of
        return tuple(Result(card, of(card), (_found_by(said, card.text, looked_for),)) for card in cards)
    return tuple(Result(card, at.of(card), _why(card, sought, every)) for card in cards)


def why(card: Card, groups: Sequence[Group], *, every: bool) -> tuple[Why, ...]:
    """Which parts of the question an entry answers, and by which words of its name, organization or terms.

    Where every part was found and not there, it was in the description: then `found` is empty.
    """
    return _why(card, [(group.said, needles(group)) for group in groups], every)


def _why(card: Card, sought: Sequence[tuple[str, Sequence[Needle]]], every: bool) -> tuple[Why, ...]:
    found = [_found_by(said, card.text, looked_for) for said, looked_for in sought]
    return tuple(found if every else [why for why in found if why.found])


def _found_by(said: str, text: str, looked_for: Sequence[Needle]) -> Why:
    for needle, words, how in looked_for:
        at = text.find(needle)
        if at >= 0:
            # of a stem, the whole word of the entry is told
            return Why(said, words or text[at + 1 : text.index(" ", at + 1)], how)
    return Why(said, "")


def needles(group: Group) -> tuple[Needle, ...]:
    """In the order of the terms: the word that was typed comes first."""
    how = "need" if group.need else "repaired" if group.repaired else ""
    return tuple(
        (term.needle, "" if term.rank == Rank.STEM else " ".join(term.words), how or HOW[term.rank])
        for term in group.terms
    )
