"""HTTP/1.1 with bounds: a request is complete within a time and a size, or its connection is closed."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WHOLE_WITHIN = 20.0  # seconds from a request's first byte to its last
LARGEST = 160 * 1024  # bytes, address, headers and body together; a form is at most 64 KiB of it


class BoundedProtocol(HttpToolsProtocol):
    """What nobody finishes to send is not waited for: half-open posts would hold memory and descriptors for ever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received = 0
        self.deadline: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        if self.deadline is None:
            self.deadline = self.loop.call_later(WHOLE_WITHIN, self._give_up)
        self.received += len(data)
        if self.received > LARGEST:
            self._give_up()
            return
        super().data_received(data)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.received = 0
        self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def _rest(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _give_up(self) -> None:
        self._rest()
        self.transport.abort()
