"""What the command line promises: help, one clear line and code 2 on bad input, shapes other programs rely on."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from server.cli import parser
from server.cli.commands import report_text
from tests.serving import ANSWERS_WITHIN, Visitor, alder, serving

COMMANDS = re.findall(r"^    ([a-z]+) ", parser().format_help(), re.MULTILINE)
RIGHTS = {"anyone", "door", "member", "staff"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = alder(command, "--help")
    assert done.returncode == 0 and "usage:" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        (),
        ("serve", "--port", "no"),
        ("serve", "--port", "8000", "--staff-port", "8000"),
        ("import", "not-there.zip"),
        ("import", "README.md"),
        ("import", "README.md", "--source", "No Name"),
        ("search", "x" * 300),
        ("search", "bed", "--need", "no such need"),
        ("staff", "add", "Edith"),
        ("staff", "add", "Edith", "--role", "queen"),
        ("staff", "add", "", "--role", "operator"),
        ("staff", "end", "Nobody"),
        ("door", "drop", "123"),
        ("search", "bed", "--page", "0"),
        ("search", "bed", "--facet", "nope"),
        ("search", "bed", "--language", "nope"),
        ("cards", "out.html", "--address", "foo"),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_clear_line_and_code_2(words: tuple[str, ...], tmp_path: Path) -> None:
    done = alder(*words, data=tmp_path / "data" if words[1:] else None)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("alder: ") and len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_what_may_be_chosen_is_listed(tmp_path: Path) -> None:
    for option, listed in (("--need", "bed"), ("--facet", "no_id"), ("--language", "es")):
        said = alder("search", "bed", option, "nope", data=tmp_path / "data").stderr
        assert f"{option} nope" in said and f" {listed}," in said, said
    assert "https://" in alder("cards", "out.html", "--address", "foo", data=tmp_path / "data").stderr


def test_an_import_says_at_its_end_what_must_not_be_missed(tmp_path: Path) -> None:
    def package(folder: str, ids: str) -> Path:
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "services.json"
        path.write_text(json.dumps([{"id": one, "name": f"Open door {one}"} for one in ids]))
        return path

    data, whole, cut = tmp_path / "data", package("whole", "abcde"), package("cut", "a")
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\nname = "name"\n')
    mapped = alder("import", whole, "--mapping", mapping, data=data)
    assert mapped.returncode == 2 and "A mapping is for a plain CSV" in mapped.stderr
    alder("import", whole, data=data)
    assert alder("import", whole, data=data).stdout.endswith("\nNothing has changed.\n")
    seen = alder("import", cut, "--dry-run", data=data).stdout
    assert seen.endswith("\n4 services would be retired: they are not in this package.\n") and "Open door e" in seen
    other = alder("import", package("other", "xyz"), data=data)
    assert other.returncode == 2 and "--source" in other.stderr
    assert alder("import", cut, data=data).stdout.endswith("\n4 services were retired: they are not in this package.\n")
    beyond = alder("search", "door", "--page", "9", data=data)
    assert beyond.stdout.endswith("There is no page 9. The last one is page 1.\n")


def test_reasons_are_grouped_by_their_own_words() -> None:
    told = [
        ("a.csv", "read as UTF-16"),
        ("a.csv", "the other lines were read as Windows-1252"),
        *(("a.csv", f"the same id as line {line}, which was taken") for line in (3, 4)),
        *(("a.csv", f"organization {one} is not there: kept without one") for one in ("12", "x-3", KEPT_ID)),
        *(("b.csv", f"a reason of its own{'!' * many}") for many in range(25)),
    ]
    notes = [{"file": file, "line": 1, "reason": reason} for file, reason in told]
    text = report_text({"services": {"rows": 1}, "notes": notes})
    assert " 1  read as UTF-16" in text and "Windows-1252" in text
    assert " 2  the same id as line #, which was taken" in text
    assert " 3  organization # is not there: kept without one" in text
    assert text.count("a reason of its own") == 20 and text.endswith("and 5 more kinds")


KEPT_ID = "00000001-4c44-4d0b-9d53-0d6c3f1c7a11"


def test_bad_surroundings_are_one_clear_line_too(tmp_path: Path) -> None:
    for environ in (
        {"ALDER_KEYS": str(tmp_path / "data" / "keys")},
        {"ALDER_DATABASE_URL": "mysql://x"},
        {"ALDER_DATABASE_URL": "postgres://127.0.0.1:9/x"},
        {"ALDER_TIMEZONE": "Mars/North"},
        {"ALDER_COUNTRY": "Spain"},
    ):
        done = alder("search", "bed", data=tmp_path / "data", **environ)
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, (environ, done.stderr)


def test_routes_say_who_may_use_each_address() -> None:
    routes = json.loads(alder("routes", "--json").stdout)
    assert {"members", "staff"} == {route["app"] for route in routes}
    for route in routes:
        assert set(route) == {"name", "app", "path", "methods", "who"}
        assert route["who"] and all(who in RIGHTS or who.startswith("staff:") for who in route["who"]), route
    assert {
        "name": "resources:search",
        "app": "members",
        "path": "/places",
        "methods": ["GET", "POST"],
        "who": ["door"],
    } in routes


def test_schema_is_read_back_from_real_databases() -> None:
    schema = json.loads(alder("schema", "--json").stdout)
    assert {"directory", "moderation", "limits"} <= set(schema)
    assert {"id", "name", "status", "verified_on"} <= set(schema["directory"]["service"])
    searched = ["name", "alternate_name", "organization", "terms", "description", "stems"]
    assert schema["directory"]["service_search"] == searched


def test_a_report_whose_sums_are_right_and_a_search_with_its_reasons(small_package: Path, tmp_path: Path) -> None:
    done = alder("import", small_package, "--json", data=tmp_path / "data")
    report = json.loads(done.stdout)
    assert report["services"]["rows"] == 24
    for name, sums in report.items():
        if name != "notes":
            assert sums["rows"] == sums["kept"] + sums["mended"] + sums["set_aside"], name
    assert all(set(note) == {"file", "line", "reason"} for note in report["notes"])
    found = json.loads(alder("search", "housing", "--json", data=tmp_path / "data").stdout)
    assert found["results"] and all(result["why"] for result in found["results"])
    assert not any(result["shown"] for result in found["results"]), "nobody has checked them, and the switch is off"
    shown = json.loads(alder("search", "housing", "--json", data=tmp_path / "data", ALDER_SHOW_UNVERIFIED="1").stdout)
    assert all(result["shown"] for result in shown["results"])


def test_what_is_written_is_for_the_operators_user_alone(small_package: Path, tmp_path: Path) -> None:
    alder("import", small_package, data=tmp_path / "data")
    alder("door", data=tmp_path / "data")
    for folder in (tmp_path / "data", tmp_path / "data-keys"):
        for file in (folder, *folder.iterdir()):
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_doctor_says_what_to_mend_and_then_that_there_is_nothing(small_package: Path, tmp_path: Path) -> None:
    before = alder("doctor", data=tmp_path / "data")
    assert before.returncode == 1 and "mend:" in before.stdout
    alder("import", small_package, data=tmp_path / "data")
    well = alder("doctor", data=tmp_path / "data")
    assert well.returncode == 0 and "Nothing to mend." in well.stdout
    os.chmod(tmp_path / "data-keys" / "1.key", 0o644)
    told = alder("doctor", data=tmp_path / "data")
    assert told.returncode == 1 and "chmod 600" in told.stdout
    os.chmod(tmp_path / "data-keys" / "1.key", 0o600)
    (tmp_path / "data-keys" / "1.key").write_bytes(bytes(32))
    told = alder("doctor", data=tmp_path / "data")
    assert told.returncode == 1 and "belong to other data" in told.stdout


def test_doctor_tries_every_sealed_value(small_package: Path, tmp_path: Path) -> None:
    alder("import", small_package, data=tmp_path / "data")
    alder("staff", "add", "Edith", "--role", "operator", data=tmp_path / "data")
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "moderation.db")) as moderation, moderation:
        moderation.execute("UPDATE staff SET totp = ?", (b"\x01" + bytes(60),))
    told = alder("doctor", data=tmp_path / "data")
    assert told.returncode == 1 and "No key opens 1 sealed values in moderation.staff." in told.stdout


def test_databases_put_back_without_their_keys_get_no_new_ones(small_package: Path, tmp_path: Path) -> None:
    data, keys = tmp_path / "data", tmp_path / "data-keys"
    alder("import", small_package, data=data)
    shutil.rmtree(keys)
    (data / "keys-witness").unlink()
    told = alder("search", "bed", data=data)
    assert told.returncode == 2 and "The keys are missing." in told.stderr
    assert not list(keys.glob("*.key"))


def test_door_codes_are_listed_added_and_dropped(tmp_path: Path) -> None:
    first = alder("door", data=tmp_path / "data").stdout.split()[0]
    second = alder("door", "add", "market cards", data=tmp_path / "data").stdout.strip()
    assert f"{second}  market cards" in alder("door", data=tmp_path / "data").stdout
    assert alder("door", "drop", first, data=tmp_path / "data").returncode == 0
    assert alder("door", "drop", second, data=tmp_path / "data").returncode == 2


def test_keys_turn_twice_under_a_running_server_and_stolen_old_ones_open_nothing_any_more(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        stolen = running.through_the_door()
        for _ in range(2):
            assert running.alder("keys", "rotate").returncode == 0
            time.sleep(1.2)
        assert b"/close" not in stolen.ask("/home").body
        assert b"/close" in running.through_the_door().ask("/home").body


def test_keys_turn_and_a_visit_of_before_goes_on(tmp_path: Path, small_package: Path) -> None:
    alder("import", small_package, data=tmp_path / "data")
    with serving(tmp_path) as running:
        inside = running.through_the_door()
        assert running.alder("keys", "rotate").returncode == 0
        assert b"/close" in inside.ask("/home").body
        assert b"/close" in running.through_the_door().ask("/home").body


def test_it_stops_within_three_seconds_also_with_a_connection_open(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        host, port = running.members.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as open_:
            open_.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            began = time.monotonic()
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(10) == 0
            assert time.monotonic() - began < 3.5


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = alder("serve", "--port", taken.getsockname()[1], "--staff-port", "1", data=tmp_path / "data")
    assert done.returncode == 2 and "in use" in done.stderr


def test_the_demo_says_how_to_come_in_and_lets_each_in(tmp_path: Path) -> None:
    with serving(tmp_path, "--demo", ALDER_SHOW_UNVERIFIED="") as running:
        until = time.monotonic() + ANSWERS_WITHIN
        while "Ctrl-C" not in running.log.read_text() and time.monotonic() < until:
            time.sleep(0.1)
        said = running.log.read_text()
        assert f"type {running.door_code}" in said
        inside = running.through_the_door()
        assert b"/place?t=" in inside.ask(inside.follow("/places", {"need": "bed"})).body
        lines = said.splitlines()
        at = next(number for number, line in enumerate(lines) if "(directory_editor)" in line)
        words = {line.split(":")[0].strip(): line.split(":")[1].strip() for line in lines[at + 1 : at + 4]}
        desk = Visitor(running.staff)
        name = lines[at].split("(")[0].strip()
        typed = {"name": name, "phrase": words["phrase"], "code": words["code now"]}
        assert desk.ask("/", typed).headers["location"] == "/desk"
        assert desk.ask("/desk/services").status == 200


@pytest.mark.parametrize(
    "words", [("search", "bed"), ("staff", "add", "Edith", "--role", "operator"), ("keys", "rotate"), ("doctor",)]
)
def test_a_mistyped_folder_is_said_and_nothing_is_made_there(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = alder(*words, data=tmp_path / "typo")
    assert done.returncode in (1, 2) and "There is no installation" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []
