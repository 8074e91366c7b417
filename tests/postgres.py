"""A real PostgreSQL for the tests alone: in a temporary folder, on a free loopback port, ended by its own id."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
ANSWERS_WITHIN = 30


def programs() -> Path:
    """The folder with initdb and postgres, newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        raise RuntimeError("PostgreSQL is missing: .ci/needs postgres")
    return found[-1].parent


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Yields `postgres://postgres@127.0.0.1:PORT`, without a database name. Nothing in it outlives the block."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-for-tests-"))
    owner = "postgres" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
    try:
        if owner:
            os.chown(folder, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
        cluster, port = folder / "cluster", free_port()
        as_owner: dict[str, Any] = {"user": owner, "group": owner, "extra_groups": []} if owner else {}
        make = [programs() / "initdb", "-D", cluster, "-A", "trust", "-U", "postgres", "--no-sync"]
        made = subprocess.run(
            [*make, "-E", "UTF8", "--locale=C.UTF-8"], cwd=folder, capture_output=True, text=True, **as_owner
        )
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr}")
        asked = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
        asked |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [word for name, value in asked.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs() / "postgres", "-D", cluster, "-p", str(port), *options],
                cwd=folder, stdout=log, stderr=log, preexec_fn=_end_with_us, **as_owner,
            )  # fmt: skip
        try:
            _wait(server, port, folder / "log")
            yield f"postgres://postgres@127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast": whoever is connected is sent away
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_us() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _wait(server: subprocess.Popen[Any], port: int, log: Path) -> None:
    ready = programs() / "pg_isready"
    until = time.monotonic() + ANSWERS_WITHIN
    while subprocess.run([ready, "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL does not start: {log.read_text()}")
        time.sleep(0.05)
