"""The rules under the queue: what is checked first, what drops a check, when a line counts as checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.resources.content_json import content_read, content_text
from server.resources.dialling import number_of
from server.resources.hotlines import Book, Confidence, Line, LineKind, Trust, help_for
from server.resources.hours_reading import Interval
from server.resources.language_reading import Spoken
from server.resources.ledger import Due, in_order, is_due, misleads
from server.resources.line_trust import LineWord, Said, digest_of, may_say, trust_in
from server.resources.reconciling import drops_verification
from server.resources.service_facts import Facts
from server.resources.service_form import PLACE_TEXTS, TEXTS, Content, PhoneRow, PlaceRow, changed, form_of, read_form
from server.resources.taking import differing, offered, taken
from server.resources.terms import Facet, Police
from tests.house import Clock

TODAY = date(2026, 11, 22)
ANY_DUE = st.builds(
    Due,
    key=st.integers(1, 9999),
    id=st.just("x"),
    name=st.text(max_size=5),
    checked_on=st.none() | st.dates(date(2024, 1, 1), TODAY),
    needs=st.integers(0, 20),
    line=st.booleans(),
    national=st.booleans(),
    confidential=st.booleans(),
    told_wrong=st.integers(0, 5),
)


@given(st.lists(ANY_DUE, max_size=20))
def test_the_queue_holds_what_is_due_and_nothing_else(found: list[Due]) -> None:
    assert sorted(one.key for one in in_order(found, TODAY)) == sorted(o.key for o in found if is_due(o, TODAY))


@given(ANY_DUE, ANY_DUE)
def test_of_two_alike_the_older_check_comes_first_and_the_more_misleading_one(one: Due, other: Due) -> None:
    older = replace(one, key=1, checked_on=TODAY - timedelta(days=300), told_wrong=0)
    newer = replace(older, key=2, checked_on=TODAY - timedelta(days=100))
    assert [due.key for due in in_order([newer, older], TODAY)] == [1, 2]
    weighed = sorted((replace(one, checked_on=None), replace(other, checked_on=None)), key=misleads)
    assert misleads(in_order(weighed, TODAY)[0]) == misleads(weighed[1])


def test_what_is_told_to_be_wrong_is_checked_before_what_nobody_has_checked() -> None:
    fresh = Due(1, "a", "A", TODAY, told_wrong=1)
    never = Due(2, "b", "B", None)
    assert [one.key for one in in_order([never, fresh], TODAY)] == [1, 2]
    assert in_order([replace(fresh, told_wrong=0)], TODAY) == ()


CONTENT = Content(
    texts=dict.fromkeys(TEXTS, ""),
    status="active",
    confidential=False,
    phones=(PhoneRow(3, "305-555-0100"),),
    languages=(Spoken("es", "Spanish", ""),),
    hours=(Interval(0, 540, 1020),),
    hours_read="by appointment",
    places=(PlaceRow(4, {**dict.fromkeys(PLACE_TEXTS, ""), "address_1": "1 Main Street"}),),
    facts=Facts(
        Police.DUTY, 16, 25, frozenset({Facet.WOMEN, Facet.NO_ID}), True, False, True, True, date(2026, 12, 24)
    ),
)


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (replace(CONTENT, phones=(PhoneRow(3, "305-555-0199"),)), "phones"),
        (replace(CONTENT, hours=()), "hours"),
        (replace(CONTENT, places=()), "places"),
        (replace(CONTENT, texts={**CONTENT.texts, "website": "https://x.example"}), "website"),
        (replace(CONTENT, texts={**CONTENT.texts, "chat": "https://x.example"}), "chat"),
        (replace(CONTENT, texts={**CONTENT.texts, "fees": "Ten"}), None),
        (replace(CONTENT, facts=Facts()), None),
    ],
)
def test_what_people_rely_on_drops_the_check_and_says_what_it_was(after: Content, why: str | None) -> None:
    assert drops_verification(CONTENT, after) == ((why,) if why else ())


def test_a_service_is_the_same_as_json_and_as_a_form() -> None:
    assert content_read(content_text(CONTENT)) == CONTENT
    assert read_form(form_of(CONTENT), CONTENT).content == CONTENT
    with pytest.raises(ValueError, match="not a content"):
        content_read("[]")


def test_a_form_that_shows_no_boxes_unticks_nothing() -> None:
    assert read_form({"status": "active", "name": "x"}, CONTENT).content.facts == CONTENT.facts


# Taking what a package says


SAID = {
    "texts": {"fees": "Ten"},
    "status": "active",
    "confidential": False,
    "phones": [
        {"number": "305-555-0100", "extension": "", "kind": "voice", "description": "day"},
        {"number": "305-555-0111", "extension": "", "kind": "voice", "description": ""},
    ],
    "languages": [{"code": "es", "name": "Spanish", "note": ""}],
    "hours": [[0, 540, 1020]],
    "hours_read": "",
    "places": [{"address_1": "2 Main Street"}],
    "facts": {"facets": ["pets"], "police": "", "closed_until": None},
}


def test_only_the_parts_that_were_taken_change() -> None:
    offer = offered(CONTENT, SAID)
    parts = differing(CONTENT, offer)
    assert set(parts) == {"fees", "phones", "hours", "places", "police", "facets", "closed_until"}
    assert taken(CONTENT, offer, parts) == offer
    assert taken(CONTENT, offer, ()) == CONTENT
    for part in parts:
        after = taken(CONTENT, offer, [part])
        assert set(differing(CONTENT, after)) == {part}
    assert [row.key for row in offer.phones] == [3, 0] and offer.places[0].key == 4


def test_of_a_secret_place_nothing_is_taken() -> None:
    secret = replace(CONTENT, confidential=True)
    offer = offered(secret, SAID)
    assert offer.places == secret.places and offer.confidential and "confidential" not in differing(secret, offer)


def test_what_no_package_decides_stays() -> None:
    offer = offered(CONTENT, {**SAID, "facts": {"ours": False, "shared": True}})
    assert (offer.facts.ours, offer.facts.shared) == (True, False) and changed(CONTENT, offer)


# Lines

LINE = Line("US", LineKind.CRISIS, "Listen", "anyone", (number_of("988"),), Confidence.HIGH)
OTHER = replace(LINE, name="Hear", numbers=(number_of("555 1234"),))


def word(person: str, kind: LineWord = LineWord.RIGHT, called: bool = False, of: Line = LINE) -> Said:
    return Said(person, kind, called, TODAY, digest_of(of))


def test_a_line_is_checked_by_two_people_and_a_call_and_never_earlier() -> None:
    assert trust_in(LINE, [word("1", called=True)]).checked_on is None
    assert trust_in(LINE, [word("1", called=True), word("1", called=True)]).checked_on is None, "one person twice"
    assert trust_in(LINE, [word("1"), word("2")]).checked_on is None, "nobody has called"
    assert trust_in(LINE, [word("1"), word("2", called=True)]).checked_on == TODAY


def test_a_changed_row_is_checked_by_nobody() -> None:
    said = [word("1"), word("2", called=True)]
    for changed_line in (
        replace(LINE, numbers=(number_of("989"),)),
        replace(LINE, hours_read="at night"),
        replace(LINE, kind=LineKind.VICTIMS),
    ):
        assert trust_in(changed_line, said) == Trust()
    assert trust_in(replace(LINE, for_whom="everyone"), said).checked_on == TODAY


def test_one_doubt_withdraws_and_somebody_else_settles() -> None:
    said = [word("1"), word("2", called=True), word("3", LineWord.WRONG)]
    assert trust_in(LINE, said) == Trust(doubted=True)
    assert not may_say(LINE, said, "1", LineWord.RIGHT) and not may_say(LINE, said, "3", LineWord.SETTLED)
    assert may_say(LINE, said, "1", LineWord.SETTLED) and not may_say(LINE, [], "1", LineWord.SETTLED)
    said.append(word("1", LineWord.SETTLED))
    assert trust_in(LINE, said) == Trust(), "and it has to be checked anew"
    assert trust_in(LINE, [*said, word("1"), word("2", called=True)]).checked_on == TODAY


def test_a_doubted_line_is_left_out_unless_nothing_else_would_be_left() -> None:
    now = Clock()()
    doubt = {LINE.id: Trust(doubted=True)}
    both = help_for(Book({"US": (LINE, OTHER)}, {}, {}), "US", now, doubt)
    assert [shown.line for shown in both.of(LineKind.CRISIS)] == [OTHER]
    alone = help_for(Book({"US": (LINE,)}, {}, {}), "US", now, doubt).of(LineKind.CRISIS)
    assert [(shown.line, shown.doubted) for shown in alone] == [(LINE, True)]
    checked = help_for(Book({"US": (LINE,)}, {}, {}), "US", now, {LINE.id: Trust(TODAY)}).of(LineKind.CRISIS)
    assert checked[0].checked_on == TODAY
