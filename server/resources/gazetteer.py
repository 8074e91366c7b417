"""Towns by name, from a file that comes with us: nobody else learns where a person looks for help.

The file is mapped and searched by halving, so that no memory is held for it; its lines are told in gazetteer_build.
"""

from __future__ import annotations

import mmap
import re
from functools import lru_cache
from pathlib import Path

from server.resources.countries import country_names
from server.resources.distance import Near, Town
from server.resources.query_parsing import folded

FILE = Path(__file__).parent / "data" / "places.txt"
MOST_CHOICES = 8
FAR_LARGER = 10  # times the people of the next town of that name: then it is the one that is meant
_STATES = (
    "AL:Alabama AK:Alaska AZ:Arizona AR:Arkansas CA:California CO:Colorado CT:Connecticut DE:Delaware"
    " DC:District_of_Columbia FL:Florida GA:Georgia HI:Hawaii ID:Idaho IL:Illinois IN:Indiana IA:Iowa KS:Kansas"
    " KY:Kentucky LA:Louisiana ME:Maine MD:Maryland MA:Massachusetts MI:Michigan MN:Minnesota MS:Mississippi"
    " MO:Missouri MT:Montana NE:Nebraska NV:Nevada NH:New_Hampshire NJ:New_Jersey NM:New_Mexico NY:New_York"
    " NC:North_Carolina ND:North_Dakota OH:Ohio OK:Oklahoma OR:Oregon PA:Pennsylvania RI:Rhode_Island"
    " SC:South_Carolina SD:South_Dakota TN:Tennessee TX:Texas UT:Utah VT:Vermont VA:Virginia WA:Washington"
    " WV:West_Virginia WI:Wisconsin WY:Wyoming"
)
STATES = {pair[:2]: pair[3:].replace("_", " ") for pair in _STATES.split()}
"""Of the United States, by their code."""


LEADING = re.compile(
    r"\s*(?:near|in|at|around|close to|next to|by|cerca de|cerca|en|قرب|بالقرب من|في)\s+", re.IGNORECASE
)
POSTCODE = re.compile(r"[\s,]+\d{4,6}(?:-\d{4})?\s*$")


def near(text: str, country: str = "") -> Near:
    """ "Homestead", "springfield, il", "near Homestead FL 33030", "مدريد": the reader's own country comes first."""
    plain = POSTCODE.sub("", LEADING.sub("", text, count=1)) or text
    first, _, last = plain.strip().rpartition(" ")
    # "Homestead Florida": the last word may be the state; "New York" is asked for whole before
    for asked in dict.fromkeys((text, plain, f"{first}, {last}" if first else plain)):
        found = _near(asked, country)
        if found.town or found.choices:
            return Near(text, found.town, found.choices)
    return Near(text)


def _near(text: str, country: str) -> Near:
    name, *of = re.split("[,،]", text)
    wanted = [folded(part).strip() for part in of if part.strip()]
    found = [town for town in towns_named(name) if all(_is_in(town, part) for part in wanted)]
    own = [town for town in found if town.country == country]
    # London in Kentucky, for somebody there, may still be the one in England
    chosen = [
        town for town in found if town in own or town.people >= FAR_LARGER * max((t.people for t in own), default=0)
    ]
    if not chosen:
        return Near(text)
    first, *others = sorted(chosen, key=lambda town: (town not in own, -town.people))
    if all(first.people >= FAR_LARGER * other.people for other in others):
        return Near(text, first)
    return Near(text, None, (first, *others)[:MOST_CHOICES])


def _is_in(town: Town, part: str) -> bool:
    """Whether a country or state that was typed is this town's."""
    names = (town.country, town.state, STATES.get(town.state, ""), country_names("en").get(town.country, ""))
    return part in {folded(name).strip() for name in names if name}


def towns_named(name: str) -> list[Town]:
    """Every town that has this name in any of the languages of the file."""
    wanted = folded(name).strip().encode()
    if not wanted:
        return []
    file, border = _opened()
    own = _lines(file, wanted, 0, border)
    others = (_line_at(file, int(line.split(b"\t")[2])) for line in _lines(file, wanted, border + 1, len(file)))
    return list(dict.fromkeys(_town(line) for line in (*own, *others)))


@lru_cache(maxsize=1)
def _opened() -> tuple[mmap.mmap, int]:
    """The file, and where its second part begins."""
    with FILE.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return mapped, mapped.find(b"\n\n") + 1


def _lines(file: mmap.mmap, wanted: bytes, low: int, high: int) -> list[bytes]:
    """All lines between two places of the file whose first column is what is wanted."""
    end = high
    while low < high:
        middle = file.rfind(b"\n", low, (low + high) // 2) + 1 or low
        line = _line_at(file, middle)
        if line.split(b"\t", 1)[0] < wanted:
            low = middle + len(line) + 1
        else:
            high = middle
    found: list[bytes] = []
    while low < end and (line := _line_at(file, low)).split(b"\t", 1)[0] == wanted:
        found.append(line)
        low += len(line) + 1
    return found


def _line_at(file: mmap.mmap, start: int) -> bytes:
    return file[start : file.find(b"\n", start)]


def _town(line: bytes) -> Town:
    _, name, country, state, latitude, longitude, people = line.decode().split("\t")
    return Town(name, country, state, float(latitude), float(longitude), int(people))
