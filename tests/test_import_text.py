"""Promise: text reads as a person wrote it, a link leads to a web page, and mending twice is mending once."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.resources.mojibake import mend_letters
from server.resources.text_cleaning import clean, clean_line, mail_address, web_address


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        (r"One.\n\nTwo.\r\nThree", "One.\n\nTwo.\nThree"),
        (r"Beds.\n\n###MON###\n###COL###", "Beds."),
        ("Beds ####COL#### and ##MON## food ###", "Beds and food"),
        ("the StateGÇÖs GÇ£ownGÇ¥ GÇô and moreGÇª", "the State’s “own” – and more…"),
        (
            "Espa+¦ol, ni+¦os, informaci+¦n, +¦tiles, Cr+¬dito, c+íncer, veh+¡culos",
            "Español, niños, información, útiles, Crédito, cáncer, vehículos",
        ),
        ("JosÃ© donâ€™t â€œknowâ€\x9d", "José don’t “know”"),
        ("ΓÇÖs caf├⌐", "’s café"),
        ("the clinic-Æs; -ôrights-ö; Return-«", "the clinic’s; “rights”; Return®"),
        ("open to-áall of us", "open to all of us"),
        ("a\0b\x07 \u202ec", "ab c"),
        ("  spaces \t and\u00a0more  ", "spaces and more"),
        ("C++, a+b, #1, anti-ácido, “É”", "C++, a+b, #1, anti-ácido, “É”"),
    ],
)
def test_text_as_it_was_meant(dirty: str, cleaned: str) -> None:
    assert clean(dirty)[0] == cleaned


def test_mere_spaces_are_no_repair_and_every_repair_is_named() -> None:
    assert clean(" a  b ") == ("a b", ())
    assert len(clean("a\\nb ###X## ###YY### GÇÖ \x07")[1]) == 4


pieces = st.sampled_from(
    ["\\n", "\\r", "\\t", "#", "##", "###MON###", "GÇÖ", "+¦", "-á", "Ã", "©", "â€", "\x9d", " ", "\n", "\\"]
)


@given(st.lists(st.one_of(pieces, st.text(max_size=6)), max_size=20).map("".join))
@example("G\x07ÇÖ")  # one repair uncovers the next
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    cleaned, _ = clean(text)
    assert clean(cleaned) == (cleaned, ())
    line, _ = clean_line(text)
    assert clean_line(line) == (line, ()) and "\n" not in line
    cleaned.encode()  # no lone surrogates: PostgreSQL would refuse them
    assert "\0" not in cleaned


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_letters_are_left_alone(text: str) -> None:
    assert mend_letters(text) == text


@given(st.text(min_size=1, max_size=40, alphabet=st.characters(categories=["L", "Zs"], max_codepoint=0x17F)))
def test_latin_letters_broken_as_windows_come_back(text: str) -> None:
    """Every letter up to U+017F whose bytes Windows-1252 can show at all."""
    for letter in text:
        broken = letter.encode().decode("cp1252", "ignore")
        if len(broken) == 2 and broken[0] in "ÃÂ":
            assert mend_letters(f"x{broken}x") in (f"x{letter}x", "xx")


@given(st.text(max_size=200))
@example("a" * 5000 + "###" * 500)
def test_a_limit_is_a_limit(text: str) -> None:
    assert len(clean(text, 50)[0]) <= 50


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.a.example", "https://www.a.example"),
        ("http://a.example/b?c=1", "http://a.example/b?c=1"),
        ("HTTPS://A.example", "https://A.example"),
        ("https:/a.example", "https://a.example"),
        ("a.example\\\\b\\\\", "https://a.example/b/"),
        ("www.a.example; www.b.example", "https://www.a.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//evil.example", ""),
        ("https://user:word@evil.example", ""),
        ('www.a.example/"onclick="x', ""),
        ("call us", ""),
        ("1.2.3.4", ""),
        ("", ""),
    ],
)
def test_only_a_web_address_becomes_a_link(typed: str, address: str) -> None:
    assert web_address(typed)[0] == address


@given(st.text(max_size=60))
def test_a_link_is_http_or_nothing(text: str) -> None:
    address, _ = web_address(text)
    assert address == "" or re.fullmatch(r"https?://[^\s\"'<>]+", address)
    assert web_address(address) == (address, ())


def test_mail_addresses() -> None:
    assert mail_address("a@b.example")[0] == "a@b.example"
    assert mail_address("Write to a@b.example, please")[0] == "a@b.example"
    assert mail_address("none")[0] == ""
