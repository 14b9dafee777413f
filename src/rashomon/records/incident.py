"""Across documents: stories, incidents, the accounts of an incident and how they compare."""

from __future__ import annotations

from typing import Literal

import msgspec

from .reading import EventPlace, EventTime
from .span import Span
from .vocabulary import EventType, HarmStatus, Part, Relation, Scope

Field = Literal[
    "action", "actor", "recipient", "place", "time", "killed", "injured", "strength", "outcome", "responsibility"
]


class Story(msgspec.Struct, frozen=True):
    """Documents about one happening. `id` is the smallest document key's; every document is in exactly one story."""

    id: str
    documents: tuple[str, ...]


class Citation(msgspec.Struct, frozen=True):
    """Where a value stands: document key, span of the words, span of its sentence, and who says it through whom."""

    document: str
    span: Span
    sentence: Span
    chain: tuple[str, ...]
    attribution: str | None = None


class FieldValue(msgspec.Struct, frozen=True):
    """One account's value of one field, in words (`text`, for people) and as what is compared (`value`)."""

    field: Field
    text: str
    value: str
    citation: Citation


class Account(msgspec.Struct, frozen=True):
    """One origin's version of one incident. `events` are event keys, `voice` the innermost speaker."""

    id: str
    voice: str | None
    chain: tuple[str, ...]
    documents: tuple[str, ...]
    events: tuple[str, ...]
    fields: tuple[FieldValue, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Two values of one field set side by side. `b` is None exactly when the relation is "silent" (`about` names who)."""

    field: Field
    relation: Relation
    question: str
    why: str
    a: FieldValue
    b: FieldValue | None = None
    about: str | None = None


class Feature(msgspec.Struct, frozen=True):
    """One reason for or against a merge, its value and its weight."""

    name: str
    value: float
    weight: float
    why: str


class Merge(msgspec.Struct, frozen=True):
    """Why two events were taken to be one happening."""

    a: str
    b: str
    score: float
    features: tuple[Feature, ...]


class Tally(msgspec.Struct, frozen=True):
    """A toll over days, an area or a campaign. Never added to an incident's, never a link between incidents.

    `what` to `counted_by` are those of the `Quantity` that it is; `what` is "" in records of before they were kept.
    """

    id: str
    text: str
    low: float | None
    high: float | None
    citation: Citation
    place: EventPlace | None = None
    time: EventTime | None = None
    what: str = ""
    scope: Scope = "period"
    since: str | None = None
    as_of: str | None = None
    status: HarmStatus = "unstated"
    side: str | None = None
    total_or_subset: Part = "total"
    counted_by: str | None = None


class TollFigure(msgspec.Struct, frozen=True):
    """One figure of a toll, by who gives it and when: a row of a toll's history.

    `low` to `high` with null for an open end; `published` the first and last possible day of its document (ISO 8601) and
    `as_of` the day that the text gives for it. `tally` is true for a figure over days, an area or a campaign: then `since` is the
    day that it counts from, `counted_by` who the text says counted, `place` where.
    """

    field: Field
    text: str
    low: float | None
    high: float | None
    bound: str
    status: str
    scope: str
    part: str
    citation: Citation
    published: tuple[str | None, str | None] = (None, None)
    as_of: str | None = None
    tally: bool = False
    since: str | None = None
    counted_by: str | None = None
    place: str | None = None


class Incident(msgspec.Struct, frozen=True):
    """Events of many documents taken to be one happening. `id` = digest of its smallest event key.

    `part_of` is the id of the wider incident (an offensive) that it is told as a part of, `part_why` the reason. `origins`
    are the traced voices that stand behind the accounts, `untraced` counts the others (`compare.origins`).
    """

    id: str
    story: str
    type: EventType
    action: str
    documents: tuple[str, ...]
    events: tuple[str, ...]
    place: EventPlace | None
    time: EventTime | None
    accounts: tuple[Account, ...]
    comparisons: tuple[Comparison, ...]
    merges: tuple[Merge, ...] = ()
    part_of: str | None = None
    part_why: str | None = None
    origins: tuple[str, ...] = ()
    untraced: int = 0

    @property
    def contested(self) -> bool:
        """True where two accounts disagree, or one denies what another says."""
        return any(pair.relation in {"disagree", "denied"} for pair in self.comparisons)

    def first(self, field: Field) -> str | None:
        """The field as the first account that fills it has it."""
        return next((value.text for account in self.accounts for value in account.fields if value.field == field), None)
