"""What the directory holds, said the same way on both engines, and packages changed by a line."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from server import stores
from server.resources.drafts import Report
from server.resources.importing import import_package
from server.settings import Settings

COUNTY = Path(__file__).parent / "fixtures" / "county_directory"
TODAY = date(2026, 11, 22)
TABLES = (
    "package",
    "organization",
    "service",
    "location",
    "service_at_location",
    "phone",
    "schedule",
    "service_language",
    "term",
    "service_term",
    "change",
    "service_search",
)


async def imported(path: Path, settings: Settings, today: date = TODAY) -> Report:
    return await import_package(path, settings=settings, today=today)


async def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in order; the text index too."""
    return {table: await rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}


async def rows(sql: str, *params: object) -> list[dict[str, Any]]:
    return [dict(row) for row in await stores.rows("directory", sql, *params)]


async def one(sql: str, *params: object) -> dict[str, Any]:
    found = await rows(sql, *params)
    assert len(found) == 1, f"{len(found)} rows: {sql} {params}"
    return found[0]


async def service(source_id: str) -> dict[str, Any]:
    return await one("SELECT * FROM service WHERE source_id = ?", source_id)


async def place_of(source_id: str) -> dict[str, Any]:
    return await one("SELECT * FROM location WHERE source_id = ?", source_id)


async def found(word: str) -> set[str]:
    """Package ids of the services that the text index finds."""
    if stores.dialect() == "sqlite":
        where = "s.key IN (SELECT rowid FROM service_search WHERE service_search MATCH ?)"
    else:
        where = "s.key IN (SELECT key FROM service_search WHERE document @@ plainto_tsquery('simple', unaccent(?)))"
    return {row["source_id"] for row in await rows(f"SELECT s.source_id FROM service s WHERE {where}", word)}


async def change_number() -> int:
    return (await one("SELECT number FROM change"))["number"]


async def set_service(source_id: str, **values: object) -> None:
    """As staff would, in one unit of work."""

    async def work(unit: stores.Unit) -> None:
        for column, value in values.items():
            await unit.run(f"UPDATE service SET {column} = ? WHERE source_id = ?", value, source_id)

    await stores.write("directory", work)


def copied(folder: Path, name: str = "county_directory") -> Path:
    """The package of the county, to be changed; a folder of the same name is the same publisher.

    Its services are written anew, so that a later change of one row is the only difference between two copies.
    """
    folder.mkdir(parents=True, exist_ok=True)
    package = Path(shutil.copytree(COUNTY, folder / name))
    change_rows(package, "services", lambda row: row)
    return package


Cells = dict[str, str]


def change_rows(package: Path, table: str, change: Callable[[Cells], Cells | None]) -> None:
    """Rewrites one table; a row for which `change` answers None is left out. Broken lines are dropped on the way."""
    file = package / f"{table}.csv"
    reader = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig", errors="replace"), newline=""))
    header = list(reader.fieldnames or [])
    kept = [changed for row in reader if None not in row and (changed := change(row)) is not None]
    out = io.StringIO()
    writer = csv.DictWriter(out, header)
    writer.writeheader()
    writer.writerows(kept)
    file.write_text(out.getvalue(), encoding="utf-8")


def where(column: str, value: str, **changes: str) -> Callable[[Cells], Cells]:
    """A change of the rows that have this value."""
    return lambda row: {**row, **changes} if row[column] == value else row


def without(column: str, value: str) -> Callable[[Cells], Cells | None]:
    return lambda row: None if row[column] == value else row


def zipped(folder: Path, target: Path, top: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{top}{file.name}")
    return target


def tables(files: Mapping[str, str]) -> bytes:
    """A zip of these texts by file name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()
