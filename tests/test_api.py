"""Promise: the open directory answers programs in HSDS 3.1 where it was switched on, and is not there where not."""

from __future__ import annotations

import itertools
import json
import math
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation import app as desk
from server import app as members
from server import limits
from server.resources.api_asking import LISTS, SINGLE, UnusableError, asked, box_around, metres_between, page_of
from server.resources.hsds_attributes import TAXONOMY_ID, TERMS
from server.settings import Settings
from server.urls import ADDRESSES, OPEN, SWITCH, Address
from tests.directory_rows import rows
from tests.house import Client, House, opened_house
from tests.hsds_schemas import faults
from tests.looking import files_holding
from tests.published_rows import HIDDEN, SECRET, SECRET_SPOT, Stock, stocked_directory
from tests.serving import Served, Visitor, serving
from tests.test_promise_02_no_trace import ADDRESS, AGENT, HEADERS, WORDS, everywhere
from tests.test_promise_07_headers import assert_strict

LISTED = tuple(LISTS)
OPENED = tuple(address for address in ADDRESSES if address.switch == SWITCH)
ELSEWHERE = {"origin": "https://network.example", "sec-fetch-site": "cross-site"}


@dataclass
class Open:
    """A house whose directory is open, a program that reads it, and what is in there."""

    house: House
    program: Client
    stock: Stock

    def get(self, path: str, **asking: Any) -> Any:
        answer = self.program.get(f"{OPEN}/{path}", params=asking)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ids(self, kind: str = "services", **asking: Any) -> list[str]:
        return [one["id"] for one in self.get(kind, **asking)["contents"]]


no_sql = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # what is shown there asks no database


@pytest.fixture
def opened_up(settings: Settings, small_package: Path) -> Iterator[Open]:
    mine = replace(settings, open_directory=True)
    with opened_house(mine, members.create_app, desk.create_app) as house:
        stock = house.run(stocked_directory, mine, small_package)
        program = house.visitor("carl")
        program.headers.update({"accept": "application/json", **ELSEWHERE})
        yield Open(house, program, stock)


def paths(address: Address) -> str:
    return address.path.replace("{id}", HIDDEN.format(1))


def test_where_it_is_not_switched_on_nothing_is_there(house: House) -> None:
    stranger, inside = house.visitor("carl"), house.through_the_door("ana")
    unknown, unknown_inside = stranger.get("/nothing-here"), inside.get("/nothing-here")
    unknown_sent = stranger.post("/nothing-here", data={"search": "x"}, headers=ELSEWHERE, follow_redirects=False)
    assert OPENED
    for address in OPENED:
        told = stranger.get(paths(address))
        assert (told.status_code, told.content) == (unknown.status_code, unknown.content), address.path
        told = inside.get(paths(address))
        assert (told.status_code, told.content) == (unknown_inside.status_code, unknown_inside.content)
        told = stranger.post(paths(address), data={"search": "x"}, headers=ELSEWHERE, follow_redirects=False)
        assert (told.status_code, told.content) == (unknown_sent.status_code, unknown_sent.content)
        assert inside.post(paths(address), data={"search": "x"}, headers=ELSEWHERE).status_code == 403


def test_it_is_off_unless_the_operator_says_so(tmp_path: Path) -> None:
    assert not Settings.from_environment({}, tmp_path / "data").open_directory
    assert Settings.from_environment({"ALDER_OPEN_DIRECTORY": "1"}, tmp_path / "data").open_directory


