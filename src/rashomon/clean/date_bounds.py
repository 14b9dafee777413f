"""One piece of evidence on when a text appeared."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from ..records import Evidence, Span
from ..records.moment import Days, Unit, moment_of, shifted

# How far a bound can be trusted against another that contradicts it.
FIRM, FAIR, SOFT = 3, 2, 1


class Bound(NamedTuple):
    """The text appeared not before `first` and not after `last` (None: open on that side), because of `why`."""

    first: datetime.date | None
    last: datetime.date | None
    why: str
    span: Span | None
    weight: int

    @property
    def evidence(self) -> Evidence:
        """The bound in words, for the reader."""
        return Evidence(self.why, self.span)


def days_after(day: datetime.date, count: int) -> datetime.date:
    """The day `count` days on (or back), kept inside the calendar."""
    try:
        return day + datetime.timedelta(days=count)
    except OverflowError:
        return datetime.date.max if count > 0 else datetime.date.min


def moved(day: datetime.date, unit: Unit, count: float) -> datetime.date:
    """The day `count` units on, kept inside the calendar."""
    return shifted(day, unit, count) or (datetime.date.max if count > 0 else datetime.date.min)


def whole(day: datetime.date, unit: Unit) -> Days:
    """First and last day of the calendar unit that holds the day."""
    return moment_of(day, unit).days() or (day, day)
