"""Pure ASGI guards around both apps: strict headers on every answer, no cross-site write, one way to say an error.

BaseHTTPMiddleware costs four to eight times the whole request, so there is none.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import AlderError, NotAllowed, TooMany
from server.stores import as_unavailable
from server.web.answer import content_security_policy, page
from server.web.words import N_

log = logging.getLogger("alder")
SAFE = {"GET", "HEAD", "OPTIONS"}
FORBIDDEN_FEATURES = (
    "accelerometer autoplay browsing-topics camera display-capture fullscreen "
    "geolocation gyroscope hid idle-detection local-fonts magnetometer microphone midi payment "
    "publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
)
NOT_KEPT = (b"cache-control", b"no-store")
ErrorAnswer = Callable[[Request, AlderError], Awaitable[Response]]


def strict_headers() -> list[tuple[bytes, bytes]]:
    policy = ", ".join(f"{feature}=()" for feature in FORBIDDEN_FEATURES.split())
    named = {
        "content-security-policy": content_security_policy(),
        "permissions-policy": policy,
        # same-origin, not no-referrer: under that our own forms arrive with `Origin: null`
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "x-robots-tag": "noindex, nofollow",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "strict-transport-security": "max-age=31536000",
    }
    return [(name.encode(), value.encode()) for name, value in named.items()]


def from_elsewhere(headers: Headers) -> bool:
    """Whether a request that changes something comes from any page but ours. The staff host is elsewhere too."""
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin is not None:
        return not _is_ours(origin, headers)
    if site is not None:
        return False
    return not _is_ours(headers.get("referer", ""), headers)


def _is_ours(url: str, headers: Headers) -> bool:
    """The proxy speaks http to us and https to the world, so the scheme may be either; the host has to be exact."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.netloc) and parts.scheme in ("http", "https") and parts.netloc == headers.get("host")


class Guard:
    """The outermost of our own layers."""

    def __init__(self, app: ASGIApp, answer: ErrorAnswer) -> None:
        self.app = app
        self.answer = answer
        self.headers = strict_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def strict(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._make_strict(message)
            await send(message)

        try:
            await self.app(scope, receive, strict)
        except ClientDisconnect:
            return  # a phone that lost its signal is nothing to write down
        except Exception as fault:
            if started:
                raise
            answer = await self._say(Request(scope, receive), fault)
            await answer(scope, receive, strict)

    def _make_strict(self, message: Message) -> None:
        headers = message["headers"]
        for name, _ in headers:
            if name == b"cache-control":
                break
        else:
            headers.append(NOT_KEPT)
        headers.extend(self.headers)

    async def _say(self, request: Request, fault: Exception) -> Response:
        return await self.answer(request, as_alder_error(fault))


class OwnPagesOnly:
    """Refuses whatever would change something and was not sent from our own pages.

    `reading`: paths where a POST is a question of a program: it changes nothing, and no cookie counts there.
    """

    def __init__(self, app: ASGIApp, reading: Collection[str] = ()) -> None:
        self.app = app
        self.reading = frozenset(reading)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in self.reading
        if (
            scope["type"] == "http"
            and scope["method"] not in SAFE
            and not asks
            and from_elsewhere(Headers(scope=scope))
        ):
            raise NotAllowed(N_("This was not sent from a page of ours. Nothing was changed."))
        await self.app(scope, receive, send)


def as_alder_error(fault: Exception) -> AlderError:
    """What we raised ourselves stays; trouble with the disk becomes 503; our own bug becomes a plain 500.

    A bug is logged by its kind and place alone: its message may hold what somebody typed.
    """
    if isinstance(fault, AlderError):
        return fault
    if isinstance(fault, HTTPException):
        known = AlderError(STATUS_SENTENCES.get(fault.status_code, STATUS_SENTENCES[400]))
        known.status = fault.status_code
        return known
    busy = as_unavailable(fault)
    if busy is None:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        log.error("fault %s at %s:%s", type(fault).__name__, place.filename.rpartition("/")[2], place.lineno)
    return busy or AlderError(STATUS_SENTENCES[500])


STATUS_SENTENCES = {
    400: N_("This request cannot be read. Please go back and try again."),
    404: N_("There is nothing at this address. You can go on from the first page."),
    405: N_("This page cannot be used in that way. Please go back and try again."),
    500: N_("Something went wrong on our side. Please try again in a minute."),
}


def error_page(request: Request, error: AlderError, template: str = "error.html") -> Response:
    answer = page(request, template, error.status, message=error.message, values=error.values)
    if isinstance(error, TooMany):
        answer.raw_headers.append((b"retry-after", str(error.retry_after).encode()))
    return answer


__all__ = ["Guard", "OwnPagesOnly", "as_alder_error", "error_page", "from_elsewhere"]
