"""The HSDS 3.1 API of the open directory, for programs: off unless the operator switched it on.

It changes nothing, sets no cookie and tells only what `publishing` lets out. The POST twins of the lists take the same
filters in the body, so that a question reaches no address and no log on its way.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server import limits
from server.errors import AlderError, TooMany
from server.resources import publishing
from server.resources.api_asking import LISTS, SINGLE, Asked, UnusableError, asked, is_id, page_of
from server.resources.hsds_documents import (
    Document,
    Told,
    organization_document,
    service_at_location_documents,
    service_document,
)
from server.resources.openapi import PROFILE, VERSION, openapi
from server.stores import as_unavailable
from server.web import address_of, form_lists
from server.web.request import BODY_BYTES

Endpoint = Callable[[Request], Awaitable[Response]]
CHUNK = 25  # documents of a stream made at once: somebody else's page waits no longer than for these
UNKNOWN = "There is nothing with this id. It may have been withdrawn."
TOO_MANY = "That is more than this directory answers at once. Please wait a minute."
NO_OBJECT = "The body has to be a JSON object or a form, with the parameters of the list."
TOO_LARGE = "The body is larger than any question can be."


def answer(status: int, document: Any, kind: str = "application/json", **headers: str) -> Response:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, headers or None, kind)


def problem(status: int, title: str, said: str, **headers: str) -> Response:
    document = {"type": "about:blank", "title": title, "status": status, "detail": said}
    return answer(status, document, "application/problem+json", **headers)


def endpoint(work: Endpoint) -> Endpoint:
    """Counted by address before anything is read; whatever goes wrong is said in JSON."""

    async def counted(request: Request) -> Response:
        try:
            await _count("open", request)
            return await work(request)
        except UnusableError as fault:
            return problem(422, "Unusable parameter", str(fault))
        except Exception as fault:
            known = fault if isinstance(fault, AlderError) else as_unavailable(fault)
            if known is None:
                raise
            more = {"retry-after": str(known.retry_after)} if isinstance(known, TooMany) else {}
            return problem(known.status, "Not answered", known.message % known.values, **more)

    return counted


async def _count(name: str, request: Request) -> None:
    if not await limits.allow(name, address_of(request)):
        raise TooMany(TOO_MANY, retry_after=60)


@endpoint
async def read_metadata(request: Request) -> Response:
    here = str(request.base_url).rstrip("/") + request.app.state.paths["resources:open_openapi"]
    return answer(200, {"version": VERSION, "profile": PROFILE, "openapi_url": here})


@endpoint
async def read_openapi(request: Request) -> Response:
    return answer(200, openapi())


# --- The question: of a query, a form or a JSON object


async def _asked(request: Request, allowed: tuple[str, ...]) -> Asked:
    checked_only = not request.app.state.settings.show_unverified
    return replace(asked(await _given(request), allowed), checked_only=checked_only)


async def _given(request: Request) -> dict[str, Any]:
    """The body of a POST counts more than its query."""
    given = _single(request.query_params.multi_items())
    return given | await _body(request) if request.method == "POST" else given


def _single(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise UnusableError("Each parameter can be given once.")
    return dict(pairs)


async def _body(request: Request) -> dict[str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        form = await form_lists(request)
        return _single([(name, value) for name, values in form.items() for value in values])
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise UnusableError(TOO_LARGE)
    try:
        loaded: Any = json.loads(body or b"{}")
    except (ValueError, RecursionError) as fault:
        raise UnusableError(NO_OBJECT) from fault
    if not isinstance(loaded, dict):
        raise UnusableError(NO_OBJECT)
    return cast("dict[str, Any]", loaded)


# --- Lists: what is found by a question, then what some of the found look like


@dataclass(frozen=True)
class Listing:
    """`find` hands back what stands for each fitting thing, in order; `show` makes documents of some of these."""

    find: Callable[[Asked], Awaitable[Sequence[Any]]]
    show: Callable[[Sequence[Any], Asked], Awaitable[list[Document]]]


async def _show_services(keys: Sequence[int], question: Asked) -> list[Document]:
    found = await publishing.told(keys)
    return await asyncio.to_thread(_services_shown, found, question)  # five hundred full ones take a third of a second


def _services_shown(found: Sequence[Told], question: Asked) -> list[Document]:
    if question.minimal:
        return [_minimal(one) for one in found]
    return [service_document(one, full=question.full) for one in found]


def _minimal(told: Told) -> Document:
    document = service_document(told, full=False)
    modified = document.get("last_modified")
    return {"id": document["id"]} | ({"modified_date": modified} if modified else {})


async def _show_organizations(keys: Sequence[int], question: Asked) -> list[Document]:
    rows = await publishing.organization_rows(keys)
    documents = [organization_document(row) for row in rows]
    if question.full or question.full_service:
        its = Asked(checked_only=question.checked_only)
        for document in documents:
            its_own = await publishing.services(replace(its, organization_id=document["id"]))
            told = await publishing.told(its_own)
            document["services"] = [_of_organization(one, full=question.full_service) for one in told]
    return documents


def _of_organization(told: Told, *, full: bool) -> Document:
    document = service_document(told, full=full)
    document.pop("organization", None)  # it stands around it
    return document


async def _show_links(links: Sequence[publishing.Link], question: Asked) -> list[Document]:
    told = {one.service["key"]: one for one in await publishing.told(sorted({key for _, key in links}))}
    documents = {
        document["id"]: {**document, "service": service_document(one, full=False)}
        for one in told.values()
        for document in service_at_location_documents(one)
    }
    shown = [documents[public_id] for public_id, _ in links if public_id in documents]
    return shown if question.full else [_single_fields(document) for document in shown]


def _single_fields(document: Mapping[str, Any]) -> Document:
    """Only what there is one of."""
    plain = {name: value for name, value in document.items() if not isinstance(value, list)}
    return {name: _single_fields(cast("Document", value)) if isinstance(value, dict) else value
            for name, value in plain.items()}  # fmt: skip


async def _find_terms(question: Asked) -> list[Document]:
    return [
        term for term in _searched(await publishing.terms(question.checked_only), question) if _fits(term, question)
    ]


def _fits(term: Mapping[str, Any], question: Asked) -> bool:
    wanted = ((question.taxonomy_id, "taxonomy_id"), (question.parent_id, "parent_id"))
    right = all(not value or term.get(name) == value for value, name in wanted)
    return right and not (question.top_only and term.get("parent_id"))


async def _find_taxonomies(question: Asked) -> list[Document]:
    return _searched(publishing.taxonomies(await publishing.terms(question.checked_only)), question)


def _searched(documents: Sequence[Document], question: Asked) -> list[Document]:
    if question.search and not question.words:
        return []
    return [one for one in documents if all(word in one["name"].casefold() for word in question.words)]


async def _show_as_found(documents: Sequence[Document], question: Asked) -> list[Document]:
    return list(documents)


LISTINGS: dict[str, Listing] = {
    "services": Listing(publishing.services, _show_services),
    "organizations": Listing(publishing.organizations, _show_organizations),
    "taxonomies": Listing(_find_taxonomies, _show_as_found),
    "taxonomy_terms": Listing(_find_terms, _show_as_found),
    "service_at_locations": Listing(publishing.links, _show_links),
}


def listing(kind: str) -> Endpoint:
    """GET and its POST twin."""

    async def read_list(request: Request) -> Response:
        question = await _asked(request, LISTS[kind])
        if question.format == "ndjson":
            await _count("open_all", request)
            found = await LISTINGS[kind].find(question)
            return StreamingResponse(_lines(LISTINGS[kind], found, question), media_type="application/x-ndjson")
        found = await LISTINGS[kind].find(question)
        at = (question.page - 1) * question.per_page
        shown = await LISTINGS[kind].show(found[at : at + question.per_page], question)
        return await asyncio.to_thread(answer, 200, page_of(shown, len(found), question))

    return endpoint(read_list)


async def _lines(listed: Listing, found: Sequence[Any], question: Asked) -> AsyncIterator[str]:
    for at in range(0, len(found), CHUNK):
        shown = await listed.show(found[at : at + CHUNK], question)
        yield "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in shown)


# --- One thing by its id


async def _service(public_id: str, question: Asked) -> Document | None:
    told = await publishing.service(public_id, checked_only=question.checked_only)
    return service_document(told) if told else None


async def _organization(public_id: str, question: Asked) -> Document | None:
    keys = await publishing.organizations(Asked(organization_id=public_id, checked_only=question.checked_only))
    return next(iter(await _show_organizations(keys, replace(question, full=True))), None)


async def _link(public_id: str, question: Asked) -> Document | None:
    found = await publishing.link(public_id, checked_only=question.checked_only)
    return next(iter(await _show_links([found], replace(question, full=True))), None) if found else None


async def _term(public_id: str, question: Asked) -> Document | None:
    return next((term for term in await publishing.terms(question.checked_only) if term["id"] == public_id), None)


async def _taxonomy(public_id: str, question: Asked) -> Document | None:
    found = publishing.taxonomies(await publishing.terms(question.checked_only))
    return next((taxonomy for taxonomy in found if taxonomy["id"] == public_id), None)


ONE: dict[str, Callable[[str, Asked], Awaitable[Document | None]]] = {
    "services": _service,
    "organizations": _organization,
    "taxonomies": _taxonomy,
    "taxonomy_terms": _term,
    "service_at_locations": _link,
}


def single(kind: str) -> Endpoint:
    async def read_one(request: Request) -> Response:
        question = await _asked(request, SINGLE.get(kind, ()))
        public_id = str(request.path_params["id"]).lower()
        found = await ONE[kind](public_id, question) if is_id(public_id) else None
        return answer(200, found) if found else problem(404, "Not found", UNKNOWN)

    return endpoint(read_one)
