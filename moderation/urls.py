"""Every address of the staff app and what it asks of whoever comes. An address without a need cannot be written."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import Route

from moderation import routes as pages
from moderation.desks import directory
from moderation.gate import Endpoint, admitted
from moderation.permissions import Need, who_may
from moderation.terms import Entry, Permission


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    endpoints: dict[str, Endpoint]
    need: Need

    @property
    def methods(self) -> list[str]:
        return sorted(self.endpoints)

    @property
    def who(self) -> tuple[str, ...]:
        """ "anyone", "staff", or "staff:ROLE" for each role that may."""
        return who_may(self.need)


READ, CHANGE = Permission.READ_SERVICES, Permission.CHANGE_SERVICES

ADDRESSES = (
    Address("desk:sign_in", "/", {"GET": pages.read_sign_in, "POST": pages.send_sign_in}, Entry.ANYONE),
    Address("desk:setup", "/setup", {"GET": pages.read_setup, "POST": pages.send_setup}, Entry.ANYONE),
    Address(
        "desk:setup_phrase",
        "/setup/phrase",
        {"GET": pages.read_setup_phrase, "POST": pages.send_setup_phrase},
        Entry.ANYONE,
    ),
    Address("desk:sign_out", "/sign-out", {"POST": pages.sign_out}, Entry.STAFF),
    Address("desk:front", "/desk", {"GET": pages.read_front}, Entry.STAFF),
    Address("directory:find", "/desk/services", {"GET": directory.read_found, "POST": directory.send_words}, READ),
    Address("directory:service", "/desk/service/{id}", {"GET": directory.read_service}, READ),
    Address("directory:save", "/desk/service/{id}/save", {"POST": directory.save}, CHANGE),
    Address("directory:verify", "/desk/service/{id}/verify", {"POST": directory.verify}, CHANGE),
    Address("directory:retire", "/desk/service/{id}/retire", {"POST": directory.retire}, CHANGE),
    Address("directory:bring_back", "/desk/service/{id}/bring-back", {"POST": directory.bring_back}, CHANGE),
    Address("log:read", "/log", {"GET": pages.read_log}, Permission.READ_LOG),
    Address("staff:list", "/staff", {"GET": pages.read_staff}, Permission.READ_STAFF),
)

PATHS = {address.name: address.path for address in ADDRESSES}


def routes() -> list[Route]:
    """One Route a method, so that a wrong method on a known path is a 405; each behind its need."""
    return [
        Route(address.path, admitted(address.need, endpoint), methods=[method], name=f"{address.name}:{method}")
        for address in ADDRESSES
        for method, endpoint in address.endpoints.items()
    ]
