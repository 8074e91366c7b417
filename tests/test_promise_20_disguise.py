"""Promise 20: before the door nothing tells, and inside neither title, path, cookie nor storage does."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from server.urls import ADDRESSES
from tests.house import House

TELLING = re.compile(
    r"traffick|survivor|abus(?:e|iv)|shelter|violen|hotline|peer|mentor|moderat|helpline|safe|escape|quick.?exit|refug|crisis|"
    r"support|alder|victim|exploit|slave|rescue|police|emergency|directory|door|staff|secret|hidden|disguise|cover|"
    r"trata|víctima|violencia|abuso|refugio|ayuda|emergencia|supervivient|crisis|"
    r"اتجار|ضحي|عنف|ملجأ|ناج|طوارئ|مساعدة|أزمة",
    re.I,
)
# The cover's own files are called "cover" (known to whoever knows the software); `hidden` is a word of HTML itself.
ALLOWED = re.compile(r"\bcover(\.js|\.css|\")|aria-hidden|\bhidden\b", re.I)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("src", "href", "action", "data-from") and value]


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_promise_20_nothing_that_is_served_before_the_door_tells(house: House, language: str) -> None:
    carl = house.visitor("carl")
    carl.headers["accept-language"] = language
    page = carl.get("/")
    reader = Links()
    reader.feed(page.text)
    assert not [link for link in reader.found if link.startswith("/home") or link.startswith("/place")]
    scripts = {link for link in reader.found if link.endswith(".js")} | {"/c/boot.js", "/c/cover.js", "/sw.js"}
    for answer in (page, *(carl.get(path) for path in sorted(scripts))):
        assert answer.status_code == 200, answer.url
        said = ALLOWED.sub("", answer.text) + " ".join(f"{k}: {v}" for k, v in answer.headers.items())
        assert not TELLING.findall(said), (str(answer.url), TELLING.findall(said))


def test_promise_20_titles_inside_are_the_covers_and_paths_are_neutral(house: House) -> None:
    title = re.search(r"<title>(.*?)</title>", house.visitor("beth").get("/").text)
    assert title
    inside = house.through_the_door("beth")
    pages = [inside.get(a.path.replace("{file}", "leave.js")) for a in ADDRESSES if "GET" in a.endpoints]
    pages += [inside.get("/nothing-here"), inside.post("/places", data={"q": "housing"}), inside.post("/home")]
    for page in pages:
        if "html" in page.headers["content-type"]:
            assert re.findall(r"<title>(.*?)</title>", page.text) == [title[1]], page.url
    for address in ADDRESSES:
        assert not TELLING.search(address.path), address.path


def test_promise_20_cookies_and_storage_have_names_that_say_nothing(house: House) -> None:
    inside = house.through_the_door("beth")
    assert all(re.fullmatch(r"__Host-[a-z]", name) for name in inside.cookies)
    worker = inside.get("/sw.js").text
    names = re.findall(r"caches\.open\(([^)]*)\)", worker)
    assert names and not TELLING.search(" ".join(names))
