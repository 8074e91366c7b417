"""Promise: an operator changes what somebody may; it holds at once, stands in the log, and locks nobody out."""

from __future__ import annotations

import asyncio

import pytest

from moderation import actions, store
from moderation.permissions import TABLE
from moderation.terms import Permission, Role, Who
from server.errors import BadInput, NotAllowed
from tests.house import Client, House


def number_of(house: House, name: str) -> int:
    return next(number for number, known in house.run(store.staff_names).items() if known == name)


def change(client: Client, house: House, name: str, *roles: str):
    return client.post(f"/staff/{number_of(house, name)}/roles", data={"role": list(roles)})


def test_new_roles_hold_at_the_next_step_and_stand_in_the_log(house: House) -> None:
    omar, edith = house.staff("omar"), house.staff("edith")
    assert edith.get("/log").status_code == 403
    answer = change(omar, house, "edith", "auditor", "coordinator")
    assert answer.status_code == 200 and "The roles were changed." in answer.text
    assert edith.get("/log").status_code == 200, "at once, without signing in again"
    line = house.run(store.newest_lines, 1)[0]
    assert (line.name, line.role, line.act, line.details) == ("omar", "operator", "staff_roles", "coordinator auditor")
    assert line.object_id == str(number_of(house, "edith"))
    change(omar, house, "edith", "moderator")
    assert edith.get("/desk/services").status_code == 403


def test_the_last_operator_cannot_be_demoted_and_two_at_once_leave_one(house: House) -> None:
    omar = house.staff("omar")
    house.run(actions.add_staff, "olga", ["operator"], house.clock())  # has not set up yet, so cannot sign in
    answer = change(omar, house, "omar", "auditor")
    assert answer.status_code == 422 and "Nobody else could change roles then." in answer.text
    assert omar.get("/staff").status_code == 200
    change(omar, house, "omar", "operator", "auditor")
    house.staff("otto", "operator")

    async def both() -> list[str]:
        async def demote(name: str, number: int) -> str:
            who = Who(number, name, frozenset({Role.OPERATOR}))
            try:
                await actions.change_roles(who, number, ["auditor"], house.clock())
                return "done"
            except BadInput:
                return "refused"

        numbers = {name: number for number, name in (await store.staff_names()).items()}
        return list(await asyncio.gather(*(demote(name, numbers[name]) for name in ("omar", "otto"))))

    assert sorted(house.run(both)) == ["done", "refused"]


@pytest.mark.parametrize("roles", [[], ["pope"], ["auditor", "pope"]])
def test_what_is_no_role_changes_nothing_and_is_shown_again(house: House, roles: list[str]) -> None:
    omar = house.staff("omar")
    house.staff("edith")
    answer = change(omar, house, "edith", *roles)
    assert answer.status_code == 422 and "choose at least one role" in answer.text and "<details open>" in answer.text
    assert house.run(store.newest_lines, 1)[0].act == "staff_set_up"


def test_nobody_is_there_whatever_is_asked(house: House) -> None:
    omar = house.staff("omar")
    house.staff("edith")
    house.run(actions.end_staff, "edith", house.clock())
    for asked in (str(number_of(house, "edith")), "0", "999999", "9" * 30, "x", "%00"):
        assert omar.post(f"/staff/{asked}/roles", data={"role": "operator"}).status_code == 404


def test_the_same_roles_again_write_nothing(house: House) -> None:
    omar = house.staff("omar")
    before = house.run(store.newest_lines, 1)[0].id
    assert "The roles were changed." not in change(omar, house, "omar", "operator").text
    assert house.run(store.newest_lines, 1)[0].id == before


def test_only_a_role_that_may_changes_roles(house: House) -> None:
    house.staff("edith")
    for role in Role:
        if Permission.CHANGE_STAFF not in TABLE[role]:
            with pytest.raises(NotAllowed):
                house.run(actions.change_roles, Who(7, "Ruth", frozenset({role})), 1, ["operator"], house.clock())
