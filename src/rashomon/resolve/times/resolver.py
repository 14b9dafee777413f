"""Resolving time expressions: each against its own reference day, with a running reference through the text."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ...knowledge.calendar import Calendar
from ...knowledge.times import TimeWords
from ...records import Expression, Publication, TimeMention
from ...records.moment import Days, moment_of, shifted
from .anchors import known_event
from .answer import UNDETERMINED, Answer, Now, of_moment
from .history import is_history, told_years
from .lengths import counted_from
from .spans import duration_value
from .thread import Thread

# Words quoted without the day they were said on were said within so many days before the text appeared.
_SAID_WITHIN = 6


class Resolver:
    """Resolves the expressions of documents; holds the word lists and no state between calls.

    With a calendar, "two weeks after the fall of Aleppo" is counted from what is known of that event.
    """

    def __init__(self, words: TimeWords, calendar: Calendar | None = None) -> None:
        self._words = words
        self._calendar = calendar

    def resolve(self, expressions: Sequence[Expression], published: Publication, text: str = "") -> tuple[TimeMention, ...]:
        """One TimeMention for each expression, in order. The publication's interval is the body's reference day; `text` is what
        the expressions were found in, and only needed for events of the calendar."""
        now = _interval(published)
        history = is_history(expressions, now)
        body = Thread(self._words, now, history)
        captions: dict[int, Thread] = {}
        answers: list[Answer] = []
        asides, ahead = told_years(expressions)
        for index, expression in enumerate(expressions):
            thread = body
            if expression.region != "body":
                if expression.block not in captions:
                    block = [other for other in expressions if other.block == expression.block]
                    captions[expression.block] = Thread(self._words, _caption_day(block), False)
                thread = captions[expression.block]
            aside = index in asides or (expression.quoted and not history)
            answers.append(thread.answer(expression, aside, ahead[index]))
        if not history:
            self._resay(expressions, answers, now)
        for index, expression in enumerate(expressions):
            if expression.meaning.anchor == "event" and expression.meaning.event + expression.meaning.name not in ("", "nth"):
                answers[index] = self._from_event(expression, answers, text, now) or answers[index]
        return tuple(_mention(e, answer) for e, answer in zip(expressions, answers, strict=True))

    def _resay(self, expressions: Sequence[Expression], answers: list[Answer], now: Now | None) -> None:
        """Quoted words once more, seen from the day that they were said on.

        Without that day the value stays that of the publication, as TIMEX3 has it, and the interval is that of all days
        that they may have been said on.
        """
        threads: dict[Now, Thread] = {}
        for index, expression in enumerate(expressions):
            if not expression.quoted or expression.region != "body":
                continue
            day = _day_of(answers[expression.said]) if expression.said is not None else None
            if day is None and now is None:
                continue
            span = day or _before(now)
            assert span is not None
            if span not in threads:
                threads[span] = Thread(self._words, span, False)
            again = threads[span].answer(expression)
            if day is not None:
                answers[index] = again
            elif again.days is not None and answers[index].days is not None:
                answers[index] = answers[index]._replace(days=again.days, relative_to=again.relative_to)

    def _from_event(self, expression: Expression, answers: Sequence[Answer], text: str, now: Now | None) -> Answer | None:
        """The length with its days, or the day beside the event; None where nothing dates the event."""
        days: Days | None = None
        if expression.anchor is not None:
            days = _day_of(answers[expression.anchor])
        elif self._calendar is not None and text:
            days = known_event(expression, text, self._calendar, now[1] if now else None)
        if days is None:
            return None
        meaning = expression.meaning
        unit = meaning.unit or "day"
        relative = days[0].isoformat() if days[0] == days[1] else f"{days[0]}/{days[1]}"
        if meaning.kind == "duration":
            return Answer(duration_value(unit, meaning.count), None, counted_from(expression, days), relative_to=relative)
        first, last = shifted(days[0], unit, meaning.shift), shifted(days[1], unit, meaning.shift)
        if first is None or last is None:
            return None
        low, high = moment_of(first, unit), moment_of(last, unit)
        if low == high:
            return of_moment(low, expression.third, relative)
        whole, end = low.days(), high.days()
        return Answer(UNDETERMINED[unit], None, (whole[0], end[1]) if whole and end else None, relative_to=relative)


def _mention(expression: Expression, answer: Answer) -> TimeMention:
    first, last = answer.days if answer.days else (None, None)
    return TimeMention(
        span=expression.span, type=expression.type, value=answer.value,
        start=first.isoformat() if first else None, end=last.isoformat() if last else None,
        relative_to=answer.relative_to, vague=answer.vague,
    )


def _interval(published: Publication) -> Now | None:
    if not published.start or not published.end:
        return None
    try:
        return datetime.date.fromisoformat(published.start[:10]), datetime.date.fromisoformat(published.end[:10])
    except ValueError:
        return None


def _caption_day(block: Sequence[Expression]) -> Now | None:
    """The day that the caption's own full date gives; without one a picture may be of any time."""
    for expression in block:
        if expression.meaning.kind == "date":
            day = expression.meaning.at.date()
            if day is not None:
                return day, day
    return None


def _day_of(answer: Answer) -> Days | None:
    """The days that the answer covers, where both ends are known."""
    if answer.days is None or answer.days[0] is None or answer.days[1] is None:
        return None
    return answer.days[0], answer.days[1]


def _before(now: Now | None) -> Now | None:
    if now is None:
        return None
    first = shifted(now[0], "day", -_SAID_WITHIN)
    return (first or now[0], now[1])
