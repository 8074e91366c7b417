"""An HSDS package, bytes in, tables of rows out, each row with its file and line; no package can hurt the reader."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from server.errors import SetupError
from server.resources.hsds_columns import TAKEN_COLUMNS
from server.resources.hsds_versions import canonical_of, rename, table_named
from server.resources.json_reading import Found, Object, Rows, Spot, documents
from server.resources.mapping import Mapped, check_columns, column_of, document_of, unnamed

MAX_FILES = 500
MAX_BYTES = 256 * 1024 * 1024
MAX_RATIO = 200  # text rarely shrinks to less than a hundredth; a bomb to a thousandth
SMALL = 8 * 1024 * 1024  # below this no ratio is dangerous
MAX_REPAIRS = 200  # after so many broken records a file is read line by line
ENDINGS = (".csv", ".json", ".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package; `name` is its path inside it, with forward slashes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """`values` holds every column of the file in lower case, as it stood; `trouble` says what had to be repaired."""

    file: str
    line: int
    values: Mapping[str, str]
    trouble: str = ""
    readable: bool = True

    def get(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True)
class FileNote:
    file: str
    reason: str
    line: int = 0


@dataclass
class PackageRead:
    """`name` is what the publisher calls it, empty where the name is the template's own."""

    name: str = ""
    digest: str = ""
    tables: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    notes: list[FileNote] = field(default_factory=list[FileNote])


def unzip(data: bytes) -> list[Member]:
    """The files of a zip, read in memory and never written anywhere. Raises SetupError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MAX_FILES:
                raise SetupError(f"This zip holds {len(entries)} files. A package has fewer than {MAX_FILES}.")
            return list(_unzip_entries(archive, entries))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise SetupError("This zip cannot be read. It may be broken or locked with a password.") from fault
    except Exception as fault:  # zlib.error and friends: zipfile lets whatever its decoders raise through
        if isinstance(fault, SetupError):
            raise
        raise SetupError("This zip cannot be read. It may be broken.") from fault


def _unzip_entries(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> Iterator[Member]:
    left = MAX_BYTES
    for entry in entries:
        if not _wanted(entry.filename):
            continue
        # What the directory of the zip says about sizes is the sender's word: count what really comes out.
        allowed = min(left, max(SMALL, entry.compress_size * MAX_RATIO))
        with archive.open(entry) as stream:
            data = stream.read(allowed + 1)
        if len(data) > allowed:
            raise SetupError("This zip unpacks to far more than a package holds. It was not read.")
        left -= len(data)
        yield Member(entry.filename.replace("\\", "/"), data)


def _wanted(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and parts[-1].lower().endswith(ENDINGS)


def read_package(members: Iterable[Member]) -> PackageRead:
    """Every table of the package, under the names of HSDS 1.1. Raises SetupError where there are no services."""
    files = sorted((m for m in members if _wanted(m.name)), key=lambda m: (m.name.count("/"), m.name))
    package = PackageRead(digest=_digest(files))
    described = _described(files, package)
    chosen = _choose([m for m in files if not _is_json(m.name)], described, package)
    read = {table: _read_table(member, package) for table, member in chosen.items()}
    for table, found in _documents([m for m in files if _is_json(m.name)], package).items():
        read.setdefault(table, []).extend(found)
    if "service" not in chosen and not read.get("service"):
        raise SetupError(_no_services(package))
    package.tables = _canonical(read)
    return package


def _no_services(package: PackageRead) -> str:
    broken = next((note.file for note in package.notes if note.reason == UNREADABLE), "")
    if broken:
        return f"{broken} cannot be read as JSON."
    return "This is not an HSDS package: it has no table of services (services.csv or services.json)."


def read_mapped(member: Member, mapped: Mapped) -> PackageRead:
    """A plain CSV, a line a service, by a mapping. Raises SetupError where it names what is not there."""
    package = PackageRead(mapped.source, _digest([member]))
    lines = _read_table(member, package)
    there = sorted({column for row in lines for column in row.values})
    check_columns(mapped, there, member.name)
    left = unnamed(mapped, there)
    if left:
        said = f"columns without a place in the mapping: {', '.join(left)}"
        package.notes.append(FileNote(member.name, said))
    rows = Rows(table_named, TAKEN_COLUMNS)
    for row in lines:
        spot = Spot(row.file, row.line)
        if row.readable:
            rows.add_document("service", document_of(mapped, row.values), spot, row.trouble)
        else:
            rows.add_broken("service", spot, row.trouble)
    package.tables = _canonical({table: [_row_of(one) for one in found] for table, found in rows.tables.items()})
    if not package.tables.get("service"):
        raise SetupError(f"{member.name} holds no line.")
    return package


UNREADABLE = "cannot be read as JSON; not read"


def _is_json(name: str) -> bool:
    return not name.lower().endswith(".csv")


def _canonical(read: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Tables and columns of every version under one name each."""
    tables: dict[str, list[Row]] = {}
    for table, found in read.items():
        name = canonical_of(table, read)
        for row in found:
            rename(name, cast("dict[str, str]", row.values))
        tables.setdefault(name, []).extend(found)
    return tables


