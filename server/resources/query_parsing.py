"""Typed words -> what the index is asked. Every input gives a question the engine can answer, or none at all.

A question is groups of which each has to be found; a group is found by any one of its terms. Both engines are asked the
same groups: FTS5 in its MATCH language, PostgreSQL in that of to_tsquery('simple', unaccent(...)).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from server.resources.spoken_words import SMALL_WORDS

PREFIX_FROM = 4
"""From this many letters on a typed word also finds longer words: "hous" finds housing."""
MOST_WORDS = 12
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that stand side by side; `prefix`: the last may run on."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def needle(self) -> str:
        """What to look for in a folded() text."""
        return f" {' '.join(plain(word) for word in self.words)}{'' if self.prefix else ' '}"


@dataclass(frozen=True, slots=True)
class Group:
    """`said` is what was typed, or the need that was touched; it is told as the reason a place was found."""

    said: str
    terms: tuple[Term, ...]


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
    cut = "".join(letter if _is_part(letter) else " " for letter in lowered)
    return tuple(word[:LONGEST_WORD] for word in cut.split())


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


def match_expression(groups: Iterable[Group], *, every: bool) -> str:
    """For FTS5. `every`: each group has to be found, else any. Empty where nothing is asked."""
    alternatives = (" OR ".join(_fts5(term) for term in group.terms) for group in groups if group.terms)
    return (" AND " if every else " OR ").join(f"({asked})" for asked in alternatives)


def _fts5(term: Term) -> str:
    quoted = " ".join(word.replace('"', '""') for word in term.words)
    return f'"{quoted}"' + ("*" if term.prefix else "")


def tsquery(groups: Iterable[Group], *, every: bool) -> str:
    """For to_tsquery; the same question as match_expression."""
    alternatives = (" | ".join(_lexemes(term) for term in group.terms) for group in groups if group.terms)
    return (" & " if every else " | ").join(f"({asked})" for asked in alternatives)


def _lexemes(term: Term) -> str:
    *first, last = (f"'{word}'" for word in term.words)
    return " <-> ".join([*first, last + (":*" if term.prefix else "")])
