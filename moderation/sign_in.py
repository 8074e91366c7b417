"""The rules of signing in: phrases, set-up codes and codes that change every 30 seconds. Pure: chance and time come in.

A phrase is seven words of BIP39's English list, each of 2,048: 77 bits. Its words differ within their first four
letters, so only these count: a slip further on locks nobody out, and nothing is lost to a guesser.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import timedelta

from mnemonic import Mnemonic
from pyotp.totp import TOTP

Choose = Callable[[Sequence[str]], str]

WORDS: tuple[str, ...] = tuple(Mnemonic("english").wordlist)
PHRASE_WORDS = 7
TELLING_LETTERS = 4
# Crockford's: no I, L, O, U, so that a code survives being read aloud or written by hand. 16 of them are 80 bits.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
MISREAD = str.maketrans("OIL", "011")
CODE_LASTS = timedelta(hours=48)
STEP_SECONDS = 30
LONGEST_NAME = 60
LONGEST_KEY = 120
LONGEST_PHRASE = 200

IDLE = timedelta(minutes=30)
LONGEST_SESSION = timedelta(hours=12)


def new_phrase(choose: Choose) -> str:
    return " ".join(choose(WORDS) for _ in range(PHRASE_WORDS))


def canonical_phrase(typed: str) -> str:
    """What is hashed and compared: the telling letters of each word, however it was typed."""
    words = re.findall(r"[a-z]+", unicodedata.normalize("NFKC", typed).lower())
    return " ".join(word[:TELLING_LETTERS] for word in words)


def new_setup_code(choose: Choose) -> str:
    """Four groups of four, to be read aloud."""
    letters = [choose(CODE_LETTERS) for _ in range(CODE_LENGTH)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, CODE_LENGTH, 4))


def canonical_code(typed: str) -> str:
    upper = unicodedata.normalize("NFKC", typed).upper().translate(MISREAD)
    return "".join(letter for letter in upper if letter in CODE_LETTERS)


def display_name(typed: str) -> str:
    """Letters, digits and single spaces as the operator wrote them; "" where nothing or too much is left."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    readable = all(unicodedata.category(letter)[0] in "LMNPZ" for letter in name)
    return name if readable and 0 < len(name) <= LONGEST_NAME and len(name_key(name)) <= LONGEST_KEY else ""


def name_key(typed: str) -> str:
    """Two names with one key are one name: spaces, case and width do not tell people apart."""
    return " ".join(unicodedata.normalize("NFKC", typed).casefold().split())


def matching_step(secret: str, typed: str, now: float) -> int | None:
    """The 30-second step whose code was typed: this one, the one before or the one after. `now` in seconds since 1970.

    All three are computed and compared whatever fits.
    """
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", typed) if letter.isdigit())
    made = TOTP(secret, interval=STEP_SECONDS)
    here = int(now) // STEP_SECONDS
    steps = (here - 1, here, here + 1)
    fits = [hmac.compare_digest(made.generate_otp(step).encode(), digits.encode()) for step in steps]
    return next((step for step, fit in zip(steps, fits, strict=True) if fit), None)
