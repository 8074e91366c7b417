"""Promise 17: whatever is sent, the answer is a clear page with the right status, and nothing typed is lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation.urls import ADDRESSES as STAFF_ADDRESSES
from server.urls import ADDRESSES
from tests.house import House

FIELDS = [
    "q",
    "need",
    "language",
    "open",
    "country",
    "x",
    "k",
    "page",
    "name",
    "phrase",
    "code",
    "how",
    "version",
    "hours",
]
texts = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        ["\0", "'", '"', "a" * 9000, "%00", "NEAR(", "* OR *", "{{7*7}}", "\u202e", "٣٤٥", "-1", "1e309", "💛" * 40]
    ),
)
forms = st.dictionaries(
    st.one_of(st.sampled_from(FIELDS), st.text(max_size=9)), st.lists(texts, max_size=3), max_size=6
)
raw = st.one_of(
    st.binary(max_size=400), st.sampled_from([b"%", b"&&&=", b"a=%ff%fe", b"=" * 300, b"q=" + b"%F0%9F" * 200])
)
ROUTES = [(app, a.path) for app, listed in (("members", ADDRESSES), ("staff", STAFF_ADDRESSES)) for a in listed]


def inside(house: House, app: str):
    return house.through_the_door("beth") if app == "members" else house.staff("edith", role="directory_editor")


@pytest.fixture(params=["members", "staff"])
def app(request: pytest.FixtureRequest) -> str:
    return request.param


def test_promise_17_no_request_ends_in_a_fault(house: House, app: str) -> None:
    client = inside(house, app)
    paths = [path for listed, path in ROUTES if listed == app and path not in ("/close", "/sign-out")]
    seen: set[int] = set()

    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
    @given(path=st.sampled_from(paths), id_=texts, form=forms, body=raw, token=texts, is_raw=st.booleans())
    def send(path: str, id_: str, form: dict[str, list[str]], body: bytes, token: str, is_raw: bool) -> None:
        where = path.replace("{id}", quote(id_, safe="")).replace("{file}", quote(id_, safe=""))
        kind = {"content-type": "application/x-www-form-urlencoded"}
        sent: dict[str, Any] = {"content": body, "headers": kind} if is_raw else {"data": form}
        for answer in (
            client.post(where, follow_redirects=False, **sent),
            client.get(where, params={"t": token}, follow_redirects=False),
            client.get(f"{where}?{quote(body, safe='=&%+')}", follow_redirects=False),
        ):
            assert answer.status_code in (200, 303, 403, 404, 405, 409, 413, 422, 429), answer.status_code
            assert "Traceback" not in answer.text
            seen.add(answer.status_code)

    send()
    assert {200, 303} <= seen and seen & {404, 405, 413, 422}


@pytest.mark.parametrize(
    ("status", "send"),
    [
        (422, lambda c: c.post("/start", content=b"{}", headers={"content-type": "application/json"})),
        (
            422,
            lambda c: c.post(
                "/start",
                content=b"&".join([b"a=1"] * 500),
                headers={"content-type": "application/x-www-form-urlencoded"},
            ),
        ),
        (413, lambda c: c.post("/start", data={"country": "x" * 70_000})),
        (422, lambda c: c.post("/start", data={"language": "en", "country": "Atlantis"})),
        (404, lambda c: c.get("/nothing-here")),
        (404, lambda c: c.get("/s/..%2F..%2Fpyproject.toml")),
        (405, lambda c: c.post("/home")),
        (403, lambda c: c.post("/start", headers={"sec-fetch-site": "cross-site"})),
    ],
    ids=[
        "json",
        "too many fields",
        "too large",
        "no such country",
        "no such page",
        "path trick",
        "method",
        "elsewhere",
    ],
)
def test_promise_17_it_says_what_to_do_in_one_plain_page(house: House, status: int, send) -> None:
    answer = send(house.through_the_door("beth"))
    assert answer.status_code == status
    assert "<title>Calculator</title>" in answer.text and "<h1>" in answer.text
    assert 'action="/close"' in answer.text, "no way out"
    assert 'href="/home"' in answer.text, "no way on"


def test_promise_17_words_that_are_too_long_are_kept_and_the_limit_is_said(house: House) -> None:
    typed = "a bed for tonight " * 20
    answer = house.through_the_door("beth").post("/places", data={"q": typed, "language": "es"})
    assert answer.status_code == 422
    assert typed.strip() in answer.text and "200" in answer.text
