"""Numbers to call: typed lines, and which of them stand in which order for one country at one moment.

A line of the police is never shown as any other kind and stands last; a closed line never stands before an open one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from server.resources.dialling import Number
from server.resources.opening_hours import ALWAYS, Days, Standing, State, Week, days_of, standing


class LineKind(StrEnum):
    """In the order in which they stand on a page."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    TRAFFICKING = "trafficking"
    VICTIMS = "victims"
    CHILDREN = "children"
    POLICE = "police"


KINDS = tuple(LineKind)
LONGEST_ID = 120
ASKED_FIRST = (LineKind.EMERGENCY, LineKind.CRISIS, LineKind.TRAFFICKING)


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


ALL_SERVICES = {"all services"}


class Cost(StrEnum):
    FREE = "free"
    CHARGED = "charged"
    EXTRA = "extra"
    UNKNOWN = "unknown"


class ChannelKind(StrEnum):
    TEXT = "text"
    CHAT = "chat"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    EMAIL = "email"
    FORM = "form"
    TEXT_PHONE = "text_phone"
    SIGN_LANGUAGE = "sign_language"


@dataclass(frozen=True, slots=True)
class Channel:
    """Another way than calling. Empty `number` and `address`: it exists, where is not known."""

    kind: ChannelKind
    number: Number | None = None
    address: str = ""
    words: str = ""
    same_number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read. `duties` are what an emergency number answers for, keyed by `Number.dial`.

    Texts named `*_read` are the source's own English words, for what no sentence of ours says.
    """

    country: str
    kind: LineKind
    name: str
    for_whom: str
    numbers: tuple[Number, ...]
    confidence: Confidence
    channels: tuple[Channel, ...] = ()
    duties: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    week: Week = ()
    hours_read: str = ""
    languages_read: str = ""
    cost: Cost = Cost.UNKNOWN
    off_the_bill: bool = False
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stays the same while its numbers and hours change."""
        return f"{self.country}:{self.kind}:{self.name}"[:LONGEST_ID]

    @property
    def police(self) -> bool:
        return self.kind is LineKind.POLICE

    @property
    def always(self) -> bool:
        return self.week == ALWAYS

    @property
    def days(self) -> tuple[Days, ...]:
        return days_of(self.week) if self.week else ()

    @property
    def first_numbers(self) -> tuple[Number, ...]:
        """The fewest numbers that do what the line is for: one, or one for each emergency service."""
        if self.kind is not LineKind.EMERGENCY or not self.duties:
            return self.numbers[:1]
        whole = tuple(n for n in self.numbers if ALL_SERVICES & set(self.duties.get(n.dial, ())))
        return whole[:1] or tuple(n for n in self.numbers if n.dial in self.duties)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line at one moment. `checked_on`: the day since which two people vouch for it. `doubted`: one says that it is
    wrong, and it stands here because nothing else of its kind would be left."""

    line: Line
    standing: Standing
    checked_on: date | None = None
    doubted: bool = False


@dataclass(frozen=True)
class Help:
    """What a country has: groups in the order of KINDS, what it lacks, and what its neighbours have instead."""

    country: str
    groups: tuple[tuple[LineKind, tuple[Shown, ...]], ...]
    missing: tuple[LineKind, ...]
    near: tuple[Shown, ...]

    @property
    def any_checked(self) -> bool:
        """Whether "nobody here has checked them" would be untrue."""
        return any(shown.checked_on for _, lines in self.groups for shown in lines)

    def of(self, kind: LineKind) -> tuple[Shown, ...]:
        return next((lines for group, lines in self.groups if group == kind), ())


@dataclass(frozen=True)
class Book:
    """All lines that may be shown, with what is needed to choose: time zones and neighbours of countries."""

    lines: Mapping[str, tuple[Line, ...]]
    zones: Mapping[str, ZoneInfo]
    neighbours: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Trust:
    """What staff say of a line as it stands in the file."""

    checked_on: date | None = None
    doubted: bool = False


NO_WORD = Trust()
Trusted = Mapping[str, Trust]
"""By id of the line; a line that is not in it was checked by nobody."""


def help_for(book: Book, country: str, now: datetime, trusted: Trusted = MappingProxyType({})) -> Help:
    """`country` is an ISO code; one without rows, "ZZ" included, gets an answer that says so."""
    here = _shown(book, country, now, trusted)
    groups = tuple((kind, lines) for kind in KINDS if (lines := tuple(s for s in here if s.line.kind is kind)))
    present = {kind for kind, _ in groups}
    missing = tuple(kind for kind in ASKED_FIRST if kind not in present)
    near = _near(book, country, now, trusted) if LineKind.TRAFFICKING in missing else ()
    return Help(country, groups, missing, near)


STATE_ORDER = {State.OPEN: 0, State.UNKNOWN: 1, State.CLOSED: 2}
CONFIDENCE_ORDER = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def _shown(book: Book, country: str, now: datetime, trusted: Trusted) -> list[Shown]:
    """A line that somebody says is wrong is left out, unless no other of its kind would be left."""
    zone, lines = book.zones.get(country), book.lines.get(country, ())
    held = {line.kind for line in lines if not trusted.get(line.id, NO_WORD).doubted}
    shown: list[Shown] = []
    for line in lines:
        trust = trusted.get(line.id, NO_WORD)
        if not trust.doubted or line.kind not in held:
            shown.append(Shown(line, _standing(line, zone, now), trust.checked_on, trust.doubted))
    return sorted(shown, key=_place)


def _standing(line: Line, zone: ZoneInfo | None, now: datetime) -> Standing:
    return Standing(State.OPEN) if line.always else standing(line.week, zone, now)


def _place(shown: Shown) -> tuple[int, int, int, bool]:
    """A closed line never stands before an open one of its kind; the order of the file decides the rest."""
    line = shown.line
    kind, confidence = KINDS.index(line.kind), CONFIDENCE_ORDER[line.confidence]
    return kind, STATE_ORDER[shown.standing.state], confidence, not line.numbers


def _near(book: Book, country: str, now: datetime, trusted: Trusted) -> tuple[Shown, ...]:
    """Lines next door that can be reached from abroad come first; each says its country."""
    lines = [
        shown
        for neighbour in book.neighbours.get(country, ())
        for shown in _shown(book, neighbour, now, trusted)
        if shown.line.kind is LineKind.TRAFFICKING
    ]
    return tuple(sorted(lines, key=lambda shown: not _abroad(shown.line)))


def _abroad(line: Line) -> bool:
    return any(number.from_abroad for number in line.numbers)
