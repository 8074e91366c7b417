"""The log of staff acts: appended to, never changed; what changes it from outside is seen."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException
from tortoise.migrations.autodetector import MigrationAutodetector

from moderation import actions, store
from moderation.log_chain import BEGINNING, first_break, hash_of
from moderation.terms import Act, Deed, Line, Role, Who
from server import stores
from server.migrating import migrate_store
from server.settings import Settings
from server.stores import STORES, Store, Unit, tortoise_config
from tests.house import House

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EDITH = Who(1, "Edith", frozenset({Role.DIRECTORY_EDITOR}))
REFUSED = (BaseORMException, asyncpg.PostgresError)
words = st.text(st.characters(codec="utf-8"), max_size=20)
number = st.integers(0, 2**31)


@st.composite
def chains(draw: st.DrawFn) -> list[Line]:
    lines: list[Line] = []
    before = BEGINNING
    for at in range(1, draw(st.integers(1, 6)) + 1):
        name, role, act, kind, object_id, details = (draw(words) for _ in range(6))
        open_line = Line(at, draw(words), draw(number), name, role, act, kind, object_id, details, "")
        lines.append(replace(open_line, hash=hash_of(before, open_line)))
        before = lines[-1].hash
    return lines


@given(chains())
def test_a_chain_as_it_was_written_is_whole(lines: list[Line]) -> None:
    assert first_break(lines) is None
    assert first_break(lines[1:], lines[0].hash, 1) is None


@given(chains(), st.data())
def test_any_changed_character_is_seen(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(
        st.sampled_from(["at", "name", "role", "act", "kind", "object_id", "details", "hash", "staff_id"])
    )
    old = getattr(lines[at], column)
    new = data.draw(number if column == "staff_id" else words)
    forged = [*lines[:at], replace(lines[at], **{column: new}), *lines[at + 1 :]]
    assert first_break(forged) == (None if new == old else at + 1)


@given(chains(), st.data())
def test_a_line_forged_together_with_its_hash_is_seen_by_the_next(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    forged = replace(lines[at], details=lines[at].details + "x")
    forged = replace(forged, hash=hash_of(lines[at - 1].hash if at else BEGINNING, forged))
    last = at == len(lines) - 1
    assert first_break([*lines[:at], forged, *lines[at + 1 :]]) == (None if last else at + 2)


@given(chains(), st.data())
def test_a_missing_or_moved_line_is_seen(lines: list[Line], data: st.DataObject) -> None:
    if len(lines) > 1:
        at = data.draw(st.integers(0, len(lines) - 2))
        assert first_break([*lines[:at], *lines[at + 1 :]]) == at + 1
        swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
        assert first_break(swapped) == at + 1


@given(words, words)
def test_words_cannot_slip_from_one_column_into_the_next(one: str, other: str) -> None:
    if other:
        line = Line(1, "", 1, "", "", "", "", one + other, "", "")
        assert hash_of(BEGINNING, line) != hash_of(BEGINNING, replace(line, object_id=one, details=other))


# On both engines


async def write_lines(count: int) -> None:
    for at in range(count):
        await actions.record(
            EDITH, Role.DIRECTORY_EDITOR, Deed(Act.SERVICE_VERIFIED, "service", f"s{at}", "called"), NOW
        )


async def test_lines_are_numbered_and_chained(opened: Settings) -> None:
    await write_lines(5)
    lines = await store.lines_from(1, 10)
    assert [line.id for line in lines] == [1, 2, 3, 4, 5] and first_break(lines) is None
    checked = await actions.check_log()
    assert checked and (checked.lines, checked.newest, checked.broken_at) == (5, lines[-1].hash, None)
    assert [line.id for line in await store.newest_lines(2)] == [5, 4]
    assert [line.id for line in await store.newest_lines(2, below=4)] == [3, 2]
    assert [line.id for line in await store.lines_about("service", "s2", 9)] == [3]


async def test_many_at_once_leave_no_gap_and_no_fork(opened: Settings) -> None:
    await asyncio.gather(*(write_lines(1) for _ in range(40)))
    checked = await actions.check_log()
    assert checked and checked.lines == 40


async def test_a_line_belongs_to_the_unit_that_writes_it(opened: Settings) -> None:
    async def fails(unit: Unit) -> None:
        await store.append(unit, EDITH, "", Deed(Act.STAFF_ADDED, "staff", "9"), NOW)
        raise ZeroDivisionError

    await write_lines(1)
    with pytest.raises(ZeroDivisionError):
        await stores.write("moderation", fails)
    await write_lines(1)
    checked = await actions.check_log()
    assert checked and checked.lines == 2


CHANGES = (
    "UPDATE log SET name = 'Somebody else' WHERE id = 1",
    "UPDATE log SET id = 99 WHERE id = 2",
    "DELETE FROM log WHERE id = 2",
    "DELETE FROM log",
    "INSERT INTO log SELECT 5, at, staff_id, name, role, act, kind, object_id, details, hash FROM log WHERE id = 1",
    "INSERT INTO log SELECT 1, at, staff_id, 'Forged', role, act, kind, object_id, details, hash FROM log WHERE id = 1",
)
ONLY = {
    "sqlite": ("INSERT OR REPLACE INTO log SELECT 1, at, 7, name, role, act, kind, object_id, details, hash FROM log",),
    "postgres": (
        "TRUNCATE log",
        "INSERT INTO log SELECT * FROM log WHERE id = 1 ON CONFLICT (id) DO UPDATE SET name = 'x'",
    ),
}


async def test_the_database_refuses_every_change(opened: Settings, engine: str) -> None:
    await write_lines(2)
    before = await stores.rows("moderation", "SELECT * FROM log ORDER BY id")
    for sql in (*CHANGES, *ONLY[engine]):
        if engine == "postgres" and sql.startswith("INSERT INTO log SELECT 5"):
            continue  # there a line with a gap goes in, and the chain shows it: see the next test

        async def change(unit: Unit, sql: str = sql) -> None:
            await unit.run(sql)

        with pytest.raises(REFUSED):
            await stores.write("moderation", change)
    assert await stores.rows("moderation", "SELECT * FROM log ORDER BY id") == before


TAMPERED = (
    "UPDATE log SET details = 'visited' WHERE id = 2",
    "DELETE FROM log WHERE id = 2",
    "UPDATE log SET hash = 'aa' WHERE id = 3",
    "INSERT INTO log SELECT 9, at, staff_id, name, role, act, kind, object_id, details, hash FROM log WHERE id = 1",
)
WITHOUT_TRIGGERS = {
    "sqlite": "DROP TRIGGER log_only_grows; DROP TRIGGER log_is_never_changed; DROP TRIGGER log_is_never_shortened",
    "postgres": "ALTER TABLE log DISABLE TRIGGER USER",
}


@pytest.mark.parametrize(
    ("sql", "broken_at"), list(zip(TAMPERED, (2, 2, 3, 4), strict=True)), ids=["text", "gone", "hash", "gap"]
)
async def test_whoever_takes_the_triggers_away_is_seen_by_the_chain(
    opened: Settings, engine: str, sql: str, broken_at: int
) -> None:
    await write_lines(3)

    async def tamper(unit: Unit) -> None:
        for statement in WITHOUT_TRIGGERS[engine].split(";"):
            await unit.run(statement)
        await unit.run(sql)

    await stores.write("moderation", tamper)
    checked = await actions.check_log()
    assert not checked and checked.broken_at == broken_at


# Fault M2: a rebuilt table has lost its triggers

LATER = """
from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_tables")]
    operations = [ops.AlterField(model_name="Log", name="kind", field=fields.CharField(max_length=50))]
