"""The people of the tests. Each stands for somebody the pages are made for; none of them exists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """`language` is what her phone is set to, `country` where she is."""

    name: str
    language: str = "en"
    country: str = "US"


ANA = Person("ana", "es", "US")  # three minutes, a watched phone, needs a bed tonight
AMINA = Person("amina", "ar", "DE")  # reads from right to left
BETH = Person("beth", "en", "GB")  # old phone, script switched off
CARL = Person("carl", "en", "US")  # reaches the address, has no door code, tries what he can

PEOPLE = {person.name: person for person in (ANA, AMINA, BETH, CARL)}
ROLES = {"edith": "directory_editor", "cora": "coordinator", "ruth": "auditor", "omar": "operator"}
