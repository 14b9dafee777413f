"""Days of the Hijri calendar, by its arithmetical rule: at most a day off what was proclaimed, which went by the moon."""

from __future__ import annotations

import datetime

from ...records.moment import Days

# By how many days a computed day may differ from the proclaimed one.
SLACK = datetime.timedelta(days=1)
_EPOCH = 1_948_055 - 1_721_425


def hijri_day(year: int, month: int, day: int) -> datetime.date | None:
    """The Gregorian day (civil epoch, 30-year cycle); None outside the calendar."""
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    try:
        return datetime.date.fromordinal(days + _EPOCH)
    except (ValueError, OverflowError):
        return None


def hijri_days(year: int, month: int, day: int | None = None) -> Days | None:
    """Computed first and last day of the month, or the one day twice, without slack."""
    if day is not None:
        there = hijri_day(year, month, day)
        return (there, there) if there else None
    first = hijri_day(year, month, 1)
    after = hijri_day(year + month // 12, month % 12 + 1, 1)
    return (first, after - datetime.timedelta(days=1)) if first and after else None


def hijri_in(year: int, month: int, day: int | None = None) -> Days | None:
    """The first such month (or day) that begins in that Gregorian year."""
    near = round((year - 622) * 33 / 32)
    for hijri in (near - 1, near, near + 1, near + 2):
        days = hijri_days(hijri, month, day)
        if days is not None and days[0].year == year:
            return days
    return None


def widened(days: Days) -> Days:
    """The days with the computation's slack on both sides."""
    return days[0] - SLACK, days[1] + SLACK
