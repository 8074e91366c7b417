"""The mix of search words: 48 rare, 48 middling, 12 common, drawn from the index itself, the same every time."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass
from pathlib import Path

MIX = {"rare": 48, "mid": 48, "common": 12}


@dataclass(frozen=True)
class Words:
    rare: tuple[str, ...]
    mid: tuple[str, ...]
    common: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return self.rare + self.mid + self.common


def words_of(database: Path) -> Words:
    """Rare stands in at most 5 services, middling in 1 to 5 of a hundred, common in more than 15 of a hundred."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, service_search, col)")
    services = connection.execute("SELECT count(*) FROM service_search").fetchone()[0]
    bounds = {"rare": (1, 5), "mid": (services * 0.01, services * 0.05), "common": (services * 0.15, services)}
    asked = (
        "SELECT term FROM vocabulary WHERE col <> 'stems' AND length(term) > 3 AND term GLOB ?"
        " GROUP BY term HAVING max(doc) BETWEEN ? AND ? ORDER BY term"
    )
    drawn: dict[str, tuple[str, ...]] = {}
    for kind, (least, most) in bounds.items():
        known = [row[0] for row in connection.execute(asked, ("[a-z]*", least, most)) if row[0].isalpha()]
        chance = random.Random(kind)
        # a small directory may have fewer such words than the mix wants: they take turns
        enough = len(known) >= MIX[kind]
        drawn[kind] = tuple(chance.sample(known, MIX[kind]) if enough else chance.choices(known, k=MIX[kind]))
    connection.close()
    return Words(**drawn)
