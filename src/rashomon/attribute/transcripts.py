"""Transcripts and interviews: paragraphs that begin with who speaks ("NAME: text"), each turn a block of its speaker."""

from __future__ import annotations

import re
from collections import Counter

from ..knowledge.cues import CueKnowledge
from ..records import Layout, Span
from .candidate import Candidate

_LABEL = re.compile(r"(?P<who>[^\W\d_][^:\n“”\"!?]{0,40}?)\s*(?P<colon>:)\s+(?=\S)")
# So many turns make a transcript, by at least two voices.
_TURNS = 3


class Transcripts:
    """The turns of one document."""

    def __init__(self, text: str, layout: Layout, cues: CueKnowledge) -> None:
        self._text = text
        self._body = [block.span for block in layout.blocks if block.kind != "boilerplate"]
        self._hosts = cues.transcripts

    def find(self) -> list[Candidate]:
        """A candidate for each turn of a named speaker; turns of an unnamed host are the publisher's own voice."""
        labels = [self._label(span) for span in self._body]
        names = [self._key(label) for label in labels if label is not None]
        if len(names) < _TURNS or len(set(names)) < 2:
            return []
        counted = Counter(names)
        likely = {name for name in counted if counted[name] > 1 or name.casefold() in self._hosts or name.isupper()}
        if sum(counted[name] for name in likely) < 2:
            return []
        found: list[Candidate] = []
        at = 0
        while at < len(self._body):
            label = labels[at]
            if label is None:
                at += 1
                continue
            pieces = [Span(label[1], self._body[at].end)]
            end = at + 1
            while end < len(self._body) and labels[end] is None and self._goes_on(end, labels):
                pieces.append(self._body[end])
                end += 1
            words = label[0].of(self._text)
            if self._key(label).casefold() not in self._hosts:
                name = " ".join(_titled(word) for word in words.split()) if words.isupper() else words
                found.append(Candidate(label[0], (), tuple(pieces), 0.8, block=True, name=name))
            at = end
        return found

    def _goes_on(self, at: int, labels: list[tuple[Span, int] | None]) -> bool:
        """True for a paragraph without a label between two turns: the last turn goes on."""
        return any(label is not None for label in labels[at + 1 : at + 4])

    def _label(self, span: Span) -> tuple[Span, int] | None:
        """Who stands before the colon, and where the turn begins."""
        match = _LABEL.match(self._text, span.start, span.end)
        if match is None:
            return None
        words = match["who"].split()
        capital = all(word[0].isupper() or word.lower() in ("of", "the", "al", "bin", "de", "van", "von") for word in words)
        if not words or len(words) > 4 or not capital:
            return None
        return Span(match.start("who"), match.end("who")), match.end()

    def _key(self, label: tuple[Span, int]) -> str:
        return label[0].of(self._text)


def _titled(word: str) -> str:
    """ "AL-HADDAD" as a name is written."""
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
