"""The browser of the machine, kept from leaving it, the size of a phone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PHONE: ViewportSize = {"width": 360, "height": 740}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
OpenPage = Callable[..., Page]


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextlib.contextmanager
def phones(browser: Browser) -> Iterator[OpenPage]:
    """Hands out pages, each of a phone of its own: `phone()`, `phone(java_script_enabled=False, locale="es")`."""
    contexts: list[BrowserContext] = []

    def phone(**options: Any) -> Page:
        asked: dict[str, Any] = {"viewport": PHONE, "service_workers": "allow", "locale": "en-US", **options}
        context = browser.new_context(**asked)
        contexts.append(context)
        return context.new_page()

    yield phone
    for context in contexts:
        context.close()
