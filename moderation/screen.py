"""Staff pages out: what every one of them is given, and the words for roles, acts and needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from moderation.gate import signed_in
from moderation.permissions import Need, may
from moderation.terms import Act, Entry, Permission, Role
from server.errors import AlderError, TooMany
from server.settings import Settings
from server.web import N_, clock, go, language_of, link, page, style, translations

TITLE = N_("Desk")


@dataclass(frozen=True)
class Room:
    """A place in the menu."""

    name: str
    label: str
    need: Need


ROOMS = (
    Room("desk:front", N_("Front page"), Entry.STAFF),
    Room("directory:find", N_("Services"), Permission.READ_SERVICES),
    Room("check:next", N_("Check"), Permission.CHANGE_SERVICES),
    Room("conflicts:list", N_("Newer lists"), Permission.CHANGE_SERVICES),
    Room("many:made", N_("Many at once"), Permission.CHANGE_SERVICES),
    Room("many:duplicates", N_("Duplicates"), Permission.CHANGE_SERVICES),
    Room("lines:list", N_("Lines"), Permission.CHANGE_SERVICES),
    Room("reports:list", N_("Reports"), Permission.READ_REPORTS),
    Room("log:read", N_("Log"), Permission.READ_LOG),
    Room("staff:list", N_("Staff"), Permission.READ_STAFF),
)

ROLE_WORDS = {
    Role.DIRECTORY_EDITOR: N_("directory editor"),
    Role.COORDINATOR: N_("coordinator"),
    Role.MODERATOR: N_("moderator"),
    Role.SAFEGUARDING_LEAD: N_("safeguarding lead"),
    Role.APPEALS_REVIEWER: N_("appeals reviewer"),
    Role.AUDITOR: N_("auditor"),
    Role.OPERATOR: N_("operator"),
    Role.OUTSIDE_REVIEWER: N_("outside reviewer"),
}

ACT_WORDS = {
    Act.STAFF_ADDED: N_("added somebody"),
    Act.STAFF_SET_UP: N_("set up the sign-in"),
    Act.STAFF_RESET: N_("made a new set-up code"),
    Act.STAFF_ENDED: N_("ended a sign-in for good"),
    Act.STAFF_ROLES: N_("changed roles"),
    Act.SERVICE_CHANGED: N_("changed a service"),
    Act.SERVICE_VERIFIED: N_("checked a service"),
    Act.SERVICE_RETIRED: N_("retired a service"),
    Act.SERVICE_BROUGHT_BACK: N_("brought a service back"),
    Act.SERVICE_HIDDEN: N_("hid a service until a report is settled"),
    Act.SERVICE_SHOWN_AGAIN: N_("showed a service again"),
    Act.REPORT_REVIEWED: N_("said a word on a report"),
    Act.CONFLICT_SETTLED: N_("decided on a newer list"),
    Act.SERVICES_MERGED: N_("merged two services"),
    Act.SERVICES_PARTED: N_("took a merger back"),
    Act.BULK_DONE: N_("changed many services"),
    Act.BULK_UNDONE: N_("took a change of many services back"),
    Act.LINE_CHECKED: N_("checked a line"),
    Act.LINE_DOUBTED: N_("said that a line is wrong"),
    Act.LINE_SETTLED: N_("settled a doubt about a line"),
    Act.NOT_DONE: N_("was too late: the line before this one was not done"),
}


def settings_of(request: Request) -> Settings:
    return request.app.state.settings


def here_now(request: Request) -> datetime:
    """This moment where the operator is: "today" is the day of whoever sits at the desk."""
    return clock(request).astimezone(ZoneInfo(settings_of(request).timezone))


def address(request: Request, name: str, object_id: str = "", token: dict[str, Any] | None = None) -> str:
    """The URL of a named address; `object_id` stands where its path says {id}."""
    return link(request, name, token).replace("{id}", quote(object_id, safe=""), 1)


def go_to(request: Request, name: str, object_id: str = "", token: dict[str, Any] | None = None) -> Response:
    answer = go(request, name, token)
    answer.headers["location"] = answer.headers["location"].replace("{id}", quote(object_id, safe=""), 1)
    return answer


def desk_page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A whole staff page. Templates see `who`, the rooms open to her, and what she `may`."""
    who = signed_in(request)
    roles = who.roles if who else frozenset[Role]()

    def to(name: str, object_id: str = "", token: dict[str, Any] | None = None) -> str:
        return address(request, name, object_id, token)

    given: dict[str, Any] = {
        "title": translations(language_of(request)).gettext(TITLE),
        "desk_style": style("desk"),
        "who": who,
        "rooms": [room for room in ROOMS if who and may(roles, room.need)],
        "here": request.url.path,
        "may_change": may(roles, Permission.CHANGE_SERVICES),
        "may_mark_ours": may(roles, Permission.MARK_OURS),
        "may_staff": may(roles, Permission.CHANGE_STAFF),
        "role_words": ROLE_WORDS,
        "act_words": ACT_WORDS,
        "to": to,
    }
    return page(request, template, status, **given | context)


def desk_error(request: Request, error: AlderError) -> Response:
    answer = desk_page(request, "desk_error.html", error.status, message=error.message, values=error.values)
    if isinstance(error, TooMany):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer
