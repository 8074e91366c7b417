"""The directory desk: find a service, edit it, say that it was checked, retire it, bring it back.

Every act on a service is a button of its one form: what was typed goes with it, and is saved first or shown again.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from moderation import actions, carried, store
from moderation.actions.services import (
    Changed,
    NotReadable,
    OthersThere,
    Seen,
    permitted,
    read_how,
    read_reason,
    saved_already,
)
from moderation.desks.directory_words import CARRIED, PART_WORDS, TOO_LATE, WORDS
from moderation.gate import who_acts
from moderation.screen import desk_page, go_to, here_now, settings_of
from moderation.stale_edit import marks, merged, parts_of, read_marks, written
from moderation.terms import Who
from server.errors import BadInput, TokenSpent
from server.resources import checking, review
from server.resources.checking import Check
from server.resources.review import MOST_PHONES, MOST_PLACES, NEW_PLACE, Saved, Shown, Stale, Whole, with_told_hours
from server.resources.terms import Outcome
from server.web import form_of, token_of

LAST_LINES = 8
EMPTY_PHONES = 1
PHONE_FIELD = re.compile(r"phone_(\d{1,2})_(?:number|key)")
# Fields of the page that are not of the service.
BESIDE = frozenset({"version", "seen", "others", "how", "reason", "carried"})
ALSO = "also_"


# --- finding


async def read_found(request: Request) -> Response:
    asked = _asked(token_of(request))
    shown = Shown(asked["shown"])
    found = await review.find(asked["words"], shown, asked["page"], here_now(request).date())
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
    told = token_of(request)
    given = {name: told.get(name, "") for name in ("said", "how", "reason")}
    also = {name: bool(told.get(name)) for name in ("withheld", "also")}
    return await _service_page(request, whole, 200, form=whole.form, **given, **also)


async def _whole(request: Request) -> Whole:
    return await review.whole_service(request.path_params["id"], here_now(request).date())


async def _service_page(request: Request, whole: Whole, status: int, **given: Any) -> Response:
    """`form` is what stands in the fields; it may be what somebody typed in vain."""
    form: Mapping[str, str] = given["form"]
    places = [place.key for place in whole.content.places]
    zone = here_now(request).tzinfo
    lines = await store.lines_about("service", whole.id, LAST_LINES)
    names = await store.staff_names()
    checks = await checking.history(whole.key, LAST_LINES)
    context: dict[str, Any] = {
        "service": whole,
        "version": whole.version,
        "seen": written(marks(whole.form)),
        "phones": range(min(_rows_of_phones(form) + EMPTY_PHONES, MOST_PHONES)),
        "place_keys": places[:MOST_PLACES] or [NEW_PLACE],
        "asked": _asked(_payload(request).get("list", {})),
        "lines": [(datetime.fromisoformat(line.at).astimezone(zone).date(), line) for line in lines],
        "checks": [_told_check(one, names) for one in checks],
        "newer_list": await review.newer_list(whole),
        "unseen": await review.unseen(whole, settings_of(request)),
        "others": () if whole.content.confidential else await review.neighbours(whole),
        "unticked": frozenset[str](),
        "wrong": {},
        "said": "",
        "withheld": False,
        "also": False,
        "message": "",
        "values": {},
        "taken": (),
        "clashing": (),
        "meanwhile": {},
        "how": "",
        "reason": "",
        **WORDS,
    }
    return desk_page(request, "directory/service.html", status, **context | given)


def _told_check(check: Check, names: Mapping[int, str]) -> dict[str, Any]:
    """A row of the ledger with the name its person has now."""
    person = check.by.person
    return {
        "checked_on": check.checked_on,
        "outcome": check.outcome,
        "how": check.how,
        "parts": [part for part in check.note.split(", ") if part] if check.outcome is Outcome.DROPPED else [],
        "role": check.by.role,
        "name": names.get(int(person), "") if person.isdigit() else "",
    }


def _rows_of_phones(form: Mapping[str, str]) -> int:
    """How many rows hold something, counted to the last of them."""
    filled = (PHONE_FIELD.fullmatch(name) for name, value in form.items() if value)
    return max((int(found[1]) + 1 for found in filled if found), default=0)


def _payload(request: Request) -> dict[str, Any]:
    """The list a page was opened from. Lost where the page waited for long; what is sent from it is not."""
    try:
        return token_of(request)
    except TokenSpent:
        return {}


# --- what was sent


@dataclass(frozen=True)
class Sent:
    """The one form as it was sent. `typed` is empty where only an act was asked for."""

    who: Who
    seen: Seen
    typed: Mapping[str, str]
    form: Mapping[str, str]
    now: datetime

    @property
    def how(self) -> str:
        return self.form.get("how", "")

    @property
    def reason(self) -> str:
        return self.form.get("reason", "")


def _sent(request: Request, form: Mapping[str, str]) -> Sent:
    shown = frozenset(form.get("others", "").split())
    also = frozenset(one for one in shown if form.get(ALSO + one) == "1")
    version = form.get("version", "")
    number = int(version) if re.fullmatch(r"[0-9]{1,9}", version) else 0
    seen = Seen(request.path_params["id"], number, shown, also)
    return Sent(who_acts(request), seen, _typed(form), form, here_now(request))


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
        if name not in BESIDE and not name.startswith(ALSO) and name.rpartition("_")[0] + "_" not in empty
    }


def _beside(sent: Sent) -> dict[str, Any]:
    """What stands on the page besides the fields of the service, as it was chosen and typed."""
    return {"how": sent.how, "reason": sent.reason, "unticked": sent.seen.others - sent.seen.also}


Act = Callable[[Sent], Awaitable[tuple[str, Changed]]]
NOTHING = Changed(Saved((), unchecked=False, version=0))


async def save(request: Request) -> Response:
    return await _act(request, _save)


async def _save(sent: Sent) -> tuple[str, Changed]:
    done = await actions.change_service(sent.who, sent.seen, sent.typed, sent.now)
    return "unchecked" if done.saved.unchecked else "saved" if done.saved.parts else "nothing", done


async def verify(request: Request) -> Response:
    return await _act(request, _verify)


async def _verify(sent: Sent) -> tuple[str, Changed]:
    read_how(sent.how)
    done, seen = await _saved_first(sent)
    await actions.verify_service(sent.who, seen, sent.how, sent.now, changed=bool(done.saved.parts))
    return "saved_verified" if done.saved.parts else "verified", done


async def full(request: Request) -> Response:
    return await _act(request, _full)


async def _full(sent: Sent) -> tuple[str, Changed]:
    """The other way round than it is kept; what was typed is saved with it."""
    if "status" not in sent.typed:
        return "nothing", NOTHING
    whole = await review.whole_service(sent.seen.id, sent.now.date())
    fills = not whole.content.facts.full
    typed = {**sent.typed, "full": "1" if fills else ""}
    done = await actions.change_service(sent.who, sent.seen, typed, sent.now)
    return "full" if fills else "room", done


async def retire(request: Request) -> Response:
    return await _act(request, _retire)


async def _retire(sent: Sent) -> tuple[str, Changed]:
    read_reason(sent.reason)
    done, seen = await _saved_first(sent)
    await actions.retire_service(sent.who, seen, sent.reason, sent.now)
    return "retired", done


async def bring_back(request: Request) -> Response:
    return await _act(request, _bring_back)


async def _bring_back(sent: Sent) -> tuple[str, Changed]:
    done, seen = await _saved_first(sent)
    await actions.bring_back_service(sent.who, seen, sent.now)
    return "back", done


async def _saved_first(sent: Sent) -> tuple[Changed, Seen]:
    """What was typed is saved, and the act is about what is saved. A form without a state is a button alone."""
    if "status" not in sent.typed:
        return NOTHING, sent.seen
    done = await actions.change_service(sent.who, sent.seen, sent.typed, sent.now)
    return done, Seen(sent.seen.id, done.saved.version)


async def _act(request: Request, act: Act) -> Response:
    form = await form_of(request)
    if "carried" in form:
        return await _carried_page(request, form["carried"])
    sent = _sent(request, form)
    try:
        said, done = await act(sent)
    except Stale as fault:
        if act is _save and await saved_already(sent.who, sent.seen, sent.typed, sent.now):
            said, done = "already", NOTHING
        else:
            return await _stale_page(request, fault, sent)
    except BadInput as fault:
        return await _faulty_page(request, fault, sent)
    left = {} if said in ("verified", "saved_verified") else {"how": sent.how}
    left |= {} if said == "retired" else {"reason": sent.reason}
    told = {"said": said, "withheld": done.withheld, "also": bool(done.saved.also), **left}
    token = {name: value for name, value in told.items() if value}
    return go_to(request, "directory:service", sent.seen.id, {**token, "list": _payload(request).get("list", {})})


async def _faulty_page(request: Request, fault: BadInput, sent: Sent) -> Response:
    whole = await _whole(request)
    said: dict[str, Any] = {"message": fault.message, "values": fault.values, **_beside(sent)}
    if isinstance(fault, NotReadable):
        said["wrong"] = fault.wrong
    if isinstance(fault, OthersThere):
        said["others"] = fault.others
    return await _service_page(request, whole, fault.status, **said, **_as_sent(whole, sent))


def _as_sent(whole: Whole, sent: Sent) -> dict[str, Any]:
    """Still what was on the page: a change of somebody else's in this very moment is not to be overwritten unseen."""
    if "status" not in sent.typed:
        return {"form": whole.form}
    return {"form": sent.typed, "version": sent.form.get("version", ""), "seen": sent.form.get("seen", "")}


