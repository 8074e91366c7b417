"""The commands that do one thing and end."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from moderation import actions as moderation
from moderation.urls import ADDRESSES as STAFF_ADDRESSES
from server import sealing, stores
from server.migrating import migrate, shadow_tables
from server.pages import door_codes
from server.resources import actions as resources
from server.resources.importing import import_package
from server.settings import Settings
from server.urls import ADDRESSES


def settings_of(asked: argparse.Namespace, **chosen: Any) -> Settings:
    return Settings.from_environment(os.environ, Path(asked.data) if asked.data else None, **chosen)


@contextlib.asynccontextmanager
async def ready(settings: Settings) -> AsyncIterator[None]:
    """Keys loaded, stores migrated and open: what every command that touches data begins with."""
    sealing.load(settings)
    await migrate(settings)
    async with stores.opened(settings):
        yield


def say(lines: Any, as_json: bool, text: str) -> None:
    print(json.dumps(lines, ensure_ascii=False, indent=2) if as_json else text)


def routes(asked: argparse.Namespace) -> None:
    listed = [
        {"name": a.name, "app": app, "path": a.path, "methods": a.methods, "who": list(a.who)}
        for app, addresses in (("members", ADDRESSES), ("staff", STAFF_ADDRESSES))
        for a in addresses
    ]
    text = "\n".join(f"{r['app']:8} {r['path']:24} {','.join(r['methods']):9} {','.join(r['who'])}" for r in listed)
    say(listed, asked.json, text)


def schema(asked: argparse.Namespace) -> None:
    found = real_schema()
    lines = [f"{store}.{table}: {', '.join(columns)}" for store, t in found.items() for table, columns in t.items()]
    say(found, asked.json, "\n".join(lines))


def real_schema() -> dict[str, dict[str, list[str]]]:
    """Read back from databases made just now by our own migrations, not from what the models say."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({"ALDER_KEYS": f"{folder}/keys"}, Path(folder) / "data")
        asyncio.run(migrate(settings))
        return {store: _columns(stores.sqlite_path(settings, store)) for store in stores.STORES}


def _columns(path: str) -> dict[str, list[str]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        own = [name for name in names if not name.startswith("sqlite_") and name not in shadow_tables(connection)]
        return {name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')] for name in own}


def import_(asked: argparse.Namespace) -> None:
    settings = settings_of(asked)
    report = asyncio.run(_import(settings, Path(asked.path), progress_bar()))
    say(report.as_json(), asked.json, report.as_text())


async def _import(settings: Settings, path: Path, progress: Any) -> Any:
    async with ready(settings):
        return await import_package(path, settings=settings, today=datetime.now(UTC).date(), progress=progress)


def progress_bar() -> Any:
    """A bar on a terminal, nothing in a pipe. Called with (done, of)."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        share = done / max(of, 1)
        sys.stderr.write(f"\r[{'#' * int(share * 40):40}] {share:4.0%}" + ("\n" if done >= of else ""))

    return show


def search(asked: argparse.Namespace) -> None:
    results = asyncio.run(_search(settings_of(asked), asked))
    say(results.as_json(), asked.json, results.as_text())


async def _search(settings: Settings, asked: argparse.Namespace) -> Any:
    query = resources.query(" ".join(asked.words), needs=asked.need, language=asked.language, open_now=asked.open)
    async with ready(settings):
        return await resources.search(query, now=datetime.now(UTC), settings=settings)


def staff(asked: argparse.Namespace) -> None:
    code = asyncio.run(_add_staff(settings_of(asked), asked.name, asked.role))
    print(f"{asked.name} may set up once, within 48 hours, at /setup on the staff address, with this code:\n{code}")


async def _add_staff(settings: Settings, name: str, roles: list[str]) -> str:
    async with ready(settings):
        return await moderation.add_staff(name, roles, datetime.now(UTC))


def door(asked: argparse.Namespace) -> None:
    settings = settings_of(asked)
    if asked.act == "add":
        print(door_codes.add(settings, asked.what or "unnamed"))
    elif asked.act == "drop":
        door_codes.drop(settings, asked.what)
    else:
        print("\n".join(f"{code}  {name}" for code, name in door_codes.codes(settings).items()))


def keys(asked: argparse.Namespace) -> None:
    number = asyncio.run(_rotate(settings_of(asked)))
    print(f"Key {number} seals from now on. Keep a copy of the keys folder in another place.")


async def _rotate(settings: Settings) -> int:
    async with ready(settings):
        return await sealing.rotate(settings)
