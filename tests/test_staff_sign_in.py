"""Signing in to the staff app: set up once, alike in every failure, limited before it compares, over in time."""

from __future__ import annotations

import html
import math
import random
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import anyio
import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from pyotp.totp import TOTP

from moderation import actions, phrase_hash, sign_in
from moderation.actions import demo, signing_in
from moderation.gate import COOKIE
from server import limits, sealing, stores
from server.errors import BadInput, SetupError, Unavailable
from server.settings import Settings
from server.stores import Unit
from tests.house import Client, House
from tests.looking import everything, files_holding

NOT_RIGHT = "The name, the phrase or the code is not right"
typed_text = st.text(max_size=60)


# The rules, without a machine


@given(st.integers())
def test_a_phrase_is_seven_words_of_the_list(seed: int) -> None:
    phrase = sign_in.new_phrase(random.Random(seed).choice)
    assert len(phrase.split()) == 7 and set(phrase.split()) <= set(sign_in.WORDS)


def test_a_phrase_holds_seventy_seven_bits_also_where_four_letters_count() -> None:
    told_apart = {word[: sign_in.TELLING_LETTERS] for word in sign_in.WORDS}
    assert len(told_apart) == len(sign_in.WORDS) == 2048
    assert math.log2(len(told_apart)) * sign_in.PHRASE_WORDS == 77


@given(st.lists(st.sampled_from(sign_in.WORDS), min_size=7, max_size=7), st.sampled_from([" ", "  ", "-", ", ", "\n"]))
def test_however_it_is_typed_it_is_the_same_phrase(words: list[str], between: str) -> None:
    phrase = " ".join(words)
    assert sign_in.canonical_phrase(between.join(words).upper()) == sign_in.canonical_phrase(phrase)
    assert sign_in.canonical_phrase(" ".join(word[:4] for word in words)) == sign_in.canonical_phrase(phrase)


@given(*[st.lists(st.sampled_from(sign_in.WORDS), min_size=7, max_size=7) for _ in "ab"])
def test_two_phrases_are_never_taken_for_one(one: list[str], other: list[str]) -> None:
    same = sign_in.canonical_phrase(" ".join(one)) == sign_in.canonical_phrase(" ".join(other))
    assert same == (one == other)


@given(st.integers())
def test_a_set_up_code_survives_hand_and_voice(seed: int) -> None:
    code = sign_in.new_setup_code(random.Random(seed).choice)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    for written in (code.lower(), code.replace("-", " "), code.replace("0", "O").replace("1", "l")):
        assert sign_in.canonical_code(written) == code.replace("-", "")


@given(typed_text)
def test_any_text_as_name_phrase_or_code_is_read_without_a_fault(typed: str) -> None:
    sign_in.canonical_code(typed)
    sign_in.canonical_phrase(typed)
    shown = sign_in.display_name(typed)
    assert shown == sign_in.display_name(shown)
    assert len(shown) <= 60 and len(sign_in.name_key(shown)) <= 120
    assert sign_in.matching_step("A" * 32, typed, 1_800_000_000) is None or any(c.isdigit() for c in typed)


