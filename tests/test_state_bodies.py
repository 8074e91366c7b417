"""Who is the police, an immigration authority, a prosecutor or a prison: told by names, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.resources.state_bodies import Body, body_of, named_in
from server.resources.terms import Police

POLICE, IMMIGRATION, PROSECUTOR, PRISON = Body.POLICE, Body.IMMIGRATION, Body.PROSECUTOR, Body.PRISON

BODIES = [  # (organization, service, what it is)
    ("Springfield Police Department", "Victim help", POLICE),
    ("City of Springfield - Police Department", "Community involvement", POLICE),
    ("City of Springfield", "Police Department", POLICE),
    ("Springfield University, Inc.", "University Police Department", POLICE),
    ("Springfield Police", "Victim/Witness programme", POLICE),
    ("Shelby County Sheriff's Office", "Youth centre", POLICE),
    ("Shelby County Sheriff’s Office", "", POLICE),
    ("State Dept of Law Enforcement (SDLE)", "Missing persons", POLICE),
    ("Federal Bureau of Investigation (FBI)", "Field office", POLICE),
    ("State Highway Patrol", "", POLICE),
    ("", "Policía Nacional", POLICE),
    ("Departamento de Policía de Ponce", "Ayuda", POLICE),
    ("", "مركز الشرطة", POLICE),
    ("U.S. Immigration and Customs Enforcement", "Miami", IMMIGRATION),
    ("ICE", "Field office", IMMIGRATION),
    ("U.S. Citizenship and Immigration Services", "Field office", IMMIGRATION),
    ("USCIS", "Forms", IMMIGRATION),
    ("US Customs and Border Protection", "", IMMIGRATION),
    ("", "U.S. Border Patrol", IMMIGRATION),
    ("", "Springfield Immigration Court", IMMIGRATION),
    ("U.S. Department of Homeland Security", "Field office", IMMIGRATION),
    ("Instituto Nacional de Migración", "Oficina", IMMIGRATION),
    ("", "Krome Service Processing Center", IMMIGRATION),
    ("Office of the State Attorney - 3rd Circuit", "Domestic violence", PROSECUTOR),
    ("Shelby District Attorney's Office", "Human trafficking", PROSECUTOR),
    ("Office of the Attorney General", "Victim services", PROSECUTOR),
    ("Fiscalía General del Estado", "Atención", PROSECUTOR),
    ("State Department of Corrections", "", PRISON),
    ("Shelby County", "County Jail", PRISON),
    ("Shelby County Sheriff's Office", "Springfield Jail Center", PRISON),
    ("Shelby County Corrections and Rehabilitation", "Boot camp", PRISON),
    ("State Department of Juvenile Justice", "Probation", PRISON),
    ("Tenth Judicial Circuit", "Probation", PRISON),
    ("", "Juvenile Detention Center", PRISON),
    ("", "Centro Penitenciario Norte", PRISON),
]
NONE = [
    ("Immigrant Advocacy of Springfield, Inc.", "Immigration help"),
    ("Americans for Immigrant Justice, Inc.", "Detention programs"),
    ("Bay Network", "Citizenship and Immigration Services"),
    ("Open Arms, Inc.", "Immigration and Naturalization Legal Services"),
    ("Immigration Legal Services", "Lawyers"),
    ("Police Athletic League of Springfield, Inc.", "Sport"),
    ("Youth Club", "Police Athletic League"),
    ("Springfield Police Foundation", "Scholarships"),
    ("Friends of the Springfield Police Department", ""),
    ("Citizens' Police Oversight Board", "Complaints against the police"),
    ("Neighbours", "Help with the police"),
    ("Legal Services of Springfield", "Your own attorney"),
    ("County Public Defender", "Public Defender"),
    ("Office of the Public Defender", "State cases"),
    ("Consulate General of Mexico", "Protection"),
    ("Consulado de México", "Protección"),
    ("New Start, Inc.", "Help for ex-offenders after prison"),
    ("Hope Charities", "Life after jail"),
    ("Children of Inmates, Inc.", "Family visits"),
    ("Springfield Detox", "Detox"),
    ("The Aleph House, Inc.", "Prison program"),
    ("Community Coalition, Inc.", "Attorney General crime prevention program"),
    ("Ice Skating Rink", "Ice hockey for children"),
    ("Nice Kids, LLC", "Hospice and rice"),
    ("Jessie Price Health Center", "Dental service"),
    ("Care Patrol of Springfield", "Homes for the elderly"),
    ("Trabajo Digno", "Contra la policía: defiende tus derechos"),
    ("County Department of Emergency Management and Homeland Security", "Storm help"),
]


@pytest.mark.parametrize(("organization", "service", "what"), BODIES)
def test_a_body_of_the_state_is_known_by_its_name_however_it_is_written(
    organization: str, service: str, what: Body
) -> None:
    for write in (str, str.upper):
        assert body_of(write(organization), write(service)) is what


@pytest.mark.parametrize(("organization", "service"), NONE)
def test_whoever_helps_against_or_beside_them_is_not_taken_for_one(organization: str, service: str) -> None:
    for write in (str, str.upper):
        assert body_of(write(organization), write(service)) is None


@given(st.sampled_from([*BODIES, *((*one, None) for one in NONE)]), st.sampled_from([*Police]))
def test_what_an_editor_found_out_counts_more_than_a_name(said: tuple[str, str, Body | None], police: Police) -> None:
    organization, service, what = said
    told = body_of(organization, service, police)
    assert told is ((what or POLICE) if police is Police.IS_POLICE else None)


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["", *Police]))
def test_any_two_names_are_told_or_not_without_a_fault(organization: str, service: str, police: str) -> None:
    assert body_of(organization, service, police) in (None, *Body)


@pytest.mark.parametrize(
    ("words", "named", "others"),
    [
        ("police", {POLICE}, ()),
        ("miami police department", {POLICE}, ("miami",)),
        ("ICE", {IMMIGRATION}, ()),
        ("uscis office", {IMMIGRATION}, ()),
        ("sheriff", {POLICE}, ()),
        ("policía", {POLICE}, ()),
        ("شرطة", {POLICE}, ()),
        ("state attorney", {PROSECUTOR}, ()),
        ("policed nicely", set[Body](), ("policed", "nicely")),
        ("immigration", set[Body](), ("immigration",)),
        ("say police send away", {POLICE}, ("say", "send", "away")),
    ],
)
def test_a_body_is_asked_for_by_whole_words_and_the_rest_is_told(
    words: str, named: set[Body], others: tuple[str, ...]
) -> None:
    assert named_in(words.lower().split()) == (named, others)
