"""The commands that do one thing and end."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from moderation import actions as moderation
from moderation.urls import ADDRESSES as STAFF_ADDRESSES
from server import sealing, stores
from server.errors import SetupError
from server.migrating import migrate, shadow_tables
from server.pages import door_codes
from server.resources import actions as resources
from server.resources.countries import language_names
from server.resources.drafts import Report
from server.resources.dry_run import Preview, preview_package
from server.resources.exporting import export_directory
from server.resources.facet_words import FACETS
from server.resources.importing import Given, import_package
from server.resources.indexing import make_current
from server.resources.needs import BY_ID
from server.resources.reconciling import HIDDEN_NOW
from server.resources.showing import Results
from server.settings import Settings
from server.urls import ADDRESSES


def settings_of(asked: argparse.Namespace, **chosen: Any) -> Settings:
    return Settings.from_environment(os.environ, Path(asked.data) if asked.data else None, **chosen)


@contextlib.asynccontextmanager
async def ready(settings: Settings, *, may_begin: bool = False) -> AsyncIterator[None]:
    """Keys loaded, stores migrated and open: what every command that touches data begins with.

    Only where an installation `may_begin` is one made: a mistyped folder would answer "0 found" for ever.
    """
    if not may_begin and not is_installed(settings):
        raise SetupError(f"There is no installation in {settings.data}. `alder import` or `alder serve` makes one.")
    sealing.load(settings)
    await migrate(settings)
    async with stores.opened(settings):
        await make_current()
        yield


def is_installed(settings: Settings) -> bool:
    return bool(settings.database_url) or Path(stores.sqlite_path(settings, "directory")).exists()


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
    if asked.dry_run:
        seen = asyncio.run(_preview(settings, asked))
        told, last, text = seen.as_json(), seen.report.last, _preview_text
    else:
        report = asyncio.run(_import(settings, asked))
        told, last, text = report.as_json(), report.last, report_text
    say(told, asked.json, f"{text(told)}\n{last}".rstrip())


MOST_TOLD = 20


def _preview_text(told: dict[str, Any]) -> str:
    """The report, and above it how many would change and the first of each kind by name."""
    kinds: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for change in told["changes"]:
        kinds.setdefault((change["what"], change["table"]), []).append(change)
    report = {name: said for name, said in told.items() if name not in ("changes", "dry_run")}
    lines = ["Nothing was written. An import would bring:"]
    for (what, table), changes in kinds.items():
        lines.append(f"{len(changes):6}  {what}: {table}")
        if table == "service":
            most = len(changes) if what == "retired" else MOST_TOLD  # what goes is looked for by its name
            lines += [f"          {one['name']}{_changed(one)}" for one in changes[:most]]
            lines += [f"          and {len(changes) - most} more"] if len(changes) > most else []
    return "\n".join([*(lines if kinds else ["Nothing would change."]), "", report_text(report)])


def _changed(change: dict[str, Any]) -> str:
    return f": {', '.join(change['columns'])}" if change["columns"] else ""


def report_text(told: dict[str, Any]) -> str:
    """A line a table; the notes are many, so each kind of reason stands once, with how often and where first; the
    most frequent MOST_TOLD of each file.

    What an import did against the word of staff comes before all else.
    """
    kinds: dict[str, list[dict[str, Any]]] = {}
    for note in told["notes"]:
        said = note["reason"]
        kinds.setdefault(said if HIDDEN_NOW in said else kind_of(said), []).append(note)
    tables = [
        f"{name:16} " + "  ".join(f"{k} {v}" for k, v in t.items()) for name, t in told.items() if name != "notes"
    ]
    often = sorted(kinds.items(), key=lambda kind: (HIDDEN_NOW not in kind[0], -len(kind[1])))
    told_of: Counter[str] = Counter()
    reasons: list[str] = []
    for said, all_ in often:
        file = all_[0]["file"].partition("#")[0]
        told_of[file] += HIDDEN_NOW not in said
        if told_of[file] <= MOST_TOLD:
            reasons.append(f"{len(all_):6}  {said}{_where(all_[0])}")
    if len(reasons) < len(often):
        reasons.append(f"        and {len(often) - len(reasons)} more kinds")
    return "\n".join([*tables, "", *reasons])


_VARYING = re.compile(
    r"\b(line|organization|service) (?=[\w-]*\d)[\w-]+|\b\d+(?= (?:cells|columns)\b)|(?<=taken: )\d+$"
)


def kind_of(reason: str) -> str:
    """A reason without what differs from row to row: lines, ids and counts. "UTF-16" stays what it is."""
    return _VARYING.sub(lambda found: f"{found[1]} #" if found[1] else "#", reason)


def _where(note: dict[str, Any]) -> str:
    """What is said of the directory itself stands in no file."""
    return f"  (first: {note['file']} line {note['line']})" if note["file"] else ""


async def _import(settings: Settings, asked: argparse.Namespace) -> Report:
    today = datetime.now(UTC).date()
    async with ready(settings, may_begin=True):
        return await import_package(
            _given(asked), settings=settings, today=today, progress=progress_bar(), source=asked.source
        )


async def _preview(settings: Settings, asked: argparse.Namespace) -> Preview:
    """Where there is no installation yet, over an empty one that is gone afterwards."""
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as empty:
        begun = is_installed(settings)
        over = settings if begun else replace(settings, data=Path(empty) / "data", keys=Path(empty) / "keys")
        async with ready(over, may_begin=not begun):
            return await preview_package(_given(asked), settings=settings, today=today, source=asked.source)


def _given(asked: argparse.Namespace) -> Given:
    return Given(Path(asked.path), Path(asked.mapping) if asked.mapping else None)


def progress_bar() -> Any:
    """A bar on a terminal, nothing in a pipe. Called with (done, of)."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        share = done / max(of, 1)
        sys.stderr.write(f"\r[{'#' * int(share * 40):40}] {share:4.0%}" + ("\n" if done >= of else ""))

    return show


