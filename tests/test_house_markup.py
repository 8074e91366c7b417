"""Every page's markup and every script keeps the rules of the phone: nothing learned, stored or inline."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted([*ROOT.glob("pwa/**/*.html"), *ROOT.glob("moderation/templates/**/*.html")])
SCRIPTS = sorted(ROOT.glob("pwa/**/*.js"))
STYLES = sorted([*ROOT.glob("pwa/**/*.css"), *ROOT.glob("moderation/**/*.css")])
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
TYPED_BY_HAND = {"text", "search", "number"}
FORBIDDEN_TYPES = {"password", "email", "tel", "url", "date", "file"}
QUIET = {"autocorrect": "off", "autocapitalize": "off", "spellcheck": "false"}
STORED = (
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "cookieStore",
    "history.pushState",
    "history.state",
    "openDatabase",
)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)"
)
named = pytest.mark.parametrize


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


class Tags(HTMLParser):
    """Every start tag with its attributes, and what stands between <script> and </script>."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], str]] = []
        self.inside = ""
        self.written: list[tuple[str, str]] = []
        # a Jinja expression inside a tag is neither quote nor bracket to HTML
        self.feed(JINJA.sub(lambda told: re.sub(r"[<>\"']", "_", told[0]), path.read_text(encoding="utf-8")))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, self.get_starttag_text() or tag))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in ("script", "style") and data.strip():
            self.written.append((self.inside, data.strip()))


def wrong_with_field(tag: str, attributes: dict[str, str]) -> str | None:
    kind = attributes.get("type", "text") if tag == "input" else tag
    if kind in ("hidden", "submit", "button"):
        return None
    if kind in FORBIDDEN_TYPES:
        return f"type={kind} is learned by the phone"
    if attributes.get("autocomplete") != "off":
        return "autocomplete is not off"
    if (kind in TYPED_BY_HAND or tag == "textarea") and not QUIET.items() <= attributes.items():
        return "autocorrect, autocapitalize or spellcheck is left on"
    return None


@named("path", TEMPLATES, ids=name_of)
def test_no_field_is_learned_by_the_phone(path: Path) -> None:
    fields = [found for found in Tags(path).found if found[0] in ("input", "textarea", "select")]
    faults = [
        f"{wrong_with_field(tag, attributes)}: {text}"
        for tag, attributes, text in fields
        if wrong_with_field(tag, attributes)
    ]
    assert faults == []


@named("path", TEMPLATES, ids=name_of)
def test_nothing_is_written_into_the_markup_that_would_run(path: Path) -> None:
    tags = Tags(path)
    faults = [
        text
        for _, attributes, text in tags.found
        if any(name == "style" or name.startswith("on") for name in attributes)
    ]
    faults += [text for tag, attributes, text in tags.found if tag == "script" and "src" not in attributes]
    faults += [
        text for _, attributes, text in tags.found if attributes.get("href", "").lower().startswith("javascript:")
    ]
    # the one style comes from the stylesheet, under its hash: {{ style }}
    faults += [text for kind, text in tags.written if kind == "script" or not JINJA.fullmatch(text)]
    assert faults == []


@named("path", TEMPLATES, ids=name_of)
def test_nothing_is_asked_of_another_address(path: Path) -> None:
    loads = ("src", "srcset", "poster", "data", "action", "formaction", "ping", "manifest")
    asked = [
        text
        for tag, attributes, text in Tags(path).found
        for name, value in attributes.items()
        if (name in loads or (name == "href" and tag in ("link", "base"))) and re.match(r"(?:https?:)?//", value)
    ]
    assert asked == []


@named("path", TEMPLATES, ids=name_of)
def test_every_form_that_carries_meaning_is_a_post(path: Path) -> None:
    forms = [(attributes, text) for tag, attributes, text in Tags(path).found if tag == "form"]
    assert [text for attributes, text in forms if attributes.get("method", "get").lower() != "post"] == []


@named("path", SCRIPTS, ids=name_of)
def test_no_script_stores_anything_or_writes_the_title(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    stored = [word for word in STORED if word in text]
    if path.name != "sw.js":  # the worker keeps the cover, and only the cover
        stored += re.findall(r"\bcaches\b", text)
    assert stored == []
    assert re.findall(r"document\.title|\btitle\s*=[^=]|<title", text) == []
    assert re.findall(r"\beval\(|new Function\b|innerHTML\s*=|document\.write|https?://(?!www\.w3\.org)", text) == []


@named("path", sorted(ROOT.glob("pwa/static/*.js")), ids=name_of)
def test_a_module_imports_no_other_and_exports_start(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^\s*import\b|\bimport\(", text, re.MULTILINE) == []
    assert re.search(r"^export (?:async )?function start\(root(?:, kit)?\)", text, re.MULTILINE), "no start(root, kit)"


@named("path", STYLES, ids=name_of)
def test_style_reads_from_either_side_and_loads_nothing(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert PHYSICAL.findall(text) == []
    assert re.findall(r"url\(|@import|@font-face", text) == []
