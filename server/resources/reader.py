"""What a page needs to speak to one reader: names in her language, clocks and numbers as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.resources.countries import country_names, language_codes, language_names, twelve_hours
from server.resources.dialling import dialled
from server.resources.distance import Town
from server.resources.gazetteer import STATES

MANY = re.compile(r"(?:(?P<first>[A-Z][a-z]+) \+ )?.*?(?P<count>\d{2,3})\+?\D.*(?:languag|interpret)", re.IGNORECASE)
MILES = ("US", "GB", "LR", "MM")
BESIDE_NAME = re.compile(r" \(.*\)$")


@dataclass(frozen=True)
class Spoken:
    """Languages as a source told them: names we know, how many in all, and what stays in the source's words."""

    names: tuple[str, ...]
    many: int = 0
    read: str = ""


@dataclass(frozen=True)
class Reader:
    language: str
    country: str

    def country_name(self, code: str | None = None) -> str:
        """Empty where none was chosen."""
        return country_names(self.language).get(code or self.country, "")

    def language_name(self, code: str, otherwise: str = "") -> str:
        return language_names(self.language).get(code, otherwise or code)

    def names(self, codes: Iterable[str]) -> str:
        comma = "، " if self.language == "ar" else ", "
        return comma.join(self.language_name(code) for code in codes)

    def half_day(self, country: str = "") -> bool:
        """Whether people there say "5 pm" rather than "17:00"."""
        return twelve_hours(country or self.country)

    def town(self, town: Town) -> str:
        """ "Springfield, Illinois", or with the country where it is another one."""
        comma = "، " if self.language == "ar" else ", "
        state = STATES.get(town.state, "")
        country = "" if town.country == self.country else self.country_name(town.country)
        return comma.join(part for part in (town.name, state, country) if part)

    @property
    def in_miles(self) -> bool:
        """Whether distances are told in miles there."""
        return self.country in MILES

    def dialled(self, number: str) -> str:
        return dialled(number)

    def spoken(self, text: str) -> Spoken:
        """ "English, Spanish; 200+ by tele-interpreter" """
        codes: list[str] = []
        rest: list[str] = []
        many = 0
        for part in (part.strip() for part in re.split("[,;]", text)):
            code = language_codes().get(BESIDE_NAME.sub("", part).lower())
            told = MANY.match(part)
            if code:
                codes.append(code)
            elif told:
                many = int(told["count"])
                codes += _known((told["first"],))
            elif part:
                rest.append(part)
        return Spoken(tuple(self.language_name(code) for code in dict.fromkeys(codes)), many, ", ".join(rest))


def _known(names: Sequence[str | None]) -> list[str]:
    return [language_codes()[name.lower()] for name in names if name and name.lower() in language_codes()]
