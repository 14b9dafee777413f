"""A point of the calendar with the precision that a text gives it, and its TIMEX3 value."""

from __future__ import annotations

import calendar as _calendar
import datetime
from typing import Literal

import msgspec

Unit = Literal["second", "minute", "hour", "day", "week", "weekend", "month", "quarter", "year", "decade", "century"]
Third = Literal["", "START", "MID", "END"]
Days = tuple[datetime.date, datetime.date]

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_FRACTION_MONTHS = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "FY-US": (-2, 9)}


class Moment(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A date as precise as stated; fields left None are not stated, so "April" is `Moment(month=4)`.

    `year` counts BC years as negative (480 BC is -480). `week` is an ISO week (then `year` is the ISO year), `weekend`
    narrows it. `part` is a season ("SU"), half ("H2"), quarter ("Q1") or the fiscal year of that number ("FY", whose days
    depend on whose year it is; "FY-US", from October of the year before). `decade` 192 is the 1920s, `century` 18 the
    years 1800-1899 (negative for BC). `clock` is what follows the day in TIMEX3: "T03:00", "TMO".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    weekend: bool = False
    part: str = ""
    decade: int | None = None
    century: int | None = None
    clock: str = ""

    @property
    def grain(self) -> Unit:
        """The smallest unit that is stated."""
        if self.day is not None or self.clock:
            return "day"
        if self.week is not None:
            return "weekend" if self.weekend else "week"
        if self.month is not None:
            return "month"
        if self.part.startswith("FY"):
            return "year"
        if self.part:
            return "quarter"
        if self.year is not None:
            return "year"
        return "decade" if self.decade is not None else "century"

    @property
    def value(self) -> str:
        """The TIMEX3 value, "XXXX" and "XX" for what is not stated."""
        if self.decade is not None:
            return f"{'BC' if self.decade < 0 else ''}{abs(self.decade):03d}"
        if self.century is not None:
            return f"{'BC' if self.century < 0 else ''}{abs(self.century):02d}"
        year = "XXXX" if self.year is None else f"{'BC' if self.year < 0 else ''}{abs(self.year):04d}"
        if self.week is not None:
            return f"{year}-W{self.week:02d}{'-WE' if self.weekend else ''}"
        if self.part.startswith("FY"):
            return f"FY{year}"
        if self.part:
            return f"{year}-{self.part}"
        if self.month is None:
            if self.day is None and not self.clock:
                return year
            return f"{year}-XX-{'XX' if self.day is None else f'{self.day:02d}'}{self.clock}"
        if self.day is None:
            return f"{year}-{self.month:02d}{f'-XX{self.clock}' if self.clock else ''}"
        return f"{year}-{self.month:02d}-{self.day:02d}{self.clock}"

    def date(self) -> datetime.date | None:
        """The day, where year, month and day are stated and are a day of the calendar (years 1 to 9999)."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return make_date(self.year, self.month, self.day)

    def days(self, third: Third = "") -> Days | None:
        """First and last day, both included; `third` narrows to its beginning, middle or end. None where no year is."""
        whole = self._days()
        if whole is None or not third:
            return whole
        first, last = whole
        length = (last - first).days + 1
        # A month's late days are those from the 21st on; a year's late months start in September.
        if third == "START":
            return first, first + datetime.timedelta(days=max(1, -(-length // 3)) - 1)
        if third == "MID":
            return first + datetime.timedelta(days=length // 3), last - datetime.timedelta(days=length // 3)
        return last - datetime.timedelta(days=max(1, -(-length // 3)) - 1), last

    def _days(self) -> Days | None:
        if self.decade is not None:
            return _years(self.decade * 10, self.decade * 10 + 9)
        if self.century is not None:
            return _years(self.century * 100, self.century * 100 + 99)
        if self.year is None or not 1 <= self.year <= 9998:
            return None
        if self.week is not None:
            try:
                monday = datetime.date.fromisocalendar(self.year, self.week, 1)
            except ValueError:
                return None
            return monday + datetime.timedelta(days=5 if self.weekend else 0), monday + datetime.timedelta(days=6)
        if self.part == "FY":
            return None
        if self.part:
            return months(self.year, *(_SEASON_MONTHS | _FRACTION_MONTHS)[self.part])
        if self.month is None:
            return _years(self.year, self.year) if self.day is None else None
        if self.day is None:
            return months(self.year, self.month, self.month)
        day = self.date()
        return None if day is None else (day, day)


def make_date(year: int, month: int, day: int) -> datetime.date | None:
    """That day, or None where the calendar has none such (February 30, year 0)."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def months(year: int, first: int, last: int) -> Days:
    """First day of month `first` to last day of month `last`; months past 12 lie in the next year, below 1 in the one before."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    end = datetime.date(end_year, end_month, _calendar.monthrange(end_year, end_month)[1])
    return datetime.date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1), end


def _years(first: int, last: int) -> Days | None:
    if first < 1 or last > 9998:
        return None
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31)


def moment_of(day: datetime.date, grain: Unit = "day", clock: str = "") -> Moment:
    """The day at that precision: 2016-12-02 as a week is 2016-W48."""
    if grain in ("week", "weekend"):
        year, week, _ = day.isocalendar()
        return Moment(year=year, week=week, weekend=grain == "weekend")
    if grain == "month":
        return Moment(year=day.year, month=day.month)
    if grain == "quarter":
        return Moment(year=day.year, part=f"Q{(day.month - 1) // 3 + 1}")
    if grain == "year":
        return Moment(year=day.year)
    if grain == "decade":
        return Moment(decade=day.year // 10)
    if grain == "century":
        return Moment(century=day.year // 100)
    return Moment(year=day.year, month=day.month, day=day.day, clock=clock)


def shifted(day: datetime.date, unit: Unit, count: float) -> datetime.date | None:
    """The day `count` units on (or back); month ends are kept inside their month. None past the calendar's ends."""
    try:
        if unit in ("second", "minute", "hour"):
            return day
        if unit == "day":
            return day + datetime.timedelta(days=count)
        if unit in ("week", "weekend"):
            return day + datetime.timedelta(days=7 * count)
        size = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        total = day.year * 12 + day.month - 1 + round(count * size)
        year, month = divmod(total, 12)
        return datetime.date(year, month + 1, min(day.day, _calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None
