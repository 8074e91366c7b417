"""The text index: one row for each active service that is not retired, and nothing else. Its writer, and its upgrade.

SQLite: FTS5 with a column of stems. PostgreSQL: one tsvector, in which the letter C marks the stems. The writers of the
directory call `index` in the unit that changed something; `make_current` rebuilds what an older Alder left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server import stores
from server.resources.kept import look_again
from server.resources.models import SEARCH_TABLES
from server.resources.stemming import stem_column
from server.stores import Unit

CHUNK = 400  # keys in one statement
VERSION = 3
"""Of the index: raise it when its columns or its stems change, and every installation makes its own anew."""

_TERMS = "SELECT DISTINCT t.name FROM service_term st JOIN term t ON t.key = st.term_id WHERE st.service_id = s.key"
_JOINED = {"sqlite": "group_concat(name, '; ')", "postgres": "string_agg(name, '; ')"}
_TEXTS = f"""
SELECT s.key, s.name, s.alternate_name, coalesce(o.name || ' ' || o.alternate_name, '') AS organization,
  coalesce((SELECT {{joined}} FROM ({_TERMS}) AS named), '') AS terms,
  s.description || ' ' || s.eligibility AS description
FROM service s LEFT JOIN organization o ON o.key = s.organization_id
WHERE s.key IN ({{keys}}) AND s.status = 'active' AND s.retired_on IS NULL"""
_TEXT = ("name", "alternate_name", "organization", "terms", "description")
_INTO_SQLITE = f"INSERT INTO service_search (rowid, {', '.join(_TEXT)}, stems) VALUES (?, ?, ?, ?, ?, ?, ?)"

# Without this the parser takes "Housing/Shelter" and "Ex-Offender" for a path and one word, where SQLite reads two.
_LETTER = "setweight(to_tsvector('simple', translate(unaccent(?::text), '/.-_@:&', '       ')), '{}')"
_INTO_POSTGRES = (
    "INSERT INTO service_search (key, document) VALUES (?, " + " || ".join(map(_LETTER.format, "ABBBDC")) + ")"
)


async def index(unit: Unit, keys: Iterable[int]) -> None:
    """Brings the text index up to date for these services, in the unit that changed them."""
    row, insert = ("rowid", _INTO_SQLITE) if unit.dialect == "sqlite" else ("key", _INTO_POSTGRES)
    for some in _chunks(sorted(set(keys))):
        marks = ", ".join("?" * len(some))
        await unit.run(f"DELETE FROM service_search WHERE {row} IN ({marks})", *some)
        found = await unit.rows(_TEXTS.format(joined=_JOINED[unit.dialect], keys=marks), *some)
        texts = [(one["key"], [str(one[name]) for name in _TEXT]) for one in found]
        await unit.many(insert, [(key, *said, stem_column(said)) for key, said in texts])


async def settle_index(unit: Unit) -> None:
    """After many changes: smaller, quicker, and without the words of rows that are gone, in the journal too."""
    if unit.dialect == "sqlite":
        await unit.run("INSERT INTO service_search (service_search) VALUES ('optimize')")
        unit.afterwards(_empty_journal)


async def _empty_journal() -> None:
    await stores.empty_journal("directory")


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))


# The version stands where it needs no table of its own: in the file's header, or as a comment on the table.
_TOLD = {
    "sqlite": "SELECT user_version AS told FROM pragma_user_version",
    "postgres": "SELECT coalesce(obj_description('service_search'::regclass), '0') AS told",
}
_TELL = {"sqlite": f"PRAGMA user_version = {VERSION}", "postgres": f"COMMENT ON TABLE service_search IS '{VERSION}'"}
_TURNS = "SELECT pg_advisory_xact_lock(7151824)"


async def make_current() -> bool:
    """Rebuilds an index of another version from the rows; whether it had to. Asked once when the stores are opened."""
    if int((await stores.rows("directory", _TOLD[stores.dialect()]))[0]["told"]) == VERSION:
        return False
    return await stores.write("directory", _rebuild)


async def _rebuild(unit: Unit) -> bool:
    if unit.dialect == "postgres":
        await unit.rows(_TURNS)
    if int((await unit.rows(_TOLD[unit.dialect]))[0]["told"]) == VERSION:
        return False  # somebody else was quicker
    await unit.run("DROP TABLE IF EXISTS service_search")
    for statement in SEARCH_TABLES[unit.dialect]:
        await unit.run(statement)
    await index(unit, [row["key"] for row in await unit.rows("SELECT key FROM service")])
    await unit.run("UPDATE change SET number = number + 1 WHERE key = 1")
    await unit.run(_TELL[unit.dialect])
    unit.afterwards(look_again)
    return True
