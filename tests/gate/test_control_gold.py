"""The gate split of our own gold on control of places; floors only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

# Just under what was measured on 35 passages with 148 records (bench/runs/control_gold.json). One record is .007.
FLOORS = {
    "found.f1": 0.71,
    "found.precision": 0.79,
    "strict.f1": 0.52,
    "kind.share": 0.97,
    "denied.share": 0.97,
    "according_to.share": 0.88,
    "overlaps.share": 0.91,
}


@pytest.fixture(scope="module")
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/control_gold.py").measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
