"""Facets that HSDS says elsewhere, only where the words leave no doubt; prose is never guessed from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from server.resources.terms import Facet

_FREE = re.compile(
    r"(?:all services (?:are )?)?(?:free(?: of charge| of cost| service| to all)?|no (?:fees?|charges?|costs?)"
    r"(?: charged)?|there is no (?:fee|charge|cost)|at no cost|gratis|gratuito|gratuit|kostenlos|\W{0,2}0+(?:[.,]0+)?)",
    re.IGNORECASE,
)
_WHEELCHAIR = re.compile(
    r"(?:full(?:y)? |is )?wheel ?chairs?(?:[- ](?:access(?:ible|ibility)?|ramp|accessible building|users?"
    r"|accessible entrance))?(?: available)?|accessible (?:by|for|with) (?:a )?wheel ?chairs?",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:no|not|none|nil|n/?a|unavailable|without|unknown|cannot|limited|sin|ninguno|aucun)\b|^\W*0?\W*$"
    r"|^\W*false\W*$",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"(?:nation ?-?wide|national|country ?-?wide|the (?:whole|entire) country|entire (?:nation|country)"
    r"|(?:the )?(?:united states|usa|u\.s\.a?\.?|uk|united kingdom)(?: \(national\))?)",
    re.IGNORECASE,
)
_NOUGHT = re.compile(r"\W{0,2}0+(?:[.,]0+)?", re.ASCII)


def says_free(text: str) -> bool:
    """The whole of the text and nothing beside it: "free for members" is not free."""
    return bool(_FREE.fullmatch(text.strip().rstrip(".! ")))


def is_nought(amount: str) -> bool:
    return bool(_NOUGHT.fullmatch(amount.strip()))


def says_wheelchair(text: str) -> bool:
    return bool(_WHEELCHAIR.fullmatch(text.strip().rstrip(".! ")))


def says_interpreters(text: str) -> bool:
    """Of the field for interpreters alone: whatever stands there says there are, unless it denies or doubts it."""
    return bool(text.strip()) and not _NOT_SO.search(text)


def says_national(text: str) -> bool:
    """Of the name of a service area."""
    return bool(_NATIONAL.fullmatch(text.strip().rstrip(". ")))


def facets_told(free: bool, interpretation: str, costs: Iterable[str], kinds_of_place: Iterable[str]) -> set[Facet]:
    """`free` by its own words; `costs` are the amounts of its cost options, `kinds_of_place` the location_type of its
    locations. One amount above nought outweighs the word."""
    amounts, kinds = list(costs), list(kinds_of_place)
    found: set[Facet] = set()
    if all(is_nought(amount) or says_free(amount) for amount in amounts) and (free or amounts):
        found.add(Facet.FREE)
    if says_interpreters(interpretation):
        found.add(Facet.INTERPRETERS)
    if kinds and all(kind == "virtual" for kind in kinds):
        found.add(Facet.REMOTE)
    return found
