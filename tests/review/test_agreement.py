"""Agreement of coders, against values worked out by hand and from the literature."""

from __future__ import annotations

import pytest

from rashomon.records import Judgement, Span
from rashomon.review import agreement


def judged(person: str, unit: int, verdict: str, value: str | None = None, field: str = "event") -> Judgement:
    return Judgement(f"{person}{unit}{field}", "d", Span(unit, unit + 1), field, verdict, value, None, person, "2024-01-01")  # type: ignore[arg-type]


def test_cohens_example() -> None:
    """Fifty grant proposals, two readers: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no. kappa = .40 (the textbook's example)."""
    table = [("accept", "accept")] * 20 + [("accept", "reject")] * 5 + [("reject", "accept")] * 10 + [("reject", "reject")] * 15
    rows = [judged(person, unit, verdict) for unit, pair in enumerate(table) for person, verdict in zip("ab", pair, strict=True)]
    (found,) = agreement(rows)
    assert (found.units, found.agree, found.coders) == (50, 0.7, ("a", "b"))
    assert found.kappa == pytest.approx(0.4)


def test_krippendorffs_example_with_gaps() -> None:
    """Krippendorff's reliability data of four observers and twelve units, nominal: alpha = .743."""
    observers = {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "c": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    rows = [
        judged(person, unit, "correct", str(value)) for person, values in observers.items()
        for unit, value in enumerate(values) if value is not None
    ]
    (found,) = agreement(rows)
    assert found.alpha == pytest.approx(0.743, abs=0.0005) and found.kappa is None


def test_what_one_coder_alone_judged_says_nothing() -> None:
    assert agreement([judged("a", 1, "accept"), judged("b", 2, "accept"), judged("b", 1, "unsure")]) == ()


def test_where_all_say_one_thing_nothing_is_beyond_chance() -> None:
    (found,) = agreement([judged(person, unit, "accept") for person in "ab" for unit in range(3)])
    assert (found.agree, found.kappa, found.alpha) == (1.0, None, None)
