"""The numbers, days, names and quoted words of a note of correction, and which of them it calls wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from ..records import Span
from .numerals import Numerals
from .voiced import Paper

_QUOTED = re.compile(r"[“\"‘]([^”\"’“‘]{2,80})[”\"’]")
_CAPITAL = r"(?:(?:al|el|an|ar|ash|as|at|ad|abu|ibn|bin|de|van|von|der)[- ])?[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['’][^\W\d_]+)?"
_NAME = re.compile(rf"(?<!\w){_CAPITAL}(?:[- ]{_CAPITAL})*")
_AFTER = re.compile(
    r"[\"'”’)]*,?\s*(?:should (?:be|have|read)|ought to"
    r"|(?:was|were|is|are|proved) (?:\w+ )?(?:too|wrong|incorrect|mistaken|false|inaccurate|in error)"
    r"|instead of being|as (?:stated|reported|written|given|we (?:wrote|said|reported)))"
)
_AWAY = re.compile(r"[^.;:]{0,50}\b(?:was|were|is|are|proved) (?:\w+ )?(?:too|wrong|incorrect|mistaken|false|inaccurate)\b")
_NOT = re.compile(
    r"(?:\b(?:and|was|were|is|are|did) not|, not|\bnot|\brather than|\binstead of|\bin place of)\s+"
    r"(?:(?:by|in|on|at|from|to|the|a|an|of|as|with|that|some|about)\s+|[\"'“‘(])*$"
)
_FROM = re.compile(r"\b(?:changed|corrected|replaced|amended)\b[^.]{0,24}\bfrom\s+[\"“‘]?$")
_OBJECT = re.compile(r"\b(?:corrected|replaced|changed)\s+(?:the \w+ )?[\"“‘]?$")
_EARLIER = re.compile(
    r"\b(?:earlier|previous|original|first) (?:version|edition|versions|report|story|statement)\b"
    r"|\b(?:we|report|article|story|statement|bulletin)(?: \w+){0,4} (?:wrongly|incorrectly|mistakenly|erroneously)\b"
    r"|\bwe (?:wrote|said|reported|stated)\b"
)
_NEARLY = 0.7
Kind = Literal["number", "date", "quoted", "place", "name"]


class Value(NamedTuple):
    """A number, day, name or quoted phrase in a note: where it stands, and what is looked for in the earlier text."""

    span: Span
    kind: Kind
    words: str
    number: float | None = None


def values_in(paper: Paper, span: Span) -> list[Value]:
    """Those of the passage, in order; a number in a day is no number, and a word that only begins a sentence is no name."""
    days = [time.span for time in paper.reading.times if time.type == "DATE" and not time.vague]
    # What the reading takes for no part of the article has no times: the notes under it.
    months = "|".join(paper.lore.words.months)
    written = re.compile(rf"(?:\b\d{{1,2}} )?\b(?:{months})\b(?: \d{{1,2}}\b)?(?:,? \d{{4}}\b)?")
    for match in written.finditer(paper.flat[span.start : span.end]):
        day = Span(span.start + match.start(), span.start + match.end())
        if day.of(paper.text)[0] not in "abcdefghijklmnopqrstuvwxyz" and not any(day.overlaps(known) for known in days):
            days.append(day)
    found = [
        Value(numeral.span, "number", numeral.span.of(paper.text), numeral.value)
        for numeral in Numerals(paper.lore.numbers).find(paper.text)
        if span.covers(numeral.span) and numeral.value > 1 and not any(day.overlaps(numeral.span) for day in days)
    ]
    found += [Value(day, "date", day.of(paper.text)) for day in days if span.covers(day)]
    for match in _QUOTED.finditer(paper.text, span.start, span.end):
        found.append(Value(Span(*match.span(1)), "quoted", match.group(1).rstrip(".,")))
    starts = {sentence.start for sentence in paper.sentences}
    places = {place.span for place in paper.reading.places if place.locative and place.span.of(paper.text) in place.name}
    publisher = paper.publisher.lower()
    for match in _NAME.finditer(paper.text, span.start, span.end):
        where = Span(*match.span())
        if any(day.overlaps(where) for day in days) or match.group().lower() in publisher:
            continue
        if match.start() in starts and not any(where.overlaps(place) for place in places):
            continue
        found.append(Value(where, "place" if any(place.overlaps(where) for place in places) else "name", match.group()))
    return sorted(found, key=lambda value: value.span)


def called_wrong(paper: Paper, note: Span, block: Span, values: Sequence[Value]) -> Value | None:
    """The value that the words themselves call wrong: "26 and not 38", "not Bary", "from 12 to 15", "43 was too high", "an
    earlier version said that P"."""
    flat = paper.flat
    before = {value: flat[max(block.start, value.span.start - 40) : value.span.start] for value in values}
    after = {value: flat[value.span.end : min(block.end, value.span.end + 90)] for value in values}
    for value in values:
        if _NOT.search(before[value]):
            return value
    for value in values:
        if (_AFTER.match(after[value]) and value.kind != "date") or _FROM.search(before[value]):
            # "from 1 to 27 January should have been 1,150": the number before is no wrong one if it belongs to a day.
            return value
        if _OBJECT.search(before[value]) and re.match(r"[\"”’]?\s+(?:to|by|with|into)\b", after[value]):
            return value
    for value in values:
        if value.number is not None and _AWAY.match(after[value]):
            return value
    match = _EARLIER.search(flat, block.start, block.end)
    if match is None:
        return None
    told = next((sentence for sentence in paper.sentences if sentence.start <= match.start() < sentence.end), note)
    # Of what an earlier text said, the last value is what the note is about, if the next sentence has another of its kind.
    said = [value for value in values if match.end() < value.span.start and value.span.end <= told.end and value.kind != "date"]
    after_it = [value for value in values if value.span.start >= told.end]
    mends = {value.kind for value in after_it}
    again = {value.words for value in after_it}
    said = [value for value in said if value.words not in again]
    if "number" in mends and any(value.kind == "number" for value in said):
        mends = {"number"}
    alike = [value for value in said if value.kind in mends]
    alike = alike or [value for value in said if value.kind in ("place", "name") and mends & {"place", "name"}]
    return alike[-1] if alike else said[0] if said else None


