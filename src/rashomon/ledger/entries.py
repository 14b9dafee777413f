"""What the views hand out beside the records themselves: frozen, ready for JSON."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from ..records import MadeBy, Span

State = Literal["read", "not-read", "failed"]


class Stored(msgspec.Struct, frozen=True):
    """What storing did. `new`: the document was unknown. `changed`: something was written at all. `stale`: the ledger
    keeps a reading of another make than the one offered; `rashomon reread` replaces it."""

    key: str
    new: bool
    changed: bool
    stale: bool = False


class DocumentEntry(msgspec.Struct, frozen=True):
    """A document as the ledger lists it. `id` is the caller's. Title, publisher and author are the reading's where
    there is one, else the carrier's; the publication interval and its basis are the reading's."""

    key: str
    id: str
    source: str
    url: str | None
    title: str | None
    publisher: str | None
    author: str | None
    published_start: str | None
    published_end: str | None
    published_best: str | None
    published_basis: str
    genre: str | None
    language: str
    state: State
    reason: str | None
    text_sha256: str
    made_by: MadeBy | None
    story: str | None
    added: str


class SharesSigns(NamedTuple):
    """A document that shares so many signs with another, and its first and last possible day of publication (ISO 8601)."""

    key: str
    shared: int
    start: str | None
    end: str | None


class SketchEntry(msgspec.Struct, frozen=True):
    """What a document is linked by: its key, the signs that find its like, its sketch as bytes."""

    key: str
    signs: tuple[int, ...]
    body: bytes


class LineEntry(msgspec.Struct, frozen=True):
    """A line that may be its publisher's repetition, by its number, with its `words`. `text` and `day` are numbers of the text
    that it stands in: lines are repeated where they stand in different texts of different days."""

    number: int
    publisher: str
    words: str
    text: int
    day: int


class PrintEntry(msgspec.Struct, frozen=True):
    """What a document's text is compared by: its key, the print as bytes, the signs that find its like, its lines."""

    key: str
    body: bytes
    signs: tuple[int, ...]
    lines: tuple[LineEntry, ...]


class ClaimEntry(msgspec.Struct, frozen=True):
    """A claim as the ledger lists it. `claim` and `parent` are ids within the reading; `content` runs from the start of
    its first span to the end of its last."""

    key: str
    document: str
    id: str
    claim: str
    parent: str | None
    source: Span | None
    content: Span | None
    speaker: str | None
    kind: str
    hedge: str
    stance: str
    anonymous: bool
    confidence: float


class EventEntry(msgspec.Struct, frozen=True):
    """An event as the ledger lists it. `event` and `according_to` are ids within the reading."""

    key: str
    document: str
    id: str
    event: str
    trigger: Span
    type: str
    action: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    direction: str
    modality: str
    polarity: str
    outcome: str
    according_to: str | None
    region: str
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    time_start: str | None
    time_end: str | None
    confidence: float
    incident: str | None


class Capture(msgspec.Struct, frozen=True):
    """Bytes as they were found at an address. `documents` are the keys of the documents made from them."""

    address: str
    sha256: str
    size: int
    media_type: str
    source: str
    url: str | None
    fetched: str | None
    headers: dict[str, str]
    documents: tuple[str, ...]


class Failure(msgspec.Struct, frozen=True):
    """A document that could not be read. `document` is its key where its text at least is kept."""

    id: str
    source: str
    reason: str
    document: str | None = None


class Make(msgspec.Struct, frozen=True):
    """How many current readings one make of the program has left."""

    made_by: MadeBy
    readings: int


class Status(msgspec.Struct, frozen=True):
    """The ledger in figures. `outdated` counts current readings of another make than the one asked about."""

    schema: str
    bytes: int
    documents: int
    read: int
    not_read: tuple[Failure, ...]
    failed: tuple[Failure, ...]
    captures: int
    readings: int
    retired: int
    claims: int
    events: int
    entities: int
    passages: int
    stories: int
    incidents: int
    comparisons: dict[str, int]
    tallies: int
    judgements: int
    pending: int
    makes: tuple[Make, ...]
    outdated: int | None


class Hit(msgspec.Struct, frozen=True):
    """A passage that a search found: its `span` in the document's text, its words (control characters as blanks), and
    which of them were looked for."""

    document: str
    id: str
    title: str | None
    publisher: str | None
    state: State
    span: Span
    text: str
    marks: tuple[Span, ...]

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The passage with its found words between `before` and `after`."""
        parts, at = [], self.span.start
        for mark in self.marks:
            parts += [self.text[at - self.span.start : mark.start - self.span.start], before]
            parts += [self.text[mark.start - self.span.start : mark.end - self.span.start], after]
            at = mark.end
        return "".join([*parts, self.text[at - self.span.start :]])
