"""Which coordinates can be true, judged by the rest of the package: a wrong dot sends somebody the wrong way."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

DROPPED = "coordinates dropped: they are far from where the address is"
UNREADABLE = "coordinates dropped: they are no place on earth"
SIGN_MENDED = "coordinates mended: a minus sign was missing"
SWAPPED = "coordinates mended: latitude and longitude stood in each other's place"

FAR_IN_TOWN, FAR_IN_STATE, FAR_AT_ALL = 60, 1000, 1500  # km
ENOUGH = 5  # located neighbours that make a judgement
CELL = 0.5  # degrees


@dataclass(frozen=True, slots=True)
class Spot:
    """`state` and `town` as written in the address, "" where there is none."""

    latitude: float
    longitude: float
    state: str = ""
    town: str = ""


def read_coordinates(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Both in degrees, or None: missing, not numbers, off the globe, or the 0, 0 of an unfilled form."""
    try:
        lat, lon = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        return None
    if not (abs(lat) <= 180 and abs(lon) <= 180) or (abs(lat) < 0.01 and abs(lon) < 0.01):
        return None
    return lat, lon


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Along a great circle."""
    lat_a, lon_a, lat_b, lon_b = (math.radians(value) for value in (*a, *b))
    square = math.sin((lat_b - lat_a) / 2) ** 2
    square += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(square)))


class Surroundings:
    """What the other located addresses of the package say about one of them."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        known = [spot for spot in spots if abs(spot.latitude) <= 90]
        self.towns = _centres(known, lambda spot: f"{spot.state}|{spot.town}" if spot.town else "")
        self.states = _centres(known, lambda spot: spot.state)
        self.everything = _centres(known, lambda _: "all").get("all")
        self.cells: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        for spot in known:
            self.cells[_cell(spot)][spot.state] += 1

    def judge(self, spot: Spot) -> tuple[tuple[float, float] | None, str]:
        """The coordinates to keep (None: drop them), and what was done."""
        if abs(spot.latitude) <= 90 and self.plausible(spot):
            return (spot.latitude, spot.longitude), ""
        for said, lat, lon in ((SIGN_MENDED, spot.latitude, -spot.longitude), (SWAPPED, spot.longitude, spot.latitude)):
            other = Spot(lat, lon, spot.state, spot.town)
            if abs(lat) <= 90 and self._supported(other):
                return (lat, lon), said
        return None, UNREADABLE if abs(spot.latitude) > 90 else DROPPED

    def plausible(self, spot: Spot) -> bool:
        """Against its town, its state, its neighbours, and, without an address, against the whole package."""
        town = self.towns.get(f"{spot.state}|{spot.town}") if spot.town else None
        state = self.states.get(spot.state)
        here = (spot.latitude, spot.longitude)
        if town:
            return kilometres(here, town) <= FAR_IN_TOWN
        if state and kilometres(here, state) > FAR_IN_STATE:
            return False
        if spot.state:
            return not self._among_strangers(spot)
        return self.everything is None or kilometres(here, self.everything) <= FAR_AT_ALL

    def _supported(self, spot: Spot) -> bool:
        """A repair needs more than the absence of doubt."""
        known = self.states.get(spot.state) or self.everything
        return (
            known is not None
            and self.plausible(spot)
            and kilometres((spot.latitude, spot.longitude), known) < FAR_AT_ALL
        )

    def _among_strangers(self, spot: Spot) -> bool:
        """An address in Indiana whose dot lies among a thousand Floridian ones."""
        row, column = _cell(spot)
        around: Counter[str] = Counter()
        for r in (row - 1, row, row + 1):
            for c in (column - 1, column, column + 1):
                around += self.cells.get((r, c), Counter())
        own = around.pop(spot.state, 0) - 1
        others = sum(count for state, count in around.items() if state)
        return others >= 2 * ENOUGH and own < others / 50


def _cell(spot: Spot) -> tuple[int, int]:
    return math.floor(spot.latitude / CELL), math.floor(spot.longitude / CELL)


def _centres(spots: Sequence[Spot], name_of: Callable[[Spot], str]) -> dict[str, tuple[float, float]]:
    """The middle of each group that is large enough to have one; medians, so that the wrong ones weigh nothing."""
    groups: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        groups[name_of(spot)].append(spot)
    return {
        name: (median(spot.latitude for spot in group), median(spot.longitude for spot in group))
        for name, group in groups.items()
        if name and len(group) >= ENOUGH
    }
