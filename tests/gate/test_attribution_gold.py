"""The gate split of the project's own attribution gold: found, chains, stances and the rest have floors that only rise."""

from __future__ import annotations

import importlib.util
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

# Just under what was measured on 68 passages with 208 attributions (bench/runs/attribution_gold.json). One pair is .006.
FLOORS = {
    "found.f1": 0.80,
    "content.f1": 0.80,
    "speaker.accuracy": 0.89,
    "chain.accuracy": 0.79,
    "kind.accuracy": 0.97,
    "hedge.accuracy": 0.95,
    "stance.accuracy": 0.88,
    "anonymous.accuracy": 0.95,
}


@pytest.fixture(scope="module")
def gate(request: pytest.FixtureRequest) -> dict[str, Any]:
    path = Path(__file__).resolve().parents[2] / "bench" / "attribution_gold.py"
    spec = importlib.util.spec_from_file_location("attribution_gold", path)
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    figures: dict[str, Any] = bench.measure()["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
