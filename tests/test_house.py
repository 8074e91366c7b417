"""The house itself: its rules can fail, its locks are whole, its map is true, its files speak of Alder alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")
MACHINE_PATH = re.compile(r"(?<![\w.\"'/:-])/(?:work|tmp|root|home|Users|opt|mnt)/[\w.-]+")
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pyright:|fmt:\s*off|ruff:)", re.IGNORECASE)
OURS = {".py", ".html", ".css", ".js", ".md", ".toml", ".yaml", ".po", ".pot", ".json", ".cfg", ""}
NOT_OURS = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
}


def own_files(*suffixes: str) -> list[Path]:
    found: list[Path] = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in NOT_OURS and not name.endswith(".egg-info")]
        found += [Path(folder) / name for name in names]
    return sorted(path for path in found if path.suffix in (suffixes or OURS))


def run(*words: object, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [str(word) for word in words]
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | environ
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)


# Which way imports run


@pytest.fixture
def copied_house(tmp_path: Path) -> Path:
    for package in ("server", "moderation"):
        leave_out = shutil.ignore_patterns("__pycache__", "*.json", "*.db")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    return run(
        Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", cwd=house, PYTHONPATH=str(house)
    )


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("server/helpers.py", ""),
        ("server/resources/helpers.py", ""),
        ("server/stores.py", "import server.web"),
        ("server/resources/store.py", "import server.resources.routes"),
        ("server/resources/opening_hours.py", "import os"),
        ("server/resources/opening_hours.py", "import tortoise"),
        ("server/app.py", "import moderation.terms"),
        ("moderation/desks/directory.py", "import server.resources.store"),
        ("moderation/desks/directory.py", "import server.pages.door_codes"),
        ("moderation/terms.py", "import moderation.store"),
    ],
    ids=lambda said: said.replace("/", ".") or "stray",
)
def test_an_import_that_runs_the_wrong_way_is_refused(copied_house: Path, file: str, line: str) -> None:
    path = copied_house / file
    path.write_text((path.read_text() if path.exists() else '"""Stray."""\n') + f"\n{line}\n")
    done = lint_imports(copied_house)
    assert done.returncode == 1 and "BROKEN" in done.stdout, done.stdout + done.stderr


def test_the_copied_house_as_it_is_keeps_every_contract(copied_house: Path) -> None:
    done = lint_imports(copied_house)
    assert done.returncode == 0, done.stdout + done.stderr


# What is installed


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*])?==([^\s;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_its_hash_and_no_lock_names_a_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    assert len(entries) > 20
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|file:", text) == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {lock: PROJECT["project"]["dependencies"] + groups["build"] for lock in LOCKS}
    asked["requirements-dev.lock"] = asked["requirements-dev.lock"] + groups["dev"]
    for lock, wanted in asked.items():
        locked = pins(lock)
        for one in wanted:
            name, _, version = one.partition("==")
            assert locked.get(name.partition("[")[0]) == version, f"{one} in {lock}: run `make lock`"
    runtime, development = (pins(lock) for lock in LOCKS)
    assert runtime.items() <= development.items(), "the tests run on other versions than the product"


def test_the_browser_push_library_is_not_loaded_by_what_runs() -> None:
    """It costs 20 MB and a quarter of a second: it comes in where it is used."""
    assert "pywebpush" not in pins("requirements.lock")


# One list of checks


def test_every_check_is_local_and_needs_no_network() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert [hook["id"] for hook in hooks] == ["format", "lint", "types", "imports"]
    assert all(hook["entry"].startswith(".venv/bin/") and hook["language"] == "system" for hook in hooks)


def test_a_check_is_on_or_off_in_one_place() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in own_files(".py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if SILENCED.search(line) and path != Path(__file__)
    ]
    assert found == []


# Nothing is skipped, nobody leaves the machine, CI sees the real package

PROBE = """
import socket, pytest
def test_skips(): pytest.skip("no reason")
def test_calls_out(): socket.create_connection(("192.0.2.1", 80), 1)
def test_asks_for_a_name(): socket.getaddrinfo("example.org", 80)
def test_stays_home():
    with socket.create_server(("127.0.0.1", 0)) as here: socket.create_connection(here.getsockname()).close()
def test_of_the_real_package(shared_data): pass
"""


@pytest.fixture
def lonely_project(tmp_path: Path) -> Path:
    """A project with our guards, and no ../shared/data beside it."""
    project = tmp_path / "clone"
    (project / "tests").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "guards.py", project / "tests")
    (project / "tests" / "__init__.py").touch()
    (project / "tests" / "conftest.py").write_text('pytest_plugins = ["tests.guards"]\n')
    (project / "tests" / "test_probe.py").write_text(PROBE)
    shutil.copy(ROOT / "pyproject.toml", project)
    return project


def outcomes(project: Path, **environ: str) -> dict[str, str]:
    done = run(sys.executable, "-m", "pytest", "-vv", "-p", "no:xdist", cwd=project, **environ)
    return dict(re.findall(r"test_probe\.py::(\w+) (\w+)", done.stdout))


def test_a_skipped_test_and_one_that_calls_out_fail(lonely_project: Path) -> None:
    assert outcomes(lonely_project) == {
        "test_skips": "FAILED",
        "test_calls_out": "FAILED",
        "test_asks_for_a_name": "FAILED",
        "test_stays_home": "PASSED",
    }


def test_ci_fails_without_the_real_package(lonely_project: Path) -> None:
    assert outcomes(lonely_project, CI="1")["test_of_the_real_package"] == "ERROR"


# What a reader finds


@pytest.mark.parametrize("path", own_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_speaks_of_a_machine(path: Path) -> None:
    if path != Path(__file__):
        assert MACHINE_PATH.findall(path.read_text(encoding="utf-8")) == []


def test_the_readme_is_short_and_its_map_is_true() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("\n") < 120
    named = set(re.findall(r"`((?:server|moderation|pwa|tests|bench)/[\w./-]*)`", text))
    named |= set(re.findall(r"^\s*((?:server|moderation|pwa|tests|bench)/[\w./-]*)\s", text, re.MULTILINE))
    assert named, "the README has no map"
    made_later = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()}
    assert [name for name in sorted(named - made_later) if not (ROOT / name).exists()] == []
    rooms = {
        f"server/{path.name}" for path in (ROOT / "server").iterdir() if path.is_dir() and path.name[0] not in "._"
    }
    assert [room for room in sorted(rooms) if room not in text] == [], "rooms that the map leaves out"


def test_every_command_of_the_readme_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {word for word in re.findall(r"`make ([a-z-]+)", text)} <= targets
    helped = run(Path(sys.executable).with_name("alder"), "--help").stdout
    for command in set(re.findall(r"`alder ([a-z]+)", text)):
        assert re.search(rf"^\s+{command}\b", helped, re.MULTILINE), f"alder {command} is told of and not there"


def test_what_is_shipped_as_data_can_be_read() -> None:
    for path in own_files(".json"):
        json.loads(path.read_text(encoding="utf-8"))