"""


@pytest.fixture
def later_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The staff store with one migration more, which makes SQLite rebuild the log."""
    package = tmp_path / "later_moderation"
    (package / "migrations").mkdir(parents=True)
    ours = Path(str(sys.modules["moderation"].__file__)).parent / "migrations"
    for file in (*ours.glob("0*.py"), ours / "__init__.py"):
        (package / "migrations" / file.name).write_text(file.read_text())
    (package / "migrations" / "0002_longer.py").write_text(LATER)
    (package / "__init__.py").touch()
    (package / "models.py").write_text("from moderation.models import *\nfrom moderation.models import AFTER_MIGRATE\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield Store("moderation", "later_moderation")
    for name in [name for name in sys.modules if name.startswith("later_moderation")]:
        del sys.modules[name]


async def filled(settings: Settings) -> None:
    async with stores.opened(settings):
        await write_lines(3)


def triggers(settings: Settings) -> int:
    connection = sqlite3.connect(stores.sqlite_path(settings, "moderation"))
    try:
        return connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
    finally:
        connection.close()


async def forge(settings: Settings) -> bool:
    """Whether the log lets itself be changed."""
    async with stores.opened(settings):

        async def change(unit: Unit) -> None:
            await unit.run("UPDATE log SET name = 'Somebody else' WHERE id = 1")

        try:
            await stores.write("moderation", change)
        except REFUSED:
            return False
        return True


async def test_m2_the_naive_way_loses_the_triggers(
    settings: Settings, engine: str, later_migration: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(settings)
    monkeypatch.setitem(STORES, "moderation", later_migration)
    monkeypatch.setattr("moderation.models.AFTER_MIGRATE", {})
    (Path(sys.path[0]) / "later_moderation" / "models.py").write_text("from moderation.models import *\n")
    assert await migrate_store(settings, "moderation") == ["0002_longer"]
    if engine == "sqlite":  # PostgreSQL alters in place and keeps them
        assert triggers(settings) == 0 and await forge(settings)


async def test_m2_our_way_has_them_back_after_every_migration(
    settings: Settings, engine: str, later_migration: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(settings)
    monkeypatch.setitem(STORES, "moderation", later_migration)
    assert await migrate_store(settings, "moderation") == ["0002_longer"]
    assert not await forge(settings)
    async with stores.opened(settings):
        checked = await actions.check_log()
        assert checked and checked.lines == 3
        await write_lines(1)
        assert (await actions.check_log()).lines == 4
    if engine == "sqlite":
        assert triggers(settings) == 3


# What an auditor sees


def test_every_act_of_staff_is_in_the_log_with_who_and_in_which_role(house: House) -> None:
    ruth = house.staff("ruth")
    house.run(actions.reset_staff, "ruth", house.clock())
    omar = house.staff("omar")
    assert ruth.get("/log", follow_redirects=False).status_code == 303
    text = omar.get("/log").text
    for said in ("added somebody", "set up the sign-in", "made a new set-up code", "command line", "auditor", "ruth"):
        assert said in text, said


def test_the_log_is_read_in_pages(house: House) -> None:
    omar = house.staff("omar")
    house.run(write_lines, 60)
    first = omar.get("/log")
    assert first.text.count("<tr>") == 51 and "Older" in first.text and "Newest" not in first.text
    newest = house.run(store.newest_lines, 1)[0]
    assert f"{newest.id} · {newest.hash[:16]}" in first.text
    older = omar.get(first.text.split('href="/log?t=')[1].split('"')[0].join(["/log?t=", ""]))
    assert older.status_code == 200 and "Newest" in older.text and "Older" not in older.text


# The tables themselves


@pytest.mark.parametrize("store_name", STORES)
async def test_the_migrations_make_what_the_models_say(tmp_path: Path, store_name: str) -> None:
    config = tortoise_config(Settings(data=tmp_path, keys=tmp_path / "keys"), store_name)
    async with TortoiseContext() as context:
        await context.init(config, init_connections=False)
        assert context.apps is not None
        changes = await MigrationAutodetector(context.apps, config["apps"]).changes()
    assert [operation for change in changes for operation in change.operations] == []


def cut(settings: Settings, *statements: str) -> None:
    """As somebody with the file and without the keys would: the triggers first."""
    with contextlib.closing(sqlite3.connect(stores.sqlite_path(settings, "moderation"), isolation_level=None)) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            file.execute(statement)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("loss", ["DELETE FROM log WHERE id = (SELECT max(id) FROM log)", "DELETE FROM log"])
def test_a_log_that_was_cut_short_is_seen_by_what_is_noted_beside_the_keys(house: House, loss: str) -> None:
    house.staff("edith", role="directory_editor")
    house.staff("omar", role="operator")
    assert house.run(actions.check_log)
    cut(house.settings, loss)
    assert not house.run(actions.check_log)
