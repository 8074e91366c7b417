"""A place to sleep tonight: where a question asks for it, places that are open now stand above closed ones. No I/O.

What helps tonight (a shelter, a safe house) stands above housing for later by the ranks of the need's own words
(needs.Need.later), and that counts more than the distance: a shelter six miles off above an office round the corner.
What is far away stays last. Among equals, open comes first, then those whose hours are unknown, then closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from server.resources.distance import Band
from server.resources.needs import BY_ID, sought
from server.resources.opening_hours import State
from server.resources.query_parsing import Group

TONIGHT = 100
"""So many of the best hits are put in this order; nobody looks through more tonight."""
SHUT = {State.OPEN: 0, State.UNKNOWN: 1, State.CLOSED: 2}


def for_tonight(groups: Sequence[Group]) -> bool:
    """Whether a bed was asked for, by touch or in words that mean it."""
    beds = _beds()
    return any(len(group.terms) >= len(beds) and beds <= {term.words for term in group.terms} for group in groups)


def fitness(tier: int, band: Band) -> tuple[bool, int, Band]:
    """What to order by. `tier`: a Rank, 0 for what helps tonight."""
    return band is Band.FAR, tier, band


@cache
def _beds() -> frozenset[tuple[str, ...]]:
    return frozenset(term.words for term in sought(BY_ID["bed"]))
