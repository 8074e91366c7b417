"""Promise: no package can hurt: whatever is in it, it is read or refused in one sentence, and the sums are right."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server.errors import SetupError
from server.resources import package_reading
from server.resources.drafting import draft
from server.resources.drafts import ALWAYS
from server.resources.hsds_versions import table_named
from server.resources.importing import read_path, source_of
from server.resources.mapping import Mapped
from server.resources.package_reading import Member, PackageRead, read_mapped, read_package, unzip
from server.resources.row_reading import Rules
from server.settings import Settings
from tests.directory_rows import COUNTY, imported, rows, tables, zipped

RULES = Rules("county", "US", "America/New_York")
FILES = {file.name: file.read_bytes() for file in sorted(COUNTY.iterdir())}


def accounted(package: PackageRead) -> None:
    """Every record of every table is in the report once, and every number adds up."""
    report = draft(package, RULES).report
    told = report.as_json()
    notes = told.pop("notes")
    assert set(ALWAYS) <= set(told)
    for counts in told.values():
        assert counts["rows"] == counts["kept"] + counts["mended"] + counts["set_aside"]
    assert sum(counts["rows"] for counts in told.values()) == sum(map(len, package.tables.values()))
    assert sum(c["mended"] + c["set_aside"] for c in told.values()) == sum(note["line"] > 0 for note in notes)
    assert all(note["reason"] for note in notes)


def read_or_refused(members: list[Member]) -> None:
    try:
        package = read_package(members)
    except SetupError as refused:
        assert refused.message and "\n" not in refused.message
    else:
        accounted(package)


names = st.sampled_from(sorted(FILES))
spots = st.floats(0, 1)
bites = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            b'"',
            b'""',
            b",",
            b"\n",
            b"\r",
            b"\0",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b'",\n"',
            b"\\n",
            b"###MON###",
            b"x" * 9000,
        ]
    ),
)


@given(edits=st.lists(st.tuples(names, spots, st.integers(0, 40), bites), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_mangled_package_is_read_or_refused_and_the_sums_are_right(
    edits: list[tuple[str, float, int, bytes]],
) -> None:
    files = dict(FILES)
    for name, spot, cut, bite in edits:
        data = files[name]
        at = int(spot * len(data))
        files[name] = data[:at] + bite + data[at + cut :]
    read_or_refused([Member(name, data) for name, data in files.items()])


SHORELINE = (COUNTY.parent / "shoreline" / "services.json").read_bytes()
LINES = "\n".join(map(json.dumps, json.loads(SHORELINE))).encode()
torn = st.one_of(bites, st.sampled_from([b"{", b"}", b"[", b"]", b"null", b"1e999", b'"id":', b"},{", b"\\u", b"]]]"]))


@given(
    data=st.sampled_from([("services.json", SHORELINE), ("services.ndjson", LINES)]),
    edits=st.lists(st.tuples(spots, st.integers(0, 40), torn), min_size=1, max_size=6),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_mangled_json_is_read_or_refused_and_the_sums_are_right(
    data: tuple[str, bytes], edits: list[tuple[float, int, bytes]]
) -> None:
    name, content = data
    for spot, cut, bite in edits:
        at = int(spot * len(content))
        content = content[:at] + bite + content[at + cut :]
    read_or_refused([Member(name, content)])


leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["1", "MO", "WEEKLY"])
)
KEYS = """id name organization organizations
service services location locations service_at_locations phones phone number
schedules freq byday opens_at closes_at dtstart until attributes taxonomy_term taxonomy_terms languages language
addresses address_1 cost_options amount required_documents capacities available updated contents minimum_age"""
keys = st.sampled_from(KEYS.split())
trees = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5))


@given(st.lists(trees, max_size=4), trees)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_of_known_words_is_accounted_for(documents: list[object], more: object) -> None:
    whole = [*documents, {"id": "s", "name": "Night shelter", "organization": more, "phones": more, "schedules": more}]
    read_or_refused([Member("services.json", json.dumps(whole).encode())])
    read_or_refused([Member("any.json", json.dumps(more).encode())])


@given(st.lists(st.lists(st.text(max_size=9), max_size=7), max_size=5), st.binary(max_size=30))
def test_a_mapped_csv_is_accounted_for(body: list[list[str]], tail: bytes) -> None:
    mapped = Mapped(
        {"name": ("A",), "hours": ("B",), "phone": ("C",), "languages": ("D",), "terms": ("E",), "city": ("B", "C")},
        {"country": "US"},
        {"terms": ";"},
    )
    lines = ["A,B,C,D,E", "Night shelter,Mon 9-5,305-555-0101,English,a;b"]
    lines += [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in body]
    member = Member("own.csv", "\n".join(lines).encode("utf-8", "surrogatepass") + b"\n" + tail)
    accounted(read_mapped(member, mapped))


cells = st.one_of(
    st.sampled_from(
        [
            "",
            "101",
            "161",
            "Confidential",
            "9:0am",
            "English and Spanish",
            "305-555-0101 x5",
            "0",
            "é",
            "a,b",
            'say "x"',
        ]
    ),
    st.text(max_size=12),
)
COLUMNS = """id service_id location_id organization_id name description url email status number extension type weekday
opens_at closes_at original_text language taxonomy_id latitude longitude address_1 city eligibility confidential x"""
columns = st.sampled_from(COLUMNS.split())


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "services",
                "organizations",
                "locations",
                "phones",
                "regular_schedules",
                "languages",
                "taxonomy",
                "services_taxonomy",
                "services_at_location",
                "physical_addresses",
                "eligibility",
                "contacts",
            ]
        ),
        st.tuples(st.lists(columns, min_size=1, max_size=8), st.lists(st.lists(cells, max_size=9), max_size=6)),
        max_size=6,
    )
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_rows_in_any_columns_are_accounted_for(made: dict[str, tuple[list[str], list[list[str]]]]) -> None:
    members: list[Member] = []
    for name, (header, body) in made.items():
        lines = [",".join(header), *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in body)]
        members.append(Member(f"{name}.csv", "\n".join(lines).encode("utf-8", "surrogatepass")))
    read_or_refused([*members, Member("service.csv", b"id,name\n101,Night shelter\n")])


@given(st.binary(max_size=600))
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + b"\0" * 18)
def test_bytes_that_are_no_zip_are_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(SetupError) as refused:
        read_package(unzip(data))
    assert "\n" not in refused.value.message


@given(spot=spots, cut=st.integers(0, 30), bite=st.binary(max_size=8))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_broken_zip_is_read_or_refused(spot: float, cut: int, bite: bytes) -> None:
    data = tables({name: content.decode("latin-1") for name, content in FILES.items()})
    at = int(spot * len(data))
    try:
        accounted(read_package(unzip(data[:at] + bite + data[at + cut :])))
    except SetupError as refused:
        assert "\n" not in refused.message


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"id,name\n" + b"a" * (64 * 1024 * 1024))
    with pytest.raises(SetupError, match="far more"):
        unzip(out.getvalue())


def test_a_zip_that_lies_about_its_sizes_is_not_believed() -> None:
    data = bytearray(tables({"services.csv": "id,name\n" + "a" * (64 * 1024 * 1024)}))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<II", data, at + 20, 100, 100)
    with pytest.raises(SetupError):
        unzip(bytes(data))


def test_a_zip_of_too_many_files_is_refused() -> None:
    with pytest.raises(SetupError, match="501 files"):
        unzip(tables({f"{n}.csv": "a" for n in range(501)}))


def test_the_whole_of_a_package_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_reading, "MAX_BYTES", 1000)
    with pytest.raises(SetupError, match="far more"):
        unzip(tables({"services.csv": "id,name\n", "phones.csv": "x" * 2000}))


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(tables({"services.csv": "id,name\n1,A\n"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    with pytest.raises(SetupError, match="password"):
        unzip(bytes(data))


def test_names_that_lead_outside_are_only_names(tmp_path: Path) -> None:
    """Nothing is ever written from a zip; a folder is read two levels deep and follows no link."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "services.csv").write_text("id,name\n9,Outside\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "services.csv").write_text("id,name\n1,Inside\n")
    (inside / "phones.csv").symlink_to(outside / "services.csv")
    (inside / "datapackage.json").write_text('{"resources": [{"name": "phone", "path": "../outside/services.csv"}]}')
    package = read_path(inside)
    assert {table: [row.get("name") for row in found] for table, found in package.tables.items()} == {
        "service": ["Inside"]
    }
    before = sorted(tmp_path.rglob("*"))
    packed = tmp_path / "x.zip"
    wandering = {"../../phones.csv": "id\n", "/etc/phones.csv": "id\n", "..\\languages.csv": "id\n"}
    packed.write_bytes(tables({"services.csv": "id,name\n1,A\n", **wandering}))
    assert set(read_path(packed).tables) == {"service"}
    assert sorted(path for path in tmp_path.rglob("*") if path != packed) == before


