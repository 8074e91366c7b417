"""`alder doctor`: what is wrong with an installation, in plain words, with what to do."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from moderation import actions as moderation
from server import sealing, stores
from server.cli.commands import is_installed, settings_of
from server.errors import AlderError
from server.migrating import pending
from server.pages import door_codes
from server.resources import review as resources
from server.settings import Settings
from server.web.words import catalogue_missing

LEAST_FREE = 500 * 1024 * 1024  # bytes: a full disk stops every write


def doctor(asked: argparse.Namespace) -> int:
    """Prints a line a finding; "note" is worth knowing, "mend" is wrong."""
    settings = settings_of(asked)
    findings = asyncio.run(_findings(settings))
    for weight, said in findings:
        print(f"{weight}: {said}")
    wrong = any(weight == "mend" for weight, _ in findings)
    if not wrong:
        print("Nothing to mend.")
    return int(wrong)


async def _findings(settings: Settings) -> list[tuple[str, str]]:
    if not is_installed(settings):
        return [("mend", f"There is no installation in {settings.data}. `alder import` or `alder serve` makes one.")]
    found = list(_of_folders(settings))
    found += [("mend", f"The {name} words are not compiled. Run `make setup`.") for name in catalogue_missing()]
    try:
        sealing.load(settings)
        found += [finding async for finding in _of_stores(settings)]
    except AlderError as fault:
        found.append(("mend", fault.message))
    return found


def _of_folders(settings: Settings) -> Iterator[tuple[str, str]]:
    for folder in (settings.data, settings.keys):
        if not folder.exists():
            continue
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            yield "mend", f"Others on this machine can open {folder}. Run `chmod 700 {folder}`."
        for file in folder.iterdir():
            if stat.S_IMODE(file.stat().st_mode) & 0o077:
                yield "mend", f"Others on this machine can open {file}. Run `chmod 600 {file}`."
    existing = next(p for p in (settings.data, *settings.data.parents) if p.exists())
    if shutil.disk_usage(existing).free < LEAST_FREE:
        yield "mend", f"Less than 500 MB is free where {settings.data} lies. Nothing can be saved on a full disk."
    if settings.keys.exists():
        yield "note", f"{len(door_codes.codes(settings))} door codes are in use. `alder door` lists them."


async def _of_stores(settings: Settings) -> AsyncIterator[tuple[str, str]]:
    waiting = await pending(settings)
    if waiting:
        yield "mend", f"The stores wait for {', '.join(waiting)}. `alder serve` brings them up to date."
        return
    for store in stores.STORES:
        if not settings.database_url and not _is_whole(Path(stores.sqlite_path(settings, store))):
            yield "mend", f"The {store} store is damaged. Restore the last backup."
            return
    async with stores.opened(settings):
        if not await moderation.check_log():
            yield "mend", "The log of staff acts was changed from outside. Find out who had access."
        for table, count in (await sealing.that_do_not_open()).items():
            yield "mend", f"No key opens {count} sealed values in {table}. Put back the keys of that time."
        for role in await moderation.empty_roles():
            yield "note", f"Nobody holds the role {role}. `alder staff add NAME --role {role}` adds somebody."
        for said in await resources.state_of_directory(settings):
            yield "note", said


def _is_whole(file: Path) -> bool:
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        except sqlite3.DatabaseError:
            return False
