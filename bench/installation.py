"""memory.idle_mb, start.seconds: `alder serve` as an operator starts it, the directory full."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from bench.figures import TURNS, Figure
from tests.serving import Visitor, serving

SETTLE = 1.0


def figures(folder: Path, over: str) -> dict[str, Figure]:
    starts: list[float] = []
    sizes: list[float] = []
    for _ in range(TURNS):
        began = time.perf_counter()
        with serving(folder) as running:  # hands over when both addresses have answered
            starts.append(time.perf_counter() - began)
            Visitor(running.members).ask("/")
            time.sleep(SETTLE)
            sizes.append(running.resident_mb())
    return {
        "start.seconds": Figure(median(starts), "s", "lower", 1.5, over=over),
        "memory.idle_mb": Figure(median(sizes), "MB", "lower", 70, over=over),
    }
