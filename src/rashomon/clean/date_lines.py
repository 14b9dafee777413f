"""A dateline without a year ("HASNA, July 5 (Wire) -"): the years in which its day is one that the lead names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..knowledge.times import TimeWords
from ..records import Layout, Span
from ..records.moment import make_date
from .date_words import BodyText

# Within how many characters of the body a dateline stands, and how many after it are the lead.
_HEAD, _LEAD = 700, 450
_DATELINE = re.compile(r"[^\n]{0,70}?(?:\([A-Z][A-Za-z ./&'-]{1,30}\)\s*)?\s?(?:[-\u2013\u2014]{1,2}\s|:\s)")


class Dateline(NamedTuple):
    """A day and month at the head of the text, with the weekday that stands beside it, if one does."""

    span: Span
    month: int
    day: int
    weekday: int | None


class Candidates(NamedTuple):
    """The days on which the text may have appeared, in order; `best` is the likeliest; `why` tells how they were found.

    `sure` says that one is left and that no weekday of the lead speaks against it.
    """

    days: tuple[datetime.date, ...]
    best: datetime.date
    sure: bool
    why: str
    span: Span


def find_dateline(text: str, layout: Layout, words: TimeWords) -> Dateline | None:
    """The first day and month without a year before the dash of a dispatch, or on a line of its own at the head."""
    months = {**words.months, **words.month_abbreviations}
    weekdays = {**words.weekdays, **words.weekday_abbreviations}
    month = "|".join(sorted(months, key=lambda m: -len(m)))
    named = rf"(?:(?<!\w)(?P<weekday>{'|'.join(sorted(weekdays, key=lambda d: -len(d)))})\.?,?\s+)?"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    forms = [re.compile(named + form, re.IGNORECASE) for form in (
        rf"(?<!\w)(?P<month>{month})\.?\s+{day}(?![\w:]|,?\s+(?:19|20)\d\d)",
        rf"(?<!\w){day}\s+(?:of\s+)?(?P<month>{month})(?!\w|\.?,?\s+(?:19|20)\d\d)",
    )]
    seen = 0
    for block in layout.blocks:
        if seen > _HEAD:
            break
        if block.boilerplate not in (None, "byline"):
            continue
        line = text[block.span.start : min(block.span.end, block.span.start + _HEAD)]
        if block.boilerplate is None:
            seen += block.span.width
        head = _DATELINE.match(line)
        for form in forms:
            match = form.search(head[0]) if head is not None else form.fullmatch(line.strip().rstrip("."))
            if match is None:
                continue
            start = block.span.start + (match.start() if head is not None else line.index(match[0]))
            beside = match["weekday"]
            return Dateline(Span(start, start + len(match[0])), months[match["month"].casefold()], int(match["day"]),
                            weekdays[beside.casefold()] if beside else None)
    return None


def dated_by_line(
    line: Dateline, body: BodyText, first: datetime.date, last: datetime.date
) -> Candidates | None:
    """The days of the dateline between two days that agree best with the weekdays of the lead.

    Wire copy calls the day of its dateline, or the day before, by its weekday: of the years in question those are kept in
    which most weekdays of the lead are one of the two. Where the weekdays fit no year, they tell of other days, and all
    years stay.
    """
    days = [day for year in range(first.year, last.year + 1)
            if (day := make_date(year, line.month, line.day)) is not None and first <= day <= last]
    if line.weekday is not None:
        days = [day for day in days if day.isoweekday() == line.weekday]
    if not days:
        return None
    lead = _weekdays_told(line, body)
    agree = {day: sum(weekday in (day.isoweekday(), (day.isoweekday() - 2) % 7 + 1) for weekday in lead) for day in days}
    most = max(agree.values())
    kept = tuple(day for day in days if agree[day] == most)
    best = min(kept, key=lambda day: (day.isoweekday() not in lead, day))
    said = line.span.of(body.text)
    told = " and ".join(datetime.date(2024, 1, weekday).strftime("%A") for weekday in lead)  # 1 January 2024 was a Monday
    beside = f" with {told} told as news" if told and most else ""
    years = ", ".join(str(day.year) for day in kept)
    sure = len(kept) == 1 and (len(days) == 1 or most == len(lead))
    return Candidates(kept, best, sure, f"the dateline reads {said!r}{beside}: of the years that the rest of the text allows, "
                      f"{years} fit{'s' if len(kept) == 1 else ''}", line.span)


def _weekdays_told(line: Dateline, body: BodyText) -> Sequence[int]:
    """The weekdays (1 is Monday) of the lead that are not ahead, each once, in the order of the week."""
    end = line.span.end + _LEAD
    block = next((span for span in body.read if span.start <= line.span.start < span.end), None)
    if block is not None and block.end > line.span.end + 60:
        end = min(end, block.end)
    return sorted({
        expression.meaning.weekday for expression in body.expressions
        if expression.meaning.kind == "weekday" and expression.meaning.weekday is not None and not expression.meaning.shift
        and expression.tense != "future" and line.span.end <= expression.span.start < end
        and not body.is_quoted(expression.span)
    })
