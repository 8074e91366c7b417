"""What staff may see of reports, and the rule of two: harm is settled when two different people say the same of it.

A report of a place that we run ourselves is found by an outside reviewer alone, and by nobody else. One of them settles
it: there may be only one. For whoever may not see a report it is absent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast
from uuid import uuid4

from server import sealing, stores
from server.errors import N_, BadInput, NotFound
from server.resources.reporting import PURPOSE, opened
from server.resources.terms import ReportKind

ABSENT = N_("There is no such report, or it is settled.")
TWICE = N_("You have said your word on this. Somebody else says the next.")
LONGEST_NOTE = 2000
NOTE_TOO_LONG = N_("That is too long. Please use at most %(letters)s letters.")
NEEDED = {ReportKind.RIGHT: 1, ReportKind.WRONG: 1, ReportKind.HARM: 2}
NEEDED_OUTSIDE = 1


class Said(StrEnum):
    """A reviewer's word on a report."""

    HOLDS = "holds"
    HOLDS_NOT = "holds_not"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Reviewer:
    """Who looks. `outside`: has the role of the outside reviewer, who sees those reports and no others."""

    name: str
    outside: bool = False


@dataclass(frozen=True)
class Open:
    """A report that waits. `mine`: this reviewer has said a word on it, somebody else has to say another."""

    id: str
    kind: ReportKind
    service_id: str
    service_name: str
    told_on: date
    words_so_far: int
    mine: bool


@dataclass(frozen=True)
class Word:
    reviewed_on: date
    reviewed_by: str
    said: Said
    note: str


@dataclass(frozen=True)
class Whole:
    """`reviews` is empty until this reviewer has said her own word: the second does not lean on the first."""

    report: Open
    what: str
    words: str
    reviews: tuple[Word, ...]


WAITING = """
SELECT r.key, r.id, r.kind, r.told, r.told_on, s.id AS service_id, s.name AS service_name,
  (SELECT count(*) FROM report_review v WHERE v.report_id = r.key) AS words_so_far,
  (SELECT count(*) FROM report_review v WHERE v.report_id = r.key AND lower(v.reviewed_by) = lower(?)) AS mine
FROM report r JOIN service s ON s.key = r.service_id
WHERE r.closed_on IS NULL AND r.outside = ? {which} ORDER BY CASE r.kind WHEN 'harm' THEN 0 ELSE 1 END, r.key
"""


async def open_reports(reviewer: Reviewer) -> tuple[Open, ...]:
    """Harm first, then the oldest."""
    found = await stores.rows("directory", WAITING.format(which=""), reviewer.name, reviewer.outside)
    return tuple(_open(row) for row in found)


async def read_report(report_id: str, reviewer: Reviewer) -> Whole:
    """Raises NotFound, also for one that is for somebody else's eyes."""
    sql = WAITING.format(which="AND r.id = ?")
    found = await stores.rows("directory", sql, reviewer.name, reviewer.outside, report_id)
    if not found:
        raise NotFound(ABSENT)
    row = found[0]
    said = opened(bytes(row["told"]))
    return Whole(_open(row), said["what"], said["words"], await _words(row["key"]) if row["mine"] else ())


async def review(report_id: str, reviewer: Reviewer, said: Said, note: str, today: date) -> bool:
    """Writes one word down; True where that settles it. Raises NotFound, or BadInput for a person's second."""
    if len(note) > LONGEST_NOTE:
        raise BadInput(NOTE_TOO_LONG, letters=LONGEST_NOTE)
    sealed = sealing.seal(PURPOSE, note.encode()) if note else None

    async def work(unit: stores.Unit) -> bool:
        # Written first, so that on either engine two who press at once come one after the other.
        await unit.run("UPDATE report SET kind = kind WHERE id = ?", report_id)
        asked = (reviewer.name, reviewer.outside, report_id)
        found = await unit.rows(WAITING.format(which="AND r.id = ?"), *asked)
        if not found:
            raise NotFound(ABSENT)
        if found[0]["mine"]:
            raise BadInput(TWICE)
        key = found[0]["key"]
        await unit.run(
            "INSERT INTO report_review (id, report_id, reviewed_on, reviewed_by, said, note) VALUES (?, ?, ?, ?, ?, ?)",
            str(uuid4()), key, today, reviewer.name, said.value, sealed,
        )  # fmt: skip
        words = await unit.rows("SELECT said FROM report_review WHERE report_id = ?", key)
        needed = NEEDED_OUTSIDE if reviewer.outside else NEEDED[ReportKind(found[0]["kind"])]
        done = settled([Said(word["said"]) for word in words], needed)
        if done:
            await unit.run("UPDATE report SET closed_on = ? WHERE id = ?", today, report_id)
        return done

    return await stores.write("directory", work)


def settled(words: Sequence[Said], needed: int) -> bool:
    """So many say the same. Where two differ a third is asked; "unclear" settles only what needs one."""
    counted = [said for said in Said if needed == 1 or said is not Said.UNCLEAR]
    return any(words.count(said) >= needed for said in counted)


def _open(row: stores.Row) -> Open:
    told_on = cast(date, stores.as_date(row["told_on"]))  # the column holds no NULL
    return Open(
        id=row["id"],
        kind=ReportKind(row["kind"]),
        service_id=row["service_id"],
        service_name=row["service_name"],
        told_on=told_on,
        words_so_far=row["words_so_far"],
        mine=bool(row["mine"]),
    )


async def _words(report_key: int) -> tuple[Word, ...]:
    sql = "SELECT reviewed_on, reviewed_by, said, note FROM report_review WHERE report_id = ? ORDER BY key"
    return tuple(_word(row) for row in await stores.rows("directory", sql, report_key))


def _word(row: stores.Row) -> Word:
    note = sealing.open_(PURPOSE, bytes(row["note"])).decode() if row["note"] is not None else ""
    return Word(date.fromisoformat(str(row["reviewed_on"])[:10]), row["reviewed_by"], Said(row["said"]), note)
