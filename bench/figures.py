"""What a figure is, and how two sides are compared: in turns, five times, by their medians."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Literal

TURNS = 5


@dataclass(frozen=True)
class Figure:
    """`ratio` is ours divided by theirs. `goal` is CONTRACT's bound, `over` says which rows were used."""

    value: float
    unit: str
    better: Literal["lower", "higher"]
    goal: float
    ratio_to: str | None = None
    ratio: float | None = None
    over: str | None = None

    @property
    def reached(self) -> bool:
        seen = self.value if self.ratio is None else self.ratio
        return seen <= self.goal if self.better == "lower" else seen >= self.goal

    def as_json(self) -> dict[str, object]:
        told = {name: round(said, 4) if isinstance(said, float) else said for name, said in asdict(self).items()}
        return {name: said for name, said in told.items() if said is not None or name.startswith("ratio")}


def in_turns(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    """The medians of both sides, measured alternately so that a busy moment falls on both."""
    for side in (ours, theirs):
        side()  # warm
    pairs = [(ours(), theirs()) for _ in range(TURNS)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
