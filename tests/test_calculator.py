"""The calculator without script: right for ordinary sums, and nothing that is typed at it makes it stumble."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from server.pages.calculator import ERROR, LEGAL, LONGEST, evaluate, plain, press

KEYS = "0123456789.+−×÷%()C⌫="
RESULT = re.compile(r"−?[0-9]+(?:\.[0-9]*[1-9])?(?:E−?[0-9]+)?")
typed = some.text(alphabet="0123456789.,+-−*×/÷%()=E e۹", max_size=70)
whole = some.integers(0, 999)


def pressed(keys: str, shown: str = "") -> str:
    for key in keys:
        shown = press(shown, key)
    return shown


@pytest.mark.parametrize(
    ("sum_", "result"),
    [
        ("", ""),
        ("2+3×4", "14"),
        ("(2+3)×4", "20"),
        ("10−4−3", "3"),
        ("2--3", "5"),
        ("−5+2", "−3"),
        ("0.1+0.2", "0.3"),
        ("1/3", "0.333333333333"),
        ("2(3)(4)", "24"),
        # what hangs at the end is left out, brackets left open are closed
        ("12+", "12"),
        ("((1+2", "3"),
        ("7×(", "7"),
        ("−", ""),
        # percent as phones have it
        ("50%", "0.5"),
        ("200+10%", "220"),
        ("200−10%", "180"),
        ("200×10%", "20"),
        ("200+10%×2", "200.2"),
        # too large, too small, too many digits
        ("999999999999+1", "1E12"),
        ("100000000000.5", "100000000001"),
        ("9" * 30, "1E30"),
        ("1÷8000000000", "1.25E−10"),
        ("1E12+1", "1E12"),
        # from other keyboards
        ("1,5+1,5", "3"),
        ("٢×٣", "6"),
        ("۸/۲", "4"),
        ("=4+1", "5"),
        # no result
        ("1÷0", ERROR),
        ("0÷0", ERROR),
        ("1÷(1÷0)", ERROR),
        ("1E308×10", ERROR),
        ("2××3", ERROR),
        ("1.2.3", ERROR),
        ("1)", ERROR),
        ("()", ERROR),
        ("bed tonight", ERROR),
        ("1" * 65, ERROR),
    ],
)
def test_a_sum_has_the_result_a_phone_would_show(sum_: str, result: str) -> None:
    assert evaluate(sum_) == result


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("12+30=", "=42"),
        ("12+30=7", "7"),
        ("12+30=+8=", "=50"),
        ("12+30=⌫", ""),
        ("12+30==", "=42"),
        ("5+×3", "5×3"),
        ("5×−3=", "=−15"),
        ("+×5", "5"),
        ("007", "7"),
        ("0.0", "0.0"),
        (".5.5", "0.55"),
        (")%5", "5"),
        ("(5))", "(5)"),
        ("5%%", "5%%"),
        ("1÷0=", ERROR),
        ("1÷0=5", "5"),
        ("1÷0=⌫", ""),
        ("15C", ""),
        ("−=", "−"),
        ("=", ""),
    ],
)
def test_keys_do_what_a_phone_would_do(keys: str, shown: str) -> None:
    assert pressed(keys) == shown


@given(some.one_of(typed, some.text(max_size=200)))
def test_anything_typed_has_a_result_an_error_or_nothing(text: str) -> None:
    result = evaluate(text)
    assert result in ("", ERROR) or RESULT.fullmatch(result)


@given(some.one_of(typed, some.text(max_size=200)), some.one_of(some.sampled_from(KEYS), some.text(max_size=3)))
def test_any_key_can_follow_anything(text: str, key: str) -> None:
    shown = press(text, key)
    assert shown in (ERROR, plain(text)) or (LEGAL.issuperset(shown) and len(shown) <= LONGEST + 1)


@given(some.text(alphabet=KEYS, max_size=120))
def test_keys_alone_never_write_what_cannot_be_read(keys: str) -> None:
    """Whoever pokes at the keys sees an error only where a sum has none: nothing divided by zero, nothing too large."""
    shown = pressed(keys)
    assert shown == ERROR or LEGAL.issuperset(shown)
    bare = re.sub("[÷E)(%]", "", keys)
    if len(bare) < LONGEST:
        assert press(pressed(bare), "=") != ERROR


@given(some.lists(some.tuples(some.sampled_from("+−×"), whole), min_size=1, max_size=8), whole)
def test_sums_of_whole_numbers_are_exact(more: list[tuple[str, int]], first: int) -> None:
    sum_ = str(first) + "".join(f"{operator}{number}" for operator, number in more)
    # × binds closer: Python reckons the same sum in fractions
    exact = Fraction(
        eval(re.sub(r"\d+", r"Fraction(\g<0>)", sum_.replace("×", "*").replace("−", "-")), {"Fraction": Fraction})
    )
    if abs(exact) < 10**12:
        assert evaluate(sum_) == str(exact).replace("-", "−")


@given(typed)
def test_a_result_is_a_sum_with_itself_as_result(text: str) -> None:
    result = evaluate(text)
    if result not in ("", ERROR):
        assert evaluate(result) == result
        assert press("=" + result, "=") == "=" + result
