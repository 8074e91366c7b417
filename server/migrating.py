"""Migrations that lose nothing: every store brought to its newest tables, or left exactly as it was.

Tortoise rebuilds a SQLite table by DROP and RENAME. With foreign_keys=ON that DROP deletes the children and reports
success (fault M1), and the table's triggers vanish with it (M2). So: foreign keys off while migrating, a copy first,
rows counted before and after, `foreign_key_check`, triggers and text indexes made anew after every run.
"""

from __future__ import annotations

import contextlib
import importlib
import sqlite3
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor

from server.errors import SetupError
from server.settings import Settings
from server.stores import STORES, create_databases, postgres_credentials, sqlite_path, tortoise_config, using

LOCK = 7_151_823  # any fixed number: PostgreSQL's advisory lock, so that two hosts never migrate at once


async def migrate(settings: Settings) -> list[str]:
    """Create and migrate every store; returns the names of the migrations applied now."""
    await create_databases(settings)
    applied: list[str] = []
    for store in STORES:
        applied += await migrate_store(settings, store)
    return applied


async def migrate_store(settings: Settings, store: str) -> list[str]:
    """One store. Raises SetupError and leaves the store as it was when rows would be lost."""
    if settings.database_url:
        async with _alone(settings, store):
            return await _apply(tortoise_config(settings, store), store)
    file = Path(sqlite_path(settings, store))
    copy = file.with_suffix(".before")
    if not copy.exists() and file.exists() and not await _waiting(settings, store):
        return await _apply(tortoise_config(settings, store), store)
    with using(settings.data, alone=True):
        return await _migrate_file(settings, store, file, copy)


async def _migrate_file(settings: Settings, store: str, file: Path, copy: Path) -> list[str]:
    if copy.exists():  # the last run was cut off: what it left is not to be trusted
        _put_back(copy, file)
    before = table_counts(file)
    if before:
        _copy(file, copy)
    try:
        applied = await _apply(tortoise_config(settings, store, foreign_keys="OFF"), store)
        _compare(before, file)
    except BaseException:
        if copy.exists():
            _put_back(copy, file)
        raise
    copy.unlink(missing_ok=True)
    return applied


@contextlib.asynccontextmanager
async def _alone(settings: Settings, store: str) -> AsyncIterator[None]:
    """Held on a connection of its own: a pool drops advisory locks when it takes a connection back."""
    connection = await asyncpg.connect(**postgres_credentials(settings, store))
    try:
        await connection.execute(f"SELECT pg_advisory_lock({LOCK})")
        yield
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def _connection(config: dict[str, Any], store: str) -> AsyncIterator[BaseDBAsyncClient]:
    async with TortoiseContext() as context:
        await context.init(config)
        yield context.connections.get(store)


async def pending(settings: Settings) -> list[str]:
    """Names of the migrations that wait; all of them where a store is not there yet."""
    waiting: list[str] = []
    for store in STORES:
        if not settings.database_url and not Path(sqlite_path(settings, store)).exists():
            waiting.append(f"{store} (not there yet)")
            continue
        waiting += [f"{store} {name}" for name in await _waiting(settings, store)]
    return waiting


async def _waiting(settings: Settings, store: str) -> list[str]:
    config = tortoise_config(settings, store)
    async with _connection(config, store) as client:
        plan = await MigrationExecutor(client, {store: config["apps"][store]}).plan()
        return [step.migration.name for step in plan]


async def _apply(config: dict[str, Any], store: str) -> list[str]:
    async with _connection(config, store) as client:
        executor = MigrationExecutor(client, {store: config["apps"][store]})
        plan = [step.migration.name for step in await executor.plan()]
        if plan:
            await executor.migrate()
        models = importlib.import_module(STORES[store].models)
        after: Mapping[str, tuple[str, ...]] = getattr(models, "AFTER_MIGRATE", {})
        for statement in after.get(client.capabilities.dialect, ()):
            await client.execute_script(statement)
        return plan


def table_counts(file: Path) -> dict[str, int]:
    """Rows by table of a SQLite file; tables that belong to a text index are the index's own business."""
    if not file.exists():
        return {}
    with contextlib.closing(sqlite3.connect(file)) as connection:
        listed = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        index = shadow_tables(connection) | virtual_tables(connection) | {"tortoise_migrations"}
        own = [name for name in listed - index if not name.startswith("sqlite_")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in own}


def virtual_tables(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    return {row[0] for row in found}


def shadow_tables(connection: sqlite3.Connection) -> set[str]:
    """What a text index keeps for itself."""
    kinds = ("data", "idx", "content", "docsize", "config")
    return {f"{table}_{kind}" for table in virtual_tables(connection) for kind in kinds}


def _compare(before: Mapping[str, int], file: Path) -> None:
    after = table_counts(file)
    lost = [name for name, count in before.items() if name in after and after[name] < count]
    if lost:
        raise SetupError(f"The migration would lose rows of {', '.join(sorted(lost))}. Nothing was changed.")
    with contextlib.closing(sqlite3.connect(file)) as connection:
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise SetupError("The migration would leave rows that point nowhere. Nothing was changed.")


def _copy(file: Path, copy: Path) -> None:
    # Written under another name first: a half-written copy is never mistaken for the whole.
    partial = copy.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(file)) as source, contextlib.closing(sqlite3.connect(partial)) as target:
        source.backup(target)
    partial.rename(copy)


def _put_back(copy: Path, file: Path) -> None:
    """Through SQLite itself, in one transaction: whoever else has the file open sees the one or the other."""
    with contextlib.closing(sqlite3.connect(copy)) as source, contextlib.closing(sqlite3.connect(file)) as target:
        source.backup(target)
    copy.unlink()
