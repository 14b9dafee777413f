"""On which days a feast falls."""

from __future__ import annotations

import datetime

from ...knowledge.times import TimeWords
from ...records.moment import Days, make_date
from .answer import easter


def near_feast(words: TimeWords, day: datetime.date, name: str, ahead: bool) -> Days | None:
    """The feast last begun by that day or, `ahead`, the next one to end."""
    years = (day.year, day.year + 1) if ahead else (day.year, day.year - 1)
    for year in years:
        days = feast_days(words, name, year)
        if days is not None and (days[1] >= day if ahead else days[0] <= day):
            return days
    return None


def feast_days(words: TimeWords, name: str, year: int) -> Days | None:
    """First and last day of the feast in that year; None where it is not known."""
    if name in words.feasts:
        day = make_date(year, *words.feasts[name])
        return (day, day) if day else None
    if name in words.easter_words:
        day = easter(year)
        return (day, day) if day else None
    if name in words.ramadan_words:
        return words.ramadan.get(year)
    if name in words.eid_al_fitr_words and year in words.ramadan:
        first = words.ramadan[year][1] + datetime.timedelta(days=1)
        return first, first + datetime.timedelta(days=2)
    if name in words.eid_al_adha_words and year in words.eid_al_adha:
        first = words.eid_al_adha[year]
        return first, first + datetime.timedelta(days=3)
    return None
