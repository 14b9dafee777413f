"""Texts that are told as history: how to know them, and which of their years the telling goes by."""

from __future__ import annotations

from collections.abc import Sequence

from ...records import Expression, Moment
from .answer import Now

# A text is told as history where this many years are written out, at least twice as often as days near its publication.
_HISTORY_YEARS = 6


def is_history(expressions: Sequence[Expression], now: Now | None) -> bool:
    """True for a text that tells of years long past, where a bare "in April" goes by the sentence before it."""
    years = [
        e.meaning.at.year for e in expressions
        if e.region == "body" and e.meaning.kind == "date" and e.meaning.at.year is not None
    ]
    near = sum(
        e.region == "body" and (e.meaning.kind == "weekday" or (e.meaning.kind == "unit" and e.meaning.name in
                                                                ("yesterday", "today", "tomorrow", "tonight")))
        for e in expressions
    )
    if now is not None:
        years = [year for year in years if year < now[0].year]
    return len(years) >= _HISTORY_YEARS and len(years) >= 2 * near


def told_years(expressions: Sequence[Expression]) -> tuple[frozenset[int], list[Moment | None]]:
    """For the body: which explicit years are asides (the telling goes back to the year before them at once), and for
    every expression the next explicit date that is none."""
    told = [
        index for index, e in enumerate(expressions)
        if e.region == "body" and e.meaning.kind == "date" and e.meaning.at.year is not None
    ]
    asides: set[int] = set()
    before: int | None = None
    for place, index in enumerate(told):
        year = expressions[index].meaning.at.year
        after = expressions[told[place + 1]].meaning.at.year if place + 1 < len(told) else None
        assert year is not None
        alone = expressions[index].sentence.width <= expressions[index].span.width + 2
        bare = expressions[index].meaning.at.grain == "year"
        if before is not None and after is not None and year != before and not alone and (
            (bare and after == before) or (abs(year - before) >= 4 and abs(after - before) <= 1)
        ):
            asides.add(index)
        else:
            before = year
    ahead: list[Moment | None] = [None] * len(expressions)
    upcoming: Moment | None = None
    for index in range(len(expressions) - 1, -1, -1):
        ahead[index] = upcoming
        if index not in asides and expressions[index].region == "body" and expressions[index].meaning.kind == "date":
            at = expressions[index].meaning.at
            if at.year is not None:
                upcoming = at
    return frozenset(asides), ahead
