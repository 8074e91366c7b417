"""The staff pages take their looks from two stylesheets, one of them shared: what they use is in one of the two."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((ROOT / "moderation" / "templates").rglob("*.html"))
STYLE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "pwa" / "static" / "style.css", ROOT / "moderation" / "templates" / "desk.css")
)
FIELDS = ("input", "select", "textarea", "button", "table", "summary")


def used(path: Path) -> set[str]:
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {name for said in re.findall(r'class="([^"]*)"', text) for name in said.split()} - {"entry"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_class_of_a_staff_page_has_a_style(path: Path) -> None:
    assert {name for name in used(path) if not re.search(rf"\.{name}(?![\w-])", STYLE)} == set()


@pytest.mark.parametrize("name", ["warning", *FIELDS])
def test_what_staff_type_into_has_a_style(name: str) -> None:
    assert re.search(rf"(?:^|[\s,.]){name}(?![\w-])[^{{}}]*{{", STYLE, re.MULTILINE)
