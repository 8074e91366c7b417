"""One place on a small phone: read, called, taken along, told about; by touch and keyboard, with and without script."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from server import stores
from tests.browser.test_finding import SMALLEST, assert_fits, inside
from tests.chromium import OpenPage
from tests.serving import Served

pytestmark = pytest.mark.browser

PAPERS = ("slip", "print", "told", "harm", "call")
BACK = "main a[href*='/place?t=']"


def a_place(served: Served) -> str:
    """The id of one with a number, its facts filled in."""
    connection = sqlite3.connect(stores.sqlite_path(served.settings, "directory"))
    with connection:
        key, service = connection.execute("SELECT key, id FROM service WHERE status = 'active' LIMIT 1").fetchone()
        connection.execute("DELETE FROM phone WHERE service_id = ?", (key,))
        connection.execute(
            "INSERT INTO phone (service_id, number, extension, kind, description)"
            " VALUES (?, '305 555 0199', '7', 'voice', '')",
            (key,),
        )
        connection.execute(
            "UPDATE service SET police = 'duty', documents = 'A letter, if you have one.', full_on = '2026-11-20',"
            " chat = 'chat.example.org' WHERE key = ?",
            (key,),
        )
        for facet in ("no_id", "women", "families", "labour", "interpreters"):
            connection.execute("INSERT INTO service_facet (service_id, facet) VALUES (?, ?)", (key, facet))
        connection.execute("UPDATE change SET number = number + 1")
    connection.close()
    return service


def where(page: Page, served: Served, service: str, lead: str) -> str:
    """The address that a button of the page leads to."""
    own = {"origin": served.members, "sec-fetch-site": "same-origin"}
    form: dict[str, str | float | bool] = {"service": service, "go": lead}
    answer = page.request.post(served.members + "/place", form=form, headers=own, max_redirects=0)
    return served.members + answer.headers["location"]


def open_place(page: Page, served: Served, service: str) -> None:
    page.goto(where(page, served, service, "slip"))
    page.locator(BACK).click()
    page.wait_for_url("**/place?t=*")


@pytest.mark.parametrize("language", ["es", "ar"])  # the longer words, and the other direction
def test_every_page_about_a_place_fits_the_smallest_phone(
    served: Served, phone: OpenPage, axe: str, language: str
) -> None:
    service = a_place(served)
    page = phone(viewport={"width": SMALLEST, "height": 640}, bypass_csp=True)
    inside(page, served, language)
    open_place(page, served, service)
    assert_fits(page, axe, "a place, not warned")
    for lead in PAPERS:
        page.goto(where(page, served, service, lead))
        for summary in page.locator("main summary").all():
            summary.click()
        assert_fits(page, axe, lead)
    open_place(page, served, service)
    assert_fits(page, axe, "a place, warned")
    page.goto(where(page, served, service, "harm"))
    page.locator("button[value=harm]").click()
    page.wait_for_url("**/noted?t=*")
    assert_fits(page, axe, "told")
    page.goto(served.members + "/look")
    assert_fits(page, axe, "happening")


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_the_number_warns_once_and_a_report_takes_two_taps(served: Served, phone: OpenPage, scripted: bool) -> None:
    service = a_place(served)
    page = phone(java_script_enabled=scripted)
    inside(page, served, "en")
    open_place(page, served, service)
    page.get_by_role("button", name="Call 305 555 0199").click()
    page.wait_for_url("**/ring?t=*")
    expect(page.locator("main")).to_contain_text("The call stays in the list of calls on this phone.")
    call = page.locator("main a[href='tel:3055550199']")
    expect(call).to_be_in_viewport()
    page.locator(BACK).click()
    page.wait_for_url("**/place?t=*")
    expect(page.locator("main a[href='tel:3055550199']")).to_be_visible()
    page.get_by_role("button", name="This place harmed me").click()
    page.wait_for_url("**/note?t=*")
    page.get_by_role("button", name="Send this").click()
    page.wait_for_url("**/noted?t=*")
    expect(page.locator("main")).to_contain_text("Two people who keep this list read it, each alone.")
    page.reload()
    expect(page.locator("h1")).to_have_text("Thank you. It has arrived.")
    with sqlite3.connect(stores.sqlite_path(served.settings, "directory")) as connection:
        assert connection.execute("SELECT kind FROM report").fetchall() == [("harm",)], "reload sent it again"


def test_on_paper_stands_the_place_in_black_on_white_and_nothing_of_ours(served: Served, phone: OpenPage) -> None:
    service = a_place(served)
    page = phone(color_scheme="dark")
    inside(page, served, "en")
    for lead in ("print", "slip"):
        page.goto(where(page, served, service, lead))
        assert page.title() == "Calculator"
        page.emulate_media(media="print", color_scheme="dark")
        for ours in (".bar", "footer", "h1", BACK):
            expect(page.locator(ours).first).to_be_hidden()
        expect(page.locator(".paper")).to_contain_text("305 555 0199")
        colours = page.evaluate(
            "[document.querySelector('.paper'), document.body, document.documentElement].map("
            "(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])"
        )
        assert colours[0] == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"] and colours[2][1] == "rgb(255, 255, 255)", colours
        said = page.inner_text("body")
        assert not re.search(r"calculator|leave this page|alder|127\.0\.0\.1", said, re.I), said
        page.emulate_media(media="screen")


def test_by_keyboard_every_button_of_a_place_is_reached_and_answers(served: Served, phone: OpenPage) -> None:
    service = a_place(served)
    page = phone()
    inside(page, served, "en")
    open_place(page, served, service)
    page.evaluate("document.activeElement.blur()")
    seen: list[str] = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.innerText.replace(/\\s+/g, ' ')"))
        if seen[-1] == "Was this right?":
            break
    assert [name for name in seen if name in ("Call 305 555 0199", "A small slip", "All of it on paper")] == [
        "Call 305 555 0199",
        "A small slip",
        "All of it on paper",
    ]
    page.keyboard.press("Enter")
    page.wait_for_url("**/note?t=*")
    expect(page.get_by_role("button", name="Yes, it was right")).to_be_visible()
