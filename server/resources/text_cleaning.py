"""Text as a person wrote it, out of text as databases left it; says what it mended, and mends twice as once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from server.resources.mojibake import mend_letters

LINE_BREAKS = "line breaks that stood as \\n"
MARKERS = "markers such as ###ABC### taken out"
LETTERS = "letters that a wrong encoding had broken"
CONTROLS = "control characters taken out"
CLIPPED = "text cut at its length limit"

MAX_TEXT = 20_000
MAX_LINE = 500

_PLAIN = re.compile(r"(?:(?!##)[!-\[\]-~](?: (?=[!-~]))?){0,400}")  # nothing to mend, and most cells are like this
# Unseen characters: controls, lone surrogates, and the marks of direction with which one word can be shown as another.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_BREAKS = re.compile(r"(?:\\r)?\\n|\\r|(?<!\w)\\t|\\t(?=\W|\d|$)")
_MARKERS = re.compile(r"#{2,}[ \t]*[A-Z]{2,6}[ \t]*#{2,}|#{3,}")


def clean(text: str, limit: int = MAX_TEXT) -> tuple[str, tuple[str, ...]]:
    """Cleaned text of many lines, and what was mended; mere spaces are not worth a word."""
    if not text or (len(text) <= limit and _PLAIN.fullmatch(text)):
        return text, ()
    said: list[str] = []
    before = None
    while text != before:  # one repair can uncover the next: until nothing is left to do
        before = text
        for reason, step in _STEPS:
            after = step(text)
            if after != text and reason not in said:
                said.append(reason)
            text = after
        text = _spaces(unicodedata.normalize("NFC", text))
    if len(text) > limit:
        text = text[:limit].rpartition(" ")[0].strip() or text[:limit].strip()
        said.append(CLIPPED)
    return text, tuple(said)


def clean_line(text: str, limit: int = MAX_LINE) -> tuple[str, tuple[str, ...]]:
    """The same for a name, a number, a city: one line."""
    if not text or (len(text) <= limit and _PLAIN.fullmatch(text)):
        return text, ()
    cleaned, said = clean(text, limit)
    return " ".join(cleaned.split()), said


def _spaces(text: str) -> str:
    text = re.sub(r"[^\S\n]+", " ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (LETTERS, mend_letters),  # first: what a broken letter is made of may be control characters
    (CONTROLS, lambda text: _CONTROLS.sub("", text)),
    (LINE_BREAKS, lambda text: _BREAKS.sub(lambda m: " " if m[0] == r"\t" else "\n", text) if "\\" in text else text),
    (MARKERS, lambda text: _MARKERS.sub(" ", text) if "##" in text else text),
)


NOT_A_SITE = "web address dropped: it is not one"
ONE_SITE = "only the first of several web addresses taken"
SITE_MENDED = "web address mended"
_HOST = r"(?:[^\s/:@\"'<>?#.]+\.)+[^\W\d_][^\s/:@\"'<>?#.]+"
_SITE = re.compile(rf"https?://{_HOST}(?::\d{{2,5}})?(?:[/?#][^\s\"'<>]*)?")


def web_address(text: str) -> tuple[str, tuple[str, ...]]:
    """`https://...`, or "" where it is none: nothing but http and https may ever become a link."""
    line, _ = clean_line(text, 2_000)
    parts = [p for p in re.split(r"[\s;,]+", line) if p.lower() not in ("", "or", "and", "&", "y")]
    if not parts:
        return "", ()
    first = re.sub(r"^(https?):/{0,2}(?=[^/])", r"\1://", parts[0].replace("\\", "/").strip("<>()"), flags=re.I)
    said = [SITE_MENDED] if first != parts[0] else []
    address = _with_scheme(first)
    address = re.sub(r"(?<!:)/{2,}", "/", address) if said else address
    if not _SITE.fullmatch(address):
        return "", (NOT_A_SITE,)
    if any(_SITE.fullmatch(_with_scheme(part)) for part in parts[1:]):
        said.append(ONE_SITE)
    return address, tuple(said)


def _with_scheme(text: str) -> str:
    scheme, mark, rest = text.partition("://")
    return f"{scheme.lower()}://{rest}" if mark else f"https://{text}"


NOT_MAIL = "e-mail address dropped: it is not one"
MAIL_FOUND = "e-mail address taken out of other words"
_MAIL = re.compile(r"[^\s@<>;,:\"()\[\]]{1,64}@[^\s@<>;,:\"()\[\].]+(?:\.[^\s@<>;,:\"()\[\].]+)+")


def mail_address(text: str) -> tuple[str, tuple[str, ...]]:
    """One e-mail address, or "" where there is none."""
    line, _ = clean_line(text, 2_000)
    if not line or _MAIL.fullmatch(line):
        return line, ()
    found = _MAIL.search(line)
    return (found[0], (MAIL_FOUND,)) if found else ("", (NOT_MAIL,))
