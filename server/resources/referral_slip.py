"""The slip to take along: which language its words to say are in, and which of its lines would tell too much.

It names nobody: no reader, not this site, and nothing of what the place is for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.resources.query_parsing import folded

# Beginnings of words, folded, in the languages of the pages: whoever finds the slip would learn from them.
TELLING = re.compile(
    r"\b(?:anti.?traffick|traffick|trafick|slave|exploit|abus|violen|victim|survivor|rape|sexual|assault|prostitut|"
    r"crisis|hotline|helpline|shelter|safe.?house|refuge|asyl|immigra|escape|rescue|batter|forced|"
    r"trata|esclav|explota|viola|violencia|victima|maltrat|refugio|asilo|inmigra|emergencia|forzad)"
    r"|اتجار|استغلال|عنف|ضحايا|ضحيه|ضحية|اغتصاب|ملجا|ملجأ|لجوء|ناجيات|ناجين"
)


@dataclass(frozen=True)
class Slip:
    """`left_out`: something was, because it says what the place is for."""

    name: str
    bring: tuple[str, ...]
    hours: tuple[str, ...]
    left_out: bool


def slip_of(name: str, documents: str, hours: Sequence[str] = ()) -> Slip:
    """Only whole lines are left out: half a sentence could say the opposite."""
    lines = tuple(line.strip() for line in documents.split("\n") if line.strip())
    bring, when = (tuple(line for line in of if not tells(line)) for of in (lines, hours))
    left_out = tells(name) or len(bring) < len(lines) or len(when) < len(hours)
    return Slip("" if tells(name) else name, bring, when, left_out)


def tells(text: str) -> bool:
    return bool(TELLING.search(folded(text)) or TELLING.search(text))


def language_of_words(
    reader: str, spoken: Iterable[str], of_country: Sequence[str], ours: Collection[str] | Mapping[str, object]
) -> str:
    """The reader's own where they speak it there, else one they speak, else one of the country, else English."""
    there = tuple(spoken)
    if reader in there:
        return reader
    return next((code for code in (*there, *of_country) if code in ours), "en")
