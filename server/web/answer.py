"""Page out: templates with their words, one inline style under its hash, 303 with a sealed token."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from server.web.door import seal_token
from server.web.request import binding_of, clock, language_of
from server.web.words import LANGUAGES, N_, preferred, translations

ROOT = Path(__file__).resolve().parents[2]
PWA = ROOT / "pwa"
STYLES = {
    "page": PWA / "static" / "style.css",
    "cover": PWA / "covers" / "calculator" / "cover.css",
    "desk": ROOT / "moderation" / "templates" / "desk.css",
}
TITLE = N_("Calculator")

environment = Environment(
    loader=FileSystemLoader([PWA / "templates", PWA / "covers", ROOT / "moderation" / "templates"]),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)


@cache
def style(name: str) -> str:
    return STYLES[name].read_text(encoding="utf-8").strip()


@cache
def content_security_policy() -> str:
    hashes = (base64.b64encode(hashlib.sha256(style(name).encode()).digest()).decode() for name in STYLES)
    styles = " ".join(f"'sha256-{value}'" for value in hashes)
    return (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


@cache
def words_of(language: str) -> dict[str, Any]:
    """What every template of one language is given."""
    said = translations(language)
    meant = LANGUAGES[language]

    def safety(message: str, **values: object) -> Markup:
        """A sentence whose wrong translation could do harm: the English stands beneath an unreviewed one."""
        told = said.gettext(message) % values if values else said.gettext(message)
        if meant.reviewed:
            return escape(told)
        english = message % values if values else message
        if told == english:
            return Markup('<span lang="en" dir="ltr">{}</span>').format(english)
        return Markup('{} <span class="beneath" lang="en" dir="ltr">{}</span>').format(told, english)

    return {
        "_": said.gettext,
        "gettext": said.gettext,
        "ngettext": said.ngettext,
        "safety": safety,
        "lang": language,
        "dir": meant.dir,
        "reviewed": meant.reviewed,
        "languages": LANGUAGES,
        "title": said.gettext(TITLE),
    }


def link(request: Request, name: str, token: dict[str, Any] | None = None) -> str:
    """The path of a named address, its payload sealed into `?t=`."""
    path: str = request.app.state.paths[name]
    return f"{path}?t={seal_token(token, binding_of(request), clock(request))}" if token else path


def render(request: Request, template: str, **context: Any) -> str:
    def address(name: str, token: dict[str, Any] | None = None) -> str:
        return link(request, name, token)

    given = {
        **words_of(language_of(request)),
        # in the phone's own language, as the cover's: a title that changed with her choice would stay in the history
        "title": words_of(preferred(request.headers.get("accept-language", "")))["title"],
        "link": address,
        "visit": request.scope.get("visit"),
        "now": clock(request),
        "style": Markup(style("page")),
        **context,
    }
    return environment.get_template(template).render(given)


def page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A whole page from a template, in the person's language."""
    return ready(request, Body(render(request, template, **context)), status)


class Body:
    """The bytes of a page, kept plain and packed: a page that is the same for everybody is made once."""

    __slots__ = ("_packed", "kind", "plain")

    def __init__(self, text: str, kind: str = "text/html") -> None:
        self.plain = text.encode()
        self.kind = f"{kind}; charset=utf-8".encode()
        self._packed: bytes | None = None

    @property
    def packed(self) -> bytes:
        if self._packed is None:
            self._packed = gzip.compress(self.plain, 6, mtime=0)
        return self._packed


VARY = (b"vary", b"accept-encoding, accept-language, cookie")
PACKED = (b"content-encoding", b"gzip")


class Made(Response):
    """An answer whose bytes and headers are there: nothing is encoded or counted again."""

    def __init__(self, body: bytes, headers: list[tuple[bytes, bytes]], status: int) -> None:
        self.status_code = status
        self.background = None
        self.body = body
        self.raw_headers = [*headers, (b"content-length", b"%d" % len(body))]


def ready(request: Request, body: Body, status: int = 200) -> Response:
    said = [(b"content-type", body.kind), VARY]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Made(body.packed, [*said, PACKED], status)
    return Made(body.plain, said, status)


def go(request: Request, name: str, token: dict[str, Any] | None = None) -> Response:
    """303: what was sent is answered by a GET that can be read again without sending it again."""
    return Response(status_code=303, headers={"location": link(request, name, token)})


Clock = Callable[[], datetime]
