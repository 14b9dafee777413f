"""One reader of plain lines for the tests of attribution: annotate, resolve actors, attribute."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from rashomon.annotate import Annotator
from rashomon.attribute import attribute
from rashomon.knowledge.cues import CueKnowledge
from rashomon.knowledge.lexicon import Lexicon
from rashomon.records import Block, Claim, Layout, Metadata, Publication, Resolved, Span
from rashomon.resolve.actors import resolve

NOTHING = Publication(None, None, "unknown")


class Read:
    """Claims of a text whose every line is a paragraph; `headline` makes the first one a headline."""

    def __init__(self) -> None:
        self._annotator = Annotator.load()
        self._lexicon = Lexicon.load()
        self._cues = CueKnowledge.load()

    def __call__(self, text: str, headline: bool = False, publisher: str | None = "The Herald") -> tuple[Claim, ...]:
        spans = [Span(*match.span()) for match in re.finditer(r"\S(?:[^\n]*\S)?", text)]
        blocks = tuple(Block(s, "headline" if headline and n == 0 else "paragraph") for n, s in enumerate(spans))
        layout = Layout(blocks)
        syntax = self._annotator.annotate(text, layout)
        entities, mentions = resolve(text, layout, syntax, NOTHING, self._lexicon)
        metadata = Metadata(None, publisher, "Jo Writer", NOTHING, "en", "report")
        return attribute(text, layout, syntax, metadata, Resolved(entities, mentions, (), ()), self._cues)


@pytest.fixture(scope="session")
def read() -> Callable[..., tuple[Claim, ...]]:
    """`read(text)` gives the claims of a text."""
    return Read()


@pytest.fixture(scope="session")
def sound() -> Callable[[str, tuple[Claim, ...]], None]:
    """`sound(text, claims)` fails where a span leaves the text, an id stands twice or a parent is none."""

    def check(text: str, claims: tuple[Claim, ...]) -> None:
        ids = [claim.id for claim in claims]
        known = set(ids)
        assert len(known) == len(ids)
        for claim in claims:
            assert claim.parent is None or (claim.parent in known and claim.parent != claim.id)
            for span in (*claim.content, *claim.cue, *((claim.source,) if claim.source else ())):
                assert 0 <= span.start < span.end <= len(text)
            ordered = [span.start for span in claim.content]
            assert ordered == sorted(ordered)

    return check
