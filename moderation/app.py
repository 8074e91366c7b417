"""The staff app, assembled: stores, guards, the gate, the addresses, one way to answer an error."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from moderation.gate import Gate, SignInFirst
from moderation.routes import sign_in_first
from moderation.screen import desk_error
from moderation.urls import PATHS, routes
from server import sealing, stores
from server.errors import AlderError
from server.settings import Settings
from server.web import Guard, OwnPagesOnly, utc_now

# The longest form of the desk, every field full of letters that take three bytes each, and then some.
FORM_BYTES = 1024 * 1024
FORM_FIELDS = 400


async def answer_error(request: Request, error: AlderError) -> Response:
    return sign_in_first(request, error) if isinstance(error, SignInFirst) else desk_error(request, error)


async def unanswered(request: Request, fault: Exception) -> Response:
    """No route, or not this method: the Guard says it as it says every error."""
    raise fault


def create_app(settings: Settings) -> Starlette:
    sealing.load(settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with stores.opened(settings):
            yield

    app = Starlette(
        routes=routes(),
        lifespan=lifespan,
        middleware=[Middleware(Guard, answer=answer_error), Middleware(OwnPagesOnly), Middleware(Gate)],
        exception_handlers={HTTPException: unanswered},
    )
    app.router.redirect_slashes = False
    app.state.settings = settings
    app.state.paths = PATHS
    app.state.clock = utc_now
    app.state.form_bytes = FORM_BYTES
    app.state.form_fields = FORM_FIELDS
    return app
