"""Our list of needs: each has plain words in three languages, a place in the list, and codes that exist."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from server.resources.needs import sought
from server.resources.query_parsing import STOP_WORDS, plain
from server.resources.spoken_words import LANGUAGES, PASSING_WORDS, SAID
from server.resources.taxonomy import BY_ID, FINER, NEEDS, TERMS, Need, finer_than

CRIMES = re.compile(
    r"traffick|slave|\brap(?:e|ist)\b|prostitut|exploit|pimp|\bcrime|victim|assault|\bforced\b|molest|kidnap|abus",
    re.IGNORECASE,
)
MOST_WORDS = 15
each = pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
DATA = files("server.resources") / "data"


def open_eligibility() -> dict[str, str]:
    told = json.loads((DATA / "open_eligibility.json").read_text(encoding="utf-8"))
    return {term["id"]: term["name"] for term in told}


@each
def test_every_term_is_told_plainly(term: Need) -> None:
    assert 0 < len(term.label.split()) <= 10 and 0 < len(term.sentence.split()) <= MOST_WORDS
    assert term.sentence.endswith(".") and not term.label.endswith(".")


@each
def test_no_word_that_is_shown_names_a_crime(term: Need) -> None:
    assert not CRIMES.search(f"{term.label} {term.sentence}")


@each
def test_every_term_has_words_in_each_language(term: Need) -> None:
    for language, said in zip(LANGUAGES, SAID[term.id], strict=True):
        assert len(re.findall(r"[^\s|+*?]+", said)) >= 3, language
        assert language != "ar" or all(re.search("[\u0600-\u06ff]", saying) for saying in said.split())
    assert all(one.words for one in sought(term))


@each
def test_every_code_is_one_of_open_eligibility(term: Need) -> None:
    assert term.codes and set(term.codes) <= open_eligibility().keys()


def test_ids_are_one_of_a_kind_and_every_parent_is_on_top() -> None:
    assert len(BY_ID) == len(TERMS) == len(SAID) and BY_ID.keys() == SAID.keys()
    top = {need.id for need in NEEDS}
    assert all(not need.parent for need in NEEDS) and all(term.parent in top for term in FINER)
    assert sorted(term.id for need in NEEDS for term in finer_than(need)) == sorted(term.id for term in FINER)


def test_labels_are_one_of_a_kind_and_the_list_to_touch_is_short() -> None:
    assert len({term.label for term in TERMS}) == len(TERMS)
    assert len(NEEDS) <= 24 and all(len(finer_than(need)) <= 7 for need in NEEDS)


def test_all_that_may_be_happening_and_all_that_helps_is_there() -> None:
    happening = {term.id for term in TERMS if term.happening}
    told = "boss farm kitchen factory building bondage locked_in household sex online child_sold crime begging organ"
    assert happening >= set(told.split()) | {"marriage", "hurt"}
    helping = "safe_house tonight stay_after lawyer pay clean_record identity detox doctor after_rape trauma language"
    helping += " training tracing return plan marks debts custody school phone food clothes ride"
    assert set(helping.split()) <= BY_ID.keys()


def test_sayings_are_written_as_they_are_compared() -> None:
    """A small word is taken out of a question before it is heard, but where there is no other."""
    for id, texts in SAID.items():
        for saying in " ".join(texts).split():
            for part in saying.rstrip("?").split("+"):
                words = part.split("|")
                assert all(plain(word) == word and word.strip("*") for word in words), (id, saying)
                assert id == "any_help" or not set(words) & STOP_WORDS, (id, saying)


def test_passing_words_are_not_small_ones() -> None:
    assert not set(PASSING_WORDS.split()) & STOP_WORDS
    assert all(plain(word) == word for word in (*PASSING_WORDS.split(), *STOP_WORDS))


def test_open_eligibility_is_shipped_unchanged_and_says_whose_it_is(shared_data: Path) -> None:
    ours = (DATA / "open_eligibility.json").read_bytes()
    assert ours == (shared_data / "openeligibility" / "taxonomy.json").read_bytes()
    told = (DATA / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert (
        "open_eligibility.json" in told and "CC BY-SA 3.0" in told and "github.com/openreferral/openeligibility" in told
    )


def test_nothing_of_a_licensed_taxonomy_is_here() -> None:
    """Codes of 211/AIRS look like PN-8100.4500-240."""
    for name in ("taxonomy", "spoken_words", "needs"):
        text = (files("server.resources") / f"{name}.py").read_text(encoding="utf-8")
        assert not re.search(r"\b[A-Z]{1,2}-\d{4}", text)
