"""What a visit carries: fixed length, unreadable, bound to the visit, over when it says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import sealing
from server.errors import TokenSpent
from server.settings import Settings
from server.web.door import (
    PAD,
    TOKEN_MINUTES,
    VISIT_HOURS,
    door_value,
    new_visit,
    open_door_value,
    open_token,
    seal_token,
)

NOON = datetime(2026, 11, 22, 12, 34, 56, tzinfo=UTC)
payloads = st.dictionaries(
    st.text(max_size=8), st.text(max_size=60) | st.integers() | st.lists(st.text(max_size=9)), max_size=5
)


@pytest.fixture(autouse=True, scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("keys")
    sealing.load(Settings(data=folder / "data", keys=folder / "keys"))


def test_it_is_of_one_length_and_its_expiry_tells_no_minute() -> None:
    values = [
        door_value(new_visit(NOON, language, country)) for language in ("en", "es", "ar") for country in ("US", "ZZ")
    ]
    assert len({len(value) for value in values}) == 1
    assert new_visit(NOON, "es", "US").expires == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_it_comes_back_as_it_was_until_it_expires() -> None:
    visit = new_visit(NOON, "ar", "DE")
    value = door_value(visit)
    assert open_door_value(value, NOON) == visit
    assert open_door_value(value, visit.expires - timedelta(seconds=1)) == visit
    assert open_door_value(value, visit.expires) is None
    assert visit.expires <= NOON + timedelta(hours=VISIT_HOURS)


@given(st.text(max_size=120))
def test_whatever_else_is_sent_opens_nothing(value: str) -> None:
    assert open_door_value(value, NOON) is None


@given(payloads)
def test_a_token_brings_back_what_was_sealed_and_shows_neither_words_nor_length(payload: dict[str, object]) -> None:
    visit = new_visit(NOON, "en", "US")
    token = seal_token(payload, visit.id, NOON)
    assert open_token(token, visit.id, NOON) == payload
    assert open_token(token, visit.id, NOON) == payload  # reload
    assert token.replace("-", "").replace("_", "").isalnum()
    assert len(seal_token({"q": "a"}, visit.id, NOON)) == len(seal_token({"q": "a" * 60}, visit.id, NOON))
    assert PAD >= 64


def test_a_token_is_over_after_half_an_hour_and_elsewhere() -> None:
    hers, other = new_visit(NOON, "en", "US"), new_visit(NOON, "en", "US")
    token = seal_token({"q": "housing"}, hers.id, NOON)
    later = NOON + timedelta(minutes=TOKEN_MINUTES)
    assert open_token(token, hers.id, later - timedelta(minutes=1))
    for binding, when in ((hers.id, later), (other.id, NOON), (b"", NOON)):
        with pytest.raises(TokenSpent):
            open_token(token, binding, when)


@given(st.text(max_size=5000))
def test_no_other_text_is_a_token(text: str) -> None:
    with pytest.raises(TokenSpent):
        open_token(text, b"12345678", NOON)
