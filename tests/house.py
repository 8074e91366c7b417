"""Both apps over real stores in one process, with a clock that tests may move, and people who come to them."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import anyio.from_thread
from pyotp.totp import TOTP
from starlette.applications import Starlette
from starlette.testclient import TestClient

from moderation.actions import add_staff
from server.pages import door_codes
from server.settings import Settings
from tests.people import PEOPLE, ROLES, Person

T = TypeVar("T")
MEMBERS = "https://places.example"
STAFF = "https://desk.example"


class Client(TestClient):
    """A browser without script: keeps cookies, follows 303, and says where its forms come from."""

    def __init__(self, app: Starlette, address: str, portal: anyio.from_thread.BlockingPortal, language: str) -> None:
        said = {"origin": address, "sec-fetch-site": "same-origin", "accept-language": language}
        super().__init__(app, base_url=address, headers=said)
        self.portal = portal  # the one event loop that all clients and the stores live in


@dataclass
class Clock:
    """Stands still until it is moved; both apps read it."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        assert now.tzinfo is not None, "aware datetimes only"
        self.now = now

    def move(self, **by: float) -> None:
        """`move(days=400)`"""
        self.now += timedelta(**by)


@dataclass
class House:
    """What a test is given: the two apps, who may come to them, and `run` for work on their event loop."""

    settings: Settings
    members: Starlette
    staff_app: Starlette
    clock: Clock
    portal: anyio.from_thread.BlockingPortal

    @property
    def door_code(self) -> str:
        return next(iter(door_codes.codes(self.settings)))

    def run(self, work: Callable[..., Awaitable[T]], *args: object) -> T:
        """Await `work(*args)` where the stores are open."""
        return self.portal.call(work, *args)

    def visitor(self, name: str = "carl") -> Client:
        """Somebody at the members' address who has not come through the door."""
        return Client(self.members, MEMBERS, self.portal, PEOPLE[name].language)

    def through_the_door(self, name: str = "ana", language: str | None = None, country: str | None = None) -> Client:
        """Somebody inside, her language and country chosen: her own unless the test says another."""
        person: Person = PEOPLE[name]
        client = self.visitor(name)
        assert client.post("/", data={"x": self.door_code, "k": "="}).url.path == "/start", "the door did not open"
        chosen = {"language": language or person.language, "country": country or person.country}
        assert client.post("/start", data=chosen).status_code == 200
        return client

    def stranger_at_the_desk(self) -> Client:
        """Somebody at the staff address who has not signed in."""
        return Client(self.staff_app, STAFF, self.portal, "en")

    def staff(self, name: str = "edith", role: str = "") -> Client:
        """Somebody signed in at the staff address: added by the operator, set up by herself as in life."""
        code = self.run(add_staff, name, [role or ROLES[name]], self.clock())
        client = self.stranger_at_the_desk()
        shown = client.post("/setup", data={"name": name, "code": code})
        phrase = " ".join(re.findall(r"<li>(\w+)</li>", shown.text))
        secret = "".join(re.findall(r"<span>([A-Z2-7]+)</span>", shown.text))
        onwards = re.search(r'action="(/setup/phrase[^"]*)"', shown.text)
        assert onwards, f"no second page of the set-up: {shown.status_code}"
        digits = TOTP(secret).at(self.clock())
        done = client.post(html.unescape(onwards[1]), data={"phrase": phrase, "code": digits})
        assert done.url.path == "/desk", f"not signed in: {done.status_code}"
        return client


@contextlib.contextmanager
def opened_house(settings: Settings, create_members: Callable, create_staff: Callable) -> Iterator[House]:
    clock = Clock()
    members, staff_app = create_members(settings), create_staff(settings)
    members.state.clock = staff_app.state.clock = clock
    with anyio.from_thread.start_blocking_portal() as portal, contextlib.ExitStack() as open_now:
        for app in (members, staff_app):
            open_now.enter_context(portal.wrap_async_context_manager(app.router.lifespan_context(app)))
        yield House(settings, members, staff_app, clock, portal)
