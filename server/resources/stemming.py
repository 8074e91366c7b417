"""Words of a text -> their stems: "lawyers", "lawyering" -> "lawyer"; each in the languages it may be of. No I/O.

English always, for everything in Latin letters; the others where the small words of a text say that it is written in
them. A stem is written as plain() writes it, so that accents may be typed or left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, cast

import snowballstemmer

from server.resources.query_parsing import plain, words_of

LATIN = {
    "spanish": "el la los las de del que y en un una para por con su se es al lo como más o no",
    "french": "le la les des du et en un une pour par avec sur est au aux que qui dans ne pas vous nous",
    "portuguese": "o a os as de do da dos das e em um uma para por com não no na que ao é seu sua",
}
BY_SCRIPT = (("\u0600", "\u06ff", "arabic"), ("\u0400", "\u04ff", "russian"), ("\u0900", "\u097f", "hindi"))
_SMALL = {language: frozenset(words.split()) for language, words in LATIN.items()}
TELLING = 0.12
"""So large a share of a text's words are small words of its language; of another language fewer are."""
SHORTEST = 4
_stemmers: dict[str, Callable[[str], str]] = {
    language: cast(Any, snowballstemmer).stemmer(language).stemWord
    for language in ("english", *LATIN, *(script[2] for script in BY_SCRIPT))
}


def languages_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Of a text in Latin letters. English first; it is never ruled out, names and terms are often in it."""
    few = max(len(words), 1)
    told = [language for language, small in _SMALL.items() if sum(word in small for word in words) / few > TELLING]
    return ("english", *told)


@lru_cache(maxsize=4096)
def stems_of(word: str, languages: tuple[str, ...] = ("english", *LATIN)) -> frozenset[str]:
    """Every stem the word may have, and its plain form where that differs. Nothing for short words and numbers."""
    if len(word) < SHORTEST or (not word.isalpha() and word.isascii()):
        return frozenset()
    script = next((language for first, last, language in BY_SCRIPT if first <= word[0] <= last), None)
    spelt = {word, plain(word)}
    found = {plain(_stemmers[one](form)) for one in ((script,) if script else languages) for form in spelt}
    own = {plain(word)}
    told = frozenset(stem for stem in found if len(stem) > 1)
    # its plain form counts where the engine spells it otherwise; else only where no language has a shorter one
    return told | own if not word.isascii() else told - own or told


def stem_column(texts: Iterable[str]) -> str:
    """What stands in the index beside the texts of one service: each stem once."""
    words = words_of(" ".join(texts))
    languages = languages_of(words)
    return " ".join(sorted({stem for word in set(words) for stem in stems_of(word, languages)}))
