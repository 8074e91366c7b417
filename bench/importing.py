"""directory.import: a whole package through `import_package`, beside its rows through bare bulk inserts."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import anyio.from_thread

from bench.figures import Figure
from server import sealing, stores
from server.migrating import migrate
from server.resources.importing import import_package
from server.settings import Settings

GOAL = 12
TIMES = 3
TODAY = date(2026, 1, 1)


def figures(package: Path, over: str) -> dict[str, Figure]:
    """The better of three on each side: the first of a process compiles what the others find compiled."""
    with tempfile.TemporaryDirectory() as name:
        filled = [_ours(Path(name) / str(turn), package) for turn in range(TIMES)]
        ours = min(seconds for seconds, _ in filled)
        theirs = min(_bare(filled[0][1], Path(name) / f"bare{turn}.db") for turn in range(TIMES))
    return {
        "directory.import": Figure(ours, "s", "lower", GOAL, "a bare bulk insert of the same rows", ours / theirs, over)
    }


def _ours(folder: Path, package: Path) -> tuple[float, Path]:
    """Seconds of one import into an empty installation, and its database."""
    settings = Settings.from_environment({"ALDER_KEYS": str(folder / "keys")}, folder / "data")

    async def timed() -> float:
        sealing.load(settings)
        await migrate(settings)
        async with stores.opened(settings):
            begun = time.perf_counter()
            await import_package(package, settings=settings, today=TODAY)
            return time.perf_counter() - begun

    with anyio.from_thread.start_blocking_portal() as portal:
        return portal.call(timed), Path(stores.sqlite_path(settings, "directory"))


def _bare(filled: Path, target: Path) -> float:
    """The same tables, indexes and text index, each filled by one executemany in one transaction."""
    with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(target)) as made:
        listed = source.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        virtual = [name for kind, name, sql in listed if kind == "table" and "VIRTUAL" in sql]
        shadows = {name for _, name, _ in listed if any(name.startswith(f"{one}_") for one in virtual)}
        own = [one for one in listed if one[1] not in shadows and not one[1].startswith("sqlite_")]
        own = [one for one in own if "fts5vocab" not in one[2]]  # a view of the index, with no rows of its own
        for _, _, sql in sorted(own, key=lambda one: one[0] != "table"):
            made.execute(sql)
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("PRAGMA synchronous = FULL")
        rows = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for kind, name, _ in own if kind == "table"}
        begun = time.perf_counter()
        with made:
            for name, held in rows.items():
                if held:
                    made.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(held[0]))})', held)
        return time.perf_counter() - begun
