"""The trust ledger as it is kept: every check of a service, every loss of one, and what is to be checked next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server import stores
from server.resources.ledger import Due, in_order
from server.resources.terms import Facet, Outcome, ReportKind
from server.stores import Row, Unit

DIRECTORY = "directory"
LONGEST_HOW = 80


@dataclass(frozen=True)
class By:
    """Who did it: the number of somebody of the staff as text, never a name, and the role she acted in."""

    person: str = ""
    role: str = ""


@dataclass(frozen=True)
class Check:
    """One row of the ledger. `note` of a dropped check names the parts that changed, with commas."""

    checked_on: date
    by: By
    how: str
    outcome: Outcome
    note: str


async def write_down(unit: Unit, key: int, check: Check) -> None:
    """Rows of the ledger are only added."""
    await unit.run(
        "INSERT INTO verification (service_id, checked_on, checked_by, role, how, outcome, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        key,
        check.checked_on,
        check.by.person,
        check.by.role,
        check.how[:LONGEST_HOW],
        check.outcome.value,
        check.note,
    )


HISTORY = "SELECT * FROM verification WHERE service_id = ? ORDER BY key DESC LIMIT ?"


async def history(key: int, most: int) -> tuple[Check, ...]:
    """Newest first."""
    return tuple(_check(row) for row in await stores.rows(DIRECTORY, HISTORY, key, most))


def _check(row: Row) -> Check:
    day = date.fromisoformat(str(row["checked_on"])[:10])
    return Check(day, By(row["checked_by"], row["role"]), row["how"], Outcome(row["outcome"]), row["note"])


# Closed ones are not to be checked before they open again; what members cannot find misleads nobody.
COUNTED = (
    "LEFT JOIN (SELECT service_id, count(*) AS n FROM {table} GROUP BY service_id) {table}"
    " ON {table}.service_id = s.key"
)
CURRENT = f"""
SELECT s.key, s.id, s.name, s.confidential, s.verified_on,
  coalesce(service_term.n, 0) AS needs, coalesce(phone.n, 0) AS phones, coalesce(service_at_location.n, 0) AS places,
  EXISTS (SELECT 1 FROM service_facet f WHERE f.service_id = s.key AND f.facet = '{Facet.NATIONAL}') AS nation,
  (SELECT count(*) FROM report r WHERE r.service_id = s.key AND r.kind = '{ReportKind.WRONG}'
    AND NOT r.outside AND r.closed_on IS NULL AND (s.verified_on IS NULL OR r.told_on > s.verified_on)) AS told_wrong
FROM service s {" ".join(COUNTED.format(table=table) for table in ("service_term", "phone", "service_at_location"))}
WHERE s.retired_on IS NULL AND s.status = 'active'
"""


async def queue(today: date) -> tuple[Due, ...]:
    """Every service that is due, the one to check first in front."""
    return in_order((_due(row) for row in await stores.rows(DIRECTORY, CURRENT)), today)


def _due(row: Row) -> Due:
    return Due(
        key=row["key"],
        id=row["id"],
        name=row["name"],
        checked_on=stores.as_date(row["verified_on"]),
        needs=row["needs"],
        line=row["phones"] > 0 and row["places"] == 0,
        national=bool(row["nation"]),
        confidential=bool(row["confidential"]),
        told_wrong=row["told_wrong"],
    )
