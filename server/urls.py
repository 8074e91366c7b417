"""Every public path of the members' app, in neutral words: the one place where neutral and exact words meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.routing import BaseRoute, Route

from server.pages import routes as pages
from server.resources import api
from server.resources import routes as resources
from server.resources import service_routes as service
from server.settings import Settings
from server.web.exact_paths import Endpoint, ExactPaths


@dataclass(frozen=True)
class Address:
    """`who`: "anyone", or "door": a live visit, for the others the cover.

    `switch` names the setting that has to be on, else the address is as unknown as any other.
    """

    name: str
    path: str
    endpoints: dict[str, Endpoint]
    who: tuple[str, ...] = ("door",)
    switch: str = ""

    @property
    def methods(self) -> list[str]:
        return sorted(self.endpoints)


PAGES = (
    Address("pages:cover", "/", {"GET": pages.read_cover, "POST": pages.press_cover}, ("anyone",)),
    Address("pages:cover_script", "/c/{file}", {"GET": pages.cover_script}, ("anyone",)),
    Address("pages:worker", "/sw.js", {"GET": pages.worker}, ("anyone",)),
    Address("pages:exit", "/close", {"POST": pages.leave}, ("anyone",)),
    Address("pages:start", "/start", {"GET": pages.read_start, "POST": pages.choose_start}),
    Address("pages:before", "/before", {"GET": pages.read_before}),
    Address("pages:home", "/home", {"GET": pages.read_home}),
    Address("pages:happening", "/look", {"GET": pages.read_happening}),
    Address("pages:script", "/s/{file}", {"GET": pages.inside_script}),
    Address("resources:search", "/places", {"GET": resources.read_search, "POST": resources.send_search}),
    Address("resources:service", "/place", {"GET": service.read_service, "POST": service.go_on_from_service}),
    Address("resources:calling", "/ring", {"GET": service.read_calling}),
    Address("resources:print", "/sheet", {"GET": service.read_print}),
    Address("resources:slip", "/slip", {"GET": service.read_slip}),
    Address("resources:report", "/note", {"GET": service.read_report, "POST": service.send_report}),
    Address("resources:reported", "/noted", {"GET": service.read_reported}),
    Address("resources:hotlines", "/numbers", {"GET": resources.read_hotlines}),
)

OPEN = "/open"  # the HSDS API; for programs, so its paths say what they are
SWITCH = "open_directory"


def _open_addresses() -> Iterator[Address]:
    yield Address("resources:open", f"{OPEN}/", {"GET": api.read_metadata}, ("anyone",), SWITCH)
    yield Address("resources:open_openapi", f"{OPEN}/openapi.json", {"GET": api.read_openapi}, ("anyone",), SWITCH)
    for kind in api.LISTINGS:
        read = api.listing(kind)
        name = f"resources:open_{kind}"
        yield Address(name, f"{OPEN}/{kind}", {"GET": read, "POST": read}, ("anyone",), SWITCH)
        yield Address(f"{name}_one", f"{OPEN}/{kind}/{{id}}", {"GET": api.single(kind)}, ("anyone",), SWITCH)


ADDRESSES = (*PAGES, *_open_addresses())
PATHS = {address.name: address.path for address in ADDRESSES}


def switched_on(settings: Settings) -> tuple[Address, ...]:
    return tuple(one for one in ADDRESSES if not one.switch or getattr(settings, one.switch))


def open_paths(settings: Settings) -> tuple[str, ...]:
    """Those that answer without a visit."""
    return tuple(one.path for one in switched_on(settings) if "anyone" in one.who)


def reading_paths(settings: Settings) -> tuple[str, ...]:
    """Where a POST changes nothing: the twins of the API's lists."""
    return tuple(one.path for one in switched_on(settings) if one.switch == SWITCH and "POST" in one.endpoints)


def routes(settings: Settings) -> list[BaseRoute]:
    """The paths without a variable first; of the others one Route a method, so that a wrong method is a 405."""
    addresses = switched_on(settings)
    exact = {address.path: address.endpoints for address in addresses if "{" not in address.path}
    others = [
        Route(address.path, endpoint, methods=[method], name=f"{address.name}:{method}")
        for address in addresses
        if "{" in address.path
        for method, endpoint in address.endpoints.items()
    ]
    return [ExactPaths(exact), *others]
