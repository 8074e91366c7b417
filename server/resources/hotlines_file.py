"""The shipped numbers, read once from the package's own files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server.resources.countries import country_zones, neighbours
from server.resources.hotline_rows import lines_of
from server.resources.hotlines import Book

DATA = Path(__file__).parent / "data"
FILES = ("emergency_numbers.json", "hotlines.json")


@cache
def book() -> Book:
    rows: list[dict[str, Any]] = []
    for name in FILES:
        rows += json.loads((DATA / name).read_text(encoding="utf-8"))["rows"]
    zones = {country: ZoneInfo(zone) for country, zone in country_zones().items() if zone}
    return Book(lines_of(rows), zones, neighbours())


@cache
def read_on() -> str:
    """The day on which somebody read the pages, ISO."""
    return min(json.loads((DATA / name).read_text(encoding="utf-8"))["read_on"] for name in FILES)
