"""Languages and their words: gettext catalogues, which way a language runs, whether a person has checked it."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from server.errors import N_ as N_  # every other module of this package takes it from here

LOCALES = Path(__file__).resolve().parents[2] / "pwa" / "locales"
DOMAIN = "alder"


@dataclass(frozen=True)
class Language:
    """`reviewed`: a person who speaks it has checked the catalogue. Until then pages say so."""

    endonym: str
    dir: str
    reviewed: bool


LANGUAGES = {
    "en": Language("English", "ltr", True),
    "es": Language("Español", "ltr", False),
    "ar": Language("العربية", "rtl", False),
}


@cache
def translations(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [language], fallback=True)


def catalogue_missing() -> list[str]:
    """Languages whose compiled catalogue is not there (`make setup` compiles them)."""
    return [name for name in LANGUAGES if name != "en" and not gettext.find(DOMAIN, LOCALES, [name])]


@lru_cache(maxsize=256)
def preferred(accept_language: str) -> str:
    """The first of ours in an Accept-Language header, by the header's own order; English where none is."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:200].split(",")[:12]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(weighed) if tag in LANGUAGES), "en")
