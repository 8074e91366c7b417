"""What a reader tells of a place: two taps, sealed, linked to nobody; harm is read by two, ours by somebody outside."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import sealing, stores
from server.errors import BadInput, NotFound
from server.resources import report_review, reporting
from server.resources.models import Service
from server.resources.report_review import Reviewer, Said
from tests.house import Client, House
from tests.looking import everything, files_holding

TODAY = date(2026, 11, 23)
CANARY = "canaryinareport"
EDITH, RUTH, OTTO = Reviewer("edith"), Reviewer("ruth"), Reviewer("otto", outside=True)
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


async def add(columns: dict[str, Any]) -> str:
    async def work(unit: stores.Unit) -> str:
        given: dict[str, Any] = {"name": "Harbor House", "country": "US", **columns}
        made = await Service.create(id=str(uuid4()), **given)
        return made.id

    return await stores.write("directory", work)


async def reports() -> list[dict[str, Any]]:
    found = await stores.rows("directory", "SELECT * FROM report ORDER BY key")
    return [dict(row) for row in found]


@pytest.fixture
def place(house: House) -> Iterator[str]:
    yield house.run(add, {})


def send(client: Client, service: str, answer: str, words: str = "", **more: Any):
    return client.post("/note", data={"service": service, "answer": answer, "words": words}, **more)


def told(house: House) -> list[tuple[str, str, str]]:
    """(kind, what, words) of all that was told, opened with the keys of the house."""
    opened = ((row["kind"], reporting.opened(bytes(row["told"]))) for row in house.run(reports))
    return [(kind, said["what"], said["words"]) for kind, said in opened]


# Telling


def test_from_the_page_it_takes_two_taps_each_and_no_word_is_asked_for(house: House, place: str) -> None:
    beth = house.through_the_door("beth")
    for lead, answers in (("told", ("right", *reporting.WRONG)), ("harm", ("harm",))):
        page = beth.post("/place", data={"service": place, "go": lead}).text
        assert set(re.findall(r'<button[^>]* name="answer" value="(\w+)"', page)) == set(answers)
        for answer in answers:
            assert f'name="service" value="{place}"' in page
            assert "Thank you" in send(beth, place, answer).text
    assert [kind for kind, _, _ in told(house)] == ["right", *["wrong"] * 5, "harm"]
    assert [what for _, what, _ in told(house)] == ["", *reporting.WRONG, ""]


def test_words_are_sealed_and_only_the_place_the_kind_and_the_day_stand_beside_them(house: House, place: str) -> None:
    beth = house.through_the_door("beth")
    send(beth, place, "harm", CANARY)
    assert told(house) == [("harm", "", CANARY)]
    (row,) = house.run(reports)
    assert set(row) == {"key", "id", "service_id", "kind", "told", "told_on", "outside", "closed_on"}
    assert str(row["told_on"]) == house.clock().date().isoformat()
    assert CANARY not in str(everything(house.settings)), "readable in a table"
    if not house.settings.database_url:
        assert files_holding([Path(house.settings.data)], CANARY) == []


@on_sqlite
def test_short_and_long_words_have_one_length(house: House, place: str) -> None:
    beth = house.through_the_door("beth")
    for answer, words in (("right", ""), ("wrong", ""), ("harm", "no"), ("harm", "word " * 180)):
        send(beth, place, "other" if answer == "wrong" else answer, words)
    assert len({len(bytes(row["told"])) for row in house.run(reports)}) == 1


@on_sqlite
def test_telling_writes_nothing_else_and_leaves_no_trace_in_the_address(house: House, place: str) -> None:
    beth = house.through_the_door("beth")
    before = everything(house.settings)
    answer = send(beth, place, "harm", CANARY, follow_redirects=False)
    after = everything(house.settings)
    changed = {table for table in after if after[table] != before[table]}
    assert changed <= {"directory.report", "directory.sqlite_sequence"}, changed
    assert re.fullmatch(r"/noted\?t=[\w-]+", answer.headers["location"])
    assert "set-cookie" not in answer.headers


def test_the_answer_says_what_happens_next_and_that_the_place_is_not_told(house: House, place: str) -> None:
    beth = house.through_the_door("beth")
    harm = send(beth, place, "harm").text
    assert "Two people who keep this list read it, each alone." in harm and "We do not tell the place." in harm
    assert "Until then it stays." in harm and "We cannot answer you" in harm
    assert re.search(r'href="tel:\d+"', harm), "no number to call after harm"
    wrong = send(beth, place, "hours").text
    assert "Somebody who keeps this list reads it" in wrong and "We do not tell the place." in wrong


def test_of_a_place_that_is_ours_it_says_that_somebody_outside_reads(house: House) -> None:
    ours = house.run(add, {"ours": True})
    beth = house.through_the_door("beth")
    asked = beth.post("/place", data={"service": ours, "go": "harm"}).text
    done = send(beth, ours, "harm").text
    for page in (asked, done):
        assert "from outside" in page and "Two people" not in page
    assert [bool(row["outside"]) for row in house.run(reports)] == [True]


def test_what_cannot_be_sent_comes_back_with_every_word(house: House, place: str) -> None:
    beth = house.through_the_door("beth")
    long = "It was not as they said. " * 60
    for answer, status in (("harm", 422), ("other", 422)):
        back = send(beth, place, answer, long)
        assert back.status_code == status and long.strip() in back.text and "at most 1000 letters" in back.text
    assert send(beth, place, "no such answer", "my words").status_code == 422
    assert house.run(reports) == []


def test_nobody_finds_out_by_telling_which_places_there_are(house: House, place: str) -> None:
    """A made-up id is answered as one of an entry that is hidden; nothing is written for it."""
    carl, beth = house.through_the_door("carl"), house.through_the_door("beth")
    made_up, known = send(carl, str(uuid4()), "harm", "words"), send(beth, place, "harm", "words")
    assert (made_up.status_code, made_up.url.path) == (known.status_code, known.url.path) == (200, "/noted")
    assert len(house.run(reports)) == 1


def test_many_reports_of_one_visit_are_slowed_and_nobody_else_is(house: House, place: str) -> None:
    beth, others = house.through_the_door("beth"), house.through_the_door("ana")
    answers = [send(beth, place, "other", "my words") for _ in range(12)]
    late = answers[-1]
    assert late.status_code == 429 and int(late.headers["retry-after"]) > 0 and "my words" in late.text
    assert sum("Thank you" in answer.text for answer in answers) == len(house.run(reports)) == 8
    assert send(others, place, "harm", follow_redirects=False).status_code == 303, "somebody else was shut out"


# Reviewing


def report(house: House, service: str, answer: str = "harm", words: str = "what happened") -> str:
    client = house.through_the_door("beth")
    assert "Thank you" in send(client, service, answer, words).text
    return house.run(reports)[-1]["id"]


def say(house: House, report_id: str, who: Reviewer, said: Said = Said.HOLDS, note: str = "") -> bool:
    return house.run(report_review.review, report_id, who, said, note, TODAY)


def waiting(house: House, who: Reviewer) -> list[str]:
    return [one.id for one in house.run(report_review.open_reports, who)]


def test_harm_is_settled_by_two_different_people_and_never_by_one(house: House, place: str) -> None:
    harm = report(house, place)
    assert say(house, harm, EDITH) is False and waiting(house, EDITH) == [harm]
    for again in (EDITH, Reviewer("Edith")):
        with pytest.raises(BadInput):
            say(house, harm, again)
    assert waiting(house, RUTH) == [harm]
    assert say(house, harm, RUTH) is True and waiting(house, RUTH) == []
    with pytest.raises(NotFound):
        say(house, harm, Reviewer("cora"))


def test_where_two_differ_a_third_is_asked(house: House, place: str) -> None:
    harm = report(house, place)
    assert not say(house, harm, EDITH, Said.HOLDS)
    assert not say(house, harm, RUTH, Said.HOLDS_NOT)
    assert say(house, harm, Reviewer("cora"), Said.HOLDS_NOT)


def test_the_second_reviewer_sees_the_words_and_not_what_the_first_said(house: House, place: str) -> None:
    harm = report(house, place, words="what happened")
    say(house, harm, EDITH, note="a note of the first")
    seen = house.run(report_review.read_report, harm, RUTH)
    assert seen.words == "what happened" and seen.reviews == () and seen.report.words_so_far == 1
    own = house.run(report_review.read_report, harm, EDITH)
    assert [(word.said, word.note) for word in own.reviews] == [(Said.HOLDS, "a note of the first")]


def test_notes_of_reviewers_lie_sealed(house: House, place: str) -> None:
    say(house, report(house, place), EDITH, note=CANARY)
    assert CANARY not in str(everything(house.settings))
    assert house.run(sealing.that_do_not_open) == {}


def test_what_is_wrong_needs_one_and_harm_stands_first(house: House, place: str) -> None:
    hours, harm = report(house, place, "hours"), report(house, place)
    assert waiting(house, EDITH) == [harm, hours]
    assert say(house, hours, EDITH) is True and waiting(house, EDITH) == [harm]


def test_reports_of_our_own_place_are_found_by_the_outside_reviewer_alone(house: House, place: str) -> None:
    ours, theirs = report(house, house.run(add, {"ours": True})), report(house, place)
    assert waiting(house, OTTO) == [ours] and waiting(house, EDITH) == [theirs]
    for who, what in ((EDITH, ours), (OTTO, theirs)):
        with pytest.raises(NotFound):
            house.run(report_review.read_report, what, who)
        with pytest.raises(NotFound):
            say(house, what, who)
    assert say(house, ours, OTTO) is True


def test_two_who_press_at_once_do_not_count_as_one_and_one_does_not_count_as_two(house: House, place: str) -> None:
    harm = report(house, place)

    async def at_once() -> list[object]:
        words = (report_review.review(harm, EDITH, Said.HOLDS, "", TODAY) for _ in range(6))
        return await asyncio.gather(*words, return_exceptions=True)

    done = house.run(at_once)
    assert done.count(False) == 1 and sum(isinstance(one, BadInput) for one in done) == 5


@given(st.lists(st.sampled_from(Said), max_size=6))
def test_harm_is_never_settled_by_one_word_nor_by_unclear_ones(words: list[Said]) -> None:
    done = report_review.settled(words, 2)
    clear = [said for said in words if said is not Said.UNCLEAR]
    assert done == any(clear.count(said) >= 2 for said in clear)
    assert not report_review.settled(words[:1], 2)
