"""The sentence that a span stands in, to be quoted: a reading keeps spans and text, no syntax."""

from __future__ import annotations

from ..ledger.passages import passages
from ..records import Span

_LINE_ENDS = "\r\n\u2028\u2029"


def sentence_around(text: str, span: Span) -> Span:
    """The span of the sentence that holds the first character of `span`, cut as the ledger's search cuts; never past a
    line's end. The trimmed span itself where the text there is blank."""
    start = max(text.rfind(mark, 0, span.start) for mark in _LINE_ENDS) + 1
    ends = [end for mark in _LINE_ENDS if (end := text.find(mark, span.start)) >= 0]
    for passage in passages(text, [Span(start, min(ends, default=len(text)))]):
        if passage.end > span.start:
            return passage
    return span.trimmed(text)
