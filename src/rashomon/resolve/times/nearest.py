"""Which month, day or season without a year is meant, seen from a reference day."""

from __future__ import annotations

import datetime

import msgspec

from ...records import Expression, Meaning, Moment
from ...records.expression import Tense
from ...records.moment import moment_of, shifted

SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
_BEFORE = ("by", "before", "until", "till")


def nearest(day: datetime.date, at: Moment, meaning: Meaning, expression: Expression) -> Moment | None:
    """The month (and day) without a year that lies nearest the reference in the direction of the tense."""
    if at.month is None and at.day is not None:
        return _nearest_day(day, at.day, expression)
    month = at.month or 1
    number = (month, at.day) if at.day is not None else (month,)
    here = (day.month, day.day)[: len(number)]
    if meaning.unit == "month" and meaning.shift:
        year = day.year + (1 if meaning.shift > 0 and number <= here else 0) - (
            1 if meaning.shift < 0 and number >= here else 0)
    elif expression.tense == "future" or (expression.lead in ("by", "until") and expression.tense != "past"):
        year = day.year + (number < here)
    elif meaning.unit == "month":
        year = day.year
    elif expression.tense == "past" or expression.lead in ("since", "of"):
        year = day.year - (number > here)
    else:
        # Nothing says on which side it lies: the nearer one.
        distance = month + (at.day or 15) / 31 - day.month - day.day / 31
        year = day.year + (distance < -6) - (distance > 6)
    found = msgspec.structs.replace(at, year=year)
    if at.day is not None and found.date() is None:
        return None
    return found


def nearest_season(day: datetime.date, at: Moment, meaning: Meaning, expression: Expression) -> Moment:
    """The season named: the last one begun (or, for "last", ended), or the next, by its modifier and tense."""
    start = SEASON_START.get(at.part, 1)
    year = day.year
    ahead = expression.tense == "future" or (expression.tense == "present" and expression.lead in _BEFORE)
    if meaning.shift > 0 or (meaning.unit != "quarter" and ahead):
        year += day.month >= start
    elif meaning.shift < 0:
        # "last summer" said in November is the one just over; said in July, that of the year before.
        year -= day.month < start + 3 if at.part != "WI" else 1
    elif day.month < start and not (meaning.unit == "quarter" and at.part != "WI"):
        year -= 1
    return msgspec.structs.replace(at, year=year)


def _nearest_day(day: datetime.date, number: int, expression: Expression) -> Moment | None:
    """ "On the 17th": the last such day or, told of what is to come, the next."""
    ahead = expression.tense == "future" or (expression.tense == "present" and expression.lead in ("by", "until", "till", "on"))
    for away in range(3):
        total = day.year * 12 + day.month - 1 + (away if ahead else -away)
        found = Moment(year=total // 12, month=total % 12 + 1, day=number)
        there = found.date()
        if there is not None and (there >= day if ahead else there <= day):
            return found
    return None


def nearest_weekend(day: datetime.date, tense: Tense) -> Moment | None:
    """ "The weekend": the last one begun or, ahead, the one that is to end next."""
    to_saturday = 6 - day.isoweekday()
    away = to_saturday if tense == "future" or to_saturday <= 0 else to_saturday - 7
    saturday = shifted(day, "day", away)
    return None if saturday is None else moment_of(saturday, "weekend")
