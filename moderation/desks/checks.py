"""The queue of what is to be checked: one service a screen, one press for "called, all is right", then the next.

Nothing is leased: whoever is shown a service keeps it from the others for some minutes, in this process's memory.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from moderation import actions
from moderation.actions.services import Seen
from moderation.desks.directory_words import WORDS
from moderation.gate import who_acts
from moderation.screen import desk_page, go_to, here_now
from server.errors import BadInput, NotFound
from server.resources import checking, review
from server.resources.ledger import Due
from server.resources.review import Stale
from server.web import form_of, token_of

PAGE = 25
LATER = "later"
LOOKING = timedelta(minutes=10)
MOST_PASSED = 100


@dataclass
class OnScreens:
    """Which service stands before whom since when, by keys."""

    shown: dict[int, tuple[int, datetime]] = field(default_factory=dict[int, tuple[int, datetime]])

    def next_for(self, person: int, due: Sequence[Due], now: datetime) -> Due | None:
        """The first that nobody else has before her; what she looked at until now is free again."""
        fresh = {key: seen for key, seen in self.shown.items() if seen[0] != person and now - seen[1] < LOOKING}
        found = next((one for one in due if one.key not in fresh), None)
        self.shown = {**fresh, found.key: (person, now)} if found else fresh
        return found


async def read_next(request: Request) -> Response:
    told = token_of(request)
    if told.get("page"):
        return await _list_page(request, int(told["page"]))
    return await _next_page(request, 200, passed=told.get("passed", []), done=told.get("done", ""))


async def _list_page(request: Request, page: int) -> Response:
    due = await checking.queue(here_now(request).date())
    pages = max(1, -(-len(due) // PAGE))
    page = min(max(1, page), pages)
    shown = due[(page - 1) * PAGE : page * PAGE]
    context: dict[str, Any] = {"due": shown, "total": len(due), "page": page, "pages": pages, **WORDS}
    return desk_page(request, "checks/to_check.html", **context)


async def _next_page(
    request: Request, status: int, *, passed: Collection[int], done: str, message: str = ""
) -> Response:
    now = here_now(request)
    due = await checking.queue(now.date())
    left = [one for one in due if one.key not in set(passed)]
    found = _screens(request).next_for(who_acts(request).id, left, now)
    context: dict[str, Any] = {
        "due": found,
        "total": len(due),
        "passed": list(passed),
        "message": message,
        "done": done,
        "done_name": (await review.names_of([done])).get(done, "") if done else "",
        "service": await review.whole_service(found.id, now.date()) if found else None,
        "checks": await checking.history(found.key, 1) if found else (),
        **WORDS,
    }
    return desk_page(request, "checks/next.html", status, **context)


def _screens(request: Request) -> OnScreens:
    state = request.app.state
    if not hasattr(state, "on_screens"):
        state.on_screens = OnScreens()
    return state.on_screens


async def send_check(request: Request) -> Response:
    form, passed = await form_of(request), _passed(token_of(request).get("passed", []))
    service, key, how = form.get("id", ""), form.get("key", ""), form.get("how", "")
    if how == LATER:
        more = [int(key)] if re.fullmatch(r"[0-9]{1,9}", key) else []
        return go_to(request, "check:next", token={"passed": _passed([*passed, *more])})
    version = form.get("version", "")
    seen = Seen(service, int(version) if re.fullmatch(r"[0-9]{1,9}", version) else 0)
    try:
        await actions.verify_service(who_acts(request), seen, how, here_now(request))
    except (Stale, NotFound, BadInput) as fault:
        return await _next_page(request, fault.status, passed=passed, done="", message=fault.message)
    return go_to(request, "check:next", token={"passed": passed, "done": service})


def _passed(said: Sequence[int]) -> list[int]:
    """Put off for this round; the oldest comes again where the list grows long."""
    return list(dict.fromkeys(said))[-MOST_PASSED:]
