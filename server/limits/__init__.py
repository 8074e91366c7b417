"""One table of limiters: how often a thing may be tried, exactly, under any crowd.

A bucket holds `size` tries and gets one back every `refill` seconds. One statement takes a token and says whether there
was one: two hundred tries at once are counted one by one. What is stored is a keyed hash of a member of staff. What is
counted for an address or a visit is never written anywhere: it lives in the memory of the process, under a day's key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from dataclasses import dataclass

from server import sealing, stores
from server.errors import Unavailable

DAY = 86_400
MOST_BUCKETS = 100_000


@dataclass(frozen=True)
class Limit:
    """`opens_on_failure`: what to answer when the store itself does not answer. `of_address`: the subject is a network
    address or a visit: counted in memory alone, which cannot fail, and by each process for itself."""

    size: int
    refill: float
    opens_on_failure: bool
    of_address: bool = False


LIMITS = {
    # The door code is deniability, not secrecy: a broken disk has to let a person in. 20 wrong ones, then 2 a minute.
    "door": Limit(size=20, refill=30, opens_on_failure=True, of_address=True),
    # What a reader tells of a place: few for a visit, many for an address, which a whole house may share.
    "report": Limit(size=8, refill=300, opens_on_failure=True, of_address=True),
    "report_address": Limit(size=60, refill=30, opens_on_failure=True, of_address=True),
    # Programs that read the open directory: two questions a second; all of it at once, once a minute.
    "open": Limit(size=120, refill=0.5, opens_on_failure=True, of_address=True),
    "open_all": Limit(size=6, refill=60, opens_on_failure=True, of_address=True),
    "phrase": Limit(size=10, refill=30, opens_on_failure=False),
    "phrase_address": Limit(size=20, refill=30, opens_on_failure=True, of_address=True),
    "totp": Limit(size=5, refill=60, opens_on_failure=False),
    "setup": Limit(size=10, refill=60, opens_on_failure=True, of_address=True),
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


def _take_in_memory(limit: Limit, row_key: str, now: float) -> bool:
    """No await in between, so no two tries see the same number."""
    buckets = stores.opened_stores().buckets
    tokens, at = buckets.pop(row_key, (float(limit.size), now))
    if len(buckets) >= MOST_BUCKETS:
        del buckets[next(iter(buckets))]  # the one that was asked for longest ago
    tokens = min(float(limit.size), tokens + (now - at) / limit.refill)
    taken = tokens >= 1
    buckets[row_key] = (tokens - 1 if taken else tokens, now)
    return taken


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
    if limit.of_address:
        return _take_in_memory(limit, row_key, at)

    async def take(unit: stores.Unit) -> bool:
        await unit.run("DELETE FROM allowance WHERE at < ?", at - 2 * DAY)
        sql = TAKE.format(least="least" if unit.dialect == "postgres" else "min")
        return bool(await unit.rows(sql, row_key, size - 1, at, size, refill, size, refill))

    try:
        return await stores.write("limits", take)
    except Unavailable:
        return limit.opens_on_failure


def give_back(name: str, subject: str, now: float | None = None) -> None:
    """It was no guess: a right code costs nothing, so that a house that shares one address stays open."""
    limit, buckets = LIMITS[name], stores.opened_stores().buckets
    row_key = _row_key(name, limit, subject, time.time() if now is None else now)
    if row_key in buckets:
        tokens, at = buckets[row_key]
        buckets[row_key] = (min(float(limit.size), tokens + 1), at)