def test_what_nobody_has_checked_shows_here_only_where_it_shows_on_the_pages(
    settings: Settings, small_package: Path
) -> None:
    mine = replace(settings, open_directory=True, show_unverified=False)
    with opened_house(mine, members.create_app, desk.create_app) as house:
        stock = house.run(stocked_directory, mine, small_package)
        program = house.visitor("carl")
        every = program.get(f"{OPEN}/services", params={"per_page": 500}).json()["contents"]
        assert [one["id"] for one in every] == [stock.rich], "the one that Edith checked"
        organizations = program.get(f"{OPEN}/organizations", params={"full": "true"}).json()["contents"]
        assert [one["id"] for one in organizations[0]["services"]] == [stock.rich] and len(organizations) == 1
        unchecked = house.run(rows, "SELECT id FROM service WHERE verified_on IS NULL AND NOT confidential")
        links = house.run(rows, "SELECT sl.id FROM service_at_location sl JOIN service s ON s.key = sl.service_id"
                                " WHERE s.verified_on IS NULL")  # fmt: skip
        for kind, found in (("services", unchecked), ("service_at_locations", links)):
            assert found and all(program.get(f"{OPEN}/{kind}/{one['id']}").status_code == 404 for one in found)


@no_sql
def test_the_first_page_is_still_the_cover(opened_up: Open) -> None:
    assert "text/html" in opened_up.house.visitor("carl").get("/").headers["content-type"]


def test_every_document_of_every_list_is_valid_and_can_be_read_by_its_id(opened_up: Open) -> None:
    for kind, full in itertools.product(LISTED, ("true", "false")):
        asking = {"full": full} if "full" in LISTS[kind] else {}
        page = opened_up.get(kind, per_page=200, **asking)
        assert page["contents"], kind
        assert faults(kind, page["contents"]) == []
        one = opened_up.get(f"{kind}/{page['contents'][-1]['id']}")
        assert one["id"] == page["contents"][-1]["id"] and faults(kind, [one]) == []
    assert opened_up.get("services", full="false", per_page=1)["contents"][0].keys().isdisjoint({"phones", "schedules"})


@no_sql
def test_the_metadata_leads_to_a_document_of_every_route_and_parameter(opened_up: Open) -> None:
    told = opened_up.get("")
    assert told["version"] == "3.1" and told["openapi_url"].endswith(f"{OPEN}/openapi.json")
    described = opened_up.get("openapi.json")
    real = {address.path.removeprefix(OPEN): set(address.endpoints) for address in OPENED}
    real.pop("/openapi.json")
    assert {path: {m.upper() for m in methods} for path, methods in described["paths"].items()} == real
    for kind in LISTED:
        named = [one["$ref"].rpartition("/")[2] for one in described["paths"][f"/{kind}"]["get"]["parameters"]]
        assert tuple(named) == LISTS[kind]


def test_a_page_says_where_it_stands(opened_up: Open) -> None:
    every = opened_up.ids(per_page=500)
    seen: list[str] = []
    for number in (1, 2, 3):
        page = opened_up.get("services", per_page=7, page=number)
        total, pages = len(every), math.ceil(len(every) / 7)
        assert list(page) == [
            "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
        ]  # fmt: skip
        assert (page["total_items"], page["total_pages"], page["page_number"]) == (total, pages, number)
        assert (page["first_page"], page["last_page"], page["empty"]) == (number == 1, number == pages, False)
        seen += [one["id"] for one in page["contents"]]
    assert seen == every[:21]
    beyond = opened_up.get("services", page=99)
    assert beyond["empty"] and beyond["last_page"] and beyond["size"] == 0 and beyond["contents"] == []


