"""What the API's answers are made of. Spans count characters of the document's exact text, as in the reading format."""

from __future__ import annotations

import msgspec

from ..knowledge.comparison import Standing
from ..ledger import IncidentEntry, Period, Totals
from ..records import Decision, EventPlace, EventTime, Merge, Span


class Article(msgspec.Struct, frozen=True):
    """A document as lists show it; `published` is its first and last possible day, `basis` how that is known. `captured`: when
    its bytes were fetched, where that is told and asked for."""

    key: str
    id: str
    title: str | None
    publisher: str | None
    published: tuple[str | None, str | None]
    basis: str
    url: str | None
    added: str
    genre: str | None
    state: str
    captured: str | None = None


class Quote(msgspec.Struct, frozen=True):
    """Words with the sentence that they stand in, and who says it through whom."""

    document: str
    span: Span
    sentence: Span
    words: str
    text: str
    chain: tuple[str, ...]
    attribution: str | None


class Value(msgspec.Struct, frozen=True):
    """What an account says in one field; `stands` are the places in `pairs` that it is one side of."""

    text: str
    quote: Quote
    stands: tuple[int, ...]


class Cell(msgspec.Struct, frozen=True):
    """One account in one field: its values, and the relation of it that most wants a look ("silent" without values). `judged`:
    what people said of what it is made of ("place corrected by Mona")."""

    field: str
    values: tuple[Value, ...]
    relation: str | None
    judged: tuple[str, ...] = ()


class AccountColumn(msgspec.Struct, frozen=True):
    """One origin's version. `party`: in which war its voice takes part, and whence that is known. `documents` are keys; `judged`:
    what people said of whose words they are."""

    id: str
    voice: str | None
    chain: tuple[str, ...]
    party: Standing | None
    documents: tuple[str, ...]
    cells: tuple[Cell, ...]
    judged: tuple[str, ...] = ()


class PairSide(msgspec.Struct, frozen=True):
    """One side of a comparison."""

    text: str
    quote: Quote


class PairRow(msgspec.Struct, frozen=True):
    """Two values set side by side; `b` is missing where somebody (`about`) is silent."""

    field: str
    relation: str
    question: str
    why: str
    a: PairSide
    b: PairSide | None
    about: str | None


class TollRow(msgspec.Struct, frozen=True):
    """One figure of a toll: who gave it when."""

    field: str
    text: str
    low: float | None
    high: float | None
    bound: str
    status: str
    scope: str
    part: str
    tally: bool
    as_of: str | None
    published: tuple[str | None, str | None]
    quote: Quote


class Member(msgspec.Struct, frozen=True):
    """An event of an incident, as a split picks it out; `account` is the id of the account that tells it."""

    key: str
    action: str
    account: str | None
    quote: Quote


class Copy(msgspec.Struct, frozen=True):
    """Two of the documents share text: what that makes of them, and which was first where the days tell."""

    a: str
    b: str
    kind: str
    first: str | None
    agency: str | None
    words: int


class IncidentPage(msgspec.Struct, frozen=True):
    """One incident, its accounts side by side. `parties`: every actor and recipient of its events by name."""

    entry: IncidentEntry
    story: str
    place: EventPlace | None
    time: EventTime | None
    part_of: str | None
    part_why: str | None
    parts: tuple[IncidentEntry, ...]
    origins: tuple[str, ...]
    untraced: int
    fields: tuple[str, ...]
    accounts: tuple[AccountColumn, ...]
    pairs: tuple[PairRow, ...]
    tolls: tuple[TollRow, ...]
    merges: tuple[Merge, ...]
    decisions: tuple[Decision, ...]
    copies: tuple[Copy, ...]
    articles: tuple[Article, ...]
    members: tuple[Member, ...]
    parties: tuple[str, ...]


class IncidentList(msgspec.Struct, frozen=True):
    """A page of incidents and where the next one begins; None after the last. `judged`: ids of those of which people have judged
    an event."""

    incidents: tuple[IncidentEntry, ...]
    next: str | None
    judged: tuple[str, ...] = ()


class Facet(msgspec.Struct, frozen=True):
    """A value that incidents of the selection have, and how many have it."""

    value: str
    incidents: int


class OverviewPage(msgspec.Struct, frozen=True):
    """A selection of incidents in figures: its totals, its months or days, its commonest kinds and places, and those on the
    map, the most told first (`left_out`: how many more have a place). `recent`: how many of those are drawn wider than they are
    known, as they may have happened in the last `delay_days`."""

    totals: Totals
    by: str
    periods: tuple[Period, ...]
    types: tuple[Facet, ...]
    places: tuple[Facet, ...]
    areas: tuple[IncidentEntry, ...]
    left_out: int
    recent: int
    delay_days: int


class LedgerPage(msgspec.Struct, frozen=True):
    """What is served: the ledger by name, in figures."""

    name: str
    version: str
    documents: int
    read: int
    not_read: int
    failed: int
    claims: int
    events: int
    incidents: int
    stories: int
    pending: int
    oldest: str | None
    newest: str | None


class FoundPassage(msgspec.Struct, frozen=True):
    """A passage that a search found; `marks` are spans in the document's text."""

    article: Article
    span: Span
    text: str
    marks: tuple[Span, ...]


class Found(msgspec.Struct, frozen=True):
    """What a search found, best first."""

    passages: tuple[FoundPassage, ...]
