"""A relay between browser and server, for what a test cannot ask of either: slow answers, pages kept by bfcache."""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "content-length", "date", "server"}


@contextlib.contextmanager
def relayed(
    address: str, delays: Mapping[str, float] | None = None, is_stored: bool = False, has_worker: bool = True
) -> Iterator[str]:
    """Another address of the same server. `delays`: path -> seconds. `is_stored` takes `no-store` away."""

    class Relay(BaseHTTPRequestHandler):
        def relay(self) -> None:
            time.sleep((delays or {}).get(self.path, 0))
            with contextlib.suppress(OSError):
                self.pass_on()

        def pass_on(self) -> None:
            if self.path == "/sw.js" and not has_worker:
                self.send_error(404)
                return
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            with contextlib.closing(connection):
                connection.request(self.command, self.path, body or None, dict(self.headers.items()))
                answer = connection.getresponse()
                told = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name not in HOP and not (is_stored and name == "cache-control"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    for method in ("GET", "POST"):
        setattr(Relay, f"do_{method}", Relay.relay)
    with ThreadingHTTPServer(("127.0.0.1", 0), Relay) as relay:
        relay.daemon_threads = True
        threading.Thread(target=relay.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{relay.server_port}"
        relay.shutdown()
