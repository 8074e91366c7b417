"""Promise: what leaves for other directories is valid HSDS 3.1, whole, the same every time, and tells no secret."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from server import stores
from server.errors import SetupError
from server.resources.exporting import export_directory
from server.resources.hsds_attributes import TERMS, Facts, attributes_of, facts_of
from server.resources.hsds_documents import Told, service_at_location_documents, service_document, standard_offset
from server.resources.hsds_tables import TABLES, rows_of
from server.resources.terms import Facet, Police
from server.settings import Settings
from tests.directory_rows import imported, rows
from tests.hsds_schemas import KINDS, faults, is_judging
from tests.published_rows import HIDDEN, SECRET, SECRET_SPOT, stocked_directory
from tests.serving import alder

UNDOCUMENTED = TERMS["undocumented"]["id"]


def documents(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in KINDS}


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    read = {name: (folder / f"{name}.csv").read_bytes().decode() for name in TABLES}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in read.items()}


def texts(folder: Path) -> str:
    return "".join(file.read_text() for file in sorted(folder.iterdir()))


async def test_every_document_is_valid_under_the_official_schema(
    opened: Settings, small_package: Path, tmp_path: Path
) -> None:
    assert is_judging()
    stock = await stocked_directory(opened, small_package)
    counts = await export_directory(tmp_path / "out", "json")
    found = documents(tmp_path / "out")
    assert {name: len(one) for name, one in found.items()} == counts
    for name, listed in found.items():
        assert listed, name
        assert faults(name, listed) == []
    published = await rows(
        "SELECT id FROM service WHERE status = 'active' AND retired_on IS NULL AND shared AND NOT confidential"
        " AND merged_into = ''"
    )
    assert sorted(one["id"] for one in found["services"]) == sorted(one["id"] for one in published)
    rich = next(one for one in found["services"] if one["id"] == stock.rich)
    assert rich["assured_date"] == "2026-11-22" and rich["last_modified"] == "2026-11-21T00:00:00Z"
    assert rich["minimum_age"] == 16
    assert [one["document"] for one in rich["required_documents"]] == ["A letter", "Anything with your name"]
    hours = ("freq", "byday", "opens_at", "closes_at", "timezone", "valid_from", "valid_to")
    assert [tuple(h.get(name) for name in hours) for h in rich["schedules"]] == [
        ("WEEKLY", "MO", "09:00", "17:00", -5, None, None),
        ("WEEKLY", "FR", "20:00", "24:00", -5, None, None),
        ("WEEKLY", "SA", "00:00", "02:00", -5, None, None),
        ("MONTHLY", "1TU", "10:00", "12:00", -5, None, None),
        (None, None, None, None, None, "2026-12-24", "2026-12-26"),
    ]
    assert facts_of(rich["attributes"]) == Facts(
        facets=frozenset((Facet.NO_ID, Facet.TRANS, Facet.PETS, Facet.NATIONAL, Facet.INTERPRETERS)),
        police="if_asked",
        full_on=date(2026, 11, 20),
        closed_until=date(2026, 12, 24),
        chat="https://room.example/chat",
        timezone="America/New_York",
        country="US",
        accessibility="A ramp at the back",
    )
    here = rich["service_at_locations"][0]
    assert here["schedules"][0]["byday"] == "WE" and here["phones"][-1]["extension"] == 12
    assert here["location"]["addresses"][0]["address_2"] == "Door 2"


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_only_what_may_leave_leaves(opened: Settings, small_package: Path, tmp_path: Path, form: str) -> None:
    stock = await stocked_directory(opened, small_package)
    await export_directory(tmp_path / "out", form)
    told = texts(tmp_path / "out")
    assert stock.rich in told
    for secret in (SECRET, str(SECRET_SPOT), "555-0000", *stock.withheld, *map(HIDDEN.format, (2, 3, 4))):
        assert secret not in told, secret
    hidden = await rows("SELECT id, name FROM service WHERE confidential AND id <> ?", HIDDEN.format(1))
    assert hidden
    assert not [one for one in hidden if one["id"] in told or one["name"] in told]


async def test_an_organization_that_runs_only_secret_places_does_not_leave(
    opened: Settings, small_package: Path, tmp_path: Path
) -> None:
    await imported(small_package, opened)

    async def work(unit: stores.Unit) -> None:
        await unit.run(
            "INSERT INTO organization (id, name, description) VALUES (?, ?, ?)", HIDDEN.format(7), SECRET, SECRET
        )
        await unit.run(
            "UPDATE service SET organization_id = (SELECT key FROM organization WHERE name = ?) WHERE confidential",
            SECRET,
        )

    await stores.write("directory", work)
    await export_directory(tmp_path / "out", "json")
    assert SECRET not in texts(tmp_path / "out")


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_who_helps_people_without_papers_never_leaves(
    opened: Settings, small_package: Path, tmp_path: Path, form: str
) -> None:
    await stocked_directory(opened, small_package)
    assert await rows("SELECT key FROM service_facet WHERE facet = 'undocumented'")
    await export_directory(tmp_path / "out", form)
    told = texts(tmp_path / "out")
    assert UNDOCUMENTED not in told and "undocumented" not in told
    assert TERMS["no_id"]["id"] in told


async def test_the_tables_say_what_the_documents_say(opened: Settings, small_package: Path, tmp_path: Path) -> None:
    await stocked_directory(opened, small_package)
    await export_directory(tmp_path / "json", "json")
    counts = await export_directory(tmp_path / "csv", "csv")
    read, nested = tables(tmp_path / "csv"), documents(tmp_path / "json")
    assert {name: len(one) for name, one in read.items()} == counts
    flat: dict[str, dict[str, dict[str, str]]] = {name: {} for name in TABLES}
    for name, listed in nested.items():
        for document in listed:
            for table, row in rows_of(name, document):
                flat[table][row["id"]] = {column: str(value) for column, value in row.items()}
    for name, listed in read.items():
        told = {row["id"]: {column: cell for column, cell in row.items() if cell} for row in listed}
        wanted = {key: {column: cell for column, cell in row.items() if cell} for key, row in flat[name].items()}
        assert told == wanted, name
    described = json.loads((tmp_path / "csv" / "datapackage.json").read_text())
    for resource in described["resources"]:
        columns = [one["name"] for one in resource["schema"]["fields"]]
        assert (tmp_path / "csv" / resource["path"]).read_text().splitlines()[0] == ",".join(columns)
        for key in resource["schema"].get("foreignKeys", ()):
            ids = {row["id"] for row in read[key["reference"]["resource"]]}
            pointing = {row[key["fields"]] for row in read[resource["name"]]} - {""}
            assert pointing <= ids, f"{resource['name']}.{key['fields']} points at nothing"


async def test_the_same_directory_gives_the_same_bytes(opened: Settings, small_package: Path, tmp_path: Path) -> None:
    await stocked_directory(opened, small_package)
    for form in ("json", "csv"):
        await export_directory(tmp_path / "one", form)
        first = texts(tmp_path / "one")
        await export_directory(tmp_path / "one", form)
        assert texts(tmp_path / "one") == first, "it takes the place of an older export"


async def test_an_export_takes_the_place_of_nothing_else(opened: Settings, small_package: Path, tmp_path: Path) -> None:
    await imported(small_package, opened)
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(SetupError, match="holds other things"):
        await export_directory(folder, "json")
    with pytest.raises(SetupError, match="is no folder"):
        await export_directory(folder / "letter.txt", "json")
    assert [file.name for file in folder.iterdir()] == ["letter.txt"]


async def test_an_export_that_breaks_off_leaves_what_was_there(
    opened: Settings, small_package: Path, tmp_path: Path
) -> None:
    await imported(small_package, opened)
    await export_directory(tmp_path / "out", "json")
    before = texts(tmp_path / "out")

    class PulledError(Exception):
        pass

    def pull(done: int, of: int) -> None:
        if done > 3:
            raise PulledError

    for name in ("out", "new"):
        with pytest.raises(PulledError):
            await export_directory(tmp_path / name, "json", progress=pull)
    assert texts(tmp_path / "out") == before
    assert sorted(one.name for one in tmp_path.iterdir() if "out" in one.name or "new" in one.name) == ["out"]


def test_the_command_writes_it_and_says_in_one_line_what_is_wrong(stocked: Path, tmp_path: Path) -> None:
    done = alder("export", tmp_path / "out", "--format", "csv", data=stocked / "data")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "services.csv").stat().st_mode & 0o077 == 0, "for the operator alone"
    (tmp_path / "out" / "mine.txt").write_text("x")
    wrong = [
        alder("export", tmp_path / "out", data=stocked / "data"),
        alder("export", tmp_path / "new", "--format", "xml", data=stocked / "data"),
        alder("export", tmp_path / "new", data=tmp_path / "nothing"),
    ]
    for one in wrong:
        assert one.returncode == 2 and len(one.stderr.strip().splitlines()) == 1, one.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.full
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # the small package is exported from both
async def test_a_real_directory_leaves_whole_and_valid(opened: Settings, shared_data: Path, tmp_path: Path) -> None:
    await imported(shared_data / "open211_miami.zip", opened)
    await export_directory(tmp_path / "out", "json")
    found = documents(tmp_path / "out")
    assert len(found["services"]) == 4088, "one of the 4,089 is confidential"
    for name, listed in found.items():
        assert faults(name, listed[::20]) == [], name


# --- What comes back


OF_ONE_HOUSE = ("id", "assured_date", "last_modified")


def sorted_out(value: Any) -> Any:
    """What two houses can say alike, lists in an order of their own: who comes first says nothing."""
    if isinstance(value, dict):
        return {name: sorted_out(one) for name, one in value.items() if name not in OF_ONE_HOUSE and name[-3:] != "_id"}
    if isinstance(value, list):
        return sorted((sorted_out(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def ids_of(documents: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    """Its own id and those of what it names, of each document."""
    return sorted(sorted((k, one) for k, one in told.items() if k[-2:] == "id") for told in documents)


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_what_was_exported_comes_back_as_it_left(
    opened: Settings, small_package: Path, tmp_path: Path, form: str
) -> None:
    """With the ids of what others may name; but for who checked and changed it when."""
    await stocked_directory(opened, small_package)
    await export_directory(tmp_path / "left", "json")
    await export_directory(tmp_path / "package", form)
    await empty_directory()
    report = (await imported(tmp_path / "package", opened)).as_json()
    for name in ("services", "phones", "service_at_locations"):
        assert report[name]["set_aside"] == 0, (name, report["notes"][:10])
    for name, told in report.items():
        assert name == "notes" or told["rows"] == told["kept"] + told["mended"] + told["set_aside"], name
    await export_directory(tmp_path / "back", "json")
    left, back = documents(tmp_path / "left"), documents(tmp_path / "back")
    for name in KINDS:
        assert sorted_out(back[name]) == sorted_out(left[name]), name
        assert ids_of(back[name]) == ids_of(left[name]), name


async def empty_directory() -> None:
    async def work(unit: stores.Unit) -> None:
        for table in (
            "service_facet", "phone", "schedule", "service_language", "service_term", "service_at_location",
            "service", "location", "organization", "term", "package", "service_search",
        ):  # fmt: skip
            await unit.run(f"DELETE FROM {table}")

    await stores.write("directory", work)


# --- Rules, tried with whatever can stand in a row

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
days = st.none() | st.dates()
minutes = st.none() | st.integers(0, 1440)
numbers = st.none() | st.integers(-(2**15), 2**15 - 1)
SERVICE_WORDS = (
    "name", "alternate_name", "description", "website", "email", "interpretation", "application_process", "fees",
    "wait_time", "eligibility", "documents", "chat", "accessibility", "country",
)  # fmt: skip
PLACE_WORDS = (
    "name", "transportation", "address_1", "address_2", "city", "region", "state_province", "postal_code", "country",
)  # fmt: skip


@st.composite
def told(draw: st.DrawFn) -> Told:
    """A row of each table as the columns allow it, sense or nonsense."""
    row: dict[str, Any] = {name: draw(words) for name in SERVICE_WORDS}
    row |= {name: draw(days) for name in ("verified_on", "modified_on", "edited_on", "full_on", "closed_until")}
    row |= {"id": str(draw(st.uuids())), "status": "active", "key": 1, "confidential": False}
    row |= {"minimum_age": draw(numbers), "maximum_age": draw(numbers), "undocumented_told": draw(st.booleans())}
    row |= {"police": draw(st.sampled_from(["", *Police])), "timezone": draw(st.sampled_from(ZONES) | words)}
    places = [draw(place(key)) for key in range(draw(st.integers(0, 2)))]
    here = st.none() | st.integers(0, 2)
    return Told(
        row,
        {"id": str(draw(st.uuids())), **{n: draw(words) for n in ORGANIZATION_WORDS}} if draw(st.booleans()) else None,
        draw(st.lists(st.fixed_dictionaries({**dict.fromkeys(PHONE_WORDS, words), "location_id": here}), max_size=2)),
        draw(st.lists(st.fixed_dictionaries({**HOURS, "location_id": here}), max_size=3)),
        draw(st.lists(st.fixed_dictionaries(LANGUAGE), max_size=2)),
        draw(st.frozensets(st.sampled_from(Facet), max_size=5)),
        [{"id": str(draw(st.uuids())), "name": draw(words), "vocabulary": draw(words), "parent_id": ""}],
        places,
    )


ZONES = ["", "America/New_York", "Asia/Kathmandu", "Europe/Dublin", "Nowhere/Land", "../../etc"]
ORGANIZATION_WORDS = ("name", "alternate_name", "description", "website", "email")
LANGUAGE: dict[str, Any] = dict.fromkeys(("code", "name", "note"), words)
PHONE_WORDS = ("number", "extension", "kind", "description", "language")
RULES = ["", "FREQ=MONTHLY;BYDAY=1MO", "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU", "FREQ=YEARLY", "FREQ=WEEKLY;COUNT=x"]
HOURS: dict[str, Any] = {
    "weekday": st.none() | st.integers(0, 6), "opens": minutes, "closes": minutes, "valid_from": days,
    "valid_to": days, "closed": st.booleans(), "text": words, "rule": st.sampled_from(RULES) | words,
}  # fmt: skip


@st.composite
def place(draw: st.DrawFn, key: int) -> dict[str, Any]:
    row: dict[str, Any] = {name: draw(words) for name in PLACE_WORDS}
    row |= {"latitude": draw(st.none() | st.floats(-90, 90)), "longitude": draw(st.none() | st.floats(-180, 180))}
    kind = draw(st.sampled_from(["physical", "postal", "virtual"]))
    return row | {"key": key, "id": str(draw(st.uuids())), "link_id": str(draw(st.uuids())), "location_type": kind}


@given(told())
def test_whatever_stands_in_a_row_its_document_is_valid(one: Told) -> None:
    document = service_document(one)
    assert faults("services", [document, service_document(one, full=False)]) == []
    assert faults("service_at_locations", service_at_location_documents(one)) == []
    assert UNDOCUMENTED not in json.dumps(document)
    ids = list(ids_in(document))
    assert len(ids) == len(set(ids)), "no two things under one id"


def ids_in(value: Any) -> Iterator[str]:
    """Of what is written once; terms and taxonomies stand wherever they are named."""
    if isinstance(value, dict):
        yield value["id"]
        for name, one in value.items():
            if name not in ("taxonomy_term", "taxonomy_detail"):
                yield from ids_in(one)
    for one in value if isinstance(value, list) else ():
        yield from ids_in(one)


facts = st.builds(
    Facts,
    facets=st.frozensets(st.sampled_from(Facet)),
    police=st.sampled_from(["", *(police.value for police in Police)]),
    undocumented_told=st.booleans(),
    confidential=st.booleans(),
    full_on=days,
    closed_until=days,
    chat=words.map(str.strip),
    timezone=st.sampled_from(["", "Europe/Madrid"]),
    country=st.sampled_from(["", "MX"]),
    accessibility=words.map(str.strip),
)


@given(facts, st.uuids())
def test_facts_come_back_from_their_attributes(told_of: Facts, public_id: Any) -> None:
    told_to = facts_of(attributes_of(str(public_id), told_of))
    assert Facet.UNDOCUMENTED not in told_to.facets and not told_to.undocumented_told
    agreed = facts_of(attributes_of(str(public_id), told_of, undocumented=True))
    kept = told_of.facets if told_of.undocumented_told else told_of.facets - {Facet.UNDOCUMENTED}
    assert agreed.facets == kept and told_to.facets == told_of.facets - {Facet.UNDOCUMENTED}
    for name in ("police", "confidential", "full_on", "closed_until", "chat", "timezone", "country", "accessibility"):
        assert getattr(told_to, name) == getattr(told_of, name), name


anything = st.recursive(st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner), max_leaves=3)
names = ("taxonomy_term_id", "taxonomy_term", "value", "id")
ours = st.sampled_from([TERMS["police"]["id"], TERMS["full_on"]["id"], TERMS["country"]["id"], TERMS["free"]["id"]])


@examples(max_examples=40)
@given(
    st.lists(st.dictionaries(st.sampled_from(names), ours | anything | st.dictionaries(words, anything)), max_size=4)
)
def test_no_attribute_of_others_breaks_the_reading(attributes: list[dict[str, Any]]) -> None:
    read = facts_of(attributes)
    assert read.police in ("", *Police) and (read.full_on is None or isinstance(read.full_on, date))


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("America/New_York", -5), ("Asia/Kathmandu", 5.75), ("Australia/Sydney", 10), ("", None), ("Nowhere/Land", None)],
)
def test_the_offset_of_a_zone_leaves_daylight_saving_out(zone: str, hours: float | None) -> None:
    assert standard_offset(zone) == hours
