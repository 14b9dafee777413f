"""What an expression comes to: a TIMEX3 value and the days it covers, as far as its reference day determines them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from ...records import Moment
from ...records.moment import Days, Third, Unit, make_date

Now = Days
# First and last day, where one may be open.
HalfOpen = tuple[datetime.date | None, datetime.date | None]

UNKNOWN_DAY = "XXXX-XX-XX"
UNDETERMINED: dict[Unit, str] = {
    "day": UNKNOWN_DAY, "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX",
}


class Answer(NamedTuple):
    """`value` is TIMEX3. `moment` is set where one calendar value was determined; `days` may be wider than the value."""

    value: str
    moment: Moment | None = None
    days: HalfOpen | None = None
    vague: bool = False
    relative_to: str | None = None


def of_moment(moment: Moment, third: Third = "", relative_to: str | None = None) -> Answer:
    """The answer that a determined moment is."""
    return Answer(moment.value, moment, moment.days(third), relative_to=relative_to)


def by_now(now: Now | None, find: Callable[[datetime.date], Moment | None], undetermined: str, third: Third = "") -> Answer:
    """The moment that `find` gives for the reference day; where the day is only known as an interval, one value if both
    ends agree, else `undetermined` (or what the ends' values share) over the whole interval."""
    if now is None:
        return Answer(undetermined)
    first, last = find(now[0]), find(now[1])
    relative = now[0].isoformat() if now[0] == now[1] else f"{now[0]}/{now[1]}"
    if first is None or last is None:
        return Answer(undetermined, relative_to=relative)
    if first == last and _steady(now, find, first):
        return of_moment(first, third, relative)
    low, high = first.days(third), last.days(third)
    days = (low[0], high[1]) if low and high else None
    return Answer(_shared(first, last) or undetermined, None, days, relative_to=relative)


def _steady(now: Now, find: Callable[[datetime.date], Moment | None], expected: Moment) -> bool:
    """True when no day between the interval's ends gives another moment (looks at no more than 62 of them)."""
    length = (now[1] - now[0]).days
    step = max(1, length // 62)
    return all(find(now[0] + datetime.timedelta(days=offset)) == expected for offset in range(0, length + 1, step))


def _shared(first: Moment, last: Moment) -> str | None:
    if first.week is not None or first.part or first.decade is not None or first.year != last.year or first.year is None:
        return None
    if first.day is not None and first.month == last.month and first.month is not None:
        return Moment(year=first.year, month=first.month, clock=first.clock).value + ("" if first.clock else "-XX")
    if first.day is not None:
        return f"{first.year:04d}-XX-XX{first.clock}"
    return None


def last_weekday(day: datetime.date, weekday: int, strictly: bool = False) -> datetime.date:
    """The latest such weekday on (unless `strictly`) or before the day."""
    back = (day.isoweekday() - weekday) % 7
    return _moved(day, -7 if strictly and not back else -back)


def next_weekday(day: datetime.date, weekday: int, strictly: bool = False) -> datetime.date:
    """The first such weekday on (unless `strictly`) or after the day."""
    on = (weekday - day.isoweekday()) % 7
    return _moved(day, 7 if strictly and not on else on)


def step(moment: Moment, unit: Unit, count: int) -> Moment | None:
    """The calendar unit that holds the moment, moved by `count`; None where the moment is not that precise.

    Counts on years as numbers, so that it holds for BC years too (without a year 0 to skip: 1 BC is -1).
    """
    year = moment.year
    if unit == "century":
        century = moment.century if year is None else _whole(year, 100)
        return None if century is None else Moment(century=century + count)
    if unit == "decade":
        decade = moment.decade if year is None else _whole(year, 10)
        return None if decade is None else Moment(decade=decade + count)
    if year is None:
        return None
    if unit == "year":
        return Moment(year=year + count)
    if unit == "quarter":
        return Moment(year=year, part=moment.part) if moment.part.startswith("Q") and not count else None
    if unit == "month":
        if moment.month is None:
            return None
        total = year * 12 + moment.month - 1 + count
        return Moment(year=total // 12, month=total % 12 + 1)
    day = moment.date()
    if unit in ("week", "weekend"):
        if moment.week is not None:
            monday = moment.days()
            day = monday[0] if monday else None
        if day is None:
            return None
        year_of, week, _ = _moved(day, 7 * count).isocalendar()
        return Moment(year=year_of, week=week, weekend=unit == "weekend")
    if moment.month is None or moment.day is None:
        return None
    if day is None or not count:
        return Moment(year=year, month=moment.month, day=moment.day) if not count else None
    moved = _moved(day, count)
    return Moment(year=moved.year, month=moved.month, day=moved.day)


def _moved(day: datetime.date, days: int) -> datetime.date:
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return day


def _whole(year: int, size: int) -> int:
    return year // size if year > 0 else -(-year // size)


def easter(year: int) -> datetime.date | None:
    """Easter Sunday of the Gregorian calendar (Butcher's algorithm)."""
    if not 1583 <= year <= 9999:
        return None
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return make_date(year, month, day + 1)


def orthodox_easter(year: int) -> datetime.date | None:
    """Easter Sunday of the Orthodox churches, as a Gregorian day (Meeus, good from 1900 to 2099)."""
    if not 1900 <= year <= 2099:
        return None
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return datetime.date(year, month, day + 1) + datetime.timedelta(days=13)
