"""Pages for an operator to print. Written to a file, never served."""

from __future__ import annotations

import argparse
from pathlib import Path

from markupsafe import Markup

from server.cli.commands import is_installed, settings_of
from server.errors import SetupError
from server.pages import door_codes
from server.pages.cards import NOT_AN_ADDRESS
from server.pages.cards import cards as sheets_of
from server.web import LANGUAGES, environment, translations

STYLE = Path(__file__).resolve().parents[2] / "pwa" / "static" / "cards.css"


def cards(asked: argparse.Namespace) -> None:
    """Only a code that opens the door is printed: a card cannot be called back."""
    if "://" not in asked.address and "." not in asked.address:
        raise SetupError(NOT_AN_ADDRESS)
    settings = settings_of(asked)
    if not is_installed(settings):
        raise SetupError(f"There is no installation in {settings.data}. `alder import` or `alder serve` makes one.")
    codes = door_codes.codes(settings)
    code = asked.code or next(iter(codes))
    if code not in codes:
        raise SetupError("There is no such door code. `alder door` lists them.")
    chosen = list(dict.fromkeys(asked.language)) or list(LANGUAGES)
    if not set(chosen) <= set(LANGUAGES):
        raise SetupError(f"--language is one of: {', '.join(LANGUAGES)}.")
    sheets = sheets_of(asked.address, code, asked.count, chosen)
    _write(Path(asked.out), _drawn(sheets))
    print(f"{asked.count} cards in {len(chosen)} languages, code {code}: {asked.out}. Print at 100 %.")


def _drawn(sheets: object) -> str:
    told = {name: {"_": translations(name).gettext, "dir": meant.dir} for name, meant in LANGUAGES.items()}
    given = {"sheets": sheets, "told": told, "title": "Calculator", "style": Markup(STYLE.read_text(encoding="utf-8"))}
    return environment.get_template("pages/cards.html").render(given)


def _write(out: Path, text: str) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise SetupError(f"{out} cannot be written: {fault.strerror}.") from fault
