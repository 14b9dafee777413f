"""What an editor put into another's words: cut out of quoted content, for it is not the speaker's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ..knowledge.cues import Insertions
from ..records import Span
from .quotations import Quotation

# Longer brackets are taken for text, not for an insertion; "[t]he" only changes a letter.
_SQUARE = re.compile(r"\[[^\[\]\n]{1,300}\](?!\w)")
_ROUND = re.compile(r"\([^()\n]{2,400}\)")
_INITIALS = re.compile(r"[–—-]\s?[A-Z]\.?\s?[A-Z]\.?\s*\)$")
_LOOSE = " \t\r\n\u00a0"


class Inserted:
    """The insertions of one text."""

    def __init__(self, text: str, rules: Insertions) -> None:
        self._text = text
        found = [match.span() for match in _SQUARE.finditer(text)]
        for match in _ROUND.finditer(text):
            inner = match.group()[1:].lstrip().lower()
            if inner.startswith(rules.starts) or (rules.initials and _INITIALS.search(match.group())):
                found.append(match.span())
        self._spans = [Span(*span) for span in sorted(found)]
        self._starts = [span.start for span in self._spans]

    def holds(self, offset: int) -> bool:
        """True when the character stands in an insertion: what is said there is the editor's aside."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at].end

    def cut(self, pieces: tuple[Span, ...]) -> tuple[Span, ...]:
        """The pieces with every insertion taken out, split where it stood."""
        if not self._spans:
            return pieces
        out: list[Span] = []
        for piece in pieces:
            start = piece.start
            low = max(0, bisect_right(self._starts, piece.start) - 1)
            for hole in self._spans[low : bisect_left(self._starts, piece.end)]:
                if hole.end <= start:
                    continue
                self._keep(out, Span(start, hole.start))
                start = max(start, hole.end)
            self._keep(out, Span(start, piece.end))
        return tuple(out)

    def _keep(self, out: list[Span], span: Span) -> None:
        if span.start >= span.end:
            return
        kept = span.trimmed(self._text)
        if any(char.isalnum() for char in kept.of(self._text)):
            out.append(kept)


def foreign(pieces: tuple[Span, ...], quotations: tuple[Quotation, ...], block: bool) -> bool:
    """True when the content is another's very words: a block, or inside marks. The quotations stand apart, in text order."""
    return block or any(_quoted(piece, quotations) for piece in pieces)


def _quoted(piece: Span, quotations: tuple[Quotation, ...]) -> bool:
    at = bisect_right(quotations, piece.start, key=lambda quotation: quotation.outer.end)
    return at < len(quotations) and quotations[at].outer.overlaps(piece)
