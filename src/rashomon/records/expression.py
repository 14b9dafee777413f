"""A time expression before it is resolved: what its words mean whatever day it is."""

from __future__ import annotations

from typing import Literal

import msgspec

from .moment import Moment, Third, Unit
from .span import Span
from .vocabulary import Region, TimexType

Tense = Literal["", "past", "present", "future"]
MeaningKind = Literal[
    "date", "weekday", "unit", "offset", "duration", "set", "ref", "feast", "hijri", "open"
]
Anchor = Literal["now", "reference", "event"]
Bounded = Literal["", "more", "less", "about"]
Side = Literal["", "earlier", "later"]


class Meaning(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What the words say, by kind:

    - date: `at`, as far as stated ("April": month 4); `shift` -1, 0, +1 for "last", "this", "next" ("next March")
    - weekday: `weekday` 1 (Monday) to 7, with `shift` for "last", "this", "next"; with `unit` week, that day of the week that
      lies `shift` weeks from this one ("Thursday next week"), or, `name` "week on", a week after the next ("Monday week")
    - unit: the calendar `unit` that lies `shift` units from its `anchor` ("last week", "that day", "yesterday")
    - offset: `count` units (None: how many is not said) before (`shift` -1) or after (+1) its `anchor`
    - duration: `count` units; `shift` -1 for "the past three weeks", +1 for "the next three weeks", `ongoing` for
      "for 17 days now", which ends at its reference
    - set: `name` is its TIMEX3 value
    - ref: `name` is PRESENT_REF, PAST_REF or FUTURE_REF
      With an "event" anchor ("two days after the truce") the length stands in the text and `shift` says on which side of it
    - feast: `name` of the feast, `at.year` if said, `shift` for "last", "this", "next"; `count` is its so manieth day, 0 its
      eve, -1 its last
    - hijri: `at` is a year, month and perhaps day of the Hijri calendar
    - open: a stretch of time without a value ("that period")

    `at.clock` holds a part of the day or a clock time for every kind. `event` holds the words of an "event" anchor ("the truce").
    `side` is the part of the unit before or after its reference ("earlier this year").
    """

    kind: MeaningKind
    at: Moment = Moment()
    weekday: int | None = None
    unit: Unit | None = None
    count: float | None = None
    shift: int = 0
    anchor: Anchor = "now"
    name: str = ""
    ongoing: bool = False
    event: str = ""
    side: Side = ""


class Expression(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A time expression found in a body or caption block, unresolved.

    `third` says which part of the time is meant ("late July": END), `bounded` that a number is a bound. `block` is the
    index of its block in the layout, `tense` that of its clause ("" where it has no verb or nothing was parsed).
    `lead` is the word before it, lower case ("since", "by", "on"), or "". `quoted` is set inside quotation marks, `said` then is
    the index (in the document's expressions) of the day on which it was said, if the text tells it. `anchor` is the index
    of the expression that an "event" anchor is dated by.
    """

    span: Span
    type: TimexType
    meaning: Meaning
    sentence: Span
    block: int
    region: Region = "body"
    third: Third = ""
    bounded: Bounded = ""
    tense: Tense = ""
    lead: str = ""
    quoted: bool = False
    said: int | None = None
    anchor: int | None = None
