"""Numbers as people write them -> what is shown, what a phone dials, and the words beside it. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = r"\+?(?:\(\d+\)[ -]?)?\d(?:[\d .-]*\d)?"
NUMBER = re.compile(rf"(?P<before>[^\d+(]*)(?P<number>{DIGITS})(?P<after>.*)", re.DOTALL)
KEYPAD = re.compile(rf"(?P<shown>[\dA-Z -]+?) \((?P<digits>{DIGITS}) on a keypad\)")
EXTENSION = re.compile(r"[\s,;]*(?:x|ext\.?|extension)\s*\d+\s*$", re.IGNORECASE)
SEVERAL = re.compile(r"\s*;\s*|\s+/\s+")
SEND_BEFORE = re.compile(r"(?P<words>[A-Z]+) to ")
SEND_AFTER = re.compile(r"\((?P<words>[A-Z]+(?: or [A-Z]+)*)\)")


@dataclass(frozen=True, slots=True)
class Number:
    """`dial` is digits, perhaps after a plus; empty where nothing can be dialled. `before` and `after` are as read."""

    shown: str
    dial: str
    before: str = ""
    after: str = ""

    @property
    def from_abroad(self) -> bool:
        return self.dial.startswith("+")


def dialled(shown: str) -> str:
    """What a `tel:` link holds for a number written by people; empty where something would have to be guessed.

    Letters, and the signs that phones take for commands: half of `*21*...#` is a wrong number, all of it a trap.
    """
    shown = EXTENSION.sub("", shown)
    if any(sign.isalpha() or sign in "*#,;" for sign in shown):
        return ""
    plus = "+" if shown.lstrip(" (").startswith("+") else ""
    digits = "".join(c for c in shown if c in "0123456789")
    # "000-074-1741" is a short number that some program filled up: nobody answers there
    return "" if digits.startswith("000") and len(digits) > len("000") else plus + digits


def number_of(text: str) -> Number:
    """One number with the words around it; letters are dialled only where the digits stand beside them."""
    keypad = KEYPAD.fullmatch(text.strip())
    if keypad:
        return Number(keypad["shown"], dialled(keypad["digits"]))
    found = NUMBER.fullmatch(text.strip())
    if not found:
        return Number(text.strip(), "")
    shown = found["number"]
    return Number(shown, dialled(shown), _bare(found["before"]), _bare(found["after"]))


def numbers_of(text: str) -> tuple[Number, ...]:
    """Several numbers in one sentence, each after a semicolon or a slash."""
    return tuple(number_of(part) for part in SEVERAL.split(text) if part.strip())


def words_to_send(text: str) -> str:
    """ "START" of "START to 88788"; "HELP" of "233733 (HELP or BEFREE)"; empty where no word is named.

    One word of several: who reads "HELP or BEFREE" in a hurry sends just that.
    """
    found = SEND_BEFORE.match(text) or SEND_AFTER.search(text)
    return found["words"].split(" or ")[0].strip() if found else ""


def _bare(words: str) -> str:
    words = words.strip(" ,.:-")
    if words.startswith("(") and words.endswith(")") and words.count("(") == 1:
        return words[1:-1].strip()
    return words
