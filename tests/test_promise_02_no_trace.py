"""Promise 2: no address, browser, referrer, search or choice of a reader is written anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from moderation.urls import ADDRESSES as STAFF_ADDRESSES
from server.urls import ADDRESSES
from tests.looking import files_holding
from tests.serving import Answer, Served, Visitor

ADDRESS = "203.0.113.77"
AGENT = "CanaryBrowser/77.1"
REFERRER = "canaryreferrerpage"
WORDS = "canarywordzq"
HEADERS = {"X-Forwarded-For": ADDRESS, "User-Agent": AGENT}


def everywhere(visitor: Visitor, addresses: Iterable[Any], headers: dict[str, str]) -> list[Answer]:
    """Every route by every method, right and wrong, words of hers in every place that takes some."""
    answers: list[Answer] = []
    for address in addresses:
        path = address.path.replace("{id}", WORDS).replace("{file}", f"{WORDS}.js")
        answers.append(visitor.ask(path, headers=headers))
        answers.append(visitor.ask(f"{path}?t={WORDS}&q={WORDS}", headers=headers))
        form = {"q": WORDS, "x": WORDS, "k": "=", "name": WORDS, "phrase": WORDS, "code": WORDS, "language": WORDS}
        answers.append(visitor.ask(path, form, headers=headers))
        answers.append(visitor.ask(path, {f"{WORDS}\0": f"{WORDS}\0\u202e"}, headers=headers))
        answers.append(visitor.ask(path, {"q": WORDS * 9000}, headers=headers))
        elsewhere = {**headers, "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
        answers.append(visitor.ask(path, form, headers=elsewhere))
    return answers


def test_promise_2_no_address_agent_referrer_or_word_of_hers_is_in_any_file(served: Served) -> None:
    headers = {**HEADERS, "Referer": f"{served.members}/{REFERRER}"}
    for visitor, addresses in ((Visitor(served.members), ADDRESSES), (Visitor(served.staff), STAFF_ADDRESSES)):
        everywhere(visitor, addresses, headers)
    inside = served.through_the_door()
    everywhere(inside, [a for a in ADDRESSES if a.name != "pages:exit"], headers)
    inside = served.through_the_door()
    found = inside.ask(inside.follow("/places", {"q": f"{WORDS} housing"}), headers=headers)
    assert found.status == 200 and WORDS in found.body.decode()
    written = [served.settings.data, served.settings.keys, served.log.parent]
    for canary in (ADDRESS, AGENT, REFERRER, WORDS):
        assert files_holding(written, canary) == [], f"{canary} was written"


def test_the_search_for_canaries_finds_one_that_was_written(served: Served) -> None:
    (served.settings.data / "left.txt").write_bytes(b"x" + WORDS.encode("utf-16-le"))
    assert len(files_holding([served.settings.data], WORDS)) == 1


def test_nothing_readable_of_a_search_is_in_an_address_or_a_cookie(served: Served) -> None:
    inside = served.through_the_door(language="es", country="MX")
    led = inside.follow("/places", {"q": WORDS, "need": "bed", "language": "es"})
    page = inside.ask(led).body.decode()
    assert WORDS in page
    said = [led, inside.cookie, *(part for part in page.split('"') if part.startswith("/"))]
    for word in (WORDS, "housing", quote(WORDS), "language=", "country="):
        assert not [text for text in said if word in text], word


def test_the_log_of_a_day_holds_no_line_about_a_reader(served: Served) -> None:
    before = served.log.read_text()
    visitor = served.through_the_door()
    visitor.ask(visitor.follow("/places", {"q": "housing"}))
    visitor.ask("/nothing-here")
    assert served.log.read_text() == before
