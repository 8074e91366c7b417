"""A service's content as JSON and back: what a package said of it, or what it was before a change to be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from server.resources.hours_reading import Interval
from server.resources.language_reading import Spoken
from server.resources.service_facts import Facts
from server.resources.service_form import Content, PhoneRow, PlaceRow


def content_text(content: Content) -> str:
    return json.dumps(_as_json(content), ensure_ascii=False, sort_keys=True)


def _as_json(content: Content) -> dict[str, Any]:
    facts = asdict(content.facts)
    facts |= {"facets": sorted(content.facts.facets)}
    facts |= {"closed_until": str(content.facts.closed_until) if content.facts.closed_until else None}
    return {
        "texts": dict(content.texts),
        "status": content.status,
        "confidential": content.confidential,
        "phones": [asdict(row) for row in content.phones],
        "languages": [[one.code, one.name, one.note] for one in content.languages],
        "hours": [[one.weekday, one.opens, one.closes] for one in content.hours],
        "hours_read": content.hours_read,
        "places": [{"key": row.key, "texts": dict(row.texts)} for row in content.places],
        "facts": facts,
    }


def content_read(text: str) -> Content:
    """Raises ValueError for what content_text did not write."""
    try:
        return _content(json.loads(text))
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"not a content: {fault}") from fault


def _content(said: Mapping[str, Any]) -> Content:
    facts = dict(said["facts"])
    facts["facets"] = frozenset(facts["facets"])
    facts["closed_until"] = date.fromisoformat(facts["closed_until"]) if facts["closed_until"] else None
    return Content(
        texts=dict(said["texts"]),
        status=said["status"],
        confidential=said["confidential"],
        phones=tuple(PhoneRow(**row) for row in said["phones"]),
        languages=tuple(Spoken(*one) for one in said["languages"]),
        hours=tuple(Interval(*one) for one in said["hours"]),
        hours_read=said["hours_read"],
        places=tuple(PlaceRow(row["key"], row["texts"]) for row in said["places"]),
        facts=Facts(**facts),
    )
