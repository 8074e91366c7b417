"""The desk of newer lists: what a publisher says now against what staff checked, side by side."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from moderation import actions
from moderation.desks.directory_words import WORDS
from moderation.desks.told_parts import told
from moderation.gate import who_acts
from moderation.screen import desk_page, go_to, here_now
from server.resources import deciding
from server.resources.review import Stale
from server.web import N_, form_of, token_of

TAKE = "take"
DONE_WORDS = {
    "taken": N_("Done. What you took is saved."),
    "unchecked": N_("Done. A way to reach it changed, so it has to be checked again."),
    "kept": N_("Done. Everything stays as it was."),
}


async def read_list(request: Request) -> Response:
    context: dict[str, Any] = {
        "waiting": await deciding.waiting(),
        "said": token_of(request).get("said", ""),
        "done_words": DONE_WORDS,
    }
    return desk_page(request, "conflicts/conflicts.html", **context)


async def read_one(request: Request) -> Response:
    return await _one_page(request, 200)


async def _one_page(request: Request, status: int, message: str = "", take: frozenset[str] = frozenset()) -> Response:
    sides = await deciding.side_by_side(request.path_params["id"], here_now(request).date())
    rows = [(part, told(sides.whole.content, part), told(sides.offer, part)) for part in sides.parts]
    context = {"sides": sides, "rows": rows, "take": take, "message": message, **WORDS}
    return desk_page(request, "conflicts/conflict.html", status, **context)


async def send_one(request: Request) -> Response:
    form, service = await form_of(request), request.path_params["id"]
    chosen = frozenset(name.removeprefix("part_") for name, said in form.items() if said == TAKE)
    version = int(form["version"]) if re.fullmatch(r"[0-9]{1,9}", form.get("version", "")) else 0
    now = here_now(request)
    if form.get("all"):
        sides = await deciding.side_by_side(service, now.date())
        chosen = frozenset(sides.parts if form["all"] == TAKE else ())
    try:
        saved = await actions.settle_conflict(who_acts(request), service, version, chosen, now)
    except Stale as fault:
        return await _one_page(request, fault.status, fault.message, chosen)
    said = "unchecked" if saved.unchecked else "taken" if saved.parts else "kept"
    return go_to(request, "conflicts:list", token={"said": said})
