"""view.*: what the first pages weigh on the wire, and when something is first painted on a slow phone."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from bench.bare import bare
from bench.figures import Figure, in_turns
from tests.chromium import PHONE, launched
from tests.serving import Served, Visitor

FIRST_PAGES = ("/start", "/before", "/home")  # what is read before any search; the heaviest counts
WORKER = "/sw.js"
PACKED = {"Accept-Encoding": "gzip, br"}
BARE_BYTES = 14 * 1024
LATENCY_MS, BYTES_A_SECOND, SLOWER = 400, 400_000 / 8, 4
PAINTED = """() => new Promise(done => new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (entry.name === "first-contentful-paint") done(entry.startTime);
}).observe({type: "paint", buffered: true}))"""


@dataclass
class Weights:
    cover: int
    pages: dict[str, int]
    scripts: int


def figures(running: Served) -> dict[str, Figure]:
    visitor = running.through_the_door()
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        weights = weigh(visitor, browser)
        heaviest = max(weights.pages, key=lambda path: weights.pages[path])
        page = Path(folder) / "bare.html"
        page.write_text(bare_page())
        with bare("same_bytes", page) as port:
            ours, theirs = in_turns(
                lambda: painted_after(browser, f"{running.members}{heaviest}", visitor),
                lambda: painted_after(browser, f"http://127.0.0.1:{port}/", None),
            )
    return {
        "view.first_bytes": Figure(weights.cover, "bytes", "lower", 14_600, over="the cover"),
        "view.page_bytes": Figure(
            weights.pages[heaviest], "bytes", "lower", 14_600, over=f"the heaviest of {FIRST_PAGES}"
        ),
        "view.script_bytes": Figure(
            weights.scripts, "bytes", "lower", 15_000, over="cover, worker and inside together"
        ),
        "view.first_paint": Figure(
            ours,
            "ms",
            "lower",
            1.3,
            f"one bare response of {BARE_BYTES} bytes with inline style",
            ours / theirs,
            heaviest,
        ),
    }


def weigh(visitor: Visitor, browser: Browser) -> Weights:
    """Bytes of bodies as they travel. Scripts: whatever a browser asks for on any of these pages, each counted once."""
    scripts = {WORKER}
    context = browser.new_context(viewport=PHONE)
    _give_cookies(context, visitor)
    page = context.new_page()
    page.on("request", lambda asked: scripts.add(urlsplit(asked.url).path) if asked.resource_type == "script" else None)
    for path in ("/", *FIRST_PAGES):
        page.goto(visitor.address + path, wait_until="networkidle")
    context.close()
    documents = {path: len(visitor.ask(path, headers=PACKED).body) for path in ("/", *FIRST_PAGES)}
    weight = sum(len(visitor.ask(path, headers=PACKED).body) for path in scripts)
    return Weights(documents.pop("/"), documents, weight)


def bare_page() -> str:
    """Text and an inline style, as long as one round trip carries."""
    head = "<!doctype html><meta charset=utf-8><title>Bare</title><style>body{font:18px system-ui;margin:1rem}</style>"
    return (head + "<p>" + "plain words " * BARE_BYTES)[:BARE_BYTES]


def painted_after(browser: Browser, address: str, visitor: Visitor | None) -> float:
    """Milliseconds to the first contentful paint: a fresh phone, a slow line, a slow processor."""
    context = browser.new_context(viewport=PHONE)
    try:
        if visitor:
            _give_cookies(context, visitor)
        page = context.new_page()
        session = context.new_cdp_session(page)
        line = {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        }
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", line)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="load")
        return page.evaluate(PAINTED)
    finally:
        context.close()


def _give_cookies(context: BrowserContext, visitor: Visitor) -> None:
    for name, value in visitor.cookies.items():
        context.add_cookies(
            [{"name": name, "value": value, "url": visitor.address.replace("http:", "https:"), "secure": True}]
        )
