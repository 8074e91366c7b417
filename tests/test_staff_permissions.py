"""Who may what: the matrix of every role and every route, made from the route table; a route without an entry fails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import moderation.app
from moderation import actions, urls
from moderation.actions import services
from moderation.gate import admitted
from moderation.permissions import TABLE, may, role_for, role_named
from moderation.terms import Entry, Permission, Role, Who
from moderation.urls import ADDRESSES, Address
from server.errors import NotAllowed
from server.urls import ADDRESSES as MEMBERS
from tests.house import Client, House

# What the table is meant to say, written a second time and by hand: a slip in one of them shows.
EXPECTED = {
    "desk:sign_in": "anyone",
    "desk:setup": "anyone",
    "desk:setup_phrase": "anyone",
    "desk:sign_out": "staff",
    "desk:front": "staff",
    "directory:find": "directory_editor coordinator auditor",
    "check:next": "directory_editor coordinator",
    "directory:service": "directory_editor coordinator auditor",
    "directory:save": "directory_editor coordinator",
    "directory:verify": "directory_editor coordinator",
    "directory:full": "directory_editor coordinator",
    "directory:retire": "directory_editor coordinator",
    "directory:bring_back": "directory_editor coordinator",
    "conflicts:list": "directory_editor coordinator",
    "conflicts:one": "directory_editor coordinator",
    "lines:list": "directory_editor coordinator",
    "many:bulk": "directory_editor coordinator",
    "many:made": "directory_editor coordinator",
    "many:duplicates": "directory_editor coordinator",
    "many:merge": "directory_editor coordinator",
    "reports:list": "directory_editor coordinator moderator safeguarding_lead outside_reviewer",
    "reports:one": "directory_editor coordinator moderator safeguarding_lead outside_reviewer",
    "reports:hide": "directory_editor coordinator moderator safeguarding_lead outside_reviewer",
    "reports:show": "directory_editor coordinator moderator safeguarding_lead outside_reviewer",
    "log:read": "auditor operator",
    "staff:list": "operator",
    "staff:roles": "operator",
}
ROUTES = [(address, method) for address in ADDRESSES for method in address.methods]
ids = [f"{method} {address.path}" for address, method in ROUTES]
NO_SERVICE = "00000000-0000-0000-0000-000000000000"


def roles_expected(name: str) -> set[Role]:
    said = EXPECTED[name]
    return set(Role) if said in ("anyone", "staff") else {Role(word) for word in said.split()}


def test_every_route_has_its_entry_and_every_entry_its_route() -> None:
    assert {address.name for address in ADDRESSES} == EXPECTED.keys()
    assert set(TABLE) == set(Role)
    assert {permission for held in TABLE.values() for permission in held} == set(Permission), "a right nobody holds"


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.name)
def test_the_route_table_says_who(address: Address) -> None:
    said = EXPECTED[address.name]
    expected = {said} if said in ("anyone", "staff") else {f"staff:{role}" for role in said.split()}
    assert set(address.who) == expected


def test_a_route_cannot_be_written_without_a_need() -> None:
    with pytest.raises(TypeError):
        cast(Any, Address)("desk:new", "/new", {})


def test_what_the_app_really_serves_is_the_table_and_nothing_else(house: House) -> None:
    served = {(r.path, m) for r in house.staff_app.routes if isinstance(r, Route) for m in r.methods or ()}
    listed = {(address.path, method) for address, method in ROUTES}
    assert served - {(path, "HEAD") for path, _ in listed} == listed
    assert len(house.staff_app.routes) == len(listed), "a mount or a route beside the table"


@dataclass
class Visitors:
    """One of each kind that may come to the desk."""

    house: House
    by_role: dict[Role, Client]
    outside: dict[str, Client]


@pytest.fixture
def visitors(house: House) -> Visitors:
    by_role = {role: house.staff(f"One {role.value}", role.value) for role in Role}
    house.clock.move(minutes=5)  # one address sets up ten people at once, no more
    disabled, expired = house.staff("Gone", "operator"), house.staff("Late", "operator")
    house.run(actions.end_staff, "Gone", house.clock())
    stale = expired.cookies["__Host-s"]
    expired.post("/sign-out")
    expired.cookies.set("__Host-s", stale)
    signed_out = house.staff("Left", "operator")
    signed_out.post("/sign-out")
    member = house.stranger_at_the_desk()
    for name, value in house.through_the_door("ana").cookies.items():
        member.cookies.set(name, value)
    outside = {
        "signed out": signed_out,
        "disabled": disabled,
        "expired": expired,
        "never there": house.stranger_at_the_desk(),
        "member": member,
    }
    return Visitors(house, by_role, outside)


def ask(client: Client, address: Address, method: str) -> int:
    path = address.path.replace("{id}", NO_SERVICE)
    sent = {"version": "1", "how": "called", "reason": "x"} if method == "POST" else None
    return client.request(method, path, follow_redirects=False, data=sent).status_code


def got_in(status: int, address: Address) -> bool:
    # past the gate a service that is not there is 404, a form that lacks something 422, one too many tries 429
    return status in (200, 303, 404, 422, 429)


def test_promise_4_exactly_the_roles_listed_get_in(visitors: Visitors) -> None:
    for address, method in ROUTES:
        if address.name == "desk:sign_out":
            continue
        for role, client in visitors.by_role.items():
            status = ask(client, address, method)
            if role in roles_expected(address.name):
                assert got_in(status, address), f"{role} {method} {address.path}: {status}"
            else:
                assert status == 403, f"{role} {method} {address.path}: {status}"
    for role, client in visitors.by_role.items():
        sign_out = next(address for address in ADDRESSES if address.name == "desk:sign_out")
        assert ask(client, sign_out, "POST") == 303, role


def test_promise_4_whoever_is_not_signed_in_is_led_to_the_sign_in(visitors: Visitors) -> None:
    for kind, client in visitors.outside.items():
        for address, method in ROUTES:
            path = address.path.replace("{id}", NO_SERVICE)
            answer = client.request(method, path, follow_redirects=False)
            if EXPECTED[address.name] == "anyone":
                assert answer.status_code in (200, 303, 422, 429), f"{kind} {method} {path}"
                continue
            assert answer.status_code == 303, f"{kind} {method} {path}: {answer.status_code}"
            assert answer.headers["location"].partition("?")[0] == "/", f"{kind} {method} {path}"
            assert answer.content == b""


def test_an_expired_session_is_led_to_the_sign_in(house: House) -> None:
    client = house.staff("ruth")
    house.clock.move(minutes=30)
    for address, method in ROUTES:
        if EXPECTED[address.name] != "anyone":
            answer = client.request(method, address.path.replace("{id}", NO_SERVICE), follow_redirects=False)
            assert answer.status_code == 303 and answer.headers["location"].partition("?")[0] == "/"


def test_the_page_for_no_says_so_and_leads_on(visitors: Visitors) -> None:
    answer = visitors.by_role[Role.MODERATOR].get("/log")
    assert (
        answer.status_code == 403
        and "Your role does not open this page" in answer.text
        and 'href="/desk"' in answer.text
    )


def test_the_menu_offers_what_the_role_opens_and_nothing_else(visitors: Visitors) -> None:
    for role, client in visitors.by_role.items():
        front = client.get("/desk")
        for address, method in ROUTES:
            if (
                method != "GET"
                or "{id}" in address.path
                or address.name == "many:bulk"
                or EXPECTED[address.name] in ("anyone", "staff")
            ):
                continue
            assert (f'href="{address.path}"' in front.text) == (role in roles_expected(address.name)), (
                role,
                address.path,
            )


def test_a_reader_sees_a_service_without_a_form(visitors: Visitors) -> None:
    assert "directory:save" not in visitors.by_role[Role.AUDITOR].get("/desk/services").text


def test_two_roles_add_up(house: House) -> None:
    code = house.run(actions.add_staff, "Both", ["operator", "directory_editor"], house.clock())
    assert code
    roles = frozenset({Role.OPERATOR, Role.DIRECTORY_EDITOR})
    for need in Permission:
        assert may(roles, need) == (may([Role.OPERATOR], need) or may([Role.DIRECTORY_EDITOR], need))
    assert role_for(roles, Permission.CHANGE_SERVICES) is Role.DIRECTORY_EDITOR
    assert role_for({Role.AUDITOR}, Permission.CHANGE_SERVICES) is None


def test_roles_are_understood_however_an_operator_writes_them() -> None:
    for role in Role:
        for said in (role.value, role.value.replace("_", "-"), role.value.replace("_", " ").title()):
            assert role_named(said) is role
    assert role_named("mentor") is None and role_named("") is None


def test_acts_ask_again_where_no_route_stands_before_them(house: House) -> None:
    outsider = Who(7, "Ruth", frozenset({Role.AUDITOR}))
    seen = services.Seen(NO_SERVICE, 1)
    for act in (
        lambda: actions.change_service(outsider, seen, {}, house.clock()),
        lambda: actions.verify_service(outsider, seen, "called", house.clock()),
        lambda: actions.retire_service(outsider, seen, "x", house.clock()),
        lambda: actions.bring_back_service(outsider, seen, house.clock()),
    ):
        with pytest.raises(NotAllowed):
            house.run(act)


# Two addresses that know nothing of each other


def test_the_members_address_answers_no_staff_route_and_the_other_way_round(house: House) -> None:
    members = {address.path for address in MEMBERS}
    staff = {address.path for address in ADDRESSES}
    assert members & staff == {"/"}
    outside, inside = house.visitor("carl"), house.through_the_door("ana")
    cover = outside.get("/").text
    for path in sorted(staff - {"/"}):
        where = path.replace("{id}", NO_SERVICE)
        assert outside.get(where).text == cover, where
        assert inside.get(where, follow_redirects=False).status_code == 404, where
        assert inside.post(where, follow_redirects=False).status_code in (404, 405), where
    edith = house.staff("edith")
    for path in sorted(members - {"/"}):
        where = path.replace("{file}", "boot.js")
        for client in (house.stranger_at_the_desk(), edith):
            assert client.get(where, follow_redirects=False).status_code == 404, where


def test_the_staff_app_alone_wraps_and_nothing_else_serves_endpoints() -> None:
    """Every endpoint passes `admitted`; nobody adds a route beside `urls.routes()`."""
    assert all("admitted" in route.endpoint.__qualname__ for route in urls.routes())
    sources = [path for path in Path(moderation.app.__file__).parent.rglob("*.py") if path.name != "urls.py"]
    assert [path.name for path in sources if re.search(r"\b(Route|Mount)\(", path.read_text())] == []


async def test_a_need_that_is_not_met_never_reaches_the_endpoint() -> None:
    reached: list[str] = []

    async def endpoint(request: Request) -> Response:
        reached.append("in")
        return Response()

    mona = Who(1, "Mona", frozenset({Role.MODERATOR}))
    asked = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "staff": mona})
    with pytest.raises(NotAllowed):
        await admitted(Permission.READ_LOG, endpoint)(asked)
    await admitted(Entry.STAFF, endpoint)(asked)
    assert reached == ["in"]
