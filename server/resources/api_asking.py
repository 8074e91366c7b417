"""What a program may ask of the open directory: parameters in, a checked question out, or a sentence why not."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

PER_PAGE = 50
MOST_PER_PAGE = 500
MOST_PAGES = 1_000_000
LONGEST = 200
FURTHEST = 500_000  # metres

_LIST = ("search", "page", "per_page", "format")
_TERMS = ("taxonomy_term_id", "taxonomy_id")
LISTS: dict[str, tuple[str, ...]] = {
    "services": (*_LIST, *_TERMS, "organization_id", "modified_after", "minimal", "full"),
    "organizations": (*_LIST, *_TERMS, "full", "full_service"),
    "taxonomies": _LIST,
    "taxonomy_terms": (*_LIST, "taxonomy_id", "top_only", "parent_id"),
    "service_at_locations": (
        *_LIST, *_TERMS, "organization_id", "modified_after", "full", "postcode", "proximity",
    ),
}  # fmt: skip
SINGLE: dict[str, tuple[str, ...]] = {"organizations": ("full_service",)}
FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


class UnusableError(ValueError):
    """Said to whoever writes the program, in English: one sentence."""


@dataclass(frozen=True)
class Asked:
    """One question. Ids are lower case; `modified_after` a day; `proximity` metres, None where not asked.

    `checked_only` is not theirs to ask: what nobody has checked shows here where it shows on the pages.
    """

    search: str = ""
    page: int = 1
    per_page: int = PER_PAGE
    format: str = "json"
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    parent_id: str = ""
    modified_after: date | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    top_only: bool = False
    postcode: str = ""
    proximity: float | None = None
    checked_only: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", self.search.casefold()))[:12]


def asked(given: Mapping[str, Any], allowed: tuple[str, ...]) -> Asked:
    """`given` is a query, a form or a JSON object. Raises UnusableError."""
    unknown = sorted(set(given) - set(allowed))
    if unknown:
        raise UnusableError(f"There is no such parameter here. These there are: {', '.join(allowed) or 'none'}.")
    values = {name: _READ[name](name, _text(name, value)) for name, value in given.items()}
    if values.get("proximity") is not None and not values.get("postcode"):
        raise UnusableError("proximity is the distance from a postcode: give both.")
    return Asked(**values)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (str, int, float)):
        raise UnusableError(f"{name} has to be one value.")
    text = str(value).strip()
    if len(text) > LONGEST or re.search(r"[\x00-\x08\ud800-\udfff]", text):
        raise UnusableError(f"{name} can have {LONGEST} characters, and each has to be a letter, a digit or a sign.")
    return text


def _words(name: str, text: str) -> str:
    return text


def is_id(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-fA-F-]{36}", text))


def _id(name: str, text: str) -> str:
    if text and not is_id(text):
        raise UnusableError(f"{name} has to be an id as our documents give them.")
    return text.lower()


def _number(name: str, text: str) -> int:
    most = MOST_PER_PAGE if name == "per_page" else MOST_PAGES
    if not re.fullmatch("[0-9]{1,7}", text) or not 1 <= int(text) <= most:
        raise UnusableError(f"{name} has to be a whole number from 1 to {most}.")
    return int(text)


def _flag(name: str, text: str) -> bool:
    if text.lower() not in FLAGS:
        raise UnusableError(f"{name} has to be true or false.")
    return FLAGS[text.lower()]


def _format(name: str, text: str) -> str:
    if text not in ("json", "ndjson"):
        raise UnusableError("format has to be json or ndjson.")
    return text


def _day(name: str, text: str) -> date | None:
    """We keep days: everything of the day itself counts as after it."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError) as fault:
        raise UnusableError(f"{name} has to be a date and time, for example 2026-03-01T00:00:00Z.") from fault


def _metres(name: str, text: str) -> float | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text) or not 0 < float(text) <= FURTHEST:
        raise UnusableError(f"{name} has to be metres, from 1 to {FURTHEST}.")
    return float(text)


def _postcode(name: str, text: str) -> str:
    return re.sub(r"[^\w]", "", text.upper())


_READ: dict[str, Any] = {
    "search": _words,
    "page": _number,
    "per_page": _number,
    "format": _format,
    "modified_after": _day,
    "postcode": _postcode,
    "proximity": _metres,
    **dict.fromkeys(("taxonomy_term_id", "taxonomy_id", "organization_id", "parent_id"), _id),
    **dict.fromkeys(("minimal", "full", "full_service", "top_only"), _flag),
}


def page_of(contents: list[Any], total: int, question: Asked) -> dict[str, Any]:
    """The page object of HSDS; a page behind the last is empty."""
    pages = math.ceil(total / question.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": question.page,
        "size": len(contents),
        "first_page": question.page == 1,
        "last_page": question.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


EARTH = 6_371_000.0


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine of two points (latitude, longitude) in degrees."""
    (a, b), (c, d) = (map(math.radians, point) for point in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def box_around(point: tuple[float, float], metres: float) -> tuple[float, float, float, float]:
    """(south, north, west, east) that holds every point within `metres`; the date line opens it wholly."""
    up = math.degrees(metres / EARTH)
    south, north = point[0] - up, point[0] + up
    narrow = math.cos(math.radians(min(89.9, max(abs(south), abs(north)))))
    aside = up / narrow
    west, east = point[1] - aside, point[1] + aside
    return (south, north, west, east) if west >= -180 and east <= 180 else (south, north, -180.0, 180.0)
