"""Promise 10: two hundred sign-ins at once starve no one: two are worked on, the rest wait or are told when to come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.serving import Served, Visitor


def test_promise_10_plain_pages_are_answered_in_the_middle_of_a_storm(served: Served) -> None:
    answers: list[int] = []

    def sign_in(number: int) -> None:
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        form = {"name": f"nobody {number}", "phrase": "one two three four five six seven", "code": "123456"}
        told = Visitor(served.staff).ask("/", form, headers)
        if told.status == 503:
            assert int(told.headers["retry-after"]) > 0
        answers.append(told.status)

    with ThreadPoolExecutor(50) as crowd:
        storm = [crowd.submit(sign_in, number) for number in range(200)]
        read = 0
        most = 0.0
        while not all(one.done() for one in storm):
            assert Visitor(served.members).ask("/").status == 200
            read += 1
            most = max(most, served.resident_mb())
        for one in storm:
            one.result()
    assert len(answers) == 200 and set(answers) <= {303, 422, 429, 503}
    assert 503 in answers, "nobody was told to come back: the waiting is not bounded"
    assert read >= 20, f"only {read} plain pages while the storm went on"
    assert most < 250, f"{most:.0f} MB"
