"""What is kept in memory of the directory: the same for everybody, nothing of anybody, dropped when something changes.

Every writer bumps the one row of `change`. It is looked at before anything kept is used, at most four times a second;
a writer of this process says so at once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, TypeVar

from server import stores
from server.resources.opening_hours import Standing
from server.resources.repairing import Vocabulary
from server.resources.showing import Card

LOOK_EVERY = 0.25
MOST_CARDS = 4000
MOST_PAGES = 400

K = TypeVar("K")
V = TypeVar("V")


@dataclass
class Kept:
    """`pages` holds whole rendered pages under (service id, language, minute), `standings` those of one minute."""

    opened: stores.Opened
    number: int
    looked: float = 0.0
    minute: int = 0
    standings: dict[int, Standing] = field(default_factory=dict[int, Standing])
    cards: dict[int, Card] = field(default_factory=dict[int, Card])
    pages: dict[tuple[str, str, int], Any] = field(default_factory=dict[tuple[str, str, int], Any])
    zones: tuple[str, ...] | None = None
    dated: tuple[int, ...] | None = None
    languages: tuple[str, ...] | None = None
    facets: tuple[str, ...] | None = None
    vocabulary: Vocabulary | None = None

    def standings_at(self, minute: int) -> dict[int, Standing]:
        """By key of the service; whether a place is open turns on whole minutes."""
        if minute != self.minute:
            self.minute, self.standings = minute, {}
        return self.standings


_kept: Kept | None = None


async def kept() -> Kept:
    """As fresh as LOOK_EVERY; a new one as soon as another installation is opened or the directory has changed."""
    global _kept
    opened = stores.opened_stores()
    now = time.monotonic()
    mine = _kept if _kept is not None and _kept.opened is opened else None
    if mine is not None and now - mine.looked < LOOK_EVERY:
        return mine
    number = int((await stores.rows("directory", "SELECT number FROM change"))[0]["number"])
    if mine is None or mine.number != number:
        mine = _kept = Kept(opened, number)
    mine.looked = now
    return mine


async def look_again() -> None:
    """For a writer of this process, once its unit is committed: `unit.afterwards(look_again)`."""
    if _kept is not None:
        _kept.looked = 0.0


def keep(held: dict[K, V], most: int, key: K, value: V) -> V:
    """The oldest goes when there are too many."""
    if len(held) >= most:
        del held[next(iter(held))]
    held[key] = value
    return value
