"""The gate split of our own event gold: found, typed, parties, standing and whole records have floors that only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

# Just under what was measured on 160 passages with 508 events (bench/runs/event_gold.json). One event is .002.
FLOORS = {
    "found.f1": 0.9,
    "typed.f1": 0.855,
    "actor.accuracy": 0.87,
    "recipient.accuracy": 0.87,
    "modality.accuracy": 0.955,
    "polarity.accuracy": 0.99,
    "record.f1": 0.62,
}


@pytest.fixture(scope="module")
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/event_gold.py").measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
