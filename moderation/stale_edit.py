"""Two people changed one thing: what to put into the form of the second, so that neither's work is lost unseen.

A form is flat. Its fields belong to parts, and a part is taken whole: the week, one place, all telephone numbers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

MARK_LETTERS = 8
Form = Mapping[str, str]
PART = re.compile(r"(phone|place|hours|facet)(?:_.*)?")


@dataclass(frozen=True)
class Merged:
    """`form` is what to show. `taken`: parts the other changed and she did not. `clashing`: both changed them."""

    form: dict[str, str]
    taken: tuple[str, ...]
    clashing: tuple[str, ...]


def part_of(field: str) -> str:
    """ "phone_0_number" belongs to "phone", "fees" to itself."""
    found = PART.fullmatch(field)
    return found[1] if found else field


def parts_of(form: Form) -> dict[str, dict[str, str]]:
    """Fields by part; an empty field and a missing one are the same."""
    parts: dict[str, dict[str, str]] = {}
    for name, value in form.items():
        kept = parts.setdefault(part_of(name), {})
        if value:
            kept[name] = value
    return parts


def marks(form: Form) -> dict[str, str]:
    """A short digest of each part: carried by the page, so that what she saw can be told from what she typed."""
    return {part: _mark(fields) for part, fields in parts_of(form).items()}


def _mark(fields: Mapping[str, str]) -> str:
    said = "\0".join(f"{name}\0{value}" for name, value in sorted(fields.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:MARK_LETTERS]


NOTHING = _mark({})


def written(marked: Mapping[str, str]) -> str:
    """For a hidden field."""
    return " ".join(f"{part}:{mark}" for part, mark in sorted(marked.items()))


def read_marks(text: str) -> dict[str, str]:
    pairs = (word.partition(":") for word in text.split())
    return {part: mark for part, _, mark in pairs}


def merged(seen: Mapping[str, str], typed: Form, current: Form) -> Merged:
    """`seen` are the marks of what she was shown; `current` is what is kept now."""
    hers, theirs = parts_of(typed), parts_of(current)
    form: dict[str, str] = {}
    taken: list[str] = []
    clashing: list[str] = []
    for part in sorted(hers.keys() | theirs.keys()):
        mine, now = hers.get(part, {}), theirs.get(part, {})
        they_changed = seen.get(part, NOTHING) != _mark(now)
        i_changed = seen.get(part, NOTHING) != _mark(mine)
        if they_changed and mine != now:
            (clashing if i_changed else taken).append(part)
        form |= mine if i_changed else now
    return Merged(form, tuple(taken), tuple(clashing))