def test_filters_narrow_together(opened_up: Open) -> None:
    every, rich = opened_up.ids(per_page=500), opened_up.stock.rich
    document = opened_up.get(f"services/{rich}")
    terms = [one["taxonomy_term"] for one in document["attributes"]]
    other = next(term for term in terms if term["taxonomy_id"] != TAXONOMY_ID)
    organization = document["organization_id"]
    word = document["name"].split()[-1]
    for asking in (
        *({"taxonomy_term_id": TERMS[code]["id"]} for code in ("police", "closed_until", "chat")),
        {"taxonomy_term_id": TERMS["pets"]["id"], "taxonomy_id": TAXONOMY_ID},
        {"taxonomy_term_id": other["id"]},
        {"organization_id": organization.upper()},
        {"search": word},
        {"search": document["name"], "taxonomy_term_id": other["id"], "organization_id": organization},
    ):
        found = opened_up.ids(per_page=500, **asking)
        assert rich in found and len(found) < len(every), asking
        assert set(opened_up.ids("organizations", **asking)) >= {organization} if "organization_id" not in asking else 1
    assert set(opened_up.ids(taxonomy_id=other["taxonomy_id"], per_page=500)) == set(every)
    assert set(opened_up.ids(taxonomy_term_id=TERMS["timezone"]["id"], per_page=500)) == set(every)
    assert opened_up.ids(taxonomy_term_id=TERMS["pets"]["id"], search="nothingofthatkind") == []
    assert opened_up.ids(search="!?") == []
    assert opened_up.ids(modified_after="2026-11-23T00:00:00Z", per_page=500) == []
    assert set(opened_up.ids(modified_after="2026-11-22", per_page=500)) == set(every) - {rich}
    assert rich in opened_up.ids(modified_after="2026-11-21T10:00:00+02:00", per_page=500)
    told = opened_up.get("services", minimal="true", per_page=500)["contents"]
    assert {"id": rich, "modified_date": "2026-11-21T00:00:00Z"} in told


def test_lists_of_terms_narrow_too(opened_up: Open) -> None:
    own = opened_up.ids("taxonomy_terms", taxonomy_id=TAXONOMY_ID, per_page=500)
    assert TERMS["no_id"]["id"] in own and TERMS["undocumented"]["id"] not in own
    assert opened_up.ids("taxonomy_terms", search="police report") == [TERMS["no_police_report"]["id"]]
    assert opened_up.ids("taxonomies", search="alder") == [TAXONOMY_ID]


def test_what_is_near_a_postcode(opened_up: Open) -> None:
    rich = opened_up.get(f"services/{opened_up.stock.rich}")["service_at_locations"][0]
    code = rich["location"]["addresses"][0]["postal_code"]
    assert opened_up.ids("service_at_locations", postcode=f"{code[:2]} {code[2:]}") == [rich["id"]]
    centre = (rich["location"]["latitude"], rich["location"]["longitude"])
    away = {
        one["id"]: metres_between(centre, (one["location"]["latitude"], one["location"]["longitude"]))
        for one in opened_up.get("service_at_locations", per_page=500)["contents"]
        if "latitude" in one["location"]
    }
    for metres in range(1000, 40_000, 2000):  # at some of these a place stands in the corner of the square alone
        near = opened_up.ids("service_at_locations", postcode=code, proximity=metres, per_page=500)
        assert near == [link for link, distance in away.items() if distance <= metres], metres
    assert len(away) > 5
    assert opened_up.ids("service_at_locations", postcode="00000", proximity=20_000) == []


def test_the_twins_of_the_lists_answer_the_same_and_set_nothing(opened_up: Open) -> None:
    for kind in LISTED:
        asking: dict[str, Any] = {"search": "a", "per_page": 2}
        wanted = opened_up.get(kind, **asking)
        ways: list[dict[str, Any]] = [{"data": asking}, {"json": asking}, {"json": {**asking, "per_page": "2"}}]
        for sent in ways:
            answer = opened_up.program.post(f"{OPEN}/{kind}", **sent)
            assert answer.status_code == 200 and answer.json() == wanted, kind
            assert "set-cookie" not in answer.headers and "location" not in answer.headers


def test_a_stream_holds_everything_that_fits(opened_up: Open) -> None:
    for kind in LISTED:
        answer = opened_up.program.get(f"{OPEN}/{kind}", params={"format": "ndjson", "per_page": 1})
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        streamed = [json.loads(line)["id"] for line in answer.text.splitlines()]
        assert streamed == opened_up.ids(kind, per_page=500)


