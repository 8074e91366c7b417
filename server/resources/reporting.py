"""Telling something of a place: that it was right, what was wrong, that it did harm. Nothing leads to who told it.

What is kept: the place, which of the three, the day, and sealed bytes whose length says next to nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from server import limits, sealing, stores
from server.errors import N_, BadInput, TooMany
from server.resources.terms import ReportKind

PURPOSE = "report"
LONGEST = 1000
PAD = 1024
WRONG = ("number", "address", "hours", "closed", "other")
GONE = N_("This place is not in the list any more. Please look for another one.")
TOO_LONG = N_("That is too long. Please use at most %(letters)s letters.")
NOT_LISTED = N_("Please choose from the list.")
WAIT = N_("A lot was sent from here. Nothing was lost. Please wait %(minutes)s minutes, then send it again.")
WAIT_MINUTES = 5


@dataclass(frozen=True)
class Told:
    """`what` is one of WRONG for something wrong, empty else; `words` may be empty."""

    kind: ReportKind
    what: str = ""
    words: str = ""


def told(answer: str, words: str) -> Told:
    """`answer` is "right", "harm" or one of WRONG. Raises BadInput."""
    if len(words) > LONGEST:
        raise BadInput(TOO_LONG, letters=LONGEST)
    if answer in WRONG:
        return Told(ReportKind.WRONG, answer, words)
    if answer not in (ReportKind.RIGHT, ReportKind.HARM):
        raise BadInput(NOT_LISTED)
    return Told(ReportKind(answer), words=words)


async def may_tell(visit: bytes, address: str) -> None:
    """Counted in memory alone, for the visit and for the address it comes from. Raises TooMany."""
    if await limits.allow("report", visit.hex()) and await limits.allow("report_address", address):
        return
    raise TooMany(WAIT, retry_after=WAIT_MINUTES * 60, minutes=WAIT_MINUTES)


async def tell(service_id: str, report: Told, today: date) -> None:
    """Whatever is told of a place that we run ourselves is for somebody outside.

    No entry is ever deleted, so an id of none was made up: nothing is written, and nothing tells which ids there are.
    """
    sealed = _sealed(report)

    async def work(unit: stores.Unit) -> None:
        found = await unit.rows("SELECT key, ours FROM service WHERE id = ?", service_id)
        if not found:
            return
        await unit.run(
            "INSERT INTO report (id, service_id, kind, told, told_on, outside) VALUES (?, ?, ?, ?, ?, ?)",
            str(uuid4()),
            found[0]["key"],
            report.kind.value,
            sealed,
            today,
            bool(found[0]["ours"]),
        )

    await stores.write("directory", work)


def _sealed(report: Told) -> bytes:
    plain = json.dumps({"what": report.what, "words": report.words}, ensure_ascii=False).encode()
    return sealing.seal(PURPOSE, plain + b" " * (-len(plain) % PAD))


def opened(sealed: bytes) -> Mapping[str, Any]:
    """{"what", "words"}. Raises sealing.Unsealable."""
    return json.loads(sealing.open_(PURPOSE, sealed))


async def is_ours(service_id: str) -> bool:
    found = await stores.rows("directory", "SELECT ours FROM service WHERE id = ?", service_id)
    return bool(found and found[0]["ours"])
