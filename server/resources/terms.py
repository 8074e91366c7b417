"""The nouns of the directory, as HSDS says them."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class LocationType(StrEnum):
    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


class PhoneKind(StrEnum):
    VOICE = "voice"
    FAX = "fax"
    TEXT = "text"
    TTY = "tty"
