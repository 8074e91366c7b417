"""`import_package`: read, clean, compare, write in short units of work, and say what became of every row."""

from __future__ import annotations

import asyncio
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from server import stores
from server.errors import SetupError
from server.resources import store
from server.resources.confidential import SCRUBBED
from server.resources.drafting import draft
from server.resources.drafts import Draft, Drafted, LocationDraft, Outcome, Report, ServiceDraft
from server.resources.package_reading import MAX_BYTES, MAX_FILES, FileNote, Member, PackageRead, read_package, unzip
from server.resources.reconciling import (
    GONE,
    HIDDEN_NOW,
    KEPT_BESIDE,
    KEPT_RETIRED,
    KEPT_STAFFS,
    KEPT_THOUGH_GONE,
    WRITTEN,
    Farewell,
    Stored,
    Verdict,
    compare,
    compare_absent,
    marks_of,
    same_under_another,
)
from server.resources.row_reading import Rules
from server.settings import Settings
from server.stores import Unit

DIRECTORY = "directory"
BATCH = 100  # services in one unit of work: a tenth of a second in which others wait to write
CONFIDENTIAL_LIST = "confidential.txt"
ENOUGH_TO_LOSE = 10

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all)."""


async def import_package(
    path: Path, *, settings: Settings, today: date, progress: Progress | None = None, source: str | None = None
) -> Report:
    """A zip or a folder of HSDS 1.1 tables into the open directory. Raises SetupError in one sentence.

    `source` names the publisher: its next package updates and retires what this one brought. Without it, the name in
    datapackage.json or that of the file. Services named in `confidential.txt` beside the databases (a line each: id,
    id of the package, or name) stay confidential whatever a package says.
    """
    package = await asyncio.to_thread(read_path, path)
    publisher = source or source_of(path, package)
    known = await _confidential_now()
    rules = Rules(publisher, settings.country, settings.timezone, _listed(settings), known)
    drafted = await asyncio.to_thread(draft, package, rules)
    await _Import(drafted, today, progress or _silent).run()
    return drafted.report


def _silent(done: int, total: int) -> None:
    pass


def read_path(path: Path) -> PackageRead:
    """The package at a path. Raises SetupError."""
    if path.is_dir():
        return read_package(_folder(path))
    if not path.is_file():
        raise SetupError(f"There is nothing at {path}.")
    if not zipfile.is_zipfile(path):
        raise SetupError(f"{path.name} is no package: give a zip, or the folder that holds services.csv.")
    if path.stat().st_size > MAX_BYTES:
        raise SetupError(f"{path.name} is too large for a package.")
    return read_package(unzip(path.read_bytes()))


def _folder(path: Path) -> Iterator[Member]:
    """Two levels, no links: a package lies flat, and a link may lead anywhere."""
    left, files = MAX_BYTES, 0
    for file in sorted((*path.glob("*"), *path.glob("*/*"))):
        if file.suffix.lower() not in (".csv", ".json") or file.is_symlink() or not file.is_file():
            continue
        files += 1
        left -= file.stat().st_size
        if files > MAX_FILES or left < 0:
            raise SetupError(f"{path} holds far more than a package.")
        yield Member(file.relative_to(path).as_posix(), file.read_bytes())


def source_of(path: Path, package: PackageRead) -> str:
    """`open211_miami` for open211_miami.zip and for open211_miami-2026-03 (1).zip alike."""
    name = (package.name or path.resolve().stem).lower()
    name = re.sub(r"[^a-z0-9]+", "_", name).strip("_")
    while True:
        shorter = re.sub(r"_(?:v?\d+|final|latest|export|copy|new)$", "", name)
        if shorter == name:
            return name[:64] or "package"
        name = shorter


async def _confidential_now() -> frozenset[str]:
    """Public ids of services and locations; staff lift it, no package does."""
    known = "SELECT id FROM service WHERE confidential UNION SELECT id FROM location WHERE confidential"
    return frozenset(str(row["id"]) for row in await stores.rows(DIRECTORY, known))


def _listed(settings: Settings) -> frozenset[str]:
    listed = settings.data / CONFIDENTIAL_LIST
    lines = listed.read_text(encoding="utf-8", errors="replace").splitlines() if listed.is_file() else []
    named = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    return frozenset(named | {name.casefold() for name in named})


@dataclass
class _Import:
    """One run. `keys` holds our own keys by kind and public id, `at` the rows done so far."""

    drafted: Drafted
    today: date
    progress: Progress
    keys: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    done: int = 0
    wrote: bool = False
    kept: Counter[int] = field(default_factory=Counter[int])
    secrets: set[str] = field(default_factory=set[str])
    hidden: list[FileNote] = field(default_factory=list[FileNote])

    @property
    def report(self) -> Report:
        return self.drafted.report

    @property
    def total(self) -> int:
        drafted = self.drafted
        return sum(map(len, (drafted.organizations, drafted.terms, drafted.locations, drafted.services)))

    async def run(self) -> None:
        drafted = self.drafted
        await self._refuse_another()
        self.secrets |= set(drafted.secrets)
        await self._heads(store.ORGANIZATIONS, drafted.organizations.values())
        await self._heads(store.TERMS, drafted.terms.values())
        await self._heads(store.LOCATIONS, drafted.locations.values())
        await self._heads(store.SERVICES, drafted.services.values())
        self._set_kept_aside()
        await self._farewell()
        await stores.write(DIRECTORY, self._finish)
        self.report.notes[:0] = self.hidden

    async def _stored(self, head: store.Head) -> dict[str, Stored]:
        rows = await stores.rows(DIRECTORY, head.select("h.source = ?"), self.drafted.source)
        return {row["id"]: store.as_stored(row) for row in rows}

    async def _refuse_another(self) -> None:
        """Two publishers whose files are called alike would retire each other's services; and one whose file has
        another name than last time would bring back, a second time, all that staff hid or retired."""
        stored = await self._stored(store.SERVICES)
        ids = {service.id for service in self.drafted.services.values()}
        if len(stored) >= ENOUGH_TO_LOSE and ids.isdisjoint(stored):
            raise SetupError(
                f"Another package was imported under the name {self.drafted.source}."
                " This one shares no service with it. Give the file another name, or --source."
            )
        if 2 * len(ids & stored.keys()) >= len(ids):
            return
        others = await store.of_other_sources(self.drafted.source)
        marks = [
            marks_of(s.source_id, s.values["name"], (p.number for p in s.phones))
            for s in self.drafted.services.values()
        ]
        if other := await asyncio.to_thread(same_under_another, marks, others):
            raise SetupError(
                f"Most of these services are in the directory already, under the source {other}."
                f" For the next version of that package, add --source {other}"
            )

    async def _heads(self, head: store.Head, of_package: Iterable[Draft]) -> None:
        stored = await self._stored(head)
        self.keys[head.name] = {public_id: row.key for public_id, row in stored.items()}
        drafts = list(of_package)
        due = [one for one in drafts if _verdict(one, stored) is not Verdict.SAME]
        self._tick(len(drafts) - len(due))
        size = BATCH if head is store.SERVICES else 4 * BATCH
        for at in range(0, len(due), size):
            batch = due[at : at + size]
            await stores.write(DIRECTORY, lambda unit, some=batch: self._batch(unit, head, some))
            self._tick(len(batch))

    def _tick(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.total)

    async def _batch(self, unit: Unit, head: store.Head, drafts: Sequence[Draft]) -> None:
        await store.take_turns(unit)
        stored = await store.stored_now(unit, head, [one.id for one in drafts])
        self.keys[head.name] |= {public_id: row.key for public_id, row in stored.items()}
        verdicts = {one.id: _verdict(one, stored) for one in drafts}
        for one in drafts:
            self._say(one, verdicts[one.id])
        due = [one for one in drafts if verdicts[one.id] in WRITTEN]
        if not due:
            return
        hidden = [one for one in due if verdicts[one.id] is Verdict.HIDE]
        if head is store.SERVICES:
            for one in hidden:
                await self._hide(unit, one, stored[one.id].key)
            due = [one for one in due if verdicts[one.id] is not Verdict.HIDE]
        else:
            self.secrets |= await store.street_lines([stored[one.id].key for one in hidden])
        await self._write(unit, head, due, stored)
        await store.bump(unit)
        self.wrote = True

    async def _hide(self, unit: Unit, one: Draft, key: int) -> None:
        name, scrubbed = await store.hide(unit, key, one.row_hash(), self.drafted.source, self.secrets)
        self.hidden.append(FileNote("", f"{name}: {HIDDEN_NOW}{f'; {SCRUBBED}' if scrubbed else ''}"))

    async def _write(self, unit: Unit, head: store.Head, due: Sequence[Draft], stored: Mapping[str, Stored]) -> None:
        added = [self._columns(head, one, new=True) for one in due if one.id not in stored]
        changed = {stored[one.id].key: self._columns(head, one, new=False) for one in due if one.id in stored}
        self.keys[head.name] |= await store.write_heads(unit, head, added, changed)
        if head is store.SERVICES:
            await self._hang(unit, [one for one in due if isinstance(one, ServiceDraft)], list(changed))
        else:
            touched = await store.services_of(unit, list(changed), head.name)
            await store.next_versions(touched)
            await store.index(unit, touched)

    def _columns(self, head: store.Head, one: Draft, *, new: bool) -> dict[str, Any]:
        """All columns for a new row, those that may change for another."""
        values = dict(one.values)
        if head is not store.TERMS:
            values["row_hash"] = one.row_hash()
        if isinstance(one, (ServiceDraft, LocationDraft)):
            organization = self.drafted.organizations.get(one.organization)
            values["organization_id"] = self.keys["organization"].get(organization.id) if organization else None
        if new:
            return {**values, "id": one.id, "source": self.drafted.source, "source_id": one.source_id}
        if head is store.SERVICES:
            values |= {"retired_on": None, "version": store.NEXT_VERSION}
        return values

    async def _hang(self, unit: Unit, services: Sequence[ServiceDraft], changed: Sequence[int]) -> None:
        keys = self.keys["service"]
        wanted: dict[str, dict[int, list[tuple[Any, ...]]]] = {name: {} for name in store.CHILDREN}
        for service in services:
            for name, rows in self._children(service).items():
                wanted[name][keys[service.id]] = rows
        for name, count in (await store.write_children(wanted, changed)).items():
            self.report.retire(name, count)
        await store.index(unit, [keys[service.id] for service in services])

    def _children(self, service: ServiceDraft) -> dict[str, list[tuple[Any, ...]]]:
        """Rows in the order of store.CHILDREN's columns."""
        places = {at: self.keys["location"][self.drafted.locations[at].id] for at in service.locations}
        return {
            "phones": [(*phone[:-1], places.get(phone.location)) for phone in service.phones],
            "schedules": [(*hours[:-1], places.get(hours.location)) for hours in service.schedules],
            "languages": [tuple(language) for language in service.languages],
            "service_taxonomy": [(self.keys["term"][self.drafted.terms[term].id],) for term in service.terms],
            "service_at_locations": [
                (store.public_link_id(service.id, self.drafted.locations[at].id), key) for at, key in places.items()
            ],
        }

    def _say(self, one: Draft, verdict: Verdict) -> None:
        if verdict not in _KEEPING or (verdict is Verdict.HIDE and not isinstance(one, ServiceDraft)):
            return
        one.outcome.set_aside(_KEEPING[verdict])
        if isinstance(one, LocationDraft) and one.address is not None:
            one.address.set_aside(KEPT_STAFFS)
        if isinstance(one, ServiceDraft):
            self.kept.update(id(outcome) for outcome in one.attached)

    def _set_kept_aside(self) -> None:
        """Rows that hang only on services which keep the version of staff were not taken either."""
        attached: Counter[int] = Counter()
        outcomes: dict[int, Outcome] = {}
        for service in self.drafted.services.values():
            for outcome in service.attached:
                attached[id(outcome)] += 1
                outcomes[id(outcome)] = outcome
        for key, count in self.kept.items():
            if count == attached[key]:
                outcomes[key].set_aside(KEPT_BESIDE)

    async def _farewell(self) -> None:
        """Services that the package no longer has."""
        ids = {service.id for service in self.drafted.services.values()}
        absent = {
            public_id: one for public_id, one in (await self._stored(store.SERVICES)).items() if public_id not in ids
        }
        for public_id, one in absent.items():
            if compare_absent(one) is Farewell.KEEP:
                self.report.notes.append(FileNote("", f"service {public_id} is {KEPT_THOUGH_GONE}"))
        gone = [public_id for public_id, one in absent.items() if compare_absent(one) is Farewell.RETIRE]
        for at in range(0, len(gone), BATCH):
            batch = gone[at : at + BATCH]
            await stores.write(DIRECTORY, lambda unit, some=batch: self._retire(unit, some))

    async def _retire(self, unit: Unit, ids: Sequence[str]) -> None:
        await store.take_turns(unit)
        stored: Mapping[str, Stored] = await store.stored_now(unit, store.SERVICES, ids)
        gone = {public_id: one.key for public_id, one in stored.items() if compare_absent(one) is Farewell.RETIRE}
        await store.retire(unit, list(gone.values()), self.today)
        await store.bump(unit)
        self.report.retire("services", len(gone))
        self.report.notes += [FileNote("", f"service {public_id} is {GONE}") for public_id in gone]
        self.wrote = True

    async def _finish(self, unit: Unit) -> None:
        await store.take_turns(unit)
        drafted = self.drafted
        dropped = await store.drop_places(drafted.source, frozenset(place.id for place in drafted.locations.values()))
        self.report.retire("locations", dropped)
        if self.wrote or dropped:
            await store.settle_index(unit)
        written = await store.write_package(drafted.source, drafted.name, drafted.digest, self.today)
        if written or dropped:
            await store.bump(unit)


_KEEPING = {Verdict.KEEP: KEPT_STAFFS, Verdict.KEEP_RETIRED: KEPT_RETIRED, Verdict.HIDE: HIDDEN_NOW}


def _verdict(one: Draft, stored: Mapping[str, Stored]) -> Verdict:
    confidential = bool(one.values.get("confidential"))
    return compare(stored.get(one.id), one.row_hash(), confidential=confidential)
