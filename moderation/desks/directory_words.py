"""The words of the directory desk: above its fields, after an act, beside a field that cannot be saved."""

from __future__ import annotations

from typing import Any

from moderation.actions.services import HOW, LONGEST_REASON
from server.resources.review import PhoneKind, Shown, Status, Unseen, Wrong, longest
from server.resources.terms import Facet, Outcome, Police
from server.web import N_

SHOWN_WORDS = {
    Shown.UNCHECKED: N_("To check"),
    Shown.CURRENT: N_("Current"),
    Shown.RETIRED: N_("Retired"),
    Shown.ALL: N_("All"),
}
STATUS_WORDS = {
    Status.ACTIVE: N_("open"),
    Status.INACTIVE: N_("not offered now"),
    Status.DEFUNCT: N_("closed for good"),
    Status.TEMPORARILY_CLOSED: N_("closed for some time"),
}
PHONE_WORDS = {
    PhoneKind.VOICE: N_("voice"),
    PhoneKind.TEXT: N_("text messages"),
    PhoneKind.FAX: N_("fax"),
    PhoneKind.TTY: N_("TTY (typed)"),
}
HOW_WORDS = dict(
    zip(HOW, (N_("I called them"), N_("I was there"), N_("I wrote, they answered"), N_("Their website")), strict=True)
)
HOW_SAID = dict(
    zip(HOW, (N_("by telephone"), N_("on the spot"), N_("in writing"), N_("from their website")), strict=True)
)
WRONG_WORDS = {
    Wrong.NEEDED: N_("Please give the service a name."),
    Wrong.TOO_LONG: N_("This is too long. At most %(most)s letters fit here."),
    Wrong.NOT_A_STATE: N_("Please choose one from the list."),
    Wrong.NOT_AN_ADDRESS: N_("An internet address begins with https:// and has no spaces."),
    Wrong.NOT_A_NUMBER: N_("This is not a telephone number."),
    Wrong.NOT_A_SHORT_NUMBER: N_("This number is too short. Short numbers have three to six digits."),
    Wrong.NOT_HOURS: N_("Hours are written like 09:00-12:00, 13:00-17:00."),
    Wrong.HOURS_CROSS: N_("A night here runs into the hours of the next morning."),
    Wrong.NOT_LANGUAGES: N_("A language here is not known. Put commas between languages."),
    Wrong.NOT_AN_EMAIL: N_("An e-mail address looks like name@example.org."),
    Wrong.NOT_AN_AGE: N_("An age is a number from 0 to 120."),
    Wrong.AGES_CROSS: N_("The youngest age is higher than the oldest."),
    Wrong.NOT_A_DAY: N_("A day is written like 2026-12-24."),
    Wrong.NOT_A_NEAR_DAY: N_("Please give a day from today on, at most five years ahead."),
}
PART_WORDS = {
    "name": N_("Name"),
    "alternate_name": N_("Other name"),
    "description": N_("Description"),
    "website": N_("Website"),
    "email": N_("E-mail"),
    "chat": N_("Chat"),
    "documents": N_("What to bring"),
    "fees": N_("Fees"),
    "eligibility": N_("Who it is for"),
    "application_process": N_("How to begin"),
    "wait_time": N_("Waiting time"),
    "interpretation": N_("Interpreters"),
    "accessibility": N_("Access without barriers"),
    "status": N_("State"),
    "police": N_("What does it do about the police?"),
    "minimum_age": N_("Youngest age"),
    "maximum_age": N_("Oldest age"),
    "facet": N_("What to know before"),
    "facets": N_("What to know before"),
    "undocumented_told": N_("Whether we may tell that people without papers are served"),
    "shared": N_("Whether it may be passed on"),
    "ours": N_("Whether we run it ourselves"),
    "full": N_("Whether it has room"),
    "closed_until": N_("Closed until"),
    "confidential": N_("The place is confidential"),
    "phone": N_("Telephone numbers"),
    "phones": N_("Telephone numbers"),
    "languages": N_("Languages spoken"),
    "hours": N_("Opening hours"),
    "hours_read": N_("Opening hours"),
    "place": N_("Address"),
    "places": N_("Address"),
}
POLICE_WORDS = {
    "": N_("nobody asked yet"),
    Police.NEVER: N_("never tells the police"),
    Police.IF_ASKED: N_("tells the police only if the person asks"),
    Police.DUTY: N_("has to tell the police in some cases, by law"),
    Police.IS_POLICE: N_("is the police"),
}
FACET_WORDS = {
    Facet.NO_ID: N_("no papers needed"),
    Facet.UNDOCUMENTED: N_("serves people without papers"),
    Facet.NO_POLICE_REPORT: N_("no police report needed"),
    Facet.FREE: N_("free of charge"),
    Facet.WOMEN: N_("women"),
    Facet.MEN: N_("men"),
    Facet.EVERYONE: N_("everyone"),
    Facet.TRANS: N_("says that trans people are welcome"),
    Facet.MINORS: N_("people under 18"),
    Facet.FAMILIES: N_("families with children"),
    Facet.PETS: N_("pets may come"),
    Facet.LABOUR: N_("forced work"),
    Facet.DOMESTIC: N_("forced work in a home"),
    Facet.SEXUAL: N_("forced sex"),
    Facet.CRIME: N_("forced crime"),
    Facet.MARRIAGE: N_("forced marriage"),
    Facet.BEGGING: N_("forced begging"),
    Facet.REMOTE: N_("by telephone or internet"),
    Facet.NATIONAL: N_("for the whole country"),
    Facet.WHEELCHAIR: N_("for wheelchairs"),
    Facet.INTERPRETERS: N_("has interpreters"),
}
FACET_GROUPS = (
    (N_("Needed or not"), (Facet.NO_ID, Facet.NO_POLICE_REPORT, Facet.FREE, Facet.UNDOCUMENTED)),
    (
        N_("Who may come"),
        (Facet.WOMEN, Facet.MEN, Facet.EVERYONE, Facet.TRANS, Facet.MINORS, Facet.FAMILIES, Facet.PETS),
    ),
    (
        N_("Knows about"),
        (Facet.LABOUR, Facet.DOMESTIC, Facet.SEXUAL, Facet.CRIME, Facet.MARRIAGE, Facet.BEGGING),
    ),
    (N_("How"), (Facet.REMOTE, Facet.NATIONAL, Facet.WHEELCHAIR, Facet.INTERPRETERS)),
)
OUTCOME_WORDS = {
    Outcome.RIGHT: N_("All was right"),
    Outcome.CHANGED: N_("Put right and checked"),
    Outcome.GONE: N_("It is gone"),
    Outcome.DROPPED: N_("The check was lost by a change"),
}
DAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
PLACE_WORDS = {
    "address_1": N_("Street and number"),
    "address_2": N_("Floor, building"),
    "city": N_("Town"),
    "state_province": N_("State or province"),
    "postal_code": N_("Postal code"),
    "country": N_("Country"),
    "transportation": N_("How to get there"),
}
SAID_WORDS = {
    "saved": N_("Saved."),
    "unchecked": N_("Saved. It has to be checked again, because a way to reach it changed."),
    "already": N_("You saved this already."),
    "nothing": N_("Nothing was different, so nothing was saved."),
    "verified": N_("Written down as checked today."),
    "saved_verified": N_("Saved, and written down as checked today."),
    "retired": N_("Retired. Nobody finds it any more."),
    "back": N_("Brought back."),
    "full": N_("Saved. Members see that it has no room."),
    "room": N_("Saved. Members see that it has room again."),
}
WITHHELD = N_("What reads like an address was taken out, because the place is confidential.")
ALSO_HIDDEN = N_("The other services you chose are confidential now too.")
UNSEEN_WORDS = {
    Unseen.RETIRED: N_("People cannot find it now, because it is retired."),
    Unseen.NOT_OPEN: N_("People cannot find it now, because it is not open."),
    Unseen.UNCHECKED: N_("People cannot find it now, because nobody has checked it."),
}
CARRIED = N_("You are signed in again. Nothing was saved yet. Please look through it, then save.")
TOO_LATE = N_("This page has waited too long, so nothing was saved. Please type it again.")


def label_of(field: str) -> str:
    """The label that stands above a field."""
    kind, _, rest = field.partition("_")
    if kind == "hours" and rest.isdigit():
        return DAYS[int(rest)]
    if kind == "place":
        return PLACE_WORDS.get(rest.partition("_")[2], PART_WORDS["place"])
    return PART_WORDS.get(field) or PART_WORDS.get(kind, field)


WORDS: dict[str, Any] = {
    "label_of": label_of,
    "shown_words": SHOWN_WORDS,
    "status_words": STATUS_WORDS,
    "phone_words": PHONE_WORDS,
    "how_words": HOW_WORDS,
    "how_said": HOW_SAID,
    "wrong_words": WRONG_WORDS,
    "part_words": PART_WORDS,
    "place_words": PLACE_WORDS,
    "said_words": SAID_WORDS,
    "days": DAYS,
    "longest_reason": LONGEST_REASON,
    "longest": longest,
    "unseen_words": UNSEEN_WORDS,
    "withheld_words": WITHHELD,
    "police_words": POLICE_WORDS,
    "facet_words": FACET_WORDS,
    "facet_groups": FACET_GROUPS,
    "outcome_words": OUTCOME_WORDS,
    "also_words": ALSO_HIDDEN,
}
