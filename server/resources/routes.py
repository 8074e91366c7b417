"""The directory over HTTP: a question is sent, answered by a 303, and read under a sealed token."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from server.errors import BadInput
from server.resources import actions
from server.resources.showing import Query
from server.web import clock, form_lists, go, page, token_of, visit_of


async def read_search(request: Request) -> Response:
    query = Query.of_token(token_of(request))
    settings, country = request.app.state.settings, visit_of(request).country
    results = await actions.search(query, now=clock(request), settings=settings, country=country)
    return page(request, "resources/search.html", results=results, wrong=None, **await _around(request, query))


async def send_search(request: Request) -> Response:
    """Nothing typed is lost: what cannot be searched for comes back with the form and the reason."""
    form = await form_lists(request)
    words, language, near = (_first(form, name) for name in ("q", "language", "near"))
    needs, facets, open_now = form.get("need", []), form.get("facet", []), "open" in form
    try:
        query = actions.query(words, needs=needs, language=language, open_now=open_now, facets=facets, near=near)
    except BadInput as error:
        as_sent = Query(words, tuple(needs), language, open_now, 1, tuple(facets), near)
        return page(request, "resources/search.html", error.status, wrong=error, **await _around(request, as_sent))
    return go(request, "resources:search", token=query.as_token())


def _first(form: dict[str, list[str]], name: str) -> str:
    return next(iter(form.get(name, ())), "")


async def _around(request: Request, query: Query) -> dict[str, Any]:
    """What the page of results draws besides them."""
    visit = visit_of(request)
    return {
        **await actions.home(visit.country, visit.language, clock(request)),
        **actions.needs_around(query),
        "query": query,
        "facets": await actions.facets_here(),
        "spoken": await actions.spoken_here(visit.language),
    }


async def read_hotlines(request: Request) -> Response:
    visit = visit_of(request)
    return page(
        request, "resources/numbers.html", **await actions.numbers(visit.country, visit.language, clock(request))
    )
