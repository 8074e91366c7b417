"""Looking for a place on a small phone: readable in every language, by touch, by keyboard, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from server.web import LANGUAGES
from tests.chromium import OpenPage
from tests.serving import Served

pytestmark = pytest.mark.browser

SMALLEST = 320
Form = dict[str, str | float | bool]
TOUCHED = "button, .call, .button, input:not([type=checkbox]), select, summary, label:has(input)"
TOO_SMALL = f"""[...document.querySelector('main').querySelectorAll('{TOUCHED}')]
  .filter((e) => e.checkVisibility()).map((e) => [e.innerText || e.name, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name, box]) => name + box.width + "x" + box.height)"""
FAULTS = "axe.run().then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html))"
LOADED = "performance.getEntriesByType('resource').map((r) => new URL(r.name).host).filter((h) => h !== location.host)"


def inside(page: Page, served: Served, language: str, country: str = "US") -> None:
    """Through the door without the door's own pages: tests of their own walk those."""
    own = {"origin": served.members, "sec-fetch-site": "same-origin"}
    code: Form = {"x": served.door_code, "k": "="}
    chosen: Form = {"language": language, "country": country}
    for path, form in (("/", code), ("/start", chosen)):
        assert page.request.post(served.members + path, form=form, headers=own).ok


def ask(page: Page, served: Served, words: str) -> None:
    page.goto(served.members + "/places")
    page.fill("input[name=q]", words)
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/places?t=*")


def assert_fits(page: Page, axe: str, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST, f"{name} is wider than the screen"
    assert page.evaluate(TOO_SMALL) == [], name
    assert page.evaluate(LOADED) == [], f"{name} asks another address"
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(FAULTS) == [], f"{name}, {scheme}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_the_smallest_phone(served: Served, phone: OpenPage, axe: str, language: str) -> None:
    page = phone(viewport={"width": SMALLEST, "height": 640}, bypass_csp=True)
    inside(page, served, language)
    for path in ("/home", "/numbers", "/places"):
        page.goto(served.members + path)
        assert_fits(page, axe, path)
    ask(page, served, "housing")
    page.locator("main summary").first.click()
    assert_fits(page, axe, "results")
    page.locator("main article a[href*='/place?t=']").first.click()
    page.wait_for_url("**/place?t=*")
    assert_fits(page, axe, "a place")
    ask(page, served, "nothing like kestrels xyzzy")
    assert_fits(page, axe, "nothing found")


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_a_need_by_touch_leads_to_a_number_in_two_taps(served: Served, phone: OpenPage, scripted: bool) -> None:
    page = phone(java_script_enabled=scripted)
    inside(page, served, "en")
    page.goto(served.members + "/home")
    page.get_by_role("button", name=re.compile("^Food")).click()
    page.wait_for_url("**/places?t=*")
    card = page.locator("main article").first
    expect(card.locator("a[href^='tel:']")).to_be_visible()
    expect(card).to_contain_text("Matches: Food")
    page.go_back()
    page.go_forward()
    expect(page.locator("main article").first).to_be_visible()


def test_by_keyboard_the_way_leads_past_the_numbers_to_the_search(served: Served, phone: OpenPage) -> None:
    page = phone()
    inside(page, served, "en")
    page.goto(served.members + "/home")
    page.evaluate("document.activeElement.blur()")
    seen: list[str] = []
    for _ in range(16):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const e = document.activeElement, box = e.getBoundingClientRect(),"
            " bar = document.querySelector('.bar').getBoundingClientRect();"
            " const name = e.id || e.getAttribute('href') || e.innerText;"
            " return [name, e.closest('.bar') ? 99 : box.top - bar.bottom] })()"
        )
        assert place[1] >= -1, f"{place[0]} is hidden under the bar"
        seen.append(place[0])
    assert "tel:911" in seen and seen.index("tel:911") < seen.index("q") < seen.index("language")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_mended_word_and_a_town_of_many_are_told_readably_without_script(
    served: Served, phone: OpenPage, axe: str, language: str
) -> None:
    page = phone(viewport={"width": SMALLEST, "height": 640}, bypass_csp=True)
    inside(page, served, language)
    page.goto(served.members + "/places")
    page.fill("input[name=q]", "housng")
    page.fill("input[name=near]", "Springfield")
    page.press("input[name=near]", "Enter")
    page.wait_for_url("**/places?t=*")
    expect(page.locator("main")).to_contain_text("housing")
    expect(page.locator("main li a[href*='/places?t=']")).to_have_count(8)
    assert_fits(page, axe, "mended, and which town")
    page.locator("main li a[href*='/places?t=']").first.click()
    expect(page.locator("main article").first).to_be_visible()
    assert_fits(page, axe, "near a town")
