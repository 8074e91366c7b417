"""What the operator does with staff: add, reset, end at the command line, change roles at the desk."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from moderation import permissions, store
from moderation.actions.setting_up import hash_of_code
from moderation.permissions import may
from moderation.sign_in import CODE_LASTS, display_name, name_key, new_setup_code
from moderation.store import STORE
from moderation.terms import COMMAND_LINE, Act, Deed, Permission, Role, Who
from server import stores
from server.errors import BadInput, NotAllowed, NotFound, SetupError
from server.stores import Unit
from server.web import N_

MAY_NOT = N_("Your role may not change roles.")
NOBODY = N_("There is nobody here to change the roles of.")
CHOOSE_ROLE = N_("Please choose at least one role. Nothing was changed.")
OUTSIDE_ALONE = N_("An outside reviewer is somebody new, added at the command line, without another role.")
LAST_OPERATOR = N_("Nobody else could change roles then. Make somebody else an operator first.")


def roles_named(said: Iterable[str]) -> frozenset[Role]:
    """Raises SetupError that lists what there is."""
    found: set[Role] = set()
    for text in said:
        role = permissions.role_named(text)
        if role is None:
            raise SetupError(f"There is no role {text!r}. Roles: {', '.join(Role)}.")
        found.add(role)
    if not found:
        raise SetupError(f"Name at least one role: {', '.join(Role)}.")
    if Role.OUTSIDE_REVIEWER in found and len(found) > 1:
        raise SetupError("An outside reviewer holds no other role.")
    return frozenset(found)


async def add_staff(name: str, roles: Iterable[str], now: datetime) -> str:
    """Her set-up code, good once and for 48 hours. Raises SetupError."""
    shown, held = display_name(name), roles_named(roles)
    if not shown:
        raise SetupError("A name is 1 to 60 letters, digits and spaces.")
    code = new_setup_code(secrets.choice)

    async def add(unit: Unit) -> None:
        if await unit.rows("SELECT id FROM staff WHERE name_key = ?", name_key(shown)):
            raise SetupError(
                f"There is, or was, somebody named {shown}. Choose another name, or use `alder staff reset`."
            )
        staff_id = await store.add_staff(unit, Who(0, shown, held), name_key(shown), now)
        await store.await_setup(unit, staff_id, hash_of_code(code), now + CODE_LASTS)
        await _write_down(unit, Deed(Act.STAFF_ADDED, "staff", str(staff_id), store.roles_text(held)), now)

    await stores.write(STORE, add)
    return code


async def reset_staff(name: str, now: datetime) -> str:
    """For somebody who lost her phrase or her phone: a new set-up code; all she had ends now. Raises SetupError."""
    code = new_setup_code(secrets.choice)

    async def reset(unit: Unit) -> None:
        staff_id = await _working_here(unit, name)
        await store.await_setup(unit, staff_id, hash_of_code(code), now + CODE_LASTS)
        await _write_down(unit, Deed(Act.STAFF_RESET, "staff", str(staff_id)), now)

    await stores.write(STORE, reset)
    return code


async def end_staff(name: str, now: datetime) -> None:
    """She is out at once, on every device; her lines in the log stay. Raises SetupError."""

    async def end(unit: Unit) -> None:
        staff_id = await _working_here(unit, name)
        await store.end_staff(unit, staff_id, now)
        await _write_down(unit, Deed(Act.STAFF_ENDED, "staff", str(staff_id)), now)

    await stores.write(STORE, end)


async def change_roles(who: Who, staff_id: int, said: Iterable[str], now: datetime, demo: bool = False) -> bool:
    """Holds from that person's next step on. False where nothing differs. Raises BadInput, NotFound or NotAllowed."""
    acting = permissions.role_for(who.roles, Permission.CHANGE_STAFF)
    if acting is None:
        raise NotAllowed(MAY_NOT)
    asked = list(said)
    held = frozenset(role for role in Role if role.value in asked)
    if not held or len(held) != len(set(asked)):
        raise BadInput(CHOOSE_ROLE)

    async def change(unit: Unit) -> bool:
        people = {int(row["id"]): row for row in await store.working_staff(unit, demo)}
        if staff_id not in people:
            raise NotFound(NOBODY)
        if people[staff_id]["roles"] == store.roles_text(held):
            return False
        if Role.OUTSIDE_REVIEWER in held | store.who_of(people[staff_id]).roles:
            raise BadInput(OUTSIDE_ALONE)  # nobody who works here, or has worked here, becomes one
        others = (store.who_of(row) for one, row in people.items() if one != staff_id and row["ready"])
        if not may(held, Permission.CHANGE_STAFF) and not any(may(p.roles, Permission.CHANGE_STAFF) for p in others):
            raise BadInput(LAST_OPERATOR)
        await store.set_roles(unit, staff_id, held)
        deed = Deed(Act.STAFF_ROLES, "staff", str(staff_id), store.roles_text(held))
        await store.append(unit, who, acting.value, deed, now)
        return True

    return await stores.write(STORE, change)


async def _working_here(unit: Unit, name: str) -> int:
    found = await unit.rows("SELECT id FROM staff WHERE name_key = ? AND ended_on IS NULL", name_key(name))
    if not found:
        raise SetupError(f"There is nobody named {name}.")
    return int(found[0]["id"])


async def _write_down(unit: Unit, deed: Deed, now: datetime) -> None:
    await store.append(unit, COMMAND_LINE, Role.OPERATOR.value, deed, now)


async def empty_roles() -> list[str]:
    """Roles nobody holds who may sign in or set up. People of a demo count only there, so they do not count here."""
    found = await stores.rows(STORE, "SELECT roles FROM staff WHERE ended_on IS NULL AND NOT demo")
    held = {role for row in found for role in row["roles"].split()}
    return [role.value for role in Role if role.value not in held]
