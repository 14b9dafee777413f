"""One line of telling: its reference day, and the moment last spoken of, by which the next expression may go."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import msgspec

from ...knowledge.times import TimeWords
from ...records import Expression, Meaning, Moment
from ...records.expression import MeaningKind
from ...records.moment import Unit, moment_of, shifted
from .answer import UNDETERMINED, UNKNOWN_DAY, Answer, Now, by_now, last_weekday, next_weekday, of_moment, step
from .clocks import ANY_DAY
from .feasts import Feast, feast_days, is_day, near_feast
from .hijri import hijri_days, widened
from .lengths import duration_answer, offset_answer, offset_untold
from .nearest import SEASON_START, nearest, nearest_season, nearest_weekend

_SIDELESS = ("duration", "set", "ref", "open")


class Thread:
    """Answers expressions in text order. `now` is the reference day (or the interval that it lies in), None where unknown;
    `history` says that a bare "in April" goes by the sentence before, not by `now`."""

    def __init__(self, words: TimeWords, now: Now | None, history: bool) -> None:
        self._words = words
        self.now = now
        self._history = history
        self._last: Moment | None = None
        # Whether the text told it, or it is only the day of publication.
        self._told = False
        # The day that the text itself spoke of last.
        self._spoken: Moment | None = None
        if now is not None and now[0] == now[1] and not history:
            self._last = moment_of(now[0])
        self._ahead: Moment | None = None
        self._by_kind: dict[MeaningKind, Callable[[Expression, Meaning], Answer]] = {
            "date": self._date, "weekday": self._weekday, "unit": self._unit, "offset": self._offset,
            "duration": self._duration, "set": self._set, "ref": self._ref, "feast": self._feast, "hijri": self._hijri,
            "open": self._open,
        }

    def answer(self, expression: Expression, aside: bool = False, ahead: Moment | None = None) -> Answer:
        """The answer for the next expression; moves the running reference on, unless it is an aside.

        `ahead` is the next explicit date of the text: a telling seldom runs past it.
        """
        self._ahead = ahead
        meaning = expression.meaning
        found = self._by_kind[meaning.kind](expression, meaning)
        if found.moment is not None and not aside and meaning.kind not in _SIDELESS:
            moment = found.moment
            if moment.month is None and moment.part == "" and self._last is not None and moment.year == self._last.year and (
                meaning.kind == "unit"
            ):
                return found
            if moment.year is not None or self._last is None:
                self._last, self._told = moment, True
                if moment.day is not None:
                    self._spoken = moment
        return found

    # ---- one method for each kind of meaning

    def _date(self, expression: Expression, meaning: Meaning) -> Answer:
        at = meaning.at
        if at.year is not None or at.decade is not None or at.century is not None:
            if at.month is not None and at.day is not None and at.year is not None and at.year > 0 and at.date() is None:
                return of_moment(Moment(year=at.year, month=at.month), expression.third)
            return _week_of(meaning, of_moment(at, expression.third))
        if meaning.unit == "year":
            return self._in_relative_year(expression, meaning)
        if meaning.name == "of month":
            return self._in_relative_month(meaning)
        if self._history or (self.now is None and self._last is not None and self._last.year is not None):
            return self._date_after_last(expression, meaning)
        if meaning.unit == "quarter" or at.part:
            found = by_now(self.now, lambda day: nearest_season(day, at, meaning, expression), at.value, expression.third)
            return self._on_side(found, meaning)
        return _week_of(meaning, by_now(self.now, lambda day: nearest(day, at, meaning, expression), at.value, expression.third))

    def _in_relative_month(self, meaning: Meaning) -> Answer:
        """ "The 17th of last month"."""
        at = meaning.at
        if meaning.anchor == "reference" or self._history:
            base = step(self._last, "month", meaning.shift) if self._last is not None else None
            return Answer(at.value) if base is None else of_moment(msgspec.structs.replace(base, day=at.day))

        def find(day: datetime.date) -> Moment | None:
            moved = shifted(day, "month", meaning.shift)
            return None if moved is None else Moment(year=moved.year, month=moved.month, day=at.day)

        return by_now(self.now, find, at.value)

    def _in_relative_year(self, expression: Expression, meaning: Meaning) -> Answer:
        at = meaning.at
        if meaning.anchor == "reference" or self._history:
            base = self._last.year if self._last is not None else None
            if base is None:
                return Answer(at.value)
            return of_moment(msgspec.structs.replace(at, year=base + meaning.shift), expression.third)
        return by_now(self.now, lambda day: msgspec.structs.replace(at, year=day.year + meaning.shift), at.value,
                      expression.third)

    def _date_after_last(self, expression: Expression, meaning: Meaning) -> Answer:
        """A date without a year in a text told as history: the year of the sentence before, or the next one."""
        at, last = meaning.at, self._last
        if last is None or last.year is None:
            return Answer(at.value)
        year = last.year
        if at.month is None and not at.part:
            return of_moment(msgspec.structs.replace(at, year=year, month=last.month)) if last.month else Answer(at.value)
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
        return of_moment(msgspec.structs.replace(at, year=year), expression.third, last.value)

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

        def find(day: datetime.date) -> Moment | None:
            if meaning.name == "week on":
                there = shifted(next_weekday(day, weekday, strictly=True), "week", 1)
            elif meaning.unit == "week":
                there = shifted(day, "day", weekday - day.isoweekday() + 7 * meaning.shift)
            elif forward:
                there = next_weekday(day, weekday, meaning.shift != 0)
            else:
                there = last_weekday(day, weekday, meaning.shift != 0)
            return None if there is None else moment_of(there, clock=meaning.at.clock)

        if meaning.anchor == "reference" or self._history:
            last = self._last.date() if self._last is not None else None
            return Answer(unknown) if last is None else by_now((last, last), find, unknown)
        found = by_now(self.now, find, unknown)
        return found if found.moment is not None else found._replace(value=unknown)

    def _unit(self, expression: Expression, meaning: Meaning) -> Answer:
        unit: Unit = meaning.unit or "day"
        clock = meaning.at.clock
        undetermined = UNDETERMINED[unit] + clock
        if meaning.name == ANY_DAY:
            return self._clock(clock)
        if meaning.name == "ever" or (meaning.name == "overnight" and self._history):
            return Answer(undetermined)
        if meaning.name in ("today", "tonight") and self._history:
            return Answer("PRESENT_REF", vague=True) if not clock else Answer(undetermined)
        if meaning.name == "current" and unit == "day":
            return Answer("PRESENT_REF", vague=True)
        if meaning.name == "beside":
            return Answer(undetermined)
        following = meaning.name == "the next" and expression.tense == "past" and self._spoken is not None
        if meaning.name == "overnight" or (meaning.anchor == "now" and not self._history and not following):
            return self._from_now(expression, meaning, unit, undetermined)
        if self._last is None or not (self._told or meaning.name == "the"):
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

    def _from_now(self, expression: Expression, meaning: Meaning, unit: Unit, undetermined: str) -> Answer:
        def find(day: datetime.date) -> Moment | None:
            if meaning.name == "the weekend":
                return nearest_weekend(day, expression.tense)
            moved = shifted(day, unit, meaning.shift)
            return None if moved is None else moment_of(moved, unit, meaning.at.clock)

        found = by_now(self.now, find, undetermined, expression.third)
        if meaning.name == "overnight" and found.days is not None and self.now is not None:
            return found._replace(days=(found.days[0], self.now[1]))
        return self._on_side(found, meaning)

    def _on_side(self, found: Answer, meaning: Meaning) -> Answer:
        """ "Earlier this year" ends today, "later this year" begins."""
        first, last = found.days or (None, None)
        if first is None or last is None or self.now is None or not meaning.side:
            return found
        if meaning.side == "earlier" and first <= self.now[1] <= last:
            return found._replace(days=(first, self.now[1]))
        if meaning.side == "later" and first <= self.now[0] <= last:
            return found._replace(days=(self.now[0], last))
        return found

    def _clock(self, clock: str) -> Answer:
        """A clock time or part of the day, on the day that the text spoke of last; without one, of no day."""
        if self._spoken is None:
            return Answer(clock if clock[1:2].isdigit() else UNKNOWN_DAY + clock)
        return of_moment(msgspec.structs.replace(self._spoken, clock=clock), "", self._spoken.value[:10])

    def _inside_last(self, unit: Unit, clock: str) -> Answer:
        """A unit smaller than what was last spoken of: known only to lie in that."""
        last = self._last
        if last is not None and last.day is not None and unit in ("day", "week", "weekend"):
            return Answer(UNDETERMINED[unit] + clock)  # "on the second day": of what began then
        if last is None or last.year is None or unit in ("year", "decade", "century"):
            return Answer(UNDETERMINED[unit] + clock)
        era = "BC" if last.year < 0 else ""
        year = f"{era}{abs(last.year):04d}"
        if unit in ("week", "weekend"):
            return Answer(f"{year}-WXX", None, last.days(), relative_to=last.value)
        month = "XX" if last.month is None else f"{last.month:02d}"
        value = f"{year}-{month}" if unit == "month" else f"{year}-{month}-XX{clock}"
        return Answer(value, None, last.days(), relative_to=last.value)

    def _offset(self, expression: Expression, meaning: Meaning) -> Answer:
        last = self._spoken if self._spoken is not None and meaning.unit in ("minute", "hour", "second") else self._last
        if meaning.anchor == "reference" and not self._told:
            return offset_untold(expression, self.now if not self._history else None)
        found = offset_answer(expression, self.now, last, self._history)
        return self._inside_last(meaning.unit or "day", "") if found is None else found

    def _duration(self, expression: Expression, meaning: Meaning) -> Answer:
        return duration_answer(expression, self.now if not self._history else None)

    def _set(self, expression: Expression, meaning: Meaning) -> Answer:
        return Answer(meaning.name)

    def _ref(self, expression: Expression, meaning: Meaning) -> Answer:
        if self._history or self.now is None:
            return Answer(meaning.name, vague=True)
        first, last = self.now
        if meaning.name == "PAST_REF":
            return Answer(meaning.name, None, (None, last), vague=True)
        return Answer(meaning.name, None, (first, last if meaning.name == "PRESENT_REF" else None), vague=True)

    def _open(self, expression: Expression, meaning: Meaning) -> Answer:
        return Answer("", vague=True)

    def _feast(self, expression: Expression, meaning: Meaning) -> Answer:
        year = meaning.at.year
        if year is None and self._history and self._last is not None:
            year = self._last.year
        if year is not None:
            return self._feast_answer(feast_days(self._words, meaning.name, year), meaning, expression)
        if self.now is None:
            return Answer(UNKNOWN_DAY)
        if meaning.event.endswith("year's"):
            feasts = [feast_days(self._words, meaning.name, day.year + meaning.shift) for day in self.now]
        else:
            before = expression.lead in ("by", "before", "until", "till") and expression.tense == "present"
            ahead = expression.tense == "future" or before or (meaning.event == "this" and expression.tense != "past")
            feasts = [near_feast(self._words, day, meaning.name, ahead, meaning.shift) for day in self.now]
        return self._feast_answer(feasts[0] if feasts[0] == feasts[1] else None, meaning, expression)

    def _feast_answer(self, feast: Feast | None, meaning: Meaning, expression: Expression) -> Answer:
        if feast is None:
            return Answer(UNKNOWN_DAY)
        nth = None if meaning.count is None else int(meaning.count)
        first, last = feast.narrowed(nth).days
        if not feast.sure:
            return Answer(f"{first.year:04d}-XX-XX", None, (first, last))
        if first == last:
            return of_moment(moment_of(first))
        if is_day(self._words, meaning.name):
            # The value is that of its day; what happens "during Eid" may happen on any of its days.
            return Answer(first.isoformat(), None, (first, last))
        return Answer(f"{first}/{last}", None, _part_of(first, last, expression))

    def _hijri(self, expression: Expression, meaning: Meaning) -> Answer:
        at = meaning.at
        days = hijri_days(at.year or 1, at.month or 1, at.day)
        if days is None:
            return Answer(UNKNOWN_DAY)
        first, last = widened(days)
        return Answer(f"{days[0].year:04d}-XX-XX", None, (first, last))


def _part_of(first: datetime.date, last: datetime.date, expression: Expression) -> Now:
    length = -(-((last - first).days + 1) // 3)
    if expression.third == "START":
        return first, first + datetime.timedelta(days=length - 1)
    if expression.third == "END":
        return last - datetime.timedelta(days=length - 1), last
    if expression.third == "MID":
        return first + datetime.timedelta(days=length), last - datetime.timedelta(days=length)
    return first, last


def _week_of(meaning: Meaning, found: Answer) -> Answer:
    """ "The week of 14 July": the week that holds the day; "the last week of July": its last seven days, the value is that of the
    calendar week that holds most of them."""
    if meaning.name == "week of month" and found.moment is not None and meaning.count is not None:
        month = found.moment.days()
        if month is not None:
            first = month[0] + datetime.timedelta(days=7 * (int(meaning.count) - 1))
            if meaning.count < 0:
                first = month[1] - datetime.timedelta(days=6)
            last = min(month[1], first + datetime.timedelta(days=6))
            week = moment_of(first + datetime.timedelta(days=3), "week")
            return found._replace(value=week.value, days=(first, last))
    day = found.moment.date() if found.moment is not None and meaning.name == "week of" else None
    return found if day is None else of_moment(moment_of(day, "week"), "", found.relative_to)
