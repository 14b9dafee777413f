"""How long a thing has lasted, and when it began, as a sentence tells it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..records import Event, sentence_around
from .voices import Source

_LENGTH = re.compile(r"^P(\d+)([DWMY])$")
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
_OF = 30  # characters between "two months of" and what lasted them


class Length(msgspec.Struct, frozen=True):
    """Between which days it must have begun, and the words that say so."""

    earliest: date
    latest: date
    words: str


def lasted(source: Source, event: Event, until: tuple[date, date], rules: ComparisonRules) -> Length | None:
    """The length that stands right before the event's word: "two months of fighting"."""
    text = source.reading.text
    for mention in source.reading.times:
        match = _LENGTH.match(mention.value)
        between = text[mention.span.end : event.trigger.start].lower()
        if match is None or mention.type != "DURATION" or not 0 <= event.trigger.start - mention.span.end <= _OF:
            continue
        if between.split()[:1] != ["of"]:
            continue
        days = int(match.group(1)) * _DAYS[match.group(2)]
        words = mention.span.of(text)
        slack = days // 2 if words.lower().startswith(rules.at_least) else days // 4
        return Length(until[0] - timedelta(days=days + slack), until[1] - timedelta(days=days - days // 10), words)
    return None


def began(source: Source, event: Event, rules: ComparisonRules) -> tuple[date, date, str] | None:
    """First and last day of the one beginning that the event's sentence gives, and its words: "began its offensive in April"."""
    text = source.reading.text
    around = sentence_around(text, event.trigger)
    words = set(around.of(text).lower().split())
    days = [each for each in source.reading.times if each.type == "DATE" and each.start and each.end and around.covers(each.span)]
    if not words & rules.beginnings or len(days) != 1 or not days[0].start or not days[0].end:
        return None
    return date.fromisoformat(days[0].start[:10]), date.fromisoformat(days[0].end[:10]), days[0].span.of(text)
