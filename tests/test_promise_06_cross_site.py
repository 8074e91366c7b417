"""Promise 6: no other site changes anything here, and reading changes nothing either."""

from __future__ import annotations

import pytest

from moderation.urls import ADDRESSES as STAFF_ADDRESSES
from server.urls import ADDRESSES
from tests.house import MEMBERS, STAFF, Client, House
from tests.looking import everything

FROM_ELSEWHERE = {
    "another site": {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    "another site that hides its origin": {"sec-fetch-site": "cross-site"},
    "a neighbouring host, as the staff host is": {"sec-fetch-site": "same-site", "origin": STAFF},
    "an old browser, another origin": {"origin": "https://evil.example"},
    "an origin that only begins like ours": {"origin": MEMBERS + ".evil.example"},
    "an origin nobody may know": {"origin": "null"},
    "says same-origin, but the origin is another": {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    "sends neither, and no referrer": {},
    "sends neither, and another referrer": {"referer": "https://evil.example/page"},
}
WRITES = [
    (app, a.name, m)
    for app, all_ in (("members", ADDRESSES), ("staff", STAFF_ADDRESSES))
    for a in all_
    for m in a.methods
]


def addressed(house: House, app: str) -> tuple[Client, dict[str, str]]:
    """A client of the app that is inside, and its paths by name."""
    if app == "members":
        client, addresses = house.through_the_door("ana"), ADDRESSES
    else:
        client, addresses = house.staff("edith", role="directory_editor"), STAFF_ADDRESSES
    return client, {a.name: a.path.replace("{id}", "none").replace("{file}", "boot.js") for a in addresses}


@pytest.mark.parametrize("whence", FROM_ELSEWHERE)
def test_promise_6_a_write_from_elsewhere_is_refused_and_changes_nothing(house: House, whence: str) -> None:
    for app in ("members", "staff"):
        client, paths = addressed(house, app)
        for header in ("origin", "sec-fetch-site"):
            client.headers.pop(header, None)
        before = everything(house.settings)
        for _, name, method in (write for write in WRITES if write[0] == app and write[2] != "GET"):
            answer = client.post(
                paths[name], data={"x": house.door_code}, headers=FROM_ELSEWHERE[whence], follow_redirects=False
            )
            assert answer.status_code == 403, f"{app} {method} {name} let in {whence}"
            assert "set-cookie" not in answer.headers
        assert everything(house.settings) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": MEMBERS},
        {"sec-fetch-site": "none"},
        {"origin": MEMBERS},
        {"referer": f"{MEMBERS}/home"},
    ],
    ids=lambda headers: "+".join(headers),
)
def test_promise_6_our_own_pages_may_write_whatever_the_browser_sends(house: House, headers: dict[str, str]) -> None:
    client = house.visitor("ana")
    for header in ("origin", "sec-fetch-site"):
        client.headers.pop(header, None)
    answer = client.post("/", data={"x": house.door_code, "k": "="}, headers=headers, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/start")


def test_promise_6_reading_every_page_changes_nothing(house: House) -> None:
    for app in ("members", "staff"):
        client, paths = addressed(house, app)
        before = everything(house.settings)
        for _, name, method in (read for read in WRITES if read[0] == app and read[2] == "GET"):
            answer = client.get(paths[name])
            assert answer.status_code < 500, f"{method} {name}: {answer.status_code}"
        assert everything(house.settings) == before


@pytest.mark.parametrize(
    "origin", ["http://[", "https://places.example@evil.example", "ftp://places.example", "//", "x"]
)
def test_promise_6_an_origin_that_cannot_be_read_is_from_elsewhere(house: House, origin: str) -> None:
    for header in ("origin", "referer"):
        client = house.visitor("carl")
        for known in ("origin", "sec-fetch-site"):
            client.headers.pop(known, None)
        answer = client.post(
            "/", data={"x": house.door_code, "k": "="}, headers={header: origin}, follow_redirects=False
        )
        assert answer.status_code == 403, (header, origin)
