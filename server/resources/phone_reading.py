"""Telephone numbers as people type them: each by itself, its extension apart, letters as the digits they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from server.resources.terms import PhoneKind

SEVERAL = "several numbers in one cell"
EXTENSION = "extension taken out of the number"
TIDIED = "number tidied"
LETTERS = "letters turned into the digits of the keypad"
NOTED = "words beside the number kept as its description"
NO_NUMBER = "no number given"
NOT_ONE = "not a telephone number"

MAX_NUMBERS = 8

_KINDS = (
    (PhoneKind.TTY, re.compile(r"\b(?:tty|tdd|ttd|relay)\b(?:/\w+)?", re.IGNORECASE)),
    (PhoneKind.FAX, re.compile(r"\b(?:fax|facsimile|telefax)\b", re.IGNORECASE)),
    (PhoneKind.TEXT, re.compile(r"\b(?:text|sms|whatsapp)\b", re.IGNORECASE)),
    (PhoneKind.VOICE, re.compile(r"\b(?:voice|phone|telephone|tel|cell|mobile|office|main|ph)\b\.?", re.IGNORECASE)),
)
_EXTENSION = re.compile(
    r"\s*(?:,\s*)?(?:\b(?:ext(?:ension)?|extn|opt(?:ion)?|press)\b[.:]?\s*(?:opt(?:ion)?\s*)??#?|\s#|[x\u00d7]\.?\s*)"
    r"\s*(opt(?:ion)?\.?\s*\d{1,2}|\d{1,8})(?!\d)",
    re.IGNORECASE,
)
_AMERICAN = r"(?:\+?1[\s.-]?)?\(?[2-9]\d\d\)?[\s.\u2010-\u2013-]*\d{3}[\s.\u2010-\u2013-]*\d{4}(?!\d)"
_VANITY = r"(?:\+?1[-. ]?)?\(?8\d\d\)?[-. ](?=[\d.-]*[A-Z])[A-Z0-9]+(?:[-. ][A-Z0-9]+){0,2}"
_LONG = r"\+?\(?\d[\d\s().\u2010-\u2013-]{5,22}\d"
_SHORT = r"\*?\d{2,6}#?"
_STAR = r"(?:0[0 .-]*)?\*\d{2,6}"
_NUMBER = re.compile(rf"(?<![\w*+])(?<!\d[-.])(?:{_STAR}|{_VANITY}|{_AMERICAN}|{_LONG}|{_SHORT})(?![\w@]|[-.]\d)")
_PARTS = re.compile(
    r"[;|\n,]|\s/\s|/(?=\(?\+?\d{3})|(?<=\d{4})\s+(?=\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4})|\bor\b|\band\b|&", re.IGNORECASE
)
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


@dataclass(frozen=True, slots=True)
class Number:
    number: str
    extension: str = ""
    kind: PhoneKind = PhoneKind.VOICE
    description: str = ""


@dataclass
class NumbersRead:
    numbers: list[Number] = field(default_factory=list[Number])
    said: list[str] = field(default_factory=list[str])

    def say(self, reason: str) -> None:
        if reason not in self.said:
            self.said.append(reason)


def read_numbers(cell: str, extension: str = "", kind: str = "") -> NumbersRead:
    """Every number in one cleaned cell; `extension` and `kind` are those of the row, for where the cell is mute."""
    read = NumbersRead()
    for part in _split(cell):
        number = _read(part, read)
        if number is None:
            continue
        given = _extension(extension) if extension and not number.extension else number.extension
        read.numbers.append(Number(number.number, given, _kind(kind) or number.kind, number.description))
    if len(read.numbers) > 1:
        read.say(SEVERAL)
    return read


def _split(cell: str) -> list[str]:
    """Parts that hold a number each; a part without one belongs to the number before it, or else to the one after."""
    parts: list[str] = []
    lead = ""
    for piece in (p.strip() for p in _PARTS.split(cell[:500])):
        holds = bool(_NUMBER.search(_EXTENSION.sub(" ", piece)))
        if holds and parts and _is_tail(piece, parts[-1]):
            parts[-1] += f"; {piece}"
        elif holds:
            parts.append(f"{lead} {piece}".strip())
            lead = ""
        elif parts:
            parts[-1] += f" {piece}"
        else:
            lead = f"{lead} {piece}"
    return parts[:MAX_NUMBERS]


def _is_tail(piece: str, before: str) -> bool:
    """In 555-0100, 0101 the second is no number by itself; in 555-0100 or 911 it is."""
    short = re.fullmatch(r"\d{2,6}", piece)
    return bool(short) and not re.fullmatch(r"[2-9]11|988|112|116\d{3}", piece) and len(re.sub(r"\D", "", before)) > 6


def _read(part: str, read: NumbersRead) -> Number | None:
    kind = next((kind for kind, words in _KINDS if words.search(part)), PhoneKind.VOICE)
    bare = part
    for _, words in _KINDS:
        bare = words.sub(" ", bare)
    found_extension = _EXTENSION.search(bare)
    if found_extension:
        bare = f"{bare[: found_extension.start()]} {bare[found_extension.end() :]}"
    found = _NUMBER.search(bare)
    number = tidy(found[0]) if found else ""
    if found is None or not number:
        return None
    rest = _words(f"{bare[: found.start()]} {bare[found.end() :]}")
    _say(read, part, found[0], found_extension is not None, rest)
    if re.search("[A-Z]", number):
        rest = f"{number} {rest}".strip()
        number = tidy(number.translate(_KEYPAD))
        read.say(LETTERS)
    extension = _extension(found_extension[1]) if found_extension else ""
    return Number(number, extension, kind, rest[:200])


def _say(read: NumbersRead, part: str, found: str, extension: bool, rest: str) -> None:
    if extension:
        read.say(EXTENSION)
    if rest:
        read.say(NOTED)
    if "*" in found and found.startswith("0"):
        read.say(TIDIED)
    if not extension and not rest and found.strip() != part.strip():
        read.say(TIDIED)


def _words(text: str) -> str:
    return " ".join(re.sub(r"\(\s*\)", " ", text).split()).strip(" -:.,;/()#")


def _extension(text: str) -> str:
    option = re.fullmatch(r"opt(?:ion)?\.?\s*(\d{1,2})", text.strip(), re.IGNORECASE)
    if option:
        return f"option {option[1]}"
    return re.sub(r"^(?:ext|x)\.?\s*", "", text.strip(), flags=re.IGNORECASE)[:16]


def _kind(text: str) -> PhoneKind | None:
    plain = text.strip().lower()
    plain = {"sms": "text", "textphone": "tty", "tdd": "tty", "cell": "voice"}.get(plain, plain)
    return next((kind for kind in PhoneKind if kind.value == plain and kind is not PhoneKind.VOICE), None)


def tidy(text: str) -> str:
    """North American numbers in threes and four, all others as they were typed; "" for what can be no number."""
    star = re.fullmatch(r"0[0 .-]*(\*\d+)", text.strip())
    if star:
        return star[1]
    text = " ".join(re.sub("[\u2010-\u2013]", "-", text).split()).strip(" .-")
    digits = re.sub(r"\D", "", text.upper().translate(_KEYPAD))
    if not 2 <= len(digits) <= 15 or (len(set(digits)) == 1 and len(digits) > 4):
        return ""
    if re.search("[A-Za-z]", text) or text.startswith("+") or "*" in text:
        return text[:64]
    american = re.fullmatch(r"(1?)([2-9]\d\d)([2-9]\d\d)(\d{4})", digits)
    if american and re.fullmatch(r"1?[\s.-]?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}", text):
        return "-".join(part for part in american.groups() if part)
    return text[:64]
