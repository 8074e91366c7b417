"""The desk of changes to many services: chosen by a search, looked at, done, taken back; and of two that are one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from moderation import actions, store
from moderation.desks.directory_words import FACET_WORDS, STATUS_WORDS, WORDS
from moderation.desks.told_parts import told
from moderation.gate import who_acts
from moderation.screen import desk_page, go_to, here_now
from server.errors import BadInput, NotFound
from server.resources import bulk_edits, merging
from server.resources.bulk_edits import Change, Kind, read_change
from server.resources.duplicates import Alike
from server.resources.review import Shown, Stale
from server.web import N_, form_lists, form_of, token_of

LISTED = 50
MOST_PAIRS = 100
KIND_WORDS = {
    Kind.STATUS: N_("Set the state"),
    Kind.CLOSED_UNTIL: N_("Set the day until which it is closed"),
    Kind.FULL: N_("Set whether it has room"),
    Kind.FACET: N_("Add something to know before"),
    Kind.NO_FACET: N_("Take something to know before away"),
    Kind.RETIRE: N_("Retire them"),
}
ALIKE_WORDS = {Alike.NUMBER: N_("the same telephone number"), Alike.NAME: N_("the same name and town")}
NOTHING = N_("None of them would differ. Nothing was changed.")
DONE_WORDS = {
    "done": N_("Done. It can be taken back here."),
    "undone": N_("Taken back."),
    "left": N_("Taken back, but for services that somebody changed since."),
    "merged": N_("Merged. It can be taken back here."),
}


# --- many at once


async def read_bulk(request: Request) -> Response:
    """The services of a search, all ticked."""
    asked = token_of(request)
    if "words" not in asked:
        return go_to(request, "directory:find")
    return await _choose_page(request, 200, asked)


async def _choose_page(request: Request, status: int, asked: Mapping[str, Any], **given: Any) -> Response:
    today = here_now(request).date()
    shown = asked.get("shown", "")
    message, ids = "", ()
    try:
        ids = await bulk_edits.chosen(
            str(asked.get("words", "")), Shown(shown) if shown in set(Shown) else Shown.CURRENT, today
        )
    except BadInput as fault:
        message, status = fault.message % fault.values, fault.status
    found = await bulk_edits.preview(ids, Change(Kind.STATUS, "active"), today)
    context: dict[str, Any] = {
        "services": [whole for whole, _ in found],
        "asked": dict(asked),
        "message": message,
        "kind_words": KIND_WORDS,
        "ticked": None,
        "form": {},
        **WORDS,
    }
    return desk_page(request, "many/choose.html", status, **context | given)


async def send_bulk(request: Request) -> Response:
    """Looks first; a second press does what was looked at."""
    lists = await form_lists(request)
    form = {name: said[0] for name, said in lists.items()}
    ids = [one for one in lists.get("service", []) if re.fullmatch(r"[0-9a-f-]{36}", one)][: bulk_edits.MOST]
    now = here_now(request)
    asked = token_of(request)
    kind = form.get("kind", "")
    try:
        change = read_change(kind, form.get(f"value_{kind}", form.get("value", "")), now.date())
        if not form.get("sure"):
            found = await bulk_edits.preview(ids, change, now.date())
            context: dict[str, Any] = {
                "found": found,
                "change": change,
                "asked": asked,
                "kind_words": KIND_WORDS,
                **WORDS,
            }
            return desk_page(request, "many/preview.html", **context)
        await actions.change_many(who_acts(request), ids, change, now)
    except (BadInput, NotFound, Stale) as fault:
        message = fault.message % fault.values
        return await _choose_page(request, fault.status, asked, message=message, ticked=set(ids), form=form)
    return go_to(request, "many:made", token={"said": "done"})


async def read_made(request: Request) -> Response:
    return await _made_page(request, 200, said=token_of(request).get("said", ""))


async def _made_page(request: Request, status: int, *, said: str = "", message: str = "") -> Response:
    names = {str(number): name for number, name in (await store.staff_names()).items()}
    rows = [(one, _told_change(one.what)) for one in await bulk_edits.made(LISTED)]
    context: dict[str, Any] = {"rows": rows, "names": names, "said": said, "message": message, "done_words": DONE_WORDS}
    return desk_page(request, "many/made.html", status, **context)


def _told_change(what: str) -> tuple[str, str]:
    """Words for the list: what was set, and to what."""
    kind, _, value = what.partition(":")
    if kind == merging.MERGED:
        return N_("Merged two services"), ""
    words = {**{str(one): said for one, said in STATUS_WORDS.items()}, **{str(f): w for f, w in FACET_WORDS.items()}}
    return KIND_WORDS[Kind(kind)], words.get(value, value)


async def send_undo(request: Request) -> Response:
    form, who, now = await form_of(request), who_acts(request), here_now(request)
    number = int(form["number"]) if re.fullmatch(r"[0-9]{1,9}", form.get("number", "")) else 0
    try:
        if form.get("merged"):
            await actions.part_services(who, number, now)
            left = 0
        else:
            _, left = await actions.undo_many(who, number, now)
    except (BadInput, NotFound, Stale) as fault:
        return await _made_page(request, fault.status, message=fault.message)
    return go_to(request, "many:made", token={"said": "left" if left else "undone"})


# --- two that are one


async def read_duplicates(request: Request) -> Response:
    pairs, names = await merging.suggestions()
    context: dict[str, Any] = {
        "pairs": pairs[:MOST_PAIRS],
        "total": len(pairs),
        "names": names,
        "alike_words": ALIKE_WORDS,
    }
    return desk_page(request, "many/duplicates.html", **context)


async def read_merge(request: Request) -> Response:
    return await _merge_page(request, 200, token_of(request).get("other", ""))


async def _merge_page(request: Request, status: int, other: str, message: str = "", **given: Any) -> Response:
    try:
        two = await merging.side_by_side(request.path_params["id"], other, here_now(request).date())
    except BadInput as fault:
        raise NotFound(fault.message) from fault
    rows = [(part, told(two.stays.content, part), told(two.offer, part)) for part in two.parts]
    context = {"two": two, "rows": rows, "message": message, "take": frozenset[str](), **WORDS}
    return desk_page(request, "many/merge.html", status, **context | given)


async def send_merge(request: Request) -> Response:
    form, stays, now = await form_of(request), request.path_params["id"], here_now(request)
    other = form.get("other", "")
    take = frozenset(name.removeprefix("part_") for name, said in form.items() if said == "take")
    try:
        two = await merging.side_by_side(stays, other, now.date())
        if form.get("versions", "") != f"{two.stays.version} {two.goes.version}":
            message = N_("Somebody changed one of the two meanwhile. Please look again.")
            return await _merge_page(request, 409, other, message, take=take)
        parts = [part for part in two.parts if part in take]
        await actions.merge_services(who_acts(request), two, parts, now)
    except (BadInput, Stale) as fault:
        return await _merge_page(request, fault.status, other, fault.message, take=take)
    return go_to(request, "many:made", token={"said": "merged"})
