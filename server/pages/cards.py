"""Cards to print for people who go out to others: an address, a picture of it to photograph, a number to type.

They look like what stands on the cover and name nothing else. What the number does is said aloud.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from markupsafe import Markup

from server.errors import SetupError

MOST = 2000
HOST = re.compile(r"[a-z0-9][a-z0-9.-]*", re.IGNORECASE)
A_SHEET = 10
NOT_AN_ADDRESS = "Give the address as people open it, for example --address https://sums.example"


@dataclass(frozen=True)
class Card:
    """`address` as it is read, without its scheme; `picture` is inline SVG of the whole of it."""

    language: str
    address: str
    code: str
    picture: Markup


def cards(address: str, code: str, count: int, languages: Sequence[str]) -> list[list[Card]]:
    """Sheets of cards, `count` for each language, none with two languages on one sheet. Raises SetupError."""
    if not 0 < count <= MOST:
        raise SetupError(f"--count is a number from 1 to {MOST}.")
    whole, read = _address(address)
    picture = Markup(segno.make(whole, error="m", micro=False).svg_inline(scale=2, border=2, omitsize=True))
    return [
        [Card(language, read, code, picture)] * min(A_SHEET, count - begun)
        for language in languages
        for begun in range(0, count, A_SHEET)
    ]


def _address(given: str) -> tuple[str, str]:
    """The origin alone: a path, a query or a name in it could tell."""
    try:
        parts = urlsplit(given if "://" in given else f"https://{given}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError as fault:
        raise SetupError(NOT_AN_ADDRESS) from fault
    if parts.scheme not in ("http", "https") or parts.username or not HOST.fullmatch(parts.hostname or ""):
        raise SetupError(NOT_AN_ADDRESS)
    read = f"{parts.hostname}{port}"
    return f"{parts.scheme}://{read}/", read
