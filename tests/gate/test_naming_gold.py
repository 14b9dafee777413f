"""The gate split of our own gold on loaded and side-giving names; floors only rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

# Just under what was measured on 33 passages with 104 names (bench/runs/naming_gold.json). One name is .01.
FLOORS = {"found.f1": 0.89, "exact.f1": 0.80, "record.f1": 0.675, "voice.share": 0.91, "speaker.share": 0.83}


@pytest.fixture(scope="module")
def gate(script: Callable[[str], Any]) -> dict[str, Any]:
    figures: dict[str, Any] = script("bench/naming_gold.py").measure(split="gate")["gate"]
    return figures


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(gate: dict[str, Any], name: str, floor: float) -> None:
    assert reduce(lambda node, part: node[part], name.split("."), gate) >= floor
