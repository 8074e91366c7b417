"""Request in: a form that is clean and bounded, the visit, the language, the clock, the payload of a sealed token."""

from __future__ import annotations

import ipaddress
import unicodedata
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Scope

from server.errors import BadInput, TokenSpent, TooLarge
from server.web.door import Visit, open_token
from server.web.words import N_, preferred

BODY_BYTES = 64 * 1024
FIELDS = 200


def clock(request: Request) -> datetime:
    """Now, aware, UTC: one moment for the whole request. The app holds the clock, so that a test can move it."""
    return moment(request.scope)


def moment(scope: Scope) -> datetime:
    now: datetime | None = scope.get("now")
    if now is None:
        now = scope["now"] = cast(datetime, scope["app"].state.clock())
    return now


def utc_now() -> datetime:
    return datetime.now(UTC)


def address_of(request: Request) -> str:
    """Whose tries are counted together: an IPv4 address, or the /64 that one IPv6 customer has to himself."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def visit_of(request: Request) -> Visit:
    """The visit the door opened. Only a route that needs the door may ask."""
    visit = request.scope.get("visit")
    if visit is None:
        raise TokenSpent
    return cast(Visit, visit)


def language_of(request: Request) -> str:
    visit = request.scope.get("visit")
    return visit.language if visit else preferred(request.headers.get("accept-language", ""))


def binding_of(request: Request) -> bytes:
    """What a sealed token is bound to: the visit, or whatever session the staff app set; nothing at the cover."""
    return request.scope.get("binding", b"")


def clean(text: str) -> str:
    """One way to write each letter; no control characters but line breaks; line ends as one; no space around."""
    kept = "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept).strip()


async def form_lists(request: Request) -> dict[str, list[str]]:
    """Every field with all its values. Raises BadInput or TooLarge."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise BadInput(N_("This form arrived in a shape that cannot be read. Please go back and send it again."))
    body, state = b"", request.app.state
    async for chunk in request.stream():
        body += chunk
        if len(body) > getattr(state, "form_bytes", BODY_BYTES):
            raise TooLarge(N_("That is more than this form can hold. Please make it shorter."))
    try:
        pairs = parse_qsl(
            body.decode("ascii", "replace"),
            keep_blank_values=True,
            max_num_fields=getattr(state, "form_fields", FIELDS),
        )
    except ValueError as fault:
        raise BadInput(N_("This form arrived with too many fields. Please go back and send it again.")) from fault
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(clean(name), []).append(clean(value))
    return fields


async def form_of(request: Request) -> dict[str, str]:
    """Every field with its first value."""
    return {name: values[0] for name, values in (await form_lists(request)).items()}


def token_of(request: Request) -> dict[str, Any]:
    """The payload of `?t=`; empty where there is none. Raises TokenSpent, answered with the cover."""
    asked: bytes = request.scope["query_string"]
    # Our own links hold the token and nothing else; taking a query string apart costs as much as opening the token.
    ours = asked.startswith(b"t=") and not any(sign in asked for sign in b"&%+;")
    token = asked[2:].decode("latin-1") if ours else request.query_params.get("t")
    return open_token(token, binding_of(request), clock(request)) if token else {}
