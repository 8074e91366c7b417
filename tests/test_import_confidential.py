"""Promise: the address of a confidential place is nowhere: in no table, no text, no index, no file on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import stores
from server.resources.confidential import (
    WITHHELD,
    reads_confidential,
    scrub,
    scrub_known,
    speaks_of_secret_place,
)
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
    assert (
        kept["description"] == f"Rooms at every hour. The house is at {WITHHELD}, near the school. Call 305-555-0161."
    )
    phone = await rows("SELECT number, description FROM phone WHERE service_id = ?", kept["key"])
    assert phone == [{"number": "305-555-0161", "description": f"24 hours, also at {WITHHELD}"}]
    assert await found("emergency shelter") >= {"161"}


async def test_one_secret_address_is_secret_in_every_row_and_text_that_holds_it(opened: Settings) -> None:
    """Another service of the house, under another spelling; and a neighbour who names it in passing."""
    await imported(COUNTY, opened)
    assert (await service("163"))["confidential"] and not (await service("165"))["confidential"]
    assert WITHHELD in (await service("165"))["description"]
    assert (await place_of("165"))["address_1"] == "400 Pelican Street"


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
