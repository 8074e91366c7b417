"""Looking into what was written: every row of every store on both engines, every byte below a folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import asyncpg

from server import stores
from server.settings import Settings
from tests.fresh_stores import in_a_loop

Dump = dict[str, list[tuple[str, ...]]]


def everything(settings: Settings) -> Dump:
    """Every row of every table of every store, as text, sorted."""
    if settings.database_url:
        return {f"{store}.{t}": rows for store in stores.STORES for t, rows in _postgres(settings, store).items()}
    return {f"{store}.{t}": rows for store in stores.STORES for t, rows in _sqlite(settings, store).items()}


def _sqlite(settings: Settings, store: str) -> Dump:
    connection = sqlite3.connect(f"file:{stores.sqlite_path(settings, store)}?mode=ro", uri=True)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: _as_text(connection.execute(f'SELECT * FROM "{name}"')) for name in names}
    finally:
        connection.close()


def _postgres(settings: Settings, store: str) -> Dump:
    async def read() -> Dump:
        connection = await asyncpg.connect(**stores.postgres_credentials(settings, store))
        try:
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = [row["tablename"] for row in tables]
            return {name: _as_text(await connection.fetch(f'SELECT * FROM "{name}"')) for name in names}
        finally:
            await connection.close()

    return in_a_loop(read)


def _as_text(rows: Iterable[Iterable[object]]) -> list[tuple[str, ...]]:
    return sorted(tuple(repr(value) for value in row) for row in rows)


def files_holding(folders: Iterable[Path], canary: str) -> list[str]:
    """Names of the files below `folders` with the canary in any of its plain encodings, journals and logs included."""
    said = {canary, canary.lower(), canary.upper()}
    needles = [text.encode(coding) for text in said for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    needles += [text.encode().hex().encode() for text in said]
    found: list[str] = []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                raw = file.read_bytes()
                found += [str(file)] if any(needle in raw for needle in needles) else []
    return found
