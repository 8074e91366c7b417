"""The desk of the shipped lines of a country: what they say, where it was read, who has checked it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from moderation import actions, store
from moderation.gate import who_acts
from moderation.screen import desk_page, go_to, here_now, settings_of
from server.errors import BadInput, NotFound
from server.resources import line_checks
from server.resources.line_trust import LineWord, counting, digest_of, may_say
from server.web import N_, form_of, token_of

KIND_WORDS = {
    "emergency": N_("Emergency"),
    "crisis": N_("Crisis"),
    "trafficking": N_("Trafficking and forced work"),
    "victims": N_("After a crime"),
    "children": N_("Children and young people"),
    "police": N_("Police"),
}
CHANNEL_WORDS = {
    "text": N_("text message"),
    "chat": N_("chat"),
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "email": N_("e-mail"),
    "form": N_("form"),
    "text_phone": N_("text telephone"),
    "sign_language": N_("sign language"),
}
CONFIDENCE_WORDS = {"high": N_("well sourced"), "medium": N_("sources differ or are few")}
WORD_WORDS = {
    LineWord.RIGHT: N_("right"),
    LineWord.WRONG: N_("wrong"),
    LineWord.SETTLED: N_("settled"),
}


async def read_lines(request: Request) -> Response:
    told = token_of(request)
    return await _lines_page(request, 200, country=told.get("country", ""), said=told.get("said", ""))


async def _lines_page(request: Request, status: int, *, country: str, said: str = "", message: str = "") -> Response:
    countries = line_checks.countries_with_lines()
    here = country or settings_of(request).country
    chosen = here if here in countries else countries[0]
    person = str(who_acts(request).id)
    names = {str(number): name for number, name in (await store.staff_names()).items()}
    rows: list[dict[str, Any]] = []
    for state in await line_checks.of_country(chosen):
        rows.append(
            {
                "line": state.line,
                "trust": state.trust,
                "digest": digest_of(state.line),
                "words": counting(state.line, state.said),
                "may_settle": may_say(state.line, state.said, person, LineWord.SETTLED),
            }
        )
    context: dict[str, Any] = {
        "countries": countries,
        "country": chosen,
        "rows": rows,
        "names": names,
        "said": said,
        "message": message,
        "kind_words": KIND_WORDS,
        "confidence_words": CONFIDENCE_WORDS,
        "word_words": WORD_WORDS,
        "channel_words": CHANNEL_WORDS,
    }
    return desk_page(request, "lines/lines.html", status, **context)


async def send_word(request: Request) -> Response:
    """Choosing a country, or a word about one of its lines."""
    form = await form_of(request)
    country = form.get("country", "")[:2]
    if "line" not in form:
        return go_to(request, "lines:list", token={"country": country})
    try:
        who, now = who_acts(request), here_now(request)
        await actions.say_of_line(who, form["line"], form.get("digest", ""), form.get("word", ""), now)
    except (BadInput, NotFound) as fault:
        return await _lines_page(request, fault.status, country=country, message=fault.message)
    return go_to(request, "lines:list", token={"country": country, "said": form["line"]})
