"""Mentions in the making, and the document's list of who takes part."""

from __future__ import annotations

import re

import msgspec

from ...knowledge.folding import fold
from ...records import Entity, Mention, Span, Syntax
from ...records.vocabulary import EntityKind

# Relations by which a name only modifies the noun above it.
MODIFYING = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod", "quantmod"})
_NOT_ID = re.compile(r"[^a-z0-9]+")


class Draft(msgspec.Struct, gc=False):
    """A mention before its entity is final."""

    span: Span
    head: int
    entity: str
    pronoun: bool = False
    description: bool = False
    modifier: bool = False
    confidence: float = 1.0
    plural: bool = False


class Figure(msgspec.Struct, gc=False):
    """Somebody in this document: canonical name, kind, and the names that it goes by here."""

    id: str
    name: str
    kind: EntityKind
    known_as: dict[str, None]
    gender: str | None = None
    confidence: float = 1.0


class Cast:
    """Everybody in the document, by id, in order of appearance."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = {}
        self.drafts: list[Draft] = []

    def meet(self, key: str, name: str, kind: EntityKind, *, gender: str | None = None, confidence: float = 1.0) -> str:
        """The id of that figure, which is added on first meeting."""
        if key not in self.figures:
            self.figures[key] = Figure(key, name, kind, {}, gender, confidence)
        return key

    def mention(self, draft: Draft, text: str) -> None:
        """Adds a mention, and its words to the names of its figure unless found by context."""
        self.drafts.append(draft)
        if not draft.pronoun and not draft.description:
            self.figures[draft.entity].known_as.setdefault(" ".join(draft.span.of(text).split()))

    def free(self, span: Span) -> bool:
        """True when no mention overlaps that span."""
        return not any(draft.span.overlaps(span) for draft in self.drafts)

    def finished(self) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
        """Entities in order of their first mention; mentions in text order, the longer first."""
        drafts = sorted(self.drafts, key=lambda draft: (draft.span.start, -draft.span.end, draft.entity))
        spans: dict[str, list[Span]] = {}
        for draft in drafts:
            spans.setdefault(draft.entity, []).append(draft.span)
        entities = tuple(
            Entity(figure.id, figure.name, figure.kind, tuple(spans[key]), tuple(figure.known_as), figure.confidence)
            for key, figure in ((key, self.figures[key]) for key in spans)
        )
        mentions = tuple(
            Mention(
                draft.span, draft.head, draft.entity, self.figures[draft.entity].name, self.figures[draft.entity].kind,
                draft.pronoun, draft.description, draft.modifier, draft.confidence,
            )
            for draft in drafts
        )
        return entities, mentions


def head_of(syntax: Syntax, span: Span) -> int:
    """Index of the token in `span` whose head stands outside it; the last of several."""
    first = syntax.token_at(span.start)
    assert first is not None, "a mention stands where no token does"
    inside = []
    index = first
    while index < len(syntax.tokens) and syntax.tokens[index].start < span.end:
        inside.append(index)
        index += 1
    if not inside:
        return first
    best = inside[-1]
    for index in inside:
        above = syntax.tokens[index].head
        if (above == index or above not in inside) and syntax.tokens[index].pos not in ("PUNCT", "PART", "DET"):
            best = index
    return best


def modifies(syntax: Syntax, head: int) -> bool:
    """True when the token only modifies the noun above it."""
    token = syntax.tokens[head]
    return token.dep in MODIFYING and token.head != head


def slug(name: str) -> str:
    """A name as an id: folded, with hyphens."""
    return _NOT_ID.sub("-", " ".join(fold(word) for word in name.split())).strip("-") or "unnamed"
