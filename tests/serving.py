"""`alder serve` as a process of its own, as an operator runs it: both addresses, ended by its own id."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from server.pages import door_codes
from server.settings import Settings
from tests.postgres import free_port

ALDER = Path(sys.executable).with_name("alder")
ANSWERS_WITHIN = 20


def alder(*words: object, data: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; the test looks at code, stdout and stderr."""
    command = [str(word) for word in (ALDER, *words)] + (["--data", str(data)] if data else [])
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ, **environ})


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Visitor:
    """Plain HTTP/1.1 to a served address, with the cookies that a browser would send on a loopback address."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """GET, or POST where there is a form. Follows no redirect."""
        given = {"Host": urlsplit(self.address).netloc, "Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        given |= {"Cookie": self.cookie} if self.cookies else {}
        given |= {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        body = urlencode(form) if form is not None else None
        with contextlib.closing(connection):
            connection.request("GET" if form is None else "POST", path, body, {**given, **(headers or {})})
            answer = connection.getresponse()
            told = Answer(answer.status, answer.msg, answer.read())
        for cookie in told.headers.get_all("set-cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        return told

    def follow(self, path: str, form: Mapping[str, str]) -> str:
        """POST and hand back where the 303 leads."""
        answer = self.ask(path, form)
        assert answer.status == 303, f"{path} answered {answer.status}"
        return answer.headers["location"]

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


@dataclass
class Served:
    """A running installation. `members` and `staff` are addresses like http://127.0.0.1:40123."""

    members: str
    staff: str
    settings: Settings
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def door_code(self) -> str:
        return next(iter(door_codes.codes(self.settings)))

    def through_the_door(self, language: str = "en", country: str = "US") -> Visitor:
        visitor = Visitor(self.members)
        assert visitor.follow("/", {"x": self.door_code, "k": "="}) == "/start", "the door did not open"
        visitor.follow("/start", {"language": language, "country": country})
        return visitor

    def alder(self, *words: object) -> subprocess.CompletedProcess[str]:
        return alder(*words, data=self.settings.data)

    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found, "no resident size"
        return int(found[1]) / 1024


@contextlib.contextmanager
def serving(folder: Path, *more: str, **environ: str) -> Iterator[Served]:
    """Serve `folder`/data until the block ends. Ends it by SIGTERM, and kills what does not end in five seconds."""
    settings = Settings.from_environment({"ALDER_SHOW_UNVERIFIED": "1", **environ}, data=folder / "data")
    ports = free_port(), free_port()
    command = [ALDER, "serve", "--data", settings.data, "--port", str(ports[0]), "--staff-port", str(ports[1]), *more]
    log = folder / "serve.log"
    settings.data.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as said:
        environment = {**os.environ, "ALDER_SHOW_UNVERIFIED": "1", "ALDER_PROXY": "127.0.0.1", **environ}
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
    members, staff = (f"http://127.0.0.1:{port}" for port in ports)
    try:
        for address in (members, staff):
            _wait(address, process, log)
        yield Served(members, staff, settings, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + ANSWERS_WITHIN
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            Visitor(address).ask("/")
            return
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"alder serve does not answer: {log.read_text()}")
        time.sleep(0.02)
