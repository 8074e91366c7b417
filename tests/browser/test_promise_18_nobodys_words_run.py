"""Promise 18: words of a package or a person never run as code, and no page asks anything of another host."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.chromium import OpenPage
from tests.serving import alder, serving

pytestmark = pytest.mark.browser

CORPUS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=//evil.example/x.png>",
    "<svg onload=window.pwned=1>",
    '"><script>window.pwned=1</script>',
    "' autofocus onfocus=window.pwned=1 x='",
    "<iframe src=javascript:window.pwned=1>",
    "<a href=javascript:window.pwned=1>x</a>",
    "<style>@import '//evil.example/x.css';body{background:url(//evil.example/y)}</style>",
    "<link rel=stylesheet href=//evil.example/z.css><meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/><form action=//evil.example><button>x",
    "{{ 7*7 }}${7*7}<%= 7*7 %>",
    "</style></title></textarea><script>window.pwned=1</script>",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
)
SERVICE = ("name", "alternate_name", "description", "fees", "application_process", "wait_time", "url", "email")


def package_of(folder: Path) -> Path:
    """One service for each of the corpus, the words in every field that takes some."""
    rows = {
        name: [] for name in ("services", "organizations", "locations", "physical_addresses", "phones", "languages")
    }
    rows["services_at_location"], rows["taxonomy"], rows["services_taxonomy"] = [], [], []
    for number, said in enumerate(CORPUS, 1):
        rows["organizations"].append({"id": number, "name": said, "description": said, "url": said, "email": said})
        rows["services"].append({"id": number, "organization_id": number, **dict.fromkeys(SERVICE, f"housing {said}")})
        rows["locations"].append({"id": number, "organization_id": number, "name": said, "description": said})
        rows["physical_addresses"].append({"id": number, "location_id": number, "address_1": said, "city": said})
        rows["services_at_location"].append({"id": number, "service_id": number, "location_id": number})
        rows["phones"].append({"id": number, "service_id": number, "number": f"305-555-01{number:02} {said}"})
        rows["languages"].append({"id": number, "service_id": number, "language": said})
        rows["taxonomy"].append({"id": f"T{number}", "name": said})
        rows["services_taxonomy"].append({"id": number, "service_id": number, "taxonomy_id": f"T{number}"})
    path = folder / "corpus.zip"
    with zipfile.ZipFile(path, "w") as package:
        for name, listed in rows.items():
            text = io.StringIO()
            writer = csv.DictWriter(text, list(listed[0]))
            writer.writeheader()
            writer.writerows(listed)
            package.writestr(f"{name}.csv", text.getvalue())
    return path


def test_promise_18_no_script_runs_and_no_request_leaves(tmp_path: Path, phone: OpenPage) -> None:
    done = alder("import", package_of(tmp_path), data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    with serving(tmp_path) as running:
        page = phone()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
        enter(page, running.members, running.door_code)
        for said in ("housing", *CORPUS):
            page.goto(f"{running.members}/home")
            page.fill("input[name=q]", said)
            page.press("input[name=q]", "Enter")
            page.wait_for_load_state()
            assert page.evaluate("window.pwned") is None, said
        page.goto(f"{running.members}/home")
        page.fill("input[name=q]", "housing")
        page.press("input[name=q]", "Enter")
        links = page.eval_on_selector_all("a[href*='/place?']", "all => all.map(one => one.href)")
        assert len(links) >= len(CORPUS)
        for link in links:
            page.goto(link)
            assert page.evaluate("window.pwned") is None
            bad = page.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol)")
            assert set(bad) <= {"http:", "https:", "tel:", "sms:", "mailto:"}, bad
        outside = [url for url in asked if not url.startswith((running.members, "data:"))]
        assert not outside, outside


def enter(page: Page, members: str, code: str) -> None:
    """Through the door by the form, as without script."""
    page.goto(members)
    page.evaluate(
        """code => { const form = document.querySelector("form");
           const key = Object.assign(document.createElement("input"), {type: "hidden", name: "k", value: "="});
           form.append(key); form.elements.x.value = code; HTMLFormElement.prototype.submit.call(form); }""",
        code,
    )
    page.wait_for_url("**/start")
    page.click("button[value=en]")
    page.wait_for_url("**/before")


def test_the_watch_for_scripts_and_requests_sees_them(phone: OpenPage) -> None:
    page = phone()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content("<img src='http://127.0.0.1:9/x.png' onerror='window.pwned=1'>")
    page.wait_for_function("window.pwned === 1")
    assert asked == ["http://127.0.0.1:9/x.png"]
