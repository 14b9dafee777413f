"""The gate split of our own pledge gold: what is agreed, asked and threatened is found and coded; floors only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

# Just under what was measured on 33 passages with 61 entries (bench/runs/pledges_gold.json).
FLOORS = {
    "found.f1": 0.88, "typed.f1": 0.79, "by.f1": 0.86, "to.f1": 0.5, "terms.f1": 0.67, "conditions.f1": 0.8,
    "deadline.share": 0.81, "duration.share": 0.9, "place.share": 0.74, "status.share": 0.82, "status_by.share": 0.74,
    "attribution.share": 0.92,
}


@pytest.fixture(scope="module")
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/pledges_gold.py").measure("gate")
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
