"""The gate split of our own time expressions: spans, types, values and intervals have floors that only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
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
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/timex_gold.py").measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
