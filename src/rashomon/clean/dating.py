"""The publication date: stated by the page, else inferred from the text's own words as an interval, else unknown."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ..knowledge.calendar import Calendar
from ..records import Document, Evidence, Expression, Layout, Publication, Syntax
from .date_bounds import SOFT, Bound
from .date_events import event_bounds
from .date_figures import figure_bounds
from .date_lines import dated_by_line, find_dateline
from .date_stated import stated_day
from .date_words import BodyText, explicit_bounds, yearless_bounds

# A dating takes its evidence from the beginning of a text: a page longer than this is no single report.
READ = 40_000
# An interval longer than this many days says no more than which war it is: it is called unknown.
LONGEST = 3_660


def date_document(
    document: Document, layout: Layout, syntax: Syntax | None, expressions: Sequence[Expression], calendar: Calendar
) -> Publication:
    """When the document appeared.

    Basis "stated" is one day, given by the carrier, the byline or the dateline (whose year the text may leave to be found).
    "inferred" is an interval with both ends argued from words of the body (captions never count), `evidence` being the
    steps that narrowed it. "unknown" has nulls.
    """
    text = document.text
    found = stated_day(document, layout, calendar.words, calendar.around)
    if found is not None:
        day, evidence = found
        return Publication(day.isoformat(), day.isoformat(), "stated", day.isoformat(), (evidence,))
    body = BodyText.of(text, layout, expressions, READ)
    bounds = [*explicit_bounds(body, calendar.around, calendar.words), *event_bounds(body, calendar),
              *figure_bounds(body, calendar)]
    first, last, used = narrowed(bounds)
    if first is not None and last is not None:
        without_year = yearless_bounds(body, calendar.words, first, last)
        if without_year:
            first, last, used = narrowed([*bounds, *without_year])
    why = tuple(bound.evidence for bound in used)
    line = find_dateline(text, layout, calendar.words)
    if line is not None:
        # What is told as news may lie a little ahead of a dispatch: where no year fits, the firmer bounds alone are asked.
        firm = narrowed([bound for bound in bounds if bound.weight > SOFT])
        for low, high, steps in ((first, last, used), firm):
            dated = low and dated_by_line(line, body, low, high or calendar.known_until)
            if dated and (dated.days[-1] - dated.days[0]).days <= LONGEST:
                return Publication(dated.days[0].isoformat(), dated.days[-1].isoformat(), "stated" if dated.sure else "inferred",
                                   dated.best.isoformat(), (Evidence(dated.why, dated.span), *(b.evidence for b in steps)))
    if first is None or last is None or (last - first).days > LONGEST:
        return Publication(None, None, "unknown", None, why)
    # Where the end is only that of the calendar, the middle means nothing: the latest thing known of is the likeliest news.
    best = first if last >= calendar.known_until else first + datetime.timedelta(days=(last - first).days // 2)
    return Publication(first.isoformat(), last.isoformat(), "inferred", best.isoformat(), why)


def narrowed(bounds: Sequence[Bound]) -> tuple[datetime.date | None, datetime.date | None, list[Bound]]:
    """The interval that the bounds leave, strongest first; a bound that contradicts stronger ones is left out.

    Returned are the ends (None: open) and the bounds that moved one, in the order of their strength.
    """
    firm = sorted((bound for bound in bounds if bound.weight > SOFT), key=lambda b: -b.weight)
    first, last, used = _applied(None, None, firm)
    soft = [bound for bound in bounds if bound.weight == SOFT and _fits(bound, first, last)]
    first, last, more = _applied(first, last, _without_rivals(soft))
    used = [*used, *more]
    return first, last, [bound for bound in used if first == bound.first or last == bound.last] or used


def _applied(
    first: datetime.date | None, last: datetime.date | None, bounds: Sequence[Bound]
) -> tuple[datetime.date | None, datetime.date | None, list[Bound]]:
    used: list[Bound] = []
    for bound in bounds:
        if not _fits(bound, first, last):
            continue
        low = bound.first if first is None or (bound.first is not None and bound.first > first) else first
        high = bound.last if last is None or (bound.last is not None and bound.last < last) else last
        if (low, high) != (first, last):
            used.append(bound)
        first, last = low, high
    return first, last, used


def _fits(bound: Bound, first: datetime.date | None, last: datetime.date | None) -> bool:
    return (bound.first is None or last is None or bound.first <= last) and (
        bound.last is None or first is None or bound.last >= first
    )


def _without_rivals(bounds: Sequence[Bound]) -> list[Bound]:
    """Two things told as news that cannot both be: neither is chosen, the text lies somewhere between the two."""
    kept: list[Bound] = []
    for bound in bounds:
        rival = next((n for n, other in enumerate(kept) if not _fits(bound, other.first, other.last)), None)
        if rival is None:
            kept.append(bound)
            continue
        other = kept[rival]
        starts = [day for day in (bound.first, other.first) if day is not None]
        ends = [day for day in (bound.last, other.last) if day is not None]
        kept[rival] = Bound(
            min(starts) if len(starts) == 2 else None, max(ends) if len(ends) == 2 else None,
            f"{other.why}; or else {bound.why}", other.span, SOFT,
        )
    return kept
