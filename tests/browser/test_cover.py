"""The cover is a calculator: it reckons with and without script, reads well everywhere, and tells nobody anything."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.pages.calculator import evaluate, press
from tests.browser.between import relayed
from tests.browser.keys import WORKER_TAKES_OVER, come_in_for_real, display, hold_equals, tap
from tests.browser.own_browser import own_browser
from tests.chromium import OpenPage
from tests.serving import Served, serving

pytestmark = pytest.mark.browser
KEYS = "0123456789.+−×÷%()⌫="
TELLING = re.compile(
    r"traffick|survivor|abuse|shelter|violence|hotline|peer|mentor|moderat|helpline|safety|escape|quick.?exit|refuge|crisis"
    r"|support group|alder",
    re.IGNORECASE,
)
SIZES = {"320": (320, 480), "360": (360, 740), "1280": (1280, 800), "sideways": (740, 360)}
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all of them: they change nothing in it."""
    with serving(tmp_path_factory.mktemp("cover")) as running:
        yield running


@pytest.fixture
def cover(phone: OpenPage, served: Served) -> Opened:
    """The cover on a phone, its script started unless it has none."""

    def opened(**options: object) -> Page:
        page = phone(**options)
        page.goto(served.members)
        if options.get("java_script_enabled", True):
            expect(display(page)).to_have_attribute("inputmode", "none")
        return page

    return opened


def sums(count: int) -> list[str]:
    """Sums of all kinds, the same each time: keys at random, numbers with operators, what keyboards write."""
    chance = random.Random(4817)

    def number() -> str:
        kinds = (
            lambda: str(chance.randrange(1000)),
            lambda: f"{chance.random() * 10 ** chance.randrange(-9, 15):.5g}".replace("e+", "E"),
        )
        return chance.choice(kinds)() + chance.choice(("", "", "", "%"))

    made: list[str] = []
    while len(made) < count:
        terms = [number() + chance.choice("+-×÷*/−") for _ in range(chance.randrange(1, 5))]
        made.append("".join(terms) + number())
        made.append("(" + "".join(terms) + number() + ")" * chance.randrange(2) + chance.choice("×−") + number())
        made.append("".join(chance.choice("0123456789.,+-−*×/÷%()=E ٣۴") for _ in range(chance.randrange(70))))
    return made


def test_both_engines_reckon_alike(cover: Opened) -> None:
    page, asked = cover(), sums(900)
    told = page.evaluate(
        "async (all) => { const { evaluate } = await import('/c/cover.js'); return all.map(evaluate); }", asked
    )
    assert [(sum_, one) for sum_, one in zip(asked, told, strict=True) if one != evaluate(sum_)] == []
    assert sum(evaluate(sum_) not in ("", "Error") for sum_ in asked) > 400, "most of them ought to be sums"


def test_both_engines_take_keys_alike(cover: Opened) -> None:
    chance = random.Random(88)
    runs = ["".join(chance.choice(KEYS + "C" * (n % 2)) for _ in range(90)) for n in range(120)]
    script = """async (runs) => {
      const { press } = await import('/c/cover.js');
      return runs.map((keys) => { let shown = ""; return [...keys].map((key) => (shown = press(shown, key))); });
    }"""
    for keys, told in zip(runs, cover().evaluate(script, runs), strict=True):
        shown = ""
        for key, one in zip(keys, told, strict=True):
            before, shown = shown, press(shown, key)
            assert one == shown, f"{before!r} and {key}"


def test_sums_stay_on_the_phone(cover: Opened) -> None:
    page = cover()
    page.evaluate(WORKER_TAKES_OVER)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tap(page, "12×(3+4)=")
    expect(display(page)).to_have_value("=84")
    expect(page.locator("output")).to_contain_text("12×(3+4)")
    tap(page, "+16=")
    expect(display(page)).to_have_value("=100")
    display(page).focus()
    page.keyboard.type("200-10%")
    page.keyboard.press("Enter")
    expect(display(page)).to_have_value("=180")
    page.keyboard.press("Delete")
    expect(display(page)).to_have_value("")
    assert asked == []


def test_without_script_every_key_is_a_page_and_enter_reckons(cover: Opened) -> None:
    page = cover(java_script_enabled=False)
    tap(page, "12×3")
    expect(display(page)).to_have_value("12×3")
    display(page).press("Enter")
    expect(display(page)).to_have_value("=36")
    assert re.fullmatch(r"/\?t=[\w-]+", page.url[page.url.index("/", 8) :]), page.url
    tap(page, "⌫1÷0=")
    expect(display(page)).to_have_value("Error")
    display(page).fill("7*(2,5+1")
    display(page).press("Enter")
    expect(display(page)).to_have_value("=24.5")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_the_code_opens_by_a_deliberate_press_alone(cover: Opened, served: Served, has_script: bool) -> None:
    page = cover(java_script_enabled=has_script)
    if has_script:
        tap(page, served.door_code + "=")
        expect(display(page)).to_have_value("=" + served.door_code)
        hold_equals(page)
    else:
        display(page).fill(served.door_code)
        display(page).press("Enter")
    page.wait_for_url("**/start")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_holding_a_key_of_the_keyboard_opens_too(cover: Opened, served: Served, key: str) -> None:
    page = cover()
    tap(page, served.door_code)
    page.locator(".equals").focus()
    page.keyboard.down(key)
    page.wait_for_timeout(700)
    page.keyboard.up(key)
    page.wait_for_url("**/start")


