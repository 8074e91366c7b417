"""The directory desk: find a service, edit it, say that it was checked, retire it, bring it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from moderation import actions, store
from moderation.actions.services import HOW, LONGEST_REASON, NotReadable, Seen
from moderation.gate import who_acts
from moderation.screen import desk_page, go_to
from moderation.stale_edit import marks, merged, parts_of, read_marks, written
from server.errors import BadInput
from server.resources import review
from server.resources.review import MOST_PHONES, MOST_PLACES, NEW_PLACE, PhoneKind, Shown, Stale, Status, Whole, Wrong
from server.web import N_, clock, form_of, token_of

LAST_LINES = 5
EMPTY_PHONES = 1
PHONE_FIELD = re.compile(r"phone_(\d{1,2})_(?:number|key)")

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
    Wrong.TOO_LONG: N_("This is too long."),
    Wrong.NOT_A_STATE: N_("Please choose one from the list."),
    Wrong.NOT_AN_ADDRESS: N_("An internet address begins with https:// and has no spaces."),
    Wrong.NOT_A_NUMBER: N_("This is not a telephone number."),
    Wrong.NOT_HOURS: N_("Hours are written like 09:00-12:00, 13:00-17:00."),
    Wrong.HOURS_CROSS: N_("A night here runs into the hours of the next morning."),
    Wrong.NOT_LANGUAGES: N_("A language here is not known. Put commas between languages."),
}
PART_WORDS = {
    "name": N_("Name"),
    "alternate_name": N_("Other name"),
    "description": N_("Description"),
    "website": N_("Website"),
    "fees": N_("Fees"),
    "eligibility": N_("Who it is for"),
    "application_process": N_("How to begin"),
    "wait_time": N_("Waiting time"),
    "interpretation": N_("Interpreters"),
    "accessibility": N_("Access without barriers"),
    "status": N_("State"),
    "confidential": N_("The place is confidential"),
    "phone": N_("Telephone numbers"),
    "phones": N_("Telephone numbers"),
    "languages": N_("Languages spoken"),
    "hours": N_("Opening hours"),
    "hours_read": N_("Opening hours"),
    "place": N_("Address"),
    "places": N_("Address"),
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
    "nothing": N_("Nothing was different, so nothing was saved."),
    "verified": N_("Written down as checked today."),
    "retired": N_("Retired. Nobody finds it any more."),
    "back": N_("Brought back. It can be found again."),
}


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
}


# --- finding


async def read_found(request: Request) -> Response:
    asked = _asked(token_of(request))
    shown = Shown(asked["shown"])
    found = await review.find(asked["words"], shown, asked["page"], clock(request).date())
    return desk_page(request, "directory/services.html", found=found, asked=asked, shown=shown, **WORDS)


async def send_words(request: Request) -> Response:
    form = await form_of(request)
    words, shown = form.get("words", "")[: review.LONGEST_WORDS], form.get("shown", "")
    return go_to(request, "directory:find", token=_asked({"words": words, "shown": shown}))


def _asked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What a list is about, whole, whatever the token left out."""
    shown = payload.get("shown", "")
    return {
        "words": str(payload.get("words", "")),
        "shown": shown if shown in set(Shown) else Shown.CURRENT.value,
        "page": max(1, int(payload.get("page", 1))),
    }


# --- one service


async def read_service(request: Request) -> Response:
    whole = await _whole(request)
    said = token_of(request).get("said", "")
    return await _service_page(request, whole, 200, form=whole.form, said=said)


async def _whole(request: Request) -> Whole:
    return await review.whole_service(request.path_params["id"], clock(request).date())


