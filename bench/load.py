"""A load client cheap enough not to be what is measured: keep-alive sockets, one epoll loop, a process of its own.

`python -m bench.load PORT SECONDS CONNECTIONS < requests` prints answers a second. Several requests are parted by a NUL
and sent one after the other, over and over.
"""

from __future__ import annotations

import itertools
import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

CHUNKED = re.compile(rb"transfer-encoding: chunked", re.IGNORECASE)
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Conversation:
    """One connection: a request is sent when the answer before it is whole."""

    socket: socket.socket
    missing: int = 0  # bytes of the answer still to come
    head: bytes = b""

    def take(self, data: bytes) -> bool:
        """True where this completes an answer. Raises where the answer is no 200."""
        if self.missing:
            self.missing -= len(data)
            return self.missing == 0
        self.head += data
        end = self.head.find(b"\r\n\r\n")
        if end < 0:
            return False
        if CHUNKED.search(self.head, 0, end):
            return self._whole()
        length = LENGTH.search(self.head, 0, end)
        if not length or b" 200 " not in self.head[:16]:
            raise RuntimeError(f"not a whole 200: {self.head[:end].decode(errors='replace')}")
        self.missing = int(length[1]) - (len(self.head) - end - 4)
        self.head = b""
        return self.missing == 0

    def _whole(self) -> bool:
        """An answer in chunks ends with an empty one; only Datasette sends such."""
        if b" 200 " not in self.head[:16]:
            raise RuntimeError(f"not a 200: {self.head[:200].decode(errors='replace')}")
        done = self.head.endswith(b"\r\n0\r\n\r\n")
        if done:
            self.head = b""
        return done


def answers_a_second(port: int, requests: Sequence[bytes], seconds: float, connections: int) -> float:
    turn = itertools.cycle(requests)
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        opened = socket.create_connection(("127.0.0.1", port))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.sendall(next(turn))
        selector.register(opened, selectors.EVENT_READ, Conversation(opened))
    answered, began = 0, time.perf_counter()
    until = began + seconds
    while time.perf_counter() < until:
        for key, _ in selector.select(1):
            data = key.data.socket.recv(1 << 18)
            if not data:
                raise RuntimeError("the server closed a connection")
            if key.data.take(data):
                answered += 1
                key.data.socket.sendall(next(turn))
    elapsed = time.perf_counter() - began
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return answered / elapsed


def ask_for_load(port: int, requests: Sequence[bytes], seconds: float = 2.0, connections: int = 8) -> float:
    """The same, from a process of its own."""
    command = [sys.executable, "-m", "bench.load", str(port), str(seconds), str(connections)]
    done = subprocess.run(command, input=b"\0".join(requests), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return float(done.stdout)


if __name__ == "__main__":
    where, how_long, how_many = sys.argv[1:]
    print(answers_a_second(int(where), sys.stdin.buffer.read().split(b"\0"), float(how_long), int(how_many)))
