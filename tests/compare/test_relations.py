"""Two values of one field: agree, vaguer, compatible, disagree, denied."""

from __future__ import annotations

from typing import Any

import pytest

from rashomon.compare.relations import figures
from rashomon.knowledge.comparison import load_comparison
from rashomon.records import Quantity, Span

RULES = load_comparison()


def q(low: float | None, high: float | None, words: str = "n", **more: Any) -> Quantity:
    return Quantity(Span(0, 1), "killed", low, high, words, **more)


EXACT_56 = q(56, 56, "56")
CASES = [
    (EXACT_56, q(56, 56, "fifty-six"), "agree"),
    (EXACT_56, q(60, 60, "60"), "disagree"),
    (EXACT_56, q(24, 99, "dozens", bound="vague"), "vaguer"),
    (EXACT_56, q(200, 999, "hundreds", bound="vague"), "disagree"),
    (EXACT_56, q(50, None, "50", bound="at-least"), "compatible"),
    (EXACT_56, q(60, None, "60", bound="at-least"), "disagree"),
    (EXACT_56, q(None, 60, "60", bound="at-most"), "compatible"),
    (EXACT_56, q(55, 55, "55", bound="about"), "agree"),
    (EXACT_56, q(80, 80, "80", bound="about"), "disagree"),
    (EXACT_56, q(50, 60, "50-60", bound="range"), "vaguer"),
    (EXACT_56, q(12, 12, "12", total_or_subset="subset"), "compatible"),
    (EXACT_56, q(70, 70, "70", total_or_subset="subset"), "disagree"),
    (EXACT_56, q(12, 12, "12 civilians", status="civilian"), "compatible"),
    (q(12, 12, "12", status="combatant"), q(9, 9, "9", status="civilian"), "compatible"),
    (EXACT_56, q(120, 120, "120", scope="day"), "compatible"),
    (q(50, None, "50", bound="at-least"), q(60, None, "60", bound="at-least"), "compatible"),
]


@pytest.mark.parametrize(("a", "b", "relation"), CASES)
def test_figures(a: Quantity, b: Quantity, relation: str) -> None:
    for first, second in ((a, b), (b, a)):
        found = figures(first, second, RULES)
        assert found is not None and found.relation == relation, found
        assert found.why
