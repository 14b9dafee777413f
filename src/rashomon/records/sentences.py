"""The sentence that a span stands in, for quoting it: a reading keeps spans and text, no syntax."""

from __future__ import annotations

import re
from functools import lru_cache

from .span import Span

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[\r\n\u2028\u2029]+")
_SHORT = re.compile(r"\b(?:[^\W\d_]\.)+$|\b[A-Z][^\W\d_]{0,3}\.$")


@lru_cache(maxsize=1024)
def sentence_around(text: str, span: Span) -> Span:
    """Span of the sentence that holds the first character of `span`; it never crosses a line's end.

    A full stop ends none before a small letter, nor after initials or a short capitalised word ("U.N.", "Gen."): too long a
    quotation does less harm than half a one. A span that runs further than its first sentence is kept whole.
    """
    line = max((text.rfind(mark, 0, span.start) for mark in "\r\n\u2028\u2029"), default=-1) + 1
    start, end = line, len(text)
    for match in _END.finditer(text, line):
        if not _ends(text, match):
            continue
        if match.end() <= span.start:
            start = match.end()
            continue
        end = match.end()
        break
    return Span(start, max(end, span.end)).trimmed(text)


def _ends(text: str, match: re.Match[str]) -> bool:
    if not match.group().strip():
        return True
    if match.end() < len(text) and text[match.end()].islower():
        return False
    mark = match.start()
    return text[mark] != "." or _SHORT.search(text, max(0, mark - 12), mark + 1) is None
