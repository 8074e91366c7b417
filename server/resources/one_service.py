"""Reading one service whole: everything its page says. Of a confidential one no place is even asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from server import stores
from server.resources.finding import dated, weekly, zone_named
from server.resources.opening_hours import UNKNOWN, UTC, Days, Standing, days_of, standing_on_calendar, week_of
from server.resources.showing import LanguageShown, PhoneShown, Place, ServiceShown
from server.resources.terms import Facet

Row = stores.Row

SERVICE = """
SELECT s.*, o.name AS organization, p.name AS package, p.imported_on
FROM service s LEFT JOIN organization o ON o.key = s.organization_id
LEFT JOIN package p ON p.source = s.source AND s.source <> ''
WHERE s.id = ? AND s.status = 'active' AND s.retired_on IS NULL
"""
BESIDE = {
    "languages": "SELECT code, name, note FROM service_language WHERE service_id = ? ORDER BY key",
    "hours": "SELECT weekday, opens, closes, rule, valid_from, valid_to, closed, text FROM schedule"
    " WHERE service_id = ? ORDER BY key",
    "phones": "SELECT number, extension, kind, description FROM phone WHERE service_id = ? ORDER BY key",
    "facets": "SELECT facet FROM service_facet WHERE service_id = ?",
    "checks": "SELECT role, how FROM verification WHERE service_id = ? AND outcome IN ('right', 'changed')"
    " ORDER BY checked_on DESC, key DESC LIMIT 1",
    "hidden": "SELECT 1 AS one FROM service_at_location sl JOIN location l ON l.key = sl.location_id"
    " WHERE sl.service_id = ? AND l.confidential LIMIT 1",
    "places": "SELECT l.* FROM service_at_location sl JOIN location l ON l.key = sl.location_id"
    " JOIN service s ON s.key = sl.service_id"
    " WHERE sl.service_id = ? AND NOT l.confidential AND NOT s.confidential ORDER BY sl.key",
}
NOT_FOR_CALLING = ("fax",)
MOST_MERGERS = 5
PLAIN = (
    "id", "name", "alternate_name", "description", "website", "email", "chat", "fees", "documents",
    "application_process", "wait_time", "eligibility", "interpretation", "accessibility", "police", "minimum_age",
    "maximum_age", "country", "verified_how",
)  # fmt: skip
DAYS = ("full_on", "closed_until", "verified_on")


class HoursNow(NamedTuple):
    days: tuple[Days, ...] = ()
    read: tuple[str, ...] = ()
    shut_today: bool = False
    standing: Standing = UNKNOWN


async def read(service_id: str, *, now: datetime, verified_only: bool) -> ServiceShown | None:
    """None for one that is unknown, retired, not active, or not verified where only verified ones are shown.

    One that was found to be the same as another is read as that other.
    """
    row = await _row(service_id, verified_only)
    if row is None:
        return None
    asked = (stores.rows("directory", sql, row["key"]) for sql in BESIDE.values())
    return _service(row, dict(zip(BESIDE, await asyncio.gather(*asked), strict=True)), now)


async def is_shown(service_id: str, *, verified_only: bool) -> bool:
    """Whether people read this very entry, not another that it was merged into."""
    row = await _row(service_id, verified_only)
    return row is not None and row["id"] == service_id


async def _row(service_id: str, verified_only: bool) -> Row | None:
    for _ in range(MOST_MERGERS):
        found = await stores.rows("directory", SERVICE, service_id)
        if found and not (verified_only and found[0]["verified_on"] is None):
            return found[0]
        merged = await stores.rows("directory", "SELECT merged_into FROM service WHERE id = ?", service_id)
        if not merged or not merged[0]["merged_into"]:
            return None
        service_id = merged[0]["merged_into"]
    return None


def _service(row: Row, of: Mapping[str, Sequence[Row]], now: datetime) -> ServiceShown:
    hours = _hours_now(of["hours"], row["timezone"], now)
    places = () if row["confidential"] else tuple(_place(place) for place in of["places"])
    plain: dict[str, Any] = {name: row[name] for name in PLAIN}
    days: dict[str, Any] = {name: stores.as_date(row[name]) for name in DAYS}
    return ServiceShown(
        **plain,
        **days,
        organization=row["organization"] or "",
        confidential=bool(row["confidential"] or (of["hidden"] and not places)),
        ours=bool(row["ours"]),
        facets=_facets(row, of["facets"]),
        verified_role=next((check["role"] for check in of["checks"]), ""),
        source=row["package"] or row["source"].replace("_", " "),
        read_on=stores.as_date(row["imported_on"]),
        phones=tuple(_phone(phone) for phone in of["phones"] if phone["kind"] not in NOT_FOR_CALLING),
        places=places,
        languages=tuple(LanguageShown(one["code"], one["name"], one["note"]) for one in of["languages"]),
        days=hours.days,
        hours_read=hours.read,
        shut_today=hours.shut_today,
        standing=hours.standing,
    )


def _facets(row: Row, rows: Sequence[Row]) -> frozenset[str]:
    """That people without papers are served is said only where the service agreed to it."""
    told = frozenset(one["facet"] for one in rows)
    return told if row["undocumented_told"] else told - {Facet.UNDOCUMENTED}


def _hours_now(rows: Sequence[Row], timezone: str, now: datetime) -> HoursNow:
    """What holds this week, and how the place stands now."""
    zone = zone_named(timezone)
    today = now.astimezone(zone or UTC).date()
    valid = [row for row in rows if _holds(row, today)]
    open_rows = [row for row in valid if not row["closed"]]
    told_weekly = [row for row in open_rows if row["weekday"] is not None and not row["rule"]]
    week = week_of((row["weekday"], row["opens"], row["closes"]) for row in told_weekly)
    shut = any(row["closed"] and not row["rule"] for row in valid)
    state = standing_on_calendar(weekly(rows), dated(rows), zone, now)
    written = (row["text"] for row in open_rows if row["weekday"] is None or row["rule"])
    told = tuple(dict.fromkeys(text for text in written if text))
    return HoursNow(days_of(week) if week else (), told, shut, state)


def _holds(row: Row, today: date) -> bool:
    begins, ends = stores.as_date(row["valid_from"]), stores.as_date(row["valid_to"])
    return (begins is None or begins <= today) and (ends is None or today <= ends)


def _phone(row: Row) -> PhoneShown:
    return PhoneShown(row["number"], row["extension"], row["kind"], row["description"])


def _place(row: Row) -> Place:
    town = ", ".join(part for part in (row["city"], f"{row['state_province']} {row['postal_code']}".strip()) if part)
    lines = tuple(line for line in (row["address_1"], row["address_2"], town) if line)
    return Place(row["name"], lines, row["transportation"])
