"""Events that a length is counted from: "two days after the truce", "18 months from 1 July 2014"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from ...knowledge.calendar import Calendar
from ...knowledge.times import TimeWords
from ...records import Expression
from ...records.moment import Days

_FROM = re.compile(r"\s+(?:from|beginning|starting)\s+(?:on\s+)?", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:the|a|an|this|that|his|her|its|their|our)\s+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w'\u2019-]*")
_ENDING = re.compile(r"(?:ies|es|s|ed|ing|e)$")
_SHORTEST = 4


class Anchors:
    """Finds what an "event" anchor is dated by: a date in its own words, or a day told of the same thing earlier in the text."""

    def __init__(self, words: TimeWords) -> None:
        self._lasted = frozenset(words.lasted_words)
        self._began = re.compile(rf"\b(?:{'|'.join(words.began_words)})\b[^.;]{{0,40}}$", re.IGNORECASE)
        self._ends = frozenset(words.phrase_ends)

    def tied(self, found: Sequence[Expression], text: str) -> list[Expression]:
        """The expressions, those counted from an event with the index of the expression that dates it."""
        tied = list(found)
        for index, expression in enumerate(found):
            meaning = expression.meaning
            plain = meaning.kind == "duration" and meaning.anchor == "now" and not meaning.shift
            after = found[index + 1] if index + 1 < len(found) else None
            if plain and after is not None and _is_day(after) and _FROM.fullmatch(text, expression.span.end, after.span.start):
                counted = msgspec.structs.replace(meaning, anchor="event", shift=1, name="from")
                tied[index] = msgspec.structs.replace(expression, meaning=counted, anchor=index + 1)
            elif meaning.kind == "duration" and expression.lead in self._lasted and index:
                # "It began on 13 July 2012 and lasted 40 days."
                begun = found[index - 1]
                if begun.sentence == expression.sentence and _is_day(begun) and (
                    self._began.search(text, begun.sentence.start, begun.span.start)
                ):
                    counted = msgspec.structs.replace(meaning, anchor="event", shift=1, name="from")
                    tied[index] = msgspec.structs.replace(expression, meaning=counted, anchor=index - 1)
            elif meaning.anchor == "event" and meaning.event:
                at = self._dated(index, found, text)
                if at is not None:
                    tied[index] = msgspec.structs.replace(expression, anchor=at)
        return tied

    def _dated(self, index: int, found: Sequence[Expression], text: str) -> int | None:
        expression = found[index]
        phrase = text.find(expression.meaning.event, expression.span.end)
        end = phrase + len(expression.meaning.event)
        own = [n for n in range(index + 1, len(found)) if phrase <= found[n].span.start < end and _is_day(found[n])]
        if own:
            head = self._head(expression.meaning.event)
            within = text[phrase : found[own[0]].span.start]
            # "after the truce in Homs collapsed on 3 May" dates the event, "after the truce, on 3 May" the deed.
            return own[0] if len(own) == 1 and (head is None or len(within) < 60) else None
        noun = self._head(expression.meaning.event)
        return None if noun is None else _told_before(noun, index, found, text)

    def _head(self, phrase: str) -> str | None:
        """The noun that the phrase names its event with."""
        start = _DETERMINER.match(phrase)
        last: str | None = None
        for match in _WORD.finditer(phrase, start.end() if start else 0):
            if match[0].casefold() in self._ends:
                break
            last = match[0]
        return last if last is not None and len(last) >= _SHORTEST and last[0].islower() else None


def _told_before(noun: str, index: int, found: Sequence[Expression], text: str) -> int | None:
    """The one day that sentences before tell of what the noun names; None where there are two."""
    stem = _ENDING.sub("", noun.casefold())
    if len(stem) < _SHORTEST - 1:
        return None
    named = re.compile(rf"\b{re.escape(stem)}(?:e|s|es|ed|d|ing|ies|y)?\b", re.IGNORECASE)
    days = [
        n for n in range(index)
        if _is_day(found[n]) and found[n].sentence.end <= found[index].sentence.start and found[n].region == found[index].region
        and named.search(text, found[n].sentence.start, found[n].sentence.end)
    ]
    if len({_key(found[n]) for n in days}) != 1:
        return None
    alone = [n for n in days if sum(_is_day(e) and e.sentence == found[n].sentence for e in found) == 1]
    return alone[0] if alone else None


def _key(expression: Expression) -> object:
    return expression.meaning


def _is_day(expression: Expression) -> bool:
    meaning = expression.meaning
    if meaning.kind == "date":
        return meaning.at.day is not None
    return meaning.kind in ("weekday", "feast") or (meaning.kind == "unit" and meaning.unit == "day" and meaning.anchor == "now")


def known_event(expression: Expression, text: str, calendar: Calendar, until: datetime.date | None) -> Days | None:
    """The days of the one dated event, past by `until`, that the anchor's words name; None where there is none or several."""
    phrase = expression.meaning.event
    start = text.find(phrase, expression.span.end)
    if start < 0:
        return None
    lowered = text[expression.sentence.start : expression.sentence.end].lower()
    days: set[Days] = set()
    for event, patterns in calendar.events:
        if event.bounds == "news" or (until is not None and event.date > until):
            continue
        if event.keys and not any(key in lowered for key in event.keys):
            continue
        first, *others = patterns
        if first.plain.search(text, start, start + len(phrase)) is None:
            continue
        if all(other.plain.search(text, expression.sentence.start, expression.sentence.end) for other in others):
            if event.began and not calendar.around.began.search(phrase) and not calendar.around.launched.search(phrase):
                continue
            days.add((event.date, event.end or event.date))
    return days.pop() if len(days) == 1 else None
