"""Many at once, with one of them killed: nothing is lost, doubled, refused or half there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(("kind", "people", "seconds"), [
    ("postgres", 3, 3), ("sqlite", 3, 3),
    pytest.param("postgres", 8, 60, marks=pytest.mark.long), pytest.param("sqlite", 8, 60, marks=pytest.mark.long),
])
def test_nothing_is_lost_where_many_write_or_read_at_once(
    kind: str, people: int, seconds: float, script: Callable[[str], Any]
) -> None:
    if kind == "postgres" and script("bench/postgres.py").programs() is None:
        pytest.skip("PostgreSQL is not installed")
    found = script("bench/crowd.py").measure(kind, seconds, people)
    assert (found["lost"], found["doubled"], found["errors"], found["problems"]) == (0, 0, 0, []), found
    assert found["documents"] > 0
    if kind == "sqlite":
        assert found["looks"] > 0