@given(st.integers(60, 4_000_000_000), st.integers(-5, 5))
def test_a_code_is_good_one_step_before_and_after(now: int, away: int) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    step = now // 30 + away
    found = sign_in.matching_step(secret, TOTP(secret).generate_otp(max(step, 0)), now)
    assert found == step if abs(away) <= 1 else found is None or abs(found - now // 30) <= 1


def test_two_names_that_look_alike_are_one() -> None:
    assert sign_in.name_key("  ÉDITH  smith ") == sign_in.name_key("édith Smith")
    assert sign_in.name_key("\uff2f\uff4d\uff41\uff52") == sign_in.name_key("omar")


# Set-up


class Newcomer:
    """Somebody with a set-up code, her browser, and what the second page showed her."""

    def __init__(self, house: House, name: str = "Nora", role: str = "auditor") -> None:
        self.house, self.name = house, name
        self.code = house.run(actions.add_staff, name, [role], house.clock())
        self.browser = house.stranger_at_the_desk()
        self.phrase = self.secret = self.address = ""

    def open(self, code: str = "", name: str = "") -> int:
        answer = self.browser.post("/setup", data={"name": name or self.name, "code": code or self.code})
        self.phrase = " ".join(re.findall(r"<li>(\w+)</li>", answer.text))
        self.secret = "".join(re.findall(r"<span>([A-Z2-7]+)</span>", answer.text))
        found = re.search(r'action="(/setup/phrase[^"]*)"', answer.text)
        self.address = html.unescape(found[1]) if found else ""
        return answer.status_code

    @property
    def digits(self) -> str:
        return TOTP(self.secret).at(self.house.clock())

    def finish(self, phrase: str = "", digits: str = "") -> Response:
        return self.browser.post(self.address, data={"phrase": phrase or self.phrase, "code": digits or self.digits})

    def sign_in(self, client: Client | None = None, **typed: str) -> Response:
        client = client or self.house.stranger_at_the_desk()
        given = {"name": self.name, "phrase": self.phrase, "code": self.digits, **typed}
        return client.post("/", data=given, follow_redirects=False)


@pytest.fixture
def nora(house: House) -> Newcomer:
    """Set up, signed out, and half a minute later."""
    newcomer = Newcomer(house)
    newcomer.open()
    assert newcomer.finish().url.path == "/desk"
    newcomer.browser.post("/sign-out")
    house.clock.move(seconds=60)
    return newcomer


def test_a_set_up_code_works_once(house: House) -> None:
    newcomer = Newcomer(house)
    assert newcomer.open(code=newcomer.code.lower()) == 200
    other = Newcomer.__new__(Newcomer)
    other.house, other.name, other.code, other.browser = (
        house,
        newcomer.name,
        newcomer.code,
        house.stranger_at_the_desk(),
    )
    assert other.open() == 200, "opening it does not spend it"
    assert newcomer.finish().url.path == "/desk"
    late = other.finish()
    assert late.status_code == 422 and "used meanwhile" in late.text
    assert other.open() == 422


def test_a_set_up_code_ends_after_48_hours(house: House) -> None:
    newcomer = Newcomer(house)
    house.clock.move(hours=47, minutes=59)
    assert newcomer.open() == 200
    house.clock.move(minutes=2)
    assert newcomer.finish().status_code == 422
    assert newcomer.open() == 422


def test_a_wrong_code_and_an_unknown_name_are_answered_alike(house: House) -> None:
    newcomer = Newcomer(house)
    wrong = newcomer.browser.post("/setup", data={"name": "Nora", "code": "0000-0000-0000-0000"})
    unknown = newcomer.browser.post("/setup", data={"name": "Nobody", "code": newcomer.code})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("Nora", "?").replace("0000-0000-0000-0000", "#") == unknown.text.replace(
        "Nobody", "?"
    ).replace(newcomer.code, "#")


def test_what_was_typed_wrong_at_the_set_up_is_said_and_kept(house: House) -> None:
    newcomer = Newcomer(house)
    newcomer.open()
    wrong = newcomer.finish(phrase="one two three four five six seven")
    assert wrong.status_code == 422 and "seven words are not the ones" in wrong.text and "one two three" in wrong.text
    wrong = newcomer.finish(digits="000000" if newcomer.digits != "000000" else "111111")
    assert wrong.status_code == 422 and "six digits are not" in wrong.text and newcomer.phrase in wrong.text
    assert newcomer.finish().url.path == "/desk"


def test_the_second_page_is_for_the_browser_that_opened_it_alone(house: House) -> None:
    newcomer = Newcomer(house)
    newcomer.open()
    stranger = house.stranger_at_the_desk().get(newcomer.address)
    assert newcomer.phrase not in stranger.text and stranger.url.path == "/setup"
    again = newcomer.browser.get(newcomer.address)
    assert again.status_code == 200 and newcomer.secret[:4] in again.text, "reload works"
    house.clock.move(minutes=31)
    assert newcomer.browser.get(newcomer.address).url.path == "/setup"


def test_codes_are_limited_before_they_are_compared(house: House) -> None:
    newcomer = Newcomer(house)
    tries = [newcomer.open(code="0000-0000-0000-0000") for _ in range(12)]
    assert tries.count(422) == limits.LIMITS["setup"].size and tries[-1] == 429
    assert newcomer.open() == 429, "the right one too"
    house.clock.move(minutes=1, seconds=1)
    assert newcomer.open() == 200


def test_nothing_that_opens_is_kept_readable(nora: Newcomer) -> None:
    nora.sign_in()
    house = nora.house
    rows = repr(everything(house.settings))
    for secret in (nora.code, sign_in.canonical_code(nora.code), nora.phrase, nora.secret):
        assert secret not in rows
        assert files_holding([house.settings.data], secret) == []
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in rows


def test_the_operator_is_told_plainly(house: House) -> None:
    house.run(actions.add_staff, "Nora", ["auditor", "Directory editor"], house.clock())
    for name, roles, said in (
        ("nora", ["auditor"], "somebody named"),
        ("Omar", ["queen"], "no role 'queen'"),
        ("", ["auditor"], "A name is"),
        ("a\tb\x07", ["auditor"], "A name is"),
        ("Omar", [], "at least one role"),
    ):
        with pytest.raises(SetupError, match=said):
            house.run(actions.add_staff, name, roles, house.clock())
    assert "auditor" not in house.run(actions.empty_roles)
    assert "operator" in house.run(actions.empty_roles)


def test_a_reset_ends_what_she_had_and_opens_anew(house: House, nora: Newcomer) -> None:
    client = house.stranger_at_the_desk()
    nora.sign_in(client)
    assert client.get("/desk", follow_redirects=False).status_code == 200
    nora.code = house.run(actions.reset_staff, "NORA", house.clock())
    assert client.get("/desk", follow_redirects=False).status_code == 303
    house.clock.move(minutes=2)
    assert nora.sign_in().status_code == 422, "the old phrase opens nothing"
    assert nora.open() == 200 and nora.finish().url.path == "/desk"
    with pytest.raises(SetupError):
        house.run(actions.reset_staff, "Nobody", house.clock())


# Signing in


def test_name_phrase_and_code_open_the_desk(nora: Newcomer) -> None:
    client = nora.house.stranger_at_the_desk()
    answer = nora.sign_in(client, name="nORA", phrase=nora.phrase.upper().replace(" ", "-"))
    assert answer.status_code == 303 and answer.headers["location"] == "/desk"
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}=[\w-]+; Path=/; Secure; HttpOnly; SameSite=Strict", cookie)
    assert "Nora" in client.get("/desk").text


