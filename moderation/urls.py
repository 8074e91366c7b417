"""Every address of the staff app and what it asks of whoever comes. An address without a need cannot be written."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import Route

from moderation import routes as pages
from moderation.desks import checks, conflicts, directory, lines, many, reports
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


def sent_to(act: Endpoint) -> dict[str, Endpoint]:
    """A form is sent there; whoever asks for it as a page is led to the service."""
    return {"GET": directory.to_service, "POST": act}


READ, CHANGE, REPORTS = Permission.READ_SERVICES, Permission.CHANGE_SERVICES, Permission.READ_REPORTS

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
    Address("check:next", "/desk/check", {"GET": checks.read_next, "POST": checks.send_check}, CHANGE),
    Address("directory:service", "/desk/service/{id}", {"GET": directory.read_service}, READ),
    Address("directory:save", "/desk/service/{id}/save", sent_to(directory.save), CHANGE),
    Address("directory:verify", "/desk/service/{id}/verify", sent_to(directory.verify), CHANGE),
    Address("directory:full", "/desk/service/{id}/full", sent_to(directory.full), CHANGE),
    Address("directory:retire", "/desk/service/{id}/retire", sent_to(directory.retire), CHANGE),
    Address("directory:bring_back", "/desk/service/{id}/bring-back", sent_to(directory.bring_back), CHANGE),
    Address("conflicts:list", "/desk/conflicts", {"GET": conflicts.read_list}, CHANGE),
    Address("conflicts:one", "/desk/conflict/{id}", {"GET": conflicts.read_one, "POST": conflicts.send_one}, CHANGE),
    Address("lines:list", "/desk/lines", {"GET": lines.read_lines, "POST": lines.send_word}, CHANGE),
    Address("many:bulk", "/desk/bulk", {"GET": many.read_bulk, "POST": many.send_bulk}, CHANGE),
    Address("many:made", "/desk/changes", {"GET": many.read_made, "POST": many.send_undo}, CHANGE),
    Address("many:duplicates", "/desk/duplicates", {"GET": many.read_duplicates}, CHANGE),
    Address("many:merge", "/desk/merge/{id}", {"GET": many.read_merge, "POST": many.send_merge}, CHANGE),
    Address("reports:list", "/desk/reports", {"GET": reports.read_list}, REPORTS),
    Address("reports:one", "/desk/report/{id}", {"GET": reports.read_one, "POST": reports.send_word}, REPORTS),
    Address("reports:hide", "/desk/report/{id}/hide", {"GET": reports.to_report, "POST": reports.hide}, REPORTS),
    Address("reports:show", "/desk/report/{id}/show", {"GET": reports.to_report, "POST": reports.show}, REPORTS),
    Address("log:read", "/log", {"GET": pages.read_log}, Permission.READ_LOG),
    Address("staff:list", "/staff", {"GET": pages.read_staff}, Permission.READ_STAFF),
    Address("staff:roles", "/staff/{id}/roles", {"POST": pages.send_roles}, Permission.CHANGE_STAFF),
)

PATHS = {address.name: address.path for address in ADDRESSES}


def routes() -> list[Route]:
    """One Route a method, so that a wrong method on a known path is a 405; each behind its need."""
    return [
        Route(address.path, admitted(address.need, endpoint), methods=[method], name=f"{address.name}:{method}")
        for address in ADDRESSES
        for method, endpoint in address.endpoints.items()
    ]
