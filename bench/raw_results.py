"""The page of results without the house around it: the same SQL on raw sqlite3, the same rows, the same template.

What does not change from one question to the next (numbers to call, lists to choose from) is made once; links are as
long as ours and sealed by nobody; nothing is checked and nobody is asked who they are.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.resources import actions, finding
from server.resources.countries import language_names
from server.resources.facet_words import FACETS
from server.resources.hotlines import help_for
from server.resources.hotlines_file import book
from server.resources.needs import NEEDS, groups_of
from server.resources.query_parsing import Group, Rank, further_ranks, match_expression, typed
from server.resources.reader import Reader
from server.resources.showing import CAP, PAGE, Query, Result, Results
from server.resources.urgency import for_tonight
from server.urls import PATHS
from server.web.answer import environment, style, words_of

LANGUAGE, COUNTRY = "en", "US"
LIKE_A_TOKEN = "x" * 190
ASK = finding.RANKED.format(ask=finding.ASK_SQLITE.format(joined="", narrowed="", cap=CAP + 1, tier=0))
"""One MATCH, ranked by bm25: what somebody would write who wants no ranks."""
SPOKEN = "SELECT code FROM service_language WHERE code <> '' GROUP BY code ORDER BY count(*) DESC, code"


def app(database: str) -> Starlette:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    template = environment.get_template("resources/search.html")
    around = _around(connection)
    questions: dict[str, tuple[Group, ...]] = {}

    async def answer(request: Request) -> Response:
        word = request.query_params.get("q", "")
        groups = questions.setdefault(word, groups_of(typed(word), ()))
        results = _results(connection, word, groups, around["now"])
        return HTMLResponse(template.render({**around, "results": results, "query": results.query}))

    return Starlette(routes=[Route("/", answer)])


def _around(connection: sqlite3.Connection) -> dict[str, Any]:
    now = datetime.now(UTC)
    offered = {row["facet"] for row in connection.execute(finding.OFFERED)}
    names = language_names(LANGUAGE)
    codes: list[str] = [row["code"] for row in connection.execute(SPOKEN)]
    spoken = sorted(((code, names.get(code, code)) for code in codes), key=_own_first)
    return {
        **words_of(LANGUAGE),
        "help": help_for(book(), COUNTRY, now),
        "reader": Reader(LANGUAGE, COUNTRY),
        "needs": NEEDS,
        "finer": (),
        "query": Query(),
        "link": lambda name, token=None: f"{PATHS[name]}?t={LIKE_A_TOKEN}" if token else PATHS[name],
        "style": Markup(style("page")),
        "now": now,
        "visit": None,
        "wrong": None,
        "facets": [(facet, FACETS[facet]) for facet in FACETS if facet in offered],
        "spoken": spoken,
    }


def _own_first(pair: tuple[str, str]) -> tuple[bool, str]:
    return pair[0] != LANGUAGE, pair[1]


def expression(connection: sqlite3.Connection, groups: tuple[Group, ...]) -> str:
    """What our search ends up asking: the words as they stand where they find enough, else all that means the same."""
    exact = match_expression(groups, every=True, upto=Rank.EXACT)
    found = connection.execute(ASK, (exact, 1, 0)).fetchone()
    return exact if found and found[2] >= finding.ENOUGH else match_expression(groups, every=True)


def _hits(connection: sqlite3.Connection, groups: tuple[Group, ...]) -> tuple[list[int], int]:
    """The same statements as ours: first by the words, then by what means the same."""
    asked = finding.Asked(groups, finding.Filters(verified_only=False))
    keys: list[int] = []
    total = 0
    for ranks in ((Rank.EXACT,), further_ranks(groups)):
        ask, params = finding.asking(asked, ranks, ("", ()), "sqlite")
        if ask and (ranks == (Rank.EXACT,) or total < finding.ENOUGH):
            hits = connection.execute(finding.RANKED.format(ask=ask), (*params, PAGE, 0)).fetchall()
            keys += [hit["key"] for hit in hits]
            total += hits[0]["found"] if hits else 0
    return keys[:PAGE], total


def is_as_found(database: str, word: str) -> bool:
    """Whether our page keeps the order of the index for a word: no shelter of tonight, no body of the state in it."""
    groups = groups_of(typed(word), ())
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    with contextlib.closing(connection):
        listed = _results(connection, word, groups, datetime.now(UTC)).results
    return not for_tonight(groups) and not any(result.card.body for result in listed)


def _results(connection: sqlite3.Connection, word: str, groups: tuple[Group, ...], now: datetime) -> Results:
    keys, found = _hits(connection, groups)
    marks = ", ".join("?" * len(keys))
    services = connection.execute(finding.SERVICE.format(which=f"s.key IN ({marks})"), keys).fetchall()
    beside = {
        name: finding._by_service(connection.execute(sql.format(keys=marks), keys).fetchall())
        for name, sql in finding.BESIDE.items()
    }
    cards = {row["key"]: finding._card(row, beside) for row in services}
    listed = tuple(
        Result(cards[key], actions.standing_of(cards[key], now), actions.why(cards[key], groups, every=True))
        for key in keys
    )
    return Results(Query(word), min(found, CAP), found > CAP, (), listed)
