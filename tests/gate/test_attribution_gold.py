"""The gate split of the project's own attribution gold: found, chains, stances and the rest have floors that only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

# Just under what was measured on 140 passages with 790 attributions (bench/runs/attribution_gold.json). One pair is .0015.
FLOORS = {
    "found.f1": 0.86,
    "content.f1": 0.86,
    "speaker.accuracy": 0.865,
    "chain.accuracy": 0.76,
    "kind.accuracy": 0.985,
    "hedge.accuracy": 0.985,
    "stance.accuracy": 0.885,
    "anonymous.accuracy": 0.915,
}


@pytest.fixture(scope="module")
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/attribution_gold.py").measure()["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
