"""One place over HTTP: its page, the number with its one warning, the papers to take along, what a reader tells of it.

The page itself is the same for everybody who reads one language, so nothing on it is sealed for one visit: whatever
leads on from it is a button that posts which place, answered by a 303 to a sealed address.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from babel.languages import get_official_languages
from starlette.requests import Request
from starlette.responses import Response

from server.errors import BadInput, NotFound, TooMany
from server.resources import actions, one_service, reporting
from server.resources.kept import MOST_PAGES, keep, kept
from server.resources.reader import Reader
from server.resources.referral_slip import language_of_words, slip_of
from server.resources.showing import ServiceShown
from server.resources.terms import ReportKind
from server.web import (
    LANGUAGES,
    N_,
    Body,
    address_of,
    clock,
    form_of,
    go,
    page,
    preferred,
    ready,
    render,
    token_of,
    translations,
    visit_of,
)
from server.web.gate import let_in

CHECKED_LONG_AGO = timedelta(days=90)
GONE = reporting.GONE
LONGEST_ID = 36
SITE = re.compile(r"(?:https?://)?(?P<address>[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:[/?#][^\s\"'<>]*)?)", re.IGNORECASE)
LEADS = {
    "call": "resources:calling",
    "print": "resources:print",
    "slip": "resources:slip",
    "told": "resources:report",
    "harm": "resources:report",
}
HELLO = N_("Hello. I was told that you can help me.")
I_SPEAK = N_("I speak %(language)s. Is there somebody who speaks it?")


async def read_service(request: Request) -> Response:
    """Made once a minute for each language, warned or not, and its bytes are kept."""
    service_id = str(token_of(request).get("service", ""))
    now, visit = clock(request), visit_of(request)
    titled = preferred(request.headers.get("accept-language", ""))
    key = (service_id, f"{visit.language}{titled}{visit.warned:d}", int(now.timestamp()) // 60)
    held = await kept()
    body: Body | None = held.pages.get(key)
    if body is None:
        found = await _found(request, service_id)
        body = Body(render(request, "resources/service.html", **_drawn(request, found), warned=visit.warned))
        keep(held.pages, MOST_PAGES, key, body)
    return ready(request, body)


async def _found(request: Request, service_id: str) -> ServiceShown:
    """Raises NotFound."""
    verified_only = not request.app.state.settings.show_unverified
    found = await one_service.read(service_id, now=clock(request), verified_only=verified_only)
    if found is None:
        raise NotFound(GONE)
    return found


def _drawn(request: Request, service: ServiceShown) -> dict[str, Any]:
    """What every page about one place draws."""
    today = _today(clock(request))
    checked = service.verified_on
    closed = service.closed_until
    return {
        "service": service,
        "site": site_of(service.website),
        "chat": site_of(service.chat),
        "checked_long_ago": checked is not None and today - checked > CHECKED_LONG_AGO,
        "closed_until": closed if closed and closed > today else None,
        "reader": Reader(visit_of(request).language, service.country),
    }


def _today(now: datetime) -> date:
    return now.date()


def site_of(written: str) -> str:
    """An address that opens a web page and nothing else; empty where the entry holds no such thing."""
    found = SITE.fullmatch(written.strip())
    if not found:
        return ""
    return f"{'http' if written.strip().lower().startswith('http://') else 'https'}://{found['address']}"


async def go_on_from_service(request: Request) -> Response:
    """Every button of the page comes here. Whoever goes on to call is warned there, and is not warned again."""
    form = await form_of(request)
    lead, service_id = form.get("go", ""), form.get("service", "")[:LONGEST_ID]
    if lead not in LEADS:
        raise BadInput(reporting.NOT_LISTED)
    answer = go(request, LEADS[lead], token={"service": service_id, "about": lead})
    return let_in(answer, replace(visit_of(request), warned=True)) if lead == "call" else answer


async def _asked_for(request: Request) -> ServiceShown:
    return await _found(request, str(token_of(request).get("service", "")))


async def read_calling(request: Request) -> Response:
    return page(request, "resources/calling.html", **_drawn(request, await _asked_for(request)))


async def read_print(request: Request) -> Response:
    return page(request, "resources/print.html", **_drawn(request, await _asked_for(request)))


async def read_slip(request: Request) -> Response:
    """The words to say are in a language of the place, and beneath in the reader's own where that is another."""
    service = await _asked_for(request)
    own = visit_of(request).language
    official = get_official_languages(service.country) if service.country else ()
    theirs = language_of_words(own, (one.code for one in service.languages), official, LANGUAGES)
    said = [(code, LANGUAGES[code].dir, _words_to_say(code, own, theirs)) for code in dict.fromkeys((theirs, own))]
    slip = slip_of(service.name, service.documents, service.hours_read)
    return page(request, "resources/slip.html", slip=slip, said=said, **_drawn(request, service))


def _words_to_say(code: str, own: str, theirs: str) -> tuple[str, ...]:
    say = translations(code).gettext
    if own == theirs:
        return (say(HELLO),)
    return say(HELLO), say(I_SPEAK) % {"language": Reader(code, "").language_name(own)}


async def read_report(request: Request) -> Response:
    about = token_of(request).get("about", "")
    return await _report_page(request, await _asked_for(request), harm=about == "harm")


async def _report_page(
    request: Request, service: ServiceShown, *, harm: bool, words: str = "", wrong: BadInput | TooMany | None = None
) -> Response:
    visit = visit_of(request)
    drawn = {**await actions.numbers(visit.country, visit.language, clock(request)), "longest": reporting.LONGEST}
    template = "resources/harmed.html" if harm else "resources/told.html"
    status = wrong.status if wrong else 200
    answer = page(request, template, status, service=service, words=words, wrong=wrong, **drawn)
    if isinstance(wrong, TooMany):
        answer.raw_headers.append((b"retry-after", str(wrong.retry_after).encode()))
    return answer


async def send_report(request: Request) -> Response:
    """Which place stands in the form, not in a token: writing may take longer than a token lives."""
    form = await form_of(request)
    service_id, answer, words = form.get("service", ""), form.get("answer", ""), form.get("words", "")
    try:
        report = reporting.told(answer, words)
        await reporting.may_tell(visit_of(request).id, address_of(request))
    except (BadInput, TooMany) as wrong:
        harm = answer == ReportKind.HARM
        return await _report_page(request, await _found(request, service_id), harm=harm, words=words, wrong=wrong)
    await reporting.tell(service_id, report, _today(clock(request)))
    return go(request, "resources:reported", token={"service": service_id, "about": report.kind.value})


async def read_reported(request: Request) -> Response:
    """The place itself may be gone from the list by now."""
    token, visit = token_of(request), visit_of(request)
    if token.get("about") not in tuple(ReportKind):
        raise NotFound(GONE)
    service_id = str(token["service"])
    drawn = await actions.numbers(visit.country, visit.language, clock(request))
    ours = await reporting.is_ours(service_id)
    return page(request, "resources/reported.html", about=token["about"], service_id=service_id, ours=ours, **drawn)
