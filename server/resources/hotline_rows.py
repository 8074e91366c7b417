"""The shipped rows -> typed lines. Nothing is guessed: without a number, a name or hours in the row there is none.

The first word of `confidence` counts, a stated conflict makes high medium, and low is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from server.errors import N_
from server.resources.dialling import number_of, numbers_of, words_to_send
from server.resources.hotline_hours import week_told
from server.resources.hotlines import ALL_SERVICES, Channel, ChannelKind, Confidence, Cost, Line, LineKind
from server.resources.opening_hours import ALWAYS

THREE_SERVICES = {"police", "ambulance", "fire"}


def lines_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Line, ...]]:
    """Rows of either shipped file, by country. Rows of low confidence are left out."""
    book: dict[str, list[Line]] = {}
    for row in rows:
        if confidence_of(row) is not Confidence.LOW:
            book.setdefault(row["country_code"], []).extend(_lines_of_row(row))
    return {country: tuple(lines) for country, lines in book.items()}


def confidence_of(row: Mapping[str, Any]) -> Confidence:
    """A word that is none of the three counts as low: what is not understood is withheld."""
    first = row["confidence"].split()[0].strip(",;:.").lower()
    if first not in set(Confidence):
        return Confidence.LOW
    said = " ".join(str(row.get(name) or "") for name in ("confidence", "hours", "note")).lower()
    return Confidence.MEDIUM if first == Confidence.HIGH and "conflict" in said else Confidence(first)


def _lines_of_row(row: Mapping[str, Any]) -> list[Line]:
    """The line, then each line of somebody else that the row names beside it."""
    beside: Mapping[str, str] = row.get("channels") or row.get("other_channels") or {}
    main = _line(row, beside)
    others = [_companion(main, COMPANIONS[key], text) for key, text in beside.items() if key in COMPANIONS]
    return [main, *others]


def _line(row: Mapping[str, Any], beside: Mapping[str, str]) -> Line:
    kind, for_whom = _kind_of(row)
    name = (row.get("name") or "").split(" (ANITP", 1)[0]
    numbers = [number_of(text) for text in row["numbers"]]
    numbers += [n for key in MORE_NUMBERS if key in beside for n in numbers_of(beside[key])]
    return Line(
        country=row["country_code"],
        kind=kind,
        name="" if kind is LineKind.EMERGENCY else name,
        for_whom=for_whom,
        numbers=tuple(numbers),
        confidence=confidence_of(row),
        channels=_channels(beside),
        duties=_duties(row.get("services") or {}),
        week=week_told(row["hours"]),
        hours_read=row["hours"] or "",
        languages_read=row["languages"] or "",
        cost=_cost(row.get("cost") or "", row["note"]),
        off_the_bill="does not show on the bill" in row["note"],
        sources=tuple(row["sources"]),
    )


SCOPES = {
    "domestic violence": (LineKind.VICTIMS, N_("anyone hurt by a partner or family")),
    "sexual assault": (LineKind.VICTIMS, N_("anyone forced into sex, or touched without wanting it")),
    "violence against women incl. trafficking": (LineKind.TRAFFICKING, N_("women who are hurt, controlled or used")),
    "trafficking (referral by professionals)": (LineKind.TRAFFICKING, N_("mostly professionals who refer somebody")),
    "human-rights violations incl. trafficking": (LineKind.TRAFFICKING, N_("anyone whose rights are broken")),
    "social assistance incl. trafficking": (LineKind.TRAFFICKING, N_("anyone who needs help from the state")),
    "children in distress incl. trafficking": (LineKind.CHILDREN, N_("anyone under 18")),
}
FOR_TRAFFICKING = N_("anyone whose work, money, papers or movement somebody controls")
FOR_POLICE = N_("anyone who wants to report something to the police")
FOR_WHOM = {
    "anyone in immediate danger": N_("anyone in danger now"),
    "anyone in emotional distress or having thoughts of suicide": N_("anyone who feels very bad or thinks of dying"),
    "people with thoughts of suicide and those close to them": N_(
        "anyone who thinks of dying, and those close to them"
    ),
    "people in distress, relatives, bereaved people, professionals": N_("anyone who feels very bad"),
    "adults in emotional crisis": N_("adults who feel very bad"),
    "children and young people": N_("children and young people"),
    "young people": N_("young people"),
    "under 18": N_("anyone under 18"),
    "up to 18": N_("anyone up to 18"),
    "under 19": N_("anyone under 19"),
    "children in need of help": N_("children who need help"),
    "children, young people and parents": N_("children, young people and parents"),
    "victims of any crime": N_("anyone harmed by a crime"),
    "victims and witnesses of crime, incl. gender-based violence": N_("anyone harmed by a crime or who saw one"),
    "women and child victims of violence, abuse and trafficking in Dubai": N_(
        "women and children who are hurt, in Dubai"
    ),
    "victims of abuse, neglect and domestic violence, children, people in distress": N_(
        "anyone hurt at home or very low"
    ),
    "LGBTQ+ young people": N_("LGBTQ+ young people"),
    "young people aged 5 to 25": N_("anyone aged 5 to 25"),
    "children and students under 25": N_("children, and students under 25"),
    "children, and adults reporting harm to a child": N_("children, and adults worried about a child"),
    "children in danger up to 21, and anyone worried about a child": N_(
        "anyone up to 21 in danger, and anyone worried about a child"
    ),
    "children exposed to violence, abuse and neglect, and adults worried about them": N_(
        "children who are hurt, and adults worried about them"
    ),
    "children, young people and women harmed online": N_("children, young people and women hurt online"),
    "under 35 with thoughts of suicide, and people worried about them": N_(
        "anyone under 35 who thinks of dying, and anyone worried about them"
    ),
    "anyone, for themselves or someone close: distress, suicidal thoughts, gender violence, substance use": N_(
        "anyone who feels very bad, and those close to them"
    ),
    "young people who ran away or think of it, and families": N_(
        "young people who ran away or think of it, and families"
    ),
}


def _kind_of(row: Mapping[str, Any]) -> tuple[LineKind, str]:
    """The type of a row and whom it is for, in our words; for a sentence we have none for, as read."""
    if "kind" in row:
        said: str = row["for_whom"]
        return LineKind(row["kind"]), FOR_WHOM.get(said, said)
    scope: str = row["scope"]
    if "police" in scope:
        return LineKind.POLICE, FOR_POLICE
    if "traffick" in scope and scope not in SCOPES:
        return LineKind.TRAFFICKING, FOR_TRAFFICKING
    return SCOPES.get(scope, (LineKind.VICTIMS, scope))


COMPANIONS = {
    "la_strada": ("La Strada", LineKind.TRAFFICKING, FOR_TRAFFICKING),
    "animus": ("Animus", LineKind.VICTIMS, N_("anyone hurt by somebody")),
    "salvation_army": ("Salvation Army", LineKind.TRAFFICKING, FOR_TRAFFICKING),
    "anti_slavery_australia": (
        "Anti-Slavery Australia",
        LineKind.TRAFFICKING,
        N_("anyone who wants free legal advice"),
    ),
    "women": ("Ligue 180", LineKind.VICTIMS, N_("women who are hurt")),
}
MORE_NUMBERS = ("regional",)


EMPTIED: Mapping[str, Any] = {
    "channels": (), "hours_read": "", "languages_read": "", "cost": Cost.UNKNOWN, "off_the_bill": False,
}  # fmt: skip


def _companion(main: Line, who: tuple[str, LineKind, str], text: str) -> Line:
    """A line of another body named in the row of `main`: its own type, the same source, nothing else taken over."""
    name, kind, for_whom = who
    week = ALWAYS if "24/7" in text else ()
    return replace(main, **EMPTIED, kind=kind, name=name, for_whom=for_whom, numbers=numbers_of(text), week=week)


CHANNELS = {
    "text": ChannelKind.TEXT,
    "sms": ChannelKind.TEXT,
    "chat": ChannelKind.CHAT,
    "whatsapp": ChannelKind.WHATSAPP,
    "telegram": ChannelKind.TELEGRAM,
    "email": ChannelKind.EMAIL,
    "form": ChannelKind.FORM,
    "webform": ChannelKind.FORM,
    "tty": ChannelKind.TEXT_PHONE,
    "sign_language": ChannelKind.SIGN_LANGUAGE,
}
BY_NUMBER = {ChannelKind.TEXT, ChannelKind.WHATSAPP, ChannelKind.TEXT_PHONE}


def _channels(beside: Mapping[str, str]) -> tuple[Channel, ...]:
    """Each address once: a chat and a form on one page are one way."""
    found: dict[str, Channel] = {}
    for key, text in beside.items():
        if key in CHANNELS:
            channel = _channel(CHANNELS[key], text)
            found.setdefault(channel.address or key, channel)
    return tuple(found.values())


def _channel(kind: ChannelKind, text: str) -> Channel:
    if kind in BY_NUMBER:
        number = number_of(text)
        if "pages read" in number.after:  # a note of whoever collected the rows, for nobody who needs the number
            number = replace(number, after="")
        return Channel(kind, number if number.dial else None, "", words_to_send(text), text == "same number")
    first = text.split()[0]
    if "." not in first:
        return Channel(kind)
    if kind is ChannelKind.EMAIL and "@" not in first:
        kind = ChannelKind.FORM
    return Channel(kind, None, first.removeprefix("https://"))


def _duties(services: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    duties: dict[str, list[str]] = {}
    for duty, numbers in services.items():
        for number in numbers:
            duties.setdefault(number_of(number).dial, []).append(duty)
    return {
        dial: tuple(ALL_SERVICES) if set(named) >= THREE_SERVICES else tuple(named) for dial, named in duties.items()
    }


def _cost(said: str, note: str) -> Cost:
    if "surtaxed" in note.lower():
        return Cost.EXTRA
    if said.startswith("free") or note.startswith("Free and anonymous"):
        return Cost.FREE
    charged = said.startswith("charged") or "ordinary call charge" in said or "charged as mobile" in note
    return Cost.CHARGED if charged else Cost.UNKNOWN
