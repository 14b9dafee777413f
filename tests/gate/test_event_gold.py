"""The gate split of our own event gold: found, typed, parties, standing and whole records have floors that only rise."""

from __future__ import annotations

import importlib.util
from functools import reduce
from pathlib import Path
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
def gate() -> dict[str, Any]:
    path = Path(__file__).resolve().parents[2] / "bench" / "event_gold.py"
    spec = importlib.util.spec_from_file_location("event_gold", path)
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    figures: dict[str, Any] = bench.measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
