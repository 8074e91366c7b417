"""One service as the flat form that staff edit, and the form read back: what cannot be read is said field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from server.resources.hours_reading import Interval
from server.resources.language_reading import Spoken, read_languages
from server.resources.phone_reading import tidy
from server.resources.terms import PhoneKind, Status
from server.resources.typed_week import NotHoursError, read_day, read_week, told_day

TEXTS = (
    "name",
    "alternate_name",
    "description",
    "website",
    "fees",
    "eligibility",
    "application_process",
    "wait_time",
    "interpretation",
    "accessibility",
)
PLACE_TEXTS = ("address_1", "address_2", "city", "state_province", "postal_code", "country", "transportation")
PHONE_TEXTS = ("number", "extension", "kind", "description")
LONGEST = {"name": 300, "alternate_name": 300, "website": 500, "number": 64, "extension": 16}
LONGEST_TEXT = 8000
MOST_PHONES = 20
NEW_PLACE = "new"


class Wrong(StrEnum):
    """What is wrong with a field."""

    NEEDED = "needed"
    TOO_LONG = "too_long"
    NOT_A_STATE = "not_a_state"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_NUMBER = "not_a_number"
    NOT_HOURS = "not_hours"
    HOURS_CROSS = "hours_cross"
    NOT_LANGUAGES = "not_languages"


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """`key` is 0 for a new one."""

    key: int
    number: str
    extension: str = ""
    kind: str = PhoneKind.VOICE.value
    description: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place by its key; `texts` are those of PLACE_TEXTS. Key 0 is a place that is not there yet."""

    key: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """All of a service that staff may edit. `hours_read` are hours that only a person can read."""

    texts: Mapping[str, str]
    status: str
    confidential: bool
    phones: tuple[PhoneRow, ...] = ()
    languages: tuple[Spoken, ...] = ()
    hours: tuple[Interval, ...] = ()
    hours_read: str = ""
    places: tuple[PlaceRow, ...] = ()


@dataclass
class Read:
    """`wrong` has a sentence for each field that cannot be used; `content` is good where it is empty."""

    content: Content
    wrong: dict[str, Wrong] = field(default_factory=dict[str, Wrong])


def form_of(content: Content) -> dict[str, str]:
    form = {name: content.texts.get(name, "") for name in TEXTS}
    form |= {"status": content.status, "confidential": "1" if content.confidential else ""}
    form["languages"] = told_languages(content.languages)
    for place, row in enumerate(content.phones):
        form |= {f"phone_{place}_key": str(row.key)}
        form |= {f"phone_{place}_{name}": str(getattr(row, name)) for name in PHONE_TEXTS}
    form |= {f"hours_{day}": told_day(content.hours, day) for day in range(7)}
    form["hours_text"] = content.hours_read
    for row in content.places:
        key = row.key or NEW_PLACE
        form |= {f"place_{key}_{name}": row.texts.get(name, "") for name in PLACE_TEXTS}
    return form


def told_languages(spoken: Iterable[Spoken]) -> str:
    return ", ".join(f"{one.name} ({one.note})" if one.note else one.name for one in spoken)


def read_form(form: Mapping[str, str], before: Content) -> Read:
    """What was typed, over what is kept: a place or number that `before` does not have is never taken by its key."""
    wrong: dict[str, Wrong] = {}
    content = Content(
        texts=_texts(form, wrong),
        status=_status(form, wrong),
        confidential=form.get("confidential") == "1",
        phones=_phones(form, before, wrong),
        languages=_languages(form, before, wrong),
        hours=_hours(form, wrong),
        hours_read=form.get("hours_text", "")[:LONGEST_TEXT],
        places=_places(form, before, wrong),
    )
    return Read(content, wrong)


