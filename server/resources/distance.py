"""How far a service is from a town, in bands: the place asked from is rounded, so nothing finer is said. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import asin, cos, radians, sin, sqrt

EARTH = 6371.0088  # km
NEAR, MIDDLE = 5.0, 25.0  # km
Spot = tuple[float, float]
"""Latitude and longitude in degrees."""


class Band(IntEnum):
    """In the order in which results stand. A confidential service is in UNTOLD, wherever it is."""

    NEAR = 0
    MIDDLE = 1
    ANYWHERE = 2
    UNTOLD = 3
    UNKNOWN = 4
    FAR = 5


@dataclass(frozen=True)
class Town:
    """`latitude` and `longitude` are rounded to about 1 km, `state` is told in the United States only."""

    name: str
    country: str
    state: str
    latitude: float
    longitude: float
    people: int

    @property
    def told(self) -> str:
        """What finds this town and no other: "Springfield, IL, US"."""
        return ", ".join(part for part in (self.name, self.state, self.country) if part)


@dataclass(frozen=True)
class Near:
    """What became of a place that was typed. `choices`: the towns of that name, where `town` is not surely meant."""

    typed: str
    town: Town | None = None
    choices: tuple[Town, ...] = ()


def kilometres(one: Spot, other: Spot) -> float:
    """Haversine."""
    south, north = radians(one[0]), radians(other[0])
    across = radians(other[1] - one[1])
    part = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(part)))


def band_of(asked: Spot, spots: Iterable[Spot], *, confidential: bool, anywhere: bool) -> Band:
    """`anywhere`: helps by phone, or in the whole country. The nearest of several places counts."""
    if confidential:
        return Band.ANYWHERE if anywhere else Band.UNTOLD
    far = min((kilometres(asked, spot) for spot in spots), default=None)
    if far is not None and far <= MIDDLE:
        return Band.NEAR if far <= NEAR else Band.MIDDLE
    if anywhere:
        return Band.ANYWHERE
    return Band.UNKNOWN if far is None else Band.FAR
