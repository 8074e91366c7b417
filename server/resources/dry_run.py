"""What an import would change, found out by reading alone: nothing is written, and no row is waited for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from server import stores
from server.resources import store
from server.resources.drafts import Draft, Report, ServiceDraft
from server.resources.importing import DIRECTORY, Given, Import, drafted_from, is_many, silent, verdict_on
from server.resources.reconciling import Farewell, Stored, Verdict, compare_absent
from server.settings import Settings

WHAT = {
    Verdict.ADD: "added",
    Verdict.UPDATE: "changed",
    Verdict.REVIVE: "revived",
    Verdict.HIDE: "hidden",
    Verdict.KEEP: "kept",
    Verdict.KEEP_RETIRED: "kept retired",
}
WOULD_RETIRE_ONE = "%s service would be retired: it is not in this package."
WOULD_RETIRE_MANY = "%s services would be retired: they are not in this package."


class Change(NamedTuple):
    """`what`: a word of WHAT, "retired" or "conflict". `columns`: what would be otherwise, or what contradicts."""

    what: str
    table: str
    id: str
    name: str
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {**self._asdict(), "columns": list(self.columns)}


@dataclass
class Preview:
    """The report an import would give, and its changes one by one."""

    report: Report
    changes: list[Change] = field(default_factory=list[Change])

    def as_json(self) -> dict[str, Any]:
        told = self.report.as_json()
        return {"dry_run": True, **told, "changes": [change.as_json() for change in self.changes]}


async def preview_package(given: Given, *, settings: Settings, today: date, source: str | None = None) -> Preview:
    """Raises SetupError where an import would."""
    drafted = await drafted_from(given, settings, today, source)
    run = _Preview(drafted, today, silent)
    await run.look()
    return Preview(drafted.report, run.changes)


@dataclass
class _Preview(Import):
    changes: list[Change] = field(default_factory=list[Change])

    async def look(self) -> None:
        drafted = self.drafted
        await self.refuse_another()
        for head, drafts in (
            (store.ORGANIZATIONS, drafted.organizations),
            (store.TERMS, drafted.terms),
            (store.LOCATIONS, drafted.locations),
            (store.SERVICES, drafted.services),
        ):
            await self._look_at(head, list(drafts.values()))
        self.set_kept_aside()
        await self._look_at_absent()

    async def _look_at(self, head: store.Head, drafts: Sequence[Draft]) -> None:
        stored = await self.stored_of(head)
        self.keys[head.name] = {public_id: row.key for public_id, row in stored.items()}
        for number, one in enumerate((one for one in drafts if one.id not in stored), 1):
            self.keys[head.name][one.id] = -number  # a key that no row has: so it differs from every key there is
        verdicts = {one.id: verdict_on(one, stored) for one in drafts}
        for one in drafts:
            self.say(one, verdicts[one.id])
        columns = await self._columns_of(head, drafts, verdicts)
        due = (one for one in drafts if verdicts[one.id] is not Verdict.SAME)
        self.changes += [
            Change(WHAT[verdicts[one.id]], head.name, one.id, one.values["name"], columns.get(one.id, ()))
            for one in due
        ]
        if head is store.SERVICES:
            await self._look_at_conflicts(drafts, verdicts, stored)

    async def _columns_of(
        self, head: store.Head, drafts: Iterable[Draft], verdicts: dict[str, Verdict]
    ) -> dict[str, tuple[str, ...]]:
        old = [one for one in drafts if verdicts[one.id] in (Verdict.UPDATE, Verdict.REVIVE)]
        return await self.changed(partial(stores.rows, DIRECTORY), head, old)

    async def _look_at_conflicts(
        self, drafts: Sequence[Draft], verdicts: dict[str, Verdict], stored: dict[str, Stored]
    ) -> None:
        asked = [
            one for one in drafts if isinstance(one, ServiceDraft) and self.contradicts(one, verdicts[one.id], stored)
        ]
        found = await self.differing(partial(stores.rows, DIRECTORY), asked)
        self.changes += [
            Change("conflict", "service", one.id, one.values["name"], found[one.id]) for one in asked if found[one.id]
        ]

    async def _look_at_absent(self) -> None:
        here = {service.id for service in self.drafted.services.values()}
        rows = await stores.rows(DIRECTORY, "SELECT id, name FROM service WHERE source = ?", self.drafted.source)
        names = {row["id"]: row["name"] for row in rows}
        stored = await self.stored_of(store.SERVICES)
        there = sum(not one.retired for one in stored.values())
        for public_id, one in stored.items():
            if public_id in here:
                continue
            farewell = compare_absent(one)
            if farewell is not Farewell.NOTHING:
                what = "retired" if farewell is Farewell.RETIRE else "kept"
                self.changes.append(Change(what, "service", public_id, names.get(public_id, "")))
        retired = sum(one.what == "retired" for one in self.changes)
        self.report.retire("services", retired)
        if is_many(retired, there):
            self.report.last = (WOULD_RETIRE_ONE if retired == 1 else WOULD_RETIRE_MANY) % retired
