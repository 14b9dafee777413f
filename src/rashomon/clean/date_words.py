"""What the text's own dates and tenses say of when it appeared."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..knowledge.calendar import DatingPatterns, Lowered
from ..knowledge.times import TimeWords
from ..records import Expression, Layout, Span
from ..records.moment import Days
from .date_bounds import FAIR, FIRM, SOFT, Bound, days_after, moved

# A date given with its weekday is how current news is told: the text is at most this many days younger.
_WEEK = 7
_FORWARD = 8
# For how many days a past day or month is told without its year.
_SINCE = 330
_AROUND = 250
# Over how many paragraphs a date written out still gives its year to a month without one.
_BLOCKS = 4
_WORD = re.compile(r"[^\W\d_]+")


class BodyText(NamedTuple):
    """The body (captions left out) with its expressions and the stretches that stand in quotation marks.

    `read` are the spans of its blocks, `text` and `searched` the whole document, so that spans need no shifting.
    """

    searched: Lowered
    read: tuple[Span, ...]
    expressions: tuple[Expression, ...]
    quoted: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The whole document."""
        return self.searched.text

    @classmethod
    def of(cls, text: str, layout: Layout, expressions: Sequence[Expression], limit: int) -> BodyText:
        """The first `limit` characters of the body, furniture and captions left out."""
        read: list[Span] = []
        left = limit
        for span in layout.body:
            if left <= 0:
                break
            read.append(Span(span.start, min(span.end, span.start + left)))
            left -= span.width
        end = read[-1].end if read else 0
        kept = tuple(e for e in expressions if e.region == "body" and e.span.end <= end)
        return cls(Lowered.of(text), tuple(read), kept, tuple(_quotations(text, read)))

    def sentence(self, at: int) -> Span:
        """The sentence around the offset, cut at full stops and line ends."""
        block = next((span for span in self.read if span.start <= at <= span.end), Span(at, at))
        start, end = block
        for match in _STOP.finditer(self.text, block.start, block.end):
            if match.end() <= at:
                start = match.end()
            else:
                end = match.end()
                break
        return Span(start, end)

    def around(self, sentence: Span) -> Lowered:
        """The sentence with what stands close before and after it, in its own paragraph or the next."""
        low, high = sentence.start - _AROUND, sentence.end + _AROUND
        near = [Span(max(span.start, low), min(span.end, high)) for span in self.read if span.start < high and low < span.end]
        return Lowered("\n".join(span.of(self.text) for span in near), "\n".join(span.of(self.searched.lower) for span in near))

    def is_quoted(self, span: Span) -> bool:
        """True inside quotation marks: a future there is the speaker's, whose day may be earlier."""
        return any(quote.covers(span) for quote in self.quoted)


_STOP = re.compile(r"(?<![A-Z]\.[A-Z])(?<![A-Z])[.!?][\"\u201d')]*\s+(?=[\"\u201c'(]?[A-Z0-9])|\n")


def _quotations(text: str, read: Sequence[Span]) -> Iterator[Span]:
    """Stretches between curly marks (which may run over paragraphs) or straight ones (which may not)."""
    opened: int | None = None
    for block in read:
        straight: int | None = None
        for match in re.finditer("[\u201c\u201d\"]", text[block.start : block.end]):
            at = block.start + match.start()
            if match[0] == "\u201c":
                opened = at if opened is None else opened
            elif match[0] == "\u201d":
                if opened is not None:
                    yield Span(opened, at + 1)
                opened = None
            elif straight is None:
                straight = at
            else:
                yield Span(straight, at + 1)
                straight = None
    if opened is not None and read:
        yield Span(opened, read[-1].end)


def explicit_bounds(body: BodyText, around: DatingPatterns, words: TimeWords) -> list[Bound]:
    """Bounds from dates written out, from months that follow them, and from "more than two months of operations"."""
    bounds: list[Bound] = []
    told: list[tuple[Expression, Days]] = []
    last: datetime.date | None = None
    block = -1
    for expression in body.expressions:
        at = expression.meaning.at
        if expression.meaning.kind != "date" or expression.meaning.unit is not None:
            continue
        said = expression.span.of(body.text)
        days = None
        if at.year is not None:
            days = at.days(expression.third)
            if days is not None:
                bounds.extend(_of_full(body, expression, said, days, words))
        elif last is not None and at.month is not None and expression.block - block <= _BLOCKS:
            # "In September 2018 ... In April": the first April after it.
            year = last.year + (at.month < last.month)
            days = type(at)(year=year, month=at.month, day=at.day).days(expression.third)
            # "In July 2014 ... in June": a step of eleven months is a step back.
            if (at.month - last.month) % 12 > _FORWARD:
                days = None
            if days is not None:
                bounds.extend(_of_followed(body, expression, said, days))
        if days is not None:
            told.append((expression, days))
            if at.month is not None and expression.tense != "future":
                last, block = days[0], expression.block
    bounds.extend(_of_stretches(body, told, around))
    return bounds


