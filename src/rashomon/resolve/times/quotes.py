"""Quoted words have a day of their own, the day they were said: which expressions are quoted, and what dates them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ...knowledge.times import TimeWords
from ...records import Expression, Layout, Span

# Fewer words in marks are a name or a term, not somebody's statement.
_WORDS = 4
_MARKS = re.compile(r"[\u201c\u201d\"]|(?<![\w\u2019])\u2018(?=\w)|\u2019(?!\w)")
_CLOSING = {"\u201c": "\u201d", "\"": "\"", "\u2018": "\u2019"}
_REACH = 70
_LED_IN = re.compile(r":\s*[\"\u201c\u2018]$")
_STOP = re.compile(r"[.!?](?:\s|$)|\n")


class _Quote(NamedTuple):
    span: Span
    block: int


class Quotes:
    """Marks quoted expressions; holds the words that tell of saying."""

    def __init__(self, words: TimeWords) -> None:
        self._said = re.compile(rf"\b(?:{'|'.join(words.said_words)})\b", re.IGNORECASE)

    def marked(self, found: Sequence[Expression], text: str, layout: Layout) -> list[Expression]:
        """The expressions, those inside quotation marks with the index of the day of saying, if the text tells it."""
        blocks = sorted({e.block for e in found})
        quotes = [quote for block in blocks for quote in _quotes(text, layout.blocks[block].span, block)]
        if not quotes:
            return list(found)
        starts = [quote.span.start for quote in quotes]
        inside = [_inside(e.span, quotes, starts) for e in found]
        said: dict[int, int | None] = {}
        for number in sorted({n for n in inside if n is not None}):
            said[number] = self._day_of(number, quotes, found, inside, text)
        for number in said:
            # "... ," he said on Tuesday. "..." goes on with the same speaker.
            before = quotes[number - 1] if number else None
            if said[number] is None and before is not None and _goes_on(before, quotes[number], text):
                said[number] = said.get(number - 1, self._day_of(number - 1, quotes, found, inside, text))
        return [
            e if n is None else msgspec.structs.replace(e, quoted=True, said=said[n])
            for e, n in zip(found, inside, strict=True)
        ]

    def _day_of(
        self, number: int, quotes: Sequence[_Quote], found: Sequence[Expression], inside: Sequence[int | None], text: str
    ) -> int | None:
        """Index of the day beside the words that tell of the saying, close before or after the quotation."""
        quote = quotes[number]
        start, end = quote.span
        low = max(start - 2 * _REACH, _last_stop(text, start))
        if not _LED_IN.search(text, max(0, start - 12), start):
            # Unless a colon ends it, the paragraph before says nothing of this one.
            low = max(low, text.rfind("\n", max(0, start - 2 * _REACH), start))
        stop = _STOP.search(text, end, end + 2 * _REACH)
        high = stop.start() if stop else end + 2 * _REACH
        first = bisect_left(found, low, key=lambda e: e.span.start)
        for index in range(first, len(found)):
            expression = found[index]
            span = expression.span
            if span.start >= high:
                break
            if inside[index] is not None or not _is_day(expression):
                continue
            near = text[max(low, span.start - _REACH) : min(high, span.end + 30)]
            if self._said.search(near):
                return index
        return None


def _quotes(text: str, block: Span, number: int) -> list[_Quote]:
    found: list[_Quote] = []
    opened: int | None = None
    mark = ""
    for match in _MARKS.finditer(text, block.start, block.end):
        sign = match[0]
        if opened is None:
            if sign in _CLOSING:
                opened, mark = match.end(), sign
        elif sign == _CLOSING[mark]:
            found.append(_Quote(Span(opened, match.start()), number))
            opened = None
    if opened is not None and mark == "\u201c":
        found.append(_Quote(Span(opened, block.end), number))  # the next paragraph goes on with it
    return [quote for quote in found if len(quote.span.of(text).split()) >= _WORDS]


def _inside(span: Span, quotes: Sequence[_Quote], starts: Sequence[int]) -> int | None:
    at = bisect_right(starts, span.start) - 1
    return at if at >= 0 and span.end <= quotes[at].span.end else None


def _is_day(expression: Expression) -> bool:
    """True for a day, and for a year or month that words are said "in"."""
    meaning = expression.meaning
    if meaning.kind == "date":
        return meaning.at.day is not None or (expression.lead == "in" and meaning.at.year is not None)
    return meaning.kind == "weekday" or (meaning.kind == "unit" and meaning.unit == "day" and meaning.anchor == "now")


def _goes_on(before: _Quote, after: _Quote, text: str) -> bool:
    """True where a quotation goes on with the one before: in the same paragraph, or paragraph after paragraph of marks."""
    if before.block == after.block:
        return True
    return not text[before.span.end : after.span.start].strip(" \t\r\n\u00a0\"\u201c\u201d\u2018\u2019.,")


def _last_stop(text: str, at: int) -> int:
    """Where the sentence that leads into a quotation begins: a colon or comma before the mark does not end it."""
    low = max(0, at - 2 * _REACH)
    stops = [match.end() for match in re.finditer(r"[.!?][\"\u201d\u2019]?\s", text[low : max(low, at - 3)])]
    return low + stops[-1] if stops else low
