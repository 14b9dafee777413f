"""Tallies: tolls over a day or more, an area or a campaign, kept apart from every incident."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.comparison import ComparisonRules
from ..records import Event, Quantity, Span, Tally, digest
from .told import quantity_words
from .voices import Source

WIDE = frozenset({"day", "period", "campaign"})


def tallies(source: Source, rules: ComparisonRules) -> Iterator[Tally]:
    """The document's tallies in text order; those of captions and page furniture are left out."""
    text = source.reading.text
    holders: dict[Span, Event] = {}
    for event in source.events.values():
        for quantity in event.quantities:
            holders.setdefault(quantity.span, event)
    seen: set[Span] = set()
    for quantity in sorted(source.reading.quantities, key=lambda each: each.span):
        inside = any(block.covers(quantity.span) for block in source.reading.body)
        if quantity.scope not in WIDE or not inside or quantity.span in seen:
            continue
        if quantity.what.lower() not in rules.tolls:
            continue
        seen.add(quantity.span)
        yield _tally(source, quantity, holders.get(quantity.span), text, rules)


def _tally(source: Source, quantity: Quantity, event: Event | None, text: str, rules: ComparisonRules) -> Tally:
    said_in = event.according_to if event is not None else source.around(quantity.span)
    return Tally(
        id=digest(source.key, "tally", f"{quantity.span.start}:{quantity.span.end}"),
        text=f"{quantity_words(quantity, text)} ({quantity.what}, {_extent(quantity)})",
        low=quantity.low,
        high=quantity.high,
        citation=source.cite(quantity.span, source.voice(said_in, rules)),
        place=event.place if event is not None else None,
        time=event.time if event is not None else None,
        what=quantity.what,
        scope=quantity.scope,
        since=quantity.since,
        as_of=quantity.as_of,
        status=quantity.status,
        side=quantity.side,
        total_or_subset=quantity.total_or_subset,
        counted_by=quantity.counted_by,
    )


def _extent(quantity: Quantity) -> str:
    """The figure's reach in words: "period since 2022-03-06 up to 2022-03-11"."""
    since = f" since {quantity.since}" if quantity.since else ""
    return f"{quantity.scope}{since}" + (f" up to {quantity.as_of}" if quantity.as_of else "")