def _of_full(body: BodyText, expression: Expression, said: str, days: Days, words: TimeWords) -> Iterator[Bound]:
    grain = expression.meaning.at.grain
    quoted = body.is_quoted(expression.span)
    if _is_ahead(expression):
        if not quoted:
            yield Bound(None, days[1], f"{said!r} is spoken of as still to come", expression.span, FAIR)
        return
    if grain == "year" and expression.lead not in words.year_after:
        return  # "its 2015 budget" may be drawn up the year before
    weight = FIRM if grain in ("day", "month") else FAIR
    if expression.lead in ("by", "until", "till"):
        weight = SOFT
    yield Bound(days[0], None, f"{said!r} is spoken of as past", expression.span, weight)
    if grain == "day" and any(word.casefold() in words.weekdays for word in _WORD.findall(said)):
        yield Bound(None, days_after(days[1], _WEEK),
                    f"{said!r} is given with its weekday, as one dates what happened within the week", expression.span, SOFT)


def _of_followed(body: BodyText, expression: Expression, said: str, days: Days) -> Iterator[Bound]:
    if _is_ahead(expression):
        yield Bound(None, days[1], f"{said!r}, after a date written out, is spoken of as still to come", expression.span,
                    SOFT if body.is_quoted(expression.span) else FAIR)
        return
    if expression.tense == "past":
        yield Bound(days[0], None, f"{said!r} follows a date written out and is past: {days[0]:%B %Y}", expression.span, FAIR)


def _is_ahead(expression: Expression) -> bool:
    return expression.tense == "future"


def _of_stretches(body: BodyText, told: Sequence[tuple[Expression, Days]], around: DatingPatterns) -> Iterator[Bound]:
    """ "More than two months of operations", where the text says in which month the offensive began."""
    starts = [
        (expression, days) for expression, days in told
        if expression.meaning.at.month is not None and expression.tense != "future"
        and around.launched.search(body.text, expression.sentence.start, expression.sentence.end)
        and around.actions.search(body.text, expression.sentence.start, expression.sentence.end)
    ]
    if not starts:
        return
    start, days = max(starts, key=lambda item: item[1])
    for expression in body.expressions:
        meaning = expression.meaning
        if meaning.kind != "duration" or meaning.count is None or meaning.unit not in ("day", "week", "month"):
            continue
        if not around.of_action.match(body.text, expression.span.end):
            continue
        more = expression.bounded == "more"
        first = moved(days[0], meaning.unit, meaning.count if more else meaning.count - 0.5 * (meaning.unit != "day"))
        latest = moved(days[1], meaning.unit, meaning.count + 1)
        yield Bound(first, latest, f"{expression.span.of(body.text)!r} have passed since {start.span.of(body.text)!r} "
                    f"({days[0]:%B %Y})", expression.span, FAIR)


def yearless_bounds(body: BodyText, words: TimeWords, first: datetime.date, last: datetime.date) -> list[Bound]:
    """Bounds from past days and months told without a year, where one year alone agrees with the interval found so far.

    News leaves the year out for what lies less than a year back; with its weekday, for what lies within the week.
    """
    bounds: list[Bound] = []
    if any(e.meaning.kind == "date" and e.meaning.at.year is not None for e in body.expressions):
        return bounds  # what follows a written year takes that year, and a text with years may tell of any
    for expression in body.expressions:
        meaning, at = expression.meaning, expression.meaning.at
        if meaning.kind != "date" or at.month is None or meaning.unit is not None or meaning.shift:
            continue
        if expression.tense != "past" or body.is_quoted(expression.span):
            continue
        said = expression.span.of(body.text)
        named = next((m for m in _WORD.finditer(said) if m[0].casefold() in words.weekdays), None)
        fits = []
        for year in range(first.year - 1, last.year + 1):
            days = type(at)(year=year, month=at.month, day=at.day).days()
            if days is None or (named is not None and days[0].isoweekday() != words.weekdays[named[0].casefold()]):
                continue
            latest = days_after(days[1], _WEEK if named is not None else _SINCE)
            if days[0] <= last and latest >= first:
                fits.append((days[0], latest))
        if len(fits) == 1:
            bounds.append(Bound(*fits[0], f"{said!r} is told as past without a year, and only {fits[0][0].year} fits the rest",
                                expression.span, SOFT))
    return bounds
