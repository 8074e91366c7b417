"""An answer's head waits for its body: both leave in one packet, and a weak signal has one less to lose."""

from __future__ import annotations

import asyncio
from typing import Any


class OnePacket(asyncio.Transport):
    """Between uvicorn, which writes head and body apart, and the socket.

    Only a head that says how long its body is may wait: a stream's first words may be long in coming.
    """

    def __init__(self, socket: asyncio.Transport) -> None:
        super().__init__()
        self.socket = socket
        self.head = b""

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if self.head:
            data = self.head + data
            self.head = b""
        elif data[:7] == b"HTTP/1." and b"\r\ncontent-length: " in bytes(data):
            self.head = bytes(data)
            return
        self.socket.write(data)

    def flush(self) -> None:
        """A head whose body is empty, or was not asked for, goes alone."""
        if self.head:
            self.write(b"")

    def close(self) -> None:
        self.flush()
        self.socket.close()

    def abort(self) -> None:
        self.socket.abort()

    def is_closing(self) -> bool:
        return self.socket.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self.socket.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self.socket.pause_reading()

    def resume_reading(self) -> None:
        self.socket.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.socket.set_protocol(protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self.socket.get_protocol()
