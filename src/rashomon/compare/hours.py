"""The hours that a text gives for a thing, within its day."""

from __future__ import annotations

import re

from ..knowledge.comparison import ComparisonRules
from ..records import Reading, Span, sentence_around

Hours = tuple[float, float]
WHOLE_DAY: Hours = (0.0, 24.0)
# Hours that an exact time is given for: "at 5:50 am" is a moment.
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_PART = re.compile(r"T([A-Z]{2})$")
_BEFORE = 24  # characters before a day in which "early hours of" may stand
_APART = 16  # characters between a day and its hour: "on 8 May at 14:20"


def hours(reading: Reading, span: Span, day: str, rules: ComparisonRules) -> Hours:
    """From and to, in hours of the day; of several the narrowest. The whole day where the text says no more."""
    found = [WHOLE_DAY]
    around = sentence_around(reading.text, span)
    for mention in reading.times:
        gap = max(mention.span.start - span.end, span.start - mention.span.end)
        if mention.type == "TIME" and around.covers(mention.span) and gap <= _APART and mention.start in (None, day):
            clock, part = _CLOCK.search(mention.value), _PART.search(mention.value)
            if clock is not None:
                at = int(clock.group(1)) + int(clock.group(2)) / 60
                found.append((at, at))
            elif part is not None and part.group(1) in rules.day_parts:
                found.append(rules.day_parts[part.group(1)])
    near = f" {reading.text[max(around.start, span.start - _BEFORE) : span.end + _BEFORE]} ".lower()
    found += [reach for phrase, reach in rules.hours.items() if f" {phrase} " in near]
    moments = [each for each in found if each[0] == each[1]]
    if len(moments) > 1:
        return min(moments)[0], max(moments)[1]
    return min(found, key=lambda each: (each[1] - each[0], each))


def in_words(clock: Hours) -> str:
    """", 05:50", ", 00:00 to 06:00" or, for the whole day, nothing."""
    if clock == WHOLE_DAY:
        return ""
    first, last = (f"{int(at):02d}:{round(at % 1 * 60):02d}" for at in clock)
    return f", {first}" if first == last else f", {first} to {last}"
