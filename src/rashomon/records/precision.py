"""How exactly an event is dated, on the scales of the two great data sets, from its interval alone."""

from __future__ import annotations

from datetime import date

from .reading import EventTime


def days_of(time: EventTime | None) -> int | None:
    """Number of days in the interval, both ends included; None where an end is open or nobody gave a day."""
    if time is None or time.basis not in {"stated", "anchored"} or not (time.start and time.end):
        return None
    return date.fromisoformat(time.end[:10]).toordinal() - date.fromisoformat(time.start[:10]).toordinal() + 1


def acled_time_precision(time: EventTime | None) -> int | None:
    """ACLED's: 1 the day is known, 2 the week (up to seven days), 3 the month (up to 31). None for what is vaguer, which
    ACLED leaves out, and where there is no more than the report's own date."""
    days = days_of(time)
    return None if days is None or days > 31 else 1 if days == 1 else 2 if days <= 7 else 3


def ucdp_date_precision(time: EventTime | None) -> int | None:
    """UCDP GED's `date_prec`: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year. None for what is
    vaguer, and where there is no more than the report's own date."""
    days = days_of(time)
    if days is None or days > 366:
        return None
    return next(value for value, most in enumerate((1, 6, 7, 31, 366), start=1) if days <= most)
