"""The desk in a browser: readable at every size, by keyboard alone, with nothing run, loaded or left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_the_desk import sign_in
from tests.chromium import OpenPage
from tests.serving import Served

pytestmark = pytest.mark.browser

FAULTS = "axe.run().then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html))"
SIZES = ((320, 640), (360, 740), (1280, 800))
# The middle of what has the focus is on the screen, and nothing lies over it.
SEEN = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return it === document.body || it === over || it.contains(over) || over?.closest("label")?.contains(it) || it.name;
}"""


@pytest.fixture
def wide(phone: OpenPage) -> Page:
    return phone(viewport={"width": 1280, "height": 800})


@pytest.fixture
def complaints(wide: Page) -> Iterator[list[str]]:
    """What Chromium says about the page's own policy, and every address asked for."""
    said: list[str] = []
    wide.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    wide.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith("http://127.0.0.1:") else None)
    yield said
    assert said == []


def first_service(page: Page, served: Served, words: str = "") -> None:
    page.goto(f"{served.staff}/desk/services")
    page.fill("input[name=words]", words)
    page.press("input[name=words]", "Enter")
    page.wait_for_url("**/desk/services?t=*")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/desk/service/*")


def assert_reads_well(page: Page, axe: str, name: str) -> None:
    page.evaluate(axe)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(FAULTS) == [], f"{name}, {width}, {scheme}"


@pytest.mark.parametrize("locale", ["en-US", "ar"])
def test_every_page_of_the_desk_reads_well(served: Served, phone: OpenPage, axe: str, locale: str) -> None:
    page = phone(bypass_csp=True, locale=locale)
    code = served.alder("staff", "add", "nora", "--role", "coordinator").stdout.split()[-1]
    for path in ("/", "/setup", "/nothing-here"):
        page.goto(served.staff + path)
        assert_reads_well(page, axe, path)
    page.goto(f"{served.staff}/setup")
    page.fill("input[name=name]", "nora")
    page.fill("input[name=code]", code)
    page.press("input[name=code]", "Enter")
    page.wait_for_selector("ol.words li")
    assert_reads_well(page, axe, "the phrase")
    sign_in(page, served, "edith", "directory_editor")
    for path in ("/desk", "/desk/services", "/desk/check", "/desk/lines", "/desk/reports", "/log"):
        page.goto(served.staff + path)
        assert_reads_well(page, axe, path)
    first_service(page, served)
    page.locator(".acts .facet label").last.click()
    page.locator(".acts button.main").first.click()
    page.wait_for_selector(".notice")
    assert_reads_well(page, axe, "a service")
    page.fill("#hours_2", "9-5")
    page.fill("#website", "not a site")
    page.locator(".save button").click()
    page.wait_for_selector(".warning")
    assert_reads_well(page, axe, "a form with faults")
    page.context.clear_cookies()
    page.locator(".save button").click()
    page.wait_for_selector("input[name=carried]", state="attached")
    assert_reads_well(page, axe, "a sign-in that ended while somebody typed")
    sign_in(page, served, "omar", "operator")
    for path in ("/log", "/staff"):
        page.goto(served.staff + path)
        assert_reads_well(page, axe, path)
    page.context.clear_cookies()
    sign_in(page, served, "ruth", "auditor")
    first_service(page, served)
    assert_reads_well(page, axe, "a service to read")


def test_nothing_runs_nothing_is_loaded_and_no_script_reaches_the_session(
    served: Served, wide: Page, complaints: list[str]
) -> None:
    sign_in(wide, served, "edith", "directory_editor")
    titles: set[str] = set()
    for path in ("/desk", "/desk/services", "/log", "/nothing"):
        wide.goto(served.staff + path)
        titles.add(wide.title())
        assert wide.locator("script").count() == 0
        assert wide.evaluate("document.cookie") == ""
    assert titles == {"Desk"}
    cookies = wide.context.cookies()
    kept = [(one.get("name"), one.get("httpOnly"), one.get("secure"), one.get("sameSite")) for one in cookies]
    assert kept == [("__Host-s", True, True, "Strict")]
    assert wide.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_the_picture_for_the_app_is_black_on_white_in_every_scheme(
    served: Served, wide: Page, complaints: list[str]
) -> None:
    code = served.alder("staff", "add", "nora", "--role", "auditor").stdout.split()[-1]
    wide.emulate_media(color_scheme="dark")
    wide.goto(f"{served.staff}/setup")
    wide.fill("input[name=name]", "nora")
    wide.fill("input[name=code]", code)
    wide.press("input[name=code]", "Enter")
    picture = wide.locator(".picture")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box and box["width"] >= 120 and abs(box["width"] - box["height"]) < 2
    colours = picture.evaluate(
        "(it) => [getComputedStyle(it).backgroundColor, getComputedStyle(it.querySelector('path')).stroke]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_a_service_is_found_checked_and_edited_by_keyboard_alone(served: Served, wide: Page) -> None:
    sign_in(wide, served, "edith", "directory_editor")
    wide.goto(f"{served.staff}/desk/services")
    expect(wide.locator("input[name=words]")).to_be_focused()
    wide.keyboard.type("housing")
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/desk/services?t=*")
    for _ in range(12):
        wide.keyboard.press("Tab")
        if wide.evaluate("Boolean(document.activeElement.closest('tbody'))"):
            break
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/desk/service/*")
    wide.keyboard.press("Tab")
    expect(wide.locator(".skip")).to_be_focused()
    wide.keyboard.press("Enter")
    wide.locator("input[name=how]").first.focus()
    wide.keyboard.press("Space")
    wide.keyboard.press("Tab")
    wide.keyboard.press("Enter")
    expect(wide.get_by_role("status")).to_contain_text("Written down as checked today")
    for step in range(70):
        wide.keyboard.press("Tab")
        assert wide.evaluate(SEEN) is True, f"what has the focus is hidden: {wide.evaluate(SEEN)} at {step}"
    wide.locator("#fees").focus()
    wide.keyboard.press("Control+A")
    wide.keyboard.type("Ten a night")
    for _ in range(40):
        wide.keyboard.press("Tab")
        if wide.evaluate("document.activeElement.closest('.save') !== null"):
            break
    wide.keyboard.press("Enter")
    expect(wide.get_by_role("status")).to_contain_text("Saved.")
    expect(wide.locator("#fees")).to_have_value("Ten a night")


def test_the_number_to_call_is_seen_before_the_question_whether_it_was_called(served: Served, phone: OpenPage) -> None:
    page = phone()
    sign_in(page, served, "edith", "directory_editor")
    first_service(page, served)
    call, how = page.locator(".reach a").first.bounding_box(), page.locator("input[name=how]").first.bounding_box()
    assert call and how and call["y"] + call["height"] < how["y"]
    assert call["y"] < 740, "on the first screen of a phone"


def test_without_script_nothing_typed_is_lost_and_back_and_reload_ask_nothing(served: Served, phone: OpenPage) -> None:
    page = phone(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    sign_in(page, served, "edith", "directory_editor")
    first_service(page, served)
    page.fill("#description", "First line\n\n  <b>Third</b>")
    page.fill("#hours_1", "nine to five")
    page.locator(".save button").click()
    expect(page.locator("#hours_1-wrong")).to_be_visible()
    expect(page.locator("#description")).to_have_value("First line\n\n  <b>Third</b>")
    page.fill("#hours_1", "9-17")
    page.locator(".save button").click()
    expect(page.locator("#hours_1")).to_have_value("09:00-17:00")
    expect(page.locator("#description")).to_have_value("First line\n\n  <b>Third</b>")
    answer = page.reload()
    assert answer and answer.status == 200 and answer.request.method == "GET"
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{served.staff}/desk/services")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_enter_saves_and_a_check_takes_along_what_was_typed(served: Served, wide: Page) -> None:
    sign_in(wide, served, "edith", "directory_editor")
    first_service(wide, served)
    wide.locator(".acts .facet label").first.click()
    wide.fill("#alternate_name", "By another name")
    wide.press("#alternate_name", "Enter")
    expect(wide.get_by_role("status")).to_contain_text("Saved.")
    expect(wide.locator(".marks")).to_contain_text("never checked")
    expect(wide.locator("input[name=how]").first).to_be_checked()
    wide.fill("#fees", "Ten a night")
    wide.get_by_role("button", name="Write it down").click()
    expect(wide.get_by_role("status")).to_contain_text("Saved, and written down as checked today.")
    expect(wide.locator("#fees")).to_have_value("Ten a night")
