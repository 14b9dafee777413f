"""Joins candidates with quotations: marks are hard evidence of where a content begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from msgspec.structs import replace

from ..records import Block, Span
from .candidate import Candidate
from .quotations import Quotation

# Quotations of fewer words are phrases within a statement, not statements.
STATEMENT_WORDS = 4
# How far from a quotation its cue is looked for, in characters.
REACH = 320
_SENTENCE_END = re.compile(r"[.!?…][”\"’)]*\s+(?=[A-Z“\"‘])")
_WORD = re.compile(r"\w")
_CITED = re.compile(r"\b(?:citing|quoting|cited|quoted)\s$")
# Marks inside marks; a closing ’ is told from an apostrophe by what follows.
_NESTED = re.compile(r"[,:]?\s?(?:‘(?P<words>[^‘“”\n]{1,400}?)’(?!\w))")


class Joiner:
    """One document's candidates and quotations."""

    def __init__(
        self, text: str, blocks: tuple[Block, ...], quotations: tuple[Quotation, ...], candidates: list[Candidate]
    ) -> None:
        self._text = text
        self._body = [block.span for block in blocks if block.kind != "boilerplate"]
        self._starts = [span.start for span in self._body]
        self._quotations = quotations
        self._candidates = sorted(candidates, key=lambda one: one.anchor)
        self._anchors = [one.anchor for one in self._candidates]
        self._opens = [quotation.outer.start for quotation in quotations]

    def join(self) -> list[Candidate]:
        """Candidates with whole quotations for content, in text order; those left without content are dropped."""
        self._keep_inside()
        spoken: dict[int, int] = {}
        for number, quotation in enumerate(self._quotations):
            owner = self._covering(quotation)
            if owner is None and self._statement(quotation):
                owner = self._after(number)
                if owner is None:
                    owner = self._before(number)
                if owner is None:
                    owner = self._continued(number, spoken)
                if owner is not None:
                    self._extend(owner, quotation)
            if owner is not None:
                spoken[number] = owner
        self.spoken = spoken
        return self._candidates

    def _statement(self, quotation: Quotation) -> bool:
        """True for a quotation that can stand alone: long enough, or written as a sentence ("No," "They ran."); not for a
        source in marks ("citing “our friends in the capital”")."""
        if _CITED.search(self._text, max(0, quotation.outer.start - 16), quotation.outer.start):
            return False
        if quotation.words >= STATEMENT_WORDS:
            return True
        piece = quotation.inner.of(self._text)
        return piece[0].isupper() and piece[-1] in ",.!?…—"

    def _near(self, quotation: Quotation) -> range:
        low = bisect_left(self._anchors, quotation.outer.start - REACH)
        return range(low, bisect_right(self._anchors, quotation.outer.end + REACH))

    def _keep_inside(self) -> None:
        """A cue inside a quotation governs nothing outside it; a cue outside has no source inside a statement."""
        for quotation in self._quotations:
            if quotation.words < STATEMENT_WORDS:
                continue
            for index in self._near(quotation):
                one = self._candidates[index]
                if not one.cue:
                    continue
                inside = quotation.outer.covers(one.cue[0])
                if inside:
                    clipped = tuple(
                        Span(max(piece.start, quotation.inner.start), min(piece.end, quotation.inner.end))
                        for piece in one.content
                        if piece.overlaps(quotation.inner)
                    )
                    source = one.source
                    if source is not None and not quotation.outer.overlaps(source):
                        clipped = ()
                    elif not clipped and source is not None and one.quotable:
                        clipped = self._nested(one.cue[-1].end, quotation)
                    self._candidates[index] = replace(one, content=clipped, quotable=False)
                elif one.source is not None and quotation.inner.covers(one.source):
                    self._candidates[index] = replace(one, content=(), quotable=False)

    def _nested(self, offset: int, quotation: Quotation) -> tuple[Span, ...]:
        """What somebody said inside another's quotation: “He said, ‘Ask the hill.’ ”"""
        found = _NESTED.match(self._text, offset, quotation.inner.end)
        return (Span(*found.span("words")),) if found is not None else ()

    def _covering(self, quotation: Quotation) -> int | None:
        """The candidate outside the quotation whose content reaches into it, its content grown to the whole of it."""
        best: tuple[int, int] | None = None
        inner = quotation.inner
        for index in self._near(quotation):
            one = self._candidates[index]
            if not one.content or any(quotation.outer.overlaps(cue) for cue in one.cue):
                continue
            shared = sum(piece.shared(inner) for piece in one.content)
            if shared and (best is None or shared > best[0]):
                best = (shared, index)
        if best is None:
            return None
        index = best[1]
        one = self._candidates[index]
        if any(piece.covers(inner) for piece in one.content):
            return index
        statement = quotation.words >= STATEMENT_WORDS
        pieces = []
        merged = False
        for piece in one.content:
            if not piece.overlaps(inner):
                pieces.append(piece)
            elif not merged:
                merged = True
                low = min(piece.start, inner.start) if self._same_line(piece.start, inner.start) else inner.start
                grown = Span(low, max(piece.end, inner.end))
                if any(grown.overlaps(cue) for cue in one.cue) or (one.source and grown.overlaps(one.source)):
                    grown = inner if statement else piece
                if len(quotation.pieces) > 1 and grown == inner:
                    pieces.extend(quotation.pieces)
                else:
                    pieces.append(grown)
        self._candidates[index] = replace(one, content=tuple(pieces))
        return index

    def _same_line(self, a: int, b: int) -> bool:
        return bisect_right(self._starts, a) == bisect_right(self._starts, b)

    def _after(self, number: int) -> int | None:
        """ "P," X said."""
        quotation = self._quotations[number]
        start = quotation.outer.end
        if self._text[quotation.inner.end - 1 : start].strip('”"’ ')[:1] == "." and quotation.closed:
            return None
        block = self._block_end(start)
        stop = min(block, start + REACH)
        if number + 1 < len(self._quotations):
            stop = min(stop, max(start, self._quotations[number + 1].outer.start))
        end = _SENTENCE_END.search(self._text, start, stop)
        if end is not None:
            stop = end.start() + 1
        return self._first_quotable(start, stop)

    def _before(self, number: int) -> int | None:
        """X said: "P"."""
        quotation = self._quotations[number]
        stop = quotation.outer.start
        block = self._block_start(stop)
        start = max(block, stop - REACH)
        if number > 0:
            start = max(start, min(stop, self._quotations[number - 1].outer.end))
        for end in _SENTENCE_END.finditer(self._text, start, stop):
            start = end.end()
        found = None
        for index in range(bisect_left(self._anchors, start), bisect_left(self._anchors, stop)):
            one = self._candidates[index]
            if one.quotable:
                found = index
        if found is None:
            return None
        gap = self._text[self._candidates[found].cue[-1].end : stop].rstrip()
        if gap and gap[-1] not in ",:;—–-" and len(gap) > 60:
            return None
        return found

    def _first_quotable(self, start: int, stop: int) -> int | None:
        for index in range(bisect_left(self._anchors, start), bisect_left(self._anchors, stop)):
            if self._candidates[index].quotable:
                return index
        return None

    def _continued(self, number: int, spoken: dict[int, int]) -> int | None:
        """ "P," X said. "Q": goes on in the same paragraph, or fills the next paragraph alone."""
        if number == 0 or number - 1 not in spoken:
            return None
        before, quotation = self._quotations[number - 1], self._quotations[number]
        owner = spoken[number - 1]
        same = self._same_line(before.inner.end, quotation.outer.start)
        between = (bisect_left(self._anchors, before.outer.end), bisect_left(self._anchors, quotation.outer.start))
        others = [index for index in range(*between) if index != owner and self._candidates[index].source is not None]
        if others:
            return None
        if same:
            return owner
        here = bisect_right(self._starts, quotation.outer.start) - 1
        there = bisect_right(self._starts, before.outer.end - 1) - 1
        alone = _WORD.search(self._text[self._body[here].start : quotation.outer.start]) is None
        rest = self._text[quotation.outer.end : self._block_end(quotation.outer.start)]
        return owner if here == there + 1 and alone and _WORD.search(rest) is None else None

    def _extend(self, owner: int, quotation: Quotation) -> None:
        """Adds the quotation to the candidate's content; a guess without marks beside its cue gives way."""
        one = self._candidates[owner]
        kept = tuple(piece for piece in one.content if not piece.overlaps(quotation.inner))
        cues = one.cue
        if one.content and not any(self._marked(piece) for piece in kept):
            after = quotation.outer.start >= cues[-1].end
            kept = tuple(piece for piece in kept if (piece.start < cues[0].start) == after)
        self._candidates[owner] = replace(one, content=tuple(sorted({*kept, *quotation.pieces})))

    def _marked(self, piece: Span) -> bool:
        at = bisect_right(self._opens, piece.start) - 1
        return at >= 0 and self._quotations[at].outer.covers(piece)

    def _block_end(self, offset: int) -> int:
        at = bisect_right(self._starts, offset - 1) - 1
        return self._body[at].end if at >= 0 else len(self._text)

    def _block_start(self, offset: int) -> int:
        at = bisect_right(self._starts, offset) - 1
        return self._body[at].start if at >= 0 else 0
