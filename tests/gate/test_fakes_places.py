"""The governorate of the main event on the first articles of FA-KES: a floor that only rises (bench/fakes_places.py has all)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = 60
FLOORS = {"answer": 0.9, "named": 0.9833}


def test_no_figure_falls(shared: Path, script: Callable[[str], Any]) -> None:
    share = script("bench/fakes_places.py").measure(shared / "data/news/fakes.jsonl", most=ROWS)["all"]["share"]
    for name, floor in FLOORS.items():
        assert share[name] >= floor, (name, share)
