"""Promise 15: on a full disk reading goes on, writing says 503 with a time, and no restart is needed after."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

import pytest

from tests.serving import alder, serving


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
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        refused = alder("import", small_package, data=data)
        assert refused.returncode in (0, 2) and "Traceback" not in refused.stderr
        inside = running.through_the_door()
        found = inside.ask(inside.follow("/places", {"q": "housing"}))
        assert found.status == 200
        filler.unlink()
        assert running.through_the_door().ask("/home").status == 200
    assert "Traceback" not in running.log.read_text()
