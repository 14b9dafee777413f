"""What named events and office holders say of when a text appeared."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..knowledge.calendar import Calendar, DatedEvent, DatingPatterns, Finder
from ..records import Expression, Span
from .date_bounds import FAIR, FIRM, SOFT, Bound, days_after, moved, whole
from .date_words import BodyText

_NEAR = 110
# How many characters are the opening of a text, and for how many days an act is news where the data do not say.
_OPENING = 300
_FADES = 14


def event_bounds(body: BodyText, calendar: Calendar) -> list[Bound]:
    """Bounds from dated events (that they are past, how long ago, that they are news) and from terms of office."""
    bounds: list[Bound] = []
    lowered = "\n".join(block.of(body.text) for block in body.read).lower()
    held = calendar.held(lowered)
    for event, patterns in calendar.events:
        if event.keys and held.isdisjoint(event.keys):
            continue
        found = _named(body, patterns, event.near == "document")
        if found is None:
            continue
        said = f"{event.name} ({event.date.isoformat()})"
        if event.bounds == "news":
            bounds.append(_as_news(body, event, found, said))
        else:
            bounds.append(Bound(event.date, None, f"the text speaks of what is known from {event.date.isoformat()}: "
                                f"{event.name}", found, FIRM if event.bounds == "name" else FAIR))
        if event.day and _opens(body, found, calendar.around):
            latest = days_after(event.end or event.date, event.fades or _FADES)
            bounds.append(Bound(event.date, latest, f"the text opens with {said} as its news", found, SOFT))
        if event.bounds == "after":
            for match in _matches(body, patterns):
                bounds.extend(_by_arithmetic(body, event, match, said, calendar))
    for office, patterns in calendar.offices:
        if office.keys and held.isdisjoint(office.keys):
            continue
        found = _named(body, patterns, False)
        if found is not None and not calendar.around.no_longer.search(body.text, max(0, found.start - 40), found.start):
            until = office.end or calendar.known_until
            bounds.append(Bound(office.start, until, f"{office.holder} is named as {office.title} "
                                f"({office.start.isoformat()} to {until.isoformat()})", found, FIRM))
    return bounds


def _opens(body: BodyText, found: Span, around: DatingPatterns) -> bool:
    """True where the event is named in the opening as news: by weekday, as of today or in the perfect, and not as long past."""
    start = body.read[0].start
    if found.start - start > _OPENING:
        return False
    sentence = body.sentence(found.start)
    if around.looking_back.search(body.text, sentence.start, sentence.end):
        return False
    return around.as_news.search(body.text, sentence.start, sentence.end) is not None or any(
        e.span.start - start <= 2 * _OPENING and e.tense != "future"
        and (e.meaning.kind == "weekday" or (e.meaning.kind == "unit" and e.meaning.unit == "day" and e.meaning.anchor == "now"))
        for e in body.expressions
    )


def _named(body: BodyText, patterns: tuple[Finder, ...], anywhere: bool) -> Span | None:
    """Where the first pattern is found with all the others near it (or anywhere in the body)."""
    if anywhere:
        if not all(_somewhere(body, other) for other in patterns[1:]):
            return None
        patterns = patterns[:1]
    return next(_matches(body, patterns), None)


def _matches(body: BodyText, patterns: tuple[Finder, ...]) -> Iterator[Span]:
    """Where the first pattern is found, the others in the sentences around it."""
    first, *others = patterns
    for block in body.read:
        for match in first.finditer(body.searched, block.start, block.end):
            if not others:
                yield Span(*match.span())
                continue
            around = body.around(body.sentence(match.start()))
            if all(other.search(around) for other in others):
                yield Span(*match.span())


def _somewhere(body: BodyText, pattern: Finder) -> bool:
    return any(pattern.search(body.searched, block.start, block.end) for block in body.read)


def _as_news(body: BodyText, event: DatedEvent, found: Span, said: str) -> Bound:
    latest = days_after(event.end or event.date, event.fades)
    if event.weekday is not None and any(
        e.meaning.kind == "weekday" and e.meaning.weekday == event.weekday.isoweekday() and e.tense != "future"
        for e in body.expressions
    ):
        latest = min(latest, days_after(event.weekday, 6))
        return Bound(event.date, latest, f"the text tells as news of {said}, and {event.weekday:%A} "
                     f"{event.weekday.isoformat()} was less than a week before", found, SOFT)
    return Bound(event.date, latest, f"the text tells as news of {said}", found, SOFT)


def _by_arithmetic(body: BodyText, event: DatedEvent, found: Span, said: str, calendar: Calendar) -> Iterator[Bound]:
    """ "Kobane, retaken last month": the event's day and the expression beside it bound the text from both sides."""
    sentence = body.sentence(found.start)
    if event.began and not calendar.around.began.search(body.text, sentence.start, sentence.end):
        return
    beside = [
        e for e in body.expressions
        if sentence.covers(e.span) and max(found.start - e.span.end, e.span.start - found.end) <= _NEAR
    ]
    for expression in sorted(beside, key=lambda e: max(found.start - e.span.end, e.span.start - found.end)):
        if expression.meaning.kind == "weekday" and calendar.around.looking_back.search(body.text, *sentence):
            continue
        window = _window(event, expression)
        if window is not None:
            why = f"{expression.span.of(body.text)!r} is said of {said}"
            yield Bound(window[0], window[1], why, expression.span, FAIR)
            return


def _window(event: DatedEvent, expression: Expression) -> tuple[datetime.date, datetime.date] | None:
    """When one can say that of the event; None where the expression does not fit it."""
    meaning, day = expression.meaning, event.date
    if meaning.kind == "unit" and meaning.anchor == "now" and meaning.shift <= 0:
        unit = meaning.unit or "day"
        if unit in ("day", "week", "weekend") and not event.day:
            return None
        if unit == "day":
            return days_after(day, -meaning.shift), days_after(event.end or day, -meaning.shift)
        if unit in ("week", "weekend"):
            return (day, days_after(day, 7)) if not meaning.shift else (days_after(day, 1), days_after(day, 14))
        if unit in ("month", "year"):
            first, last = whole(moved(day, unit, -meaning.shift), unit)
            return max(first, day), last
    if meaning.kind == "date" and meaning.at.year is None and meaning.at.month == day.month:
        if meaning.at.day is not None and meaning.at.day != day.day:
            return None
        if meaning.unit == "year" and meaning.anchor == "now":
            first, last = whole(moved(day, "year", -meaning.shift), "year")
            return max(first, day), last
        if meaning.unit == "month" and meaning.shift < 0:
            return whole(moved(day, "month", 1), "month")[0], moved(day, "month", 14)
        if meaning.unit is None and expression.tense != "future":
            # Without a year it is the last such month: said of one longer past, the year is added.
            return day, moved(day, "month", 11)
    if meaning.kind == "offset" and meaning.name == "ago" and meaning.count is not None and meaning.unit is not None:
        slack = 0 if meaning.unit == "day" else 1
        less = 0.0 if expression.bounded == "more" or meaning.unit == "day" else min(1.0, meaning.count) / 2
        return moved(day, meaning.unit, meaning.count - less), moved(day, meaning.unit, meaning.count + slack)
    if event.day and meaning.kind == "weekday" and meaning.weekday == day.isoweekday() and expression.tense != "future":
        return day, days_after(day, 6)  # a week later the bare weekday is that day's own
    return None

