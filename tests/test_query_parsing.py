"""Nothing a person types breaks the index, and what she means is asked of it: in her words, in three languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.resources.needs import BY_ID, NEEDS, Need, group_of_need, groups_of, needs_of, sought
from server.resources.query_parsing import (
    MOST_WORDS,
    STOP_WORDS,
    Group,
    Rank,
    Term,
    match_expression,
    phrase,
    plain,
    term_of,
    tsquery,
    typed,
)
from server.resources.spoken_words import SAID
from server.resources.stemming import stem_column, stems_of

HOSTILE = [
    '"', '""', "'", "*", "(", ")", "^name", "name:shelter", "NEAR(a b)", "a AND", "OR", "NOT NOT", "-", "{name}: x",
    "\\",
    "a\x00b", "%' OR 1=1 --", "'); DROP TABLE service; --", "<script>", "&|!<->:*", "\U0001e900\U0001e901", "e\u0301",
    "\u064f", "\ud800", "a" * 5000, "\u200f\u202e", "١٢٣", "ß ẞ İ \u0131", "🛏", "\ufffe",
]  # fmt: skip
anything = st.one_of(
    st.text(max_size=80), st.sampled_from(HOSTILE), st.text(st.sampled_from("\"'*()^:{}-+ ab"), max_size=30)
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE service_search USING fts5(name, alternate_name, organization, terms, description, stems,"
        " tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
    )
    entries = [
        ("Housing for families", "", "Harbor House", "Transitional Housing/Shelter", "Rooms for some weeks."),
        ("Refugio Peñón", "", "Casa", "Homeless Shelter", "Un techo."),
        ("Legal Aid", "", "Legal Aid", "Immigration/Naturalization Legal Services", "Visas and wages."),
    ]
    rows = [(*entry, stem_column(entry)) for entry in entries]
    connection.executemany("INSERT INTO service_search VALUES (?, ?, ?, ?, ?, ?)", rows)
    yield connection
    connection.close()


def found(index: sqlite3.Connection, groups: tuple[Group, ...], *, every: bool = True) -> list[int]:
    asked = match_expression(groups, every=every)
    if not asked:
        return []
    sql = "SELECT rowid FROM service_search WHERE service_search MATCH ? ORDER BY rowid"
    return [row[0] for row in index.execute(sql, (asked,))]


def asked_with(index: sqlite3.Connection, words: str, *needs: str) -> list[int]:
    return found(index, groups_of(typed(words), [BY_ID[need] for need in needs]))


@given(text=anything, every=st.booleans())
def test_whatever_is_typed_is_a_question_the_index_can_answer(
    index: sqlite3.Connection, text: str, every: bool
) -> None:
    found(index, groups_of(typed(text), [NEEDS[0]]), every=every)
    found(index, groups_of(typed(text), []), every=every)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_meant_to_break_it_does_not(index: sqlite3.Connection, text: str) -> None:
    found(index, groups_of(typed(text), []))
    assert len(typed(text)) <= MOST_WORDS


@given(text=anything)
def test_the_other_engine_is_asked_in_quotes_that_nothing_leaves(text: str) -> None:
    said = tsquery(groups_of(typed(text), []), every=True)
    outside = "".join(part for number, part in enumerate(said.split("'")) if number % 2 == 0)
    assert not set(outside) - set("()&|<->:* C")


@given(text=anything)
def test_words_are_few_short_and_told_once(text: str) -> None:
    words = typed(text)
    assert len(words) <= MOST_WORDS and len(set(words)) == len(words)
    assert all(0 < len(word) <= 40 for word in words)


def test_a_long_story_is_asked_by_its_first_twelve_words() -> None:
    assert typed(" ".join(f"word{number}" for number in range(50))) == tuple(
        f"word{number}" for number in range(MOST_WORDS)
    )


def test_long_words_also_find_longer_ones_and_short_ones_do_not(index: sqlite3.Connection) -> None:
    assert (term_of("hous"), term_of("aid")) == (Term(("hous",), prefix=True), Term(("aid",)))
    assert asked_with(index, "hous") == [1]
    assert asked_with(index, "ai") == []


def test_accents_may_be_left_out_or_typed(index: sqlite3.Connection) -> None:
    assert asked_with(index, "penon") == asked_with(index, "PEÑÓN") == [2]


def test_small_words_count_only_where_there_are_no_others() -> None:
    assert typed("I need a place to stay") == ("stay",)
    assert typed("to be or not to be") == ("to", "be", "or", "not")
    assert typed("no me pagan") == ("pagan",)
    assert all(word == plain(word) for word in STOP_WORDS)


def test_each_word_has_to_be_found_and_any_where_none_has_all(index: sqlite3.Connection) -> None:
    groups = groups_of(typed("harbor aid"), [])
    assert found(index, groups, every=True) == []
    assert found(index, groups, every=False) == [1, 3]


def test_a_need_picked_by_touch_and_words_stand_together(index: sqlite3.Connection) -> None:
    assert asked_with(index, "", "bed") == [1, 2]
    assert asked_with(index, "families", "bed") == [1]


def test_a_word_of_the_entries_is_widened_too_and_its_own_letters_come_first() -> None:
    for said in ("lawyer", "abogado", "محامي"):
        terms = groups_of([said], ())[0].terms
        assert terms[0] == term_of(said) and [term.rank for term in terms] == sorted(term.rank for term in terms)
        assert Term(("attorney",), prefix=True, rank=Rank.SIMILAR) in terms


def test_an_expression_of_a_rank_holds_what_stands_up_to_it(index: sqlite3.Connection) -> None:
    groups = groups_of(["harbors"], ())
    assert match_expression(groups, every=True, upto=Rank.EXACT) == '("harbors"*)'
    assert match_expression(groups, every=True, upto=Rank.STEM).startswith('("harbors"* OR stems : "harbor"')
    assert tsquery(groups, every=True, upto=Rank.STEM).startswith("('harbors':* | 'harbor':C")
    assert asked_with(index, "harbors") == [1], "by its stem alone"


@given(text=anything)
def test_any_word_has_stems_the_index_can_be_asked_for(text: str) -> None:
    for word in typed(text):
        assert all(stem and not set(stem) & set(" \"'*()") for stem in stems_of(word))


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("sleep", "bed"),
        ("refugio", "bed"),
        ("مأوى", "bed"),
        ("abogada", "lawyer"),
        ("محامي", "lawyer"),
        ("المحامي", "lawyer"),
        ("pasaporte", "papers"),
        ("جواز", "papers"),
        ("salary", "pay"),
        ("راتب", "pay"),
        ("boss", "boss"),
        ("patrón", "boss"),
        ("كفيل", "boss"),
        ("nanny", "household"),
        ("empleada", "household"),
        ("خادمة", "household"),
        ("pimp", "sex"),
        ("prostitución", "sex"),
        ("دعارة", "sex"),
        ("stealing", "crime"),
        ("pandilla", "crime"),
        ("سرقة", "crime"),
        ("begging", "begging"),
        ("limosna", "begging"),
        ("تسول", "begging"),
        ("marry", "marriage"),
        ("casarme", "marriage"),
        ("زواج", "marriage"),
        ("maltrato", "hurt"),
        ("يضربني", "hurt"),
    ],
)
def test_people_find_themselves_in_their_own_words(said: str, need: str) -> None:
    assert need in {one.id for one in needs_of(said)}


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.id)
def test_every_need_is_told_plainly_and_asks_for_something(need: Need) -> None:
    assert sought(need) and all(term.words for term in sought(need))
    assert len(need.label.split()) <= 9 and len(need.sentence.split()) <= 15
    assert group_of_need(need).said == need.label
    assert any("\u0600" <= word[0] <= "\u06ff" for word in " ".join(SAID[need.id]).split()), "no Arabic word for it"


def test_a_star_in_a_need_means_longer_words_too() -> None:
    assert phrase("food pantr*") == Term(("food", "pantr"), prefix=True)
    assert (
        match_expression([Group("x", (phrase("food pantr*"), phrase("snap")))], every=True)
        == '("food pantr"* OR "snap")'
    )
    assert (
        tsquery([Group("x", (phrase("food pantr*"), phrase("snap")))], every=True) == "('food' <-> 'pantr':* | 'snap')"
    )
