"""Chromium as a person has it: own profile and home, real focus, real hiding, bfcache on; spoken to over a pipe.

Playwright fakes focus and switches bfcache off, even where it only attaches. What hides a page has to hide it here too.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chromium import ARGUMENTS, CHROMIUM

PATIENCE = 20
MODIFIERS = {"Shift": 8}


@dataclass
class OwnBrowser:
    """`tab()` opens a page in front. `end()` kills the whole process group, as a phone does."""

    process: subprocess.Popen[bytes]
    to: int
    out: int
    asked: int = 0
    unread: bytes = b""
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        self.asked += 1
        asked = {"id": self.asked, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self.to, json.dumps(asked).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while asked["id"] not in self.answers:
            self._read(until, method)
        answer = self.answers.pop(asked["id"])
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _read(self, until: float, method: str) -> None:
        ready, _, _ = select.select([self.out], [], [], max(0, until - time.monotonic()))
        if not ready:
            raise TimeoutError(f"{method}: no answer in {PATIENCE} s")
        *whole, self.unread = (self.unread + os.read(self.out, 1 << 20)).split(b"\0")
        for told in map(json.loads, whole):
            if "id" in told:
                self.answers[told["id"]] = told

    def tab(self, url: str = "about:blank", background: bool = False) -> Tab:
        """In front, which hides the others, or behind them."""
        target = self.call("Target.createTarget", url="about:blank", background=background)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, target, session)
        for domain in ("Page", "Network"):
            tab.call(f"{domain}.enable")
        if not background:
            tab.show()
        if url != "about:blank":
            tab.go(url)
        return tab

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@dataclass
class Tab:
    browser: OwnBrowser
    target: str
    session: str

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        return self.browser.call(method, self.session, **params)

    def tell(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", expression))
        return answer["result"].get("value")

    def until(self, expression: str) -> None:
        """Waits until it is true; a page that is just going away counts as not yet."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(RuntimeError):
                if self.tell(f"!!({expression})"):
                    return
            time.sleep(0.02)
        raise TimeoutError(f"never true: {expression}")

    def go(self, url: str) -> None:
        told = self.call("Page.navigate", url=url)
        assert "errorText" not in told, told
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def back(self, steps: int = 1) -> None:
        """As the Back key does; waits for no page."""
        history = self.call("Page.getNavigationHistory")
        entry = history["entries"][history["currentIndex"] - steps]
        self.call("Page.navigateToHistoryEntry", entryId=entry["id"])

    def show(self) -> None:
        self.browser.call("Target.activateTarget", targetId=self.target)

    def press(self, selector: str, seconds: float = 0.0) -> None:
        """A finger's or mouse's press in the middle of an element, held that long."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        x, y = self.tell(f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])({box})")
        at = {"x": x, "y": y, "button": "left", "clickCount": 1}
        self.call("Input.dispatchMouseEvent", type="mousePressed", **at)
        time.sleep(seconds)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", **at)

    def key(self, key: str, seconds: float = 0.0) -> None:
        kind = {"key": key, "code": key, "windowsVirtualKeyCode": {"Enter": 13, "Shift": 16, "Escape": 27}.get(key, 0)}
        text = {"text": "\r"} if key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", modifiers=MODIFIERS.get(key, 0), **kind, **text)
        time.sleep(seconds)
        self.call("Input.dispatchKeyEvent", type="keyUp", **kind)

    def write(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def offline(self, is_offline: bool = True) -> None:
        self.call(
            "Network.emulateNetworkConditions",
            offline=is_offline,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )


@contextlib.contextmanager
def own_browser(folder: Path, *more: str) -> Iterator[OwnBrowser]:
    """A fresh profile and a home of its own under `folder`, ended with its whole process group."""
    profile, home = folder / "profile", folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    (read_asked, to), (out, write_told) = os.pipe(), os.pipe()
    # the browser reads from 3 and writes to 4, whatever numbers the pipes have here
    through = f'exec "$0" "$@" 3<&{read_asked} 4>&{write_told}'
    options = [
        *ARGUMENTS,
        "--headless=new",
        "--remote-debugging-pipe",
        f"--user-data-dir={profile}",
        *more,
        "about:blank",
    ]
    process = subprocess.Popen(
        ["bash", "-c", through, CHROMIUM, *options],
        env={**os.environ, "HOME": str(home)},
        start_new_session=True,
        pass_fds=(read_asked, write_told),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read_asked)
    os.close(write_told)
    browser = OwnBrowser(process, to, out)
    try:
        yield browser
    finally:
        browser.end()
        os.close(to)
        os.close(out)
