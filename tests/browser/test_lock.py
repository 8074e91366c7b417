"""Looking away: the cover at once when the page is hidden, left or forgotten; by the code back to the same place."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.between import relayed
from tests.browser.keys import (
    IS_COVER,
    come_in,
    come_in_for_real,
    display,
    go_inside,
    hold_equals,
    settled,
    tap,
    type_code,
)
from tests.browser.own_browser import OwnBrowser, Tab, own_browser
from tests.chromium import OpenPage
from tests.serving import Served

pytestmark = pytest.mark.browser
FIELD = "main input[type=text], main input[type=search]"
WORDS = "a bed tonight"
INSIDE = "document.querySelector('.bar') && !document.querySelector('.keys')"
LOCKED = "__Host-y"
# counts each time that the calculator stands in the page, also while the page is going away
NOTES_COVERS = """new MutationObserver(() => {
  if (document.querySelector(".keys")) sessionStorage.covers = 1 + Number(sessionStorage.covers || 0);
}).observe(document, { childList: true, subtree: true });"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnBrowser]:
    with own_browser(tmp_path) as browser:
        yield browser


def typed(tab: Tab) -> None:
    tab.tell(f"document.querySelector('{FIELD}').focus()")
    tab.write(WORDS)
    tab.tell("scrollTo(0, 90)")


def place(tab: Tab) -> list[object]:
    field = f"document.querySelector('{FIELD}')"
    return tab.tell(f"[{field}.value, document.activeElement === {field}, Math.round(scrollY), document.title]")


def cookies(own: OwnBrowser) -> set[str]:
    return {cookie["name"] for cookie in own.call("Storage.getCookies")["cookies"]}