def test_no_answer_tells_what_may_not_leave(opened_up: Open) -> None:
    secrets = [SECRET, str(SECRET_SPOT), TERMS["undocumented"]["id"], *opened_up.stock.withheld]
    secrets += [row["id"] for row in opened_up.house.run(rows, "SELECT id FROM service WHERE confidential")]
    for kind in LISTED:
        more: list[dict[str, str]] = [{}, {"format": "ndjson"}]
        more += [{"full": "true"}] if "full" in LISTS[kind] else []
        more += [{"full_service": "true"}] if "full_service" in LISTS[kind] else []
        for asking in more:
            said = opened_up.program.get(f"{OPEN}/{kind}", params={"per_page": "500", **asking}).text
            assert opened_up.stock.rich in said or kind.startswith(("taxonom", "organ"))
            assert not [secret for secret in secrets if secret in said], (kind, asking)
        for withheld in (*opened_up.stock.withheld, *map(HIDDEN.format, (2, 3, 4))):
            assert opened_up.program.get(f"{OPEN}/{kind}/{withheld}").status_code == 404
    assert opened_up.ids(taxonomy_term_id=TERMS["undocumented"]["id"]) == [], "nor can it be found by asking"
    assert opened_up.ids(search=SECRET) == []


BAD: list[tuple[str, dict[str, Any]]] = [
    ("services", {"per_page": "0"}),
    ("services", {"per_page": "501"}),
    ("services", {"page": "-1"}),
    ("services", {"page": "x"}),
    ("services", {"full": "maybe"}),
    ("services", {"format": "xml"}),
    ("services", {"modified_after": "yesterday"}),
    ("services", {"modified_after": "0001-01-01T00:00:00+23:59"}),
    ("services", {"taxonomy_id": "' OR 1=1"}),
    ("services", {"search": "x" * 201}),
    ("services", {"postcode": "33136"}),
    ("services", {"nonsense": "1"}),
    ("services", {"search": ["a", "b"]}),
    ("service_at_locations", {"proximity": "100"}),
    ("service_at_locations", {"postcode": "33136", "proximity": "inf"}),
    ("service_at_locations", {"postcode": "33136", "proximity": "0"}),
    (f"services/{HIDDEN.format(1)}", {"full": "true"}),
]


@no_sql
def test_a_bad_parameter_is_answered_by_a_clear_sentence(opened_up: Open) -> None:
    for path, asking in BAD:
        ways = [opened_up.program.get(f"{OPEN}/{path}", params=asking)]
        if "/" not in path:
            ways += [opened_up.program.post(f"{OPEN}/{path}", json=asking)]
            ways += [opened_up.program.post(f"{OPEN}/{path}", data=asking)]
        for answer in ways:
            assert answer.status_code == 422, (path, asking)
            assert answer.headers["content-type"] == "application/problem+json"
            said = answer.json()
            assert said["status"] == 422 and said["detail"].endswith(".") and "x" * 9 not in said["detail"]


@no_sql
def test_a_bad_body_is_answered_by_a_clear_sentence(opened_up: Open) -> None:
    kind = {"content-type": "application/json"}
    for body in (
        b"{",
        b"[1]",
        b"null",
        b'{"page": {"a": 1}}',
        b"[" * 100_000,
        b"\xff",
        b"x" * 70_000,
        b'{"search": "a\\u0000"}',
        b'{"search": "\\ud800"}',
    ):
        answer = opened_up.program.post(f"{OPEN}/services", content=body, headers=kind)
        assert answer.status_code == 422 and answer.json()["detail"], body[:20]
    empty = opened_up.program.post(f"{OPEN}/services", content=b"", headers=kind)
    assert empty.json() == opened_up.get("services")
    other = opened_up.program.post(f"{OPEN}/services", content=b"<a/>", headers={"content-type": "text/xml"})
    assert other.status_code == 422 and other.json()["detail"]


@no_sql
def test_one_address_asks_only_so_often(opened_up: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "open", replace(limits.LIMITS["open"], size=5, refill=3600))
    answers = [opened_up.program.get(f"{OPEN}/taxonomies") for _ in range(8)]
    assert [one.status_code for one in answers] == [200] * 5 + [429] * 3
    assert int(answers[-1].headers["retry-after"]) > 0 and answers[-1].json()["detail"]
    assert opened_up.house.through_the_door("ana").get("/home").status_code == 200, "people are not programs"


