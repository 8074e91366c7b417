"""What is asked next where nothing was found: step by step less, so that nobody leaves with an empty page. No I/O.

Words come first and last: the time of day goes before the language, that before the other wishes, and only then is one
word enough. What was left out is said above the results, by `Step.without`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from server.resources.showing import Query


@dataclass(frozen=True)
class Step:
    """`without` holds some of "open", "language", "facets", "words", in the order they were given up."""

    query: Query
    without: tuple[str, ...] = ()

    @property
    def every(self) -> bool:
        """Whether all that was said has to be found."""
        return "words" not in self.without


def steps(query: Query, parts: int) -> Iterator[Step]:
    """`parts`: how many words and needs are looked for; with one there is nothing less to ask."""
    step = Step(query)
    yield step
    for name, asked, less in (
        ("open", query.open_now, {"open_now": False}),
        ("language", bool(query.language), {"language": ""}),
        ("facets", bool(query.facets), {"facets": ()}),
    ):
        if asked:
            step = Step(replace(step.query, **less), (*step.without, name))
            yield step
    if parts > 1:
        # every wish counts again: one word in her language is more than all of them in another
        yield Step(query, ("words",))
        if step.without:
            yield Step(step.query, (*step.without, "words"))
