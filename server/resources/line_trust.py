"""When a line counts as checked, and when it is withdrawn: by the words of staff about it as it stands in the file.

Two different people say that it is right, and one of them has called it. One person's "this is wrong" withdraws it and
undoes what was said before; somebody else settles that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from server.resources.hotlines import Line, Trust

NEEDED = 2
DIGEST_LETTERS = 64


class LineWord(StrEnum):
    """As stored."""

    RIGHT = "right"
    WRONG = "wrong"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Said:
    """One person's word, in the order in which they were said. `person` is the number of somebody of the staff."""

    person: str
    word: LineWord
    called: bool
    on: date
    digest: str


def digest_of(line: Line) -> str:
    """Of what is checked: numbers, where to write, hours and kind. Another one is checked by nobody."""
    numbers = [number.dial or number.shown for number in line.numbers]
    week = [tuple(span) for span in line.week]
    written = [(way.kind.value, way.number.dial if way.number else "", way.address) for way in line.channels]
    said = (line.kind.value, numbers, written, week, line.hours_read)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def counting(line: Line, said: Sequence[Said]) -> list[Said]:
    """What counts now: of the line as it stands, and nothing that was said before a doubt."""
    digest = digest_of(line)
    words = [one for one in said if one.digest == digest]
    doubts = [at for at, one in enumerate(words) if one.word is not LineWord.RIGHT]
    return words[doubts[-1] :] if doubts else words


def trust_in(line: Line, said: Sequence[Said]) -> Trust:
    words = counting(line, said)
    if words and words[0].word is LineWord.WRONG:
        return Trust(doubted=True)
    right = [one for one in words if one.word is LineWord.RIGHT]
    enough = len({one.person for one in right}) >= NEEDED and any(one.called for one in right)
    return Trust(checked_on=max(one.on for one in right)) if enough else Trust()


def may_say(line: Line, said: Sequence[Said], person: str, word: LineWord) -> bool:
    """A doubt is settled by somebody else than who had it; and the same person does not vouch twice."""
    words = counting(line, said)
    doubted = bool(words) and words[0].word is LineWord.WRONG
    if word is LineWord.SETTLED:
        return doubted and words[0].person != person
    return not doubted
