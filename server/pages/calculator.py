"""The calculator's sums without script: the same keys, grammar and digits as cover.js, never an exception.

A shown result begins with "=": the next digit then starts a new sum, the next operator goes on with it.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context

LONGEST = 64
ERROR = "Error"
DIGITS = 12  # shown of a result, so that 0.1+0.2 is 0.3
OPERATORS = "+−×÷"
LEGAL = frozenset("0123456789.%()E=" + OPERATORS)
# What keyboards write: a comma where a point is a comma, Arabic and Persian digits, stars and slashes.
TYPED = str.maketrans(
    dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2, strict=True))
    | {"*": "×", "x": "×", "X": "×", "/": "÷", "-": "−", "–": "−", ",": ".", "٫": ".", "٪": "%", "e": "E"}
    | dict.fromkeys(" \u00a0\u202f٬", "")
)
NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E−?[0-9]+)?"
PART = re.compile(rf"{NUMBER}|[+−×÷%()]")
LAST_NUMBER = re.compile(r"[0-9.]*(?:E−?[0-9]*)?$")


class _UnreadableError(ValueError):
    """No sum can be made of this."""


def plain(text: str) -> str:
    """What was typed, in the calculator's own signs, without spaces."""
    return text.translate(TYPED)


def evaluate(expression: str) -> str:
    """The result as it is shown; "" where there is nothing to reckon; ERROR where there is no result.

    What hangs at the end (an operator, an open bracket) is left out; brackets left open are closed.
    """
    text = plain(expression).lstrip("=").rstrip(OPERATORS + "(")
    if not text:
        return ""
    parts = PART.findall(text) if len(text) <= LONGEST else []
    if "".join(parts) != text:
        return ERROR
    try:
        return _shown(_Sum(parts).total())
    except (_UnreadableError, ZeroDivisionError):
        return ERROR


class _Sum:
    """Reads parts from left to right: sums of terms, terms of factors, factors of signs, a value and percents."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.at = 0

    def total(self) -> float:
        value = self._terms()
        if self._next():
            raise _UnreadableError
        return value

    def _next(self) -> str:
        return self.parts[self.at] if self.at < len(self.parts) else ""

    def _take(self, among: str) -> str:
        part = self._next()
        if not part or part not in among:
            return ""
        self.at += 1
        return part

    def _terms(self) -> float:
        """A term that is nothing but a percentage is that part of what stands before it: 200+10% is 220."""
        value, _ = self._term()
        while operator := self._take("+−"):
            term, is_part = self._term()
            term = value * term if is_part else term
            value = value + term if operator == "+" else value - term
        return value

    def _term(self) -> tuple[float, bool]:
        value, is_part = self._factor()
        while operator := self._operator_here():
            factor, _ = self._factor()
            value, is_part = (value * factor if operator == "×" else value / factor), False
        return value, is_part

    def _operator_here(self) -> str:
        """An operator, or the × that is not written in 2(3) and (2)3."""
        part = self._next()
        if part == "(" or (_is_number(part) and self.parts[self.at - 1] in ")%"):
            return "×"
        return self._take("×÷")

    def _factor(self) -> tuple[float, bool]:
        sign = 1.0
        while operator := self._take("+−"):
            sign = sign if operator == "+" else -sign
        value, percents = sign * self._value(), 0
        while self._take("%"):
            value, percents = value / 100, percents + 1
        return value, percents > 0

    def _value(self) -> float:
        if self._take("("):
            value = self._terms()
            if self._next() and not self._take(")"):
                raise _UnreadableError
            return value
        part = self._next()
        if not _is_number(part):
            raise _UnreadableError
        self.at += 1
        return float(part.replace("−", "-"))


def _is_number(part: str) -> bool:
    return part[:1].isdigit() or part[:1] == "."


def _shown(value: float) -> str:
    """Twelve digits, rounded half away from zero as JavaScript does; with an exponent where they would not fit."""
    if not math.isfinite(value):
        return ERROR
    if value == 0:
        return "0"
    rounded = Context(prec=DIGITS, rounding=ROUND_HALF_UP).create_decimal_from_float(abs(value))
    mantissa, _, exponent = f"{rounded:.{DIGITS - 1}e}".partition("e")
    return ("−" if value < 0 else "") + _placed(mantissa.replace(".", "").rstrip("0"), int(exponent))


def _placed(digits: str, exponent: int) -> str:
    if exponent >= DIGITS or exponent < -7:
        power = f"E{exponent}".replace("-", "−")
        return digits[0] + ("." + digits[1:] if digits[1:] else "") + power
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    whole = digits.ljust(exponent + 1, "0")
    fraction = whole[exponent + 1 :]
    return whole[: exponent + 1] + ("." + fraction if fraction else "")


def press(shown: str, key: str) -> str:
    """What is shown after `key` (one of 0-9 . + − × ÷ % ( ) C ⌫ =); any other key changes nothing."""
    text, key = plain(shown[: LONGEST + 1]), plain(key[:1])  # cut first: what follows may look through it many times
    if key == "C":
        return ""
    if key == "=":
        result = evaluate(text)
        return ERROR if result == ERROR else "=" + result if result else text
    is_result, legal = text.startswith("="), LEGAL.issuperset(text)
    body = text.lstrip("=") if legal else ""
    if key == "⌫":
        return "" if is_result else _without_last(body)
    if len(body) >= LONGEST:
        return text
    if is_result and key in tuple("0123456789.("):
        body = ""
    following = _following(body, key)
    return text if is_result and following == body else following


def _following(body: str, key: str) -> str:
    if len(key) != 1:
        return body
    if key in "0123456789":
        return (body[:-1] if _last_number(body) == "0" else body) + key
    if key == ".":
        return body + _point(_last_number(body))
    if key in OPERATORS:
        return _with_operator(body, key)
    may = {"(": True, "%": _ends_value(body), ")": _ends_value(body) and body.count("(") > body.count(")")}
    return body + key if may.get(key) else body


def _without_last(body: str) -> str:
    """One sign less; a number with an exponent goes as a whole, half of it would be none."""
    number = _last_number(body)
    return body[: -len(number)] if "E" in number else body[:-1]


def _last_number(body: str) -> str:
    found = LAST_NUMBER.search(body)
    return found[0] if found else ""


def _ends_value(body: str) -> bool:
    return bool(body) and body[-1] not in OPERATORS + "("


def _point(number: str) -> str:
    if not number:
        return "0."
    return "" if "." in number or "E" in number else "."


def _with_operator(body: str, key: str) -> str:
    """A second operator takes the place of the first, but a minus may follow × and ÷."""
    if key == "−" and (not body or body[-1] in "×÷("):
        return body + key
    kept = body.rstrip(OPERATORS)
    return kept + key if _ends_value(kept) else kept
