"""The front door: always the cover, opened by a code, closed by one tap, and nothing to see for anybody else."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from server.limits import LIMITS
from server.pages import door_codes
from server.urls import ADDRESSES
from tests.house import House

INSIDE = [a for a in ADDRESSES if "anyone" not in a.who]


def test_the_front_page_is_the_cover_whatever_credential_comes(house: House) -> None:
    nobody = house.visitor("carl").get("/")
    inside = house.through_the_door("carl", language="en").get("/")
    assert nobody.status_code == 200 and nobody.content == inside.content
    assert "<title>Calculator</title>" in nobody.text


@pytest.mark.parametrize("address", INSIDE, ids=lambda a: a.name)
def test_without_the_door_every_inner_address_is_the_cover(house: House, address) -> None:
    carl = house.visitor("carl")
    cover = carl.get("/").content
    path = address.path.replace("{file}", "leave.js")
    assert carl.get(path).content == cover
    assert carl.get(f"{path}?t=abcdef").content == cover
    if "POST" in address.endpoints:
        answer = carl.post(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_an_address_that_is_not_there_looks_like_one_that_is(house: House) -> None:
    carl = house.visitor("carl")
    assert carl.get("/whatever").content == carl.get("/home").content == carl.get("/").content


def test_sums_without_script_come_back_by_a_page_that_can_be_reloaded(house: House) -> None:
    beth = house.visitor("beth")
    answer = beth.post("/", data={"x": "123456+654321", "k": "="}, follow_redirects=False)
    assert answer.status_code == 303 and "777777" not in answer.headers["location"]
    for _ in range(2):
        assert 'value="=777777"' in beth.get(answer.headers["location"]).text
    assert not beth.cookies


def test_the_code_opens_and_a_wrong_one_is_only_a_number(house: House) -> None:
    carl = house.visitor("carl")
    wrong = "135790" if house.door_code != "135790" else "135791"
    answer = carl.post("/", data={"x": wrong, "k": "="})
    assert answer.url.path == "/" and f'value="={wrong}"' in answer.text and not carl.cookies
    assert carl.post("/", data={"x": house.door_code, "k": "="}).url.path == "/start"


def test_language_and_country_are_chosen_at_the_start_and_carried(house: House) -> None:
    ana = house.through_the_door("ana", language="es", country="MX")
    assert '<html lang="es" dir="ltr">' in ana.get("/home").text
    amina = house.through_the_door("amina", language="ar", country="DE")
    assert '<html lang="ar" dir="rtl">' in amina.get("/before").text
    beth = house.through_the_door("beth")
    again = beth.post("/start", data={"language": "xx", "country": "DE"})
    assert again.status_code == 422 and '<html lang="en"' in beth.get("/home").text


def test_what_it_cannot_do_is_said_before_the_first_page(house: House) -> None:
    ana = house.visitor("beth")
    ana.post("/", data={"x": house.door_code, "k": "="})
    answer = ana.post("/start", data={"language": "en", "country": "US"})
    assert answer.url.path == "/before"
    for limit in ("watches this phone", "shared Google or Apple", "history", "bill", "keyboard", "screenshot"):
        assert limit in answer.text


def test_leaving_ends_the_visit_and_back_shows_the_cover(house: House) -> None:
    ana = house.through_the_door("beth")
    cover = house.visitor("beth").get("/").content
    assert ana.get("/home").content != cover
    answer = ana.post("/close", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert ana.get("/home").content == cover


def test_an_exit_made_offline_ends_the_visit_at_the_next_contact(house: House) -> None:
    ana = house.through_the_door("beth")
    ana.cookies.set("__Host-x", "1", domain="places.example", path="/")
    answer = ana.get("/home")
    assert answer.content == house.visitor("beth").get("/").content
    assert sorted(c.split("=")[0] for c in answer.headers.get_list("set-cookie")) == [
        "__Host-a",
        "__Host-x",
        "__Host-y",
    ]
    assert ana.get("/home").content == house.visitor("beth").get("/").content


def test_after_an_exit_made_offline_the_code_opens_at_once_again(house: House) -> None:
    ana = house.through_the_door("beth")
    ana.cookies.set("__Host-x", "1", domain="places.example", path="/")
    assert ana.post("/", data={"x": house.door_code, "k": "="}).url.path == "/start"
    assert ana.get("/home").status_code == 200 and "/close" in ana.get("/home").text


def test_a_visit_is_over_when_it_says_so(house: House) -> None:
    ana = house.through_the_door("beth")
    cover = house.visitor("beth").get("/").content
    house.clock.move(hours=10)
    assert ana.get("/home").content != cover
    house.clock.move(hours=3)
    assert ana.get("/home").content == cover


def test_a_spent_token_and_anothers_token_show_the_cover(house: House) -> None:
    ana, beth = house.through_the_door("carl"), house.through_the_door("beth")
    cover = house.visitor("beth").get("/").content
    found = ana.post("/places", data={"q": "housing"})
    assert found.url.path == "/places" and found.status_code == 200
    assert beth.get(str(found.url)).content == cover
    assert ana.get(str(found.url)).status_code == 200
    house.clock.set(house.clock.now + timedelta(minutes=31))
    assert ana.get(str(found.url)).content == cover


def test_promise_9_a_guesser_at_the_door_gets_no_more_than_the_table_allows(house: House) -> None:
    carl = house.visitor("carl")
    for number in range(LIMITS["door"].size):
        carl.post("/", data={"x": str(200_000 + number), "k": "="})
    answer = carl.post("/", data={"x": house.door_code, "k": "="})
    assert answer.url.path == "/" and f'value="={house.door_code}"' in answer.text
    assert 'value="=4"' in carl.post("/", data={"x": "2+2", "k": "="}).text


def test_several_codes_work_and_one_can_be_dropped_while_serving(house: House) -> None:
    assert house.door_code
    second = door_codes.add(house.settings, "cards for the market")
    assert house.visitor("beth").post("/", data={"x": second, "k": "="}).url.path == "/start"
    door_codes.drop(house.settings, second)
    assert house.visitor("beth").post("/", data={"x": second, "k": "="}).url.path == "/"


def test_a_code_that_is_right_costs_no_try_so_a_house_that_shares_one_address_stays_open(house: House) -> None:
    for _ in range(LIMITS["door"].size + 5):
        assert house.visitor("beth").post("/", data={"x": house.door_code, "k": "="}).url.path == "/start"


def test_whoever_unlocks_a_visit_is_not_stopped_by_what_others_tried_from_the_same_address(house: House) -> None:
    beth, carl = house.through_the_door("beth"), house.visitor("carl")
    for number in range(LIMITS["door"].size + 5):
        carl.post("/", data={"x": str(200_000 + number), "k": "="})
    assert beth.post("/", data={"x": house.door_code, "k": "="}).url.path == "/home"
    for number in range(LIMITS["door"].size):
        beth.post("/", data={"x": str(200_000 + number), "k": "="})
    assert beth.post("/", data={"x": house.door_code, "k": "="}).url.path == "/", "guesses at a lock are counted too"


@pytest.mark.parametrize("key", [*"07.+−%()C⌫=", "nonsense" * 500])
def test_no_sum_however_long_holds_the_server_up(house: House, key: str) -> None:
    carl = house.visitor("carl")
    for text in ("1" * 50_000 + "(", "(" * 15_000, "1E" * 25_000, "=" * 15_000):
        began = time.process_time()
        assert carl.post("/", data={"x": text, "k": key}, follow_redirects=False).status_code == 303
        assert time.process_time() - began < 2, "work that grows with the square of what is sent"


def test_titles_follow_the_phone_and_not_the_choice_so_that_a_history_shows_one_name(house: House) -> None:
    ana = house.visitor("beth")
    ana.post("/", data={"x": house.door_code, "k": "="})
    ana.post("/start", data={"language": "es", "country": "US"})
    found = ana.post("/places", data={"q": "housing"})
    for page in (ana.get("/home"), ana.get("/numbers"), found, ana.get("/nothing")):
        assert '<html lang="es"' in page.text and "<title>Calculator</title>" in page.text