def test_a_folder_and_a_zip_with_a_top_folder_are_the_same_package(tmp_path: Path) -> None:
    folder = read_path(COUNTY)
    for top in ("", "county/", "export/county/"):
        packed = read_path(zipped(COUNTY, tmp_path / f"{len(top)}.zip", top))
        assert {t: [r.values for r in found] for t, found in packed.tables.items()} == {
            t: [r.values for r in found] for t, found in folder.tables.items()
        }


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no table of services"),
        ({"organizations.csv": "id,name\n1,A\n"}, "no table of services"),
        ({"services.json": "[]"}, "no table of services"),
        ({"readme.txt": "hello"}, "no table of services"),
    ],
)
def test_what_is_no_package_is_refused_in_one_sentence(files: dict[str, str], said: str, tmp_path: Path) -> None:
    packed = tmp_path / "x.zip"
    packed.write_bytes(tables(files))
    with pytest.raises(SetupError, match=said):
        read_path(packed)


def test_paths_that_are_no_package(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text("id,name\n1,A\n")
    for path, said in (
        (tmp_path / "nothing.zip", "nothing at"),
        (tmp_path / "services.csv", "the folder that holds"),
    ):
        with pytest.raises(SetupError, match=said):
            read_path(path)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"id,name\n1,Caf\xc3\xa9\n", "Café"),
        (b"\xef\xbb\xbfID,Name\r\n1,Caf\xc3\xa9\r\n", "Café"),
        (b"id,name\n1,Caf\xe9\n", "Café"),
        ("id,name\n1,Café\n".encode("utf-16"), "Café"),
        (b"id;name\n1;Caf\xe9\n", "Café"),
        (b"id\tname\n1\tCaf\xe9\n", "Café"),
        (b"id,name\r1,Caf\xe9\r", "Café"),
        (b'\n\n"id" , NAME \n1,Caf\xe9\n\n', "Café"),
        (b'id,name\n1,"Caf\xe9 ""du"" Port"\n', 'Café "du" Port'),
        (b'id,name\n1,"Caf\xe9 "du" Port"\n', 'Café du" Port"'),
        (b'id,name,description\n1,Caf\xe9,"two\nlines"\n', "Café"),
        (b"id,name,,\n1,Caf\xe9,,\n", "Café"),
        (b"id,nam\0e\n1,Caf\0\xe9\n", "Café"),
    ],
)
def test_every_way_to_write_a_table(data: bytes, name: str) -> None:
    found = read_package([Member("services.csv", data)]).tables["service"]
    assert [row.get("name") for row in found if row.readable] == [name]


