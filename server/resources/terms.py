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


class Facet(StrEnum):
    """What a person has to know before she goes there and HSDS has no field for; only what is known is written."""

    NO_ID = "no_id"
    UNDOCUMENTED = "undocumented"
    NO_POLICE_REPORT = "no_police_report"
    WOMEN = "women"
    MEN = "men"
    EVERYONE = "everyone"
    TRANS = "trans"
    MINORS = "minors"
    FAMILIES = "families"
    PETS = "pets"
    LABOUR = "labour"
    DOMESTIC = "domestic"
    SEXUAL = "sexual"
    CRIME = "crime"
    MARRIAGE = "marriage"
    BEGGING = "begging"
    FREE = "free"
    REMOTE = "remote"
    NATIONAL = "national"
    WHEELCHAIR = "wheelchair"
    INTERPRETERS = "interpreters"


class Police(StrEnum):
    """What a service does about the police; empty where nobody has asked it."""

    NEVER = "never"
    IF_ASKED = "if_asked"
    DUTY = "duty"  # a law makes it tell them, in some cases
    IS_POLICE = "is_police"


class Outcome(StrEnum):
    RIGHT = "right"
    CHANGED = "changed"
    GONE = "gone"
    DROPPED = "dropped"


class ReportKind(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    HARM = "harm"
