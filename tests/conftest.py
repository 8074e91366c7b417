"""Fixtures over real things only: databases, both apps, a served process, a browser. No mock of our own code."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from moderation import app as desk
from server import app as members
from server import sealing, stores
from server.settings import Settings
from tests import postgres
from tests.chromium import OpenPage, launched, phones
from tests.fresh_stores import FreshStores
from tests.house import House, opened_house
from tests.packages import write_package
from tests.serving import Served, alder, serving

pytest_plugins = ["tests.guards"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """`postgres://postgres@127.0.0.1:PORT`; a test adds a path of its own."""
    with postgres.running() as url:
        yield url


@pytest.fixture(scope="session")
def fresh_stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FreshStores:
    return FreshStores(tmp_path_factory.mktemp("pattern"), lambda: request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Whatever uses it, directly or through `settings`, runs twice: once on each engine."""
    return request.param


@pytest.fixture
def settings(engine: str, tmp_path: Path, fresh_stores: FreshStores) -> Iterator[Settings]:
    """An installation of its own: empty migrated stores, keys beside the data, unverified services shown."""
    with fresh_stores.fresh(engine, tmp_path) as made:
        yield made


@pytest.fixture
async def opened(settings: Settings) -> AsyncIterator[Settings]:
    """The stores open and the keys loaded in the test's own event loop; for tests without HTTP."""
    sealing.load(settings)
    async with stores.opened(settings):
        yield settings


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """Both apps over empty stores. `house.through_the_door("ana")`, `house.visitor()`, `house.clock.move(days=1)`."""
    with opened_house(settings, members.create_app, desk.create_app) as opened_now:
        yield opened_now


@pytest.fixture(scope="session")
def small_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of 24 made-up services."""
    return write_package(tmp_path_factory.mktemp("package") / "small.zip")


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory, small_package: Path) -> Path:
    """A folder with the data and the keys of an installation that holds the small package. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("stocked")
    done = alder("import", small_package, data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def served(tmp_path: Path, stocked: Path) -> Iterator[Served]:
    """`alder serve` as a process of its own, with the small package in it."""
    shutil.copytree(stocked, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module: Playwright keeps a loop in this thread, and async tests of the next need their own."""
    with launched() as chromium:
        yield chromium


@pytest.fixture
def phone(browser: Browser) -> Iterator[OpenPage]:
    with phones(browser) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core: `page.evaluate(axe)`, then `page.evaluate("axe.run()")["violations"]`."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
