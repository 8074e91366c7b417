"""Typed words -> what the index is asked. Every input gives a question the engine can answer, or none at all.

A question is groups of which each has to be found; a group is found by any one of its terms. Both engines are asked the
same groups: FTS5 in its MATCH language, PostgreSQL in that of to_tsquery('simple', unaccent(...)).

Each term has a rank: the words themselves, their stems, words that mean the same. What is found by a lower rank stands
above what only a higher one finds, whatever the engine's score says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from server.resources.spoken_words import SMALL_WORDS

PREFIX_FROM = 4
"""From this many letters on a typed word also finds longer words: "hous" finds housing."""
MOST_WORDS = 12
LONGEST_WORD = 40


class Rank(IntEnum):
    EXACT = 0
    STEM = 1
    SIMILAR = 2


@dataclass(frozen=True)
class Term:
    """One word, or several that stand side by side; `prefix`: the last may run on. One of rank STEM is a stem."""

    words: tuple[str, ...]
    prefix: bool = False
    rank: Rank = Rank.EXACT

    # The terms of needs are asked for with every search, so what is made of them is made once.

    @cached_property
    def needle(self) -> str:
        """What to look for in a folded() text."""
        open_ended = self.prefix or self.rank == Rank.STEM
        return f" {' '.join(plain(word) for word in self.words)}{'' if open_ended else ' '}"

    @cached_property
    def fts5(self) -> str:
        """As a MATCH of FTS5 says it."""
        quoted = " ".join(word.replace('"', '""') for word in self.words)
        column = "stems : " if self.rank == Rank.STEM else ""
        return f'{column}"{quoted}"' + ("*" if self.prefix else "")

    @cached_property
    def lexemes(self) -> str:
        """As to_tsquery says it."""
        *first, last = (f"'{word}'" for word in self.words)
        label = ":C" if self.rank == Rank.STEM else ":*" if self.prefix else ""
        return " <-> ".join([*first, last + label])


@dataclass(frozen=True, slots=True)
class Group:
    """`said` is what was typed, or the need that was touched; it is told as the reason a place was found.

    `repaired`: the word that is looked for instead of a mistyped one. `aside`: a word that says no need; where any of
    the groups is enough, it is not, beside one that does.
    """

    said: str
    terms: tuple[Term, ...]
    repaired: str = ""
    need: bool = False
    aside: bool = False


STOP_WORDS = frozenset(SMALL_WORDS.split())


def plain(text: str) -> str:
    """Small letters without accents or Arabic vowel marks, one form of ya: for comparing, never for showing."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).translate(ARABIC)


ARABIC = str.maketrans("ىة", "يه", "ـ")


def folded(text: str) -> str:
    """Its words in plain() form between single spaces, so that " hous" and " house " can be looked for."""
    return f" {' '.join(words_of(plain(text)))} "


def words_of(text: str) -> tuple[str, ...]:
    """The words as the index cuts them: runs of letters and digits, in small letters, accents kept."""
    lowered = unicodedata.normalize("NFC", text.lower())
    return tuple(word[:LONGEST_WORD] for word in lowered.translate(CUT).split())


class _Cut(dict[int, str]):
    """Parts of words to themselves, everything else to a space. Filled as letters come: most texts have few."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if _is_part(chr(code)) else " "
        return self[code]


CUT = _Cut()


def _is_part(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


def typed(text: str) -> tuple[str, ...]:
    """The words worth searching for: each once, the small words left out unless there are no others, twelve at most."""
    words = tuple(dict.fromkeys(word for word in words_of(text) if any(letter.isalnum() for letter in word)))
    telling = tuple(word for word in words if plain(word) not in STOP_WORDS and len(word) > 1)
    return (telling or words)[:MOST_WORDS]


def term_of(word: str) -> Term:
    return Term((word,), prefix=len(word) >= PREFIX_FROM)


def phrase(text: str) -> Term:
    """ "emergency shelter", or "immigra*" where longer words are meant too."""
    return Term(words_of(text), prefix=text.endswith("*"))


def is_widened(group: Group) -> bool:
    """Whether a typed word is looked for by other words too."""
    return not group.need and any(term.rank != Rank.STEM and term.words != (group.said,) for term in group.terms)


def further_ranks(groups: Iterable[Group]) -> tuple[Rank, ...]:
    """The ranks above the words themselves that stand in a question, in order."""
    return tuple(sorted({term.rank for group in groups for term in group.terms} - {Rank.EXACT}))


def match_expression(groups: Iterable[Group], *, every: bool, upto: Rank = Rank.SIMILAR) -> str:
    """For FTS5. `every`: each group has to be found, else any; `upto`: by terms of no higher rank.

    Empty where nothing is asked, or where a group that has to be found has no such term.
    """
    asked = [[term.fts5 for term in group.terms if term.rank <= upto] for group in _counting(groups, every)]
    return _said(asked, ("AND", "OR"), every)


def _counting(groups: Iterable[Group], every: bool) -> list[Group]:
    asked = [group for group in groups if group.terms]
    return asked if every else [group for group in asked if not group.aside] or asked


def _said(alternatives: Sequence[Sequence[str]], signs: tuple[str, str], every: bool) -> str:
    both, either = signs
    if every and not all(alternatives):
        return ""
    asked = [f" {either} ".join(terms) for terms in alternatives if terms]
    return f" {both if every else either} ".join(f"({one})" for one in asked)


def tsquery(groups: Iterable[Group], *, every: bool, upto: Rank = Rank.SIMILAR) -> str:
    """For to_tsquery; the same question as match_expression."""
    asked = [[term.lexemes for term in group.terms if term.rank <= upto] for group in _counting(groups, every)]
    return _said(asked, ("&", "|"), every)
