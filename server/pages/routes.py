"""The cover, the door, language and country, what this cannot do, the first page inside, the way out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from server import limits
from server.errors import BadInput, NotFound
from server.pages import calculator, door_codes
from server.resources import actions as resources
from server.settings import Settings
from server.web import (
    LANGUAGES,
    N_,
    Body,
    Visit,
    address_of,
    clock,
    form_of,
    go,
    language_of,
    new_visit,
    page,
    preferred,
    ready,
    render,
    style,
    token_of,
    visit_of,
)
from server.web.answer import words_of
from server.web.gate import let_in, let_out

PWA = Path(__file__).resolve().parents[2] / "pwa"
COVER_FILES = PWA / "covers" / "calculator"
INSIDE_FILES = PWA / "static"
SCRIPT = "text/javascript"
COVERS: dict[str, Body] = {}


def cover(request: Request) -> Response:
    """The cover as anybody sees it: the same bytes whatever was asked, one for each language."""
    language = preferred(request.headers.get("accept-language", ""))
    if language not in COVERS:
        COVERS[language] = Body(_cover_text(request, ""))
    return ready(request, COVERS[language])


def _cover_text(request: Request, shown: str) -> str:
    """In the phone's own language, not the visit's: a cover that changes its language would tell."""
    words = words_of(preferred(request.headers.get("accept-language", "")))
    return render(request, "calculator/cover.html", style=Markup(style("cover")), shown=shown, **words)


async def read_cover(request: Request) -> Response:
    """GET / is always the cover, whatever credential comes; `?t=` holds what a sum without script came to."""
    shown = str(token_of(request).get("shown", ""))
    return ready(request, Body(_cover_text(request, shown))) if shown else cover(request)


async def press_cover(request: Request) -> Response:
    """A key of the calculator, pressed without script; or a code, which is only ever another number."""
    form = await form_of(request)
    shown, key = form.get("x", ""), form.get("k", "=")
    if key == "=" and await _opens(request, calculator.plain(shown).lstrip("=")):
        return _welcome(request)
    return go(request, "pages:cover", token={"shown": calculator.press(shown, key)})


def _welcome(request: Request) -> Response:
    """Whoever comes back to a live visit keeps it, so that the links of a page that was only hidden still hold."""
    visit: Visit | None = request.scope.get("visit")
    if visit:
        return let_in(go(request, "pages:home"), visit)
    settings: Settings = request.app.state.settings
    return let_in(go(request, "pages:start"), new_visit(clock(request), language_of(request), settings.country))


async def _opens(request: Request, typed: str) -> bool:
    """Tries are counted for the address, and inside a live visit for the visit: who unlocks is not who knocks."""
    if not door_codes.looks_like_code(typed):
        return False
    visit: Visit | None = request.scope.get("visit")
    subject = visit.id.hex() if visit else address_of(request)
    if not await limits.allow("door", subject):
        return False
    right = door_codes.opens(request.app.state.settings, typed)
    if right:
        limits.give_back("door", subject)
    return right


async def read_start(request: Request) -> Response:
    visit = visit_of(request)
    return page(request, "pages/start.html", countries=resources.countries(visit.language), country=visit.country)


async def choose_start(request: Request) -> Response:
    form = await form_of(request)
    visit = visit_of(request)
    language, country = form.get("language", visit.language), form.get("country", visit.country)
    if language not in LANGUAGES or not resources.is_country(country):
        raise BadInput(N_("Please choose a language and a country from the lists."))
    chosen = replace(visit, language=language, country=country)
    return let_in(go(request, "pages:before"), chosen)


async def read_before(request: Request) -> Response:
    return page(request, "pages/before.html")


async def read_home(request: Request) -> Response:
    visit = visit_of(request)
    drawn = await resources.home(visit.country, visit.language, clock(request))
    return page(request, "pages/home.html", spoken=await resources.spoken_here(visit.language), **drawn)


async def read_happening(request: Request) -> Response:
    """What may be happening, in plain words: each line leads to places that help with just that."""
    visit = visit_of(request)
    drawn = await resources.home(visit.country, visit.language, clock(request))
    return page(request, "pages/happening.html", asks=resources.happening(), **drawn)


async def leave(request: Request) -> Response:
    """Ends the visit. The cover comes by a 303, so that Back and reload send nothing again."""
    return let_out(go(request, "pages:cover"))


@cache
def script(folder: Path, name: str) -> Body:
    """Raises NotFound for anything that is not a module lying in that folder."""
    file = folder / name
    if file not in folder.glob("*.js"):
        raise NotFound(N_("There is nothing at this address. You can go on from the first page."))
    return Body(file.read_text(encoding="utf-8"), SCRIPT)


async def cover_script(request: Request) -> Response:
    return ready(request, script(COVER_FILES, request.path_params["file"]))


async def inside_script(request: Request) -> Response:
    return ready(request, script(INSIDE_FILES, request.path_params["file"]))


async def worker(request: Request) -> Response:
    return ready(request, _worker())


@cache
def _worker() -> Body:
    """A new cover makes a new worker: its first line holds a digest of all it keeps."""
    kept = [*sorted(file for file in COVER_FILES.iterdir() if file.is_file()), PWA / "sw.js"]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in kept)).hexdigest()[:12]
    return Body((PWA / "sw.js").read_text(encoding="utf-8").replace("@version@", digest), SCRIPT)
