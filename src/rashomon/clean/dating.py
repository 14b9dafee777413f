"""The publication date: stated by the page, else inferred from the text's own words as an interval, else unknown."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ..knowledge.calendar import Calendar
from ..records import Document, Evidence, Expression, Layout, Publication, Syntax
from .date_bounds import Bound
from .date_events import event_bounds
from .date_figures import figure_bounds
from .date_stated import dateline_day, stated_day
from .date_words import BodyText, explicit_bounds

# A dating takes its evidence from the beginning of a text: a page longer than this is no single report.
READ = 40_000


def date_document(
    document: Document, layout: Layout, syntax: Syntax | None, expressions: Sequence[Expression], calendar: Calendar
) -> Publication:
    """When the document appeared.

    Basis "stated" is one day, given by the carrier, the byline or the dateline. "inferred" is an interval with both ends
    argued from words of the body (captions never count), `evidence` being the steps that narrowed it. "unknown" has nulls.
    """
    text = document.text
    found = stated_day(document, layout, calendar.words)
    if found is not None:
        day, evidence = found
        return Publication(day.isoformat(), day.isoformat(), "stated", day.isoformat(), (evidence,))
    body = BodyText.of(text, layout, expressions, READ)
    bounds = [
        *explicit_bounds(body), *event_bounds(body, calendar), *figure_bounds(body, calendar)
    ]
    first, last, used = narrowed(bounds)
    if first is None or last is None:
        return Publication(None, None, "unknown", None, tuple(bound.evidence for bound in used))
    line = dateline_day(text, layout, calendar.words, first, last)
    if line is not None:
        day, evidence = line
        return Publication(day.isoformat(), day.isoformat(), "stated", day.isoformat(),
                           (evidence, *(bound.evidence for bound in used)))
    best = first + datetime.timedelta(days=(last - first).days // 2)
    return Publication(first.isoformat(), last.isoformat(), "inferred", best.isoformat(),
                       tuple(bound.evidence for bound in used))


def narrowed(bounds: Sequence[Bound]) -> tuple[datetime.date | None, datetime.date | None, list[Bound]]:
    """The interval that the bounds leave, strongest first; a bound that contradicts stronger ones is left out.

    Returned are the ends (None: open) and the bounds that moved one, in the order of their strength.
    """
    first: datetime.date | None = None
    last: datetime.date | None = None
    used: list[Bound] = []
    for bound in sorted(bounds, key=lambda b: -b.weight):
        low = bound.first if first is None or (bound.first is not None and bound.first > first) else first
        high = bound.last if last is None or (bound.last is not None and bound.last < last) else last
        if low is not None and high is not None and low > high:
            continue
        if (low, high) != (first, last):
            used.append(bound)
        first, last = low, high
    return first, last, [bound for bound in used if bound.first == first or bound.last == last] or used


__all__ = ["Evidence", "date_document", "narrowed"]
