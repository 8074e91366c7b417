"""Names of countries and languages in the reader's language, zones and neighbours: plain tables read once."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ELSEWHERE = "ZZ"
"""What a person chooses who is in no country of the list, or would rather not say."""


@cache
def _table(name: str) -> dict[str, Any]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def country_names(language: str) -> dict[str, str]:
    """ISO code -> name, in the order of the language."""
    names = {code: row["names"].get(language, row["names"]["en"]) for code, row in _table("countries.json").items()}
    return dict(sorted(names.items(), key=lambda pair: _plain(pair[1])))


def country_name(code: str, language: str) -> str:
    """Empty for ELSEWHERE and for a code nobody knows."""
    return country_names(language).get(code, "")


def is_country(code: str) -> bool:
    return code == ELSEWHERE or code in _table("countries.json")


def country_zones() -> dict[str, str]:
    """The zone of a country that has one, or whose capital speaks for it; empty where neither."""
    return {code: row["zone"] for code, row in _table("countries.json").items()}


# Where people read "5 pm" rather than "17:00" (CLDR's preferred hours).
TWELVE_HOURS = {
    "AE", "AU", "BD", "BH", "CA", "CO", "DO", "EG", "GH", "IN", "IQ", "JO", "KE", "KW", "LB", "LK", "LY",
    "MA", "MX", "MY", "NG", "NZ", "OM", "PH", "PK", "PR", "QA", "SA", "SD", "SY", "US", "YE",
}  # fmt: skip


def twelve_hours(country: str) -> bool:
    return country in TWELVE_HOURS


@cache
def neighbours() -> dict[str, tuple[str, ...]]:
    return {code: tuple(near.split()) for code, near in _table("neighbours.json").items()}


@cache
def language_names(language: str) -> dict[str, str]:
    """ISO 639 code -> name, first letter large as in a list."""
    names = {code: row.get(language, row.get("en", code)) for code, row in _table("languages.json").items()}
    return {code: name[:1].upper() + name[1:] for code, name in names.items()}


@cache
def language_codes() -> dict[str, str]:
    """English name in small letters -> code, with the few names other pages use."""
    also = {"bengali": "bn", "azeri": "az", "creole": "ht", "farsi": "fa", "tagalog": "fil", "mandarin": "zh"}
    return {row["en"].lower(): code for code, row in _table("languages.json").items() if "en" in row} | also


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
