"""`python -m server.resources.countries_build`: names of countries and languages for every language of ours, from CLDR.

Run it after adding a language. Asking Babel while serving would cost 11 MB of memory for what a table says in one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from babel import localedata
from babel.core import get_global

from server.web.words import LANGUAGES

DATA = Path(__file__).parent / "data"
NOT_COUNTRIES = {
    "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "GS", "HM", "IC", "IO", "QO", "TF", "UM", "UN", "XA", "XB", "ZZ",
}  # fmt: skip
# Countries in several zones whose national lines keep the clock of the capital (CLDR's primary zones).
CAPITAL = {"CY": "Asia/Nicosia", "DE": "Europe/Berlin", "ES": "Europe/Madrid", "PT": "Europe/Lisbon"}


def names(kind: str, code: str) -> dict[str, str]:
    """`kind` is "territories" or "languages"; a name CLDR lacks is left out."""
    said = {language: cast("dict[str, str]", localedata.load(language)[kind]).get(code) for language in LANGUAGES}
    return {language: name for language, name in said.items() if name}


def countries() -> dict[str, Any]:
    codes = [code for code in localedata.load("en")["territories"] if len(code) == 2 and code.isalpha()]
    return {
        code: {"names": names("territories", code), "zone": _zone(code)}
        for code in sorted(code for code in codes if code not in NOT_COUNTRIES)
    }


def _zone(code: str) -> str:
    zones = cast("list[str]", get_global("territory_zones").get(code, []))
    return CAPITAL.get(code) or (zones[0] if len(zones) == 1 else "")


def languages() -> dict[str, Any]:
    """Spoken languages alone: no scripts, no constructed codes, no "multiple languages"."""
    spoken = [code for code in localedata.load("en")["languages"] if len(code) in (2, 3) and code.isalpha()]
    return {code: names("languages", code) for code in sorted(spoken) if code not in ("mul", "und", "zxx", "mis")}


def _write(name: str, rows: dict[str, Any]) -> None:
    lines = (f" {json.dumps(code)}: {json.dumps(row, ensure_ascii=False)}" for code, row in rows.items())
    (DATA / name).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    _write("countries.json", countries())
    _write("languages.json", languages())
