"""What running totals and the age of a war say of when a text appeared."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator

from ..knowledge.calendar import Calendar, DatingPatterns, Finder, RunningTotal, Tolls, War
from ..records import Span
from .date_bounds import FAIR, SOFT, Bound, days_after, moved
from .date_words import BodyText

_FIGURE = re.compile(
    r"(?P<about>more than|over|at least|some|around|about|nearly|almost|an estimated|estimated)?\s*"
    r"(?<![\d,.])(?P<number>[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{3,5})(?![\d,.]\d)\s+(?P<what>\w+(?:\s+\w+){0,3})",
    re.IGNORECASE,
)
_SMALLEST = 5000


def figure_bounds(body: BodyText, calendar: Calendar) -> list[Bound]:
    """Bounds from "more than 180,000 killed since the conflict began" and from "the four-year-old conflict"."""
    bounds: list[Bound] = []
    for total in calendar.totals:
        if _all_found(body, total.patterns):
            bounds.extend(_tolls(body, total, calendar.around))
    for war, patterns in calendar.parties:
        if _all_found(body, patterns):
            where = next(m for b in body.read for m in [patterns[0].search(body.searched, b.start, b.end)] if m)
            lasted = f"lasted from {war.start.isoformat()} to {war.end.isoformat()}" if war.end is not None else (
                f"began {war.start.isoformat()} and was not over on {calendar.known_until.isoformat()}")
            bounds.append(Bound(war.start, war.end or calendar.known_until, f"the text reports fighting of {war.name}, which "
                                f"{lasted}", Span(*where.span()), SOFT))
    for war, patterns in calendar.wars:
        if _all_found(body, patterns):
            bounds.extend(_ages(body, war, calendar))
    return bounds


def _all_found(body: BodyText, patterns: tuple[Finder, ...]) -> bool:
    return all(any(p.search(body.searched, b.start, b.end) for b in body.read) for p in patterns)


def _tolls(body: BodyText, total: RunningTotal, around: DatingPatterns) -> Iterator[Bound]:
    figures = sorted(total.tolls.spans)
    beside = total.beside or around.of_war
    for block in body.read:
        for match in _FIGURE.finditer(body.text, block.start, block.end):
            number = int(match["number"].replace(",", ""))
            if number < _SMALLEST or number > 2 * figures[-1]:
                continue
            sentence = body.sentence(match.start("number"))
            said = sentence.of(body.text)
            if not around.deaths.search(said) or not beside.search(said) or around.not_dead.search(match["what"]):
                continue
            window = _in_use(number, figures, total.tolls, (match["about"] or "").casefold() in ("nearly", "almost"))
            if window is not None:
                yield Bound(window[0], window[1], f"{match['number']} killed was the total quoted for {total.tolls.war} "
                            f"between {window[0].isoformat()} and {window[1].isoformat()}", Span(*match.span("number")), FAIR)


def _in_use(number: int, figures: list[int], tolls: Tolls, nearly: bool) -> tuple[datetime.date, datetime.date] | None:
    at = bisect_right(figures, number) - 1
    if at < 0 or at + 1 >= len(figures):
        return None
    first, last = tolls.spans[figures[at]]
    if number - figures[at] > figures[at] * 0.02:
        # Between two known totals: any day from the first of the one to the last of the other.
        last = max(last, tolls.spans[figures[at + 1]][1])
    return (days_after(first, -60) if nearly else days_after(first, -7)), days_after(last, 15)


def _ages(body: BodyText, war: War, calendar: Calendar) -> Iterator[Bound]:
    words = calendar.words
    numbers = "|".join([*words.ones, *words.tens, r"\d{1,2}"])
    ordinals = "|".join([*words.ordinals, r"\d{1,2}(?:st|nd|rd|th)"])
    nouns = "|".join(sorted(war.words, key=lambda w: -len(w)))
    age = re.compile(
        rf"(?<![\w-])(?P<how>more than|over|nearly|almost|after|about|around|the|its|a|this|'s|country'?s|syria'?s)?\s*"
        rf"(?P<count>{numbers})(?:-|\s)(?P<unit>year|month)s?(?:-old|-long|\s+old)?\s+(?:of\s+)?(?:[a-z-]+\s+){{0,2}}?(?:"
        rf"{nouns})\b",
        re.IGNORECASE,
    )
    nth = re.compile(
        rf"(?:(?:{nouns})\b[^.]{{0,60}}\b(?:in(?:to)?|entered|enters|entering|now in|approaching)\s+"
        rf"(?:its|a|the)\s+(?P<nth>{ordinals})\s+year)"
        rf"|(?:(?P<nth2>{ordinals})\s+year\s+of\s+(?:the\s+|syria'?s\s+)?(?:[a-z-]+\s+){{0,2}}?(?:{nouns})\b)",
        re.IGNORECASE,
    )
    for block in body.read:
        for match in age.finditer(body.text, block.start, block.end):
            count = _number(match["count"], words.ones, words.tens)
            how = (match["how"] or "").casefold()
            if match["unit"].casefold() == "month":
                first, last = moved(war.start, "month", count - 1), moved(war.start, "month", count + 2)
            elif how in ("nearly", "almost"):
                first, last = days_after(moved(war.start, "year", count), -200), days_after(moved(war.start, "year", count), 15)
            else:
                first = days_after(moved(war.start, "year", count), 0 if how in ("more than", "over") else -60)
                last = days_after(moved(war.start, "year", count + 1), 30)
            yield Bound(first, last, f"{match[0].strip()!r} is the age of {war.name}, begun {war.start.isoformat()}",
                        Span(*match.span()), FAIR)
        for match in nth.finditer(body.text, block.start, block.end):
            count = _ordinal(match["nth"] or match["nth2"], words.ordinals)
            yield Bound(days_after(moved(war.start, "year", count - 1), -30), days_after(moved(war.start, "year", count), 30),
                        f"{match[0].strip()!r} is said of {war.name}, begun {war.start.isoformat()}", Span(*match.span()), FAIR)


def _number(said: str, ones: dict[str, int], tens: dict[str, int]) -> int:
    key = said.casefold()
    return int(key) if key.isdigit() else ones.get(key) or tens[key]


def _ordinal(said: str, ordinals: dict[str, int]) -> int:
    key = said.casefold()
    return ordinals.get(key) or int(re.sub(r"\D", "", key))
