"""Argon2id for phrases, two at a time: a storm of sign-ins takes neither the memory nor the event loop from others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from server.errors import Unavailable
from server.web import N_

T = TypeVar("T")
AT_ONCE = 2
MAY_WAIT = 8
SECONDS_TO_WAIT = 5
CROWDED = N_("Many people are signing in just now. Please try again in a few seconds.")

HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
# What an unknown name is compared with: the same work, and no phrase has this hash.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

_places: RunVar[anyio.CapacityLimiter] = RunVar("phrase_hash")


def _limiter() -> anyio.CapacityLimiter:
    """One for each event loop."""
    try:
        return _places.get()
    except LookupError:
        _places.set(anyio.CapacityLimiter(AT_ONCE))
        return _places.get()


async def _in_turn(work: Callable[[], T]) -> T:
    """Raises Unavailable where too many wait already, or no place is free in time."""
    limiter = _limiter()
    if limiter.statistics().tasks_waiting >= MAY_WAIT:
        raise Unavailable(CROWDED, retry_after=SECONDS_TO_WAIT)
    borrower = object()
    with anyio.move_on_after(SECONDS_TO_WAIT) as waiting:
        await limiter.acquire_on_behalf_of(borrower)
    if waiting.cancelled_caught:
        raise Unavailable(CROWDED, retry_after=SECONDS_TO_WAIT)
    try:
        return await anyio.to_thread.run_sync(work)
    finally:
        limiter.release_on_behalf_of(borrower)


async def hashed(phrase: str) -> str:
    return await _in_turn(lambda: HASHER.hash(phrase))


async def fits(kept: str, phrase: str) -> bool:
    """Computes whatever is kept; nothing kept takes just as long and never fits."""
    return await _in_turn(lambda: _fits(kept or NOBODYS, phrase))


def _fits(kept: str, phrase: str) -> bool:
    try:
        return HASHER.verify(kept, phrase)
    except (VerificationError, InvalidHashError):
        return False
