"""Which places are a body of the state: the police, an immigration authority, a prosecutor, a prison. No I/O.

Told by the names of the organization and of the service only: what a charity writes about the police is no sign. Some
people must not meet these bodies; they are shown below the others, and each says in plain words what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from server.resources.query_parsing import folded, plain
from server.resources.terms import Police


class Body(StrEnum):
    POLICE = "police"
    IMMIGRATION = "immigration"
    PROSECUTOR = "prosecutor"
    PRISON = "prison"


# Patterns of a part of a name as folded() writes it: small letters, no accents, "Sheriff's" is "sheriff s".

_US = r"(?:u s|us|united states)"
_DEPT = r"(?:department|dept|bureau|bereau|office|division)"
_CENTRE = r"(?:cent(?:er|re)s?|facilit(?:y|ies))"
_NOT_OF = r"(?<!\bagainst)(?<!\bafter)(?<!\bfrom)(?<!\bthe)(?<!\band)(?<!\bwith)(?<!\bto)(?<!\bin)(?<!\bla)(?<!\ben)"
"""A name that ends in "police" is one of the police; "against the police" is not."""

NAMED: Mapping[Body, Sequence[str]] = {
    Body.IMMIGRATION: (
        r"\bimmigration (?:and )?customs\b", r"\bcustoms enforcement\b", rf"\b{_US} citizenship and immigration\b",
        r"\buscis\b", r"\bcbp\b", rf"^(?:{_US} )?ice$", r"\bice (?:ero|field office|detention|office)\b",
        r"\bborder (?:patrol|force)\b", r"\bborder protection\b", r"\bimmigration and naturalization service\b",
        rf"{_NOT_OF} immigration court$", r"^immigration court$", r"\boffice for immigration review\b", r"\bkrome\b",
        r"\bimmigration (?:detention|removal) cent(?:er|re)\b", r"\bservice processing center$",
        rf"\b{_US} department of homeland\b", r"\bhomeland security investigations\b", r"\bvisas and immigration$",
        r"\bimmigration refugees and citizenship canada\b", r"\bpatrulla fronteriza\b",
        r"\binstituto nacional de migracion\b", r"\bcontrol de aduanas\b", r"\bservicios? de ciudadania e inmigracion",
        r"\b(?:corte|tribunal|centro de detencion) de (?:inmigracion|migracion|inmigrantes|migrantes)\b",
        r"\bestacion migratoria\b", r"\bdireccion (?:general|nacional) de migracion\b",
        r"\b(?:brigada|oficina) de extranjeria\b",
    ),
    Body.PRISON: (
        r"\bcorrections (?:department|dept|and rehabilitation)\b",
        r"\bcorrectional (?:cent(?:er|re)|facility|institution)\b",
        rf"\b{_DEPT} of (?:\w+ )?(?:corrections?|prisons?|prisions|parole|probation|juvenile justice)\b",
        rf"\bdetention {_CENTRE}$", r"\bpenitentiary$", rf"\bjail(?: {_CENTRE})?$(?<!\bin jail)(?<!\bafter jail)",
        r"\bcounty jail\b", rf"{_NOT_OF} prison$", r"\bprison service$", rf"(?:^|{_NOT_OF} )(?:probation|parole)$",
        r"\b(?:probation|parole)(?: and parole)? (?:department|dept|office|division|services?|board)\b",
        r"\bcentro (?:penitenciario|de detencion)\b", r"\binstituciones penitenciarias\b", r"^reclusorio\b",
        r"^(?:prision|carcel) \w+", r"\boficina de libertad condicional\b",
    ),
    Body.PROSECUTOR: (
        rf"\b(?:state|states|state s|district|district s|commonwealth s|{_US}) attorneys?\b", r"\battorney general\b",
        r"\bprosecutors?(?: s)?(?: office)?$", r"\bprosecuting attorney", r"\bcrown prosecution\b", r"\bfiscalia\b",
        rf"\b{_US} department of justice\b", r"\bministerio publico\b", r"\bprocuraduria general\b",
    ),
    Body.POLICE: (
        rf"(?:^|{_NOT_OF} )police$", r"\bpolice (?:departments?|dept|stations?|bureau|headquarters|precinct|force)\b",
        r"\bpolice (?:service|services|office|division|district)$", r"\bsheriffs?$", r"\bsheriff ?s? (?:office|dep)",
        r"\b(?:department|dept) of (?:law enforcement|police)\b", r"\bhighway patrol\b", r"\bstate troopers$",
        r"\bfederal bureau of investigation\b", r"\bfbi\b", r"\bmarshals service\b", r"\bpostal inspection service\b",
        r"\bnational crime agency\b", r"\bconstabulary\b", r"\bgendarmerie\b", r"\bguardia (?:civil|nacional)\b",
        r"\bcarabineros\b", r"\bmossos d esquadra\b", r"^policia\b(?! de menores)",
        r"\b(?:departamento|estacion|comisaria|jefatura) de (?:la )?policia\b", r"(?:^| )(?:ال)?شرطه(?: |$)",
    ),
}  # fmt: skip
"""In the order in which they are told: an immigration detention centre before prisons."""
BY_ORGANIZATION = (
    rf"^(?:{_US} )?citizenship and immigration services$", r"\bimmigration (?:authority|enforcement)$",
    r"^(?:department of immigration|immigration department)\b",
)  # fmt: skip
"""Charities call a service so, too; as the name of who runs it, it is the authority."""
ON_ITS_OWN = (r"\bpolice (?:department|dept|station)$", r"\bsheriff ?s? (?:office|department)$")
"""A university that is a company has a police department."""
PRIVATE = re.compile(
    r"\b(?:inc|incorporated|llc|foundation|fund|church|iglesia|ministr(?:y|ies)|coalition|legal (?:aid|services)|"
    r"law (?:clinic|firm)|associations?|asociacion|fundacion|institute|league|liga|charit(?:y|ies)|caritas|"
    r"(?:public )?defenders?|consula(?:te|do)|embass?y|embajada|friends|amigos|network|red de|alliance|alianza|union|"
    r"ex offenders?|reentry|advoca(?:cy|tes)|oversight|complaints?|quejas|accountability|contra|against|families|"
    r"familias|victims? of|athletic|benevolent)\b"
)
"""Nobody who is named so is the authority itself."""
PARTS = re.compile(r"\s+[-–—|]\s+|[(),:/;]")


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_NAMED = {body: _compiled(patterns) for body, patterns in NAMED.items()}
_OF_ORGANIZATION = {**_NAMED, Body.IMMIGRATION: _compiled((*NAMED[Body.IMMIGRATION], *BY_ORGANIZATION))}
_ON_ITS_OWN = {Body.POLICE: _compiled(ON_ITS_OWN)}


@lru_cache(maxsize=8192)
def body_of(organization: str, service: str, police: str = "") -> Body | None:
    """None for a place that is none. `police`: one of terms.Police, what an editor found out; it counts more."""
    presumed = _body_of_service(service, organization) or _body_of_organization(organization)
    if police:
        return (presumed or Body.POLICE) if police == Police.IS_POLICE else None
    return presumed


def _body_of_organization(name: str) -> Body | None:
    return None if _is_private(name) else _told(name, _OF_ORGANIZATION)


def _body_of_service(name: str, organization: str) -> Body | None:
    if _is_private(name):
        return None
    return _told(name, _ON_ITS_OWN if _is_private(organization) else _NAMED)


def _is_private(name: str) -> bool:
    return bool(PRIVATE.search(folded(name)))


def _told(name: str, patterns: Mapping[Body, re.Pattern[str]]) -> Body | None:
    parts = [part for part in (folded(part).strip() for part in PARTS.split(name)) if part]
    return next((body for body, pattern in patterns.items() if any(pattern.search(part) for part in parts)), None)


# Asked for in so many words

ASKED: Mapping[Body, Sequence[str]] = {
    Body.POLICE: (
        "police", "sheriff", "sheriffs", "cops", "fbi", "law enforcement", "highway patrol", "policia", "policias",
        "شرطه", "الشرطه", "بوليس", "البوليس",
    ),
    Body.IMMIGRATION: (
        "ice", "uscis", "cbp", "krome", "border patrol", "immigration court", "immigration and customs enforcement",
        "immigration customs enforcement", "citizenship and immigration services", "citizenship immigration services",
        "migra", "corte inmigracion", "homeland security",
    ),
    Body.PROSECUTOR: (
        "state attorney", "district attorney", "attorney general", "prosecutor", "prosecutors", "fiscalia", "fiscal",
        "ministerio publico",
    ),
    Body.PRISON: ("jail", "prison", "probation", "parole", "detention center", "carcel", "prision"),
}  # fmt: skip
_WITH_IT = """
    department dept station office officer officers number phone telephone contact call find near nearest local city
    county state general us u s of address hours departamento estacion oficina numero telefono llamar cerca رقم مركز
"""
BESIDE = frozenset(_WITH_IT.split())
"""What is said with the name of a body by whoever wants it."""


def named_in(words: Sequence[str]) -> tuple[frozenset[Body], tuple[str, ...]]:
    """(the bodies that typed words name, what else was typed)."""
    left = f" {' '.join(plain(word) for word in words)} "
    named: set[Body] = set()
    for body, names in ASKED.items():
        for name in names:
            if f" {name} " in left:
                named.add(body)
                left = left.replace(f" {name} ", " ")
    return frozenset(named), tuple(word for word in left.split() if word not in BESIDE)
