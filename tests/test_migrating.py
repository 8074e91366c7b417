"""Migrations that lose nothing: Tortoise's own way loses the children, the triggers, the index; ours does not."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException
from tortoise.migrations.executor import MigrationExecutor

from server import migrating, stores
from server.errors import SetupError
from server.settings import Settings
from server.stores import Store

MODELS = """
from tortoise import fields
from tortoise.models import Model


class Member(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)


class Visit(Model):
    id = fields.IntField(primary_key=True)
    member = fields.ForeignKeyField("house.Member", on_delete=fields.CASCADE)


AFTER_MIGRATE = {"sqlite": (
    'CREATE TRIGGER IF NOT EXISTS member_stays BEFORE DELETE ON "member" BEGIN SELECT RAISE(ABORT, "stays"); END',
)}
"""
HEAD = """
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
"""
FIRST = (
    HEAD
    + """
    initial = True
    operations = [
        ops.CreateModel(name="Member", fields=[
            ("id", fields.IntField(generated=True, primary_key=True)),
            ("name", fields.CharField(max_length=40)),
        ], options={"table": "member", "app": "house", "pk_attr": "id"}, bases=["Model"]),
        ops.CreateModel(name="Visit", fields=[
            ("id", fields.IntField(generated=True, primary_key=True)),
            ("member", fields.ForeignKeyField("house.Member", source_field="member_id", to_field="id",
                                              on_delete=OnDelete.CASCADE)),
        ], options={"table": "visit", "app": "house", "pk_attr": "id"}, bases=["Model"]),
    ]
"""
)
REBUILDS = (
    HEAD
    + """
    dependencies = [("house", "0001_first")]
    operations = [ops.AlterField(model_name="Member", name="name", field=fields.CharField(max_length=80))]
"""
)
LOSES = (
    HEAD
    + """
    dependencies = [("house", "0001_first")]
    operations = [ops.RunSQL("DELETE FROM visit")]
"""
)
ADDS = (
    HEAD
    + """
    dependencies = [("house", "0001_first")]
    operations = [ops.AddField(model_name="Member", name="notes", field=fields.TextField({default}))]
"""
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store of its own with a parent and a child table, and its package to write migrations into."""
    package = tmp_path / "package" / "fictional_house"
    migrations = package / "migrations"
    migrations.mkdir(parents=True)
    for file, text in (
        (package / "__init__.py", ""),
        (package / "models.py", MODELS),
        (migrations / "__init__.py", ""),
    ):
        file.write_text(text)
    (migrations / "0001_first.py").write_text(FIRST)
    monkeypatch.syspath_prepend(package.parent)
    for known in (stores.STORES, migrating.STORES):
        monkeypatch.setitem(known, "house", Store("house", "fictional_house"))
    yield migrations
    for name in [name for name in sys.modules if name.startswith("fictional_house")]:
        del sys.modules[name]


@pytest.fixture
def mine(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return Settings(data=tmp_path / "data", keys=tmp_path / "keys")


def open_(settings: Settings) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(stores.sqlite_path(settings, "house"), isolation_level=None))


def fill(settings: Settings) -> None:
    with open_(settings) as connection:
        connection.execute("INSERT INTO member (id, name) VALUES (1, 'ana')")
        connection.executemany("INSERT INTO visit (member_id) VALUES (?)", [(1,)] * 12)


def count(settings: Settings, table: str) -> int:
    with open_(settings) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


async def naive(settings: Settings) -> None:
    """Tortoise's own migrate over the connection the app uses."""
    config = stores.tortoise_config(settings, "house")
    async with TortoiseContext() as context:
        await context.init(config)
        executor = MigrationExecutor(context.connections.get("house"), {"house": config["apps"]["house"]})
        await executor.migrate()


async def test_m1_naive_a_rebuilt_parent_table_deletes_its_children(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    with open_(mine) as connection:
        connection.execute("DROP TRIGGER member_stays")
    fill(mine)
    (house / "0002_second.py").write_text(REBUILDS)
    await naive(mine)
    assert (count(mine, "member"), count(mine, "visit")) == (1, 0)


async def test_m1_a_rebuilt_parent_table_keeps_its_children(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    fill(mine)
    (house / "0002_second.py").write_text(REBUILDS)
    assert await migrating.migrate_store(mine, "house") == ["0002_second"]
    assert (count(mine, "member"), count(mine, "visit")) == (1, 12)
    assert sorted(file.name for file in mine.data.iterdir() if "before" in file.name) == []


async def test_m1_a_migration_that_would_lose_rows_is_refused_and_changes_nothing(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    fill(mine)
    (house / "0002_second.py").write_text(LOSES)
    with pytest.raises(SetupError, match="would lose rows of visit"):
        await migrating.migrate_store(mine, "house")
    assert count(mine, "visit") == 12


async def test_m1_what_a_migration_cut_off_left_behind_is_put_back(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    fill(mine)
    file = Path(stores.sqlite_path(mine, "house"))
    with open_(mine) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.with_suffix(".before").write_bytes(file.read_bytes())
    with open_(mine) as connection:
        connection.execute("DELETE FROM visit")  # as far as the power allowed
    await migrating.migrate_store(mine, "house")
    assert count(mine, "visit") == 12


async def test_m2_naive_a_rebuild_drops_the_triggers(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    (house / "0002_second.py").write_text(REBUILDS)
    await naive(mine)
    fill(mine)
    with open_(mine) as connection:
        connection.execute("DELETE FROM member")
    assert count(mine, "member") == 0


async def test_m2_triggers_stand_after_a_rebuild(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    (house / "0002_second.py").write_text(REBUILDS)
    await migrating.migrate_store(mine, "house")
    fill(mine)
    with open_(mine) as connection, pytest.raises(sqlite3.IntegrityError, match="stays"):
        connection.execute("DELETE FROM member")


async def test_m3_naive_a_not_null_column_without_a_default_of_the_database_fails(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    fill(mine)
    (house / "0002_second.py").write_text(ADDS.format(default='default=""'))
    with pytest.raises(BaseORMException):
        await migrating.migrate_store(mine, "house")
    assert count(mine, "visit") == 12


async def test_m3_a_column_with_a_default_of_the_database_is_added(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    fill(mine)
    (house / "0002_second.py").write_text(ADDS.format(default='default="", db_default=""'))
    await migrating.migrate_store(mine, "house")
    with open_(mine) as connection:
        assert connection.execute("SELECT notes FROM member").fetchall() == [("",)]


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_migrating_again_changes_nothing(settings: Settings) -> None:
    assert await migrating.migrate(settings) == []
    assert await migrating.pending(settings) == []


async def test_tables_are_not_rebuilt_under_an_alder_that_is_running(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    fill(mine)
    (house / "0002_second.py").write_text(REBUILDS)
    with stores.using(mine.data), pytest.raises(SetupError, match="Another Alder"):
        await migrating.migrate_store(mine, "house")
    assert await migrating.migrate_store(mine, "house") == ["0002_second"]


async def test_where_nothing_waits_a_running_alder_is_left_in_peace(house: Path, mine: Settings) -> None:
    await migrating.migrate_store(mine, "house")
    with stores.using(mine.data):
        assert await migrating.migrate_store(mine, "house") == []
    assert sorted(file.name for file in mine.data.iterdir() if "before" in file.name) == []
