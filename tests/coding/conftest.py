"""Coding alone: the sentence is parsed for real, its names and places are given by the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from rashomon.annotate import Annotator
from rashomon.coding import Coded, code
from rashomon.knowledge.coding import CodingKnowledge, load_coding
from rashomon.reader import Reader
from rashomon.records import Block, Claim, Entity, Layout, Mention, Place, Resolved, Span, Syntax
from rashomon.records.vocabulary import EntityKind

Coder = Callable[..., Coded]


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    return Annotator.load()


@pytest.fixture(scope="session")
def knowledge() -> CodingKnowledge:
    return load_coding()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """All stages: claims of control and names hang on speakers."""
    return Reader.load()


def spans_of(text: str, words: str) -> list[Span]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def head_of(syntax: Syntax, span: Span) -> int:
    inside = list(syntax.within(span))
    return next(index for index in inside if syntax.tokens[index].head not in inside or syntax.tokens[index].head == index)


@pytest.fixture
def coder(annotator: Annotator, knowledge: CodingKnowledge) -> Coder:
    """`coder(text, names=[...], descriptions=[...], places=[...], claims=[...])` codes one paragraph."""

    def run(
        text: str,
        names: Sequence[str] = (),
        descriptions: Sequence[str] = (),
        places: Sequence[str] = (),
        claims: Sequence[Claim] = (),
        kind: EntityKind = "armed-force",
    ) -> Coded:
        syntax = annotator.annotate(text, Layout((Block(Span(0, len(text)).trimmed(text), "paragraph"),)))
        mentions = [
            Mention(span, head_of(syntax, span), name, name, kind, description=name in descriptions)
            for name in (*names, *descriptions)
            for span in spans_of(text, name)
        ]
        entities = tuple(Entity(name, name, kind, tuple(spans_of(text, name))) for name in (*names, *descriptions))
        found = tuple(Place(span, name, 36.2, 37.1, precision="town") for name in places for span in spans_of(text, name))
        resolved = Resolved(entities, tuple(sorted(mentions, key=lambda m: m.span)), found, ())
        return code(text, syntax, resolved, claims, knowledge)

    return run