def test_a_finger_held_on_the_key_opens(cover: Opened, served: Served) -> None:
    """A screen reader's double tap and hold arrives as the same touch."""
    page = cover(has_touch=True)
    display(page).fill(served.door_code)
    box = page.locator(".equals").bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    at = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
    page.wait_for_timeout(700)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url("**/start")


def test_a_long_press_on_any_other_sum_is_a_sum(cover: Opened) -> None:
    page = cover()
    tap(page, "12+30")
    hold_equals(page)
    expect(display(page)).to_have_value("=42")
    assert page.title() == "Calculator" and page.locator(".keys").is_visible()


def test_back_from_inside_shows_an_empty_display(tmp_path: Path, served: Served) -> None:
    """Also where the browser kept the page as it was, the code in its display."""
    with relayed(served.members, is_stored=True) as address, own_browser(tmp_path) as browser:
        tab = come_in_for_real(browser, address, served.door_code)
        for _ in range(2):
            tab.back()
            time.sleep(0.5)
        tab.until("location.pathname === '/' && document.forms[0].x.inputMode === 'none'")
        assert tab.tell("document.forms[0].x.value") == ""


def test_offline_it_goes_on_reckoning_and_answers_for_every_page(cover: Opened, served: Served) -> None:
    page = cover()
    page.evaluate(WORKER_TAKES_OVER)
    page.context.set_offline(True)
    for path in ("/", "/home", "/places?t=abc"):
        page.goto(served.members + path)
        expect(display(page)).to_have_attribute("inputmode", "none")
    tap(page, served.door_code)
    hold_equals(page)
    expect(display(page)).to_have_value("=" + served.door_code)
    kept = """async () => Promise.all((await caches.keys()).map(async (name) =>
      (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))"""
    assert page.evaluate(kept) == [["/", "/c/boot.js", "/c/cover.js"]]


def test_nothing_that_is_served_before_the_code_tells(cover: Opened, served: Served) -> None:
    page = cover()
    for path in ("/", "/c/boot.js", "/c/cover.js", "/sw.js"):
        answer = page.request.get(served.members + path)
        assert answer.ok
        said = answer.text() + " ".join(f"{name}: {value}" for name, value in answer.headers.items())
        assert TELLING.findall(said) == [], path


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("locale", ["en-US", "ar"])
def test_every_key_is_in_reach_and_large_enough(cover: Opened, size: str, locale: str, has_script: bool) -> None:
    width, height = SIZES[size]
    page = cover(viewport={"width": width, "height": height}, locale=locale, java_script_enabled=has_script)
    keys = page.locator("main button:not(.unseen)")
    boxes = [box for box in (keys.nth(n).bounding_box() for n in range(keys.count())) if box]
    assert len(boxes) == 21
    assert all(box["width"] >= 48 and box["height"] >= 48 for box in boxes)
    assert all(
        box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height for box in boxes
    )
    # digits run from left to right in every language
    seven, nine = (page.locator(f'.keys [value="{digit}"]').bounding_box() for digit in "79")
    assert seven and nine and seven["x"] < nine["x"]


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"contrast": "more"}, {"forced_colors": "active"}, {"locale": "ar"}],
    ids=str,
)
def test_axe_finds_nothing(cover: Opened, axe: str, options: dict[str, str]) -> None:
    page = cover(**options)
    tap(page, "12+30=")
    page.evaluate(axe)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21aa", "wcag22aa", "best-practice"]}
    assert [(found["id"], found["nodes"][0]["html"]) for found in page.evaluate("axe.run", rules)["violations"]] == []


def test_a_screen_reader_hears_names_and_the_result(cover: Opened) -> None:
    page = cover()
    for name in (
        "Divide",
        "Multiply",
        "Minus",
        "Plus",
        "Percent",
        "Equals",
        "Clear",
        "Open bracket",
        "Delete the last sign",
    ):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    tap(page, "2+2=")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"2\+2\s+=4"))


def test_the_keyboard_reaches_every_key_in_the_order_they_stand(cover: Opened) -> None:
    page = cover()
    reached: list[str] = []
    for _ in range(22):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.value || document.activeElement.name"))
    assert reached == ["x", "⌫", *"C()÷789×456−123+%0.="]
