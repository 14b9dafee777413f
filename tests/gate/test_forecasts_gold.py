"""The gate split of our own forecast gold: what is foretold, by whom, by when and how surely; floors only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

# Just under what was measured on 33 passages with 61 forecasts (bench/runs/forecasts_gold.json).
FLOORS = {
    "found.f1": 0.79, "statement.share": 0.95, "forecaster.share": 0.8, "horizon.share": 0.92, "condition.share": 0.92,
    "certainty words.share": 0.9,
}


@pytest.fixture(scope="module")
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/forecasts_gold.py").measure("gate")
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
