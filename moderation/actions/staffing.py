"""What the operator does with staff at the command line: add, reset, end."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from moderation import permissions, store
from moderation.actions.setting_up import hash_of_code
from moderation.sign_in import CODE_LASTS, display_name, name_key, new_setup_code
from moderation.store import STORE
from moderation.terms import COMMAND_LINE, Act, Deed, Role, Who
from server import stores
from server.errors import SetupError
from server.stores import Unit


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
