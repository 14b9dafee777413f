"""The governorate of the main event on the first articles of FA-KES: a floor that only rises (bench/fakes_places.py has all)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
import fakes_places

ROWS = 60
FLOORS = {"answer": 0.9, "named": 0.9833}


def test_no_figure_falls(shared: Path) -> None:
    share = fakes_places.measure(shared / "data/news/fakes.jsonl", most=ROWS)["all"]["share"]
    for name, floor in FLOORS.items():
        assert share[name] >= floor, (name, share)
