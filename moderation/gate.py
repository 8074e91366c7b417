"""The gate of the staff app: reads the session cookie, says who is there, and asks the table before every address.

The cookie holds the session's random token and when it was last used, sealed together. So the idle limit costs no
write: reading a page leaves the database unchanged, and an old copy of the cookie stays as old as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from moderation import carried, store
from moderation.actions import session_id_of
from moderation.permissions import Need, may
from moderation.sign_in import IDLE
from moderation.terms import Entry, Who
from server import sealing
from server.errors import NotAllowed, TokenSpent
from server.web import N_, clock, form_of, go
from server.web.door import bytes_of, text_of
from server.web.gate import cookies_of

Endpoint = Callable[[Request], Awaitable[Response]]

COOKIE = "__Host-s"
ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"
SEEN = struct.Struct(">32sQ")
REFRESH_SECONDS = 60


def cookie_value(token: bytes, now: datetime) -> str:
    return text_of(sealing.seal("session", SEEN.pack(token, int(now.timestamp()))))


def open_cookie(value: str, now: datetime) -> tuple[bytes, int] | None:
    """The token and how many seconds ago it was used; None for anything that is not ours or idle for too long."""
    try:
        token, seen = SEEN.unpack(sealing.open_("session", bytes_of(value)))
    except (sealing.Unsealable, struct.error):
        return None
    idle = int(now.timestamp()) - seen
    return (token, idle) if idle < IDLE.total_seconds() else None


def with_session(answer: Response, token: bytes, now: datetime) -> Response:
    """No Max-Age: the browser forgets it when it is closed."""
    answer.headers.append("set-cookie", f"{COOKIE}={cookie_value(token, now)}; {ATTRIBUTES}")
    return answer


def without_session(answer: Response) -> Response:
    answer.headers.append("set-cookie", f"{COOKIE}=; Max-Age=0; {ATTRIBUTES}")
    return answer


class Gate:
    """Sets scope["binding"] for sealed tokens, and scope["staff"] where somebody is signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope["app"].state
        now = state.clock()
        carried = open_cookie(cookies_of(scope).get(COOKIE, ""), now)
        if carried:
            token, idle = carried
            scope["session"] = session_id_of(token)
            scope["binding"] = scope["session"].encode()
            scope["staff"] = await store.signed_in(scope["session"], now, state.settings.demo)
            if scope["staff"] and idle >= REFRESH_SECONDS:
                send = _refreshing(send, cookie_value(token, now))
        try:
            await self.app(scope, receive, send)
        except TokenSpent:
            # The same page without what the token said: a search begins anew, a set-up at its beginning.
            await Response(status_code=303, headers={"location": _beginning_of(scope)})(scope, receive, send)


def _beginning_of(scope: Scope) -> str:
    return quote(scope["path"]) if scope["method"] in ("GET", "HEAD") else "/"


def _refreshing(send: Send, value: str) -> Send:
    async def refreshing(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "set-cookie" not in headers:
                headers.append("set-cookie", f"{COOKIE}={value}; {ATTRIBUTES}")
        await send(message)

    return refreshing


def signed_in(request: Request) -> Who | None:
    return request.scope.get("staff")


def who_acts(request: Request) -> Who:
    """Only a route that asks for staff may ask."""
    who = signed_in(request)
    if who is None:
        raise NotAllowed(MAY_NOT)
    return who


MAY_NOT = N_("Your role does not open this page. Nothing was changed.")


def admitted(need: Need, endpoint: Endpoint) -> Endpoint:
    """The endpoint behind its need: strangers are led to the sign-in, staff without the role get 403."""

    async def enter(request: Request) -> Response:
        if need is Entry.ANYONE:
            return await endpoint(request)
        who = signed_in(request)
        if who is None:
            return await _to_sign_in(request)
        if not may(who.roles, need):
            raise NotAllowed(MAY_NOT)
        return await endpoint(request)

    return enter


class SignInFirst(NotAllowed):
    """A form came without a live sign-in. `carried` is what was typed, sealed for the page that asks to sign in."""

    def __init__(self, carried: str) -> None:
        super().__init__(MAY_NOT)
        self.carried = carried


async def _to_sign_in(request: Request) -> Response:
    """A page that was asked for opens after the sign-in, and so does a form of the directory; others are lost."""
    if request.method in ("GET", "HEAD"):
        return go(request, "desk:sign_in", token={"next": request.url.path})
    form = await form_of(request)
    if carried.can_carry(request.url.path, form):
        raise SignInFirst(carried.sealed(carried.Carried(request.url.path, form), clock(request)))
    return go(request, "desk:sign_in", token={"lost": True})
