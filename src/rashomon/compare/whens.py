"""When an account says that a thing happened."""

from __future__ import annotations

import msgspec

from ..records import Event, Span, sentence_around, unsaid
from .voices import AUTHOR, Source


class When(msgspec.Struct, frozen=True):
    """First and last day (ISO 8601), where they stand, and whether the text says so rather than its own date."""

    start: str
    end: str
    span: Span
    firm: bool


def when_told(source: Source, event: Event) -> When | None:
    """The event's time where its own sentence names it; of an attack without time, the one day that its clause names."""
    time = event.time
    if time is not None and time.span is not None and time.start and time.end and time.basis != "unknown":
        return When(time.start[:10], time.end[:10], time.span, time.basis != "report-date")
    if event.type != "ASSAULT" or unsaid(event, "time"):
        return None
    inside = _clause(source, event)
    days = [
        each for each in source.reading.times
        if each.type in {"DATE", "TIME"} and not each.vague and each.start and each.end and inside.covers(each.span)
    ]
    if not days or len({(each.start, each.end) for each in days}) > 1:
        return None
    first, start, end = days[0], days[0].start, days[0].end
    if start is None or end is None or (time is not None and time.start and time.start[:10] != start[:10]):
        return None
    return When(start[:10], end[:10], first.span, True)


def _clause(source: Source, event: Event) -> Span:
    """The words of the event's claim in its sentence; nothing where an author's sentence also reports speech, which has
    a day of its own."""
    around = sentence_around(source.reading.text, event.trigger)
    if (event.according_to or AUTHOR) != AUTHOR:
        return source.statement(event)
    spoken = any(cue.overlaps(around) for claim in source.claims.values() for cue in claim.cue)
    return event.trigger if spoken else around
