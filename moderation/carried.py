"""What was typed while a sign-in ended: sealed into the sign-in page, opened again for the form it came from.

Nothing of it is kept here, and nobody reads it on the way: the page holds bytes that only this server opens. What comes
back is shown in its form, not saved: versions, roles and the question where a page was sent from hold as ever.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from server import sealing
from server.web.door import bytes_of, text_of

PURPOSE = "carried"
LASTS = timedelta(hours=12)
LARGEST = 4 * 1024 * 1024  # bytes, unpacked: a form is less
FORM = re.compile(r"/desk/(?:service/[0-9a-f-]{36}/(?:save|verify|full|retire|bring-back)|report/[0-9a-f-]{36})")


@dataclass(frozen=True)
class Carried:
    """The form that was sent to `path`."""

    path: str
    form: Mapping[str, str]


def can_carry(path: str, form: Mapping[str, str]) -> bool:
    return bool(form) and FORM.fullmatch(path) is not None


def sealed(carried: Carried, now: datetime) -> str:
    said = json.dumps([carried.path, dict(carried.form), int(now.timestamp())], ensure_ascii=False)
    return text_of(sealing.seal(PURPOSE, zlib.compress(said.encode())))


def opened(text: str, now: datetime) -> Carried | None:
    """None for anything that is not ours, or older than the longest sign-in."""
    try:
        path, form, at = json.loads(zlib.decompressobj().decompress(sealing.open_(PURPOSE, bytes_of(text)), LARGEST))
    except (sealing.Unsealable, zlib.error, ValueError):
        return None
    return Carried(path, form) if now.timestamp() - at < LASTS.total_seconds() else None
