"""The door value and the sealed token: what a visit carries, readable to nobody but this server.

The door value is one encrypted value of fixed length (id, expiry rounded to the hour, language, country). The server
keeps nothing of it: closing deletes the visitor's copy; a copy somebody else made lives to its expiry.
A sealed token carries a query or a link in a URL. It is bound to the visit, padded, good for 30 minutes and reusable,
so that Back and reload work.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from server import sealing
from server.errors import TokenSpent

VISIT_HOURS = 12
TOKEN_MINUTES = 30
PAD = 96
LONGEST = 4000
ORDINARY = bytes.maketrans(b"-_+/", b"+/--")  # the URL's alphabet alone: what stood for two signs stands for none
VISIT = struct.Struct(">8sI7sB2s")


@dataclass(frozen=True)
class Visit:
    """`id` is random and lives as long as the visit; language is one of LANGUAGES, country an ISO code or "ZZ".

    `warned`: this visit has been told what a call leaves behind; it is told once.
    """

    id: bytes
    expires: datetime
    language: str
    country: str
    warned: bool = False


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Raises sealing.Unsealable where `text` is not base64."""
    try:
        encoded = text.encode("ascii").translate(ORDINARY) + b"=" * (-len(text) % 4)
        return binascii.a2b_base64(encoded, strict_mode=True)
    except ValueError as fault:
        raise sealing.Unsealable from fault


def new_visit(now: datetime, language: str, country: str) -> Visit:
    on_the_hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return Visit(os.urandom(8), on_the_hour + timedelta(hours=VISIT_HOURS), language, country)


def door_value(visit: Visit) -> str:
    hours = int(visit.expires.timestamp() // 3600)
    plain = VISIT.pack(visit.id, hours, visit.language.encode(), visit.warned, visit.country.encode())
    return text_of(sealing.seal("door", plain))


def open_door_value(value: str, now: datetime) -> Visit | None:
    """None for anything that is not a live door value of ours."""
    try:
        plain = sealing.open_("door", bytes_of(value))
        visit_id, hours, language, warned, country = VISIT.unpack(plain)
    except (sealing.Unsealable, struct.error):
        return None
    expires = datetime.fromtimestamp(hours * 3600, UTC)
    if expires <= now:
        return None
    return Visit(visit_id, expires, language.rstrip(b"\0").decode(), country.decode(), bool(warned))


def seal_token(payload: dict[str, Any], binding: bytes, now: datetime, purpose: str = "token") -> str:
    plain = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    minutes = struct.pack(">I", int(now.timestamp() // 60) + TOKEN_MINUTES)
    padded = minutes + plain + b" " * (-len(plain) % PAD)
    return text_of(sealing.seal(purpose, padded, binding))


def open_token(token: str, binding: bytes, now: datetime, purpose: str = "token") -> dict[str, Any]:
    """Raises TokenSpent where the token is old, somebody else's, or no token."""
    if len(token) > LONGEST:
        raise TokenSpent
    try:
        padded = sealing.open_(purpose, bytes_of(token), binding)
    except sealing.Unsealable as fault:
        raise TokenSpent from fault
    if struct.unpack(">I", padded[:4])[0] <= now.timestamp() // 60:
        raise TokenSpent
    return json.loads(padded[4:].decode())
