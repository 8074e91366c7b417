"""The other side of every ratio: a bare Starlette app on uvicorn, with nothing of ours but the rows and the template.

python -m bench.bare PORT FACTORY [ARGUMENT ...]     FACTORY is a name in this module
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench import raw_results
from tests.postgres import free_port

HTML = "text/html; charset=utf-8"


def same_bytes(file: str, encoding: str = "") -> Starlette:
    """Answers every GET with the bytes of a file."""
    body = Path(file).read_bytes()
    headers = {"content-encoding": encoding} if encoding else {}

    async def answer(request: Request) -> Response:
        return Response(body, media_type=HTML, headers=headers)

    return Starlette(routes=[Route("/", answer)])


@contextlib.contextmanager
def bare(factory: str, *arguments: object) -> Iterator[int]:
    """Serve `factory(*arguments)` in a process of its own; yields its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.bare", str(port), factory, *map(str, arguments)])
    try:
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            if process.poll() is not None:
                raise RuntimeError(f"the bare server {factory} does not start")
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(5)


if __name__ == "__main__":
    where, wanted, *given = sys.argv[1:]
    factories = {"same_bytes": same_bytes, "results": raw_results.app}
    served = factories[wanted](*given)
    uvicorn.run(served, port=int(where), http="httptools", ws="none", access_log=False, log_level="warning")