def export(asked: argparse.Namespace) -> None:
    """Confidential services never leave; who helps people without papers is not told either."""
    counts = asyncio.run(_export(settings_of(asked), asked))
    print("\n".join([f"{count:8} {name}" for name, count in counts.items()] + [f"written to {asked.folder}"]))


async def _export(settings: Settings, asked: argparse.Namespace) -> dict[str, int]:
    async with ready(settings):
        return await export_directory(Path(asked.folder), asked.format, progress=progress_bar())


def search(asked: argparse.Namespace) -> None:
    """An operator also sees what people do not see yet, and is told so: `shown` says which is which."""
    settings = settings_of(asked)
    if asked.page < 1:
        raise SetupError("--page is a number from 1.")
    _check_listed("--need", asked.need, BY_ID)
    _check_listed("--facet", asked.facet, FACETS)
    _check_listed("--language", filter(None, [asked.language]), language_names("en"))
    found = asyncio.run(_search(replace(settings, show_unverified=True), asked))
    told = found.as_json()
    for result in told["results"]:
        result["shown"] = settings.show_unverified or result["verified_on"] is not None
    hidden = sum(not result["shown"] for result in told["results"])
    note = f"\n{hidden} of these are not shown to people until somebody has checked them." if hidden else ""
    if asked.page > max(found.pages, 1):
        note += f"\nThere is no page {asked.page}. The last one is page {max(found.pages, 1)}."
    say(told, asked.json, found.as_text() + note)


def _check_listed(option: str, given: Iterable[str], listed: Collection[str]) -> None:
    unknown = next((one for one in given if one not in listed), None)
    if unknown is not None:
        raise SetupError(f"{option} {unknown} is not in the list. There are: {', '.join(sorted(listed))}.")


async def _search(settings: Settings, asked: argparse.Namespace) -> Results:
    words, more = " ".join(asked.words), {"facets": asked.facet, "near": asked.near, "as_typed": asked.as_typed}
    query = resources.query(words, needs=asked.need, language=asked.language, open_now=asked.open, **more)
    query = replace(query, page=asked.page)
    async with ready(settings):
        return await resources.search(query, now=datetime.now(UTC), settings=settings, country=settings.country)


def staff(asked: argparse.Namespace) -> None:
    if asked.act == "add" and not asked.role:
        raise SetupError("Say which role: --role directory_editor, for example.")
    code = asyncio.run(_staff(settings_of(asked), asked))
    if code is None:
        print(f"{asked.name} can no longer sign in. Open sessions are ended.")
    else:
        print(f"{asked.name} may set up once, within 48 hours, at /setup on the staff address, with this code:\n{code}")


async def _staff(settings: Settings, asked: argparse.Namespace) -> str | None:
    now = datetime.now(UTC)
    async with ready(settings):
        if asked.act == "add":
            return await moderation.add_staff(asked.name, asked.role, now)
        if asked.act == "reset":
            return await moderation.reset_staff(asked.name, now)
        await moderation.end_staff(asked.name, now)
        return None


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
