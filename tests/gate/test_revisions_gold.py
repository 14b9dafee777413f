"""The gate split of our own revisions gold has floors that only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

# Just under what was measured on 30 cases with 21 revisions and 29 coded pairs (bench/runs/revisions_gold.json): one is .04.
FLOORS = {"found.f1": 0.48, "found.precision": 0.7, "relation.accuracy": 0.54, "kind.accuracy": 0.95, "source.accuracy": 0.95}


@pytest.fixture(scope="module")
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/revisions_gold.py").measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
