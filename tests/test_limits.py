"""Promise 9: limits hold under a crowd. Of two hundred tries at once exactly the allowed number is let through."""

from __future__ import annotations

import asyncio
import random

import pytest

from server import limits, stores
from server.errors import Unavailable
from server.limits import LIMITS
from server.settings import Settings

NOW = 1_800_000_000.0


@pytest.mark.parametrize("name", sorted(LIMITS))
async def test_promise_9_exactly_the_allowed_number_of_two_hundred_at_once(opened: Settings, name: str) -> None:
    tries = 200 if LIMITS[name].size < 200 else LIMITS[name].size + 50
    answers = await asyncio.gather(*[limits.allow(name, "198.51.100.7", NOW) for _ in range(tries)])
    assert sum(answers) == LIMITS[name].size


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_promise_9_naive_read_then_write_lets_more_through(opened: Settings) -> None:
    left = {"tokens": 5}

    async def naive() -> bool:
        found = left["tokens"]
        await asyncio.sleep(0)  # as any wait between looking and writing
        if found <= 0:
            return False
        left["tokens"] = found - 1
        return True

    assert sum(await asyncio.gather(*[naive() for _ in range(200)])) > 5


async def test_tries_come_back_with_time_and_never_beyond_the_size(opened: Settings) -> None:
    limit = LIMITS["totp"]
    for _ in range(limit.size):
        assert await limits.allow("totp", "edith", NOW)
    assert not await limits.allow("totp", "edith", NOW)
    assert await limits.allow("totp", "edith", NOW + limit.refill)
    assert not await limits.allow("totp", "edith", NOW + limit.refill)
    much_later = NOW + 1000 * limit.refill
    assert sum([await limits.allow("totp", "edith", much_later) for _ in range(50)]) == limit.size


async def test_one_persons_tries_do_not_count_against_another(opened: Settings) -> None:
    while await limits.allow("totp", "edith", NOW):
        pass
    assert await limits.allow("totp", "omar", NOW)


async def test_promise_2_what_is_counted_for_an_address_is_never_written(opened: Settings) -> None:
    for name in (name for name, limit in LIMITS.items() if limit.of_address):
        assert await limits.allow(name, "198.51.100.7", NOW)
    assert await stores.rows("limits", "SELECT * FROM allowance") == []
    assert not [key for key in stores.opened_stores().buckets if "198" in key and "." in key]


async def test_promise_2_the_key_of_a_day_is_forgotten_with_the_day(opened: Settings) -> None:
    while await limits.allow("door", "198.51.100.7", NOW):
        pass
    assert await limits.allow("door", "198.51.100.7", NOW + limits.DAY)
    assert len(stores.opened_stores().buckets) == 2, "the same address has two names that nobody can join"


async def test_memory_is_bounded_under_a_crowd_of_addresses(opened: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BUCKETS", 100)
    for number in range(300):
        await limits.allow("door", f"address {number}", NOW + number * 60)
    assert len(stores.opened_stores().buckets) == 100


async def test_old_counts_of_staff_go_after_two_days(opened: Settings) -> None:
    await limits.allow("totp", "edith", NOW)
    await limits.allow("totp", "omar", NOW + 3 * limits.DAY)
    assert len(await stores.rows("limits", "SELECT * FROM allowance")) == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", sorted(LIMITS))
async def test_without_its_store_each_limiter_answers_as_the_table_says(
    opened: Settings, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(unit: stores.Unit) -> None:
        pages = (await unit.rows("PRAGMA page_count"))[0]["page_count"]
        await unit.rows(f"PRAGMA max_page_count = {pages}")

    await stores.write("limits", full)
    answers = [await limits.allow(name, f"somebody {n}" * 3, NOW) for n in range(2000)]
    assert answers[-1] is LIMITS[name].opens_on_failure
    with pytest.raises(Unavailable):

        async def more(unit: stores.Unit) -> None:
            await unit.many("INSERT INTO allowance VALUES (?, 1, 1)", [(f"x{n:030}",) for n in range(4000)])

        await stores.write("limits", more)


async def test_over_any_time_no_more_than_size_and_what_came_back(opened: Settings) -> None:
    limit, chance, now, taken = LIMITS["totp"], random.Random(5), NOW, 0
    for _ in range(400):
        now += chance.choice((0, 0, 1, 30, 59.9, 300)) * chance.random()
        taken += await limits.allow("totp", "edith", now)
        assert taken <= limit.size + (now - NOW) / limit.refill + 1e-3
    assert taken >= (now - NOW) / limit.refill * 0.5
