"""What had been said by a day."""

from __future__ import annotations

import pytest

from rashomon.records import Citation, Naming, Span, Stated
from rashomon.track.knowing import as_of, known_by


def stated(start: str | None, end: str | None, added: str = "2020-01-01T00:00:00Z", document: str = "d") -> Stated[Naming]:
    citation = Citation(document, Span(0, 4), Span(0, 9), ("Outlet",))
    return Stated("k", citation, "Outlet", (start, end), added, None, Naming(Span(0, 4), "Army", "army", "author", None))


@pytest.mark.parametrize(("start", "end", "expected"), [
    ("2016-08-01", "2016-08-04", True),
    ("2016-08-01", "2016-08-09", None),
    ("2016-08-06", "2016-08-09", False),
    (None, None, None),
    (None, "2016-08-05", True),
])
def test_published_by_the_day(start: str | None, end: str | None, expected: bool | None) -> None:
    assert known_by(stated(start, end), "2016-08-05") is expected


def test_what_was_taken_in_by_the_day_was_known() -> None:
    assert known_by(stated(None, None, added="2016-08-05T23:59:59Z"), "2016-08-05") is True


def test_documents_of_which_it_cannot_be_told_are_named() -> None:
    sure, wide, late = stated("2016-08-01", "2016-08-01", document="a"), stated(None, None, document="b"), stated("2017", "2017")
    assert as_of((sure, wide, late), "2016-08-05") == ((sure,), ("b",))
    assert as_of((sure, wide, late), None) == ((sure, wide, late), ())
