"""The sentence that a span stands in, for quoting it: a reading keeps spans and text, no syntax."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from .span import Span

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[\r\n\u2028\u2029]+")
_BREAK = re.compile(r"[\r\n\u2028\u2029]")
_SHORT = re.compile(r"\b(?:[^\W\d_]\.)+$|\b[A-Z][^\W\d_]{0,3}\.$")


def sentence_around(text: str, span: Span) -> Span:
    """Span of the sentence that holds the first character of `span`; it never crosses a line's end.

    A full stop ends none before a small letter, nor after initials or a short capitalised word ("U.N.", "Gen."): too long a
    quotation does less harm than half a one. A span that runs further than its first sentence is kept whole.
    """
    lines, ends = _cuts(text)
    at = bisect_right(ends, span.start)
    before = ends[at - 1] if at else 0
    line = lines[bisect_right(lines, span.start) - 1]
    end = ends[at] if at < len(ends) else len(text)
    return Span(max(before, line), max(end, span.end)).trimmed(text)


@lru_cache(maxsize=64)
def _cuts(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where lines begin, and where sentences end with the white space behind them: found once for all spans of a text."""
    lines = [match.end() for match in _BREAK.finditer(text)]
    return (0, *lines), tuple(match.end() for match in _END.finditer(text) if _ends(text, match))


def _ends(text: str, match: re.Match[str]) -> bool:
    if not match.group().strip():
        return True
    if match.end() < len(text) and text[match.end()].islower():
        return False
    mark = match.start()
    return text[mark] != "." or _SHORT.search(text, max(0, mark - 12), mark + 1) is None
