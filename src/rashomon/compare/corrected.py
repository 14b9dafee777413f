"""Corrections of other words than figures: a place, a day, a doer that a text says was given wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ..knowledge.comparison import ComparisonRules
from ..records import Span
from .said import Said
from .voices import Source, Voice
from .whens import When
from .wheres import as_place, where_of

_NOTE = "disclaimer"
_MOVING = 12  # characters before a place in which "from" says that something came from there
_LEAD = 300  # characters in which a text says that it is a correction as a whole


def corrected(source: Source, rules: ComparisonRules) -> Iterator[Said]:
    """Places, days and parties that a correction names: given up (`former`), or put in their place (`corrects`).

    Either one sentence sets the one against the other ("in Harat, not Wadi"), or a text that is a correction says first what
    was wrong ("we said that") and then what is right. What both name was not wrong.
    """
    text = source.reading.text
    # Page furniture holds corrections too: "Correction: an earlier version of this article said ...".
    notes = [each.span for each in source.reading.boilerplate if each.kind == _NOTE]
    sentences = source.sentences(sorted((*source.reading.body, *notes)))
    if not sentences:
        return
    opening = text[sentences[0].start : sentences[0].start + _LEAD].split(".")[0]
    whole = rules.corrects(f" {source.reading.document.title or ''}") or rules.corrects(f" {opening}")
    wrong: list[Said] = []
    right: list[Said] = []
    for sentence in sentences:
        words = sentence.of(text).replace(",", " ")
        named = list(_named(source, sentence, rules))
        former = [said for said in named if rules.former(text, said.span.start, sentence.start)]
        if former and (whole or rules.corrects(words) or rules.revises(words)):
            wrong += former
            fields = {said.field for said in former}
            right += [said for said in named if said.field in fields and said not in former]
        elif whole:
            (wrong if rules.misled(words) else right).extend(named)
    for said in _apart(wrong, right):
        # Whoever says what is right says what was wrong.
        by = next(each.voice for each in right if each.field == said.field)
        yield replace(said, voice=by, former=True)
    for said in _apart(right, wrong):
        yield replace(said, corrects=True)


def _apart(mine: list[Said], others: list[Said]) -> Iterator[Said]:
    """Those of a field that the others name too, and name otherwise; each once."""
    seen: set[tuple[str, str]] = set()
    for said in mine:
        theirs = {each.text for each in others if each.field == said.field}
        if theirs and said.text not in theirs and (said.field, said.text) not in seen:
            seen.add((said.field, said.text))
            yield said


def _named(source: Source, sentence: Span, rules: ComparisonRules) -> Iterator[Said]:
    """The places, days and parties of a sentence as values."""
    text = source.reading.text

    def voice(span: Span) -> Voice:
        return source.voice(source.around(span), rules)

    for place in source.reading.places:
        span = place.span
        where = text[max(sentence.start, span.start - _MOVING) : span.start].lower().split()
        if sentence.covers(span) and "from" not in where and place.precision not in {"country", "region"}:
            told = where_of(source.reading, as_place(place), span)
            yield Said(voice(span), "place", place.name, span, (), frozenset((place.name,)), False, where=told)
    for time in source.reading.times:
        span = time.span
        if time.type in {"DATE", "TIME"} and not time.vague and time.start and time.end and sentence.covers(span):
            when = When(time.start[:10], time.end[:10], span, True)
            days = when.start if when.start == when.end else f"{when.start} to {when.end}"
            yield Said(voice(span), "time", days, span, (), frozenset(), False, when=when)
    for entity in source.reading.entities:
        if entity.kind in rules.party_kinds - {"person"}:
            for span in entity.mentions:
                if sentence.covers(span):
                    yield Said(voice(span), "actor", entity.name, span, (), frozenset((entity.name,)), False)
