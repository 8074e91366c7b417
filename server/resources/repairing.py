"""A mistyped word -> the words it may have been meant to be, best first. No I/O.

Candidates lie within two edits (Damerau-Levenshtein in its restricted form: a letter put in, left out, changed, or two
neighbours swapped). Among equally near ones count: how many services have the word, whether it is one of the needs,
the first letter, the length, and whether the keys lie or the letters sound alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from math import log2

from server.resources.query_parsing import PREFIX_FROM, plain

SHORTEST, LONGEST = 4, 30
FAR = 2  # edits
TWO_FROM = 6
"""Two edits in a shorter word make any other word of it."""
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACE = {letter: (row, column + row * 0.5) for row, keys in enumerate(KEYS) for column, letter in enumerate(keys)}
_SOUNDS = "aeiouy ckqs bvw szcx gj dt mn fvp hjg تط سص دض ذظز هحخ اعأإآء كق يىئ ةه وؤ"
ALIKE = frozenset(
    frozenset((one, other)) for sound in _SOUNDS.split(" ") for one in sound for other in sound if one != other
)


def distance(one: str, other: str, most: int = FAR) -> int:
    """Edits from one to the other; `most + 1` where there are more."""
    start = 0
    end = min(len(one), len(other))
    while start < end and one[start] == other[start]:
        start += 1
    cut = 0
    while cut < end - start and one[-1 - cut] == other[-1 - cut]:
        cut += 1
    return _edits(one[start : len(one) - cut], other[start : len(other) - cut], most)


def _edits(one: str, other: str, most: int) -> int:
    if abs(len(one) - len(other)) > most or (most == 1 and min(len(one), len(other)) > 2):
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        next_row = [at]
        for to, wanted in enumerate(other, 1):
            least = min(row[to] + 1, next_row[to - 1] + 1, row[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                least = min(least, before[to - 2] + 1)
            next_row.append(least)
        before, row = row, next_row
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _letters(word: str) -> int:
    """Which letters a word has, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


class Vocabulary:
    """The words of an index with the number of services that have them, and the words of the needs.

    `spoken` are whole words a person may say that no entry needs to have.
    """

    def __init__(self, found: Iterable[tuple[str, int]], spoken: Iterable[str] = ()) -> None:
        self.frequency: dict[str, int] = {}
        for word, services in found:
            form = plain(word)
            if form.isalpha() and len(form) <= LONGEST:
                self.frequency[form] = max(services, self.frequency.get(form, 0))
        self.spoken = frozenset(plain(word) for word in spoken)
        self.ordered = sorted(self.frequency.keys() | self.spoken)
        self.by_length: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for word in self.ordered:
            if len(word) >= SHORTEST:
                self.by_length[len(word)].append((word, _letters(word)))

    def knows(self, word: str) -> bool:
        """Whether it stands there, or is the beginning of a word where beginnings are searched for."""
        form = plain(word)
        at = bisect_left(self.ordered, form)
        there = self.ordered[at] if at < len(self.ordered) else ""
        return there == form or (len(form) >= PREFIX_FROM and there.startswith(form))

    def repairs(self, word: str, most: int = 3) -> tuple[str, ...]:
        """At most so many words it may have been. None for short words, and for what is no word."""
        form = plain(word)
        if not SHORTEST <= len(form) <= LONGEST or not form.isalpha():
            return ()
        found = self._within(form, 1)
        if len(found) < most and len(form) >= TWO_FROM:
            found += [two for two in self._within(form, FAR) if two not in found]
        return tuple(
            word for _, word in sorted((self._cost(form, other, edits), other) for other, edits in found)[:most]
        )

    def _within(self, form: str, most: int) -> list[tuple[str, int]]:
        """An edit changes at most two of the letters a word has, and leaves one of `most + 1` pieces as it is."""
        mask, pieces = _letters(form), _pieces(form, most + 1)
        near = (
            other
            for length in range(len(form) - most, len(form) + most + 1)
            for other, letters in self.by_length.get(length, ())
            if (mask ^ letters).bit_count() <= 2 * most
        )
        if most > 1 or len(form) > SHORTEST + 1:
            near = (other for other in near if _shares(other, pieces) or _swapped(form, other))
        return [(other, edits) for other in near if 0 < (edits := distance(form, other, most)) <= most]

    def _cost(self, form: str, other: str, edits: int) -> float:
        """Lower is likelier."""
        known = other in self.spoken
        cost = 10.0 * edits - 1.3 * log2(1 + self.frequency.get(other, 0)) - (8 if known else 0)
        cost -= 3 * (form[0] == other[0]) + (len(form) == len(other)) + 2 * (sorted(form) == sorted(other))
        return cost - 2 * _alike(form, other)


def _pieces(form: str, count: int) -> tuple[str, ...]:
    size = len(form) // count
    return tuple(form[at * size : (at + 1) * size if at < count - 1 else len(form)] for at in range(count))


def _shares(other: str, pieces: tuple[str, ...]) -> bool:
    return any(piece in other for piece in pieces)


def _swapped(form: str, other: str) -> bool:
    """A swap across the border of two pieces changes both."""
    return len(form) == len(other) and sorted(form) == sorted(other)


def _alike(form: str, other: str) -> bool:
    """Whether the first letter that differs was left out or doubled, or lies or sounds beside the right one."""
    at = next((at for at, (a, b) in enumerate(zip(form, other, strict=False)) if a != b), min(len(form), len(other)))
    if len(form) != len(other):
        longer = max(form, other, key=len)
        return 0 < at < len(longer) and longer[at] in (longer[at - 1], longer[at + 1 : at + 2])
    return _beside(form[at], other[at]) if at < len(form) else False


def _beside(one: str, other: str) -> bool:
    if frozenset((one, other)) in ALIKE:
        return True
    first, second = _PLACE.get(one), _PLACE.get(other)
    return bool(first and second and abs(first[0] - second[0]) <= 1 and abs(first[1] - second[1]) <= 1.1)
