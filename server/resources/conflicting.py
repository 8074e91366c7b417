"""What a package says against the word of staff, for the table Conflict: the newest for each service.

`incoming` is JSON, in the words of service_form.Content and nothing of our own keys:

    {"row_hash": "...",                                  of the service in the package
     "changed": ["fees", "phones", "places"],           what differs: columns of Service, names of store.CHILDREN
     "texts": {"name": "...", "fees": "...", ...},       service_form.TEXTS and more columns of words
     "status": "active", "confidential": false,
     "phones": [{"number", "extension", "kind", "description"}],
     "languages": [{"code", "name", "note"}],
     "hours": [[weekday, opens, closes]], "hours_read": "...",
     "recurring": [{"opens", "closes", "rule", "valid_from", "valid_to", "closed", "text"}],
     "places": [{"id", "row_hash", "address_1", ...}],   public ids of locations; blank where confidential
     "facts": {"police", "minimum_age", "maximum_age", "facets", "full_on", "closed_until"}}

To take it: apply, then `store.decide`. To keep what is there: `store.decide` alone. It remembers the hashes (of the
service and of its places), so that the same words do not come again; other words do.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from server.resources.drafts import LocationDraft, ScheduleDraft, ServiceDraft

OURS = {"row_hash", "retired_on", "version", "modified_on", "id", "source", "source_id", "key"}
PLACE = ("address_1", "address_2", "city", "state_province", "postal_code", "country", "transportation")
_TEXTS = (
    "name", "alternate_name", "description", "website", "email", "chat", "documents", "fees", "eligibility",
    "application_process", "wait_time", "interpretation", "accessibility",
)  # fmt: skip
_FACTS = ("police", "minimum_age", "maximum_age", "full_on", "closed_until", "undocumented_told")


def changed_columns(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the columns of `after` that say something else than `before`, whichever engine handed them out."""
    return tuple(
        name for name, value in after.items() if name not in OURS and _plain(before.get(name)) != _plain(value)
    )


def changed_children(
    before: Mapping[str, Iterable[Sequence[Any]]], after: Mapping[str, Iterable[Sequence[Any]]]
) -> tuple[str, ...]:
    """Names of what hangs on a service in other rows than before, in any order."""
    return tuple(name for name, rows in after.items() if _counted(before.get(name, ())) != _counted(rows))


def contradicted(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """As changed_columns, but a package that says nothing contradicts nobody."""
    return changed_columns(before, {name: value for name, value in after.items() if value not in (None, "", False)})


def contradicted_children(
    before: Mapping[str, Iterable[Sequence[Any]]], after: Mapping[str, Iterable[Sequence[Any]]]
) -> tuple[str, ...]:
    """As changed_children. Of facets, terms and languages each stands for itself: more of them contradict none."""
    said = {name: list(rows) for name, rows in after.items()}
    named = changed_children(before, {name: rows for name, rows in said.items() if rows})
    added = {name for name in _SETS if _counted(said.get(name, ())) - _counted(before.get(name, ()))}
    return tuple(name for name in named if name not in _SETS or name in added)


_SETS = ("facets", "service_taxonomy", "languages")


def _counted(rows: Iterable[Sequence[Any]]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(map(_plain, row)) for row in rows)


def _plain(value: Any) -> Any:
    """Dates are text in SQLite and truth is a number."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def incoming_of(service: ServiceDraft, places: Iterable[LocationDraft], changed: Iterable[str]) -> str:
    values = service.values
    weekly = [one for one in service.schedules if one.weekday is not None]
    words = [one.text for one in service.schedules if one.weekday is None and not _recurs(one) and one.text]
    told = {
        "row_hash": service.row_hash(),
        "changed": list(changed),
        "texts": {name: values.get(name, "") for name in _TEXTS},
        "status": values["status"],
        "confidential": bool(values["confidential"]),
        "phones": [
            {"number": p.number, "extension": p.extension, "kind": p.kind, "description": p.description}
            for p in service.phones
        ],
        "languages": [{"code": one.code, "name": one.name, "note": one.note} for one in service.languages],
        "hours": sorted({(one.weekday, one.opens, one.closes) for one in weekly}),
        "hours_read": "\n".join(dict.fromkeys(words)),
        "recurring": [_recurring(one) for one in service.schedules if _recurs(one)],
        "places": [{"id": at.id, "row_hash": at.row_hash(), **{n: at.values[n] for n in PLACE}} for at in places],
        "facts": {**{name: values.get(name) for name in _FACTS}, "facets": sorted(service.facets)},
    }
    return json.dumps(told, ensure_ascii=False, default=str, sort_keys=True)


def _recurs(one: ScheduleDraft) -> bool:
    return bool(one.rule or one.closed or one.valid_from or one.valid_to)


def _recurring(one: ScheduleDraft) -> dict[str, Any]:
    names = ("weekday", "opens", "closes", "rule", "valid_from", "valid_to", "closed", "text")
    return {name: getattr(one, name) for name in names}
