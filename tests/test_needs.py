"""Promise: whoever says a need in her own words, in three languages and spelt as it comes, finds a place that fits."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import stores
from server.resources import actions, store
from server.resources.models import Service
from server.resources.needs import BY_ID, groups_of, is_heard, needs_of, sound
from server.resources.query_parsing import Group, typed
from server.resources.spoken_words import PASSING_WORDS
from server.settings import Settings
from tests.directory_rows import COUNTY, imported
from tests.needs_said import FITS, FOURTH, FRESH, HELD_OUT, IN_THE_COUNTY, LAST, SAID, UNTUNED, Entry, Said

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
FIRST = 5
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def asked_for(words: str) -> list[Group]:
    return list(groups_of(typed(words), ()))


def seeks(words: str) -> set[str]:
    """What is looked for, as the index has it."""
    return {" ".join(term.words) for group in asked_for(words) for term in group.terms}


# In a real directory. Found when each list was first tried, before the words were widened for what it showed: SAID
# 46 of 60 with the words of before; HELD_OUT 26, FRESH 24, LAST 19, FOURTH 22, UNTUNED 29 of 30. Nothing was widened
# after that.
LISTS = {"said": SAID, "held out": HELD_OUT, "fresh": FRESH, "last": LAST, "fourth": FOURTH, "untuned": UNTUNED}


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.full])], indirect=True
)
async def test_a_fitting_place_is_among_the_first_five(opened: Settings, shared_data: Path) -> None:
    await imported(shared_data / "open211_miami.zip", opened)
    entries = await every_entry()
    for name, said in LISTS.items():
        unfit = [one for one in said if not await is_answered(one, entries, opened)]
        assert 1 - len(unfit) / len(said) >= 0.85, (name, unfit)


async def every_entry() -> Mapping[str, Entry]:
    terms: dict[int, list[str]] = {}
    for row in await stores.rows(
        "directory", "SELECT st.service_id AS key, t.name FROM service_term st JOIN term t ON t.key = st.term_id"
    ):
        terms.setdefault(row["key"], []).append(row["name"])
    found = await stores.rows("directory", "SELECT key, id, name, description FROM service")
    return {row["id"]: Entry(row["name"], tuple(terms.get(row["key"], ())), row["description"]) for row in found}


async def is_answered(said: Said, entries: Mapping[str, Entry], settings: Settings) -> bool:
    _, words, fit = said
    return any(FITS[fit].of(entries[id]) for id in await first_ids(words, settings))


async def first_ids(words: str, settings: Settings) -> list[str]:
    shown = replace(settings, show_unverified=True)
    results = await actions.search(actions.query(words), now=NOW, settings=shown)
    return [result.card.id for result in results.results[:FIRST]]


def test_what_fits_is_not_what_anybody_would_find_by_chance() -> None:
    """The predicates are asked of places that have nothing to do with the need."""
    others = (
        Entry("CITY LIBRARY", ("Public Libraries", "Book Clubs"), "Books, films and a reading room."),
        Entry("MARINA", ("Boat Ramps",), "Slips for boats up to forty feet."),
        Entry("ANIMAL SERVICES", ("Animal Shelters",), "Dogs and cats to adopt."),
    )
    assert [name for name, fit in FITS.items() if any(fit.of(entry) for entry in others)] == []


def test_lists_of_different_sentences() -> None:
    languages = [language for language, _, _ in SAID]
    assert {language: languages.count(language) for language in set(languages)} == {"en": 20, "es": 20, "ar": 20}
    every = [words for said in LISTS.values() for _, words, _ in said]
    assert len(set(every)) == len(every) == 60 + 30 * 5


# In a small made-up directory


async def test_a_fitting_place_in_the_county(opened: Settings) -> None:
    await imported(COUNTY, opened)
    entries = await every_entry()
    found = {words: [entries[id].name for id in await first_ids(words, opened)] for _, words, _ in IN_THE_COUNTY}
    unfit = {words: found[words] for _, words, name in IN_THE_COUNTY if name not in found[words]}
    assert len(unfit) <= 0.15 * len(IN_THE_COUNTY), unfit


@on_sqlite
@pytest.mark.parametrize("name", ["Casa Abierta", "Zapatos", "Casa", "Hogar Dormir Bien", "Sleep", "مأوى"])
async def test_a_place_called_by_an_everyday_word_is_found_by_its_name(opened: Settings, name: str) -> None:
    await called(name)
    await called("Emergency Shelter")
    assert name in await first_ids(name, opened)


async def called(name: str) -> None:
    async def work(unit: stores.Unit) -> None:
        service = await Service.create(id=name, name=name)
        await store.index(unit, [service.key])
        await store.bump(unit)

    await stores.write("directory", work)


# How words are heard


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("boss took my passport", "papers_taken"),
        ("they kept all our documents", "papers_taken"),
        ("not paid for work", "pay"),
        ("he hits me", "hurt"),
        ("cannot leave the house", "locked_in"),
        ("help me", "any_help"),
        ("what should i do", "any_help"),
        ("no papers", "papers"),
        ("cant sleep nightmares", "trauma"),
        ("somewhere to sleep with my kids", "family_bed"),
        ("2nite need bed", "tonight"),
        ("kidney", "organ"),
        ("nesesito abogao", "lawyer"),
        ("inmigrasion", "papers"),
        ("embarasada", "pregnancy"),
        ("no tengo papeles", "papers"),
        ("me quitaron los papeles", "papers_taken"),
        ("no me deja salir", "locked_in"),
        ("ayuda", "any_help"),
        ("ماخذين جوازاتنا", "papers_taken"),
        ("ما بيدفعولي", "pay"),
        ("والمحامي", "lawyer"),
        ("بتضربني", "hurt"),
        ("ساعدوني", "any_help"),
        ("ترحيل", "deportation"),
    ],
)
def test_a_saying_is_heard_as_a_whole(said: str, need: str) -> None:
    wanted = BY_ID[need].seeks[0].rstrip("*")
    assert wanted in seeks(said)


def test_a_longer_saying_is_not_heard_as_its_single_words() -> None:
    assert len(asked_for("boss took my passport")) == 1
    assert "detox" not in seeks("bed for tonight") and "sleep" not in seeks("cant sleep nightmares")


def test_a_hint_counts_only_where_nothing_stronger_was_said() -> None:
    assert "domestic violence" in seeks("my boyfriend")
    assert "domestic violence" not in seeks("my boyfriend needs a dentist")


def test_what_nobody_listens_to_narrows_a_list_and_not_a_story() -> None:
    assert [group.said for group in asked_for("shelter kendall")] == ["shelter", "kendall"]
    assert [group.aside for group in asked_for("shelter kendall")] == [False, True]
    assert len(asked_for("my boss took my passport in kendall")) == 1


def test_words_of_the_trade_are_searched_as_they_are_first() -> None:
    (group,) = asked_for("shelter")
    assert group.terms[0].words == ("shelter",) and group.terms[0].rank < group.terms[-1].rank


@given(words=st.permutations(["boss", "took", "passport", "kendall"]))
def test_the_order_of_words_does_not_matter(words: Sequence[str]) -> None:
    asked = {" ".join(term.words) for group in groups_of(words, ()) for term in group.terms[1:]}
    assert asked == seeks("boss took passport kendall") - {"boss took passport"}


@given(
    said=st.sampled_from([words for _, words, _ in SAID if len(typed(words)) < 8]),
    extra=st.lists(st.sampled_from(PASSING_WORDS.split()), min_size=1, max_size=3),
)
def test_small_talk_takes_nothing_away(said: str, extra: list[str]) -> None:
    """It may be part of a longer saying; what was heard without it is still looked for."""
    heard = {need for word in typed(said) for need in needs_of(word)}
    with_more = {need for word in typed(f"{said} {' '.join(extra)}") for need in needs_of(word)}
    assert heard <= with_more and asked_for(f"{said} {' '.join(extra)}")


@given(text=st.text(max_size=80))
def test_whatever_is_said_something_is_asked(text: str) -> None:
    words = typed(text)
    groups = groups_of(words, ())
    assert bool(groups) == bool(words) and all(group.terms for group in groups)


@pytest.mark.parametrize("attached", ["ال", "و", "وال", "بال", "لل"])
@pytest.mark.parametrize("word", ["محامي", "مدرسة", "راتب", "طبيب"])
def test_arabic_words_are_heard_with_what_is_written_onto_them(word: str, attached: str) -> None:
    assert set(needs_of(word)) <= set(needs_of(attached + word)) and needs_of(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [("avogado", "abogado"), ("inmigrasion", "inmigracion"), ("kiero", "quiero"), ("ospital", "hospital")],
)
def test_words_that_sound_alike_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_everyday_words_are_no_mistakes() -> None:
    assert all(is_heard(word) for word in ("dormir", "patrón", "quiero", "محامي", "بدي", "boss"))
    assert not any(is_heard(word) for word in ("kestrel", "qwzx", "lawyre"))


def test_hearing_takes_no_time() -> None:
    """60 millionths of a second for three words on a quiet machine; the tests are not alone on theirs."""
    chance = random.Random(3)
    words = [word for _, said, _ in (*SAID, *HELD_OUT) for word in typed(said)]
    questions = [chance.sample(words, 3) for _ in range(1000)]
    groups_of(questions[0], ())
    began = datetime.now(UTC)
    for question in questions:
        groups_of(question, ())
    assert (datetime.now(UTC) - began).total_seconds() < 0.6
