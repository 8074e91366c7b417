"""One part of a service as a person reads it, for two of them side by side."""

from __future__ import annotations

from collections.abc import Callable

from moderation.desks.directory_words import DAYS, FACET_WORDS, PLACE_WORDS, POLICE_WORDS, STATUS_WORDS
from server.resources.review import Content, form_of
from server.web import N_

YES, NO = N_("yes"), N_("no")
Lines = list[tuple[str, ...]]


def told(content: Content, part: str) -> Lines:
    """Lines, each of words to translate or to leave as they are: ("Monday", "09:00-17:00")."""
    if part in TELLERS:
        return TELLERS[part](content)
    value = form_of(content).get(part, "")
    return [(value,)] if value else []


def _phones(content: Content) -> Lines:
    rows = ((row.number, row.extension, row.kind, row.description) for row in content.phones)
    return [tuple(word for word in row if word) for row in rows]


def _hours(content: Content) -> Lines:
    form = form_of(content)
    week = [(name, form[f"hours_{day}"]) for day, name in enumerate(DAYS) if form[f"hours_{day}"]]
    return week + ([(content.hours_read,)] if content.hours_read else [])


def _places(content: Content) -> Lines:
    if content.confidential:
        return []
    return [tuple(place.texts[name] for name in PLACE_WORDS if place.texts.get(name)) for place in content.places]


def _facets(content: Content) -> Lines:
    return [(words,) for facet, words in FACET_WORDS.items() if facet in content.facts.facets]


def _flag(name: str) -> Callable[[Content], Lines]:
    return lambda content: [(YES if getattr(content.facts, name) else NO,)]


TELLERS: dict[str, Callable[[Content], Lines]] = {
    "phones": _phones,
    "hours": _hours,
    "places": _places,
    "facets": _facets,
    "status": lambda content: [
        (next((words for one, words in STATUS_WORDS.items() if one == content.status), content.status),)
    ],
    "police": lambda content: [(POLICE_WORDS.get(content.facts.police, content.facts.police),)],
    "full": _flag("full"),
    "ours": _flag("ours"),
    "shared": _flag("shared"),
}
