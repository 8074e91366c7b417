"""Freshly migrated stores for every test: migrated once a session and copied, on both engines."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TypeVar

import anyio.from_thread
import asyncpg

from server import sealing
from server.migrating import migrate
from server.resources.indexing import make_current
from server.settings import Settings
from server.stores import STORES, opened

T = TypeVar("T")
numbers = count(1)


@dataclass
class FreshStores:
    """`postgres_url` is asked for only where a test wants PostgreSQL, so that the others never start one."""

    folder: Path
    postgres_url: Callable[[], str]
    migrated: dict[str, Settings] = field(default_factory=dict)

    @contextmanager
    def fresh(self, engine: str, folder: Path) -> Iterator[Settings]:
        """Settings of an installation of its own, its stores migrated and empty, its keys new."""
        pattern = self._pattern(engine)
        mine = replace(pattern, data=folder / "data", keys=folder / "keys")
        if engine == "sqlite":
            sealing.load(mine)  # as on a first day: databases without their keys are refused
            shutil.copytree(pattern.data, mine.data, dirs_exist_ok=True)
            yield mine
            return
        mine.data.mkdir()
        name = f"t{next(numbers)}"
        mine = replace(mine, database_url=f"{self.postgres_url()}/{name}")
        self._on_postgres(*(f'CREATE DATABASE "{name}_{s}" TEMPLATE "pattern_{s}"' for s in STORES))
        try:
            yield mine
        finally:
            self._on_postgres(*(f'DROP DATABASE "{name}_{s}" WITH (FORCE)' for s in STORES))

    def _pattern(self, engine: str) -> Settings:
        if engine not in self.migrated:
            folder = self.folder / engine
            url = f"{self.postgres_url()}/pattern" if engine == "postgres" else None
            made = Settings(data=folder / "data", keys=folder / "keys", database_url=url, show_unverified=True)
            in_a_loop(begun, made)
            self.migrated[engine] = made
        return self.migrated[engine]

    def _on_postgres(self, *statements: str) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(f"{self.postgres_url()}/postgres")
            for statement in statements:
                await connection.execute(statement)
            await connection.close()

        in_a_loop(run)


async def begun(settings: Settings) -> None:
    """As a first day leaves them: migrated, the text index of today's shape."""
    await migrate(settings)
    async with opened(settings):
        await make_current()


def in_a_loop(work: Callable[..., Awaitable[T]], *args: object) -> T:
    """Await `work(*args)` in a thread of its own: the test's thread may have a loop already (Playwright, anyio)."""
    with anyio.from_thread.start_blocking_portal() as portal:
        return portal.call(work, *args)
