"""Lengths of time, and the points that lie a length away: "two days later", "the past three weeks", "18 months from 1 July"."""

from __future__ import annotations

import datetime
import math

from ...records import Expression, Moment
from ...records.moment import Days, Unit, moment_of, shifted
from .answer import UNDETERMINED, UNKNOWN_DAY, Answer, HalfOpen, Now, by_now, step
from .spans import duration_value

_INSIDE_A_DAY = ("second", "minute", "hour")


def offset_answer(expression: Expression, now: Now | None, last: Moment | None, history: bool) -> Answer | None:
    """So many units before or after the reference. None: somewhere inside the moment last spoken of."""
    meaning = expression.meaning
    unit: Unit = meaning.unit or "day"
    count = meaning.count
    if unit in _INSIDE_A_DAY:
        return _inside_a_day(expression, now, last, history)
    if count is None:
        return _vague(expression, now, history)
    move = meaning.shift * count
    # A decade ago is a year, told from one day; in a history it is a decade.
    grain: Unit = "year" if unit in ("decade", "century") and not history else unit
    if meaning.name == "ago today":
        grain = "day"

    def find(day: datetime.date) -> Moment | None:
        moved = shifted(day, unit, move)
        return None if moved is None else moment_of(moved, grain)

    if meaning.anchor == "now" and not history:
        return _bounded(by_now(now, find, UNDETERMINED[grain]), expression, now)
    if last is None:
        return Answer(duration_value(unit, count))
    if move == int(move):
        moment = step(last, unit, int(move))
        if moment is not None:
            return Answer(moment.value, moment, moment.days(), relative_to=last.value)
    day = last.date()
    return None if day is None else by_now((day, day), find, UNDETERMINED[grain])


def offset_untold(expression: Expression, now: Now | None) -> Answer:
    """ "Two days earlier", where the text has told no day to count from: only that what is told is no later than its report."""
    meaning = expression.meaning
    unit: Unit = meaning.unit or "day"
    if meaning.count is None:
        return _vague(expression, now, history=now is None)
    if unit in _INSIDE_A_DAY:
        return Answer(duration_value(unit, meaning.count))
    days: HalfOpen | None = None
    if now is not None and expression.tense == "past":
        last = shifted(now[1], unit, min(0.0, meaning.shift * meaning.count))
        days = (None, last) if last is not None else None
    return Answer(UNDETERMINED[unit], None, days)


def _vague(expression: Expression, now: Now | None, history: bool) -> Answer:
    if expression.meaning.shift < 0:
        days: HalfOpen | None = (None, now[1]) if now is not None and not history and expression.meaning.anchor == "now" else None
        return Answer("PAST_REF", None, days, vague=True)
    return Answer("FUTURE_REF", vague=True)


def _bounded(found: Answer, expression: Expression, now: Now | None) -> Answer:
    """ "More than a decade ago" is open towards the past; "less than a week ago" ends today."""
    meaning = expression.meaning
    if now is None or found.days is None or meaning.count is None or expression.bounded not in ("more", "less"):
        return found
    unit = meaning.unit or "day"
    near, far = shifted(now[1], unit, meaning.shift * meaning.count), shifted(now[0], unit, meaning.shift * meaning.count)
    if near is None or far is None:
        return found
    if meaning.shift < 0:
        days: HalfOpen = (None, near) if expression.bounded == "more" else (far, now[1])
    else:
        days = (far, None) if expression.bounded == "more" else (now[0], near)
    return found._replace(days=days)


def _inside_a_day(expression: Expression, now: Now | None, last: Moment | None, history: bool) -> Answer:
    meaning = expression.meaning
    unit: Unit = meaning.unit or "hour"
    length = Answer(duration_value(unit, meaning.count))
    if meaning.count is None:
        return _vague(expression, now, history)
    minutes = meaning.shift * meaning.count * {"hour": 60, "minute": 1}.get(unit, 0)
    from_now = meaning.anchor == "now" and not history
    if minutes and minutes % 1440 == 0:
        days = round(minutes / 1440)
        if from_now:
            return by_now(now, lambda day: moment_of(day + datetime.timedelta(days=days)), UNKNOWN_DAY)
        moment = step(last, "day", days) if last is not None else None
        return length if moment is None or last is None else Answer(moment.value, moment, moment.days(), relative_to=last.value)
    if from_now or last is None:
        return length
    return _clock_moved(last, minutes) or length


def _clock_moved(last: Moment, minutes: float) -> Answer | None:
    """The clock time that lies so many minutes from a clock time."""
    day, clock = last.date(), last.clock
    if day is None or not minutes or len(clock) < 6 or not clock[1:3].isdigit() or not clock[4:6].isdigit():
        return None
    at = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(
        hours=int(clock[1:3]), minutes=int(clock[4:6]) + minutes
    )
    moment = Moment(year=at.year, month=at.month, day=at.day, clock=f"T{at.hour:02d}:{at.minute:02d}{clock[6:]}")
    return Answer(moment.value, moment, moment.days(), relative_to=last.value)


def duration_answer(expression: Expression, now: Now | None) -> Answer:
    """A length; its days where it ends or begins at the reference day ("the past three weeks", "17 days now")."""
    meaning = expression.meaning
    unit: Unit = meaning.unit or "day"
    value = duration_value(unit, meaning.count)
    if meaning.name == "time":
        return Answer(value, vague=True)
    if now is None or meaning.anchor != "now" or not (meaning.shift or meaning.ongoing) or expression.bounded:
        return Answer(value)
    if meaning.count is None:
        return Answer(value, None, (now[0], None) if meaning.shift > 0 else (None, now[1]))
    if meaning.shift > 0:
        end = away(now[1], unit, meaning.count)
        return Answer(value, None, (now[0], end) if end else None)
    start = away(now[0], unit, -meaning.count)
    return Answer(value, None, (start, now[1]) if start else None)


def away(day: datetime.date, unit: Unit, count: float) -> datetime.date | None:
    """The day that lies the length away; a part of a day reaches into the next."""
    if unit in _INSIDE_A_DAY:
        hours = abs(count) / {"hour": 1, "minute": 60}.get(unit, 3600)
        days = math.ceil(hours / 24)
        return shifted(day, "day", days if count > 0 else -days)
    return shifted(day, unit, count)


def counted_from(expression: Expression, anchor: Days) -> HalfOpen | None:
    """The days of a length that is counted from an event: the stretch from it ("18 months from 1 July"), or the point that lies
    the length before or after it ("two days after the truce"), at the grain of the unit."""
    meaning = expression.meaning
    unit: Unit = meaning.unit or "day"
    if meaning.count is None:
        return (anchor[0], None) if meaning.shift > 0 else (None, anchor[1])
    first = away(anchor[0], unit, meaning.shift * meaning.count)
    last = away(anchor[1], unit, meaning.shift * meaning.count)
    if first is None or last is None:
        return None
    if meaning.name == "from":
        return (anchor[0], last) if meaning.shift > 0 else (first, anchor[1])
    if expression.bounded == "more":
        return (first, None) if meaning.shift > 0 else (None, last)
    if expression.bounded == "less" or (unit in _INSIDE_A_DAY and meaning.count % 24):
        return (anchor[0], last) if meaning.shift > 0 else (first, anchor[1])
    grain: Unit = "day" if unit in _INSIDE_A_DAY else unit
    low, high = moment_of(first, grain).days(), moment_of(last, grain).days()
    return (low[0], high[1]) if low and high else None


__all__ = ["away", "counted_from", "duration_answer", "offset_answer"]
