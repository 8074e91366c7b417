"""What the staff app asks its own database: who somebody is, which sessions live, the lines of the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from moderation import log_witness
from moderation.log_chain import BEGINNING, hash_of
from moderation.sign_in import LONGEST_SESSION
from moderation.terms import Deed, Line, Role, Who
from server import stores
from server.stores import Row, Unit

STORE = "moderation"
LINE_COLUMNS = ("id", "at", "staff_id", "name", "role", "act", "kind", "object_id", "details", "hash")
LINES = "SELECT id, at, staff_id, name, role, act, kind, object_id, details, hash FROM log"


@dataclass(frozen=True)
class Activation:
    """What makes somebody who was added able to sign in. `totp` is sealed; `code_hash` is that of the code she used."""

    staff_id: int
    code_hash: bytes
    phrase_hash: str
    totp: bytes
    step: int


def who_of(row: Row) -> Who:
    known = {role.value: role for role in Role}
    return Who(int(row["id"]), row["name"], frozenset(known[said] for said in row["roles"].split() if said in known))


def roles_text(roles: Collection[Role]) -> str:
    return " ".join(role.value for role in Role if role in roles)


async def staff_named(key: str, now: datetime) -> Row | None:
    """`in_time` says whether the set-up code may still be used."""
    found = await stores.rows(
        STORE,
        "SELECT id, name, roles, phrase_hash, totp, setup_hash, setup_until > ? AS in_time, demo, ended_on "
        "FROM staff WHERE name_key = ?",
        now,
        key,
    )
    return found[0] if found else None


async def all_staff(now: datetime) -> Sequence[Row]:
    return await stores.rows(
        STORE,
        "SELECT id, name, roles, phrase_hash <> '' AS ready, setup_until > ? AS in_time, demo, added_on, ended_on "
        "FROM staff ORDER BY ended_on IS NOT NULL, name_key",
        now,
    )


async def staff_names() -> dict[int, str]:
    found = await stores.rows(STORE, "SELECT id, name FROM staff")
    return {int(row["id"]): row["name"] for row in found}


async def signed_in(session_id: str, now: datetime, demo: bool) -> Who | None:
    """None where the session is unknown or 12 hours old, or the person has left. `demo` lets fictional people in."""
    found = await stores.rows(
        STORE,
        "SELECT staff.id, staff.name, staff.roles, staff.demo FROM session JOIN staff ON staff.id = session.staff_id "
        "WHERE session.id = ? AND session.began > ? AND staff.ended_on IS NULL",
        session_id,
        now - LONGEST_SESSION,
    )
    return who_of(found[0]) if found and (demo or not found[0]["demo"]) else None


async def add_staff(unit: Unit, who: Who, key: str, now: datetime, demo: bool = False) -> int:
    """`who.id` is not used: the number is given here and returned."""
    made = await unit.rows(
        "INSERT INTO staff (name, name_key, roles, demo, added_on) VALUES (?, ?, ?, ?, ?) RETURNING id",
        who.name,
        key,
        roles_text(who.roles),
        demo,
        now.date(),
    )
    return int(made[0]["id"])


async def await_setup(unit: Unit, staff_id: int, code_hash: bytes, until: datetime) -> None:
    """From now on only the set-up code opens; whatever was set up before is gone."""
    await unit.run(
        "UPDATE staff SET phrase_hash = '', totp = NULL, setup_hash = ?, setup_until = ? WHERE id = ?",
        code_hash,
        until,
        staff_id,
    )
    await end_sessions(unit, staff_id)


async def activate(unit: Unit, made: Activation, now: datetime) -> bool:
    """False where the code was used meanwhile, has run out, or the person has left. The code is spent by this."""
    changed = await unit.run(
        "UPDATE staff SET phrase_hash = ?, totp = ?, totp_step = ?, setup_hash = NULL, setup_until = NULL "
        "WHERE id = ? AND setup_hash = ? AND setup_until > ? AND ended_on IS NULL",
        made.phrase_hash,
        made.totp,
        made.step,
        made.staff_id,
        made.code_hash,
        now,
    )
    return changed == 1


async def use_step(unit: Unit, staff_id: int, step: int) -> bool:
    """False where this step, or a later one, was used before: each code works once. False also for who has left."""
    changed = await unit.run(
        "UPDATE staff SET totp_step = ? WHERE id = ? AND totp_step < ? AND ended_on IS NULL", step, staff_id, step
    )
    return changed == 1


async def begin_session(unit: Unit, session_id: str, staff_id: int, now: datetime) -> None:
    """Clears away those that ended by themselves."""
    await unit.run("DELETE FROM session WHERE began < ?", now - LONGEST_SESSION - timedelta(hours=1))
    await unit.run("INSERT INTO session (id, staff_id, began) VALUES (?, ?, ?)", session_id, staff_id, now)


async def set_roles(unit: Unit, staff_id: int, roles: Collection[Role]) -> None:
    await unit.run("UPDATE staff SET roles = ? WHERE id = ?", roles_text(roles), staff_id)


async def working_staff(unit: Unit, demo: bool) -> list[Row]:
    """Whoever may sign in, or set up. Until this unit ends nobody else changes their roles."""
    await unit.run("UPDATE staff SET roles = roles WHERE ended_on IS NULL")
    people = "SELECT id, name, roles, phrase_hash <> '' AS ready, demo FROM staff WHERE ended_on IS NULL ORDER BY id"
    return [row for row in await unit.rows(people) if demo or not row["demo"]]


async def end_session(unit: Unit, session_id: str) -> None:
    await unit.run("DELETE FROM session WHERE id = ?", session_id)


async def end_sessions(unit: Unit, staff_id: int) -> None:
    await unit.run("DELETE FROM session WHERE staff_id = ?", staff_id)


async def end_staff(unit: Unit, staff_id: int, now: datetime) -> None:
    await unit.run("UPDATE staff SET ended_on = ?, setup_hash = NULL WHERE id = ?", now.date(), staff_id)
    await end_sessions(unit, staff_id)


async def append(unit: Unit, who: Who, role: str, deed: Deed, now: datetime) -> Line:
    """One more line at the end of the log."""
    if unit.dialect == "postgres":  # SQLite has one writer anyway
        await unit.run("LOCK TABLE log IN EXCLUSIVE MODE")
    last = await unit.rows("SELECT id, hash FROM log ORDER BY id DESC LIMIT 1")
    before, number = (last[0]["hash"], int(last[0]["id"])) if last else (BEGINNING, 0)
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    open_line = Line(
        number + 1, at, who.id, who.name, role, deed.act.value, deed.kind, deed.object_id, deed.details, ""
    )
    line = replace(open_line, hash=hash_of(before, open_line))
    await unit.run(
        "INSERT INTO log (id, at, staff_id, name, role, act, kind, object_id, details, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(getattr(line, column) for column in LINE_COLUMNS),
    )

    async def note() -> None:
        log_witness.note(line.id, line.hash)

    unit.afterwards(note)
    return line


async def lines_from(first: int, count: int) -> list[Line]:
    """Oldest first."""
    found = await stores.rows(
        STORE,
        LINES + " WHERE id >= ? ORDER BY id LIMIT ?",
        first,
        count,
    )
    return [_line(row) for row in found]


async def newest_lines(count: int, below: int | None = None) -> list[Line]:
    """Newest first; `below` is the number that a page before this one ended with."""
    found = await stores.rows(
        STORE,
        LINES + " WHERE id < ? ORDER BY id DESC LIMIT ?",
        below if below is not None else 2**62,
        count,
    )
    return [_line(row) for row in found]


async def lines_about(kind: str, object_id: str, count: int) -> list[Line]:
    """What was done with one thing, newest first."""
    found = await stores.rows(
        STORE,
        LINES + " WHERE object_id = ? AND kind = ? ORDER BY id DESC LIMIT ?",
        object_id,
        kind,
        count,
    )
    return [_line(row) for row in found]


async def last_of(kind: str, object_id: str, acts: Sequence[str]) -> Line | None:
    """The newest of these acts with one thing, however much was done to it since."""
    marks = ", ".join("?" * len(acts))
    asked = f" WHERE object_id = ? AND kind = ? AND act IN ({marks}) ORDER BY id DESC LIMIT 1"
    found = await stores.rows(STORE, LINES + asked, object_id, kind, *acts)
    return _line(found[0]) if found else None


def _line(row: Row) -> Line:
    return Line(**{column: row[column] for column in LINE_COLUMNS})
