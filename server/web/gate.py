"""The gate: reads the door value, ends a visit marked by exit, and shows the cover to everybody else."""

from __future__ import annotations

from collections.abc import Callable, Collection

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import TokenSpent
from server.web.door import Visit, door_value, open_door_value
from server.web.request import moment

VISIT_COOKIE = "__Host-a"
EXIT_COOKIE = "__Host-x"
LOCK_COOKIE = "__Host-y"  # set by a page that hid itself: reload and Back show the cover too, until the code comes
ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"
GONE = tuple(f"{name}=; Max-Age=0; {ATTRIBUTES}" for name in (VISIT_COOKIE, EXIT_COOKIE, LOCK_COOKIE))


def let_in(answer: Response, visit: Visit) -> Response:
    """No Max-Age: the browser forgets it when it is closed."""
    answer.headers.append("set-cookie", f"{VISIT_COOKIE}={door_value(visit)}; {ATTRIBUTES}")
    answer.headers.append("set-cookie", GONE[2])
    return answer


def let_out(answer: Response) -> Response:
    """Clear-Site-Data says "cookies" alone: "storage" would take the offline cover away."""
    for cookie in GONE:
        answer.headers.append("set-cookie", cookie)
    answer.headers["clear-site-data"] = '"cookies"'
    return answer


def cookies_of(scope: Scope) -> dict[str, str]:
    for name, value in scope["headers"]:
        if name == b"cookie":
            pairs = (part.partition("=") for part in value.decode("latin-1").split(";"))
            return {key.strip(): said.strip() for key, _, said in pairs}
    return {}


class Gate:
    """`open_paths` answer anybody; every other path asks for a live, unlocked visit, else it shows the cover."""

    def __init__(self, app: ASGIApp, open_paths: Collection[str], cover: Callable[[Request], Response]) -> None:
        self.app = app
        self.exact = frozenset(path for path in open_paths if "{" not in path)
        self.folders = tuple(path.partition("{")[0] for path in open_paths if "{" in path)
        self.cover = cover

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies = cookies_of(scope)
        left = EXIT_COOKIE in cookies
        value = cookies.get(VISIT_COOKIE)
        visit = open_door_value(value, moment(scope)) if value and not left else None
        if visit:
            scope["visit"] = visit
            scope["binding"] = visit.id
        out = _ending(send) if left else send
        if (visit is None or LOCK_COOKIE in cookies) and not self._is_open(scope["path"]):
            await self._cover(scope, receive, out)
            return
        try:
            await self.app(scope, receive, out)
        except TokenSpent:
            await self._cover(scope, receive, out)

    def _is_open(self, path: str) -> bool:
        return path in self.exact or path.startswith(self.folders)

    async def _cover(self, scope: Scope, receive: Receive, send: Send) -> None:
        reading = scope["method"] in ("GET", "HEAD")
        answer = self.cover(Request(scope)) if reading else Response(status_code=303, headers={"location": "/"})
        await answer(scope, receive, send)


def _ending(send: Send) -> Send:
    """An exit made offline left a marker: whatever is answered, both cookies go."""

    async def ending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            opened_again = any(said.startswith(f"{VISIT_COOKIE}=") for said in headers.getlist("set-cookie"))
            for cookie in GONE[1:] if opened_again else GONE:
                headers.append("set-cookie", cookie)
        await send(message)

    return ending