def test_one_broken_line_costs_itself_and_no_other() -> None:
    lines = ["id,name,description", *(f"{n},Service {n},Text" for n in range(1, 60))]
    for broken in ('30,"Service,Text', '30,"Serv"ice,"Text', "30,Serv,ice,Text,more", '"', "30", ',"",\x00'):
        text = "\n".join([*lines[:30], broken, *lines[31:]])
        found = read_package([Member("services.csv", text.encode())]).tables["service"]
        good = [row.get("id") for row in found if row.readable and not row.trouble]
        assert good == [str(n) for n in range(1, 60) if n != 30], broken
        assert len(found) == 59, "the broken one is counted"
        assert {row.line for row in found if row.get("id") == "45"} == {46}


def test_a_file_of_broken_quotes_takes_no_long_time() -> None:
    text = "id,name\n" + '"x,y\n' * 20_000
    found = read_package([Member("services.csv", text.encode())]).tables["service"]
    assert len(found) > 19_000 and not any(row.readable and not row.trouble for row in found)


def test_a_field_beyond_all_measure_is_set_aside() -> None:
    text = f'id,name\n1,"{"a" * 200_000}"\n2,B\n'
    found = read_package([Member("services.csv", text.encode())]).tables["service"]
    assert [(row.line, row.readable) for row in found] == [(2, False), (3, True)]


