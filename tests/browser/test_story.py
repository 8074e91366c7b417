"""The story: a coordinator imports a real package, a person on a watched phone finds a bed, staff take a place away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_the_desk import sign_in
from tests.chromium import OpenPage
from tests.serving import Served, alder, serving

pytestmark = pytest.mark.browser


def through_the_door(page: Page, members: str, code: str, scripted: bool) -> None:
    """She types the code like a number; with script she then holds the = key, without she presses it."""
    page.goto(members)
    expect(page).to_have_title("Calculator")
    for digit in code:
        page.get_by_role("button", name=digit, exact=True).click()
        if not scripted:
            page.wait_for_load_state()
    equals = page.get_by_role("button", name=re.compile("^(=|equals)$", re.I))
    if scripted:
        equals.click(delay=800)
    else:
        equals.click()
    page.wait_for_url("**/start")


def assert_is_cover(page: Page) -> None:
    expect(page).to_have_title("Calculator")
    expect(page.get_by_role("button", name="7", exact=True)).to_be_visible()
    expect(page.locator("a[href*='/place']")).to_have_count(0)


def tell(page: Page, running: Served, scripted: bool) -> str:
    """Her way; hands back the name of the place she read."""
    through_the_door(page, running.members, running.door_code, scripted)
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/before")
    page.get_by_role("link", name="Go on").first.click()
    page.wait_for_url("**/home")
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    page.fill("input[name=q]", "housing")
    page.select_option("select[name=language]", "es")
    page.locator("main form[action='/places'] button:not([name])").last.click()
    page.wait_for_url("**/places?t=*")
    results = page.url
    first = page.locator("main a[href*='/place?t=']").first
    name = first.inner_text().strip()
    first.click()
    page.wait_for_url("**/place?t=*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()
    page.wait_for_url(results)
    expect(page.locator("main a[href*='/place?t=']").first).to_have_text(name)
    page.locator("main a[href*='/place?t=']").first.click()
    page.wait_for_url("**/place?t=*")
    expect(page.locator("main .call").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Leave this page").click()
    page.wait_for_url(running.members + "/")
    assert_is_cover(page)
    page.go_back()
    assert_is_cover(page)
    return name


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_the_story(tmp_path: Path, shared_data: Path, phone: OpenPage, scripted: bool) -> None:
    done = alder("import", shared_data / "open211_miami.zip", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    with serving(tmp_path) as running:
        name = tell(phone(java_script_enabled=scripted), running, scripted)
        desk = phone(viewport={"width": 1280, "height": 800}, java_script_enabled=scripted)
        sign_in(desk, running, "edith", "directory_editor")
        desk.goto(f"{running.staff}/desk/services")
        desk.fill("input[name=words]", name)
        desk.press("input[name=words]", "Enter")
        desk.get_by_role("link", name=name).first.click()
        desk.get_by_text("Retire this service").click()
        desk.fill("input[name=reason]", "closed for good")
        desk.get_by_role("button", name="Retire", exact=True).click()
        expect(desk.get_by_role("heading", name="Bring back")).to_be_visible()
        later = running.through_the_door()
        found = later.ask(later.follow("/places", {"q": name})).body.decode()
        assert f">{name}<" not in found
