"""HSDS JSON, text in, documents and then rows out: what is nested becomes rows of tables that name each other by id.

A document is a list, a page object (`contents`), one object, or an object a line (ndjson). What is broken costs itself
and not the rest. An object that stands in several documents (an organization in each of its services) is one row.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from server.errors import SetupError

MAX_OBJECTS = 3_000_000
MAX_VALUES = 30_000_000
MAX_DEPTH = 12
MAX_REPAIRS = 200  # after so many broken elements the rest of the list is given up
BROKEN = "cannot be read as JSON"
NO_OBJECT = "is no object: it has no names for its values"
LISTS = ("contents", "data", "items", "results", "services", "organizations", "records")

Object = dict[str, Any]


class Document(NamedTuple):
    """`value` is None where it cannot be read; `line` is where it begins."""

    line: int
    value: Object | None
    trouble: str = ""


# Numbers stay as they were written: 1e999 and a million digits are only text until somebody asks for a number.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _: None)
_SPACE = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*["\n]?|[\[\]{},]')


def documents(text: str) -> list[Document]:
    """Every document of one file. Raises SetupError for a file that is built to exhaust memory."""
    if text.count("{") + text.count("[") > MAX_OBJECTS or text.count(",") > MAX_VALUES:
        raise SetupError("A JSON file of this package holds far more than a package does. It was not read.")
    at = _skip(_SPACE, text, 0)
    if text[at : at + 1] == "[":
        return list(_elements(text, at + 1, _Lines(text)))
    whole = _decoded(text, at)
    if whole is None:
        return list(_broken_whole(text, at))
    value, end = whole
    if _skip(_SPACE, text, end) < len(text):
        return list(_by_line(text))
    return list(_of_object(value, _Lines(text).at(at)))


def _of_object(value: Any, line: int) -> Iterator[Document]:
    """A page of documents, an envelope round one, or a document."""
    if not isinstance(value, dict):
        return
    found = cast(Object, value)
    for name in LISTS:
        held = found.get(name)
        if isinstance(held, list) and "id" not in found and "name" not in found:
            yield from (_document(line, one) for one in cast("list[Any]", held))
            return
    if found:
        yield Document(line, found)


def _document(line: int, value: Any) -> Document:
    return Document(line, cast(Object, value)) if isinstance(value, dict) else Document(line, None, NO_OBJECT)


def _broken_whole(text: str, at: int) -> Iterator[Document]:
    """Neither a list nor an object as a whole: perhaps a page that broke inside its list, perhaps lines."""
    page = re.compile(rf'"(?:{"|".join(LISTS)})"\s*:\s*\[').search(text, at, at + 5_000)
    first = _decoded(text[at : max(text.find("\n", at), at)], 0)
    if page and first is None:
        yield from _elements(text, page.end(), _Lines(text))
    elif text.count("\n") and (first is not None or _some_line(text)):
        yield from _by_line(text)
    elif text.strip():
        yield Document(1, None, BROKEN)


def _some_line(text: str) -> bool:
    lines = (line for line in text.splitlines()[:50] if line.strip().startswith("{"))
    return any(_decoded(line.strip(), 0) is not None for line in lines)


def _by_line(text: str) -> Iterator[Document]:
    for number, line in enumerate(text.split("\n"), 1):
        plain = line.strip().removesuffix(",")
        if not plain:
            continue
        found = _decoded(plain, 0)
        if found is None or _skip(_SPACE, plain, found[1]) < len(plain):
            yield Document(number, None, f"the line {BROKEN}")
        else:
            yield _document(number, found[0])


class _Lines:
    """Line numbers of places in a text, asked in order."""

    def __init__(self, text: str) -> None:
        self.text, self.place, self.line = text, 0, 1

    def at(self, place: int) -> int:
        self.line += self.text.count("\n", self.place, place)
        self.place = place
        return self.line


def _elements(text: str, at: int, lines: _Lines) -> Iterator[Document]:
    first = at = _skip(_BETWEEN, text, at)
    repairs = 0
    while at < len(text) and text[at] != "]":
        line = lines.at(at)
        found = _decoded(text, at)
        if found is None:
            repairs += 1
            yield Document(line, None, BROKEN)
            at = _next_element(text, at, first) if repairs < MAX_REPAIRS else len(text)
        else:
            yield _document(line, found[0])
            at = found[1]
        at = _skip(_BETWEEN, text, at)


def _next_element(text: str, at: int, first: int) -> int:
    """Where the next element begins after a broken one: as far in as the first, or after the brackets are even."""
    column = first - text.rfind("\n", 0, first) - 1
    indent = text[first - column : first]
    if "\n" in text[:first] and not indent.strip():
        end = text.find("\n", at)
        found = re.compile(rf"^{indent}\{{", re.MULTILINE).search(text, end) if end >= 0 else None
        return found.start() + column if found else len(text)
    depth = 0
    for token in _TOKEN.finditer(text, at):
        mark = token[0]
        depth += (mark in ("{", "[")) - (mark in ("}", "]"))
        if depth <= 0 and mark == "," and token.start() > at:
            return token.end()
        if depth < 0:
            return len(text)
    return len(text)


def _decoded(text: str, at: int) -> tuple[Any, int] | None:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


# --- Documents into rows

ENTITIES = {"organization", "location", "service", "program", "unit", "taxonomy", "taxonomy_term", "vocabulary"}
# One of these inside another is what the outer one belongs to, also where it stands in a list.
REFERENCED = {("service", "organization"), ("service_at_location", "location"), ("service_at_location", "service")}
# The column that a bare word stands for: "languages": ["English"].
MAIN = {
    "language": "name",
    "phone": "number",
    "required_document": "document",
    "address": "address_1",
    "schedule": "original_text",
    "accessibility": "description",
    "url": "url",
    "cost_option": "option",
    "taxonomy_term": "name",
    "service_area": "name",
}
_HOLDERS = {"service", "location", "organization", "service_at_location"}
_BETWEEN_TABLES = {
    ("service", "location"): ("service_at_location", "location"),
    ("location", "service"): ("service_at_location", "service"),
    ("service", "taxonomy_term"): ("service_taxonomy", "taxonomy_term"),
    ("service", "taxonomy"): ("service_taxonomy", "taxonomy_term"),
}
_IDENTITY = ("name", "number", "organization_id", "description", "address_1", "city", "latitude", "longitude")


Same = tuple[str, frozenset[tuple[str, str]]]


class Spot(NamedTuple):
    """Where an object stands: file, line of its document, and the way to it inside the document."""

    file: str
    line: int
    path: str = ""

    @property
    def named(self) -> str:
        return f"{self.file}#{self.path}" if self.path else self.file

    def inside(self, key: str, number: int | None = None) -> Spot:
        return self._replace(path=f"{self.path}/{key}" if number is None else f"{self.path}/{key}/{number}")


class Found(NamedTuple):
    """One row to be: the same four things as package_reading.Row."""

    spot: Spot
    values: dict[str, str]
    trouble: str = ""
    readable: bool = True


@dataclass
class Rows:
    """Documents of a whole package on their way into tables. `table_of` names the table a word means, or ""."""

    table_of: Callable[[str], str]
    columns: Mapping[str, set[str]]
    tables: dict[str, list[Found]] = field(default_factory=dict[str, list[Found]])
    differing: Counter[str] = field(default_factory=Counter[str])
    _known: dict[tuple[str, str], tuple[dict[str, str], bool]] = field(
        default_factory=dict[tuple[str, str], tuple[dict[str, str], bool]]
    )
    _seen: set[Same] = field(default_factory=set["Same"])
    _mentioned: set[Same] = field(default_factory=set["Same"])

    def add_broken(self, table: str, spot: Spot, trouble: str) -> None:
        self.tables.setdefault(table, []).append(Found(spot, {}, trouble, readable=False))

    def add_document(self, table: str, value: Object, spot: Spot, trouble: str = "") -> None:
        self._add(table, value, spot, _Inside({}, top=True, trouble=trouble))

    def _add(self, table: str, value: Object, spot: Spot, inside: _Inside) -> str:
        """Adds the row and all that it holds; answers its id."""
        values, children = self._split(table, value, inside)
        owned: list[tuple[str, str, Object, int | None]] = []
        for child, key, one, number in children:
            if _is_reference(table, child, number):
                there = spot.inside(key, number)
                values[f"{child}_id"] = self._add(child, one, there, inside.deeper({}, shared=True))
            else:
                owned.append((child, key, one, number))
        made = not values.get("id") and (table in ENTITIES or bool(owned))
        if made:
            values["id"] = _made_id(table, values, children)
        self._enter(table, values, spot, inside, made=made)
        shared = inside.shared or (table in ENTITIES and not inside.top)
        for child, key, one, number in owned:
            link = _link(table, values, child)
            self._add(child, one, spot.inside(key, number), inside.deeper(link, shared=shared))
        return values.get("id", "")

    def _split(
        self, table: str, value: Object, inside: _Inside
    ) -> tuple[dict[str, str], list[tuple[str, str, Object, int | None]]]:
        values = dict(inside.links)
        children: list[tuple[str, str, Object, int | None]] = []
        for key, held in value.items():
            column = _column(key)
            child = self._child(table, column) if inside.depth < MAX_DEPTH else ""
            is_column = child == "url" or table not in _HOLDERS or column in self.columns.get(table, ())
            objects = list(_objects(held, child, is_column)) if child else []
            if objects:
                children += [_joined(table, child, key, one, number) for number, one in objects]
            elif column and (told := _told(held)) and not values.get(column):
                values[column] = told
        return values, children

    def _child(self, table: str, column: str) -> str:
        child = self.table_of(column)
        if child == "taxonomy":
            return {"taxonomy_term": "vocabulary", "service_taxonomy": "taxonomy_term"}.get(table, child)
        return child

    def _enter(self, table: str, values: dict[str, str], spot: Spot, inside: _Inside, *, made: bool) -> None:
        trouble = inside.trouble or ("no id: one was made from its words" if made and table in ENTITIES else "")
        if table in ENTITIES:
            known = self._known.get((table, values["id"]))
            if known is not None and not (inside.top and known[1]):
                self._merge(table, known, values, top=inside.top)
                return
            self._known.setdefault((table, values["id"]), (values, inside.top))
        elif self._told_before(table, values, inside, own_id=bool(values.get("id")) and not made):
            return
        self.tables.setdefault(table, []).append(Found(spot, values, trouble))

    def _told_before(self, table: str, values: Mapping[str, str], inside: _Inside, *, own_id: bool) -> bool:
        """What hangs on an entity comes again with each mention of it; twice in one document is two rows, but where
        it has an id of its own: then it is one, in whichever documents it stands."""
        same = (table, frozenset(values.items()))
        if inside.shared or own_id:
            before = same in self._seen
            if not before and inside.shared:
                self._mentioned.add(same)
        else:
            before = same in self._mentioned
            self._mentioned.discard(same)
        self._seen.add(same)
        return before

    def _merge(self, table: str, known: tuple[dict[str, str], bool], values: Mapping[str, str], *, top: bool) -> None:
        """A document of its own says more than a mention; of two mentions the first counts, and both fill gaps."""
        there, was_top = known
        if top:
            self._known[table, there["id"]] = (there, True)
            there.update(values)
            return
        if not was_top and any(there.get(column, told) != told for column, told in values.items()):
            self.differing[table] += 1
        for column, told in values.items():
            there.setdefault(column, told)


@dataclass(frozen=True)
class _Inside:
    """`links` are the ids of what holds an object, `shared` where that may stand in other documents as well."""

    links: Mapping[str, str]
    top: bool = False
    shared: bool = False
    depth: int = 0
    trouble: str = ""

    def deeper(self, links: Mapping[str, str], *, shared: bool) -> _Inside:
        return _Inside(links, shared=shared, depth=self.depth + 1)


def _objects(held: Any, child: str, is_column: bool) -> Iterator[tuple[int | None, Object]]:
    """The objects of a value, numbered where it is a list; bare words as objects where they can only mean one."""
    if isinstance(held, dict):
        if held:
            yield None, cast(Object, held)
    elif isinstance(held, list):
        for number, one in enumerate(cast("list[Any]", held)):
            if isinstance(one, dict):
                yield number, cast(Object, one)
            elif child in MAIN and (told := _told(one)):
                yield number, {MAIN[child]: told}
    elif child in MAIN and not is_column and (told := _told(held)):
        yield 0, {MAIN[child]: told}


def _joined(table: str, child: str, key: str, one: Object, number: int | None) -> tuple[str, str, Object, int | None]:
    """Some leave out the row that joins two: a service that holds its locations, or its terms."""
    between, name = _BETWEEN_TABLES.get((table, child), ("", ""))
    return (between, key, {name: one}, number or 0) if between else (child, key, one, number)


def _is_reference(table: str, child: str, number: int | None) -> bool:
    return child in ENTITIES and (number is None or (table, child) in REFERENCED)


def _link(table: str, values: Mapping[str, str], child: str) -> dict[str, str]:
    own = values.get("id", "")
    if child == "attribute":
        return {"link_id": own, "link_entity": table}
    if child == "metadata":
        return {"resource_id": own, "resource_type": table}
    return {f"{table}_id": own}


def _made_id(table: str, values: Mapping[str, str], children: Sequence[tuple[str, str, Object, int | None]]) -> str:
    """The same for the same words, so that the next package says the same row again."""
    words = [table, *(values.get(column, "") for column in _IDENTITY)]
    if table in ("location", "service_at_location"):
        words += [values.get("location_id", ""), values.get("service_id", "")]
        words += [_told(one.get(name)) for child, _, one, _ in children if child == "address" for name in _IDENTITY]
    return hashlib.sha256("|".join(words).encode("utf-8", "replace")).hexdigest()


def _column(key: str) -> str:
    return re.sub(r"\W+", "_", key.strip().lower()).strip("_")[:64]


def _told(value: Any) -> str:
    """A value as the cell of a table; null and empty things are no cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        held = cast("list[Any]", value)
        if all(not isinstance(one, (dict, list)) for one in held):
            return "; ".join(filter(None, map(_told, held)))
    if not value:
        return ""
    try:
        return json.dumps(value, ensure_ascii=False)[:2_000]
    except RecursionError:
        return "(deeper than anybody reads)"
