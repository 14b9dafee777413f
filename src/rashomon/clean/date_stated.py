"""A publication date that the page itself states: its carrier, its byline, a date line before the story."""

from __future__ import annotations

import datetime
import re

from ..knowledge.calendar import DatingPatterns
from ..knowledge.times import TimeWords
from ..records import Document, Evidence, Layout, Span
from ..records.moment import make_date

_HEAD = 500
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")


class _Forms:
    """The forms of a full date, built from the word lists."""

    def __init__(self, words: TimeWords) -> None:
        self.months = {**words.months, **words.month_abbreviations}
        month = "|".join(sorted(self.months, key=lambda m: -len(m)))
        weekday = "|".join(sorted([*words.weekdays, *words.weekday_abbreviations], key=lambda d: -len(d)))
        lead = rf"(?:(?P<weekday>{weekday})\.?,?\s+)?"
        self.full = (
            re.compile(rf"(?<!\w){lead}(?P<month>{month})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\w)", re.I),
            re.compile(rf"(?<!\w){lead}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s-](?:of\s+)?(?P<month>{month})\.?,?[\s-]"
                 rf"{_YEAR}(?!\w)",
                       re.I),
            _ISO,
        )

    def day(self, match: re.Match[str]) -> datetime.date | None:
        said = match["month"].casefold()
        month = int(said) if said.isdigit() else self.months[said]
        return make_date(int(match["year"]), month, int(match["day"]))

    def first_full(self, text: str, start: int, end: int) -> tuple[datetime.date, re.Match[str]] | None:
        found = []
        for form in self.full:
            for match in form.finditer(text, start, end):
                day = self.day(match)
                if day is not None:
                    found.append((match.start(), -match.end(), day, match))
                    break
        if not found:
            return None
        _, _, day, match = min(found, key=lambda item: item[:2])
        return day, match


def stated_day(
    document: Document, layout: Layout, words: TimeWords, around: DatingPatterns
) -> tuple[datetime.date, Evidence] | None:
    """The day that the carrier, the dateline, the byline or a leading date states, with its evidence."""
    forms = _Forms(words)
    text = document.text
    if document.published:
        carried = forms.first_full(document.published, 0, len(document.published))
        if carried is not None:
            return carried[0], Evidence(f"the carrier gives the publication date {document.published}")
    if layout.dateline is not None:
        line = forms.first_full(layout.dateline.value, 0, len(layout.dateline.value))
        if line is not None:
            return line[0], Evidence(f"the dateline reads {layout.dateline.value!r}", layout.dateline.span)
    for block in layout.blocks:
        if block.boilerplate in ("byline", "syndication-footer"):
            found = forms.first_full(text, block.span.start, block.span.end)
            if found is not None:
                return found[0], Evidence(f"the byline gives {found[1][0]!r}", Span(*found[1].span()))
        elif block.boilerplate in ("navigation", "other", "promo"):
            found = forms.first_full(text, block.span.start, block.span.end)
            if found is not None and around.published.search(text[block.span.start : found[1].start()]):
                return found[0], Evidence(f"the page gives its date as {found[1][0]!r}", Span(*found[1].span()))
    return _leading(text, layout, forms, around)


def _leading(
    text: str, layout: Layout, forms: _Forms, around: DatingPatterns
) -> tuple[datetime.date, Evidence] | None:
    """A full date before the story begins: a line of its own, after an agency's name, or before the dash of a dateline."""
    seen = 0
    for block in layout.blocks:
        if block.boilerplate is not None:
            continue
        if seen > _HEAD:
            break
        end = min(block.span.end, block.span.start + _HEAD - min(seen, _HEAD - 1))
        for form in forms.full:
            for match in form.finditer(text, block.span.start, end):
                day = forms.day(match)
                if day is not None and _stands_as_date(text, block.span, match, around):
                    return day, Evidence(f"the text is headed by its date, {match[0]!r}", Span(*match.span()))
        seen += block.span.width
    return None


def _stands_as_date(text: str, block: Span, match: re.Match[str], around: DatingPatterns) -> bool:
    before = text[block.start : match.start()]
    after = text[match.end() : match.end() + 40]
    if around.published.search(before):
        return True
    if around.leads_in.search(before):
        return False
    alone = not before.strip() and (match.end() >= block.end or not after.strip())
    dashed = re.match(r"\s*(?:\([A-Za-z ./]+\)\s*)?(?:[-\u2013\u2014]{1,2}|:)\s", after) is not None
    # "AFP Saturday 21 Jun 2014 Ten children were ...": a weekday and a date that no word leads in, and a sentence after it.
    weekday = match.groupdict().get("weekday") is not None
    headed = weekday and re.match(r"\s+[A-Z\"\u201c(0-9]", after) is not None and not before.rstrip().endswith(",")
    return alone or (dashed and len(before) < 60) or headed or (not before.strip() and weekday)
