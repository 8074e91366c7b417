"""One service as the flat form that staff edit, and the form read back: what cannot be read is said field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import phonenumbers

from server.resources.hours_reading import Interval
from server.resources.language_reading import Spoken, read_languages
from server.resources.phone_reading import Number, read_numbers
from server.resources.service_facts import PARTS as FACT_PARTS
from server.resources.service_facts import Facts, Wrong, changed_facts, form_of_facts, read_facts
from server.resources.terms import PhoneKind, Status
from server.resources.typed_week import NotHoursError, read_day, read_week, told_day

TEXTS = (
    "name",
    "alternate_name",
    "description",
    "website",
    "email",
    "chat",
    "fees",
    "eligibility",
    "application_process",
    "documents",
    "wait_time",
    "interpretation",
    "accessibility",
)
PLACE_TEXTS = ("address_1", "address_2", "city", "state_province", "postal_code", "country", "transportation")
PHONE_TEXTS = ("number", "extension", "kind", "description")
LONGEST = {
    "name": 300,
    "alternate_name": 300,
    "website": 500,
    "email": 254,
    "chat": 500,
    "documents": 2000,
    "languages": 2000,
} | {
    "minimum_age": 3,
    "maximum_age": 3,
    "closed_until": 10,
}
LONGEST_OF_PHONE = {"number": 64, "extension": 16, "description": 500}
LONGEST_OF_PLACE = {"transportation": 2000}
LONGEST_LINE = 200
LONGEST_TEXT = 8000
MOST_PHONES = 20
MOST_PLACES = 8
ONE_LINE = {"name", "alternate_name", "website", "email", "chat", "languages"}
NEW_PLACE = "new"
SHORTEST_NUMBER = 7
EMAIL = re.compile(r"|[^@\s]+@[^@\s]+\.[^@\s.]+")
POSSIBLE = (phonenumbers.ValidationResult.IS_POSSIBLE, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


def longest(field: str) -> int:
    """How many characters a field of the form takes; all of them together stay below what the desk reads at once."""
    kind, _, rest = field.partition("_")
    part = rest.partition("_")[2]
    if kind == "phone":
        return LONGEST_OF_PHONE.get(part, LONGEST_LINE)
    if kind == "place":
        return LONGEST_OF_PLACE.get(part, LONGEST_LINE)
    return LONGEST_LINE if kind == "hours" and rest.isdigit() else LONGEST.get(field, LONGEST_TEXT)


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
    facts: Facts = field(default_factory=Facts)


@dataclass
class Read:
    """`wrong` has a reason for each field that cannot be used; `content` is good where it is empty.

    `places` are as they were typed, also where the place is secret and `content` keeps none of them. `withheld` says
    that something that reads like an address was taken out of what was typed.
    """

    content: Content
    wrong: dict[str, Wrong] = field(default_factory=dict[str, Wrong])
    places: tuple[PlaceRow, ...] = ()
    withheld: bool = False


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
    return form | form_of_facts(content.facts)


def told_languages(spoken: Iterable[Spoken]) -> str:
    return ", ".join(f"{one.name} ({one.note})" if one.note else one.name for one in spoken)


def read_form(form: Mapping[str, str], before: Content, country: str = "") -> Read:
    """What was typed, over what is kept. `country` is where a number without its country is dialled.

    What was not typed anew is not judged: an old value may be odd. What the form does not name stays as it is, and a
    place or number that `before` does not have is never taken by its key.
    """
    wrong: dict[str, Wrong] = {}
    content = Content(
        texts=_texts(form, before, wrong),
        status=_status(form, wrong),
        confidential=form.get("confidential") == "1",
        phones=_phones(form, before, wrong, country),
        languages=_languages(form, before, wrong),
        hours=_hours(form, before, wrong),
        hours_read=_typed(form, "hours_text", before.hours_read, wrong),
        places=_places(form, before, wrong),
        facts=read_facts(form, before.facts, wrong),
    )
    return Read(content, wrong, content.places)


def _typed(form: Mapping[str, str], name: str, before: str, wrong: dict[str, Wrong]) -> str:
    """A browser takes line breaks out of a short field, and a form spaces: that alone is no change."""
    typed = form.get(name, before)
    short = name in ONE_LINE or name.startswith(("phone_", "place_"))
    if typed == before.strip() or (short and typed in (" ".join(before.split()), before.replace("\n", "").strip())):
        return before
    if len(typed) > longest(name):
        wrong[name] = Wrong.TOO_LONG
    return typed


def _texts(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong]) -> dict[str, str]:
    texts = {name: _typed(form, name, before.texts.get(name, ""), wrong) for name in TEXTS}
    if not texts["name"]:
        wrong["name"] = Wrong.NEEDED
    for name in ("website", "chat"):
        if texts[name] != before.texts.get(name, ""):
            texts[name] = _web_address(name, texts[name], wrong)
    if texts["email"] != before.texts.get("email", "") and not EMAIL.fullmatch(texts["email"]):
        wrong.setdefault("email", Wrong.NOT_AN_EMAIL)
    return texts


def _web_address(name: str, typed: str, wrong: dict[str, Wrong]) -> str:
    whole = typed if "//" in typed or not typed else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"\s", whole)
    except ValueError:
        good = False
    if whole and not good:
        wrong.setdefault(name, Wrong.NOT_AN_ADDRESS)
    return whole


def _status(form: Mapping[str, str], wrong: dict[str, Wrong]) -> str:
    status = form.get("status", "")
    if status not in set(Status):
        wrong["status"] = Wrong.NOT_A_STATE
    return status


def _phones(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong], country: str) -> tuple[PhoneRow, ...]:
    """A row that is emptied is gone, one that the form does not show stays, new ones stand at the end."""
    shown = {form.get(f"phone_{at}_key", ""): at for at in range(MOST_PHONES) if f"phone_{at}_number" in form}
    rows = [(shown.get(str(row.key)), row) for row in before.phones]
    found = [row if at is None else _phone(form, at, row, wrong) for at, row in rows]
    known = {str(row.key) for row in before.phones}
    fresh = [at for at in range(MOST_PHONES) if form.get(f"phone_{at}_key", "") not in known]
    found += [_phone(form, at, PhoneRow(0, ""), wrong) for at in fresh]
    _judge_numbers(form, before, wrong, country)
    return tuple(row for row in found if row.number)


def _judge_numbers(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong], country: str) -> None:
    """Each number that was typed anew, and is one, could be dialled."""
    kept = {row.number.strip() for row in before.phones}
    for at in range(MOST_PHONES):
        name = f"phone_{at}_number"
        typed = form.get(name, "")
        number = _number_in(typed) if typed and typed not in kept else None
        if number and name not in wrong and (reason := _fault_of(number.number, country)):
            wrong[name] = reason


def _fault_of(number: str, country: str) -> Wrong | None:
    """Short codes (911, 116016, *55) are in no plan of numbers: they pass by their shape."""
    if re.fullmatch(r"\*\d{2,6}|\d{3,6}#?", number):
        return None
    if len(re.sub(r"\D", "", number)) < SHORTEST_NUMBER:
        return Wrong.NOT_A_SHORT_NUMBER
    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        # without a country the digits are all there is to judge by
        return None if not country and not number.startswith("+") else Wrong.NOT_A_NUMBER
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    return None if possible in POSSIBLE else Wrong.NOT_A_NUMBER


def _phone(form: Mapping[str, str], at: int, before: PhoneRow, wrong: dict[str, Wrong]) -> PhoneRow:
    """What was typed beside a number goes where it belongs: 305-555-0100 ext 12."""
    number = _typed(form, f"phone_{at}_number", before.number, wrong)
    kind = form.get(f"phone_{at}_kind", before.kind)
    extension = _typed(form, f"phone_{at}_extension", before.extension, wrong)
    description = _typed(form, f"phone_{at}_description", before.description, wrong)
    if kind not in set(PhoneKind) and kind != before.kind:
        wrong[f"phone_{at}_kind"] = Wrong.NOT_A_STATE
    if number and number != before.number:
        found = _number_in(number)
        if found is None:
            wrong.setdefault(f"phone_{at}_number", Wrong.NOT_A_NUMBER)
        else:
            number, extension = found.number, extension or found.extension
            description = description or found.description
    return PhoneRow(before.key, number, extension, kind, description)


def _number_in(typed: str) -> Number | None:
    """None where it is none, or several. A short code is one however it is spaced: 116 016."""
    if re.fullmatch(r"\d+(?: \d+)*", typed) and len(typed.replace(" ", "")) < SHORTEST_NUMBER:
        return Number(typed.replace(" ", ""))
    found = read_numbers(typed).numbers
    # where a plus was typed and is not of the number, only a part of it was understood
    whole = len(found) == 1 and ("+" not in typed or found[0].number.startswith("+"))
    return found[0] if whole else None


def _languages(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong]) -> tuple[Spoken, ...]:
    told = told_languages(before.languages)
    typed = _typed(form, "languages", told, wrong)
    if typed == told:
        return before.languages
    read = read_languages(typed) if typed else None
    if read and (read.interpretation or not read.spoken):
        wrong["languages"] = Wrong.NOT_LANGUAGES
    return tuple(dict.fromkeys(read.spoken)) if read else ()


def with_told_hours(form: Mapping[str, str]) -> dict[str, str]:
    """The same form with its week as a form of what is kept would show it; a week that cannot be read stays."""
    lines = [(day, form[f"hours_{day}"]) for day in range(7) if f"hours_{day}" in form]
    try:
        week = read_week(lines)
    except NotHoursError:
        return dict(form)
    return {**form, **{f"hours_{day}": told_day(week, day) for day, _ in lines}}


def _hours(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong]) -> tuple[Interval, ...]:
    told = [(day, told_day(before.hours, day)) for day in range(7)]
    lines = [(day, form.get(f"hours_{day}", line)) for day, line in told]
    if lines == told:
        return before.hours
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
        return before.hours


def _places(form: Mapping[str, str], before: Content, wrong: dict[str, Wrong]) -> tuple[PlaceRow, ...]:
    """The places there are; a new one where the service has none and an address was typed."""
    if before.places:
        return tuple(PlaceRow(row.key, _place_texts(form, str(row.key), row.texts, wrong)) for row in before.places)
    texts = _place_texts(form, NEW_PLACE, {}, wrong)
    return (PlaceRow(0, texts),) if any(texts.values()) else ()


def _place_texts(
    form: Mapping[str, str], key: str, before: Mapping[str, str], wrong: dict[str, Wrong]
) -> dict[str, str]:
    return {name: _typed(form, f"place_{key}_{name}", before.get(name, ""), wrong) for name in PLACE_TEXTS}


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """Names of what differs: fields of TEXTS, and the other parts of Content."""
    texts = tuple(name for name in TEXTS if before.texts.get(name, "") != after.texts.get(name, ""))
    parts = ("status", "confidential", "phones", "languages", "hours", "hours_read", "places")
    others = tuple(part for part in parts if getattr(before, part) != getattr(after, part))
    return texts + others + changed_facts(before.facts, after.facts)


PARTS = (*TEXTS, "status", "confidential", "phones", "languages", "hours", "hours_read", "places", *FACT_PARTS)
