"""Between the socket and the apps: a head and its body leave together; nobody holds a connection for ever."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from server.cli import bounded
from server.cli.bounded import BoundedProtocol

LARGEST = bounded.FORM + bounded.AROUND
ASK = b"GET %b HTTP/1.1\r\nHost: here\r\n\r\n"


async def whole(request: Request) -> Response:
    return Response("the body")


async def empty(request: Request) -> Response:
    return Response(status_code=204)


async def stream(request: Request) -> Response:
    async def words() -> AsyncIterator[str]:
        await asyncio.sleep(0.3)
        yield "late"

    return StreamingResponse(words())


async def sent(request: Request) -> Response:
    return Response(str(len(await request.body())))


@pytest.fixture
async def port() -> AsyncIterator[int]:
    app = Starlette(
        routes=[
            Route("/whole", whole),
            Route("/empty", empty),
            Route("/stream", stream),
            Route("/sent", sent, methods=["POST"]),
        ]
    )
    config = uvicorn.Config(app, http=BoundedProtocol, ws="none", lifespan="off", log_level="critical")
    config.load()
    state = uvicorn.Server(config).server_state
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: BoundedProtocol(config=config, server_state=state, app_state={}), "127.0.0.1", 0
    )
    yield server.sockets[0].getsockname()[1]
    server.close()
    for connection in list(state.connections):
        connection.transport.abort()
    await asyncio.gather(*state.tasks, return_exceptions=True)
    await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(5):
            yield reading, writing
    finally:
        writing.close()
        with contextlib.suppress(ConnectionError):
            await writing.wait_closed()


async def first_piece(port: int, asked: bytes) -> bytes:
    async with connected(port) as (reading, writing):
        writing.write(asked)
        return await reading.read(65536)


async def test_head_and_body_leave_in_one_piece(port: int) -> None:
    assert (await first_piece(port, ASK % b"/whole")).endswith(b"\r\n\r\nthe body")


@pytest.mark.parametrize(
    ("asked", "starts"),
    [(ASK % b"/empty", b"HTTP/1.1 204"), (ASK.replace(b"GET", b"HEAD") % b"/whole", b"HTTP/1.1 200")],
)
async def test_an_answer_without_a_body_is_not_held_back(port: int, asked: bytes, starts: bytes) -> None:
    assert (await first_piece(port, asked)).startswith(starts)


async def test_the_head_of_a_stream_does_not_wait_for_its_first_word(port: int) -> None:
    assert b"late" not in await first_piece(port, ASK % b"/stream")


async def test_two_questions_in_one_piece_get_two_answers(port: int) -> None:
    async with connected(port) as (reading, writing):
        writing.write(ASK % b"/whole" + ASK % b"/whole")
        answers = b""
        while answers.count(b"the body") < 2:
            answers += await reading.read(65536)


async def test_what_nobody_finishes_to_send_is_closed(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "WHOLE_WITHIN", 0.3)
    async with connected(port) as (reading, writing):
        writing.write(b"POST /sent HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nhalf")
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reading.readexactly(1)


async def test_the_clock_begins_anew_with_each_request(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "WHOLE_WITHIN", 1.0)
    async with connected(port) as (reading, writing):
        for _ in range(3):
            writing.write(b"POST /sent HTTP/1.1\r\nHost: here\r\nContent-Length: 8\r\n\r\nhalf")
            await asyncio.sleep(0.4)
            writing.write(b"half")
            assert (await reading.read(65536)).endswith(b"\r\n\r\n8")


async def test_more_than_the_largest_form_is_not_taken_in(port: int) -> None:
    large = b"POST /sent HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % (4 * LARGEST)
    async with connected(port) as (reading, writing):
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            writing.write(large + b"x" * (2 * LARGEST))
            await writing.drain()
            await reading.readexactly(1)
