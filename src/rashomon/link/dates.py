"""What other documents add to a document's date. It rests on days that readings themselves give, never on one found here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from ..knowledge.linking import DateRules
from ..records import DateClue, Incident, LedgerDate, Reading, Span, covered_share, event_keys
from .happenings import FIRM
from .reuse import Passage, Shingles, passages, shared_words, shingles

Bounds = tuple[str | None, str | None]
_ORDER = ("capture", "names its source", "is named as source", "same text", "tells of an event")


def ledger_date(
    key: str, readings: Mapping[str, Reading], incidents: Iterable[Incident], captured: str | None, rules: DateRules
) -> LedgerDate | None:
    """The narrower date of document `key`; None where its own is one day already or nothing narrows it.

    `readings`: its own and those of its story, by document key. `incidents`: those that it has part in. `captured`: the first
    day on which it is known to have been fetched. Nothing depends on the order of any of them.
    """
    own = _interval(readings[key])
    if own[0] is not None and own[0] == own[1]:
        return None
    clues = [*_capture(captured), *_copies(key, readings, rules), *_accounts(key, readings, incidents)]
    clues.sort(key=lambda clue: (not clue.certain, _ORDER.index(clue.ground), clue.start or "", clue.end or "", clue.documents))
    bounds, judged = own, []
    for clue in clues:
        narrowed = _narrowed(bounds, (clue.start, clue.end))
        if narrowed is None:
            judged.append(msgspec.structs.replace(clue, used=False, why=f"{clue.why} (left out: it does not fit what is surer)"))
        elif narrowed != bounds:
            judged.append(clue)
            bounds = narrowed
    if bounds == own:
        return None
    return LedgerDate(key, bounds[0], bounds[1], _best(key, readings, bounds, judged), tuple(judged))


def _interval(reading: Reading) -> Bounds:
    published = reading.document.published
    return (published.start or "")[:10] or None, (published.end or "")[:10] or None


def _dated(reading: Reading) -> bool:
    """Only a document that states its own day is evidence for another."""
    return reading.document.published.basis == "stated" and None not in _interval(reading)


def _narrowed(bounds: Bounds, by: Bounds) -> Bounds | None:
    """What lies in both; None where nothing does."""
    start = max((day for day in (bounds[0], by[0]) if day is not None), default=None)
    end = min((day for day in (bounds[1], by[1]) if day is not None), default=None)
    return None if start is not None and end is not None and start > end else (start, end)


def _best(key: str, readings: Mapping[str, Reading], bounds: Bounds, clues: Sequence[DateClue]) -> str | None:
    """The day of the earliest copy, else the reading's own best day, if it lies inside."""
    copies = [other for clue in clues if clue.used and clue.ground == "same text" for other in clue.documents]
    days = sorted(day for other in copies if (day := _interval(readings[other])[0]))
    own = readings[key].document.published.best
    return next((day for day in (*days, (own or "")[:10]) if day and _narrowed(bounds, (day, day)) is not None), None)


def _capture(captured: str | None) -> Iterator[DateClue]:
    if captured is not None:
        day = captured[:10]
        yield DateClue("capture", None, day, (), f"it was fetched on {day}", True)


def _called(reading: Reading) -> str:
    publisher = reading.document.publisher
    return f"{reading.id} ({publisher})" if publisher else reading.id


# -------------------------------------------------------------------------------------------------------- copied words


def _copies(key: str, readings: Mapping[str, Reading], rules: DateRules) -> Iterator[DateClue]:
    """Same text, and words that one of two takes from the other by name."""
    mine = shingles(key, readings[key])
    for other in sorted(readings):
        reading = readings[other]
        if other == key or not _dated(reading):
            continue
        theirs = shingles(other, reading)
        found = passages([mine, theirs])
        if not found:
            continue
        start, end = _interval(reading)
        if _takes(key, readings[key], reading, found):
            why = f"it takes words from {_called(reading)} of {start}, and names it"
            yield DateClue("names its source", start, None, (other,), why, True)
        if _takes(other, reading, readings[key], found):
            why = f"{_called(reading)} of {end} takes words from it, and names it"
            yield DateClue("is named as source", None, end, (other,), why, True)
        if _same(mine, theirs, found, rules):
            why = f"{_called(reading)} of {start} has the same text, and copies appear within {rules.days} days of each other"
            yield DateClue("same text", _moved(start, -rules.days), _moved(end, rules.days), (other,), why, False)


def _same(a: Shingles, b: Shingles, found: Sequence[Passage], rules: DateRules) -> bool:
    shorter, longer = sorted(((len(one.spans), shared_words(one, found)) for one in (a, b)), key=lambda pair: (pair[0], pair[1]))
    if shorter[0] < rules.least_words:
        return False
    return shorter[1] >= rules.shorter * shorter[0] and longer[1] >= rules.longer * longer[0]


def _takes(key: str, taker: Reading, giver: Reading, found: Sequence[Passage]) -> bool:
    """True where the taker names the giver's publisher as whom it took shared words from. Words alone show no direction: both may
    have taken them from a third."""
    source = giver.document.publisher
    if not source or source == taker.document.publisher:
        return False
    if taker.document.republished_from == source:
        return True
    spans = [each.span_a if each.a == key else each.span_b for each in found]
    return any(
        covered_share((content,), span) >= 0.9
        for claim in taker.attributions
        if source in claim.chain[1:] or claim.speaker == source
        for content in claim.content
        for span in _inside(spans, content)
    )


def _inside(spans: Iterable[Span], content: Span) -> Iterator[Span]:
    return (span for span in spans if span.overlaps(content))


def _moved(day: str | None, days: int) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if day else None


# ------------------------------------------------------------------------------------------------------ events told of


def _accounts(key: str, readings: Mapping[str, Reading], incidents: Iterable[Incident]) -> Iterator[DateClue]:
    """What it tells of and others give a day: no account is older than its event. Of several days the earliest."""
    keys = {document: event_keys(document, reading.events) for document, reading in readings.items()}
    for incident in sorted(incidents, key=lambda each: each.id):
        members = frozenset(incident.events)
        told = [event for event in readings[key].events if keys[key][event.id] in members and event.polarity == "positive"]
        if not told:
            continue
        days: list[tuple[str, str]] = []
        for other in sorted(readings):
            for event in readings[other].events if other != key else ():
                time = event.time
                if keys[other][event.id] not in members or time is None or time.basis not in FIRM or not time.start:
                    continue
                # A day reckoned from another document's inferred date would be a guess upon a guess.
                if time.basis == "stated" or _dated(readings[other]):
                    days.append((time.start[:10], other))
        if days:
            day, other = min(days)
            words = told[0].trigger.of(readings[key].text)
            why = f"it tells of an event (“{words}”) that {_called(readings[other])} puts on {day} at the earliest"
            yield DateClue("tells of an event", day, None, (other,), why, False)
