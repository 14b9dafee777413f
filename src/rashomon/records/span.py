"""Spans: where in a text something stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open `[start, end)` character offsets (Python `str` indices) into one document's exact text."""

    start: int
    end: int

    @property
    def width(self) -> int:
        """Number of characters."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The piece of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """True when every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def shared(self, other: Span) -> int:
        """Number of characters that both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def trimmed(self, text: str) -> Span:
        """The span without white space at its edges; empty at its start when there is nothing else."""
        piece = self.of(text)
        kept = piece.strip()
        if not kept:
            return Span(self.start, self.start)
        start = self.start + len(piece) - len(piece.lstrip())
        return Span(start, start + len(kept))


def covered_share(spans: Iterable[Span], within: Span) -> float:
    """How much of `within` the spans cover, 0 to 1; overlapping spans count once."""
    if not within.width:
        return 0.0
    reached, total = within.start, 0
    for span in sorted(spans):
        start, end = max(span.start, reached), min(span.end, within.end)
        if end > start:
            total += end - start
            reached = end
    return total / within.width
