"""The codes that open the door: several, each with a name for whom it was printed, changed without a restart.

They live in the keys folder, one a line: `code name`. A code is deniability, not secrecy: it is printed on cards.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from server.errors import SetupError
from server.settings import Settings

FILE = "door-codes"
FEWEST, MOST = 6, 12


def file_of(settings: Settings) -> Path:
    return settings.keys / FILE


def codes(settings: Settings) -> dict[str, str]:
    """code -> name. An installation's first call makes one code."""
    file = file_of(settings)
    if not file.exists():
        add(settings, "first")
    lines = (line.split(maxsplit=1) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return {line[0]: line[1] if len(line) > 1 else "" for line in lines}


def add(settings: Settings, name: str, code: str | None = None) -> str:
    """Digits only, 6 to 12 of them, so that a code reads as a number in a sum. Raises SetupError."""
    known = {} if not file_of(settings).exists() else codes(settings)
    chosen = code or str(secrets.randbelow(900_000) + 100_000)
    if not (chosen.isascii() and chosen.isdigit() and FEWEST <= len(chosen) <= MOST):
        raise SetupError(f"A door code is {FEWEST} to {MOST} digits.")
    if chosen in known:
        raise SetupError("That door code is in use already.")
    _write(settings, known | {chosen: " ".join(name.split()) or "unnamed"})
    return chosen


def drop(settings: Settings, code: str) -> None:
    known = codes(settings)
    if code not in known:
        raise SetupError("There is no such door code.")
    if len(known) == 1:
        raise SetupError("That is the last door code. Add another one first.")
    _write(settings, {kept: name for kept, name in known.items() if kept != code})


def _write(settings: Settings, known: dict[str, str]) -> None:
    settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = file_of(settings).with_suffix(".partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{code} {name}\n" for code, name in known.items())
    partial.replace(file_of(settings))


def looks_like_code(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and FEWEST <= len(typed) <= MOST


def opens(settings: Settings, typed: str) -> bool:
    """Compared with every code in the same time, whichever fits."""
    fits = [hmac.compare_digest(code.encode(), typed.encode()) for code in codes(settings)]
    return any(fits)
