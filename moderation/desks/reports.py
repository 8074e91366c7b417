"""The desk of reports: what readers say is wrong, for editors; what did harm, for two reviewers or the one outside."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from moderation import carried, store
from moderation.actions import reports
from moderation.desks.directory_words import TOO_LATE
from moderation.gate import who_acts
from moderation.screen import desk_page, go_to, here_now
from server.errors import BadInput
from server.resources import review
from server.resources.report_review import LONGEST_NOTE, Said, Whole
from server.resources.terms import ReportKind
from server.web import N_, form_of, token_of

CARRIED = N_("You are signed in again. Nothing was written down yet. Please look through it first.")
KIND_WORDS = {
    ReportKind.HARM: N_("It did harm"),
    ReportKind.WRONG: N_("Something is wrong"),
}
WHAT_WORDS = {
    "number": N_("the number"),
    "address": N_("the address"),
    "hours": N_("the opening hours"),
    "closed": N_("it is closed"),
    "other": N_("something else"),
}
SAID_OF_HARM = {
    Said.HOLDS: N_("I think it is so"),
    Said.HOLDS_NOT: N_("I think it is not so"),
    Said.UNCLEAR: N_("I cannot tell"),
}
SAID_OF_WRONG = {
    Said.HOLDS: N_("It was wrong, and is put right"),
    Said.HOLDS_NOT: N_("It is right as it stands"),
    Said.UNCLEAR: N_("Nobody can tell"),
}
DONE_WORDS = {
    "settled": N_("Written down. This report is settled."),
    "waits": N_("Written down. Somebody else says the next word."),
    "hidden": N_("Nobody finds the service now."),
    "shown": N_("The service can be found again."),
}


async def read_list(request: Request) -> Response:
    waiting = await reports.open_reports(who_acts(request))
    said = token_of(request).get("said", "")
    context: dict[str, Any] = {"waiting": waiting, "said": said, "kind_words": KIND_WORDS, "done_words": DONE_WORDS}
    return desk_page(request, "reports/reports.html", **context)


async def read_one(request: Request) -> Response:
    whole = await reports.read_report(who_acts(request), request.path_params["id"])
    return await _one_page(request, whole, 200, done=token_of(request).get("said", ""))


async def _one_page(request: Request, whole: Whole, status: int, **given: Any) -> Response:
    service = await review.whole_service(whole.report.service_id, here_now(request).date())
    names = {str(number): name for number, name in (await store.staff_names()).items()}
    context: dict[str, Any] = {
        "whole": whole,
        "service": service,
        "names": names,
        "hidden": await reports.hidden_for(who_acts(request), service),
        "harm": whole.report.kind is ReportKind.HARM,
        "kind_words": KIND_WORDS,
        "what_words": WHAT_WORDS,
        "said_words": SAID_OF_HARM if whole.report.kind is ReportKind.HARM else SAID_OF_WRONG,
        "done_words": DONE_WORDS,
        "longest": LONGEST_NOTE,
        "said": "",
        "note": "",
        "message": "",
        "values": {},
        "done": "",
    }
    return desk_page(request, "reports/report.html", status, **context | given)


async def send_word(request: Request) -> Response:
    form, who, report = await form_of(request), who_acts(request), request.path_params["id"]
    if "carried" in form:
        return await _carried_page(request, form["carried"])
    said, note = form.get("said", ""), form.get("note", "")
    try:
        settled = await reports.review_report(who, report, said, note, here_now(request))
    except BadInput as fault:
        whole = await reports.read_report(who, report)
        typed = {"said": said, "note": note, "message": fault.message, "values": fault.values}
        return await _one_page(request, whole, fault.status, **typed)
    return go_to(request, "reports:list", token={"said": "settled" if settled else "waits"})


async def _carried_page(request: Request, text: str) -> Response:
    """The word from before the sign-in, shown and not written down: whoever signed in looks at it first."""
    whole = await reports.read_report(who_acts(request), request.path_params["id"])
    found = carried.opened(text, here_now(request))
    if found is None or whole.report.id not in found.path:
        return await _one_page(request, whole, 422, message=TOO_LATE)
    typed = {name: found.form.get(name, "") for name in ("said", "note")}
    return await _one_page(request, whole, 200, message=CARRIED, **typed)


async def hide(request: Request) -> Response:
    await reports.hide_service(who_acts(request), request.path_params["id"], here_now(request))
    return go_to(request, "reports:one", request.path_params["id"], {"said": "hidden"})


async def show(request: Request) -> Response:
    who, report = who_acts(request), request.path_params["id"]
    try:
        await reports.show_service(who, report, here_now(request))
    except BadInput as fault:
        return await _one_page(request, await reports.read_report(who, report), fault.status, message=fault.message)
    return go_to(request, "reports:one", request.path_params["id"], {"said": "shown"})


async def to_report(request: Request) -> Response:
    """Where a button leads, somebody asks for a page."""
    await reports.read_report(who_acts(request), request.path_params["id"])
    return go_to(request, "reports:one", request.path_params["id"])
