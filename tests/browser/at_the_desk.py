"""A member of staff in a browser: set up once with the code the operator hands over, signed in after."""

from __future__ import annotations

from playwright.sync_api import Page
from pyotp.totp import TOTP

from tests.serving import Served


def sign_in(page: Page, running: Served, name: str, role: str) -> None:
    """Sets `name` up from the beginning; ends on the front page of the desk."""
    code = running.alder("staff", "add", name, "--role", role).stdout.split()[-1]
    page.goto(f"{running.staff}/setup")
    page.fill("input[name=name]", name)
    page.fill("input[name=code]", code)
    page.press("input[name=code]", "Enter")
    page.wait_for_selector("ol.words li")
    secret = "".join(page.locator(".key span").all_inner_texts())
    page.fill("input[name=phrase]", " ".join(page.locator("ol.words li").all_inner_texts()))
    page.fill("input[name=code]", TOTP(secret).now())
    page.press("input[name=code]", "Enter")
    page.wait_for_url("**/desk")
