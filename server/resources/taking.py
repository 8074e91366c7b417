"""What a package says of a service that staff checked, held against what is kept: part by part, to take or to keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from server.resources.hours_reading import Interval
from server.resources.language_reading import Spoken
from server.resources.service_facts import PARTS as FACT_PARTS
from server.resources.service_facts import Facts
from server.resources.service_form import PLACE_TEXTS, Content, PhoneRow, PlaceRow, changed

# Parts that are one to a person who decides; and what no package decides.
TOGETHER = {"hours_read": "hours", "undocumented_told": "facets"}
OURS = ("shared", "ours", "confidential")


def offered(before: Content, said: Mapping[str, Any]) -> Content:
    """The service as it would be if everything were taken. `said` is Conflict.incoming (see conflicting.py), read.

    Secrecy is not lifted by it, and of a secret service no place is taken.
    """
    places = before.places if before.confidential or said.get("confidential") else _places(before, said["places"])
    texts = {name: str(text or "") for name, text in said["texts"].items() if name in before.texts}
    return Content(
        texts={**before.texts, **texts},
        status=said["status"],
        confidential=before.confidential,
        phones=_phones(before, said["phones"]),
        languages=tuple(Spoken(one["code"], one["name"], one["note"]) for one in said["languages"]),
        hours=tuple(Interval(*span) for span in said["hours"]),
        hours_read=said["hours_read"],
        places=places,
        facts=_facts(before.facts, said.get("facts", {})),
    )


def _phones(before: Content, said: Sequence[Mapping[str, str]]) -> tuple[PhoneRow, ...]:
    """A number that is kept already keeps its row."""
    keys = {row.number: row.key for row in before.phones}
    return tuple(
        PhoneRow(keys.pop(row["number"], 0), row["number"], row["extension"], row["kind"], row["description"])
        for row in said
    )


def _places(before: Content, said: Sequence[Mapping[str, str]]) -> tuple[PlaceRow, ...]:
    """In their order. A place that the package no longer names stays: to take it away is for a person to do."""
    rows = [{name: place.get(name, "") or "" for name in PLACE_TEXTS} for place in said]
    kept = tuple(PlaceRow(old.key, rows[at] if at < len(rows) else old.texts) for at, old in enumerate(before.places))
    return kept + tuple(PlaceRow(0, texts) for texts in rows[len(before.places) :])


def _facts(before: Facts, said: Mapping[str, Any]) -> Facts:
    known = {name: said[name] for name in ("police", "minimum_age", "maximum_age", "undocumented_told") if name in said}
    known["police"] = known.get("police", before.police) or ""
    known["undocumented_told"] = bool(known.get("undocumented_told", before.undocumented_told))
    if "facets" in said:
        known["facets"] = frozenset(said["facets"])
    if "closed_until" in said:
        known["closed_until"] = date.fromisoformat(said["closed_until"][:10]) if said["closed_until"] else None
    if "full_on" in said:
        known["full"] = said["full_on"] is not None
    return replace(before, **known)


def differing(before: Content, offer: Content) -> tuple[str, ...]:
    """The parts to decide about."""
    return tuple(dict.fromkeys(TOGETHER.get(part, part) for part in changed(before, offer) if part not in OURS))


def taken(before: Content, offer: Content, parts: Collection[str]) -> Content:
    """`before` with these parts as they are offered."""
    whole = {*parts, *(part for part, of in TOGETHER.items() if of in parts)}
    rows = {name for name in ("status", "phones", "languages", "hours", "hours_read", "places") if name in whole}
    facts = {name: getattr(offer.facts, name) for name in FACT_PARTS if name in whole and name not in OURS}
    return replace(
        before,
        texts={name: offer.texts[name] if name in whole else text for name, text in before.texts.items()},
        facts=replace(before.facts, **facts),
        **{name: getattr(offer, name) for name in rows},
    )
