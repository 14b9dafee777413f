"""Cutting a text into the passages that are searched: about a sentence each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..records import Span

LONGEST = 1000
# One class at the start: a pattern that begins so is looked for three times as fast as one of alternatives.
_END = re.compile(
    r"[.!?…؟۔。！？\r\n\u2028\u2029]"
    r"(?:(?<=[.!?…؟۔])[.!?…؟۔]*[\"'”’»)\]]*\s+|(?<=[。！？])[。！？]*|(?<=[\r\n\u2028\u2029])[\r\n\u2028\u2029]*)"
)
_LAST_WORD = re.compile(r"[^\W\d_]+\.$")


def passages(text: str, regions: Iterable[Span]) -> Iterator[Span]:
    """The sentences of the regions, in order, without white space at their edges; none crosses a line end.

    A cut is made after a closing mark unless a small letter follows or the mark ends a short capitalised word, as in
    "Gen." or "U.N.": a passage too long does less harm than half a sentence. At most `LONGEST` characters each.
    """
    for region in regions:
        start = region.start
        for mark in _END.finditer(text, region.start, region.end):
            if _is_end(text, mark, region.end):
                yield from _pieces(text, Span(start, mark.end()))
                start = mark.end()
        yield from _pieces(text, Span(start, region.end))


def _is_end(text: str, mark: re.Match[str], limit: int) -> bool:
    if mark.end() >= limit or not mark.group().strip():
        return True
    if text[mark.end()].islower():
        return False
    if mark.group()[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, mark.start() - 5), mark.start() + 1)
    return word is None or len(word.group()) > 4 or not word.group()[0].isupper()


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        # Windows are cut before they are trimmed: slicing the rest again and again would take quadratic time.
        stop = min(span.end, start + LONGEST)
        if stop < span.end:
            space = text.rfind(" ", start + 1, stop)
            stop = space if space > 0 else stop
        piece = Span(start, stop).trimmed(text)
        if piece.width:
            yield piece
        start = stop
