"""An HSDS 1.1 package of made-up services, as small or as large as wanted, the same for the same seed."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

# (needs, what is offered): the first are common, the last rare, as in real directories.
KINDS = (
    ("Housing", "a room for some weeks, help with rent, and somebody who goes with you to the housing office"),
    ("Food", "food parcels, warm meals and vouchers, with no papers asked for"),
    ("Legal help", "free advice on papers, wages, and what may be asked of you by an employer or a landlord"),
    ("Health care", "a doctor and a nurse without appointment, tests, and medicine at no cost"),
    ("Counseling", "somebody to talk to in private, alone or in a group, for as long as it helps"),
    ("Job training", "courses, help with applications, and tools to begin work"),
    ("Immigration", "help with visas, work permits and family reunion"),
    ("Child care", "a place for children while parents work, study or rest"),
    ("Wage recovery", "help to get unpaid wages back, and papers that show the hours worked"),
    ("Interpreters", "an interpreter on the telephone or beside you, in forty languages"),
    ("Clothing", "clothes, shoes and bedding, new or as good as new"),
    ("Family tracing", "help to find relatives across borders, at your own pace"),
)
WEIGHTS = (40, 25, 16, 14, 12, 9, 7, 6, 3, 3, 2, 1)
PLACES = ("Northside", "Riverbend", "Old Mill", "Harbor", "Sunset", "Cedar Hill", "Lakeview", "Five Corners", "Station")
BODIES = ("Center", "Association", "House", "Network", "Union", "Clinic", "Project", "Committee")
LANGUAGES = ("English", "Spanish", "Creole (limited)", "Arabic", "Portuguese", "French", "American Sign Language")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = (("9:00am", "5:00pm"), ("8:30am", "4:30pm"), ("9:0am", "17:00"), ("12:00am", "12:00am"), ("8:00pm", "2:00am"))
CONFIDENTIAL_EVERY = 11  # one address in so many reads "confidential"
Rows = dict[str, list[dict[str, object]]]


def write_package(path: Path, services: int = 24, seed: int = 7) -> Path:
    """Writes the zip and hands `path` back. With the dirt of real packages: odd times, a lost organization, markers."""
    rows: Rows = {}
    chance = random.Random(seed)
    for number, (need, _) in enumerate(KINDS):
        _add(rows, "taxonomy", id=f"N-{number}", name=need, parent_id="", parent_name="", vocabulary="Made up")
    for number in range(1, services + 1):
        _service(rows, number, chance)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, listed in rows.items():
            entry = zipfile.ZipInfo(f"{name}.csv")  # a fixed date: the same rows give the same bytes
            package.writestr(entry, _csv(listed), zipfile.ZIP_DEFLATED)
    return path


def _service(rows: Rows, number: int, chance: random.Random) -> None:
    needs = sorted(set(chance.choices(range(len(KINDS)), WEIGHTS, k=3)))
    place, body = chance.choice(PLACES), chance.choice(BODIES)
    name = f"{place} {KINDS[needs[0]][0]} {body} {number}"
    offered = ". ".join(f"We offer {KINDS[need][1]}" for need in needs)
    rare = f"Ask for desk {number * 7919 % 9973:04d}kestrel."
    organization = number if number % 9 else 900_000 + number  # every ninth names one that is not there
    if number % 9:
        _add(rows, "organizations", id=number, name=f"{place} {body}", description=offered, url="", email="")
    _add(
        rows, "services", id=number, organization_id=organization, name=name, alternate_name="", status="active",
        description=f"{offered}.\\n{rare}{'###MON### ' if number % 4 == 0 else ' '}{_more(chance)}", url="", email="",
        fees=chance.choice(("None", "Sliding scale", "")), application_process="Walk in or call.", wait_time="",
        interpretation_services="",
    )  # fmt: skip
    for need in needs:
        _add(
            rows,
            "services_taxonomy",
            id=len(rows.get("services_taxonomy", ())),
            service_id=number,
            taxonomy_id=f"N-{need}",
        )
    for language in chance.sample(LANGUAGES, k=chance.randint(1, 4)):
        _add(rows, "languages", id="", service_id=number, location_id=number, language=language)
    opens, closes = chance.choice(HOURS)
    for day in DAYS[: chance.choice((0, 1, 5, 5, 7))]:
        _add(rows, "regular_schedules", id="", service_id=number, weekday=day, opens_at=opens, closes_at=closes)
    _location(rows, number, place, chance)


def _location(rows: Rows, number: int, place: str, chance: random.Random) -> None:
    hidden = number % CONFIDENTIAL_EVERY == 0
    near = (25.7 + chance.random() / 3, -80.3 + chance.random() / 3) if number % 2 else ("", "")
    address = "Confidential" if hidden else f"{chance.randint(1, 999)} {place} Road"
    _add(
        rows,
        "locations",
        id=number,
        organization_id=number,
        name=f"{place} {number}",
        latitude=near[0],
        longitude=near[1],
    )
    _add(
        rows, "physical_addresses", id=number, location_id=number, address_1=address, address_2="", city="Exampleville",
        region="", state_province="FL", postal_code=f"{33000 + number % 999}", country="US",
    )  # fmt: skip
    _add(rows, "services_at_location", id=number, service_id=number, location_id=number, description="")
    _add(
        rows,
        "phones",
        id=number,
        location_id=number,
        service_id=number,
        number=f"305-555-01{number % 100:02d}",
        type="voice",
    )


def _more(chance: random.Random) -> str:
    sentences = (
        "Families and single people are welcome.",
        "No papers needed.",
        "Please call first.",
        "Open to everyone.",
    )
    return " ".join(chance.choices(sentences, k=chance.randint(2, 9)))


def _add(rows: Rows, file: str, **row: object) -> None:
    rows.setdefault(file, []).append(row)


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    text = io.StringIO()
    names: Iterable[str] = rows[0].keys()
    writer = csv.DictWriter(text, list(names))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
