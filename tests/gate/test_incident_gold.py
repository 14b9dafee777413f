"""The gate split of the incident gold: what is one incident has floors that only rise."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

# Just under what was measured on 34 cases with 186 mentions (bench/runs/incident_gold.json).
FLOORS = {"program": 0.8, "program, one story": 0.82}


@pytest.fixture(scope="module")
def gate() -> dict[str, Any]:
    path = Path(__file__).resolve().parents[2] / "bench" / "incident_gold.py"
    spec = importlib.util.spec_from_file_location("incident_gold", path)
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    figures: dict[str, Any] = bench.measure("gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert gate[name]["b3"]["f1"] >= floor