async def _service_page(request: Request, whole: Whole, status: int, **given: Any) -> Response:
    """`form` is what stands in the fields; it may be what somebody typed in vain."""
    form: Mapping[str, str] = given["form"]
    places = [place.key for place in whole.content.places]
    context: dict[str, Any] = {
        "service": whole,
        "version": whole.version,
        "seen": written(marks(whole.form)),
        "phones": range(min(_rows_of_phones(form) + EMPTY_PHONES, MOST_PHONES)),
        "place_keys": places[:MOST_PLACES] or [NEW_PLACE],
        "asked": _asked(token_of(request).get("list", {})),
        "lines": await store.lines_about("service", whole.id, LAST_LINES),
        "wrong": {},
        "said": "",
        "message": "",
        "taken": (),
        "clashing": (),
        "meanwhile": {},
        "reason": "",
        **WORDS,
    }
    return desk_page(request, "directory/service.html", status, **context | given)


def _rows_of_phones(form: Mapping[str, str]) -> int:
    """How many rows hold something, counted to the last of them."""
    filled = (PHONE_FIELD.fullmatch(name) for name, value in form.items() if value)
    return max((int(found[1]) + 1 for found in filled if found), default=0)


def _back(request: Request, said: str) -> Response:
    token = {"said": said, "list": token_of(request).get("list", {})}
    return go_to(request, "directory:service", request.path_params["id"], token)


def _seen(request: Request, form: Mapping[str, str]) -> Seen:
    version = form.get("version", "")
    return Seen(request.path_params["id"], int(version) if re.fullmatch(r"[0-9]{1,9}", version) else 0)


async def save(request: Request) -> Response:
    form = await form_of(request)
    typed = _typed(form)
    try:
        saved = await actions.change_service(who_acts(request), _seen(request, form), typed, clock(request))
    except Stale as fault:
        return await _stale_page(request, fault, typed, form.get("seen", ""))
    except NotReadable as fault:
        said = {"wrong": fault.wrong, "message": fault.message}
        # still what she saw: a change of somebody else's in this very moment is not to be overwritten unseen
        saw = {"version": form.get("version", ""), "seen": form.get("seen", "")}
        return await _service_page(request, await _whole(request), fault.status, form=typed, **said, **saw)
    return _back(request, "unchecked" if saved.unchecked else "saved" if saved.parts else "nothing")


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of the service. An empty row for one more number, whose kind a browser sends anyhow, is none."""
    empty = {
        f"phone_{at}_"
        for at in range(MOST_PHONES)
        if not form.get(f"phone_{at}_key") and not form.get(f"phone_{at}_number")
    }
    return {
        name: value
        for name, value in form.items()
        if name not in ("version", "seen") and name.rpartition("_")[0] + "_" not in empty
    }


async def _stale_page(request: Request, fault: Stale, typed: Mapping[str, str], seen: str) -> Response:
    """What she typed stays; what somebody else changed, and she did not, is taken over; where both did she decides."""
    whole = await _whole(request)
    both = merged(read_marks(seen), typed, whole.form)
    now = {part: " · ".join(fields.values()) for part, fields in parts_of(whole.form).items()}
    taken, clashing = ([part for part in parts if part in PART_WORDS] for parts in (both.taken, both.clashing))
    found: dict[str, Any] = {"form": both.form, "taken": taken, "clashing": clashing, "meanwhile": now}
    return await _service_page(request, whole, fault.status, message=fault.message, **found)


async def verify(request: Request) -> Response:
    form = await form_of(request)
    try:
        await actions.verify_service(who_acts(request), _seen(request, form), form.get("how", ""), clock(request))
    except (Stale, BadInput) as fault:
        return await _again(request, fault)
    return _back(request, "verified")


async def retire(request: Request) -> Response:
    form = await form_of(request)
    reason = form.get("reason", "")
    try:
        await actions.retire_service(who_acts(request), _seen(request, form), reason, clock(request))
    except (Stale, BadInput) as fault:
        return await _again(request, fault, reason=reason)
    return _back(request, "retired")


async def bring_back(request: Request) -> Response:
    form = await form_of(request)
    try:
        await actions.bring_back_service(who_acts(request), _seen(request, form), clock(request))
    except Stale as fault:
        return await _again(request, fault)
    return _back(request, "back")


async def _again(request: Request, fault: Stale | BadInput, **typed: str) -> Response:
    whole = await _whole(request)
    return await _service_page(request, whole, fault.status, form=whole.form, message=fault.message, **typed)
