"""The gate split of our own setting gold: where and when events happened; floors only rise, and no day is made up."""

from __future__ import annotations

import importlib.util
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

# Just under what was measured on 32 passages with 58 events (bench/runs/setting_gold.json). One event is .017.
FLOORS = {"found.share": 0.96, "time.share": 0.86, "overlaps.share": 0.91, "basis.share": 0.91, "place.share": 0.81}


@pytest.fixture(scope="module")
def gate() -> dict[str, Any]:
    path = Path(__file__).resolve().parents[2] / "bench" / "setting_gold.py"
    spec = importlib.util.spec_from_file_location("setting_gold", path)
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    figures: dict[str, Any] = bench.measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor


def test_no_day_is_made_up(gate: dict[str, Any]) -> None:
    assert gate["made_up"] == 0
