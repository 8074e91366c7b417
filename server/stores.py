"""The databases: each declared once, one shielded way to write, separate read-only connections to read.

Write: `await write("directory", work)`; read: `await rows("directory", sql, *params)`. Both take `?` placeholders on
SQLite and PostgreSQL alike. Nothing else in the house opens a transaction (the linter bans it).
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import errno
import fcntl
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast
from urllib.parse import unquote, urlsplit

import aiosqlite
import asyncpg
from tortoise.backends.base import executor
from tortoise.backends.base.client import BaseDBAsyncClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, DBConnectionError

from server.errors import SetupError, Unavailable
from server.settings import Settings

T = TypeVar("T")
Row = Mapping[str, Any]
READERS = 2
NEAR_WITHIN = 0.005  # seconds


@dataclass(frozen=True)
class Store:
    """`package` holds `models.py` (with its AFTER_MIGRATE statements) and `migrations/`."""

    name: str
    package: str

    @property
    def models(self) -> str:
        return f"{self.package}.models"

    @property
    def migrations(self) -> str:
        return f"{self.package}.migrations"


STORES = {
    store.name: store
    for store in (
        Store("directory", "server.resources"),
        Store("limits", "server.limits"),
        Store("moderation", "moderation"),
    )
}

# FULL: NORMAL may lose the last commits on power loss. secure_delete: what is erased leaves the pages too.
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "busy_timeout": 5000,
    "journal_size_limit": 16 * 1024 * 1024,
}


def sqlite_path(settings: Settings, store: str) -> str:
    return str(settings.data / f"{store}.db")


def postgres_credentials(settings: Settings, store: str) -> dict[str, Any]:
    """One database a store, named after the path of the URL: postgres://host/alder -> alder_directory."""
    url = urlsplit(settings.database_url or "")
    prefix = url.path.strip("/") or "alder"
    return {
        "host": url.hostname or "127.0.0.1",
        "port": url.port or 5432,
        "user": unquote(url.username or "postgres"),
        "password": unquote(url.password) if url.password else None,
        "database": f"{prefix}_{store}",
    }


def tortoise_config(settings: Settings, store: str, **pragmas: object) -> dict[str, Any]:
    """The Tortoise config of one store: the label of the app, the connection and the store are one word."""
    declared = STORES[store]
    if settings.database_url:
        connection = {"engine": "tortoise.backends.asyncpg", "credentials": postgres_credentials(settings, store)}
    else:
        credentials = {"file_path": sqlite_path(settings, store), **PRAGMAS, **pragmas}
        connection = {"engine": "tortoise.backends.sqlite", "credentials": credentials}
    app = {"models": [declared.models], "migrations": declared.migrations, "default_connection": store}
    return {"connections": {store: connection}, "apps": {store: app}, "use_tz": True, "timezone": "UTC"}


@dataclass
class Opened:
    """What is open now. One per process: Tortoise itself keeps one context for all tasks."""

    settings: Settings
    context: TortoiseContext
    held: contextlib.ExitStack
    readers: dict[str, Readers] = field(default_factory=dict[str, "Readers"])
    running: set[asyncio.Task[Any]] = field(default_factory=set[asyncio.Task[Any]])
    buckets: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    users: int = 0


_opened: Opened | None = None


def opened_stores() -> Opened:
    if _opened is None:
        raise RuntimeError("no store is open: use `async with stores.opened(settings)`")
    return _opened


def dialect() -> str:
    """ "sqlite" or "postgres"."""
    return "postgres" if opened_stores().settings.database_url else "sqlite"


