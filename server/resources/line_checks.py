"""The words of staff about the shipped lines, as they are kept; and what members see of them, read once per change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from server import stores
from server.errors import N_, BadInput, NotFound
from server.resources import store
from server.resources.hotlines import Line, Trust
from server.resources.hotlines_file import book
from server.resources.kept import Kept, kept
from server.resources.line_trust import LineWord, Said, digest_of, may_say, trust_in
from server.stores import Row, Unit

DIRECTORY = "directory"
ABSENT = N_("There is no such line.")
NOT_NOW = N_("Somebody else has to say this. Nothing was written down.")
OTHER_NOW = N_("This line is not the same any more. Nothing was written down.")


@dataclass(frozen=True)
class LineState:
    line: Line
    trust: Trust
    said: tuple[Said, ...]


WORDS = "SELECT line, digest, checked_on, checked_by, called, note FROM line_check {where} ORDER BY key"


def _said(row: Row) -> Said:
    day = date.fromisoformat(str(row["checked_on"])[:10])
    return Said(row["checked_by"], LineWord(row["note"]), bool(row["called"]), day, row["digest"])


async def _all() -> dict[str, list[Said]]:
    words: dict[str, list[Said]] = defaultdict(list)
    for row in await stores.rows(DIRECTORY, WORDS.format(where="")):
        words[row["line"]].append(_said(row))
    return words


_held: tuple[Kept, Mapping[str, Trust]] | None = None


async def trusted() -> Mapping[str, Trust]:
    """Only lines that somebody said a word about."""
    global _held
    now = await kept()
    if _held is None or _held[0] is not now:
        words = await _all()
        lines = (line for of_country in book().lines.values() for line in of_country)
        _held = now, {line.id: trust_in(line, words[line.id]) for line in lines if line.id in words}
    return _held[1]


async def of_country(country: str) -> tuple[LineState, ...]:
    words = await _all()
    lines = book().lines.get(country, ())
    return tuple(LineState(line, trust_in(line, words[line.id]), tuple(words[line.id])) for line in lines)


def countries_with_lines() -> tuple[str, ...]:
    return tuple(sorted(book().lines))


def line_of(line_id: str) -> Line:
    """Raises NotFound."""
    country = line_id.partition(":")[0]
    found = next((line for line in book().lines.get(country, ()) if line.id == line_id), None)
    if found is None:
        raise NotFound(ABSENT)
    return found


async def say(line_id: str, digest: str, said: Said) -> None:
    """`digest` is that of the line on the page. Raises NotFound or BadInput."""
    line = line_of(line_id)
    if digest != digest_of(line):
        raise BadInput(OTHER_NOW)

    async def work(unit: Unit) -> None:
        await store.bump(unit)  # first, so that two at once come one after the other
        before = [_said(row) for row in await unit.rows(WORDS.format(where="WHERE line = ?"), line_id)]
        if not may_say(line, before, said.person, said.word):
            raise BadInput(NOT_NOW)
        await unit.run(
            "INSERT INTO line_check (line, digest, checked_on, checked_by, called, note) VALUES (?, ?, ?, ?, ?, ?)",
            line_id, digest, said.on, said.person, said.called, said.word.value,
        )  # fmt: skip

    await stores.write(DIRECTORY, work)
