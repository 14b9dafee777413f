"""The program's own readings of six sample dispatches, held against what was coded by hand from their words.

What must always hold fails by itself; the rest is counted over all six, each kind of thing against its floor in floors.yaml.
`python bench/golden.py` prints all that is missed, and lifts the floors with `--raise`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
# Kinds of which none may be missed.
ALWAYS = ("publisher", "title", "genre", "boilerplate", "boilerplate kind", "body", "published holds the day", "never")
FLOORS = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def every(script: Callable[[str], Any]) -> list[Any]:
    """Every check of every golden file, each with its file's stem."""
    bench = script("bench/golden.py")
    golden = bench.load()
    readings = bench.readings(golden)
    return [(one.stem, check) for one in golden for check in bench.checks(one, readings[one.stem])]


def told(missed: list[Any]) -> str:
    return "\n".join(f"{stem}: {one.what}: wanted {one.wanted}; found {one.found}" for stem, one in missed)


@pytest.mark.parametrize("kind", ALWAYS)
def test_what_must_always_hold(every: list[Any], kind: str) -> None:
    mine = [(stem, check) for stem, check in every if check.kind == kind]
    missed = [row for row in mine if not row[1].met]
    assert mine and not missed, told(missed)


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_no_share_falls_below_its_floor(every: list[Any], kind: str, floor: float) -> None:
    mine = [(stem, check) for stem, check in every if check.kind == kind]
    missed = [row for row in mine if not row[1].met]
    met = len(mine) - len(missed)
    # A kind that nothing was paired for is a kind that all is missing of.
    share = met / len(mine) if mine else 0.0
    assert share >= floor, f"{kind}: {met} of {len(mine)} met, {share:.3f}; the floor is {floor}\n{told(missed)}"


def test_every_kind_has_a_floor(every: list[Any]) -> None:
    assert {check.kind for _, check in every} - {*FLOORS, *ALWAYS} == set(), "run `python bench/golden.py --raise`"
