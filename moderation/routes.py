"""Sign-in, set-up, the front page, the log and the list of staff."""

from __future__ import annotations

import re
import secrets
from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import Response

from moderation import actions, carried, store
from moderation.actions import Setup, Typed, session_id_of
from moderation.gate import SignInFirst, signed_in, who_acts, with_session, without_session
from moderation.screen import desk_page, go_to, settings_of
from moderation.terms import Line
from server.errors import BadInput, TokenSpent
from server.resources import review
from server.web import N_, address_of, clock, form_lists, form_of, token_of

LINES = 50
START_AGAIN = N_("This page has waited too long. Please begin the set-up again.")


def client_address(request: Request) -> str:
    return address_of(request)


async def read_sign_in(request: Request) -> Response:
    if signed_in(request):
        return go_to(request, "desk:front")
    return _sign_in_page(request, 200)


def _sign_in_page(request: Request, status: int, **typed: Any) -> Response:
    people = actions.demo_staff(clock(request)) if settings_of(request).demo else []
    payload = _payload(request)
    lost = payload.get("lost", False)
    context = {"name": "", "wrong": "", "carried": "", "lost": lost, "payload": payload, "people": people}
    return desk_page(request, "sign_in.html", status, **context | typed)


def _payload(request: Request) -> dict[str, Any]:
    """Where to go on to. Nobody signs in a second time because the page was open for long."""
    try:
        return token_of(request)
    except TokenSpent:
        return {}


def sign_in_first(request: Request, error: SignInFirst) -> Response:
    """In answer to a form that came without a live sign-in: the page holds it, sealed."""
    return _sign_in_page(request, error.status, carried=error.carried)


async def send_sign_in(request: Request) -> Response:
    form = await form_of(request)
    typed = Typed(form.get("name", ""), form.get("phrase", ""), form.get("code", ""))
    asked, kept = _payload(request).get("next", ""), form.get("carried", "")
    try:
        demo = settings_of(request).demo
        token = await actions.sign_in(typed, client_address(request), clock(request), demo=demo)
    except BadInput as fault:
        return _sign_in_page(request, fault.status, name=typed.name, wrong=fault.message, carried=kept)
    if signed_in(request):  # somebody else at the same browser: one cookie, one session
        await actions.sign_out(request.scope["session"])
    before = carried.opened(kept, clock(request)) if kept else None
    answer = desk_page(request, "carried.html", to_form=before.path, carried=kept) if before else None
    return with_session(answer or _onwards(request, asked), token, clock(request))


def _onwards(request: Request, asked: str) -> Response:
    if not asked:
        return go_to(request, "desk:front")
    return Response(status_code=303, headers={"location": asked})


async def sign_out(request: Request) -> Response:
    await actions.sign_out(request.scope["session"])
    request.scope["binding"] = b""
    return without_session(go_to(request, "desk:sign_in"))


async def read_setup(request: Request) -> Response:
    return desk_page(request, "setup.html", name="", code="", wrong="")


async def send_setup(request: Request) -> Response:
    """A right code opens the second page for this browser alone: it is sealed and bound to a fresh cookie."""
    form = await form_of(request)
    name, code = form.get("name", ""), form.get("code", "")
    try:
        setup = await actions.open_setup(name, code, client_address(request), clock(request))
    except BadInput as fault:
        return desk_page(request, "setup.html", fault.status, name=name, code=code, wrong=fault.message)
    fresh = secrets.token_bytes(32)
    request.scope["binding"] = session_id_of(fresh).encode()
    return with_session(go_to(request, "desk:setup_phrase", token=setup.as_payload()), fresh, clock(request))


async def read_setup_phrase(request: Request) -> Response:
    payload = token_of(request)
    return _phrase_page(request, Setup(**payload), 200) if payload else go_to(request, "desk:setup")


def _phrase_page(request: Request, setup: Setup, status: int, **typed: str) -> Response:
    context = {"typed_phrase": "", "wrong": "", **typed}
    picture = segno.make(setup.uri, error="m").svg_inline(scale=4, border=4)
    return desk_page(request, "setup_phrase.html", status, setup=setup, picture=picture, **context)


async def send_setup_phrase(request: Request) -> Response:
    payload = _payload(request)
    if not payload:
        raise BadInput(START_AGAIN)
    setup, form = Setup(**payload), await form_of(request)
    phrase = form.get("phrase", "")
    try:
        token = await actions.finish_setup(setup, phrase, form.get("code", ""), clock(request))
    except BadInput as fault:
        return _phrase_page(request, setup, fault.status, typed_phrase=phrase, wrong=fault.message)
    return with_session(go_to(request, "desk:front"), token, clock(request))


async def read_front(request: Request) -> Response:
    return desk_page(request, "front.html", me=who_acts(request))


async def read_log(request: Request) -> Response:
    below = token_of(request).get("below")
    lines = await store.newest_lines(LINES + 1, below)
    shown, more = lines[:LINES], len(lines) > LINES
    names = await _names(shown)
    context: dict[str, Any] = {
        "lines": shown,
        "names": names,
        "below": shown[-1].id if more else None,
        "first_page": below is None,
    }
    return desk_page(request, "log.html", **context)


async def _names(lines: list[Line]) -> dict[tuple[str, str], str]:
    """What the numbers in the log are called now, by kind and number: the second of many is not the second of staff."""
    services = await review.names_of({line.object_id for line in lines if line.kind == "service"})
    staff = await store.staff_names()
    told = {("service", one): name for one, name in services.items()}
    return told | {("staff", str(number)): name for number, name in staff.items()}


async def read_staff(request: Request) -> Response:
    return await _staff_page(request, 200, changed=bool(token_of(request).get("changed")))


async def _staff_page(request: Request, status: int, **given: Any) -> Response:
    staff = await store.all_staff(clock(request))
    context: dict[str, Any] = {"staff": staff, "wrong": "", "changed": False, "open": 0, "chosen": ()}
    return desk_page(request, "staff.html", status, **context | given)


async def send_roles(request: Request) -> Response:
    """Absent and not a number are one answer: nobody is there."""
    said = (await form_lists(request)).get("role", [])
    asked = request.path_params["id"]
    number = int(asked) if re.fullmatch("[0-9]{1,9}", asked) else 0
    demo = settings_of(request).demo
    try:
        changed = await actions.change_roles(who_acts(request), number, said, clock(request), demo)
    except BadInput as fault:
        return await _staff_page(request, fault.status, wrong=fault.message, open=number, chosen=said)
    return go_to(request, "staff:list", token={"changed": True} if changed else None)
