"""What a person may pick by touch or say in her own words, and what the index is asked for it.

Words are read together: "took my passport" is one saying, not three words. The sayings stand in spoken_words, the needs
in taxonomy. Nobody has to know the word for what is happening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from server.resources.query_parsing import STOP_WORDS, Group, Rank, Term, phrase, plain, term_of
from server.resources.spoken_words import LANGUAGES, PASSING_WORDS, SAID
from server.resources.stemming import stems_of
from server.resources.taxonomy import BY_ID, FINER, NEEDS, TERMS, TRAFFICKED, Need, finer_than

__all__ = ["BY_ID", "FINER", "NEEDS", "TERMS", "TRAFFICKED", "Need", "finer_than"]

STORY = 4
"""So many telling words make a story. In a story words that nobody listens to do not narrow what was heard."""
LISTENING = "any_help"
"""What a question gets that says nothing by itself: "what should i do"."""
AT_ONCE = frozenset({"life"})
"""Needs whose own word asks for whoever listens now: "suicide" finds the same as "I want to die"."""
NO_TELLING = frozenset(PASSING_WORDS.split()) | STOP_WORDS


# What services call it


@cache
def sought(need: Need) -> tuple[Term, ...]:
    later = (replace(phrase(words), rank=Rank.SIMILAR) for words in need.later)
    return (*(phrase(words) for words in need.seeks), *later)


@cache
def _trade_words(need: Need) -> frozenset[str]:
    return frozenset(plain(word) for term in sought(need) for word in term.words)


@cache
def words_of_the_index() -> frozenset[str]:
    return frozenset[str]().union(*(_trade_words(need) for need in TERMS))


# How people say it


@dataclass(frozen=True, slots=True)
class Saying:
    need: Need
    parts: int
    hint: bool
    language: str


Part = tuple[int, int]
"""(number of the saying, which of its parts)"""
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Ear:
    """Every saying, to be found by its words."""

    sayings: tuple[Saying, ...]
    whole: Mapping[str, Parts]
    begun: Mapping[str, Parts]
    """By how longer words begin."""
    stems: Mapping[str, Parts]
    """Whole words by their stems."""
    sounds: Mapping[str, Parts]
    """Whole words by how they sound."""
    sounds_begun: Mapping[str, Parts]
    nearly: Mapping[str, Parts]
    """Whole words of sayings of one part, with any one letter left out."""


@cache
def _ear() -> _Ear:
    sayings: list[Saying] = []
    words: dict[tuple[str, bool], list[Part]] = {}
    for id, language, text in _texts():
        parts = text.rstrip("?").split("+")
        for number, alternatives in enumerate(parts):
            for word in alternatives.split("|"):
                words.setdefault((plain(word.rstrip("*")), word.endswith("*")), []).append((len(sayings), number))
        sayings.append(Saying(BY_ID[id], len(parts), text.endswith("?"), language))
    whole = {word: found for (word, begins), found in words.items() if not begins}
    begun = {word: found for (word, begins), found in words.items() if begins}
    single = {
        word: [part for part in found if sayings[part[0]].parts == 1]
        for (word, _), found in words.items()
        if len(word) >= LONG_ENOUGH
    }
    return _Ear(
        tuple(sayings),
        _joined((word, found) for word, found in whole.items()),
        _joined((word, found) for word, found in begun.items()),
        _joined((stem, found) for word, found in whole.items() for stem in stems_of(word)),
        _joined((sound(word), found) for word, found in whole.items()),
        _joined((sound(word), found) for word, found in begun.items()),
        _joined((form, found) for word, found in single.items() if found for form in _one_left_out(word)),
    )


def _texts() -> Iterator[tuple[str, str, str]]:
    """(id of the need, language, saying) of each."""
    for id, texts in SAID.items():
        for language, said in zip(LANGUAGES, texts, strict=True):
            yield from ((id, language, text) for text in said.split())


def _joined(found: Iterable[tuple[str, Iterable[Part]]]) -> dict[str, Parts]:
    by_form: dict[str, dict[Part, None]] = {}
    for form, parts in found:
        by_form.setdefault(form, {}).update(dict.fromkeys(parts))
    return {form: tuple(parts) for form, parts in by_form.items()}


LONG_ENOUGH = 5
"""Letters from which on a word is known with one letter wrong."""


def _one_left_out(word: str) -> tuple[str, ...]:
    return (word, *(word[:at] + word[at + 1 :] for at in range(1, len(word))))


SAME_SOUND = str.maketrans({"v": "b", "z": "s", "y": "i"})
SAME_SOUNDS = (("ce", "se"), ("ci", "si"), ("qu", "k"), ("c", "k"), ("ph", "f"), ("h", ""))


def sound(word: str) -> str:
    """One form for words that are often written for each other: avogado, abogado; inmigrasion, inmigracion.

    `word` is in plain() form. Arabic stays as it is.
    """
    if not word.isascii():
        return word
    for one, other in SAME_SOUNDS:
        word = word.replace(one, other)
    word = word.translate(SAME_SOUND)
    return "".join(letter for at, letter in enumerate(word) if not at or letter != word[at - 1])


SOUNDS_OF_NO_TELLING = frozenset(sound(word) for word in NO_TELLING if len(word) >= LONG_ENOUGH)

# Arabic writes small words onto a word: before it and, the, with, for, as, from, will; behind it my, his, us, not.
_BEFORE = "وال بال فال كال عال هال لل ال بي بت بن حي حت هي هت وا و ف ب ل ك ح ع م س ي ت ن"
_BEHIND = "وني ولي تني تلي هالي ني لي لك لنا له لها لهم هم ها نا كم وا ون ين ات تي ي ه ك ش"
BEFORE, BEHIND = frozenset(_BEFORE.split()), frozenset(_BEHIND.split())
LONGEST_BEFORE, LONGEST_BEHIND = 3, 4
SHORTEST_LEFT = 3


def _bare(word: str) -> tuple[str, ...]:
    """Itself and, of an Arabic word, what is left without what is written onto it."""
    if word.isascii() or not "\u0600" <= word[0] <= "\u06ff":
        return (word,)
    most = len(word) - SHORTEST_LEFT
    starts = [word]
    starts += [word[n:] for n in range(1, min(LONGEST_BEFORE, most) + 1) if word[:n] in BEFORE]
    forms = dict.fromkeys(starts)
    endings = [n for n in range(1, min(LONGEST_BEHIND, most) + 1) if word[-n:] in BEHIND]
    for start in starts:
        forms.update(dict.fromkeys(start[:-n] for n in endings if len(start) - n >= SHORTEST_LEFT))
    return tuple(forms)


class _Listened(NamedTuple):
    """A typed word: its plain form, the sayings it may be a part of, and what else is known of it."""

    form: str
    parts: Parts
    passes: bool = False
    """A small or passing word: it says nothing by itself."""
    nearly: bool = False
    """It only looks like a word of a saying."""


def _listen(word: str) -> _Listened:
    ear = _ear()
    form = plain(word)
    bare = _bare(form)
    found = _looked_up(bare, ear.whole, ear.begun)
    if not NO_TELLING.isdisjoint(bare):
        return _Listened(form, found, passes=True)
    if not found:
        found = tuple(part for stem in stems_of(word) for part in ear.stems.get(stem, ()))
    if not found and form.isascii():
        heard = sound(form)
        if len(form) >= LONG_ENOUGH and heard in SOUNDS_OF_NO_TELLING:
            return _Listened(form, (), passes=True)
        found = _looked_up((heard,), ear.sounds, ear.sounds_begun)
    if found or len(form) < LONG_ENOUGH:
        return _Listened(form, found)
    found = next((ear.nearly[left] for left in _one_left_out(form) if left in ear.nearly), ())
    return _Listened(form, found, nearly=bool(found))


def _looked_up(forms: Sequence[str], whole: Mapping[str, Parts], begun: Mapping[str, Parts]) -> Parts:
    found: list[Part] = []
    starts = _starts()
    for form in forms:
        found += whole.get(form, ())
        if form[:2] in starts:
            for at in range(2, len(form) + 1):
                found += begun.get(form[:at], ())
    return tuple(found)


@cache
def _starts() -> frozenset[str]:
    """The first two letters of every beginning."""
    ear = _ear()
    return frozenset(form[:2] for form in (*ear.begun, *ear.sounds_begun))


ENDINGS = frozenset(["", "s", "es", "ed", "d", "ing", "er", "ers", "ion", "ions", "ment", "ive", "ly", "ness", "al"])


def is_heard(word: str) -> bool:
    """Whether it is, as it is spelt, an everyday word that says something here, or one that only passes.

    An English word that begins like one and ends like none may be mistyped; the endings of other languages are many.
    """
    ear = _ear()
    form = plain(word)
    if form in NO_TELLING:
        return True
    bare = _bare(form)
    if _looked_up(bare, ear.whole, {}):
        return True
    if not form.isascii():
        return bool(_looked_up(bare, {}, ear.begun))
    return any(
        ear.sayings[saying].language != "en" or form[at:] in ENDINGS
        for at in range(2, len(form) + 1)
        for saying, _ in ear.begun.get(form[:at], ())
    )


def is_guessed(word: str) -> bool:
    """Whether it only begins, looks or sounds like an everyday word: it may be another one, mistyped."""
    return not is_heard(word) and bool(_listen(word).parts)


def needs_of(word: str) -> tuple[Need, ...]:
    """The needs that a word speaks of by itself; a finer term speaks for the need above it too."""
    told = [saying.need for saying in _sayings_of(_listen(word).parts)]
    return tuple(dict.fromkeys(one for need in told for one in (need, BY_ID.get(need.parent)) if one))


def _sayings_of(parts: Parts) -> list[Saying]:
    """Those of one part: the word says it by itself."""
    sayings = _ear().sayings
    return [saying for number, _ in parts if (saying := sayings[number]).parts == 1]


# Both together


@dataclass(frozen=True, slots=True)
class _Heard:
    """Sayings that the same words told."""

    at: frozenset[int]
    needs: tuple[Need, ...]
    hint: bool
    sure: bool
    """Not heard only because a word looks like another."""


def _hear(listened: Sequence[_Listened]) -> list[_Heard]:
    """Longer sayings first; what one has used, a shorter one does not use again. Hints only where nothing else is."""
    complete = _complete(listened)
    guessed = frozenset(place for place, word in enumerate(listened) if word.nearly)
    sure = [one for one in complete if not one[1] & guessed]
    complete = sure or complete
    strong = [one for one in complete if not one[0].hint]
    heard: list[_Heard] = []
    used: frozenset[int] = frozenset()
    for saying, at in sorted(strong or complete, key=lambda one: -one[0].parts):
        same = next((number for number, other in enumerate(heard) if _alike(saying.need, at, other)), None)
        if same is not None:
            before = heard[same]
            heard[same] = replace(before, at=before.at | at, needs=tuple(dict.fromkeys((*before.needs, saying.need))))
        elif not at <= used:
            heard.append(_Heard(at, (saying.need,), saying.hint, not at & guessed))
        used |= at
    return sorted(heard, key=lambda one: min(one.at))


def _alike(need: Need, at: frozenset[int], other: _Heard) -> bool:
    """One thing said in two ways: of the same need, by the same words, or by several words that overlap."""
    if need in other.needs or at == other.at:
        return True
    return len(at) > 1 and len(other.at) > 1 and bool(at & other.at) and not at <= other.at


def _complete(listened: Sequence[_Listened]) -> list[tuple[Saying, frozenset[int]]]:
    """The sayings of which every part was said, with the places of their words."""
    sayings = _ear().sayings
    said: dict[int, dict[int, set[int]]] = {}
    for place, word in enumerate(listened):
        for number, part in word.parts:
            said.setdefault(number, {}).setdefault(part, set()).add(place)
    found: list[tuple[Saying, frozenset[int]]] = []
    for number, parts_said in said.items():
        saying = sayings[number]
        if len(parts_said) == saying.parts:
            at = frozenset[int]().union(*parts_said.values())
            if len(at) >= saying.parts:
                found.append((saying, at))
    return found


def groups_of(words: Sequence[str], needs: Sequence[Need]) -> tuple[Group, ...]:
    """One group for each thing that was said, each word nobody listens to, and each need that was touched."""
    listened = [_listen(word) for word in words]
    heard = _hear(listened)
    used = frozenset[int]().union(*(one.at for one in heard))
    strange = [
        word
        for place, (word, listened_to) in enumerate(zip(words, listened, strict=True))
        if place not in used and not (listened_to.passes or (heard and _sayings_of(listened_to.parts)))
    ]
    if words and not heard and not strange:
        return _group_of_nothing(words), *(group_of_need(need) for need in needs)
    story = _is_story(heard, listened)
    return (
        *(_group_of_heard(one, words, trade=not story and _in_words_of_trade(one, listened)) for one in heard),
        *(() if story else (_group_of_strange(word, aside=any(not one.hint for one in heard)) for word in strange)),
        *(group_of_need(need) for need in needs),
    )


def _is_story(heard: Sequence[_Heard], listened: Sequence[_Listened]) -> bool:
    """Told as people talk, not in the words of a list of services."""
    if all(one.hint for one in heard):
        return False
    if any(len(one.at) > 1 for one in heard):
        return True
    telling = sum(not word.passes for word in listened)
    return telling >= STORY and not all(_in_words_of_trade(one, listened) for one in heard)


def _in_words_of_trade(heard: _Heard, listened: Sequence[_Listened]) -> bool:
    """One word, which entries use themselves, or which may be mistyped."""
    if len(heard.at) > 1 or any(need.id in AT_ONCE for need in heard.needs):
        return False
    form = listened[min(heard.at)].form
    return not heard.sure or any(form in _trade_words(need) for need in heard.needs)


def _group_of_nothing(words: Sequence[str]) -> Group:
    """ "What should I do" says nothing by itself: first who listens, then places that have one of the words."""
    own = (replace(term_of(word), rank=Rank.SIMILAR) for word in words)
    return Group(" ".join(words), (*sought(BY_ID[LISTENING]), *own))


def _group_of_heard(heard: _Heard, words: Sequence[str], *, trade: bool) -> Group:
    """A word that entries use themselves is searched for as it is, first; a saying is asked as services call it."""
    said = [words[place] for place in sorted(heard.at)]
    if trade:
        return Group(said[0], (term_of(said[0]), *_stems(said[0]), *_similar(heard.needs)))
    own = _as_said(said, alone=len(words) == 1)
    return Group(" ".join(said), tuple(dict.fromkeys((own, *_sought_by(heard.needs)))))


def _as_said(said: Sequence[str], *, alone: bool) -> Term:
    """A place may be called by the very words: Casa Abierta. In a longer question one of them is often by the way."""
    if len(said) > 1:
        return Term(tuple(said))
    return term_of(said[0]) if alone else replace(term_of(said[0]), rank=Rank.SIMILAR)


@lru_cache(maxsize=512)
def _sought_by(needs: tuple[Need, ...]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for need in needs for term in sought(need)))


@lru_cache(maxsize=512)
def _similar(needs: tuple[Need, ...]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(replace(term, rank=Rank.SIMILAR) for term in _sought_by(needs)))


def _stems(word: str) -> list[Term]:
    return [Term((stem,), rank=Rank.STEM) for stem in sorted(stems_of(word))]


def _group_of_strange(word: str, *, aside: bool) -> Group:
    return Group(word, (term_of(word), *_stems(word)), aside=aside)


def group_of_need(need: Need) -> Group:
    return Group(need.label, sought(need), need=True)
