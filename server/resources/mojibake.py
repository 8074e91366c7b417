"""Letters that a wrong encoding broke, put together again: only where what stands there can be nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

# UTF-8 read as a DOS code page, as Windows-1252, or as DOS and then squeezed into Windows, where capital gamma becomes
# G and box drawings become plus and minus. Each leaves its own trace of the same three lead bytes.
_DOS_BYTES = {bytes([b]).decode("cp437"): b for b in range(0x80, 0x100)}
_FITTED_BYTES = {c: b for c, b in _DOS_BYTES.items() if b < 0xB0} | {"P": 0x9E, "¬": 0xA9}
_WINDOWS_BYTES = {chr(b): b for b in range(0x80, 0xC0)} | {
    bytes([b]).decode("cp1252"): b for b in range(0x80, 0xC0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_LEADS = {"Γ": 0xE2, "├": 0xC3, "┬": 0xC2, "G": 0xE2, "+": 0xC3}
_WINDOWS_LEADS = {"Ã": 0xC3, "Â": 0xC2, "â": 0xE2}

_HIGH = "[" + "".join(_WINDOWS_BYTES) + "]"
_WINDOWS = re.compile(f"Ã{_HIGH}|Â{_HIGH}|â[€‚„]{_HIGH}")
_DOS = re.compile("Γ[ÇäéåêëÿÖÜ].|[├┬].")
_FITTED = re.compile(
    "GÇ[" + "".join(_FITTED_BYTES) + "]|Gé¼|Gäó|\\+[" + "".join(c for c in _FITTED_BYTES if c != "P") + "]"
)
_UNSURE = re.compile(r"(\w{0,2})\+¦(?=(\w?))")

# The lead byte C2 leaves a hyphen, which may be a real one: only pairs no language writes.
_HYPHENED: Mapping[str, str] = {
    "-Ç-£": "“", "-Ç-¥": "”", "-Ç-Ö": "’", "-Ç-ÿ": "‘", "-Ç-ô": "–", "-Ç-ö": "—",
    "-ô": "“", "-ö": "”", "-Æ": "’", "-æ": "‘", "-û": "–", "-ù": "—", "-«": "®", "-¡": "",
}  # fmt: skip
_HYPHEN = re.compile("|".join(_HYPHENED))
_SPACED = re.compile(r"(?<!anti)(?<!extra)-á")
_LONG_U = ("n+¦m", "p+¦b", "g+¦n", "m+¦s", "m+¦l", "e+¦n", "s+¦p", "c+¦p", "t+¦n")
_UNSEEN = "\u200b\u200e\u200f\u00ad"


def mend_letters(text: str) -> str:
    """The text with its letters back; as it stood where it shows no trace."""
    if text.isascii():
        return text
    text = _WINDOWS.sub(lambda m: _decoded(m[0], _WINDOWS_BYTES | _WINDOWS_LEADS), text)
    text = _DOS.sub(lambda m: _decoded(m[0], _DOS_BYTES | _LEADS), text)
    text = _FITTED.sub(lambda m: _decoded(m[0], _FITTED_BYTES | _LEADS), text)
    text = _UNSURE.sub(_guessed, text)
    text = _HYPHEN.sub(lambda m: _HYPHENED[m[0]], text)
    return _SPACED.sub(" ", text)


def _decoded(broken: str, table: Mapping[str, int]) -> str:
    try:
        letter = bytes(table[c] for c in broken).decode("utf-8")
    except (KeyError, UnicodeDecodeError, ValueError):
        return broken
    return "" if letter in _UNSEEN else "-" if letter in "\u2010\u2011" else letter


def _guessed(found: re.Match[str]) -> str:
    """Four Spanish letters fall together in one sign. What stands around it tells them apart nearly always."""
    before, after = found[1], found[2].lower()
    if before and after and after in "aeiouáéíóú":
        return f"{before}ñ"
    if not before or f"{before[-1].lower()}+¦{after}" in _LONG_U:
        return f"{before}ú"
    return f"{before}ó"