@no_sql
def test_all_at_once_is_counted_apart(opened_up: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "open_all", replace(limits.LIMITS["open_all"], size=1, refill=3600))
    asking = {"format": "ndjson"}
    told = [opened_up.program.get(f"{OPEN}/services", params=asking).status_code for _ in range(2)]
    assert told == [200, 429] and opened_up.get("services")["size"]


@no_sql
def test_the_strict_headers_stand_here_too(opened_up: Open) -> None:
    seen: set[int] = set()
    for address in OPENED:
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            for asking in ({}, {"page": "x"}):
                answer = opened_up.program.request(method, paths(address), params=asking, follow_redirects=False)
                assert_strict(answer, f"{method} {address.path} {answer.status_code}")
                assert "set-cookie" not in answer.headers
                seen.add(answer.status_code)
    assert {200, 403, 404, 422} <= seen and max(seen) < 500


@no_sql
def test_only_the_twins_take_what_comes_from_elsewhere(opened_up: Open) -> None:
    """No page of ours may be made to change something by another site, now as before."""
    inside = opened_up.house.through_the_door("ana")
    for address in ADDRESSES:
        if address.switch != SWITCH or "POST" not in address.endpoints:
            assert inside.post(paths(address), data={"x": "1"}, headers=ELSEWHERE).status_code == 403, address.path


@pytest.fixture
def serving_openly(tmp_path: Path, stocked: Path) -> Iterator[Served]:
    shutil.copytree(stocked, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path, ALDER_OPEN_DIRECTORY="1") as running:
        yield running


def test_promise_2_no_word_of_a_question_is_in_any_file(serving_openly: Served) -> None:
    answers = everywhere(Visitor(serving_openly.members), OPENED, HEADERS)
    found = Visitor(serving_openly.members).ask(f"{OPEN}/services?search={WORDS}", headers=HEADERS)
    assert found.status == 200 and {answer.status for answer in answers} <= {200, 303, 403, 404, 405, 413, 422, 429}
    written = [serving_openly.settings.data, serving_openly.settings.keys, serving_openly.log.parent]
    for canary in (ADDRESS, AGENT, WORDS):
        assert files_holding(written, canary) == [], f"{canary} was written"


def test_no_id_and_no_word_ends_in_a_fault(opened_up: Open) -> None:
    for odd in ("a%00b", "%FF%FE", "ä", "'", "x" * 3000, "%ED%A0%80", "a/b"):
        for kind in LISTED:
            assert opened_up.program.get(f"{OPEN}/{kind}/{odd}").status_code == 404, odd
            assert opened_up.program.get(f"{OPEN}/{kind}?search={odd[:50]}").status_code in (200, 422), odd


# --- Rules

points = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


@given(points, points, st.floats(1, 500_000))
def test_the_box_holds_whatever_is_near(centre: tuple[float, float], other: tuple[float, float], metres: float) -> None:
    south, north, west, east = box_around(centre, metres)
    inside = south <= other[0] <= north and west <= other[1] <= east
    assert inside or metres_between(centre, other) > metres


@given(st.integers(0, 5000), st.integers(1, 200), st.integers(1, 500))
def test_pages_add_up(total: int, page: int, per_page: int) -> None:
    question = asked({"page": page, "per_page": per_page}, LISTS["services"])
    contents = list(range(total))[(page - 1) * per_page : page * per_page]
    told = page_of(contents, total, question)
    assert told["last_page"] == (page * per_page >= total)
    assert told["total_pages"] * per_page >= total > (told["total_pages"] - 1) * per_page
    assert told["empty"] == (not contents) and told["size"] == len(contents)


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.lists(st.integers())


@given(st.dictionaries(st.sampled_from([*LISTS["services"], *LISTS["service_at_locations"], "other"]), values))
def test_whatever_is_asked_it_is_read_or_refused(given_: dict[str, Any]) -> None:
    for allowed in (*LISTS.values(), *SINGLE.values()):
        try:
            question = asked(given_, allowed)
        except UnusableError as fault:
            assert str(fault).endswith(".")
        else:
            assert 1 <= question.per_page <= 500 and question.page >= 1
