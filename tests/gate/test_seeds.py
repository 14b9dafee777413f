"""Quality has a floor that only rises: the seed articles read by the program itself and scored against the open gold.

    python tests/gate/test_seeds.py

prints every figure beside its floor; `--raise` writes those that rose into floors.json.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

FLOORS = Path(__file__).with_name("floors.json")
# A float printed and read again may differ in its last digits; nothing else is forgiven, since readings do not vary.
ROUNDING = 1e-9


def read(paths: list[Path]) -> bytes:
    """What `rashomon read --json` prints for the paths."""
    command = [sys.executable, "-m", "rashomon", "read", "--json", *map(str, paths)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def figures(shared: Path, predictions: Path) -> dict[str, Any]:
    """The scorer's report on the seed articles."""
    command = [sys.executable, str(shared / "score" / "score.py"), "seeds"]
    command += [str(shared / "data" / "seeds" / "gold"), str(predictions), "--json"]
    report: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return report


def value(report: dict[str, Any], name: str) -> float:
    """A pooled figure by its dotted name; what cannot be measured (no pair at all) is 0."""
    found = reduce(lambda node, part: (node or {}).get(part), name.split("."), report["pooled"])
    return float(found or 0.0)


def gold_digests(shared: Path) -> dict[str, str]:
    """File name -> sha256 of the gold that the floors were measured on."""
    gold = sorted((shared / "data" / "seeds" / "gold").glob("*.json"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in gold}


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[Path]:
    return sorted((shared / "data" / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def together(seeds: list[Path]) -> bytes:
    return read(seeds)


@pytest.fixture(scope="module")
def report(shared: Path, together: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("gate") / "readings.jsonl"
    path.write_bytes(together)
    return figures(shared, path)


def test_the_gold_is_the_one_that_the_floors_were_measured_on(shared: Path) -> None:
    assert gold_digests(shared) == json.loads(FLOORS.read_text())["gold_sha256"], "measure again and set the floors anew"


def test_nothing_is_missing(report: dict[str, Any]) -> None:
    assert report["missing"] == []


@pytest.mark.parametrize(("name", "floor"), json.loads(FLOORS.read_text())["floors"].items())
def test_no_figure_falls(report: dict[str, Any], name: str, floor: float) -> None:
    assert value(report, name) >= floor - ROUNDING


@pytest.mark.parametrize(("name", "ceiling"), json.loads(FLOORS.read_text())["ceilings"].items())
def test_no_cost_rises(report: dict[str, Any], name: str, ceiling: float) -> None:
    assert value(report, name) <= ceiling + ROUNDING


def test_alone_and_together_give_the_same_bytes(seeds: list[Path], together: bytes) -> None:
    lines = together.splitlines(keepends=True)
    assert read(seeds[::-1]) == b"".join(lines[::-1])
    assert read(seeds[2:3]) == lines[2]


def main() -> None:
    shared = Path(__file__).resolve().parents[3] / "shared"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readings.jsonl"
        path.write_bytes(read(sorted((shared / "data" / "seeds").glob("*.txt"))))
        report = figures(shared, path)
    gate = json.loads(FLOORS.read_text())
    for kind, better in (("floors", max), ("ceilings", min)):
        for name, limit in gate[kind].items():
            now = value(report, name)
            sys.stdout.write(f"{name:32} {now:10.4f}   {kind[:-1]} {limit}\n")
            # Rounded to the safe side, so that the figure itself passes.
            safe = int(now * 1e4) / 1e4 if kind == "floors" else -int(-now * 1e4 // 1) / 1e4
            gate[kind][name] = better(limit, safe)
    if "--raise" in sys.argv:
        gate["gold_sha256"] = gold_digests(shared)
        FLOORS.write_text(json.dumps(gate, indent=1) + "\n")


if __name__ == "__main__":
    main()