async def test_the_longest_cells_fit_their_columns(opened: Settings, tmp_path: Path) -> None:
    """PostgreSQL refuses what is too long for a column; SQLite would keep it silently."""
    long = "x" * 100_000
    header = "id,name,alternate_name,description,email,status,url,fees"
    (tmp_path / "services.csv").write_text(f"{header}\n{long},{long},{long},{long},{long},{long},{long},{long}\n")
    (tmp_path / "phones.csv").write_text(
        f"id,service_id,number,extension,type,language,description\n1,{long},305-555-0101,{long},{long},{long},{long}\n"
    )
    (tmp_path / "languages.csv").write_text(
        f"id,service_id,language\n1,{long},{'Xa' + long[:60]}\n2,{long},English {long}\n"
    )
    (tmp_path / "taxonomy.csv").write_text(f"id,name,parent_id,vocabulary\n{long},{long},{long},{long}\n")
    (tmp_path / "services_taxonomy.csv").write_text(f"id,service_id,taxonomy_id\n1,{long},{long}\n")
    report = await imported(tmp_path, opened)
    assert report.as_json()["services"]["set_aside"] == 0
    stored = (await rows("SELECT * FROM service"))[0]
    assert len(stored["source_id"]) == 64 and len(stored["name"]) == 500 and len(stored["description"]) == 20_000


async def test_markup_is_kept_as_words_and_never_as_a_link(opened: Settings, tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text(
        'id,name,description,url\n1,<script>alert(1)</script>,"<img src=x onerror=alert(1)>",javascript:alert(1)\n'
    )
    await imported(tmp_path, opened)
    stored = (await rows("SELECT name, website FROM service"))[0]
    assert stored == {"name": "<script>alert(1)</script>", "website": ""}


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("services.csv", "service"),
        ("Service.CSV", "service"),
        ("services_taxonomy.csv", "service_taxonomy"),
        ("service_at_locations.csv", "service_at_location"),
        ("Physical Addresses.csv", "physical_address"),
        ("taxonomies.csv", "taxonomy"),
        ("accessibility_for_disabilities.csv", "accessibility_for_disabilities"),
        ("notes.csv", ""),
    ],
)
def test_a_table_is_known_by_any_of_its_names(file: str, table: str) -> None:
    assert table_named(file) == table


@pytest.mark.parametrize(
    "file",
    ["open211.zip", "Open211.zip", "open211-2026.zip", "open211_2026-03-01 (2).zip", "open211 v2 final.zip", "open211"],
)
def test_the_next_package_of_a_publisher_is_known_as_his(file: str) -> None:
    assert source_of(Path(file), PackageRead()) == "open211"
    assert source_of(Path(file), PackageRead(name="A county's list")) == "a_county_s_list"
