"""Every public path of the members' app, in neutral words: the one place where neutral and exact words meet."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import BaseRoute, Route

from server.pages import routes as pages
from server.resources import routes as resources
from server.web.exact_paths import Endpoint, ExactPaths


@dataclass(frozen=True)
class Address:
    """`who`: "anyone", or "door": a live visit, for the others the cover."""

    name: str
    path: str
    endpoints: dict[str, Endpoint]
    who: tuple[str, ...] = ("door",)

    @property
    def methods(self) -> list[str]:
        return sorted(self.endpoints)


ADDRESSES = (
    Address("pages:cover", "/", {"GET": pages.read_cover, "POST": pages.press_cover}, ("anyone",)),
    Address("pages:cover_script", "/c/{file}", {"GET": pages.cover_script}, ("anyone",)),
    Address("pages:worker", "/sw.js", {"GET": pages.worker}, ("anyone",)),
    Address("pages:exit", "/close", {"POST": pages.leave}, ("anyone",)),
    Address("pages:start", "/start", {"GET": pages.read_start, "POST": pages.choose_start}),
    Address("pages:before", "/before", {"GET": pages.read_before}),
    Address("pages:home", "/home", {"GET": pages.read_home}),
    Address("pages:script", "/s/{file}", {"GET": pages.inside_script}),
    Address("resources:search", "/places", {"GET": resources.read_search, "POST": resources.send_search}),
    Address("resources:service", "/place", {"GET": resources.read_service}),
    Address("resources:hotlines", "/numbers", {"GET": resources.read_hotlines}),
)

PATHS = {address.name: address.path for address in ADDRESSES}
OPEN_PATHS = tuple(address.path for address in ADDRESSES if "anyone" in address.who)


def routes() -> list[BaseRoute]:
    """The paths without a variable first; of the others one Route a method, so that a wrong method is a 405."""
    exact = {address.path: address.endpoints for address in ADDRESSES if "{" not in address.path}
    others = [
        Route(address.path, endpoint, methods=[method], name=f"{address.name}:{method}")
        for address in ADDRESSES
        if "{" in address.path
        for method, endpoint in address.endpoints.items()
    ]
    return [ExactPaths(exact), *others]
