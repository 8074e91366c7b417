"""`python -m bench` writes bench/results.json: every figure of CONTRACT's table that this state of the house has."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench import directory, importing, installation, views
from bench.figures import Figure
from tests.packages import write_package
from tests.serving import alder, serving

RESULTS = Path(__file__).with_name("results.json")
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "open211_miami.zip"
MADE_UP = 4_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measures, and writes bench/results.json.")
    parser.add_argument("only", nargs="*", metavar="PART", help="directory, importing, views, installation (all)")
    wanted = parser.parse_args().only or ["directory", "importing", "views", "installation"]
    with tempfile.TemporaryDirectory() as name:
        measured = measure(Path(name), wanted)
    told = {figure: seen.as_json() for figure, seen in measured.items()}
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() and len(wanted) < 4 else {}
    RESULTS.write_text(json.dumps(kept | told, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    for figure, seen in sorted(measured.items()):
        print(line(figure, seen))
    return 0


def measure(folder: Path, wanted: list[str]) -> dict[str, Figure]:
    package = REAL if REAL.exists() else write_package(folder / "made_up.zip", MADE_UP)
    over = "a real package of 4,089 services" if package == REAL else f"{MADE_UP:,} made-up services"
    print(f"Over {over}.", flush=True)
    done = alder("import", package, data=folder / "data")
    if done.returncode:
        raise SystemExit(done.stderr)
    measured: dict[str, Figure] = {}
    if "installation" in wanted:
        measured |= installation.figures(folder, over)
    if "importing" in wanted:
        measured |= importing.figures(package, over)
    with serving(folder) as running:
        if "directory" in wanted:
            measured |= directory.figures(running, over)
        if "views" in wanted:
            measured |= views.figures(running)
    return measured


def line(name: str, figure: Figure) -> str:
    ratio = "" if figure.ratio is None else f"  ratio {figure.ratio:.2f}"
    sign = "<=" if figure.better == "lower" else ">="
    verdict = "holds" if figure.reached else "FALLS SHORT"
    return f"{name:28} {figure.value:10.2f} {figure.unit:12}{ratio:14}  goal {sign} {figure.goal:g}  {verdict}"


if __name__ == "__main__":
    raise SystemExit(main())
