"""How a text is laid out: which lines are the article, which are page furniture, and what both say of the document."""

from __future__ import annotations

from typing import Literal

import msgspec

from .span import Span
from .vocabulary import BoilerplateKind, DateBasis, Genre

BlockKind = Literal["headline", "paragraph", "boilerplate"]


class Boilerplate(msgspec.Struct, frozen=True):
    """A stretch of text that is not the article's own."""

    span: Span
    kind: BoilerplateKind


class Block(msgspec.Struct, frozen=True):
    """One line or paragraph of the text, without white space at its edges.

    `boilerplate` is set exactly when `kind` is "boilerplate". Blocks are in text order and do not overlap.
    """

    span: Span
    kind: BlockKind
    boilerplate: BoilerplateKind | None = None


class Clue(msgspec.Struct, frozen=True):
    """A value that the page furniture or the headline gives, with the span that gives it (None: from the carrier)."""

    value: str
    span: Span | None


class Layout(msgspec.Struct, frozen=True):
    """The text cut into blocks, with the clues that its furniture holds.

    `dateline` is the place that a dispatch names before its first word, `dated` the date of publication as the byline,
    a line of its own or the dateline words it ("Sept 8, 2016"), unread. Body and boilerplate blocks together cover every
    non-space character exactly once.
    """

    blocks: tuple[Block, ...]
    title: Clue | None = None
    author: Clue | None = None
    publisher: Clue | None = None
    section: Clue | None = None
    republished_from: Clue | None = None
    credits: tuple[Clue, ...] = ()
    dateline: Clue | None = None
    dated: Clue | None = None

    @property
    def body(self) -> tuple[Span, ...]:
        """Spans of the article's own text, the headline included."""
        return tuple(block.span for block in self.blocks if block.kind != "boilerplate")

    @property
    def boilerplate(self) -> tuple[Boilerplate, ...]:
        """Spans that are not the article's own text, with their kinds."""
        return tuple(
            Boilerplate(block.span, block.boilerplate) for block in self.blocks if block.boilerplate is not None
        )


class Evidence(msgspec.Struct, frozen=True):
    """One step of a dating: what the text says and what follows from it. `span` is None for the carrier's own date."""

    why: str
    span: Span | None = None


class Publication(msgspec.Struct, frozen=True):
    """When the document appeared: first and last possible day (ISO 8601, both included; null when unknown)."""

    start: str | None
    end: str | None
    basis: DateBasis
    best: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Metadata(msgspec.Struct, frozen=True):
    """What is known of the document as a publication (the reading's `document`)."""

    title: str | None
    publisher: str | None
    author: str | None
    published: Publication
    language: str
    genre: Genre
    republished_from: str | None = None
    credits: tuple[str, ...] = ()
    section: str | None = None
