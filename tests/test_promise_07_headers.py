"""Promise 7: the strict headers stand on every answer of both apps, whatever its status."""

from __future__ import annotations

import re
from typing import Any

import pytest

from moderation.urls import ADDRESSES as STAFF_ADDRESSES
from server.urls import ADDRESSES
from tests.house import House

EXACT = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
}
LARGER = 1_100_000  # bytes: more than any form, the desk's too
DIRECTIVES = ("default-src", "script-src", "style-src", "form-action", "frame-ancestors", "base-uri", "connect-src")


def assert_strict(answer: Any, whence: str) -> None:
    headers = answer.headers
    for name, value in EXACT.items():
        assert headers.get(name) == value, f"{whence}: {name} is {headers.get(name)}"
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert set(DIRECTIVES) <= set(policy), whence
    assert (
        policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'"
    )
    assert policy["script-src"] == "'self'"
    assert re.fullmatch(r"('sha256-[A-Za-z0-9+/=]{44}' ?)+", policy["style-src"])
    assert all(
        word in ("'self'", "'none'") or word.startswith("'sha256-") for said in policy.values() for word in said.split()
    )
    assert "unsafe" not in headers["content-security-policy"]
    for feature in ("camera", "microphone", "geolocation", "payment"):
        assert f"{feature}=()" in headers["permissions-policy"]
    assert "server" not in headers and "x-powered-by" not in headers
    for cookie in headers.get_list("set-cookie"):
        assert re.fullmatch(r"__Host-[a-z]=[^;]*; (Max-Age=0; )?Path=/; Secure; HttpOnly; SameSite=Strict", cookie), (
            cookie
        )


def addresses_of(app: str) -> list[str]:
    """Those that end a visit or a session come last."""
    listed = ADDRESSES if app == "members" else STAFF_ADDRESSES
    last = ("/close", "/sign-out")
    return sorted(
        (a.path.replace("{id}", "none").replace("{file}", "boot.js") for a in listed), key=lambda p: p in last
    )


@pytest.mark.parametrize("app", ["members", "staff"])
def test_promise_7_on_every_route_and_status(house: House, app: str) -> None:
    if app == "members":
        clients = [house.visitor("carl"), house.through_the_door("ana")]
    else:
        clients = [house.stranger_at_the_desk(), house.staff("edith", role="directory_editor")]
    seen: set[int] = set()
    for client in clients:
        for path in ["/nothing-here", "/" + "x" * 3000, *addresses_of(app)]:
            for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
                answer = client.request(method, path, follow_redirects=False)
                assert_strict(answer, f"{method} {path[:40]} {answer.status_code}")
                seen.add(answer.status_code)
                assert answer.status_code < 500
            bads: tuple[dict[str, Any], ...] = (
                {"content": b"x" * LARGER, "headers": {"content-type": "application/x-www-form-urlencoded"}},
                {"content": b"{}", "headers": {"content-type": "application/json"}},
                {
                    "content": b"&".join([b"a=1"] * 500),
                    "headers": {"content-type": "application/x-www-form-urlencoded"},
                },
                {"headers": {"sec-fetch-site": "cross-site"}},
            )
            for bad in bads:
                answer = client.post(path, follow_redirects=False, **bad)
                assert_strict(answer, f"POST {path[:40]} {answer.status_code}")
                seen.add(answer.status_code)
                assert answer.status_code < 500
    assert {200, 303, 403, 404, 405, 413, 422} <= seen, seen


def test_promise_7_the_door_value_and_the_session_are_host_cookies(house: House) -> None:
    opened = house.visitor("ana").post("/", data={"x": house.door_code, "k": "="}, follow_redirects=False)
    assert opened.headers["set-cookie"].startswith("__Host-")
    assert_strict(opened, "door")
    left = house.through_the_door("ana").post("/close", follow_redirects=False)
    assert left.headers["clear-site-data"] == '"cookies"'
    assert_strict(left, "exit")
