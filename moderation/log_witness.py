"""The newest line of the log, noted beside the keys: who holds the database alone cannot cut or rewrite it unseen."""

from __future__ import annotations

import contextlib
from pathlib import Path

from server import stores

FILE = "log-witness"


def _file() -> Path:
    return stores.opened_stores().settings.keys / FILE


def noted() -> tuple[int, str]:
    """Number and hash of the newest line this installation has written; (0, "") before the first."""
    file = _file()
    if not file.exists():
        return 0, ""
    number, _, hash_ = file.read_text(encoding="ascii").partition(" ")
    return int(number), hash_.strip()


def note(number: int, hash_: str) -> None:
    """Never goes back: lines committed one after the other may be noted in another order."""
    if number <= noted()[0]:
        return
    with contextlib.suppress(OSError):  # a full disk: the next line that is written is noted instead
        _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = _file().with_suffix(".partial")
        partial.write_text(f"{number} {hash_}\n", encoding="ascii")
        partial.replace(_file())
