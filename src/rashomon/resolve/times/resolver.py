"""Resolving time expressions: each against its own reference day, with a running reference through the text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import msgspec

from ...knowledge.times import TimeWords
from ...records import Expression, Meaning, Moment, Publication, TimeMention
from ...records.expression import MeaningKind
from ...records.moment import Days, Unit, moment_of, shifted
from .answer import Answer, Now, by_now, last_weekday, next_weekday, of_moment, step
from .feasts import feast_days, near_feast
from .history import is_history, told_years
from .nearest import SEASON_START, nearest, nearest_season
from .spans import duration_value

_UNKNOWN_DAY = "XXXX-XX-XX"
_UNDETERMINED: dict[Unit, str] = {
    "day": _UNKNOWN_DAY, "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX",
}


class Resolver:
    """Resolves the expressions of documents; holds the word lists and no state between calls."""

    def __init__(self, words: TimeWords) -> None:
        self._words = words

    def resolve(self, expressions: Sequence[Expression], published: Publication) -> tuple[TimeMention, ...]:
        """One TimeMention for each expression, in order. The publication's interval is the body's reference day."""
        now = _interval(published)
        body = _Thread(self._words, now, is_history(expressions, now))
        captions: dict[int, _Thread] = {}
        mentions = []
        asides, ahead = told_years(expressions)
        for index, expression in enumerate(expressions):
            thread = body
            if expression.region != "body":
                if expression.block not in captions:
                    block = [other for other in expressions if other.block == expression.block]
                    captions[expression.block] = _Thread(self._words, _caption_day(block), False)
                thread = captions[expression.block]
            mentions.append(_mention(expression, thread.answer(expression, index in asides, ahead[index])))
        return tuple(mentions)


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


class _Thread:
    """One line of telling with its reference day and the moment last spoken of."""

    def __init__(self, words: TimeWords, now: Now | None, history: bool) -> None:
        self._words = words
        self._now = now
        self._history = history
        self._last: Moment | None = None
        if now is not None and now[0] == now[1] and not history:
            self._last = moment_of(now[0])
        self._ahead: Moment | None = None
        self._by_kind: dict[MeaningKind, Callable[[Expression, Meaning], Answer]] = {
            "date": self._date, "weekday": self._weekday, "unit": self._unit, "offset": self._offset,
            "duration": self._duration, "set": self._set, "ref": self._ref, "feast": self._feast, "open": self._open,
        }

    def answer(self, expression: Expression, aside: bool = False, ahead: Moment | None = None) -> Answer:
        """The answer for the next expression in text order; moves the running reference on, unless it is an aside.

        `ahead` is the next explicit date of the text: a telling seldom runs past it.
        """
        self._ahead = ahead
        meaning = expression.meaning
        found = self._by_kind[meaning.kind](expression, meaning)
        if found.moment is not None and not aside and meaning.kind not in ("duration", "set", "ref", "open"):
            moment = found.moment
            if moment.month is None and moment.part == "" and self._last is not None and moment.year == self._last.year and (
                meaning.kind == "unit"
            ):
                return found
            if moment.year is not None or self._last is None:
                self._last = moment
        return found

    # ---- one method for each kind of meaning

    def _date(self, expression: Expression, meaning: Meaning) -> Answer:
        at = meaning.at
        if at.year is not None or at.decade is not None or at.century is not None:
            if at.month is not None and at.day is not None and at.year is not None and at.year > 0 and at.date() is None:
                return of_moment(Moment(year=at.year, month=at.month), expression.third)
            return of_moment(at, expression.third)
        if meaning.unit == "year":
            return self._in_relative_year(expression, meaning)
        if self._history or (self._now is None and self._last is not None and self._last.year is not None):
            return self._date_after_last(expression, meaning)
        if meaning.unit == "quarter" or at.part:
            return by_now(self._now, lambda day: nearest_season(day, at, meaning, expression), at.value, expression.third)
        return by_now(self._now, lambda day: nearest(day, at, meaning, expression), at.value, expression.third)

    def _in_relative_year(self, expression: Expression, meaning: Meaning) -> Answer:
        at = meaning.at
        if meaning.anchor == "reference" or self._history:
            base = self._last.year if self._last is not None else None
            if base is None:
                return Answer(at.value)
            return of_moment(msgspec.structs.replace(at, year=base + meaning.shift), expression.third)
        return by_now(self._now, lambda day: msgspec.structs.replace(at, year=day.year + meaning.shift), at.value,
                      expression.third)

    def _date_after_last(self, expression: Expression, meaning: Meaning) -> Answer:
        """A date without a year in a text told as history: the year of the sentence before, or the next one."""
        at, last = meaning.at, self._last
        if last is None or last.year is None:
            return Answer(at.value)
        year = last.year
        before = last.month or (SEASON_START.get(last.part, 0) if last.part else 0)
        month = at.month or SEASON_START.get(at.part, 0)
        if meaning.unit == "quarter":
            year += meaning.shift if meaning.shift > 0 or (before and month >= before) else 0
        elif before and month:
            if at.part == "WI":
                year += before >= 9
            elif not self._history:
                # Nothing but the text dates it: the first such month after the one last spoken of.
                year += month < before
            elif month < before and before - month >= 7 and not self._past_ahead(year + 1, month):
                year += 1
            elif month - before >= 6 and self._past_ahead(year, month):
                year -= 1
        relative = last.value
        return of_moment(msgspec.structs.replace(at, year=year), expression.third, relative)

    def _past_ahead(self, year: int, month: int) -> bool:
        """True when that month lies after the next explicit date, where that is not far off."""
        ahead = self._ahead
        if ahead is None or ahead.year is None or not 0 <= year - ahead.year <= 1:
            return False
        return (year, month) > (ahead.year, ahead.month or SEASON_START.get(ahead.part, 12))

    def _weekday(self, expression: Expression, meaning: Meaning) -> Answer:
        weekday = meaning.weekday or 1
        unknown = f"XXXX-WXX-{weekday}{meaning.at.clock}"
        # "The talks resume on Friday": a weekday told in the present tense lies ahead.
        ahead = expression.tense in ("future", "present") and expression.lead != "since"
        forward = meaning.shift > 0 or (not meaning.shift and ahead)

        def find(day: datetime.date) -> Moment:
            strictly = meaning.shift != 0
            there = next_weekday(day, weekday, strictly) if forward else last_weekday(day, weekday, strictly)
            return moment_of(there, clock=meaning.at.clock)

        if meaning.anchor == "reference" or self._history:
            last = self._last.date() if self._last is not None else None
            return Answer(unknown) if last is None else by_now((last, last), find, unknown)
        found = by_now(self._now, find, unknown)
        return found if found.moment is not None else found._replace(value=unknown)

    def _unit(self, expression: Expression, meaning: Meaning) -> Answer:
        unit: Unit = meaning.unit or "day"
        clock = meaning.at.clock
        undetermined = _UNDETERMINED[unit] + clock
        if meaning.name in ("today", "tonight") and self._history:
            return Answer("PRESENT_REF", vague=True) if not clock else Answer(undetermined)
        if meaning.name == "any" and not (clock.startswith("T") and clock[1:2].isdigit()):
            return Answer(undetermined)
        if meaning.name == "current" and unit == "day":
            return Answer("PRESENT_REF", vague=True)
        if meaning.anchor == "now" and not self._history:
            def find(day: datetime.date) -> Moment | None:
                moved = shifted(day, unit, meaning.shift)
                return None if moved is None else moment_of(moved, unit, clock)

            return by_now(self._now, find, undetermined, expression.third)
        if self._last is None:
            return Answer(undetermined)
        relative = self._last.value
        if meaning.anchor == "event":
            return self._inside_last(unit, clock)
        moment = step(self._last, unit, meaning.shift)
        if moment is None:
            return self._inside_last(unit, clock)
        if clock:
            moment = msgspec.structs.replace(moment, clock=clock)
        return of_moment(moment, expression.third, relative)

    def _inside_last(self, unit: Unit, clock: str) -> Answer:
        """A unit smaller than what was last spoken of: known only to lie in that."""
        last = self._last
        if last is None or last.year is None or unit in ("year", "decade", "century"):
            return Answer(_UNDETERMINED[unit] + clock)
        era = "BC" if last.year < 0 else ""
        year = f"{era}{abs(last.year):04d}"
        if unit in ("week", "weekend"):
            return Answer(f"{year}-WXX", None, last.days(), relative_to=last.value)
        month = "XX" if last.month is None else f"{last.month:02d}"
        value = f"{year}-{month}" if unit == "month" else f"{year}-{month}-XX{clock}"
        return Answer(value, None, last.days(), relative_to=last.value)

    def _offset(self, expression: Expression, meaning: Meaning) -> Answer:
        unit: Unit = meaning.unit or "day"
        vague = Answer("PAST_REF" if meaning.shift < 0 else "FUTURE_REF", vague=True)
        if unit in ("second", "minute", "hour"):
            return Answer(duration_value(unit, meaning.count))
        if meaning.count is None:
            return vague
        move = meaning.shift * meaning.count

        def find(day: datetime.date) -> Moment | None:
            moved = shifted(day, unit, move)
            return None if moved is None else moment_of(moved, unit)

        if meaning.anchor == "now" and not self._history:
            return by_now(self._now, find, _UNDETERMINED[unit])
        last = self._last
        if last is None or (not self._history and meaning.name in ("after", "before", "on")):
            return Answer(duration_value(unit, meaning.count))
        if move == int(move):
            moment = step(last, unit, int(move))
            if moment is not None:
                return of_moment(moment, relative_to=last.value)
        day = last.date()
        return self._inside_last(unit, "") if day is None else by_now((day, day), find, _UNDETERMINED[unit])

    def _duration(self, expression: Expression, meaning: Meaning) -> Answer:
        unit: Unit = meaning.unit or "day"
        value = duration_value(unit, meaning.count)
        if meaning.name == "time":
            return Answer(value, vague=True)
        days = self._stretch(unit, meaning) if not self._history else None
        return Answer(value, None, days)

    def _stretch(self, unit: Unit, meaning: Meaning) -> Days | None:
        """The days of "the past three weeks" or "for 17 days now", which end (or begin) at the reference day."""
        if self._now is None or meaning.count is None or not (meaning.shift or meaning.ongoing):
            return None
        if meaning.anchor == "reference":
            return None
        if meaning.shift > 0:
            end = shifted(self._now[1], unit, meaning.count)
            return (self._now[0], end) if end else None
        start = shifted(self._now[0], unit, -meaning.count)
        return (start, self._now[1]) if start else None

    def _set(self, expression: Expression, meaning: Meaning) -> Answer:
        return Answer(meaning.name)

    def _ref(self, expression: Expression, meaning: Meaning) -> Answer:
        days = self._now if meaning.name == "PRESENT_REF" and not self._history else None
        return Answer(meaning.name, None, days, vague=True)

    def _open(self, expression: Expression, meaning: Meaning) -> Answer:
        return Answer("", vague=True)

    def _feast(self, expression: Expression, meaning: Meaning) -> Answer:
        year = meaning.at.year
        if year is None and self._history and self._last is not None:
            year = self._last.year
        if year is not None:
            days = feast_days(self._words, meaning.name, year)
            return self._feast_answer(days, meaning.name)
        if self._now is None:
            return Answer("XXXX-XX-XX")
        ahead = expression.tense == "future"
        chosen = [near_feast(self._words, day, meaning.name, ahead) for day in self._now]
        return self._feast_answer(chosen[0], meaning.name) if chosen[0] == chosen[1] else Answer("XXXX-XX-XX")

    def _feast_answer(self, days: Days | None, name: str) -> Answer:
        if days is None:
            return Answer("XXXX-XX-XX")
        if name in self._words.feasts or name in self._words.easter_words:
            return of_moment(moment_of(days[0]))
        return Answer(f"{days[0].year:04d}-XX-XX", None, days)
