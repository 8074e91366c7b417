"""The calculator's keys under a finger, and the way through the door: in Playwright's browser and in one of our own."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.own_browser import OwnBrowser, Tab

LONG = 0.8
WORKER_TAKES_OVER = """new Promise((done) => {
  if (navigator.serviceWorker.controller) done();
  navigator.serviceWorker.addEventListener("controllerchange", done);
})"""
IS_COVER = "document.querySelector('.keys') && !document.querySelector('.bar')"
# the modules have started: the front page is at hand, exit and lock work
IS_READY = (
    "performance.getEntriesByType('resource').filter((r) => /lock.js|c.cover.js|[0-9].$/.test(r.name)).length === 3"
)


def display(page: Page) -> Locator:
    return page.locator("input[name=x]")


def tap(page: Page, keys: str) -> None:
    for key in keys:
        page.locator(f'main button[value="{key}"]:visible').last.click()


def hold_equals(page: Page) -> None:
    page.locator(".equals").hover()
    page.mouse.down()
    page.wait_for_timeout(LONG * 1000)
    page.mouse.up()


def come_in(page: Page, address: str, code: str, path: str = "/home") -> None:
    """Through the door and on to `path`, its modules started where there is script."""
    page.goto(address)
    display(page).fill(code)
    display(page).press("Enter", delay=LONG * 1000)
    page.wait_for_url("**/start")
    page.goto(address + path)


def type_code(tab: Tab, code: str) -> None:
    """On the calculator, whoever put it there; waits for nothing."""
    for digit in code:
        tab.press(f".keys [value='{digit}']")
    tab.press(".equals", LONG)


def come_in_for_real(browser: OwnBrowser, address: str, code: str, path: str = "/home", has_worker: bool = True) -> Tab:
    tab = browser.tab(address)
    tab.until("document.forms[0].x.inputMode === 'none'")
    tab.tell(WORKER_TAKES_OVER if has_worker else "0")
    type_code(tab, code)
    tab.until("location.pathname === '/start'")
    go_inside(tab, path)
    return tab


def go_inside(tab: Tab, path: str) -> None:
    """By a link, as a person goes."""
    tab.until("document.readyState === 'complete'")
    tab.tell(f"document.querySelector('footer').insertAdjacentHTML('beforeend', '<a id=on href={path}>on</a>')")
    tab.tell("document.querySelector('#on').click()")
    tab.until(f"location.pathname === '{path.partition('?')[0]}' && !document.querySelector('#on')")
    settled(tab)


def settled(tab: Tab) -> None:
    """The page is whole and its modules have started."""
    tab.until(f"document.readyState === 'complete' && {IS_READY}")
    tab.tell("new Promise((done) => setTimeout(done, 50))")
