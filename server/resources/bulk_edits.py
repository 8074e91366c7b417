"""One change to many services at once, and back: what each was before is kept, and nothing that somebody changed since
is touched by taking it back. A check is never done in bulk: it says that a person asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from server import stores
from server.errors import N_, BadInput, NotFound
from server.resources.checking import By
from server.resources.confidential import scrub
from server.resources.review import (
    Edit,
    Shown,
    Whole,
    With,
    bring_back_within,
    found_ids,
    retire_within,
    save_within,
    waits_for_harm,
    whole_service,
    whole_within,
)
from server.resources.service_facts import day_of, is_near
from server.resources.service_form import Content
from server.resources.terms import Facet, Status
from server.stores import Row, Unit

DIRECTORY = "directory"
MOST = 200
NOT_KNOWN = N_("Please choose what to change.")
NOT_A_DAY = N_("A day is written like 2026-12-24.")
NOT_NEAR = N_("Please give a day from today on, at most five years ahead.")
NONE = N_("There is no such change, or it was taken back already.")
TOO_MANY = N_("That is more than %(most)s services. Please search for fewer.")


class Kind(StrEnum):
    STATUS = "status"
    CLOSED_UNTIL = "closed_until"
    FULL = "full"
    FACET = "facet"
    NO_FACET = "no_facet"
    RETIRE = "retire"


@dataclass(frozen=True)
class Change:
    """`value`: a Status, an ISO day or nothing, "1" or nothing, a Facet, or the reason of a retirement."""

    kind: Kind
    value: str = ""

    @property
    def told(self) -> str:
        """For the list. The reason of a retirement stands in the log alone."""
        return self.kind.value if self.kind is Kind.RETIRE else f"{self.kind.value}:{self.value}"

    @property
    def logged(self) -> str:
        """The log forgets nothing, so no address gets into it."""
        return f"{self.kind.value}: {scrub(self.value)}"


def read_change(kind: str, value: str, today: date) -> Change:
    """Raises BadInput."""
    if kind not in set(Kind):
        raise BadInput(NOT_KNOWN)
    known = {Kind.STATUS: set(Status), Kind.FACET: set(Facet), Kind.NO_FACET: set(Facet), Kind.FULL: {"", "1"}}
    change = Change(Kind(kind), value.strip())
    if change.kind in known and change.value not in known[change.kind]:
        raise BadInput(NOT_KNOWN)
    if change.kind is Kind.CLOSED_UNTIL:
        _judge_day(change.value, today)
    return change


def _judge_day(typed: str, today: date) -> None:
    try:
        day = day_of(typed)
    except ValueError as fault:
        raise BadInput(NOT_A_DAY) from fault
    if not is_near(day, today):
        raise BadInput(NOT_NEAR)


def hides(change: Change) -> bool:
    return change.kind is Kind.RETIRE or (change.kind is Kind.STATUS and change.value != Status.ACTIVE)


def value_of(content: Content, change: Change) -> Any:
    """What is kept of it, as JSON would have it."""
    facts = content.facts
    if change.kind is Kind.STATUS:
        return content.status
    if change.kind is Kind.FULL:
        return facts.full
    if change.kind is Kind.CLOSED_UNTIL:
        return str(facts.closed_until) if facts.closed_until else ""
    return sorted(facts.facets)


def with_value(content: Content, kind: Kind, value: Any) -> Content:
    if kind is Kind.STATUS:
        return replace(content, status=value)
    if kind is Kind.FULL:
        return replace(content, facts=replace(content.facts, full=bool(value)))
    if kind is Kind.CLOSED_UNTIL:
        return replace(content, facts=replace(content.facts, closed_until=day_of(value)))
    return replace(content, facts=replace(content.facts, facets=frozenset(value)))


def changed_by(content: Content, change: Change) -> Content:
    value: Any = change.value
    if change.kind is Kind.FACET:
        value = content.facts.facets | {change.value}
    elif change.kind is Kind.NO_FACET:
        value = content.facts.facets - {change.value}
    return with_value(content, change.kind, value)


async def chosen(words: str, shown: Shown, today: date) -> tuple[str, ...]:
    """Ids of what a search finds. Raises BadInput where it is too many."""
    found = await found_ids(words, shown, today, MOST + 1)
    if len(found) > MOST:
        raise BadInput(TOO_MANY, most=MOST)
    return found


async def preview(ids: Sequence[str], change: Change, today: date) -> tuple[tuple[Whole, bool], ...]:
    """Each service, and whether it would differ."""
    wholes = [await whole_service(one, today) for one in ids[:MOST]]
    return tuple((whole, _differs(whole, change)) for whole in wholes)


def _differs(whole: Whole, change: Change) -> bool:
    if change.kind is Kind.RETIRE:
        return whole.retired_on is None
    return changed_by(whole.content, change) != whole.content


async def do(ids: Sequence[str], change: Change, by: By, today: date) -> tuple[int, tuple[str, ...]]:
    """The number of this change, and which services differ by it. All of them or none."""

    async def work(unit: Unit) -> tuple[int, tuple[str, ...]]:
        before: dict[str, list[Any]] = {}
        for one in ids[:MOST]:
            whole = await whole_within(unit, one, today)
            if not _differs(whole, change):
                continue
            if change.kind is Kind.RETIRE:
                await retire_within(unit, one, whole.version, today)
                before[one] = [False, whole.version + 1]
                continue
            after = changed_by(whole.content, change)
            await save_within(unit, Edit(one, whole.version, after), today, With(by=by))
            before[one] = [value_of(whole.content, change), value_of(after, change)]
        return await made_by(unit, by, change.told, json.dumps(before), today), tuple(before)

    return await stores.write(DIRECTORY, work)


async def undo(number: int, by: By, today: date) -> tuple[tuple[str, ...], int]:
    """Which services are as before, and how many somebody changed since, which stay. Raises NotFound."""

    async def work(unit: Unit) -> tuple[tuple[str, ...], int]:
        kind = Kind((await _row(unit, number))["what"].partition(":")[0])
        before = await undoing(unit, number, today)
        back = [one for one, (was, made) in before.items() if await _back(unit, one, (kind, was, made), (by, today))]
        return tuple(back), len(before) - len(back)

    return await stores.write(DIRECTORY, work)


async def _back(unit: Unit, service: str, was: tuple[Kind, Any, Any], done: tuple[By, date]) -> bool:
    (kind, old, made), (by, today) = was, done
    whole = await whole_within(unit, service, today)
    if kind is Kind.RETIRE:
        return await _back_again(unit, whole, made, today)
    if value_of(whole.content, Change(kind)) != made:
        return False
    await save_within(unit, Edit(service, whole.version, with_value(whole.content, kind, old)), today, With(by=by))
    return True


async def _back_again(unit: Unit, whole: Whole, made: Any, today: date) -> bool:
    """Only this very retirement, which left the service at version `made`: a colleague's word since stands, and so does
    a hold for a report."""
    mine = whole.retired_on is not None and whole.version == made
    if not mine or await waits_for_harm(whole.id, unit.rows):
        return False
    await bring_back_within(unit, whole.id, whole.version, today)
    return True


# --- what is kept of it


async def made_by(unit: Unit, by: By, what: str, before: str, today: date) -> int:
    made = await unit.rows(
        "INSERT INTO bulk_edit (made_on, made_by, what, before) VALUES (?, ?, ?, ?) RETURNING key",
        today, by.person, what, before,
    )  # fmt: skip
    return int(made[0]["key"])


async def _row(unit: Unit, number: int) -> Row:
    await unit.run("UPDATE bulk_edit SET what = what WHERE key = ?", number)  # two at once come one after the other
    found = await unit.rows("SELECT * FROM bulk_edit WHERE key = ? AND undone_on IS NULL", number)
    if not found:
        raise NotFound(NONE)
    return found[0]


async def is_retirement(number: int) -> bool:
    found = await stores.rows(DIRECTORY, "SELECT what FROM bulk_edit WHERE key = ?", number)
    return bool(found) and found[0]["what"] == Kind.RETIRE.value


async def undoing(unit: Unit, number: int, today: date) -> Mapping[str, Any]:
    """What was before, by id; from now on it is taken back. Raises NotFound."""
    row = await _row(unit, number)
    await unit.run("UPDATE bulk_edit SET undone_on = ? WHERE key = ?", today, number)
    return json.loads(row["before"])


@dataclass(frozen=True)
class Made:
    number: int
    made_on: date | None
    person: str
    what: str
    services: int
    undone_on: date | None


async def made(most: int) -> tuple[Made, ...]:
    """Newest first."""
    found = await stores.rows(DIRECTORY, "SELECT * FROM bulk_edit ORDER BY key DESC LIMIT ?", most)
    return tuple(
        Made(
            row["key"], stores.as_date(row["made_on"]), row["made_by"], row["what"],
            2 if row["what"] == "merged" else len(json.loads(row["before"])),
            stores.as_date(row["undone_on"]),
        )
        for row in found
    )  # fmt: skip
