"""Datasette over the same rows: the other way to put a directory on a page without writing one."""

from __future__ import annotations

import contextlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.postgres import free_port

ROWS = """SELECT s.*, o.name AS organization FROM service_search
JOIN service s ON s.key = service_search.rowid LEFT JOIN organization o ON o.key = s.organization_id
WHERE service_search MATCH :said ORDER BY bm25(service_search, 10, 6, 6, 8, 1, 1) LIMIT 20"""


@contextlib.contextmanager
def datasette(database: Path) -> Iterator[tuple[str, str]]:
    """Yields its address, and the path that a match expression is put behind. Reads a copy of the file."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "directory.db"
        with contextlib.closing(sqlite3.connect(database)) as source, contextlib.closing(sqlite3.connect(copy)) as to:
            source.backup(to)
        arguments = ["serve", "-i", str(copy), "--port", str(port), "--setting", "sql_time_limit_ms", "10000"]
        process = subprocess.Popen(
            [sys.executable, "-m", "datasette", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}", f"/directory?sql={quote(ROWS)}&said="
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        if process.poll() is not None:
            raise RuntimeError("Datasette does not start")
        time.sleep(0.05)
