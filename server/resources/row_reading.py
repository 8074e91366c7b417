"""One row of a package at a time: its words cleaned, its ids made ours, its outcome written down."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from server.resources.drafts import Drafted, Outcome
from server.resources.markup_reading import MARKUP, plain_entities, plain_text
from server.resources.package_reading import PackageRead, Row
from server.resources.text_cleaning import clean, clean_line, mail_address, web_address

NAMESPACE = UUID("6f0a8a52-4c44-5d0b-9d53-0d6c3f1c7a11")

NO_NAME = "no name"
NO_ID = "no id: one was made from its words"
NAME_STANDS_IN = "no name: the alternate name stands for it"


class Ids(NamedTuple):
    """Public ids as they stand, by table: `given` those of the source by its own ids, `taken` those of everybody."""

    given: Mapping[tuple[str, str], str] = {}
    taken: frozenset[tuple[str, str]] = frozenset()


NO_IDS = Ids()


@dataclass(frozen=True)
class Rules:
    """What the installation adds to a package.

    `listed` are ids, ids of the package and names that the operator keeps confidential; `known` the public ids of what
    is confidential now. `today`: what began before it and never ends needs no beginning.
    """

    source: str
    country: str
    timezone: str
    listed: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    today: date | None = None
    ids: Ids = NO_IDS


@dataclass
class Reading:
    """One package on its way into drafts.

    `parents` are the rows of services by id, `by_name` the organizations, `pairs` what each service_at_location joins.
    """

    package: PackageRead
    rules: Rules
    drafted: Drafted
    parents: dict[str, Row] = field(default_factory=dict[str, Row])
    by_name: dict[str, str] = field(default_factory=dict[str, str])
    pairs: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def rows(self, table: str) -> Iterator[tuple[Row, Outcome]]:
        """Each readable row with its outcome; the unreadable are in the report already."""
        for row in self.package.tables.get(table, []):
            outcome = self.drafted.report.enter(table, row)
            if row.readable:
                yield row, outcome

    def named_rows(self, table: str, into: Mapping[str, Any]) -> Iterator[tuple[Row, Outcome, str]]:
        """Rows with a name and an id of their own; of several with one id the first is taken."""
        lines: dict[str, int] = {}
        for row, outcome in self.rows(table):
            source_id = reference(row.get("id"))
            if not any(clean_line(row.get(column))[0] for column in ("name", "alternate_name")):
                outcome.set_aside(NO_NAME)
                continue
            if not source_id:
                words = "|".join(row.get(column) for column in ("name", "organization_id", "description"))
                source_id = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
                outcome.mend(NO_ID)
            if source_id in into:
                outcome.set_aside(f"the same id as line {lines[source_id]}, which was taken")
                continue
            lines[source_id] = row.line
            yield row, outcome, source_id

    def public_id(self, table: str, source_id: str) -> str:
        """The id others may keep: the same for the same row of the same publisher, for ever.

        A UUID that the package gives stays: so what leaves one directory is known again in the next.
        """
        ids = self.rules.ids
        if known := ids.given.get((table, source_id)):
            return known
        if is_uuid(source_id) and (table, source_id) not in ids.taken:
            return source_id
        return str(uuid5(NAMESPACE, f"{self.rules.source}:{table}:{source_id}"))

    def organization(self, row: Row, outcome: Outcome) -> str:
        """The organization the row names: by id, by name, or that of the service it names in its place; "" if none."""
        named = reference(row.get("organization_id"))
        wanted = self._up(named)
        by_name = self.by_name.get(clean_line(row.get("organization_name"))[0].casefold(), "")
        if wanted:
            if wanted != named:
                outcome.mend(f"organization {named} is not there: taken from service {named}, which it names instead")
            return wanted
        if by_name:
            outcome.mend("organization found by its name")
        elif named:
            outcome.mend(f"organization {named} is not there: kept without one")
        return by_name

    def _up(self, wanted: str) -> str:
        for _ in range(6):  # services under services under services; a ring of them ends here too
            if wanted in self.drafted.organizations:
                return wanted
            if not wanted or wanted not in self.parents:
                break
            wanted = reference(self.parents[wanted].get("organization_id"))
        return ""


def is_uuid(text: str) -> bool:
    """Whether it is one as we write them; another spelling of the same would be a second id for one thing."""
    return bool(_UUID.fullmatch(text))


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@lru_cache(maxsize=16_384)
def reference(text: str) -> str:
    """An id of the package as we store it: at most 64 characters, longer ones by their hash."""
    line, _ = clean_line(text, 1_000)
    return line if len(line) <= 64 else hashlib.sha256(line.encode()).hexdigest()


def words_of(row: Row, outcome: Outcome) -> Callable[..., str]:
    """A reader of this row's cells that writes down what it had to mend."""

    def words(column: str, *, lines: bool = False) -> str:
        cell = row.get(column)
        if "<" in cell or "&" in cell:
            plain = plain_text(cell) if lines else plain_entities(cell)
            outcome.mend(MARKUP if plain != cell else "")
            cell = plain
        text, said = (clean if lines else clean_line)(cell)
        outcome.mend(*said)
        return text

    return words


def described(row: Row, outcome: Outcome) -> dict[str, Any]:
    """What organizations and services have in common."""
    words = words_of(row, outcome)
    values: dict[str, Any] = {column: words(column) for column in ("name", "alternate_name")}
    if not values["name"]:
        values["name"], values["alternate_name"] = values["alternate_name"], ""
        outcome.mend(NAME_STANDS_IN)
    values["description"] = words("description", lines=True)
    values["website"], said = web_address(row.get("url") or row.get("website"))
    outcome.mend(*said)
    values["email"], said = mail_address(row.get("email"))
    outcome.mend(*said)
    return values


NOT_AN_AGE = "an age that nobody has"
OLDEST = 120


def ages(row: Row, outcome: Outcome) -> dict[str, int | None]:
    """Youngest and oldest that are served; None where nothing is said, or something that no age can be."""
    found: dict[str, int | None] = {}
    for column in ("minimum_age", "maximum_age"):
        plain = re.sub(r"[.,]0+$|\s*(?:years?|yrs?)(?: old)?$", "", clean_line(row.get(column))[0])
        known = re.fullmatch(r"\d{1,3}", plain, re.ASCII) and int(plain) <= OLDEST
        found[column] = int(plain) if known else None
        outcome.mend(NOT_AN_AGE if plain and not known else "")
    youngest, oldest = found["minimum_age"], found["maximum_age"]
    if youngest is not None and oldest is not None and youngest > oldest:
        outcome.mend(NOT_AN_AGE)
        return dict.fromkeys(found)
    return found
