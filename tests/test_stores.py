"""The faults of the ground beneath us, each shown on the naive way and mended on ours."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable
from typing import Any

import pytest
from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

from server import stores
from server.errors import Unavailable
from server.limits.models import Allowance
from server.settings import Settings
from server.stores import Unit
from tests.looking import files_holding


def on_disk(settings: Settings) -> int:
    """What another process sees: only what was committed."""
    with contextlib.closing(sqlite3.connect(stores.sqlite_path(settings, "limits"))) as connection:
        return connection.execute("SELECT count(*) FROM allowance").fetchone()[0]


async def cancelled_after(steps: int, work: asyncio.Task[object]) -> None:
    for _ in range(steps):
        await asyncio.sleep(0)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def add(unit: Unit) -> None:
    await Allowance.create(id="one", tokens=1, at=1)


async def stuck(work: Awaitable[object], seconds: float = 1) -> bool:
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        return True
    return False


# C1: a task cancelled while BEGIN is awaited leaks the lock, and the database hangs for ever


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_c1_naive_a_cancelled_begin_hangs_the_database(opened: Settings) -> None:
    async def naive() -> None:
        async with in_transaction("limits"):
            await Allowance.all().count()

    for steps in range(1, 12):
        await cancelled_after(steps, asyncio.create_task(naive()))
        if await stuck(naive()):
            break
    else:
        pytest.fail("the fault is gone from Tortoise: the shield may go too")
    # let the leaked lock go, so that the stores can close
    client: Any = stores.opened_stores().context.connections.get("limits")
    client._lock.release()


async def test_c1_two_hundred_cancelled_writes_leave_the_store_usable(opened: Settings) -> None:
    async def work(unit: Unit) -> None:
        await unit.run("UPDATE allowance SET tokens = tokens")

    for number in range(200):
        await cancelled_after(number % 14, asyncio.create_task(stores.write("limits", work)))
    assert not await stuck(stores.write("limits", work), 20)


# C2: a cancelled bulk_create leaves BEGIN open; a later create() is acknowledged and never reaches disk


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_c2_naive_a_cancelled_bulk_create_loses_what_is_written_later(opened: Settings) -> None:
    async def naive(rows: list[Allowance]) -> None:
        await Allowance.bulk_create(rows, ignore_conflicts=True)

    rows = [Allowance(id=f"bulk{n}", tokens=1, at=1) for n in range(400)]
    for steps in range(1, 40):
        await cancelled_after(steps, asyncio.create_task(naive(rows)))
        await Allowance.create(id=f"later{steps}", tokens=1, at=1)
        if on_disk(opened) < await Allowance.all().count():
            return
    pytest.fail("the fault is gone from Tortoise: the shield may go too")


async def test_c2_what_is_acknowledged_after_cancelled_bulk_writes_is_there(opened: Settings) -> None:
    async def bulk(unit: Unit) -> None:
        rows = [Allowance(id=f"bulk{n}", tokens=1, at=1) for n in range(400)]
        await Allowance.bulk_create(rows, ignore_conflicts=True)

    for steps in range(1, 40):
        await cancelled_after(steps, asyncio.create_task(stores.write("limits", bulk)))

        async def later(unit: Unit, name: str = f"later{steps}") -> None:
            await Allowance.create(id=name, tokens=1, at=1)

        await stores.write("limits", later)
    found = await stores.rows("limits", "SELECT count(*) AS n FROM allowance WHERE id LIKE 'later%'")
    assert found[0]["n"] == 39


# C4: a task started inside a transaction writes into that transaction


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_c4_naive_a_task_started_inside_is_rolled_back_with_it(opened: Settings) -> None:
    started: list[asyncio.Task[object]] = []
    with contextlib.suppress(ZeroDivisionError):
        async with in_transaction("limits"):
            started.append(asyncio.create_task(Allowance.create(id="other", tokens=1, at=1)))
            await started[0]
            raise ZeroDivisionError
    assert on_disk(opened) == 0


async def test_c4_work_for_afterwards_is_done_outside_and_only_after_success(opened: Settings) -> None:
    seen: list[str] = []

    async def later() -> None:
        await stores.write("limits", add)
        seen.append("later")

    async def succeeds(unit: Unit) -> None:
        unit.afterwards(later)

    async def fails(unit: Unit) -> None:
        unit.afterwards(later)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stores.write("limits", fails)
    assert not seen and not stores.opened_stores().running
    await stores.write("limits", succeeds)
    await asyncio.gather(*stores.opened_stores().running)
    assert seen == ["later"] and await Allowance.all().count() == 1


async def test_c4_work_for_afterwards_is_done_also_where_nobody_waits_for_the_unit_any_more(opened: Settings) -> None:
    began, may_end, seen = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def later() -> None:
        seen.set()

    async def long(unit: Unit) -> None:
        unit.afterwards(later)
        began.set()
        await may_end.wait()

    asking = asyncio.create_task(stores.write("limits", long))
    await began.wait()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    may_end.set()
    assert not await stuck(seen.wait(), 10)


# C5: one connection, one lock: a read waits for an open transaction


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_c5_naive_a_read_waits_for_an_open_transaction(opened: Settings) -> None:
    as_another_request = stores.opened_stores().context.connections.get("limits")
    async with in_transaction("limits"):
        assert await stuck(as_another_request.execute_query("SELECT 1"), 0.3)


async def test_c5_a_read_does_not_wait_for_a_write_that_takes_long(opened: Settings) -> None:
    began, may_end = asyncio.Event(), asyncio.Event()

    async def long(unit: Unit) -> None:
        await add(unit)
        began.set()
        await may_end.wait()

    writing = asyncio.create_task(stores.write("limits", long))
    await began.wait()
    assert not await stuck(stores.rows("limits", "SELECT count(*) AS n FROM allowance"), 10)
    may_end.set()
    await writing


async def test_a_read_that_takes_long_holds_nobody_else_up(opened: Settings) -> None:
    """A million rows counted one by one: other work of this process goes on meanwhile, and the answer is right."""
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    beside = asyncio.create_task(others())
    counting = (
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000000) SELECT max(n) AS n FROM n"
    )
    found = await stores.rows("limits", counting)
    beside.cancel()
    assert found[0]["n"] == 1_000_000
    assert turns > 20


async def test_c5_a_reader_cannot_write(opened: Settings) -> None:
    with pytest.raises((Unavailable, OperationalError, sqlite3.OperationalError)):
        await stores.rows("limits", "DELETE FROM allowance")


# C6: BEGIN is deferred: read, then write, beside a second writer, fails at once


def second_writer(settings: Settings) -> sqlite3.Connection:
    return sqlite3.connect(stores.sqlite_path(settings, "limits"), isolation_level=None, timeout=5)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_c6_naive_read_then_write_fails_beside_a_second_writer(opened: Settings) -> None:
    with contextlib.closing(second_writer(opened)) as other, pytest.raises(OperationalError, match="locked"):
        async with in_transaction("limits"):
            await Allowance.all().count()
            other.execute("INSERT INTO allowance VALUES ('other', 1, 1)")
            await Allowance.create(id="one", tokens=1, at=1)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_c6_read_then_write_succeeds_beside_a_second_writer(opened: Settings) -> None:
    refused: list[str] = []

    async def work(unit: Unit) -> None:
        await Allowance.all().count()
        with contextlib.closing(second_writer(opened)) as other:
            other.execute("PRAGMA busy_timeout = 50")
            try:
                other.execute("INSERT INTO allowance VALUES ('other', 1, 1)")
            except sqlite3.OperationalError as fault:
                refused.append(str(fault))
        await Allowance.create(id="one", tokens=1, at=1)

    await stores.write("limits", work)
    assert refused == ["database is locked"] and on_disk(opened) == 1


# The rest of the one way to write


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_unit_whose_commit_failed_never_reaches_the_disk_with_a_later_one(opened: Settings) -> None:
    async def breaks_a_deferred_rule(unit: Unit) -> None:
        await unit.rows("PRAGMA defer_foreign_keys = ON")
        await unit.run("CREATE TABLE child (of_ TEXT REFERENCES allowance (id))")
        await unit.run("INSERT INTO child VALUES ('nobody')")

    with pytest.raises(Exception, match="FOREIGN KEY"):
        await stores.write("limits", breaks_a_deferred_rule)
    await stores.write("limits", add)
    assert on_disk(opened) == 1
    assert not await stores.rows("limits", "SELECT 1 AS one FROM sqlite_master WHERE name = 'child'")


async def test_a_unit_takes_nothing_that_was_left_open_before_it(opened: Settings) -> None:
    client: Any = stores.opened_stores().context.connections.get("limits")
    if stores.dialect() == "sqlite":
        await client._connection.execute("BEGIN")
        await client._connection.execute("INSERT INTO allowance VALUES ('left open', 1, 1)")
    await stores.write("limits", add)
    assert await Allowance.all().values_list("id", flat=True) == ["one"]


async def test_a_unit_that_fails_leaves_nothing(opened: Settings) -> None:
    async def fails(unit: Unit) -> None:
        await add(unit)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stores.write("limits", fails)
    assert await Allowance.all().count() == 0


async def test_a_unit_inside_a_unit_of_the_same_store_is_refused_instead_of_waiting_for_itself(
    opened: Settings,
) -> None:
    async def nested(unit: Unit) -> None:
        await stores.write("limits", add)

    with pytest.raises(RuntimeError, match="open in this task"):
        await asyncio.wait_for(stores.write("limits", nested), 20)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_full_disk_is_said_as_unavailable_and_reading_goes_on(opened: Settings) -> None:
    async def fill(unit: Unit) -> None:
        pages = (await unit.rows("PRAGMA page_count"))[0]["page_count"]
        await unit.rows(f"PRAGMA max_page_count = {pages}")
        for number in range(5000):
            await Allowance.create(id=f"{number:032}", tokens=1, at=1)

    with pytest.raises(Unavailable) as told:
        await stores.write("limits", fill)
    assert told.value.status == 503 and told.value.retry_after > 0
    assert (await stores.rows("limits", "SELECT count(*) AS n FROM allowance"))[0]["n"] == 0

    async def room_again(unit: Unit) -> None:
        await unit.rows("PRAGMA max_page_count = 1000000")
        await add(unit)

    await stores.write("limits", room_again)
    assert on_disk(opened) == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_what_was_overwritten_leaves_every_byte_of_the_folder_also_while_somebody_reads(opened: Settings) -> None:
    async def write(unit: Unit) -> None:
        await unit.run("INSERT INTO allowance VALUES ('canaryofaplace', 1, 1)")

    async def erase(unit: Unit) -> None:
        await unit.run("DELETE FROM allowance")

    await stores.write("limits", write)
    await stores.write("limits", erase)
    assert files_holding([opened.data], "canaryofaplace"), "the journal is empty already: this test guards nothing"
    with contextlib.closing(sqlite3.connect(stores.sqlite_path(opened, "limits"), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM allowance").fetchall()
        emptying = asyncio.create_task(stores.empty_journal("limits"))
        await asyncio.sleep(0.25)
        reader.execute("COMMIT")
        assert await emptying
    assert files_holding([opened.data], "canaryofaplace") == []
