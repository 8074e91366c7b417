"""The directory over HTTP: a question is sent, answered by a 303, and read under a sealed token."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from server.errors import BadInput, NotFound
from server.resources import actions
from server.resources.kept import MOST_PAGES, keep, kept
from server.resources.reader import Reader
from server.resources.showing import Query, ServiceShown
from server.web import N_, Body, clock, form_lists, go, page, preferred, ready, render, token_of, visit_of

CHECKED_LONG_AGO = timedelta(days=90)
GONE = N_("This place is not in the list any more. Please look for another one.")
SITE = re.compile(r"(?:https?://)?(?P<address>[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:[/?#][^\s\"'<>]*)?)", re.IGNORECASE)


async def read_search(request: Request) -> Response:
    query = Query.of_token(token_of(request))
    results = await actions.search(query, now=clock(request), settings=request.app.state.settings)
    return page(request, "resources/search.html", results=results, wrong=None, **await _around(request, query))


async def send_search(request: Request) -> Response:
    """Nothing typed is lost: what cannot be searched for comes back with the form and the reason."""
    form = await form_lists(request)
    words, language = _first(form, "q"), _first(form, "language")
    needs, open_now = form.get("need", []), "open" in form
    try:
        query = actions.query(words, needs=needs, language=language, open_now=open_now)
    except BadInput as error:
        as_sent = Query(words, tuple(needs), language, open_now)
        return page(request, "resources/search.html", error.status, wrong=error, **await _around(request, as_sent))
    return go(request, "resources:search", token=query.as_token())


def _first(form: dict[str, list[str]], name: str) -> str:
    return next(iter(form.get(name, ())), "")


async def _around(request: Request, query: Query) -> dict[str, Any]:
    """What the page of results draws besides them."""
    visit = visit_of(request)
    return {
        **actions.home(visit.country, visit.language, clock(request)),
        "query": query,
        "anywhere": Query(query.words, query.needs).as_token(),
        "spoken": await actions.spoken_here(visit.language),
    }


async def read_hotlines(request: Request) -> Response:
    visit = visit_of(request)
    return page(request, "resources/numbers.html", **actions.numbers(visit.country, visit.language, clock(request)))


async def read_service(request: Request) -> Response:
    """The same for everybody who reads one language, so it is made once a minute and its bytes are kept."""
    service_id = str(token_of(request).get("service", ""))
    now = clock(request)
    titled = preferred(request.headers.get("accept-language", ""))
    key = (service_id, visit_of(request).language + titled, int(now.timestamp()) // 60)
    held = await kept()
    body: Body | None = held.pages.get(key)
    if body is None:
        body = await _service_body(request, service_id, now)
        keep(held.pages, MOST_PAGES, key, body)
    return ready(request, body)


async def _service_body(request: Request, service_id: str, now: datetime) -> Body:
    found = await actions.read_service(service_id, now=now, settings=request.app.state.settings)
    if found is None:
        raise NotFound(GONE)
    checked = found.card.verified_on
    return Body(
        render(
            request,
            "resources/service.html",
            service=found,
            site=_site(found),
            checked_long_ago=checked is not None and now.date() - checked > CHECKED_LONG_AGO,
            reader=Reader(visit_of(request).language, found.card.country),
        )
    )


def _site(service: ServiceShown) -> str:
    """An address that opens a web page and nothing else; empty where the entry holds no such thing."""
    found = SITE.fullmatch(service.website.strip())
    if not found:
        return ""
    return f"{'http' if service.website.lower().startswith('http://') else 'https'}://{found['address']}"
