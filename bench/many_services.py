"""As many services as wanted, drawn from real ones: each column as long and its words as frequent as there.

A word that few real services have would stand in many of so many: it takes one of as many endings as there are made-up
services for a real one, so that rare words stay rare.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase

from server.resources.stemming import stem_column

COLUMNS = ("name", "alternate_name", "organization", "terms", "description")
INTO_INDEX = f"INSERT INTO service_search (rowid, {', '.join(COLUMNS)}, stems) VALUES (?, ?, ?, ?, ?, ?, ?)"
INTO_SERVICE = "INSERT INTO service (key, id, name, description, timezone) VALUES (?, ?, ?, ?, 'America/New_York')"
RARE = 5  # times in all
Texts = tuple[str, ...]


def many_like(source: Path, target: Path, services: int, seed: int = 11) -> Path:
    """Copies the installation's file, and puts so many made-up services in the place of the real ones."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(source)) as read, contextlib.closing(sqlite3.connect(target)) as write:
        read.backup(write)
        write.execute("PRAGMA foreign_keys=OFF")
        tables = ("service_term", "service_language", "service_facet", "service_at_location", "schedule", "phone")
        for table in (*tables, "service", "service_search"):
            write.execute(f"DELETE FROM {table}")
        for key, texts in enumerate(_made_up(read, services, random.Random(seed)), 1):
            write.execute(INTO_SERVICE, (key, str(uuid.UUID(int=key)), texts[0], texts[-1]))
            write.execute(INTO_INDEX, (key, *texts, stem_column(texts)))
        write.execute("INSERT INTO service_search (service_search) VALUES ('optimize')")
        write.commit()
        write.execute("ANALYZE")
        write.commit()
    return target


def _made_up(source: sqlite3.Connection, services: int, chance: random.Random) -> Iterator[Texts]:
    real = source.execute(f"SELECT {', '.join(COLUMNS)} FROM service_search").fetchall()
    words = [[word for text in column for word in text.split()] for column in zip(*real, strict=True)]
    often = Counter(word for column in words for word in column)
    endings = ascii_lowercase[: max(1, services // len(real))]

    def drawn(of_column: list[str], length: int) -> Iterator[str]:
        for word in chance.choices(of_column, k=length) if length else ():
            yield word + chance.choice(endings) if often[word] <= RARE and word.isalpha() else word

    for _ in range(services):
        lengths = [len(text.split()) for text in chance.choice(real)]
        yield tuple(" ".join(drawn(of_column, length)) for of_column, length in zip(words, lengths, strict=True))
