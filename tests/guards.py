"""What holds for every test: no network but loopback, nothing skipped, more examples in the full run."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
IN_CI = bool(os.environ.get("CI"))

hypothesis.settings.register_profile("quick", deadline=None, max_examples=60, print_blob=True)
hypothesis.settings.register_profile("full", deadline=None, max_examples=1000, print_blob=True)
hypothesis.settings.load_profile("quick")


class OutsideNetworkError(RuntimeError):
    """A test tried to leave this machine."""


def _loopback(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) and address else address
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    return not isinstance(host, str) or host.startswith(("127.", "/")) or host in ("", "::1", "localhost")


def stay_home(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: it sees every socket of the process, whatever library opened it."""
    if event in ("socket.connect", "socket.sendto"):
        # a unix socket is no network: its address is a path
        if args[0].family != socket.AF_UNIX and not _loopback(args[1]):
            raise OutsideNetworkError(f"{event}: {args[1]}")
    elif event == "socket.getaddrinfo" and not _loopback(args[0]):
        raise OutsideNetworkError(f"{event}: {args[0]}")


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(stay_home)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """A test that is skipped shows nothing: it fails instead."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing is skipped here: {report.longrepr}"
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the real package need ../shared/data. A fresh clone without it leaves them out and says so; CI fails."""
    if SHARED_DATA.is_dir() or IN_CI:
        return
    needing = [item for item in items if "shared_data" in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in needing]
    config.hook.pytest_deselected(items=needing)


def pytest_report_header(config: pytest.Config) -> str:
    if SHARED_DATA.is_dir():
        return "real package: ../shared/data"
    return "real package: ../shared/data is not there; " + ("CI fails for it" if IN_CI else "its tests are left out")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the real packages (Miami, hotlines, schemas) beside the project."""
    assert SHARED_DATA.is_dir(), "../shared/data is not there, and CI has to see the real package"
    return SHARED_DATA