def _documents(files: Sequence[Member], package: PackageRead) -> dict[str, list[Row]]:
    rows = Rows(table_named, TAKEN_COLUMNS)
    for member in files:
        base = member.name.rsplit("/", 1)[-1].lower()
        if base == "datapackage.json":
            continue
        text, said = decode(member.data)
        if said:
            package.notes.append(FileNote(member.name, said))
        _add_documents(rows, member.name, text.replace("\0", ""), package)
    for table, times in rows.differing.items():
        said = f"other mentions of a row of {table} differ from the first, which was taken: {times}"
        package.notes.append(FileNote("", said))
    return {table: [_row_of(one) for one in found] for table, found in rows.tables.items()}


def _add_documents(rows: Rows, file: str, text: str, package: PackageRead) -> None:
    folder, _, base = file.rpartition("/")
    stem = re.sub(r"\.\w+$", "", base)
    named = table_named(stem) or table_named(folder.rpartition("/")[2])
    found = documents(text)
    if not any(one.value for one in found):
        package.notes.append(FileNote(file, UNREADABLE if found else "empty"))
        return
    single = len(found) == 1
    for number, one in enumerate(found):
        table = named or (_kind_of(one.value) if one.value else "service")
        spot = Spot(file, one.line, "" if single else f"/{number}")
        if one.value is None:
            rows.add_broken(table, spot, one.trouble)
        else:
            rows.add_document(table, one.value, spot)


_KINDS = (
    ("service_at_location", ("location", "service_id")),
    ("service_at_location", ("service", "location_id")),
    ("service_at_location", ("location_id", "service_id")),
    ("service_at_location", ("location", "service")),
    ("location", ("location_type",)),
    ("location", ("addresses",)),
    ("location", ("latitude",)),
    ("service", ("organization",)),
    ("service", ("organization_id",)),
    ("service", ("service_at_locations",)),
    ("organization", ("services",)),
    ("organization", ("legal_status",)),
    ("organization", ("organization_identifiers",)),
    ("taxonomy_term", ("taxonomy",)),
    ("taxonomy_term", ("parent_id",)),
)


def _kind_of(document: Object) -> str:
    """What a document is, where its file does not say so."""
    return next((table for table, keys in _KINDS if all(key in document for key in keys)), "service")


def _row_of(found: Found) -> Row:
    return Row(found.spot.named, found.spot.line, found.values, found.trouble, found.readable)


def _digest(files: Sequence[Member]) -> str:
    total = hashlib.sha256()
    for member in files:
        total.update(f"{member.name}:{len(member.data)}\n".encode("utf-8", "replace"))
        total.update(member.data)
    return total.hexdigest()


def _described(files: Sequence[Member], package: PackageRead) -> dict[str, str]:
    """File name -> table, from datapackage.json; a broken or lying one is noted and done without."""
    member = next((m for m in files if m.name.rsplit("/", 1)[-1].lower() == "datapackage.json"), None)
    if member is None:
        return {}
    try:
        loaded: Any = json.loads(decode(member.data)[0])
        described = cast("dict[str, Any]", loaded) if isinstance(loaded, dict) else {}
        package.name = _name_of(described)
        return dict(_resources(described))
    except (ValueError, RecursionError):
        package.notes.append(FileNote(member.name, "cannot be read; tables are found by the names of their files"))
        return {}


def _name_of(described: Mapping[str, Any]) -> str:
    """The template's own name and title say nothing about the publisher."""
    for key in ("name", "title"):
        value = described.get(key)
        if isinstance(value, str) and value.strip() and "human_services_data" not in value and "Template" not in value:
            return " ".join(value.split())[:200]
    return ""


