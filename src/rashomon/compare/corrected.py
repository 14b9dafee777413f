"""Corrections of other words than figures: a place, a day, a doer that a text says was given wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.comparison import ComparisonRules
from ..records import Span, sentence_around
from ..records.incident import Field
from .said import Said
from .voices import Source, Voice
from .whens import When
from .wheres import as_place, where_of

_LEAD = 300  # characters in which a text says that it is a correction as a whole


def corrected(source: Source, rules: ComparisonRules) -> Iterator[Said]:
    """Places, days and parties that a correction names: given up (`former`), or put right (`corrects`).

    Such a sentence says that something was wrong, or stands in a text that begins by saying so, or sets one value against
    another that it gives up ("in Harat, not Wadi").
    """
    text = source.reading.text
    title = source.reading.document.title or ""
    sentences = source.sentences()
    opening = text[sentences[0].start : sentences[0].start + _LEAD].split(".")[0] if sentences else ""
    whole = rules.corrects(f" {title}".replace(":", " ")) or rules.corrects(f" {opening}".replace(":", " "))
    for sentence in sentences:
        words = sentence.of(text).replace(":", " ").replace(",", " ")
        named = list(_named(source, sentence, rules))
        given_up = {field for field, span, _ in named if rules.former(text, span.start, sentence.start)}
        if not (whole or rules.corrects(words) or (given_up and rules.revises(words))):
            continue
        for field, span, said in named:
            former = rules.former(text, span.start, sentence.start)
            if former or field in given_up or rules.corrects(words):
                yield _marked(said, former)


def _marked(said: Said, former: bool) -> Said:
    return Said(
        said.voice, said.field, said.text, said.span, said.inside, said.names, False, corrects=not former, former=former,
        where=said.where, when=said.when,
    )


def _named(source: Source, sentence: Span, rules: ComparisonRules) -> Iterator[tuple[Field, Span, Said]]:
    text = source.reading.text

    def voice(span: Span) -> Voice:
        return source.voice(source.around(span), rules)

    for place in source.reading.places:
        if place.locative and sentence.covers(place.span) and not _moving(text, place.span, rules):
            where = where_of(source.reading, as_place(place), place.span)
            yield "place", place.span, Said(
                voice(place.span), "place", place.name, place.span, (), frozenset((place.name,)), False, where=where)
    for time in source.reading.times:
        if time.type in {"DATE", "TIME"} and not time.vague and time.start and time.end and sentence.covers(time.span):
            when = When(time.start[:10], time.end[:10], time.span, True)
            days = when.start if when.start == when.end else f"{when.start} to {when.end}"
            yield "time", time.span, Said(voice(time.span), "time", days, time.span, (), frozenset(), False, when=when)
    for entity in source.reading.entities:
        if entity.kind in rules.party_kinds - {"person"}:
            for mention in entity.mentions:
                if sentence.covers(mention) and sentence_around(text, mention).start == sentence.start:
                    yield "actor", mention, Said(
                        voice(mention), "actor", entity.name, mention, (), frozenset((entity.name,)), False)


def _moving(text: str, span: Span, rules: ComparisonRules) -> bool:
    """True for a place that something came from: "fired from Wadi"."""
    before = text[: span.start].split()[-2:]
    return bool(before) and ("from" in before)
