"""On which days a feast falls."""

from __future__ import annotations

import calendar as _calendar
import datetime
from typing import NamedTuple

from ...knowledge.times import TimeWords
from ...records.moment import Days, make_date
from .answer import easter, orthodox_easter
from .hijri import hijri_days, hijri_in, widened

# The two Eids share a name: the one meant is the one that lies within so many days.
_NEAR = datetime.timedelta(days=32)
# Years written below this are of the Hijri calendar.
_GREGORIAN = 1600
_FITR, _ADHA = datetime.timedelta(days=2), datetime.timedelta(days=3)


class Feast(NamedTuple):
    """First and last day. `sure` is False where the days were computed and may be a day off; `days` then hold that slack."""

    days: Days
    sure: bool = True

    def narrowed(self, nth: int | None) -> Feast:
        """Its `nth` day (0: the eve, -1: the last)."""
        if nth is None:
            return self
        slack = datetime.timedelta(days=0 if self.sure else 1)
        first, last = self.days[0] + slack, self.days[1] - slack
        day = last if nth < 0 else first + datetime.timedelta(days=nth - 1)
        return Feast((day - slack, day + slack), self.sure)


def near_feast(words: TimeWords, day: datetime.date, name: str, ahead: bool, shift: int = 0) -> Feast | None:
    """The feast last begun by that day or, `ahead`, the next one to end; with `shift` -1 the last that is over, +1 the next to
    begin."""
    if name in words.eid_words:
        return _either_eid(words, day)
    years = (day.year, day.year + 1) if ahead or shift > 0 else (day.year, day.year - 1)
    for year in years:
        feast = feast_days(words, name, year)
        if feast is None:
            continue
        first, last = feast.days
        if shift < 0:
            fits = last < day
        elif shift > 0:
            fits = first > day
        else:
            fits = last >= day if ahead else first <= day
        if fits:
            return feast
    return None


def feast_days(words: TimeWords, name: str, year: int) -> Feast | None:
    """The feast in that year (a year before 1600 is one of the Hijri calendar); None where it is not known."""
    day: datetime.date | None = None
    if name in words.feasts:
        day = make_date(year, *words.feasts[name])
    elif name in words.nth_weekdays:
        day = _nth_weekday(year, *words.nth_weekdays[name])
    elif name in words.from_easter:
        sunday = easter(year)
        day = sunday + datetime.timedelta(days=words.from_easter[name]) if sunday else None
    elif name in words.orthodox_easter_words:
        day = orthodox_easter(year)
    else:
        return _hijri_feast(words, name, year)
    return Feast((day, day)) if day else None


def is_day(words: TimeWords, name: str) -> bool:
    """True for a feast of one day whose TIMEX3 value is that day, though it may be kept for several (the Eids)."""
    return name not in words.ramadan_words


def _hijri_feast(words: TimeWords, name: str, year: int) -> Feast | None:
    if name in words.hijri_feasts:
        month, day = words.hijri_feasts[name]
        days = hijri_days(year, month, day) if year < _GREGORIAN else hijri_in(year, month, day)
        return Feast(widened(days), False) if days else None
    if year < _GREGORIAN:
        month = 12 if name in words.eid_al_adha_words else 9
        begun = hijri_days(year, month)
        # Where the month runs from one year into the next, the table goes by the year in which it began.
        return _hijri_feast(words, name, begun[0].year) if begun else None
    if name in words.ramadan_words:
        known = words.ramadan.get(year)
        return Feast(known) if known else _computed(hijri_in(year, 9))
    if name in words.eid_al_fitr_words:
        known = words.ramadan.get(year)
        if known:
            return Feast((known[1] + datetime.timedelta(days=1), known[1] + datetime.timedelta(days=1) + _FITR))
        first = hijri_in(year, 10, 1)
        return _computed((first[0], first[0] + _FITR) if first else None)
    if name in words.eid_al_adha_words:
        day_of = words.eid_al_adha.get(year)
        if day_of:
            return Feast((day_of, day_of + _ADHA))
        first = hijri_in(year, 12, 10)
        return _computed((first[0], first[0] + _ADHA) if first else None)
    return None


def _computed(days: Days | None) -> Feast | None:
    return Feast(widened(days), False) if days else None


def _either_eid(words: TimeWords, day: datetime.date) -> Feast | None:
    near = []
    for name in (words.eid_al_fitr_words[0], words.eid_al_adha_words[0]):
        for year in (day.year - 1, day.year, day.year + 1):
            feast = feast_days(words, name, year)
            if feast is not None and feast.days[0] - _NEAR <= day <= feast.days[1] + _NEAR:
                near.append(feast)
    return near[0] if len(near) == 1 else None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> datetime.date | None:
    if not 1 <= year <= 9998:
        return None
    first = _calendar.weekday(year, month, 1) + 1
    return make_date(year, month, 1 + (weekday - first) % 7 + 7 * (nth - 1))
