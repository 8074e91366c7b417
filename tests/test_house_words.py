"""Every word a person reads: short, plain, in every language, with nothing in it that could hurt or give away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from server.web import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "pwa" / "locales"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]  # as in pwa/locales/babel.cfg
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "safety": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
UNKIND = re.compile(
    r"\b(?:victim\w*|why|must|please note|successful\w*|oops|sorry|click|guaranteed?|100 ?%)\b|!", re.IGNORECASE
)
PROMISES_SAFETY = re.compile(
    r"\byou (?:are|will be) safe\b|\b(?:completely|totally|perfectly) (?:safe|secure|private)\b", re.IGNORECASE
)
GENDERED = re.compile(r"\b(?:he|she|him|her|his|hers|woman's|man's)\b", re.IGNORECASE)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
MOST_WORDS = 15
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def extracted() -> dict[str, str]:
    """msgid -> file, of everything in the code and the templates."""
    found: dict[str, str] = {}
    for package in ("server", "moderation", "pwa"):
        for file, _, message, _, _ in extract_from_dir(ROOT / package, METHODS, {}, KEYWORDS):
            for one in message if isinstance(message, tuple) else (message,):
                found.setdefault(one, f"{package}/{file}")
    return found


WORDS = extracted()


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO((LOCALES / language / "LC_MESSAGES" / "alder.po").read_bytes()), locale=language)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?:;])\s+", PLACEHOLDER.sub("x", text)) if part]


def test_there_are_words_to_look_at() -> None:
    assert len(WORDS) > 60


def test_every_sentence_is_short() -> None:
    long = [(file, part) for text, file in WORDS.items() for part in sentences(text) if len(part.split()) > MOST_WORDS]
    assert long == []


@pytest.mark.parametrize(
    "pattern", [UNKIND, PROMISES_SAFETY, GENDERED, EMOJI], ids=["unkind", "promise", "gender", "emoji"]
)
def test_no_word_that_could_hurt(pattern: re.Pattern[str]) -> None:
    assert [(file, text) for text, file in WORDS.items() if pattern.search(text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_says_everything_and_nothing_old(language: str) -> None:
    said = {_first(message): message for message in catalogue(language) if message.id}
    single = {text for text in WORDS if text not in _plurals(said.values())}
    missing = sorted(text for text in single if text not in said or not _complete(said[text]))
    assert missing == [], "run `make strings`, then translate"
    assert sorted(text for text in said if text not in WORDS) == [], "said nowhere any more: run `make strings`"
    assert [_first(message) for message in said.values() if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_their_placeholders(language: str) -> None:
    wrong: list[str] = []
    for message in catalogue(language):
        forms = _forms(message)
        wanted = set(PLACEHOLDER.findall(_last(message)))
        # a plural form for one or two may leave the number out, and nothing may be added
        fits = [set(PLACEHOLDER.findall(form)) <= wanted for form in forms]
        if len(forms) == 1:
            fits = [sorted(PLACEHOLDER.findall(forms[0])) == sorted(PLACEHOLDER.findall(_first(message)))]
        wrong += [] if all(fits) else [_first(message)]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_shouts(language: str) -> None:
    forms = [str(message.string) for message in catalogue(language) if message.id]
    assert [form for form in forms if re.search("[!¡]", form) or EMOJI.search(form)] == []


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def _last(message: Message) -> str:
    return message.id[-1] if isinstance(message.id, (list, tuple)) else message.id


def _plurals(messages: Iterable[Message]) -> set[str]:
    return {_last(message) for message in messages if isinstance(message.id, (list, tuple))}


def _complete(message: Message) -> bool:
    return all(_forms(message))


def _forms(message: Message) -> list[str]:
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return [form or "" for form in forms]
