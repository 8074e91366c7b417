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
from typing import Any, NamedTuple

from server import stores
from server.errors import SetupError
from server.resources import hiding, store
from server.resources.confidential import SCRUBBED
from server.resources.conflicting import (
    changed_children,
    changed_columns,
    contradicted,
    contradicted_children,
    incoming_of,
)
from server.resources.drafting import draft
from server.resources.drafts import Draft, Drafted, LocationDraft, Outcome, Report, ServiceDraft, digest_of
from server.resources.mapping import read_mapping
from server.resources.package_reading import (
    ENDINGS,
    MAX_BYTES,
    MAX_FILES,
    FileNote,
    Member,
    PackageRead,
    read_mapped,
    read_package,
    unzip,
)
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
from server.resources.row_reading import Ids, Rules
from server.settings import Settings
from server.stores import Unit

DIRECTORY = "directory"
BATCH = 100  # services in one unit of work: a tenth of a second in which others wait to write
CONFIDENTIAL_LIST = "confidential.txt"
MANY = 3  # where more than one in so many of a source is retired, it is said aloud

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all)."""


class Given(NamedTuple):
    """A package, or a plain CSV with the mapping that says what its columns are."""

    path: Path
    mapping: Path | None = None


async def import_package(
    given: Path | Given, *, settings: Settings, today: date, progress: Progress | None = None, source: str | None = None
) -> Report:
    """An HSDS package (1.1, 2.x, 3.x) into the open directory. Raises SetupError in one sentence.

    `source` names the publisher: its next package updates and retires what this one brought. Without it, the name in
    datapackage.json or that of the file. Services named in `confidential.txt` beside the databases (a line each: id,
    id of the package, or name) stay confidential whatever a package says.
    """
    drafted = await drafted_from(given, settings, today, source)
    await Import(drafted, today, progress or silent).run()
    return drafted.report


async def drafted_from(given: Path | Given, settings: Settings, today: date, source: str | None) -> Drafted:
    """Read and cleaned, and nothing written."""
    given = given if isinstance(given, Given) else Given(given)
    package = await asyncio.to_thread(read_given, given)
    publisher = source or source_of(given.path, package)
    known, ids = await _confidential_now(), Ids(*await store.ids_of(publisher))
    rules = Rules(publisher, settings.country, settings.timezone, _listed(settings), known, today, ids)
    return await asyncio.to_thread(draft, package, rules)


def silent(done: int, total: int) -> None:
    pass


def read_given(given: Given) -> PackageRead:
    """Raises SetupError."""
    path, mapping = given
    if mapping is None:
        return read_path(path)
    for one in (mapping, path):
        if not one.is_file():
            raise SetupError(f"There is no file at {one}.")
    if path.suffix.lower() in (".json", ".ndjson", ".jsonl") or zipfile.is_zipfile(path):
        raise SetupError(f"A mapping is for a plain CSV, and {path.name} is none. Import it without --mapping.")
    mapped = read_mapping(mapping.name, mapping.read_bytes())
    return read_mapped(Member(path.name, _bytes_of(path)), mapped)


def read_path(path: Path) -> PackageRead:
    """The package at a path. Raises SetupError."""
    if path.is_dir():
        return read_package(_folder(path))
    if not path.is_file():
        raise SetupError(f"There is nothing at {path}.")
    if zipfile.is_zipfile(path):
        return read_package(unzip(_bytes_of(path)))
    data = _bytes_of(path)
    if path.suffix.lower() in (".json", ".ndjson", ".jsonl"):
        return read_package([Member(path.name, data)])
    if path.suffix.lower() != ".csv" and data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return read_package([Member(f"{path.name}.json", data)])
    raise SetupError(
        f"{path.name} is no package: give a zip, the folder that holds services.csv, JSON, or a CSV with --mapping."
    )


def _bytes_of(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise SetupError(f"{path.name} is too large for a package.")
    return path.read_bytes()


def _folder(path: Path) -> Iterator[Member]:
    """Two levels, no links: a package lies flat, and a link may lead anywhere."""
    left, files = MAX_BYTES, 0
    for file in sorted((*path.glob("*"), *path.glob("*/*"))):
        if file.suffix.lower() not in ENDINGS or file.is_symlink() or not file.is_file():
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
class Import:
    """One run. `keys` holds our own keys by kind and public id, `kept_places` the package's ids of places that keep the
    version of staff, `contradicted` our keys of services that the package contradicts."""

    drafted: Drafted
    today: date
    progress: Progress
    keys: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    done: int = 0
    wrote: bool = False
    kept: Counter[int] = field(default_factory=Counter[int])
    secrets: set[str] = field(default_factory=set[str])
    hidden: list[FileNote] = field(default_factory=list[FileNote])
    kept_places: set[str] = field(default_factory=set[str])
    contradicted: set[int] = field(default_factory=set[int])

    @property
    def report(self) -> Report:
        return self.drafted.report

    @property
    def total(self) -> int:
        drafted = self.drafted
        return sum(map(len, (drafted.organizations, drafted.terms, drafted.locations, drafted.services)))

    async def run(self) -> None:
        drafted = self.drafted
        await self.refuse_another()
        there = sum(not one.retired for one in (await self.stored_of(store.SERVICES)).values())
        self.secrets |= set(drafted.secrets)
        await self._heads(store.ORGANIZATIONS, drafted.organizations.values())
        await self._heads(store.TERMS, drafted.terms.values())
        await self._heads(store.LOCATIONS, drafted.locations.values())
        await self._heads(store.SERVICES, drafted.services.values())
        self.set_kept_aside()
        await self._farewell()
        await stores.write(DIRECTORY, self._finish)
        self.report.notes[:0] = self.hidden
        retired = self.report.retired.get("services", 0)
        if not self.wrote and not self.contradicted:
            self.report.last = NOTHING_CHANGED
        elif is_many(retired, there):
            self.report.last = (RETIRED_ONE if retired == 1 else RETIRED_MANY) % retired

    async def stored_of(self, head: store.Head) -> dict[str, Stored]:
        rows = await stores.rows(DIRECTORY, head.select("h.source = ?"), self.drafted.source)
        return {row["id"]: store.as_stored(row) for row in rows}

    async def refuse_another(self) -> None:
        """Two publishers whose files are called alike would retire each other's services; and one whose file has
        another name than last time would bring back, a second time, all that staff hid or retired."""
        stored = await self.stored_of(store.SERVICES)
        ids = {service.id for service in self.drafted.services.values()}
        if stored and ids.isdisjoint(stored):
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
        stored = await self.stored_of(head)
        self.keys[head.name] = {public_id: row.key for public_id, row in stored.items()}
        drafts = list(of_package)
        due = [one for one in drafts if verdict_on(one, stored) is not Verdict.SAME or self._place_kept(one)]
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
        verdicts = {one.id: verdict_on(one, stored) for one in drafts}
        for one in drafts:
            self.say(one, verdicts[one.id])
        if head is store.SERVICES:
            await self._contradict(unit, [one for one in drafts if self.contradicts(one, verdicts[one.id], stored)])
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
        await store.next_versions([key], self.today)
        self.hidden.append(FileNote("", f"{name}: {HIDDEN_NOW}{f'; {SCRUBBED}' if scrubbed else ''}"))

    def _place_kept(self, one: Draft) -> bool:
        return isinstance(one, ServiceDraft) and not self.kept_places.isdisjoint(one.locations)

    def contradicts(self, one: Draft, verdict: Verdict, stored: Mapping[str, Stored]) -> bool:
        """Whether it has to be looked at: staff checked the service, and it or a place of it came differently."""
        same = verdict is Verdict.SAME and one.id in stored and stored[one.id].checked and not stored[one.id].retired
        return verdict is Verdict.KEEP or (same and self._place_kept(one))

    async def _contradict(self, unit: Unit, drafts: Sequence[Draft]) -> None:
        services = [one for one in drafts if isinstance(one, ServiceDraft)]
        keys = {one.id: self.keys["service"][one.id] for one in services}
        differing = await self.differing(unit.rows, services)
        found: dict[int, tuple[str, str] | None] = {}
        for one in services:
            places = [self.drafted.locations[at] for at in one.locations]
            said = differing[one.id]
            row_hash = digest_of({"service": one.row_hash(), "places": sorted(place.row_hash() for place in places)})
            found[keys[one.id]] = (row_hash, incoming_of(one, places, said)) if said else None
        await store.write_conflicts(unit, self.drafted.source, found, self.today)
        self.contradicted |= {key for key, said in found.items() if said}

    async def differing(self, ask: store.Ask, services: Sequence[ServiceDraft]) -> dict[str, tuple[str, ...]]:
        """By public id, what the package says of checked services that is not what is there."""
        there = await store.contents(ask, store.SERVICES, {one.id: self.keys["service"][one.id] for one in services})
        kept = {at: self.drafted.locations[at] for one in services for at in one.locations if at in self.kept_places}
        places = await store.contents(
            ask, store.LOCATIONS, {place.id: self.keys["location"][place.id] for place in kept.values()}
        )
        found: dict[str, tuple[str, ...]] = {}
        for one in services:
            said = contradicted(there.columns[one.id], self.columns(store.SERVICES, one, new=False))
            said += contradicted_children(there.children[one.id], self.children(one))
            moved = (contradicted(places.columns[kept[at].id], kept[at].values) for at in one.locations if at in kept)
            found[one.id] = (*said, "places") if any(moved) else said
        return found

    async def _write(self, unit: Unit, head: store.Head, due: Sequence[Draft], stored: Mapping[str, Stored]) -> None:
        added = [self.columns(head, one, new=True) for one in due if one.id not in stored]
        old = [one for one in due if one.id in stored]
        changed = {stored[one.id].key: self.columns(head, one, new=False) for one in old}
        if head is store.SERVICES:
            for public_id in await self.changed(unit.rows, head, old):
                changed[stored[public_id].key]["modified_on"] = self.today
        self.keys[head.name] |= await store.write_heads(unit, head, added, changed)
        if head is store.SERVICES:
            await self._hang(unit, [one for one in due if isinstance(one, ServiceDraft)], list(changed))
        else:
            touched = await store.services_of(unit, list(changed), head.name)
            await store.next_versions(touched, self.today)
            await store.index(unit, touched)

    async def changed(self, ask: store.Ask, head: store.Head, old: Sequence[Draft]) -> dict[str, tuple[str, ...]]:
        """By public id, the columns (and what hangs on it) that a row will have otherwise than now; none left out."""
        there = await store.contents(ask, head, {one.id: self.keys[head.name][one.id] for one in old})
        found: dict[str, tuple[str, ...]] = {}
        for one in old:
            said = changed_columns(there.columns[one.id], self.columns(head, one, new=False))
            if isinstance(one, ServiceDraft):
                said += changed_children(there.children[one.id], self.children(one))
            if said:
                found[one.id] = said
        return found

    def columns(self, head: store.Head, one: Draft, *, new: bool) -> dict[str, Any]:
        """All columns for a new row, those that may change for another."""
        values = dict(one.values)
        if head is not store.TERMS:
            values["row_hash"] = one.row_hash()
        if isinstance(one, (ServiceDraft, LocationDraft)):
            organization = self.drafted.organizations.get(one.organization)
            values["organization_id"] = self.keys["organization"].get(organization.id) if organization else None
        if new:
            values |= {"modified_on": self.today} if head is store.SERVICES else {}
            return {**values, "id": one.id, "source": self.drafted.source, "source_id": one.source_id}
        if head is store.SERVICES:
            values |= {"retired_on": None, "version": store.NEXT_VERSION}
        return values

    async def _hang(self, unit: Unit, services: Sequence[ServiceDraft], changed: Sequence[int]) -> None:
        keys = self.keys["service"]
        wanted: dict[str, dict[int, list[tuple[Any, ...]]]] = {name: {} for name in store.CHILDREN}
        for service in services:
            for name, rows in self.children(service).items():
                wanted[name][keys[service.id]] = rows
        for name, count in (await store.write_children(unit, wanted, changed)).items():
            if count:
                self.report.retire(name, count)
        await store.index(unit, [keys[service.id] for service in services])

    def children(self, service: ServiceDraft) -> dict[str, list[tuple[Any, ...]]]:
        """Rows in the order of store.CHILDREN's columns."""
        places = {at: self.keys["location"][self.drafted.locations[at].id] for at in service.locations}
        return {
            "phones": [(*phone[:-1], places.get(phone.location)) for phone in service.phones],
            "schedules": [(*hours[:-1], places.get(hours.location)) for hours in service.schedules],
            "languages": [tuple(language) for language in service.languages],
            "service_taxonomy": [(self.keys["term"][self.drafted.terms[term].id],) for term in service.terms],
            "facets": [(facet,) for facet in sorted(service.facets)],
            "service_at_locations": [
                (store.public_link_id(service.id, self.drafted.locations[at].id), key) for at, key in places.items()
            ],
        }

    def say(self, one: Draft, verdict: Verdict) -> None:
        if verdict not in _KEEPING or (verdict is Verdict.HIDE and not isinstance(one, ServiceDraft)):
            return
        one.outcome.set_aside(_KEEPING[verdict])
        if isinstance(one, LocationDraft):
            self.kept_places |= {one.source_id} if verdict is Verdict.KEEP else set()
            if one.address is not None:
                one.address.set_aside(KEPT_STAFFS)
        if isinstance(one, ServiceDraft):
            self.kept.update(id(outcome) for outcome in one.attached)

    def set_kept_aside(self) -> None:
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
            public_id: one for public_id, one in (await self.stored_of(store.SERVICES)).items() if public_id not in ids
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
        over = await store.settled(unit, drafted.source, self.contradicted)
        await store.write_conflicts(unit, drafted.source, dict.fromkeys(over), self.today)
        if self.wrote and self.secrets:
            told = sorted(await hiding.hide_everywhere(unit, self.secrets))
            await store.next_versions(told, self.today)
            await store.index(unit, told)
            await store.bump(unit)
        if self.wrote or dropped:
            await store.settle_index(unit)
            self.wrote = True
        written = await store.write_package(drafted.source, drafted.name, drafted.digest, self.today)
        if written or dropped:
            await store.bump(unit)


_KEEPING = {Verdict.KEEP: KEPT_STAFFS, Verdict.KEEP_RETIRED: KEPT_RETIRED, Verdict.HIDE: HIDDEN_NOW}


NOTHING_CHANGED = "Nothing has changed."
RETIRED_ONE = "%s service was retired: it is not in this package."
RETIRED_MANY = "%s services were retired: they are not in this package."


def is_many(retired: int, there: int) -> bool:
    """Whether so many of a source go at once that somebody should look: a file cut short, or of somebody else."""
    return MANY * retired > there


def verdict_on(one: Draft, stored: Mapping[str, Stored]) -> Verdict:
    confidential = bool(one.values.get("confidential"))
    return compare(stored.get(one.id), one.row_hash(), confidential=confidential)
