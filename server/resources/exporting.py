"""`export_directory`: all that may leave, as HSDS 3.1 in JSON or CSV, in a folder that is either whole or not there."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from server.errors import SetupError
from server.resources import publishing
from server.resources.hsds_documents import (
    Document,
    Told,
    organization_document,
    service_at_location_documents,
    service_document,
)
from server.resources.hsds_tables import TABLES, datapackage, rows_of

LISTS = ("organizations", "services", "locations", "service_at_locations", "taxonomies", "taxonomy_terms")
PACKAGE = "datapackage.json"
OURS = frozenset({*(f"{name}.json" for name in LISTS), *(f"{name}.csv" for name in TABLES), PACKAGE})

Progress = Callable[[int, int], None]
"""Called with (services done, services in all)."""


async def export_directory(folder: Path, form: str, *, progress: Progress | None = None) -> dict[str, int]:
    """Writes what publishing lets out; returns the rows by file. `form` is "json" or "csv". Raises SetupError.

    It is written beside the folder and takes its place at the end: a run that broke off leaves what was there before.
    """
    target = await asyncio.to_thread(_target, folder)
    beside = await asyncio.to_thread(_beside, target)
    try:
        with _opened(beside, form, LISTS if form == "json" else tuple(TABLES)) as files:
            written = await _write(_Json(files) if form == "json" else _Csv(files), progress)
        if form == "csv":
            await asyncio.to_thread(_describe, beside)
        await asyncio.to_thread(_take_place, beside, target)
    except OSError as fault:
        raise SetupError(f"{folder} cannot be written: {fault.strerror or fault}.") from fault
    finally:
        await asyncio.to_thread(shutil.rmtree, beside, ignore_errors=True)
    return written


def _target(folder: Path) -> Path:
    """Raises SetupError where something else lies there: an export takes the place of nothing but an export."""
    target = folder.absolute()
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise SetupError(f"{folder} is no folder. Choose a new or an empty one.")
    if target.is_dir():
        others = sorted(entry.name for entry in target.iterdir() if entry.name not in OURS or entry.is_dir())
        if others:
            raise SetupError(f"{folder} holds other things ({others[0]}). Choose a new or an empty folder.")
    return target


def _beside(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as fault:
        raise SetupError(f"{target} cannot be written: {fault.strerror or fault}.") from fault


def _take_place(made: Path, target: Path) -> None:
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        os.rename(target, old)  # onto an empty folder: the two change places in one step each
        os.rename(made, target)
        shutil.rmtree(old)
    else:
        os.rename(made, target)


@contextlib.contextmanager
def _opened(folder: Path, form: str, names: Sequence[str]) -> Iterator[dict[str, IO[str]]]:
    with contextlib.ExitStack() as files:
        yield {
            name: files.enter_context(open(folder / f"{name}.{form}", "w", encoding="utf-8", newline=""))
            for name in names
        }


def _describe(folder: Path) -> None:
    (folder / PACKAGE).write_text(json.dumps(datapackage(), indent=1) + "\n", encoding="utf-8")


async def _write(out: _Json | _Csv, progress: Progress | None) -> dict[str, int]:
    total, done = await publishing.how_many(), 0
    async for told in publishing.everything():
        out.service(told)
        done += 1
        if progress:
            progress(done, total)
    terms = await publishing.terms(checked_only=False)
    for name, documents in (("taxonomies", publishing.taxonomies(terms)), ("taxonomy_terms", terms)):
        for document in documents:
            out.add(name, document)
    out.end()
    return out.counts


class _Json:
    """A list of full documents a file; an organization or a place of several services stands once."""

    def __init__(self, into: Mapping[str, IO[str]]) -> None:
        self.into = into
        self.counts = {name: 0 for name in LISTS}
        self.seen: set[str] = set()

    def service(self, told: Told) -> None:
        self.add("services", service_document(told))
        if told.organization:
            self.add("organizations", organization_document(told.organization))
        for link in service_at_location_documents(told):
            self.add("locations", link["location"])
            self.add("service_at_locations", link)

    def add(self, name: str, document: Document) -> None:
        if document["id"] in self.seen:
            return
        self.seen.add(document["id"])
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        self.into[name].write(f"{',' if self.counts[name] else '['}\n{text}")
        self.counts[name] += 1

    def end(self) -> None:
        for name, file in self.into.items():
            file.write("\n]\n" if self.counts[name] else "[]\n")


class _Csv:
    """A row a thing, however often it is nested."""

    def __init__(self, into: Mapping[str, IO[str]]) -> None:
        self.into = {name: csv.DictWriter(file, TABLES[name]) for name, file in into.items()}
        self.counts = {name: 0 for name in TABLES}
        self.seen: set[str] = set()
        for writer in self.into.values():
            writer.writeheader()

    def service(self, told: Told) -> None:
        self.add("services", service_document(told))

    def add(self, name: str, document: Document) -> None:
        for table, row in rows_of(name, document):
            if row["id"] not in self.seen:
                self.seen.add(row["id"])
                self.into[table].writerow(row)
                self.counts[table] += 1

    def end(self) -> None:
        """A table ends where it ends."""
