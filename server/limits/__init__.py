"""One table of limiters: how often a thing may be tried, exactly, under any crowd.

A bucket holds `size` tries and gets one back every `refill` seconds. One statement takes a token and says whether there
was one: two hundred tries at once are counted one by one. What is stored is a keyed hash, never an address.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import time
from dataclasses import dataclass

from server import sealing, stores
from server.errors import Unavailable

DAY = 86_400


@dataclass(frozen=True)
class Limit:
    """`opens_on_failure`: what to answer when the store itself does not answer. `of_address`: the subject is a network
    address, hashed with a key that lives in memory for a day and is then forgotten."""

    size: int
    refill: float
    opens_on_failure: bool
    of_address: bool = False


LIMITS = {
    # The door code is deniability, not secrecy: a broken disk has to let a person in. 20 wrong ones, then 2 a minute.
    "door": Limit(size=20, refill=30, opens_on_failure=True, of_address=True),
    "phrase": Limit(size=10, refill=30, opens_on_failure=False),
    "phrase_address": Limit(size=20, refill=30, opens_on_failure=False, of_address=True),
    "totp": Limit(size=5, refill=60, opens_on_failure=False),
    "setup": Limit(size=10, refill=60, opens_on_failure=False, of_address=True),
}

_day_key: tuple[int, bytes] = (0, b"")


def _key_of_today(now: float) -> bytes:
    global _day_key
    today = int(now // DAY)
    if _day_key[0] != today:
        _day_key = (today, os.urandom(32))
    return _day_key[1]


def _row_key(name: str, limit: Limit, subject: str, now: float) -> str:
    said = f"{name}:{subject}".encode()
    if limit.of_address:
        return hmac.new(_key_of_today(now), said, hashlib.sha256).hexdigest()[:32]
    return sealing.keyed_hash("limits", said).hex()[:32]


TAKE = """
INSERT INTO allowance (id, tokens, at) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
  tokens = {least}(?, allowance.tokens + (excluded.at - allowance.at) / ?) - 1, at = excluded.at
WHERE {least}(?, allowance.tokens + (excluded.at - allowance.at) / ?) >= 1
RETURNING tokens
"""


async def allow(name: str, subject: str = "", now: float | None = None) -> bool:
    """Take one try of limiter `name` for `subject`; `now` is in seconds since 1970."""
    limit = LIMITS[name]
    at = time.time() if now is None else now
    size, refill = float(limit.size), float(limit.refill)
    row_key = _row_key(name, limit, subject, at)

    async def take(unit: stores.Unit) -> bool:
        await unit.run("DELETE FROM allowance WHERE at < ?", at - 2 * DAY)
        sql = TAKE.format(least="least" if unit.dialect == "postgres" else "min")
        return bool(await unit.rows(sql, row_key, size - 1, at, size, refill, size, refill))

    try:
        return await stores.write("limits", take)
    except Unavailable:
        return limit.opens_on_failure


GIVE_BACK = "UPDATE allowance SET tokens = {least}(?, tokens + 1) WHERE id = ?"


async def give_back(name: str, subject: str = "", now: float | None = None) -> None:
    """It was no guess: a right code costs nothing, so that a house that shares one address stays open."""
    limit = LIMITS[name]
    row_key = _row_key(name, limit, subject, time.time() if now is None else now)

    async def give(unit: stores.Unit) -> None:
        sql = GIVE_BACK.format(least="least" if unit.dialect == "postgres" else "min")
        await unit.run(sql, float(limit.size), row_key)

    with contextlib.suppress(Unavailable):
        await stores.write("limits", give)
