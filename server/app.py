"""The members' app, assembled: stores, guards, the gate, the addresses, one way to answer an error."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from server import sealing, stores
from server.errors import AlderError
from server.pages.routes import cover
from server.resources.indexing import make_current
from server.settings import Settings
from server.urls import PATHS, open_paths, reading_paths, routes
from server.web import Guard, OwnPagesOnly, error_page, utc_now
from server.web.gate import Gate


async def answer_error(request: Request, error: AlderError) -> Response:
    """Whoever has not come through the door sees the cover, whatever went wrong."""
    if "visit" in request.scope:
        return error_page(request, error)
    answer = cover(request)
    answer.status_code = error.status
    return answer


async def unanswered(request: Request, fault: Exception) -> Response:
    """No route, or not this method: the Guard says it as it says every error."""
    raise fault


def create_app(settings: Settings) -> Starlette:
    sealing.load(settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with stores.opened(settings):
            await make_current()
            yield

    app = Starlette(
        routes=routes(settings),
        lifespan=lifespan,
        middleware=[
            Middleware(Guard, answer=answer_error),
            Middleware(Gate, open_paths=open_paths(settings), cover=cover),
            Middleware(OwnPagesOnly, reading=reading_paths(settings)),
        ],
        exception_handlers={HTTPException: unanswered},
    )
    app.router.redirect_slashes = False
    app.state.settings = settings
    app.state.paths = PATHS
    app.state.clock = utc_now
    return app
