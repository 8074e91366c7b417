"""Promise: the address of a confidential place is nowhere: in no table, no text, no index, no file on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise import fields
from tortoise.models import Model

from server import stores
from server.resources import hiding, models, store
from server.resources.confidential import (
    WITHHELD,
    reads_confidential,
    scrub,
    scrub_directions,
    scrub_known,
    scrub_own,
    speaks_of_secret_place,
)
from server.resources.exporting import export_directory
from server.resources.known_places import street_of, without_silence
from server.resources.withholding import TEXTS
from server.settings import Settings
from tests.directory_rows import (
    COUNTY,
    TODAY,
    change_rows,
    copied,
    everything,
    found,
    imported,
    place_of,
    rows,
    service,
    set_service,
    where,
)

# Where the fixture tells of secret places, in rows and in running text.
TELLING = ("Heron", "Osprey", "Egret", "Pelican", "26.6111", "-81.6222", "26.6333", "-81.6444")


async def test_no_trace_of_a_confidential_place_is_stored(opened: Settings) -> None:
    await imported(COUNTY, opened)
    stored = str(await everything())
    assert [word for word in TELLING if word.lower() in stored.lower()] == ["Pelican"], "an open office keeps its place"
    for source_id in ("161", "162", "163", "164"):
        assert (await service(source_id))["confidential"]
        place = await place_of(source_id)
        assert place["confidential"]
        blank = ("name", "address_1", "address_2", "city", "state_province", "postal_code", "country", "transportation")
        assert {place[column] for column in blank} == {""}
        assert place["latitude"] is None and place["longitude"] is None


async def test_the_rest_of_a_confidential_service_stays_of_use(opened: Settings) -> None:
    await imported(COUNTY, opened)
    kept = await service("161")
    assert kept["description"] == f"Rooms at every hour. {WITHHELD}. Call 305-555-0161."
    phone = await rows("SELECT number, description FROM phone WHERE service_id = ?", kept["key"])
    assert phone == [{"number": "305-555-0161", "description": f"24 hours, also at {WITHHELD}"}]
    assert await found("emergency shelter") >= {"161"}


async def test_one_secret_address_is_secret_in_every_row_and_text_that_holds_it(opened: Settings) -> None:
    """Another service of the house, under another spelling; and a neighbour who names it in passing."""
    await imported(COUNTY, opened)
    assert (await service("163"))["confidential"] and not (await service("165"))["confidential"]
    assert WITHHELD in (await service("165"))["description"]
    assert (await place_of("165"))["address_1"] == "400 Pelican Street"


@pytest.mark.parametrize(
    "cell",
    [
        "812 Curlewmoor Way (confidential)",
        "Confidential - 812 Curlewmoor Way",
        "812 Curlewmoor Way - CONFIDENTIAL LOCATION",
        "812 Curlewmoor Way, undisclosed",
    ],
)
async def test_the_word_confidential_beside_an_address_protects_no_address(
    opened: Settings, tmp_path: Path, cell: str
) -> None:
    package = copied(tmp_path)
    change_rows(package, "physical_addresses", where("location_id", "162", address_1=cell))
    told = "The bed house is at 812 Curlewmoor Way, Homestead FL 33030. Ring."
    change_rows(package, "services", where("ID", "165", description=told))
    own = {"alternate_name": "Casa de Curlewmoor Way", "description": "Come to Curlewmoor Way after dark. Eat."}
    change_rows(package, "services", where("ID", "162", **own))
    change_rows(package, "phones", where("service_id", "165", description="beds at 812 curlewmoor"))
    await imported(package, opened)
    assert "curlewmoor" not in str(await everything()).lower()
    assert not await found("812")
    assert (await service("165"))["description"].endswith(". Ring.")
    assert (await service("162"))["description"] == f"{WITHHELD}. Eat."


@pytest.mark.parametrize(
    ("cell", "street"),
    [
        ("812 Heron Way (confidential)", "812 Heron Way"),
        ("CONFIDENTIAL ADDRESS: 812 Heron Way", "812 Heron Way"),
        ("812 Heron Way [do not publish]", "812 Heron Way"),
        ("(Undisclosed) 812 Heron Way", "812 Heron Way"),
        ("Dirección confidencial - Calle Heron 812", "Calle Heron 812"),
        ("Undisclosed location", ""),
        ("12 Confidential Street", "12 Confidential Street"),
        ("12 Confidential Place", "12 Confidential Place"),
        ("812 Heron Way", "812 Heron Way"),
    ],
)
def test_what_is_left_of_a_cell_without_its_silence(cell: str, street: str) -> None:
    assert without_silence(cell) == street


@pytest.mark.parametrize("line", ["812 Heron Way, Homestead", "c/o Casa, 812 Heron Way", "812 Heron Way rear building"])
def test_what_stands_beside_a_street_is_no_part_of_its_name(line: str) -> None:
    assert street_of(line).names == ("heron",)
    assert scrub_known("Beds at 812 Heron Way, ring.", [line]) == f"Beds at {WITHHELD}, ring."


# Every text of the directory

CANARY = "at 812 Curlewmoor Way"
CODED = {  # columns of letters that hold no words of anybody: ids, codes, numbers to dial, and roles
    "id", "source", "source_id", "parent_source_id", "row_hash", "digest", "status", "timezone", "police",
    "merged_into",
    "country", "verified_by", "location_type", "number", "extension", "kind", "rule", "code", "facet", "checked_by",
    "role", "outcome", "line", "reviewed_by", "said", "made_by", "state_province", "postal_code",
}  # fmt: skip
OF_THE_PLACE = {("location", "address_1")}  # its own address: who shows the same is asked or marked, not cut


def test_every_column_of_words_is_listed() -> None:
    tables = [one for one in vars(models).values() if isinstance(one, type) and issubclass(one, Model)]
    words = {
        (str(table._meta.db_table), name)
        for table in tables
        for name, column in table._meta.fields_map.items()
        if isinstance(column, (fields.TextField, fields.CharField)) and name not in CODED
    }
    assert words - OF_THE_PLACE == {(table, column) for table, columns in TEXTS.items() for column in columns}


async def put_canary(unit: stores.Unit) -> None:
    """In every text of a neighbour, as staff might have written it, and in all that waits."""
    key = (await unit.rows("SELECT key FROM service WHERE source_id = '141'"))[0]["key"]
    day = TODAY
    for sql in (
        "INSERT INTO schedule (service_id, text) VALUES (?, 'By day')",
        "INSERT INTO service_language (service_id, code) VALUES (?, 'es')",
    ):
        await unit.run(sql, key)
    await unit.run(
        "INSERT INTO verification (service_id, checked_on, checked_by, outcome) VALUES (?, ?, 'edith', 'right')",
        key,
        day,
    )
    await unit.run("INSERT INTO line_check (line, digest, checked_on, checked_by) VALUES ('l', 'd', ?, 'edith')", day)
    await unit.run("INSERT INTO conflict (service_id, source, row_hash, came_on) VALUES (?, '', '', ?)", key, day)
    await unit.run("INSERT INTO bulk_edit (made_on, made_by) VALUES (?, 'edith')", day)
    whose = {
        "service": "key = ?",
        "organization": "key = (SELECT organization_id FROM service WHERE key = ?)",
        "location": "key IN (SELECT location_id FROM service_at_location WHERE service_id = ?)",
        "term": "key IN (SELECT term_id FROM service_term WHERE service_id = ?)",
        **dict.fromkeys(("phone", "schedule", "service_language", "verification", "conflict"), "service_id = ?"),
    }
    for table, columns in TEXTS.items():
        for column in columns:
            said = f'{{"x": ["{CANARY}"]}}' if column in ("incoming", "before") else CANARY
            said = {"website": "http://812-curlewmoor-way.example"}.get(column, said)
            of = [key] if table in whose else []
            changed = await unit.run(f"UPDATE {table} SET {column} = ? WHERE {whose.get(table, 'TRUE')}", said, *of)
            assert changed, table
    await unit.run("UPDATE service SET edited_on = ? WHERE key = ?", day, key)


async def told_anywhere() -> str:
    return str([await rows(f"SELECT * FROM {table}") for table in (*TEXTS, "service_search", "location")]).lower()


async def test_an_import_takes_a_new_secret_out_of_every_text_that_was_there(opened: Settings, tmp_path: Path) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await stores.write("directory", put_canary)
    assert (await told_anywhere()).count("curlewmoor") >= sum(map(len, TEXTS.values()))
    package = copied(tmp_path / "new")
    change_rows(package, "physical_addresses", where("location_id", "162", address_1="812 Curlewmoor Way"))
    await imported(package, opened)
    assert "curlewmoor" not in await told_anywhere()
    await export_directory(tmp_path / "out", "json")
    assert "curlewmoor" not in "".join(file.read_text().lower() for file in (tmp_path / "out").iterdir())


def telling(package: Path) -> Path:
    """The house, and all that its neighbours say of it, in every file that has words."""
    change_rows(package, "physical_addresses", where("location_id", "162", address_1="812 Curlewmoor Way"))
    said = dict.fromkeys(("alternate_name", "description", "fees", "application_process", "wait_time"), CANARY)
    change_rows(package, "services", where("ID", "141", **said, url="http://812-curlewmoor-way.example"))
    change_rows(package, "services", where("ID", "142", NAME=f"Tests {CANARY}", interpretation_services=CANARY))
    change_rows(package, "organizations", lambda row: {**row, "Description": CANARY, "Alternate Name": CANARY})
    change_rows(package, "organizations", where("ID", "14", URL="http://812-curlewmoor-way.example"))
    change_rows(package, "organizations", where("ID", "16", **{"Name ": "Casa at 812 Curlewmoor Way"}))
    change_rows(package, "phones", lambda row: {**row, "description": CANARY})
    change_rows(package, "regular_schedules", lambda row: {**row, "weekday": "", "original_text": f"Nights {CANARY}"})
    change_rows(package, "languages", lambda row: {**row, "language": f"Spanish ({CANARY})"})
    change_rows(package, "taxonomy", lambda row: {**row, "name": f"{row['name']} {CANARY}", "vocabulary": CANARY})
    change_rows(package, "locations", where("id", "141", transportation=CANARY, name=CANARY))
    return package


async def test_no_text_of_a_package_brings_a_secret_back(opened: Settings, tmp_path: Path, engine: str) -> None:
    await imported(telling(copied(tmp_path / "new")), opened)
    before = await everything()
    assert "curlewmoor" not in str(before).lower()
    await imported(telling(copied(tmp_path / "again")), opened)
    assert await everything() == before
    if engine == "sqlite":
        assert not any(b"curlewmoor" in file.read_bytes().lower() for file in opened.data.rglob("*") if file.is_file())


async def test_what_a_desk_made_secret_comes_back_with_no_package(opened: Settings, tmp_path: Path) -> None:
    def public(package: Path) -> Path:
        telling(package)
        change_rows(package, "services", where("ID", "162", Confidential="", description="A room."))
        change_rows(package, "physical_addresses", where("location_id", "163", address_1="5 Elm Court"))
        return package

    await imported(public(copied(tmp_path / "old")), opened)
    assert "curlewmoor" in (await told_anywhere())
    house = await service("162")

    async def mark(unit: stores.Unit) -> None:
        touched = await hiding.hide(unit, [house["key"]], [], TODAY)
        await store.index(unit, sorted(touched))
        await store.settle_index(unit)

    await stores.write("directory", mark)
    assert "curlewmoor" not in await told_anywhere()
    again = public(copied(tmp_path / "new"))
    change_rows(again, "services", where("ID", "141", fees=f"Free {CANARY}"))
    await imported(again, opened)
    assert "curlewmoor" not in await told_anywhere()


# How to get there


@pytest.mark.parametrize(
    "text",
    [
        "The house is behind the Heron school",
        "Take bus 344 to Heron stop",
        "Ring at the blue gate",
        "Next to St. Heron church",
        "Exit 12, then left",
        "Toma el autobús 344",
        "Detrás de la escuela Heron",
        "Al lado de la iglesia, cerca del parque",
        "البيت خلف المدرسة",
        "بجانب المحطة",
    ],
)
def test_a_sentence_that_says_how_to_get_there_is_withheld(text: str) -> None:
    said = f"Rooms for women. {text}. Call first."
    assert scrub_own("description", said, ()) == f"Rooms for women. {WITHHELD}. Call first."
    assert scrub_own("fees", said, ()) == said and scrub(said) == said


@pytest.mark.parametrize(
    "text",
    [
        "We help stop violence and plan a safe exit strategy.",
        "No one is left behind.",
        "A one-stop office that never stopped. Business hours. Earrings, busy, generation.",
        "Acerca de nosotros. Gatekeepers and stationery.",
        "نساعد النساء والأطفال.",
    ],
)
def test_what_says_no_way_stays(text: str) -> None:
    assert scrub_directions(text) == text


async def test_a_confidential_service_says_no_way_to_itself_and_an_open_one_does(
    opened: Settings, tmp_path: Path
) -> None:
    package = copied(tmp_path)
    for one in ("162", "165"):
        change_rows(package, "services", where("ID", one, description="Beds. Bus 344 to the Heron stop. Meals."))
    await imported(package, opened)
    assert (await service("162"))["description"] == f"Beds. {WITHHELD}. Meals."
    assert "Bus 344" in (await service("165"))["description"]


async def test_a_confidential_counselling_service_keeps_its_address(opened: Settings) -> None:
    await imported(COUNTY, opened)
    assert not (await service("143"))["confidential"]
    assert (await place_of("143"))["address_1"]


async def test_a_package_that_suddenly_gives_the_address_does_not_make_it_public(
    opened: Settings, tmp_path: Path
) -> None:
    await imported(copied(tmp_path / "old"), opened)
    before = await everything()
    careless = copied(tmp_path / "new")
    change_rows(
        careless, "physical_addresses", where("location_id", "161", address_1="1200 Heron Way", city="Port Marlow")
    )
    change_rows(careless, "services", where("ID", "162", Confidential=""))
    await imported(careless, opened)
    stored = str(await everything())
    assert not [word for word in TELLING if word != "Pelican" and word.lower() in stored.lower()]
    assert (await service("161"))["confidential"] and (await service("162"))["confidential"]
    after = await everything()
    assert {row["source_id"] for row in after["location"] if row not in before["location"]} == set()


async def test_what_staff_made_confidential_stays_so_and_a_newer_address_is_not_stored(
    opened: Settings, tmp_path: Path
) -> None:
    await imported(copied(tmp_path / "old"), opened)
    await set_service("141", confidential=True, edited_on=TODAY)

    async def blank(unit: stores.Unit) -> None:
        where = "WHERE source_id = '141'"
        await unit.run(f"UPDATE location SET address_1 = '', city = '', latitude = NULL, longitude = NULL {where}")
        await unit.run(f"UPDATE location SET confidential = TRUE, name = '', transportation = '' {where}")

    await stores.write("directory", blank)
    before = await everything()
    await imported(copied(tmp_path / "same"), opened)
    assert await everything() == before
    moved = copied(tmp_path / "new")
    change_rows(moved, "physical_addresses", where("location_id", "141", address_1="88 Curlew Court"))
    change_rows(moved, "services", where("ID", "142", description="Next to the clinic at 88 Curlew Ct."))
    await imported(moved, opened)
    assert "Curlew" not in str(await everything())
    assert WITHHELD in (await service("142"))["description"]


@pytest.mark.parametrize("line", ["141", "OPEN CLINIC", "open clinic"])
async def test_the_operator_can_keep_a_service_confidential(opened: Settings, line: str) -> None:
    (opened.data / "confidential.txt").write_text(f"# one a line\n{line}\n")
    await imported(COUNTY, opened)
    assert (await service("141"))["confidential"]
    assert (await place_of("141"))["latitude"] is None
    report = (await imported(COUNTY, opened)).as_json()
    assert any("the list of the operator" in note["reason"] for note in report["notes"])


async def test_no_byte_of_a_secret_address_reaches_the_disk(opened: Settings, engine: str) -> None:
    await imported(COUNTY, opened)
    if engine == "sqlite":
        written = b"".join(file.read_bytes().lower() for file in opened.data.rglob("*") if file.is_file())
        assert b"night shelter" in written
        assert not [word for word in ("Heron", "Osprey", "Egret") if word.lower().encode() in written]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Confidential", True),
        ("CONFIDENTIAL ADDRESS", True),
        ("Address withheld", True),
        ("Undisclosed location", True),
        ("Dirección confidencial", True),
        ("Not disclosed", True),
        ("12 Confidential Street", False),
        ("123 Main Street", False),
        ("", False),
    ],
)
def test_an_address_that_is_no_address(text: str, secret: bool) -> None:
    assert reads_confidential(text) is secret


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("The shelter is at a confidential location.", True),
        ("Undisclosed safe house for women", True),
        ("The address is not disclosed", True),
        ("La ubicación es confidencial", True),
        ("Location: confidential", True),
        ("Free and confidential HIV testing", False),
        ("confidential counseling in a safe place", False),
        ("The Address Confidentiality Program gives a mail box", False),
        ("The Secret Service investigates", False),
    ],
)
def test_words_that_speak_of_a_secret_place(text: str, secret: bool) -> None:
    assert speaks_of_secret_place(text) is secret


@pytest.mark.parametrize(
    "address",
    [
        "123 NW 5th Street, Suite 4, Port Marlow, FL 33990",
        "45 elm street",
        "2130 R STREET NW",
        "4000 W Flagler",
        "77 Broadway",
        "8 Miracle Mile",
        "Calle de la Paz 45",
        "Hauptstraße 12",
        "PO Box 77",
        "mile marker 47.5",
        "Port Marlow, FL 33990",
        "26.6111, -81.6222",
        "https://goo.gl/maps/abc123",
        "1200 S. Dixie Hwy #5",
        "76QXJ9F7+2V",
    ],
)
def test_what_reads_like_an_address_is_taken_out(address: str) -> None:
    assert scrub(f"Come to {address} tonight.") == f"Come to {WITHHELD} tonight."


@pytest.mark.parametrize(
    "text",
    [
        "Call 305-555-0100 at any hour, 7 days a week.",
        "In 2019 we opened 3 homes for 12 families.",
        "helps 18 year olds find their way",
        "16 years of age and in drug court",
        "Serves 33990 residents",
        "24 hour crisis line; a stay of 30 days",
        "a 501(c)3 organization",
    ],
)
def test_what_is_no_address_stays(text: str) -> None:
    assert scrub(text) == text


numbers = st.integers(1, 99999).map(str)
names = st.sampled_from(["Heron", "Osprey", "Martin Luther King", "5th", "Ocho"])
kinds = st.sampled_from(["Street", "St", "Avenue", "Ave.", "Blvd", "Road", "Way", "Court", "LANE"])
sides = st.sampled_from(["", "NW ", "N. ", "South ", "SE "])
wraps = st.sampled_from(["Come to {} today.", "({})", "{}", "at {}, behind the school", "Ask.\n{}\nRing twice."])


@given(number=numbers, side=sides, name=names, kind=kinds, wrap=wraps)
def test_no_way_of_writing_an_address_gets_through(number: str, side: str, name: str, kind: str, wrap: str) -> None:
    text = wrap.format(f"{number} {side}{name} {kind}")
    assert name not in scrub(text)
    assert name not in scrub_known(text, [f"{number} {name} {kind}"])
    assert scrub(scrub(text)) == scrub(text)


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=3))
def test_scrubbing_never_fails(text: str, known: list[str]) -> None:
    assert isinstance(scrub(text, known), str)