FAILURES: dict[str, Callable[[Newcomer], dict[str, str]]] = {
    "unknown name": lambda nora: {"name": "Nobody"},
    "wrong phrase": lambda nora: {"phrase": "zoo " * 7},
    "wrong code": lambda nora: {"code": str((int(nora.digits) + 1) % 1_000_000).zfill(6)},
    "all of it": lambda nora: {"name": "x" * 300, "phrase": "y" * 3000, "code": "z"},
    "nothing": lambda nora: {"name": "", "phrase": "", "code": ""},
}


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every Argon2 comparison that was made: each is counted, then made for real."""
    made: list[str] = []
    real = phrase_hash._fits
    monkeypatch.setattr(phrase_hash, "_fits", lambda kept, phrase: made.append(kept) or real(kept, phrase))
    return made


def test_promise_8_every_failure_is_answered_with_the_same_words_status_and_work(
    nora: Newcomer, computed: list[str]
) -> None:
    pages: set[str] = set()
    for how, wrong in FAILURES.items():
        nora.house.clock.move(minutes=2)
        typed = wrong(nora)
        answer = nora.sign_in(None, **typed)
        assert answer.status_code == 422 and NOT_RIGHT in answer.text, how
        assert "set-cookie" not in answer.headers
        pages.add(
            re.sub(r'(name="name" value=")[^"]*("[^>]*?)( autofocus)?', r"\1\2", answer.text).replace(" autofocus", "")
        )
    assert len(computed) == len(FAILURES), "Argon2 is computed once for each, known or not"
    assert {kept.split("$")[3] for kept in computed} == {"m=65536,t=3,p=4"}
    assert len(pages) == 1
    assert phrase_hash.NOBODYS in computed


def test_somebody_not_set_up_or_gone_is_answered_like_a_stranger(house: House, nora: Newcomer) -> None:
    house.run(actions.add_staff, "Waiting", ["auditor"], house.clock())
    assert nora.sign_in(name="Waiting").status_code == 422
    house.clock.move(minutes=2)
    house.run(actions.end_staff, "Nora", house.clock())
    gone = nora.sign_in()
    assert gone.status_code == 422 and NOT_RIGHT in gone.text


def test_a_code_works_once_and_none_before_it(nora: Newcomer) -> None:
    digits, earlier = nora.digits, TOTP(nora.secret).at(nora.house.clock() - timedelta(seconds=30))
    assert nora.sign_in(code=digits).status_code == 303
    assert nora.sign_in(code=digits).status_code == 422
    assert nora.sign_in(code=earlier).status_code == 422
    nora.house.clock.move(seconds=30)
    assert nora.sign_in().status_code == 303


def test_the_code_of_the_set_up_is_spent_too(house: House) -> None:
    newcomer = Newcomer(house)
    newcomer.open()
    newcomer.finish()
    assert newcomer.sign_in().status_code == 422
    house.clock.move(seconds=30)
    assert newcomer.sign_in().status_code == 303


def test_promise_9_guesses_at_the_code_are_limited_before_it_is_compared(nora: Newcomer) -> None:
    answers = [nora.sign_in(code="000000") for _ in range(7)]
    allowed = limits.LIMITS["totp"].size
    assert [a.status_code for a in answers] == [422] * allowed + [429] * (7 - allowed)
    assert int(answers[-1].headers["retry-after"]) > 0 and "Please wait" in answers[-1].text
    assert nora.sign_in().status_code == 429, "the right code too: the limit comes first"
    nora.house.clock.move(seconds=61)
    assert nora.sign_in().status_code == 303


def test_an_unknown_name_is_limited_like_a_known_one(nora: Newcomer) -> None:
    known = [nora.sign_in(phrase="one two", code="000000").status_code for _ in range(7)]
    unknown = [nora.sign_in(name="Nobody", phrase="one two", code="000000").status_code for _ in range(7)]
    assert known == unknown == [422] * 7


def test_promise_9_a_stranger_who_types_her_name_slows_her_down_and_never_keeps_her_out(
    nora: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "SLOWER", 0.01)
    stranger = nora.house.stranger_at_the_desk()
    for _ in range(limits.LIMITS["phrase"].size + 4):
        stranger.post("/", data={"name": "Nora", "phrase": "one two", "code": "123456"})
    assert nora.sign_in().status_code == 303


def test_one_address_with_many_names_is_limited(house: House) -> None:
    client = house.stranger_at_the_desk()
    size = limits.LIMITS["phrase_address"].size
    answers = [
        client.post("/", data={"name": f"n{n}", "phrase": "x", "code": "1"}).status_code for n in range(size + 2)
    ]
    assert answers == [422] * size + [429] * 2


def test_promise_9_of_two_hundred_guesses_at_once_exactly_the_allowed_number_is_evaluated(
    nora: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[str] = []
    real = signing_in.matching_step
    monkeypatch.setattr(
        signing_in,
        "matching_step",
        lambda secret, typed, now: evaluated.append(typed) or real(secret, typed, now),
    )
    monkeypatch.setitem(limits.LIMITS, "phrase", limits.Limit(500, 30, opens_on_failure=False))
    monkeypatch.setitem(limits.LIMITS, "phrase_address", limits.Limit(500, 30, opens_on_failure=False, of_address=True))

    async def crowd() -> None:
        async def guess(number: int) -> None:
            try:
                await actions.sign_in(actions.Typed("Nora", nora.phrase, f"{number:06d}"), "", nora.house.clock())
            except BadInput:
                pass
            except Exception as refused:
                assert type(refused).__name__ in ("TooMany", "Unavailable")

        async with anyio.create_task_group() as tasks:
            for number in range(200):
                tasks.start_soon(guess, number)

    nora.house.run(crowd)
    assert len(evaluated) == limits.LIMITS["totp"].size


def test_promise_10_two_are_hashed_at_once_eight_wait_and_the_rest_is_told_when(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once: list[int] = []
    working = 0

    def watched(kept: str, phrase: str) -> bool:
        nonlocal working
        working += 1
        at_once.append(working)
        time.sleep(0.05)  # as long as a hash on a quiet machine, and no longer on a busy one
        working -= 1
        return False

    monkeypatch.setattr(phrase_hash, "_fits", watched)
    told: list[int] = []

    async def storm() -> None:
        async def one() -> None:
            try:
                await phrase_hash.fits("", "some phrase")
                told.append(200)
            except Unavailable as busy:
                assert busy.retry_after > 0
                told.append(503)

        async with anyio.create_task_group() as tasks:
            for _ in range(40):
                tasks.start_soon(one)

    house.run(storm)
    assert max(at_once) <= phrase_hash.AT_ONCE
    assert told.count(200) == phrase_hash.AT_ONCE + phrase_hash.MAY_WAIT and told.count(503) == 30


def test_whoever_waits_too_long_for_a_place_is_told_and_gives_it_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrase_hash, "SECONDS_TO_WAIT", 0.05)
    monkeypatch.setattr(phrase_hash, "_fits", lambda kept, phrase: not anyio.from_thread.run(anyio.sleep, 0.3))

    async def crowd() -> int:
        refused = 0

        async def one() -> None:
            nonlocal refused
            try:
                await phrase_hash.fits("", "x")
            except Unavailable:
                refused += 1

        async with anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(one)
        return refused

    assert house.run(crowd) == 3
    assert house.run(phrase_hash.fits, "", "x") is True


# A session and its end


def is_in(client: Client) -> bool:
    return client.get("/desk", follow_redirects=False).status_code == 200


def test_whoever_signs_in_at_the_same_browser_ends_the_session_before(house: House, nora: Newcomer) -> None:
    client, copy = house.staff("omar"), house.stranger_at_the_desk()
    copy.cookies.set(COOKIE, client.cookies[COOKIE])
    assert nora.sign_in(client).status_code == 303
    assert "Nora" in client.get("/desk").text and not is_in(copy)


def test_a_session_ends_after_half_an_hour_without_a_step(house: House) -> None:
    client = house.staff("ruth")
    house.clock.move(minutes=29)
    assert is_in(client), "a step"
    house.clock.move(minutes=29)
    assert is_in(client), "each step counts"
    house.clock.move(minutes=30)
    assert not is_in(client)


def test_a_session_ends_after_twelve_hours_whatever_happens(house: House) -> None:
    client = house.staff("ruth")
    for _ in range(35):
        house.clock.move(minutes=20)
        assert is_in(client)
    house.clock.move(minutes=20)
    assert not is_in(client)


def test_a_copied_cookie_grows_old_by_itself(house: House) -> None:
    client, copy = house.staff("ruth"), house.stranger_at_the_desk()
    stolen = client.cookies[COOKIE]
    for _ in range(2):
        house.clock.move(minutes=20)
        assert is_in(client)
    copy.cookies.set(COOKIE, stolen)
    assert not is_in(copy)


def test_signing_out_ends_it_on_the_server(house: House) -> None:
    client, copy = house.staff("ruth"), house.stranger_at_the_desk()
    copy.cookies.set(COOKIE, client.cookies[COOKIE])
    assert is_in(copy)
    answer = client.post("/sign-out", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["set-cookie"].startswith(f"{COOKIE}=; Max-Age=0")
    assert not is_in(client) and not is_in(copy)
    assert everything(house.settings)["moderation.session"] == []


def test_ending_somebody_ends_her_sessions_at_once(house: House) -> None:
    client = house.staff("ruth")
    other = house.staff("omar")
    house.run(actions.end_staff, "ruth", house.clock())
    assert not is_in(client) and is_in(other)

    async def by_hand(unit: Unit) -> None:
        await unit.run("UPDATE staff SET ended_on = ? WHERE name = 'omar'", house.clock().date())

    house.run(stores.write, "moderation", by_hand)
    assert not is_in(other), "also where the session was left in its table"


def test_only_a_hash_of_the_session_is_kept_and_a_forged_cookie_opens_nothing(house: House) -> None:
    client = house.staff("ruth")
    kept = everything(house.settings)["moderation.session"][0][0].strip("'")
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert kept not in client.cookies[COOKIE]
    for forged in ("", "x", kept, client.cookies[COOKIE][:-2] + "AA", "A" * 5000, "é"):
        carried = {b"cookie": f"{COOKIE}={forged}".encode("latin-1")}
        assert house.stranger_at_the_desk().get("/desk", headers=carried, follow_redirects=False).status_code == 303


def test_promise_6_reading_pages_leaves_the_database_unchanged_hours_later_too(house: House) -> None:
    client = house.staff("omar")
    house.clock.move(minutes=5)
    before = everything(house.settings)
    for path in ("/", "/desk", "/log", "/staff", "/desk/services", "/setup", "/setup/phrase", "/nothing"):
        client.get(path)
    house.clock.move(minutes=20)
    client.get("/desk")
    assert everything(house.settings) == before


def test_a_page_that_was_asked_for_opens_after_the_sign_in(nora: Newcomer) -> None:
    client = nora.house.stranger_at_the_desk()
    shown = client.get("/log")
    assert shown.url.path == "/"
    action = re.search(r'action="(/\?t=[^"]+)"', shown.text)
    assert action
    given = {"name": "Nora", "phrase": nora.phrase, "code": nora.digits}
    assert client.post(html.unescape(action[1]), data=given).url.path == "/log"


def test_what_was_sent_too_late_is_said_to_be_lost(house: House) -> None:
    client = house.staff("edith")
    house.clock.move(minutes=31)
    answer = client.post("/desk/service/none/save", data={"name": "typed"})
    assert answer.url.path == "/" and "was not saved" in answer.text


def test_a_link_of_one_session_is_noise_to_another(house: House) -> None:
    edith, cora = house.staff("edith"), house.staff("cora")
    shown = edith.post("/desk/services", data={"words": "shelter"})
    assert "shelter" in shown.text and "shelter" not in str(shown.url)
    other = cora.get(str(shown.url))
    assert other.status_code == 200 and "shelter" not in other.text and other.url.query == b""


def test_members_cookies_and_staff_cookies_know_nothing_of_each_other(house: House) -> None:
    ana, edith = house.through_the_door("ana"), house.staff("edith")
    swapped = house.stranger_at_the_desk()
    for name, value in ana.cookies.items():
        swapped.cookies.set(COOKIE, value)
        assert name != COOKIE
    assert not is_in(swapped)
    visitor = house.visitor()
    visitor.cookies.set("__Host-a", edith.cookies[COOKIE])
    assert visitor.get("/home").url.path == "/home" and "<title>Calculator" in visitor.get("/home").text
    assert 'href="/home"' not in visitor.get("/home").text


def test_demo_people_are_let_in_by_a_demo_alone(house: House) -> None:
    people = house.run(actions.add_demo_staff, house.clock())
    assert [p.name for p in house.run(actions.add_demo_staff, house.clock())] == [p.name for p in people]
    assert {person.role for person in people} == set(demo.DEMO_NAMES)
    edith = people[0]
    given = {"name": edith.name, "phrase": edith.phrase, "code": edith.code}
    refused = house.stranger_at_the_desk().post("/", data=given)
    assert refused.status_code == 422 and edith.phrase not in house.stranger_at_the_desk().get("/").text
    token = house.run(lambda: actions.sign_in(actions.Typed(*given.values()), "", house.clock(), demo=True))
    assert len(token) == 32


def test_many_at_once_set_up_one_code_and_one_wins(house: House) -> None:
    code = house.run(actions.add_staff, "Nora", ["auditor"], house.clock())
    setups = [house.run(actions.open_setup, "Nora", code, "", house.clock()) for _ in range(4)]

    def finish(setup: actions.Setup) -> str:
        try:
            house.run(actions.finish_setup, setup, setup.phrase, TOTP(setup.secret).at(house.clock()), house.clock())
            return "in"
        except BadInput:
            return "late"

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(finish, setups)) == ["in", "late", "late", "late"]


async def test_rotating_the_keys_keeps_the_second_factor(opened: Settings) -> None:
    now = datetime.now(UTC)
    person = (await actions.add_demo_staff(now))[0]
    await sealing.rotate(opened)
    await sealing.rotate(opened)
    token = await actions.sign_in(actions.Typed(person.name, person.phrase, person.code), "", now, demo=True)
    assert token
    assert (await stores.rows("moderation", "SELECT totp FROM staff WHERE id = 1"))[0]["totp"][0] == 3
