"""Promise 15: on a full disk reading goes on, writing says 503 with a time, and no restart is needed after."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from server import stores
from tests.house import House
from tests.serving import alder, serving


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_promise_15_reading_and_the_door_go_on_and_writing_says_when_to_try_again(house: House) -> None:
    edith = house.staff("edith", role="directory_editor")

    async def limit(pages: int | None) -> None:
        for store in stores.STORES:

            async def set_(unit: stores.Unit) -> None:
                most = pages or (await unit.rows("PRAGMA page_count"))[0]["page_count"]
                await unit.rows(f"PRAGMA max_page_count = {most}")

            await stores.write(store, set_)

    house.run(limit, None)
    refused = None
    for number in range(400):
        refused = edith.post(
            "/", data={"name": f"nobody {number}" * 9, "phrase": "x", "code": "000000"}, follow_redirects=False
        )
        if refused.status_code == 503:
            break
    assert refused is not None and refused.status_code == 503 and int(refused.headers["retry-after"]) > 0
    assert "<h1>" in refused.text
    ana = house.through_the_door("ana", language="en")
    assert ana.get("/home").status_code == 200
    assert ana.post("/places", data={"q": "housing"}).status_code == 200
    house.run(limit, 10_000_000)
    again = edith.post("/", data={"name": "nobody", "phrase": "x", "code": "000000"}, follow_redirects=False)
    assert again.status_code not in (500, 503)


@pytest.fixture
def small_disk(tmp_path: Path):
    """A real file system of 24 MB of its own; needs root."""
    where = tmp_path / "disk"
    where.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(where)], check=True)
    yield where
    subprocess.run(["umount", str(where)], check=True)


@pytest.mark.full
def test_promise_15_on_a_disk_that_is_really_full(small_disk: Path, small_package: Path, tmp_path: Path) -> None:
    data = small_disk / "data"
    assert alder("import", small_package, data=data).returncode == 0
    with serving(small_disk) as running:
        filler = small_disk / "filler"
        with filler.open("wb") as file:
            try:
                while True:
                    file.write(os.urandom(4096))
                    file.flush()
            except OSError:
                pass
        refused = alder("import", small_package, data=data)
        assert refused.returncode in (0, 2) and "Traceback" not in refused.stderr
        inside = running.through_the_door()
        found = inside.ask(inside.follow("/places", {"q": "housing"}))
        assert found.status == 200
        filler.unlink()
        assert running.through_the_door().ask("/home").status == 200
    assert "Traceback" not in running.log.read_text()