@contextlib.contextmanager
def using(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Held by whoever has the files of `folder` open; `alone` while tables are rebuilt. Raises SetupError."""
    with open(folder / "lock", "a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as fault:
            raise SetupError("Another Alder is using these databases. Stop it, then try again.") from fault
        yield


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[None]:
    """Open every store; the apps of one process share what the first of them opened."""
    global _opened
    if _opened is None:
        _opened = await _open_all(settings)
    elif _opened.settings != settings:
        raise RuntimeError("other stores are open already")
    mine = _opened
    mine.users += 1
    try:
        yield
    finally:
        mine.users -= 1
        if mine.users == 0:
            _opened = None
            await _close_all(mine)


async def _open_all(settings: Settings) -> Opened:
    connections: dict[str, Any] = {}
    apps: dict[str, Any] = {}
    for store in STORES:
        config = tortoise_config(settings, store)
        connections |= config["connections"]
        apps |= config["apps"]
    cast(
        Any, executor
    ).EXECUTOR_CACHE.clear()  # it keeps SQL by the name of the connection, which is the same on both engines
    context = TortoiseContext()
    config = {"connections": connections, "apps": apps, "use_tz": True, "timezone": "UTC"}
    with context:
        await context.init(config, _enable_global_fallback=True)
    mine = Opened(settings, context, contextlib.ExitStack())
    if not settings.database_url:
        mine.held.enter_context(using(settings.data))
    try:
        for store in STORES:
            await context.connections.get(store).create_connection(with_db=True)
            mine.readers[store] = await _open_readers(settings, store)
    except BaseException:
        await _close_all(mine)
        raise
    return mine


async def _open_readers(settings: Settings, store: str) -> Readers:
    if not settings.database_url:
        return await SqliteReaders.open(sqlite_path(settings, store))
    server_settings = {"default_transaction_read_only": "on"}
    credentials = postgres_credentials(settings, store)
    return await asyncpg.create_pool(**credentials, min_size=1, max_size=5, server_settings=server_settings)


async def _close_all(mine: Opened) -> None:
    await asyncio.gather(*mine.running, return_exceptions=True)
    for readers in mine.readers.values():
        await readers.close()
    await mine.context.close_connections()
    mine.held.close()


class SqliteReaders:
    """Read-only connections beside the writer, so that a read never waits for an open transaction (fault C5).

    Most reads are done sooner than a thread is woken (0.1 ms and more on a rented machine), so each is begun here;
    one that is not done within NEAR_WITHIN is stopped and asked again in a thread, where it holds nobody up.
    """

    def __init__(self, near: sqlite3.Connection) -> None:
        self.near = near
        self.until = 0.0
        near.set_progress_handler(self._is_long, 500)
        self.all: list[aiosqlite.Connection] = []
        self.free: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()

    @classmethod
    async def open(cls, path: str) -> SqliteReaders:
        where = f"file:{path}?mode=ro"
        readers = cls(sqlite3.connect(where, uri=True, isolation_level=None, timeout=0))
        readers.near.row_factory = sqlite3.Row
        readers.near.execute("PRAGMA query_only=ON")
        for _ in range(READERS):
            connection = await aiosqlite.connect(where, uri=True, isolation_level=None)
            connection.row_factory = sqlite3.Row
            await connection.execute_fetchall("PRAGMA query_only=ON")
            await connection.execute_fetchall("PRAGMA busy_timeout=5000")
            readers.all.append(connection)
            readers.free.put_nowait(connection)
        return readers

    async def fetch(self, sql: str, *params: object) -> list[Row]:
        plain = [_plain(p) for p in params]
        self.until = time.monotonic() + NEAR_WITHIN
        try:
            return cast(list[Row], self.near.execute(sql, plain).fetchall())
        except sqlite3.OperationalError:
            pass  # stopped, or held up by another process: a thread has the time to wait
        connection = await self.free.get()
        try:
            return cast(list[Row], await connection.execute_fetchall(sql, plain))
        finally:
            self.free.put_nowait(connection)

    def _is_long(self) -> bool:
        return time.monotonic() > self.until

    async def close(self) -> None:
        self.near.close()
        for connection in self.all:
            await connection.close()


Readers: TypeAlias = "SqliteReaders | asyncpg.Pool[asyncpg.Record]"


def _plain(value: object) -> Any:
    """Tortoise keeps dates in SQLite as ISO text; queries in plain SQL say it the same way."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else value


def _storable(value: object) -> object:
    """PostgreSQL takes no NUL in a text, not even to look for it."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def as_date(value: object) -> date | None:
    """A date column as either engine hands it out."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


@lru_cache(maxsize=512)
def numbered(sql: str) -> str:
    """`?` placeholders as PostgreSQL numbers them. Our SQL holds no literal question mark."""
    first, *rest = sql.split("?")
    return first + "".join(f"${n}{part}" for n, part in enumerate(rest, 1))


async def rows(store: str, sql: str, *params: object) -> Sequence[Row]:
    """Read on a read-only connection; a row answers row["column"]."""
    readers = opened_stores().readers[store]
    try:
        if isinstance(readers, SqliteReaders):
            return await readers.fetch(sql, *params)
        return cast(Sequence[Row], await readers.fetch(numbered(sql), *map(_storable, params)))
    except Exception as fault:
        raise as_unavailable(fault) or fault from None


class Unit:
    """One unit of work: inside it, Tortoise calls for the store join its transaction by themselves."""

    def __init__(self, store: str, client: BaseDBAsyncClient) -> None:
        self.store = store
        self.client = client
        self.dialect = client.capabilities.dialect
        self.later: list[Callable[[], Coroutine[Any, Any, None]]] = []

    async def rows(self, sql: str, *params: object) -> list[Row]:
        return cast(list[Row], await self.client.execute_query_dict(*self._said(sql, params)))

    async def run(self, sql: str, *params: object) -> int:
        """The number of rows changed."""
        return (await self.client.execute_query(*self._said(sql, params)))[0]

    async def many(self, sql: str, params: Sequence[Sequence[object]]) -> None:
        if params:
            plain = [list(self._said("", one)[1]) for one in params]
            await self.client.execute_many(self._said(sql, ())[0], plain)

    def afterwards(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start `work` once this is committed, outside of it (fault C4: a task started inside writes inside)."""
        self.later.append(work)

    def _said(self, sql: str, params: Sequence[object]) -> tuple[str, list[Any]]:
        if self.dialect == "postgres":
            return numbered(sql), [_storable(p) for p in params]
        return sql, [_plain(p) for p in params]


class _ImmediateTransaction(SqliteTransactionWrapper):
    """BEGIN IMMEDIATE: a deferred one that reads before it writes fails at once beside another writer (fault C6).

    Whatever stands open before it is not ours to commit, and what could not be committed is taken back before the
    lock is given on: a unit that was said to have failed never reaches the disk with a later one.
    """

    async def begin(self) -> None:
        await self._connection.rollback()
        await self._connection.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        try:
            await super().commit()
        except BaseException:
            await self._connection.rollback()
            raise


def _transaction(client: BaseDBAsyncClient) -> TransactionContext:
    # Tortoise has no public way to hand in a transaction of one's own, hence the names with an underscore.
    inner = cast(Any, client)
    if isinstance(client, SqliteClient):
        return SqliteTransactionContext(_ImmediateTransaction(client), inner._lock)
    return inner._in_transaction()


_inside: contextvars.ContextVar[frozenset[str]] = contextvars.ContextVar("units", default=frozenset())


async def write(store: str, work: Callable[[Unit], Awaitable[T]]) -> T:
    """Run `work` in one transaction, all or nothing, and hand back what it returns.

    The unit runs in a task of its own behind a shield: whoever asked may be cancelled while BEGIN or COMMIT is
    awaited, and the database is still left whole and unlocked (faults C1, C2). Raises Unavailable where the disk is
    full or the database does not answer; never hold one open over the network.
    """
    if store in _inside.get():
        raise RuntimeError(f"a unit of work on {store} is open in this task already")
    mine = opened_stores()
    outside = contextvars.copy_context()
    task = _started(mine, _unit(mine, store, work, outside))
    return await asyncio.shield(task)


def _started(mine: Opened, work: Coroutine[Any, Any, T], context: contextvars.Context | None = None) -> asyncio.Task[T]:
    """Held until it ends: closing the stores waits for it."""
    task = asyncio.get_running_loop().create_task(work, context=context)
    mine.running.add(task)
    task.add_done_callback(mine.running.discard)
    return task


async def _unit(mine: Opened, store: str, work: Callable[[Unit], Awaitable[T]], outside: contextvars.Context) -> T:
    _inside.set(_inside.get() | {store})
    client = mine.context.connections.get(store)
    try:
        async with _transaction(client) as transaction:
            unit = Unit(store, cast(BaseDBAsyncClient, transaction))
            result = await work(unit)
    except Exception as fault:
        raise as_unavailable(fault) or fault from fault.__cause__
    for later in unit.later:
        _started(mine, later(), outside.copy())
    return result


async def empty_journal(store: str) -> bool:
    """After erasing: what was overwritten leaves the write-ahead log too. False where a reader held on to it.

    An open reader keeps the old pages alive, so it is tried again for some seconds. PostgreSQL's log is its own matter
    (SECURITY.md).
    """
    client = opened_stores().context.connections.get(store)
    if client.capabilities.dialect != "sqlite":
        return True
    for _ in range(JOURNAL_TRIES):
        told = cast(list[Row], await client.execute_query_dict("PRAGMA wal_checkpoint(TRUNCATE)"))
        if not told[0]["busy"]:
            return True
        await asyncio.sleep(JOURNAL_PAUSE)
    return False


JOURNAL_TRIES, JOURNAL_PAUSE = 50, 0.1
SQLITE_TROUBLE = ("disk is full", "disk i/o error", "locked", "unable to open", "readonly database", "malformed")
POSTGRES_TROUBLE = (
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.ReadOnlySQLTransactionError,
    DBConnectionError,
)
DISK_TROUBLE = {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.ECONNREFUSED, errno.ECONNRESET}


def as_unavailable(fault: BaseException) -> Unavailable | None:
    """Disk full, disk broken, database away: the same 503 with a time to try again; anything else is our own bug."""
    busy = Unavailable(BUSY, retry_after=30)
    if isinstance(fault, POSTGRES_TROUBLE):
        return busy
    if isinstance(fault, OSError):
        return busy if fault.errno in DISK_TROUBLE else None
    if isinstance(fault, (sqlite3.OperationalError, sqlite3.DatabaseError, BaseORMException)):
        return busy if any(words in str(fault).lower() for words in SQLITE_TROUBLE) else None
    return None


BUSY = "This cannot be saved just now. Nothing is lost. Please try again in a minute."


async def create_databases(settings: Settings) -> None:
    """Make the folder, or on PostgreSQL the databases, where they are not there yet. Raises SetupError."""
    if not settings.database_url:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return
    for store in STORES:
        credentials = postgres_credentials(settings, store)
        try:
            await _create_database(credentials)
        except (OSError, asyncpg.PostgresError) as fault:
            said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
            raise SetupError(f"PostgreSQL does not let us in: {said}") from fault


async def _create_database(credentials: dict[str, Any]) -> None:
    name = credentials["database"].replace('"', "")
    elsewhere: dict[str, Any] = {**credentials, "database": "postgres"}
    maintenance = await asyncpg.connect(**elsewhere)
    try:
        if not await maintenance.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            with contextlib.suppress(asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
                await maintenance.execute(f'CREATE DATABASE "{name}"')
    finally:
        await maintenance.close()