def _texts(form: Mapping[str, str], wrong: dict[str, Wrong]) -> dict[str, str]:
    texts = {name: form.get(name, "") for name in TEXTS}
    if texts["website"] and "//" not in texts["website"]:
        texts["website"] = f"https://{texts['website']}"
    wrong |= {name: Wrong.TOO_LONG for name, text in texts.items() if len(text) > LONGEST.get(name, LONGEST_TEXT)}
    if not texts["name"]:
        wrong["name"] = Wrong.NEEDED
    if texts["website"] and not _is_web_address(texts["website"]):
        wrong["website"] = Wrong.NOT_AN_ADDRESS
    return texts


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"\s", text)
    except ValueError:
        return False


def _status(form: Mapping[str, str], wrong: dict[str, Wrong]) -> str:
    status = form.get("status", "")
    if status not in set(Status):
        wrong["status"] = Wrong.NOT_A_STATE
    return status


def _phones(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong]) -> tuple[PhoneRow, ...]:
    """A row whose number is empty is gone; a number that was there is not read again."""
    kept = {row.key: row for row in before.phones}
    found: list[PhoneRow] = []
    for place in range(MOST_PHONES):
        number, extension, kind, description = (form.get(f"phone_{place}_{name}", "") for name in PHONE_TEXTS)
        if not number:
            continue
        key = form.get(f"phone_{place}_key", "")
        old = kept.get(int(key)) if key.isascii() and key.isdigit() else None
        row = PhoneRow(old.key if old else 0, number, extension[:16], kind, description[:LONGEST_TEXT])
        if old is None or old.number != number:
            row = PhoneRow(row.key, tidy(number) if len(number) <= LONGEST["number"] else "", *_rest(row))
        if not row.number or kind not in set(PhoneKind):
            wrong[f"phone_{place}_number"] = Wrong.NOT_A_NUMBER
        found.append(row)
    return tuple(found)


def _rest(row: PhoneRow) -> tuple[str, str, str]:
    return row.extension, row.kind, row.description


def _languages(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong]) -> tuple[Spoken, ...]:
    typed = form.get("languages", "")
    if typed == told_languages(before.languages):
        return before.languages
    read = read_languages(typed) if typed else None
    if read and (read.interpretation or not read.spoken or len(typed) > LONGEST_TEXT):
        wrong["languages"] = Wrong.NOT_LANGUAGES
    return tuple(dict.fromkeys(read.spoken)) if read else ()


def _hours(form: Mapping[str, str], wrong: dict[str, Wrong]) -> tuple[Interval, ...]:
    lines = [(day, form.get(f"hours_{day}", "")) for day in range(7)]
    for day, typed in lines:
        try:
            read_day(day, typed)
        except NotHoursError:
            wrong[f"hours_{day}"] = Wrong.NOT_HOURS
    try:
        return read_week(lines)
    except NotHoursError:
        if not any(f"hours_{day}" in wrong for day in range(7)):
            wrong["hours_0"] = Wrong.HOURS_CROSS
        return ()


def _places(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong]) -> tuple[PlaceRow, ...]:
    """The places there are; a new one where the service has none and an address was typed."""
    found = [PlaceRow(row.key, _place_texts(form, str(row.key), wrong)) for row in before.places if row.key]
    if not found:
        texts = _place_texts(form, NEW_PLACE, wrong)
        return (PlaceRow(0, texts),) if any(texts.values()) else ()
    return tuple(found)


def _place_texts(form: Mapping[str, str], key: str, wrong: dict[str, Wrong]) -> dict[str, str]:
    texts = {name: form.get(f"place_{key}_{name}", "") for name in PLACE_TEXTS}
    wrong |= {f"place_{key}_{name}": Wrong.TOO_LONG for name, text in texts.items() if len(text) > LONGEST_TEXT}
    return texts


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """Names of what differs: fields of TEXTS, and the other parts of Content."""
    texts = tuple(name for name in TEXTS if before.texts.get(name, "") != after.texts.get(name, ""))
    parts = ("status", "confidential", "phones", "languages", "hours", "hours_read", "places")
    return texts + tuple(part for part in parts if getattr(before, part) != getattr(after, part))
