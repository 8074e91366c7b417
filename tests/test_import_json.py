"""Promise: HSDS as publishers write it today comes in whole: JSON of every shape, CSV of every version, own CSV."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.errors import SetupError
from server.resources.importing import Given, import_package, read_path
from server.resources.package_reading import Row
from server.settings import Settings
from tests.directory_rows import TODAY, everything, imported, one, rows, service, tables
from tests.serving import alder

SHORELINE = Path(__file__).parent / "fixtures" / "shoreline"
DOCUMENTS: list[Any] = json.loads((SHORELINE / "services.json").read_text())
EXAMPLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "hsds" / "correct_example"


async def children(table: str, source_id: str, *columns: str) -> set[tuple[Any, ...]]:
    found = await rows(
        f"SELECT c.* FROM {table} c JOIN service s ON s.key = c.service_id WHERE s.source_id = ?", source_id
    )
    return {tuple(row[column] for column in columns) for row in found}


async def test_a_second_package_full_of_dirt_comes_in(opened: Settings) -> None:
    told = (await imported(SHORELINE, opened)).as_json()
    counts = {name: (c["rows"], c["kept"], c["mended"], c["set_aside"]) for name, c in told.items() if name != "notes"}
    assert all(all_ == kept + mended + aside for all_, kept, mended, aside in counts.values())
    assert counts["services"] == (8, 1, 4, 3)
    desk = await service("svc-1")
    assert desk["description"] == (
        "Moved upstairs until spring\n\nWe help to get unpaid wages back.\n\n- No papers asked for\n"
        "- Ask at the desk (https://shoreline.example/desk)\nTom & Ana answer."
    )
    assert (desk["minimum_age"], desk["maximum_age"], desk["eligibility"]) == (16, 99, "Anybody who worked")
    assert str(desk["full_on"]) == "2026-11-03" and desk["documents"] == "Payslips, if you have any"
    assert desk["fees"] == "Free of charge.\nAdvice: 0 usd"
    assert (await one("SELECT name FROM organization WHERE source_id = 'org-1'"))["name"] == "Shoreline & Sons"
    assert await children("phone", "svc-1", "number", "extension", "kind", "language") == {
        ("+1 (305) 555-0101", "12", "voice", "Spanish"),
        ("305-555-0102", "", "text", ""),
    }
    assert {name for (name,) in await children("service_facet", "svc-1", "facet")} == {
        "free", "interpreters", "national", "wheelchair",
    }  # fmt: skip
    assert await children("service_language", "svc-1", "code") == {("en",), ("es",), ("ht",)}
    hours = await children("schedule", "svc-1", "weekday", "opens", "closes", "rule")
    assert hours == {
        *((day, 540, 1020, "") for day in range(5)),
        (None, 600, 720, "FREQ=MONTHLY;BYDAY=1SA"),
        (None, 600, 720, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
    }
    reasons = {note["reason"] for note in told["notes"]}
    assert any("shiny_new_field" in reason for reason in reasons), "a field nobody knows is named"
    numbers = await rows("SELECT number FROM phone WHERE number LIKE '%0191%'")
    assert not numbers, "the number of a person is not kept"


async def test_what_it_says_of_the_others(opened: Settings) -> None:
    await imported(SHORELINE, opened)
    video = await one("SELECT * FROM service WHERE name = 'Video counselling'")
    assert len(video["source_id"]) == 64, "an id was made, and the next package makes the same"
    facets = {name for (name,) in await children("service_facet", video["source_id"], "facet")}
    assert facets == {"free", "remote"}
    assert await children("phone", video["source_id"], "number") == {("116 016",)}
    assert (None, None, None, "when the moon is full") in await children(
        "schedule", video["source_id"], "weekday", "opens", "closes", "text"
    )
    clinic = await service("svc-6")
    assert (clinic["website"], clinic["minimum_age"], clinic["status"]) == ("", None, "temporarily closed")
    assert not await children("phone", "svc-6", "number")
    legal = await service("7")
    assert legal["fees"].startswith("First hour: 20.00 USD")
    assert not await children("service_facet", "7", "facet")
    assert len(await children("service_term", "7", "term_id")) == 1


async def test_a_confidential_address_of_a_json_package_is_nowhere(opened: Settings) -> None:
    await imported(SHORELINE, opened)
    shelter = await service("svc-2")
    assert shelter["confidential"]
    held = json.dumps(await everything(), default=str)
    for secret in ("Quay", "blue door", "33109"):
        assert secret not in held


def variants() -> dict[str, dict[str, str]]:
    whole = json.dumps(DOCUMENTS)
    page = {"total_items": len(DOCUMENTS), "page_number": 1, "contents": DOCUMENTS}
    objects = [one for one in DOCUMENTS if isinstance(one, dict)]
    return {
        "a list on one line": {"services.json": whole},
        "a page of an API": {"page1.json": json.dumps(page, indent=2)},
        "ndjson": {"services.ndjson": "\n".join(map(json.dumps, DOCUMENTS))},
        "a folder of documents": {f"services/{n}.json": json.dumps(one) for n, one in enumerate(objects)},
        "with a mark of its encoding": {"services.json": "\ufeff" + whole},
    }


@pytest.mark.parametrize("shape", variants())
def test_every_shape_of_json_is_the_same_package(tmp_path: Path, shape: str) -> None:
    packed = tmp_path / "shoreline.zip"
    packed.write_bytes(tables(variants()[shape]))
    found, whole = read_path(packed).tables, read_path(SHORELINE).tables

    def told(package: dict[str, list[Row]]) -> dict[str, list[str]]:
        return {t: sorted(str(sorted(r.values.items())) for r in listed if r.readable) for t, listed in package.items()}

    assert told(found) == told(whole)


@pytest.mark.parametrize("name", ["service_full.json", "service_at_location_full.json", "organization_full.json"])
async def test_the_official_examples_come_in(opened: Settings, name: str) -> None:
    told = (await imported(EXAMPLES / name, opened)).as_json()
    assert told["services"]["rows"] == 1 and told["services"]["set_aside"] == 0
    stored = await one("SELECT * FROM service")
    assert stored["name"] == "Community Counselling" and stored["minimum_age"] == 12
    assert (await one("SELECT * FROM organization"))["name"] == "Example Organization Inc."
    assert {row["number"] for row in await rows("SELECT number FROM phone")} == {"+44 1234 234567"}


async def test_the_same_json_again_changes_nothing(opened: Settings) -> None:
    first = (await imported(SHORELINE, opened)).as_json()
    before = await everything()
    again = (await imported(SHORELINE, opened, date(2026, 12, 24))).as_json()
    assert await everything() == before and again == first


def write_tables(folder: Path, **files: list[dict[str, str]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, listed in files.items():
        with (folder / f"{name}.csv").open("w", newline="") as out:
            writer = csv.DictWriter(out, list(listed[0]))
            writer.writeheader()
            writer.writerows(listed)
    return folder


@pytest.mark.parametrize("version", ["2.0", "3.0"])
async def test_tables_of_two_and_three(opened: Settings, tmp_path: Path, version: str) -> None:
    two = version == "2.0"
    fees, term = ("fees", "term") if two else ("fees_description", "name")
    linked = {"link_type": "service", "link_id": "s1"} if two else {"link_entity": "service", "link_id": "s1"}
    address = {"id": "a1", "location_id": "l1", "address_1": "5 Well Road", "city": "Welltown", "country": "US"}
    package = write_tables(
        tmp_path / "county",
        organizations=[{"id": "o1", "name": "Well", "website": "https://well.example"}],
        services=[{"id": "s1", "organization_id": "o1", "name": "Well desk", fees: "no charge", "status": "active"}],
        locations=[{"id": "l1", "name": "Well house", "location_type": "physical"}],
        service_at_locations=[{"id": "x1", "service_id": "s1", "location_id": "l1"}],
        **{"physical_addresses" if two else "addresses": [address if two else {**address, "address_type": "physical"}]},
        schedules=[
            {"id": "h1", "service_at_location_id": "x1", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00",
             "closes_at": "17:00", "valid_from": "2026-01-01", "valid_to": "2027-01-01"},
        ],
        holiday_schedules=[
            {"service_id": "s1", "closed": "true", "start_date": "2026-12-25", "end_date": "2026-12-26"}
        ],
        taxonomies=[{"id": "t", "name": "Well terms"}],
        taxonomy_terms=[{"id": "t1", term: "Advice", "taxonomy_id": "t"}],
        **{"other_attributes" if two else "attributes": [{"id": "y", **linked, "taxonomy_term_id": "t1"}]},
        languages=[{"id": "g", "service_id": "s1", "language" if two else "name": "Spanish"}],
        required_documents=[{"id": "r", "service_id": "s1", "document": "A letter"}],
        cost_options=[{"id": "c", "service_id": "s1", "option": "Visit", "amount": "0.00"}],
        accessibility=[{"id": "w", "location_id": "l1", "description": "wheelchair"}],
        services_capacity=[{"id": "z", "service_id": "s1", "available": "4"}],
    )  # fmt: skip
    told = (await imported(package, opened)).as_json()
    stored = await service("s1")
    assert stored["documents"] == "A letter" and "Visit" in stored["fees"]
    assert {name for (name,) in await children("service_facet", "s1", "facet")} == {"free", "wheelchair"}
    assert await children("service_language", "s1", "code") == {("es",)}
    assert (await one("SELECT name, vocabulary FROM term")) == {"name": "Advice", "vocabulary": "Well terms"}
    assert len(await children("service_term", "s1", "term_id")) == 1
    found = {
        (row["rule"], str(row["valid_from"]), str(row["valid_to"]), bool(row["closed"]))
        for row in await rows("SELECT * FROM schedule")
    }
    assert found == {
        ("FREQ=WEEKLY;BYDAY=MO", "2026-01-01", "2027-01-01", False),
        ("", "2026-12-25", "2026-12-26", True),
    }
    assert (await one("SELECT address_1 FROM location"))["address_1"] == "5 Well Road"
    assert told["service_capacities"]["set_aside"] == 1, "room that can be counted has no place, and that is said"


MAPPING = """
source = "own_list"
[columns]
id = "Ref"
name = "Agency"
description = ["About", "More"]
phone = "Tel."
address_1 = "Street"
city = "Town"
languages = "Spoken"
hours = "Open"
terms = "Kinds"
organization_name = "Run by"
[constants]
country = "US"
vocabulary = "Own"
[separators]
languages = "/"
terms = ";"
"""
OWN = """Ref,Agency,About,More,Tel.,Street,Town,Spoken,Open,Kinds,Run by,Colour
1,Desk,First,Second,305-555-0101,1 Low Road,Lowtown,English/Spanish,Mon-Fri 9am-5pm,Food;Rent,Low Trust,red
2,,Nameless,,,,,,,,,
3,"Broken,x"y",a,b,c,d,e,f,g,h,i,j,k,l
4,Line,Talk,,116016,,,French,24/7,Food,Low Trust,
"""


async def test_a_plain_csv_with_a_mapping(opened: Settings, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN)
    (tmp_path / "own.toml").write_text(MAPPING)
    given = Given(tmp_path / "own.csv", tmp_path / "own.toml")
    told = (await import_package(given, settings=opened, today=TODAY)).as_json()
    assert (told["services"]["rows"], told["services"]["set_aside"]) == (4, 2)
    assert any("colour" in note["reason"] for note in told["notes"])
    desk = await service("1")
    assert (desk["description"], desk["source"]) == ("First\nSecond", "own_list")
    assert await children("service_language", "1", "code") == {("en",), ("es",)}
    assert len(await children("service_term", "1", "term_id")) == 2
    assert (await one("SELECT count(*) AS n FROM organization"))["n"] == 1
    assert (await one("SELECT city FROM location"))["city"] == "Lowtown"
    assert len(await children("schedule", "4", "weekday", "opens")) == 7
    before = await everything()
    await import_package(given, settings=opened, today=TODAY)
    assert await everything() == before


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("[columns]\nname = 'Agency'\nshoe_size = 'Ref'\n", "shoe_size"),
        ("[columns]\nname = 'Agency'\nfees = 'Price'\n", "Price"),
        ("[columns]\nid = 'Ref'\n", "columns.name is missing"),
        ("[colums]\nname = 'Agency'\n", "colums"),
        ("[columns]\nname = 4\n", "columns.name"),
        ("columns = 3\n", "columns"),
        ("nonsense", "cannot be read"),
        ('{"columns": [', "cannot be read"),
    ],
)
def test_a_mapping_that_names_what_is_not_there_says_which(tmp_path: Path, mapping: str, said: str) -> None:
    (tmp_path / "own.csv").write_text(OWN)
    (tmp_path / "own.toml").write_text(mapping)
    done = alder("import", tmp_path / "own.csv", "--mapping", tmp_path / "own.toml", data=tmp_path / "data")
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1


def test_the_command_reads_json_and_says_what_a_mapping_is(tmp_path: Path) -> None:
    done = alder("import", SHORELINE / "services.json", "--json", data=tmp_path / "data")
    assert done.returncode == 0 and json.loads(done.stdout)["services"]["rows"] == 8
    assert "[separators]" in alder("import", "--help").stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "cannot be read as JSON"),
        ('{"a":' * 100_000, "cannot be read as JSON"),
        ("[]", "no table of services"),
        ("{}", "no table of services"),
        ("", "no table of services"),
        ("[1, 2]", "cannot be read as JSON"),
        ('{"name": ', "cannot be read as JSON"),
        ("[" + "{}," * 3_100_000 + "{}]", "far more"),
    ],
)
def test_json_that_is_no_package_ends_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(SetupError, match=said):
        read_path(tmp_path / "x.json")


def test_huge_numbers_and_deep_nests_are_only_text(tmp_path: Path) -> None:
    deep: Any = "end"
    for _ in range(300):
        deep = {"services": [deep]} if isinstance(deep, dict) else {"name": deep}
    document = {"id": "1", "name": "Desk", "minimum_age": 7, "odd": deep}
    text = json.dumps([document]).replace(": 7", f": {'9' * 10_000}").replace('"1"', "1e999")
    (tmp_path / "x.json").write_text(text)
    found = read_path(tmp_path / "x.json").tables["service"]
    assert found[0].get("id") == "1e999" and len(found[0].get("minimum_age")) == 10_000


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize(
    "broken", ['{"id": "x", "name": }', '{"id": "x" "name": "y"}', '{"id": "x", "name": "y}', "{]"]
)
def test_one_broken_document_costs_itself_and_no_other(tmp_path: Path, indent: int | None, broken: str) -> None:
    good = [{"id": f"s{n}", "name": f"Service {n}", "phones": [{"number": "305-555-0101"}]} for n in range(9)]
    listed = [json.dumps(one, indent=indent) for one in good]
    text = "[\n" + ",\n".join([*listed[:4], broken, *listed[4:]]) + "\n]"
    lines = "\n".join([*map(json.dumps, good[:4]), broken, *map(json.dumps, good[4:])])
    for name, content in (("services.json", text), ("services.ndjson", lines)):
        (tmp_path / name).write_text(content)
        found = read_path(tmp_path / name).tables["service"]
        assert [row.get("id") for row in found if row.readable] == [f"s{n}" for n in range(9)]
        assert sum(not row.readable for row in found) == 1