def places_of(paper: Paper, value: Value, limit: Span) -> Iterator[Span]:
    """Where the text has the value: a number by its value, all else by its words."""
    if value.number is not None:
        for figure in paper.figures:
            if limit.covers(figure.span) and value.number in (figure.low, figure.high):
                yield figure.span
        return
    start = limit.start
    while (at := paper.text.find(value.words, start, limit.end)) >= 0:
        yield Span(at, at + len(value.words))
        start = at + len(value.words)


def nearly(other: Paper, paper: Paper, new: Value, limit: Span) -> Iterator[Span]:
    """What a new value may mend though the note does not say what it was: a figure of the same noun, a name spelled otherwise."""
    if new.number is not None:
        stems = paper.stems(paper.beside(new.span))
        for figure in other.figures:
            noun = figure.what.split()[-1][:6] if figure.what else ""
            around = other.stems(figure.sentence)
            if limit.covers(figure.span) and noun and (noun in stems or len(around & stems) >= 3):
                yield figure.span
    elif new.kind in ("name", "place"):
        for match in _NAME.finditer(other.text, limit.start, limit.end):
            # Titles may stand before a name: each ending of it is tried.
            for word in re.finditer(r"(?<![\w'’-])[^\W]", match.group()):
                name = match.group()[word.start() :].lower()
                if _NEARLY <= SequenceMatcher(None, name, new.words.lower(), autojunk=False).ratio() < 1:
                    yield Span(match.start() + word.start(), match.end())
                    break