def _resources(described: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    listed: Any = described.get("resources")
    for one in cast("list[Any]", listed) if isinstance(listed, list) else []:
        if not isinstance(one, dict):
            continue
        resource = cast("dict[str, Any]", one)
        path, table = resource.get("path"), table_named(str(resource.get("name", "")))
        if isinstance(path, str) and table:
            yield path.replace("\\", "/").rsplit("/", 1)[-1].lower(), table


def _choose(files: Sequence[Member], described: Mapping[str, str], package: PackageRead) -> dict[str, Member]:
    """One file a table, all from the folder where the services are; the rest is noted."""

    def table_of(member: Member) -> str:
        base = member.name.rsplit("/", 1)[-1].lower()
        return (table_named(base) or described.get(base, "")) if base.endswith(".csv") else ""

    home = next((_folder(m.name) for m in files if table_of(m) == "service"), "")
    chosen: dict[str, Member] = {}
    for member in files:
        table = table_of(member)
        if table and table not in chosen and _folder(member.name) == home:
            chosen[table] = member
        elif not member.name.lower().endswith("datapackage.json"):
            package.notes.append(FileNote(member.name, "not a table of this package; not read"))
    return chosen


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def decode(data: bytes) -> tuple[str, str]:
    """Text and what had to be done to get it; never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").lstrip("\ufeff"), "read as UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        # Line by line: real files mix, and the lines that are UTF-8 shall not suffer for the one that is not.
        text = "".join(map(_decode_line, data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)))
        return text, "not UTF-8 throughout; the other lines were read as Windows-1252"


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_WINDOWS[byte] for byte in line)


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WINDOWS = [_windows(byte) for byte in range(256)]


def _read_table(member: Member, package: PackageRead) -> list[Row]:
    text, said = decode(member.data)
    if said:
        package.notes.append(FileNote(member.name, said))
    # newline="" keeps what stands inside quotes and still ends lines at CR, LF and CRLF alike.
    lines = list(io.StringIO(text.replace("\0", ""), newline=""))
    delimiter = _delimiter(lines)
    records = _records(lines, delimiter)
    header = next((r for r in records if r.cells and any(cell.strip() for cell in r.cells)), None)
    if header is None or header.cells is None:
        package.notes.append(FileNote(member.name, "empty"))
        return []
    columns = [column_of(cell) for cell in header.cells]
    found = [record for record in records if record.cells != []]
    # Many programs end every line with the same spare commas; a line with more than the others has come apart.
    usual = Counter(len(record.cells or ()) for record in found).most_common(1)
    width = max(len(columns), usual[0][0] if usual else 0)
    return [_row(member.name, columns, record, width) for record in found]


def _delimiter(lines: Sequence[str]) -> str:
    head = next((line for line in lines if line.strip()), "")
    return max(",;\t|", key=lambda mark: (head.count(mark), mark == ","))


@dataclass(slots=True)
class _Record:
    """`cells` is None where the record cannot be read; [] is a blank line."""

    line: int
    cells: list[str] | None
    repaired: bool = False


def _records(lines: Sequence[str], delimiter: str) -> Iterator[_Record]:
    """Strictly as long as it goes; a broken record costs itself and not the rest of the file."""
    at, width, repairs = 0, 0, 0
    while at < len(lines):
        used = 0
        reader = csv.reader((lines[i] for i in range(at, len(lines))), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                width = width or len(cells)
                yield _Record(at + used + 1, cells)
                used = reader.line_num
            return
        except csv.Error:
            at += used
        repairs += 1
        cells, taken = _repaired(lines, at, delimiter, width, many_lines=repairs < MAX_REPAIRS)
        yield _Record(at + 1, cells, repaired=True)
        at += taken


def _repaired(
    lines: Sequence[str], at: int, delimiter: str, width: int, *, many_lines: bool
) -> tuple[list[str] | None, int]:
    """One record read leniently, and how many lines it took; None where it has not as many cells as the header, or
    would swallow lines that are records of their own."""
    end = len(lines) if many_lines and width else at + 1
    reader = csv.reader((lines[i] for i in range(at, end)), delimiter=delimiter)
    try:
        cells = [cell.rstrip("\r\n") for cell in next(reader, list[str]())]
    except csv.Error:
        return None, 1
    swallowed = lines[at + 1 : at + reader.line_num]
    fits = not width or len(cells) == width
    if fits and not any(_is_record(line, delimiter, width) for line in swallowed):
        return cells, reader.line_num
    return None, 1


def _is_record(line: str, delimiter: str, width: int) -> bool:
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True), list[str]())) == width
    except csv.Error:
        return False


def _row(file: str, columns: Sequence[str], record: _Record, width: int) -> Row:
    cells = record.cells
    if cells is None:
        return Row(file, record.line, {}, "the line cannot be read as CSV", readable=False)
    if len(cells) > width or "".join(cells[len(columns) :]).strip():
        said = f"{len(cells)} cells where there are {len(columns)} columns: they would stand in the wrong places"
        return Row(file, record.line, {}, said, readable=False)
    if not "".join(cells).strip():
        return Row(file, record.line, {}, "an empty row", readable=False)
    values: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column:
            values.setdefault(column, cell)
    return Row(file, record.line, values, _trouble(record, len(columns)))


def _trouble(record: _Record, width: int) -> str:
    if record.repaired:
        return "quotation marks were broken"
    return "cells are missing at the end" if len(record.cells or []) < width else ""