def test_hidden_it_is_the_cover_and_the_code_brings_back_her_place(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    typed(tab)
    before = place(tab)
    other = own.tab()
    assert tab.tell(f"document.hidden && !!({IS_COVER})")
    assert WORDS not in tab.tell("document.documentElement.outerHTML")
    assert tab.tell("[document.title, scrollY]") == ["Calculator", 0]
    tab.show()
    assert tab.tell(f"!!({IS_COVER})"), "it came back by itself"
    type_code(tab, served.door_code)
    tab.until(INSIDE)
    assert place(tab) == before == [WORDS, True, 90, "Calculator"]
    assert cookies(own) == {"__Host-a"}
    other.show()
    assert tab.tell(f"!!({IS_COVER})"), "it locks only once"


def test_the_links_of_the_page_that_came_back_still_lead_on(own: OwnBrowser, served: Served) -> None:
    """Sealed links are bound to the visit: the code must not make another one."""
    tab = come_in_for_real(own, served.members, served.door_code)
    tab.tell("document.querySelector('main form[action=\"/places\"] button').click()")
    tab.until("location.pathname === '/places'")
    settled(tab)
    results = tab.tell("location.search")
    own.tab()
    tab.show()
    type_code(tab, served.door_code)
    tab.until(INSIDE)
    assert tab.tell("location.pathname + location.search") == "/places" + results
    tab.tell("window.isOld = true, location.reload()")
    tab.until("!window.isOld")
    settled(tab)
    assert tab.tell(f"!!({INSIDE})"), "the link was bound to another visit"


def test_any_other_number_is_a_sum(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    own.tab()
    tab.show()
    type_code(tab, "123456")
    tab.until("document.querySelector('[name=x]').value === '=123456'")
    assert tab.tell(f"!!({IS_COVER})")
    tab.offline()
    type_code(tab, served.door_code)
    tab.until(f"document.querySelector('[name=x]').value === '={served.door_code}'")
    tab.offline(False)
    type_code(tab, served.door_code)
    tab.until(INSIDE)


def test_losing_the_focus_alone_locks(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    tab.tell("dispatchEvent(new Event('blur'))")
    assert tab.tell(f"!!({IS_COVER})")


def test_a_number_that_she_taps_is_no_reason_to_lose_her_place(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    typed(tab)
    # this machine has no dialler: its browser would ask in a dialog, which takes the next press
    tab.tell("document.addEventListener('click', (event) => event.preventDefault(), { once: true })")
    tab.tell("document.querySelector('a[href^=tel]').click()")
    tab.tell("dispatchEvent(new Event('blur'))")
    assert tab.tell(f"!!({INSIDE})"), "the blur that the dialler causes"
    own.tab()
    assert tab.tell(f"document.hidden && !!({IS_COVER})"), "nothing stands in the list of open apps"
    tab.show()
    type_code(tab, served.door_code)
    tab.until(INSIDE)
    assert place(tab)[0] == WORDS


def test_while_it_is_locked_reload_back_and_a_new_tab_show_the_cover(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    go_inside(tab, "/before")
    blank = own.tab()
    assert LOCKED in cookies(own)
    blank.go(served.members + "/home")
    assert blank.tell(f"!!({IS_COVER})")
    tab.show()
    tab.tell("location.reload()")
    tab.until(f"document.readyState === 'complete' && {IS_COVER}")
    tab.back()
    tab.until(f"location.pathname === '/home' && document.readyState === 'complete' && {IS_COVER}")
    tab.until("document.forms[0].x.inputMode === 'none'")
    type_code(tab, served.door_code)
    tab.until(f"location.pathname === '/home' && {INSIDE}")
    assert cookies(own) == {"__Host-a"}


@pytest.mark.parametrize("is_stored", [False, True], ids=["no-store", "bfcache"])
def test_whoever_goes_elsewhere_and_comes_back_finds_the_cover(
    own: OwnBrowser, served: Served, is_stored: bool
) -> None:
    with relayed(served.members, is_stored=is_stored) as address:
        tab = come_in_for_real(own, address, served.door_code)
        tab.tell("document.querySelector('a[href^=\"#\"]').click()")  # within the page, which is no way out of it
        tab.go("about:blank#elsewhere")
        tab.back()
        tab.until(f"location.pathname === '/home' && document.readyState === 'complete' && {IS_COVER}")
        tab.until("document.forms[0].x.inputMode === 'none'")
        type_code(tab, served.door_code)
        tab.until(INSIDE)


@pytest.mark.parametrize("is_stored", [False, True], ids=["no-store", "bfcache"])
def test_from_page_to_page_no_cover_shows_and_back_leads_back(own: OwnBrowser, served: Served, is_stored: bool) -> None:
    with relayed(served.members, is_stored=is_stored) as address:
        tab = come_in_for_real(own, address, served.door_code)
        tab.call("Page.addScriptToEvaluateOnNewDocument", source=NOTES_COVERS)
        for path in ("/before", "/home", "/before"):
            go_inside(tab, path)
            assert tab.tell(f"!!({INSIDE})")
        for path in ("/home", "/before", "/home"):
            tab.back()
            tab.until(f"location.pathname === '{path}' && document.readyState === 'complete' && {INSIDE}")
            settled(tab)
        assert LOCKED not in cookies(own)
        assert tab.tell("sessionStorage.covers") is None
        tab.tell("dispatchEvent(new Event('blur'))")
        assert tab.tell("sessionStorage.covers") == "1", "the test cannot see a cover"


def test_back_leads_back_where_a_browser_says_nothing_of_it_beforehand(own: OwnBrowser, served: Served) -> None:
    """Without the Navigation API the page that is left locks; the one that comes was let through before."""
    tab = come_in_for_real(own, served.members, served.door_code)
    no_api = "Object.defineProperty(window, 'navigation', { value: undefined })"
    tab.call("Page.addScriptToEvaluateOnNewDocument", source=no_api)
    for path in ("/before", "/numbers", "/before"):
        go_inside(tab, path)
    for path in ("/numbers", "/before", "/home"):
        tab.back()
        tab.until(f"location.pathname === '{path}' && document.readyState === 'complete' && {INSIDE}")
        settled(tab)
    assert LOCKED not in cookies(own)


def test_after_five_minutes_it_looks_away_and_after_fifteen_more_it_leaves(phone: OpenPage, served: Served) -> None:
    page = phone()
    page.clock.install()
    come_in(page, served.members, served.door_code)
    page.wait_for_load_state("networkidle")
    field = page.locator(FIELD).first
    field.fill(WORDS)
    page.wait_for_timeout(500)  # what the field does to the page is heard of as a scroll or a move, a moment later
    page.clock.fast_forward("04:50")
    expect(field).to_have_value(WORDS)
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    page.clock.fast_forward("04:50")
    expect(field).to_have_value(WORDS)
    page.clock.fast_forward("00:30")
    expect(page.locator(".equals")).to_be_visible()
    unlock(page, served.door_code)
    expect(field).to_have_value(WORDS)
    page.wait_for_timeout(500)  # a page that changes under a resting mouse hears of it as of a move, a moment later
    page.clock.fast_forward("06:00")
    expect(page.locator(".equals")).to_be_visible()
    page.clock.fast_forward("14:50")
    assert page.url == served.members + "/home"
    page.clock.fast_forward("00:30")
    page.wait_for_url(served.members + "/")
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []


def unlock(page: Page, code: str) -> None:
    tap(page, code)
    page.locator(".equals").hover()
    page.mouse.down()
    page.clock.fast_forward(700)
    page.mouse.up()


def test_an_answer_that_comes_while_she_looks_away_is_not_lost(own: OwnBrowser, served: Served) -> None:
    """What she asked is answered by a 303: the page it leads to has to be let through."""
    delays = {"/places": 4}
    with relayed(served.members, delays) as address:
        tab = come_in_for_real(own, address, served.door_code)
        tab.tell(NOTES_COVERS)
        tab.tell("document.querySelector('main form[action=\"/places\"] button').click()")
        own.tab()
        tab.until(f"location.pathname === '/places' && document.readyState === 'complete' && {IS_COVER}")
        assert tab.tell("sessionStorage.covers") == "1", "the page it came from was not covered"
        tab.show()
        assert tab.tell(f"!!({IS_COVER})")
        assert LOCKED in cookies(own), "a reload would show the page"
        type_code(tab, served.door_code)
        tab.until(f"location.pathname === '/places' && {INSIDE}")


def test_a_page_that_opens_behind_another_is_covered_at_once(own: OwnBrowser, served: Served) -> None:
    tab = come_in_for_real(own, served.members, served.door_code)
    behind = own.tab(background=True)
    behind.go(served.members + "/before")
    behind.until(f"document.hidden && {IS_COVER}")
    tab.until(INSIDE)
    go_inside(tab, "/before")
    assert tab.tell(f"!!({INSIDE})")


def test_the_lock_says_nothing_to_the_console(phone: OpenPage, served: Served) -> None:
    """Not even that a style was refused."""
    page = phone()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.text} {message.location['url']}"))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    come_in(page, served.members, served.door_code)
    page.wait_for_load_state("networkidle")
    page.evaluate("dispatchEvent(new Event('blur'))")
    expect(page.locator(".equals")).to_be_visible()
    tap(page, "1+1=")
    expect(display(page)).to_have_value("=2")
    tap(page, "C" + served.door_code)
    hold_equals(page)
    expect(page.locator(".bar")).to_be_visible()
    page.locator(".bar button").click()
    page.wait_for_url(served.members + "/")
    time.sleep(0.2)
    assert [text for text in said if not re.search("Permissions-Policy|Clear-Site-Data|favicon", text)] == []


def test_what_was_kept_of_a_visit_that_was_left_elsewhere_never_comes_back(own: OwnBrowser, served: Served) -> None:
    first = come_in_for_real(own, served.members, served.door_code)
    typed(first)
    second = own.tab(served.members)
    assert first.tell(f"!!({IS_COVER})")
    second.until("document.forms[0].x.inputMode === 'none'")
    type_code(second, served.door_code)
    second.until("location.pathname === '/home'")
    settled(second)
    second.press(".bar button")
    second.until(f"location.pathname === '/' && {IS_COVER}")
    first.show()
    type_code(first, served.door_code)
    first.until("location.pathname === '/start' && document.readyState === 'complete'")
    first.until(f"!document.body.textContent.includes('{WORDS}')")
