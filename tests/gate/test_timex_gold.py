"""The gate split of our own time expressions: spans, types, values and intervals have floors that only rise."""

from __future__ import annotations

import importlib.util
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

# Just under what was measured on 80 passages with 142 times (bench/runs/timex_gold.json). One time is .007.
FLOORS = {
    "strict.f1": 0.925,
    "relaxed.f1": 0.975,
    "value.f1": 0.92,
    "type.f1": 0.955,
    "interval.accuracy": 0.938,
}


@pytest.fixture(scope="module")
def gate() -> dict[str, Any]:
    path = Path(__file__).resolve().parents[2] / "bench" / "timex_gold.py"
    spec = importlib.util.spec_from_file_location("timex_gold", path)
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    figures: dict[str, Any] = bench.measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
