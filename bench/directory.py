"""directory.*: the search, the page of results and the page of one service, each beside the same without the house."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import anyio.from_thread

from bench.bare import bare
from bench.beside import datasette
from bench.figures import Figure, in_turns
from bench.load import ask_for_load
from bench.many_services import many_like
from bench.raw_results import ASK, expression, is_as_found
from bench.words import MIX, Words, words_of
from server import sealing, stores
from server.resources import actions
from server.resources.needs import groups_of
from server.resources.query_parsing import typed
from server.resources.showing import PAGE
from server.settings import Settings
from tests.serving import Served, Visitor

MANY = 100_000
MIXED = ", ".join(f"{count} {kind}" for kind, count in MIX.items())
TOKENS = re.compile(rb"\?t=[\w-]+")


@dataclass(frozen=True)
class Side:
    """Somebody who asks a server for the same paths in turn."""

    visitor: Visitor
    paths: Sequence[str]

    def rate(self) -> float:
        """Answers a second, eight at once."""
        where = urlsplit(self.visitor.address)
        cookie = f"Cookie: {self.visitor.cookie}\r\n" if self.visitor.cookies else ""
        said = [f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n{cookie}\r\n".encode() for path in self.paths]
        return ask_for_load(where.port or 80, said)

    def bodies(self) -> list[bytes]:
        return [TOKENS.sub(b"", self.visitor.ask(path).body) for path in self.paths]


def figures(running: Served, over: str) -> dict[str, Figure]:
    database = Path(stores.sqlite_path(running.settings, "directory"))
    words = words_of(database)
    visitor = running.through_the_door()
    return {
        "directory.search_vs_fts5": search(running.settings, database, words, over),
        "directory.search_vs_fts5_100k": search_in_many(running.settings, database),
        "directory.page_vs_raw": page(visitor, database, words, over),
        "directory.page_vs_datasette": page_beside_datasette(visitor, database, words, over),
        "directory.service_vs_bare": service(visitor, words, over),
    }


def search(settings: Settings, database: Path, words: Words, over: str) -> Figure:
    """The whole mix, one word after the other: what the page and the command line call, and the bare statement."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    questions = [actions.query(word) for word in words.all]
    expressions = [expression(connection, groups_of(typed(word), ())) for word in words.all]
    now = datetime.now(UTC)

    async def asked() -> None:
        for question in questions:
            await actions.search(question, now=now, settings=settings)

    def raw() -> None:
        for said in expressions:
            connection.execute(ASK, (said, PAGE, 0)).fetchall()

    sealing.load(settings)
    with anyio.from_thread.start_blocking_portal() as portal, contextlib.ExitStack() as open_now:
        open_now.enter_context(portal.wrap_async_context_manager(stores.opened(settings)))
        ours, theirs = in_turns(lambda: _milliseconds(lambda: portal.call(asked)), lambda: _milliseconds(raw))
    connection.close()
    to = f"one raw FTS5 MATCH with bm25 on sqlite3, the same expression and cap, {MIXED} words"
    return Figure(ours / len(questions), "ms a search", "lower", 1.5, to, ours / theirs, over)


def search_in_many(settings: Settings, database: Path) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        many = replace(settings, data=Path(folder) / "data")
        copied = many_like(database, Path(stores.sqlite_path(many, "directory")), MANY)
        for store in stores.STORES:
            if store != "directory":
                shutil.copy(stores.sqlite_path(settings, store), many.data)
        return search(many, copied, words_of(copied), f"{MANY:,} services drawn from the words of the real ones")


def page_beside_datasette(visitor: Visitor, database: Path, words: Words, over: str) -> Figure:
    """The whole mix: our page of results, and Datasette's page of the same rows by a query of one MATCH."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    said = [expression(connection, groups_of(typed(word), ())) for word in words.all]
    connection.close()
    ours = Side(visitor, [visitor.follow("/places", {"q": word}) for word in words.all])
    with datasette(database) as (address, path):
        theirs = Side(Visitor(address), [path + quote(one) for one in said])
        if b"rows-and-columns" not in theirs.bodies()[0]:
            raise RuntimeError("Datasette shows no rows: nothing to compare")
        return _compared(ours, theirs, f"Datasette's HTML of the same rows, {MIXED} words", 3, over)


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def page(visitor: Visitor, database: Path, words: Words, over: str) -> Figure:
    """Nine words of the mix in turn: 4 rare, 4 middling, 1 common."""
    calm = [
        [word for word in some if is_as_found(str(database), word)] for some in (words.rare, words.mid, words.common)
    ]
    asked = [*calm[0][:4], *calm[1][:4], *calm[2][:1]]
    ours = Side(visitor, [visitor.follow("/places", {"q": word}) for word in asked])
    with bare("results", database) as port:
        theirs = Side(Visitor(f"http://127.0.0.1:{port}"), [f"/?q={word}" for word in asked])
        for mine, raw in zip(ours.bodies(), theirs.bodies(), strict=True):
            if mine != raw:
                said = next(
                    (pair for pair in zip(mine.splitlines(), raw.splitlines(), strict=False) if len(set(pair)) > 1), ()
                )
                raise RuntimeError(f"the raw page says something else than ours, nothing to compare: {said}")
        return _compared(ours, theirs, "the same rows and template from raw sqlite3 in a bare handler", 0.7, over)


def service(visitor: Visitor, words: Words, over: str) -> Figure:
    results = visitor.ask(visitor.follow("/places", {"q": words.mid[0]})).body.decode()
    found = re.search(r'href="(/place\?t=[^"]+)"', results)
    if not found:
        raise RuntimeError(f"no service in the results for {words.mid[0]}")
    with tempfile.TemporaryDirectory() as folder:
        same = Path(folder) / "service.html"
        same.write_bytes(visitor.ask(found[1]).body)
        with bare("same_bytes", same) as port:
            theirs = Side(Visitor(f"http://127.0.0.1:{port}"), ["/"])
            return _compared(Side(visitor, [found[1]]), theirs, "a bare Starlette answer of the same bytes", 0.5, over)


def _compared(ours: Side, theirs: Side, to: str, goal: float, over: str) -> Figure:
    mine, raw = in_turns(ours.rate, theirs.rate)
    return Figure(mine, "answers/s", "higher", goal, to, mine / raw, over)