async def _stale_page(request: Request, fault: Stale, sent: Sent) -> Response:
    """What was typed stays; what somebody else changed alone is taken over; where both did, whoever saves decides."""
    whole = await _whole(request)
    if "status" not in sent.typed:
        given: dict[str, Any] = {"form": whole.form, "message": fault.message, **_beside(sent)}
        return await _service_page(request, whole, fault.status, **given)
    typed = with_told_hours(permitted(sent.who, whole, sent.typed))
    both = merged(read_marks(sent.form.get("seen", "")), typed, whole.form)
    now = {part: " · ".join(fields.values()) for part, fields in parts_of(whole.form).items()}
    taken, clashing = ([part for part in parts if part in PART_WORDS] for parts in (both.taken, both.clashing))
    found: dict[str, Any] = {"form": both.form, "taken": taken, "clashing": clashing, "meanwhile": now}
    return await _service_page(request, whole, fault.status, message=fault.message, **found, **_beside(sent))


async def _carried_page(request: Request, text: str) -> Response:
    """The form from before the sign-in, shown and not saved: whoever signed in looks at it first."""
    whole = await _whole(request)
    found = carried.opened(text, here_now(request))
    if found is None or whole.id not in found.path:
        return await _service_page(request, whole, 422, form=whole.form, message=TOO_LATE)
    sent = _sent(request, found.form)
    return await _service_page(request, whole, 200, message=CARRIED, **_beside(sent), **_as_sent(whole, sent))


async def to_service(request: Request) -> Response:
    """Where a form was sent, somebody asks for a page: by the address bar, or a reload of the answer."""
    return go_to(request, "directory:service", (await _whole(request)).id)
