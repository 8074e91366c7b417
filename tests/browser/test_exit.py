"""Leaving: the cover at once, whatever the network does; nothing of the visit comes back, on no way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.between import relayed
from tests.browser.keys import IS_COVER, come_in, come_in_for_real, display, go_inside, hold_equals, tap, type_code
from tests.browser.own_browser import OwnBrowser, own_browser
from tests.chromium import OpenPage
from tests.serving import Served, alder, serving

pytestmark = pytest.mark.browser
VISIT = "__Host-a"
SOON = 50  # milliseconds
LEAVES = """(() => {
  window.began = performance.now();
  document.querySelector(".bar button").click();
  const isCover = !!document.querySelector(".keys") && !document.querySelector(".bar");
  return [isCover, performance.now() - began];
})()"""
# of a page that the browser had kept: what stood in it in its first moment
NOTES_WHAT_COMES_BACK = """addEventListener("pageshow", ({ persisted }) => {
  if (persisted && document.querySelector(".bar")) sessionStorage.said = document.body.innerText;
});"""
IS_PAINTED = "new Promise((told) => requestAnimationFrame(() => setTimeout(() => told(performance.now() - began))))"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, small_package: Path) -> Iterator[Served]:
    """One for all of them: they change nothing in it."""
    folder = tmp_path_factory.mktemp("exit")
    assert alder("import", small_package, data=folder / "data").returncode == 0
    with serving(folder) as running:
        yield running


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnBrowser]:
    with own_browser(tmp_path) as browser:
        yield browser


def is_cover(page: Page) -> None:
    expect(page.locator(".equals")).to_be_visible()
    expect(page.locator(".bar")).to_have_count(0)


def visit_cookies(page: Page) -> list[str]:
    return [str(cookie.get("name")) for cookie in page.context.cookies()]


@pytest.mark.parametrize("has_worker", [True, False], ids=["worker", "no worker"])
@pytest.mark.parametrize("network", ["slow", "off"])
def test_the_cover_stands_at_once(own: OwnBrowser, served: Served, network: str, has_worker: bool) -> None:
    delays: dict[str, float] = {}
    with relayed(served.members, delays, has_worker=has_worker) as address:
        tab = come_in_for_real(own, address, served.door_code, has_worker=has_worker)
        delays |= {"/": 3, "/close": 3}
        tab.offline(network == "off")
        # one expression, so that what is told comes from before any other page
        is_there, swapped, painted = tab.tell(
            f"(async () => [...{LEAVES}, await {IS_PAINTED}])()" if not has_worker else f"[...{LEAVES}, 0]"
        )
        assert is_there
        assert swapped < SOON and painted < SOON, f"{swapped:.1f} ms, painted {painted:.1f} ms"


def test_the_swapped_calculator_reckons_in_its_own_style(own: OwnBrowser, served: Served) -> None:
    """Without a connection and without the worker nothing else comes: what was swapped in is all there is."""
    with relayed(served.members, has_worker=False) as address:
        tab = come_in_for_real(own, address, served.door_code, has_worker=False)
        tab.offline()
        tab.tell("document.querySelector('.bar button').click()")
        for key in ("7", "×", "6"):
            tab.press(f".keys [value='{key}']")
        tab.press(".equals")
        assert tab.tell("document.querySelector('[name=x]').value") == "=42"
        assert tab.tell("getComputedStyle(document.querySelector('.keys')).display") == "grid"
        assert tab.tell("document.title") == "Calculator"


def test_nothing_comes_back_on_any_way(own: OwnBrowser, served: Served) -> None:
    with relayed(served.members, is_stored=True) as address:  # pages that bfcache may keep
        tab = come_in_for_real(own, address, served.door_code)
        tab.call("Page.addScriptToEvaluateOnNewDocument", source=NOTES_WHAT_COMES_BACK)
        for path in ("/before", "/start", "/home"):
            go_inside(tab, path)
        tab.press(".bar button")
        tab.until("location.pathname === '/'")
        for steps in range(1, 5):
            tab.back(steps)
            tab.until(f"document.readyState === 'complete' && {IS_COVER}")
            tab.until("document.body.innerText.length < 60")
            tab.go(address + "/")
        assert tab.tell("sessionStorage.said") is None
        tab.tell("location.assign('/home')")
        tab.until(f"location.pathname === '/home' && {IS_COVER}")
        other = own.tab(address + "/home")
        assert other.tell(f"!!({IS_COVER})")
        assert VISIT not in {cookie["name"] for cookie in own.call("Storage.getCookies")["cookies"]}


def test_an_exit_without_a_connection_ends_the_visit_at_the_next_contact(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    tab.offline()
    tab.press(".bar button")
    tab.until(f"location.pathname === '/' && document.readyState === 'complete' && {IS_COVER}")
    assert {cookie["name"] for cookie in own.call("Storage.getCookies")["cookies"]} == {VISIT, "__Host-x"}
    tab.offline(False)
    tab.go(served.members + "/home")
    assert tab.tell(f"!!({IS_COVER})")
    assert own.call("Storage.getCookies")["cookies"] == []


def test_the_code_opens_again_right_after_an_exit_without_a_connection(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    tab.offline()
    tab.press(".bar button")
    tab.until(f"location.pathname === '/' && document.readyState === 'complete' && {IS_COVER}")
    tab.offline(False)
    type_code(tab, served.door_code)
    tab.until("location.pathname === '/start' && document.querySelector('.bar')")
    go_inside(tab, "/home")
    assert tab.tell("!!document.querySelector('.bar')")


def test_shift_three_times_leaves_and_nothing_else_does(phone: OpenPage, served: Served) -> None:
    page = phone()
    come_in(page, served.members, served.door_code)
    field = page.locator("main input[type=text], main input[type=search]").first
    page.wait_for_load_state("networkidle")
    field.focus()
    page.keyboard.press("Escape")
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(field).to_have_value("ABC")
    page.keyboard.press("Shift")
    page.wait_for_url(served.members + "/")
    is_cover(page)
    page.goto(served.members + "/home")
    is_cover(page)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_the_button_leaves(phone: OpenPage, served: Served, has_script: bool) -> None:
    page = phone(java_script_enabled=has_script)
    come_in(page, served.members, served.door_code)
    if has_script:
        page.wait_for_load_state("networkidle")
    # a frightened person does not look for it: it is what Tab reaches first
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(served.members + "/")
    is_cover(page)
    if has_script:
        page.wait_for_load_state("networkidle")
    assert visit_cookies(page) == []
    page.go_back()
    is_cover(page)


@pytest.mark.parametrize("size", [(320, 480), (360, 740), (1280, 800)], ids=str)
def test_the_button_is_always_in_sight_and_hides_no_focus(
    phone: OpenPage, served: Served, size: tuple[int, int]
) -> None:
    page = phone(viewport={"width": size[0], "height": size[1]})
    come_in(page, served.members, served.door_code)
    for path in ("/start", "/before", "/home", "/numbers"):
        page.goto(served.members + path)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        button, bar = page.locator(".bar button").bounding_box(), page.locator(".bar").bounding_box()
        assert button and bar
        assert 0 <= button["y"] <= 16 and button["height"] >= 48 and button["x"] + button["width"] <= size[0]
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            top = page.evaluate("document.activeElement.getBoundingClientRect().y")
            on_the_bar = page.evaluate("document.activeElement.matches('body, .bar *')")
            assert on_the_bar or top >= bar["height"] - 1, "focus hides under the bar"


def test_a_page_without_its_modules_still_leaves(phone: OpenPage, served: Served) -> None:
    page = phone(service_workers="block")
    page.route("**/s/*.js", lambda route: route.abort())
    come_in(page, served.members, served.door_code)
    page.locator(".bar button").click()
    page.wait_for_url(served.members + "/")
    is_cover(page)
    assert visit_cookies(page) == []


def test_after_leaving_the_calculator_is_as_new(phone: OpenPage, served: Served) -> None:
    page = phone()
    come_in(page, served.members, served.door_code)
    page.wait_for_load_state("networkidle")
    page.locator(".bar button").click()
    page.wait_for_url(served.members + "/")
    expect(display(page)).to_have_value("")
    tap(page, "2+2=")
    expect(display(page)).to_have_value("=4")
    tap(page, "C" + served.door_code)
    hold_equals(page)
    page.wait_for_url("**/start")
