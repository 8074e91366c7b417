"""The chain of the log: each line's hash covers the line and the hash before it, so that none is changed unseen.

Whoever holds the whole database can write a new chain. Against that the newest hash is noted beside the keys
(`log_witness.py`), and an auditor may note it elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from moderation.terms import Line

BEGINNING = "0" * 64


def hash_of(before: str, line: Line) -> str:
    """`before` is the hash of the line before this one; BEGINNING for the first."""
    said = [
        before,
        line.id,
        line.at,
        line.staff_id,
        line.name,
        line.role,
        line.act,
        line.kind,
        line.object_id,
        line.details,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def first_break(lines: Iterable[Line], before: str = BEGINNING, last: int = 0) -> int | None:
    """The number of the first line that is missing or not what was written; None where all are whole."""
    for line in lines:
        if line.id != last + 1 or line.hash != hash_of(before, line):
            return last + 1
        before, last = line.hash, line.id
    return None
