"""`alder serve`: both apps in one process, on two addresses, gone within three seconds of SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import os
import signal
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from moderation.actions import add_demo_staff
from moderation.app import create_app as create_staff_app
from server import sealing, stores
from server.app import create_app
from server.cli.bounded import BoundedProtocol
from server.cli.commands import settings_of
from server.errors import SetupError
from server.migrating import migrate
from server.pages import door_codes
from server.resources.importing import import_package
from server.settings import Settings

GRACE = 2  # seconds an open answer is given to end
DEMO = Path(__file__).resolve().parents[1] / "resources" / "data" / "demo"


class Server(uvicorn.Server):
    """Signals are one matter for both servers of the process, so neither takes them."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(asked: argparse.Namespace) -> None:
    if asked.port == asked.staff_port:
        raise SetupError("The members' and the staff's port have to differ.")
    settings = settings_of(asked, demo=asked.demo, port=asked.port, staff_port=asked.staff_port)
    listening = [_listen(asked.port), _listen(asked.staff_port)]
    asyncio.run(_serve(settings, listening))


def _listen(number: int) -> socket.socket:
    # The protocol is named, or asyncio leaves Nagle's delay on: 40 ms more for every answer on a kept connection.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((os.environ.get("ALDER_HOST", "127.0.0.1"), number))
    except OSError as fault:
        raise SetupError(f"Port {number} is in use or not allowed. Choose another one.") from fault
    return listening


async def _serve(settings: Settings, listening: list[socket.socket]) -> None:
    sealing.load(settings)
    await migrate(settings)
    door_codes.codes(settings)  # the first one is made on the first day, not by the first visitor
    servers = [_server(create(settings), settings) for create in (create_app, create_staff_app)]
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _stop, servers)
    if settings.demo:
        await _prepare_demo(settings)
    async with stores.opened(settings):
        gc.collect()
        gc.freeze()  # what is loaded by now stays: looking through it again and again costs every answer
        await asyncio.gather(*(server.serve([s]) for server, s in zip(servers, listening, strict=True)))


def _server(app: Starlette, settings: Settings) -> Server:
    # No access log: an address and a path a line is exactly what must not be written anywhere.
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        access_log=False,
        log_level="error",
        # Whose word on a visitor's address is taken: only a proxy the operator named, or guesses could not be counted.
        proxy_headers=bool(settings.proxy),
        forwarded_allow_ips=settings.proxy or None,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=15,
    )
    return Server(config)


def _stop(servers: list[Server]) -> None:
    for server in servers:
        server.should_exit = True


async def _prepare_demo(settings: Settings) -> None:
    """Fictional services and people, and on the terminal how to come in as each of them."""
    now = datetime.now(UTC)
    async with stores.opened(settings):
        await import_package(DEMO, settings=settings, today=now.date())
        people = await add_demo_staff(now)
    code = next(iter(door_codes.codes(settings)))
    print(f"Members   http://127.0.0.1:{settings.port}   type {code} and hold the = key")
    print(f"Staff     http://127.0.0.1:{settings.staff_port}   sign in as one of these fictional people:")
    for person in people:
        print(f"  {person.name}  ({person.role})\n    phrase: {person.phrase}\n    code now: {person.code}")
        print(f"    secret for an authenticator app: {person.secret}")
    print("Stop with Ctrl-C.", flush=True)
