"""HTTP/1.1 with bounds: a request is complete within a time and a size, or its connection is closed."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.cli.one_packet import OnePacket

WHOLE_WITHIN = 20.0  # seconds from a request's first byte to its last
FORM = 64 * 1024  # bytes; an app whose forms are longer says so in its `state.form_bytes`
AROUND = 96 * 1024  # bytes, for the address and the headers


class BoundedProtocol(HttpToolsProtocol):
    """What nobody finishes to send is not waited for: half-open posts would hold memory and descriptors for ever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.largest = getattr(getattr(self.config.app, "state", None), "form_bytes", FORM) + AROUND
        self.received = 0
        self.deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.packets = OnePacket(transport)
        super().connection_made(self.packets)

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        if self.received > self.largest:
            self._give_up()
            return
        super().data_received(data)
        # most requests arrive whole, in one piece: those need no clock
        if self.received and self.deadline is None:
            self.deadline = self.loop.call_later(WHOLE_WITHIN, self._give_up)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.received = 0
        self._rest()

    def on_response_complete(self) -> None:
        self.packets.flush()
        super().on_response_complete()

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
