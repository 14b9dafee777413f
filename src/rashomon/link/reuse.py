"""Text that two documents share word for word: copies of one report, and quoted passages.

Runs of WIDTH words are looked up in an index, so that the work grows with the text and not with the number of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from ..records import Reading, Span
from ..records.cluster import Pair, components, pair
from .words import WORD

WIDTH = 8


class Passage(msgspec.Struct, frozen=True):
    """The same words in two documents: `span_a` in document `a`, `span_b` in document `b`, `words` of them."""

    a: str
    b: str
    span_a: Span
    span_b: Span
    words: int


class Shingles(msgspec.Struct, frozen=True):
    """A document's own words with where they stand, and its runs of WIDTH words as (run, index of its first word)."""

    key: str
    spans: tuple[Span, ...]
    runs: tuple[tuple[str, int], ...]


def shingles(key: str, reading: Reading) -> Shingles:
    """The shingles of the body; runs cross no paragraph."""
    spans: list[Span] = []
    runs: list[tuple[str, int]] = []
    for block in reading.body:
        found = list(WORD.finditer(reading.text, block.start, block.end))
        words = [match.group().lower() for match in found]
        first = len(spans)
        spans.extend(Span(*match.span()) for match in found)
        runs.extend((" ".join(words[at : at + WIDTH]), first + at) for at in range(len(words) - WIDTH + 1))
    return Shingles(key, tuple(spans), tuple(runs))


def passages(documents: Iterable[Shingles]) -> list[Passage]:
    """Every longest run of shared words, of at least WIDTH, between two documents; sorted. `a` < `b`."""
    by_key = {document.key: document for document in documents}
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key in sorted(by_key):
        for run, at in by_key[key].runs:
            index[run].append((key, at))
    starts: dict[tuple[str, str], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for places in index.values():
        for position, (a, at) in enumerate(places):
            for b, to in places[position + 1 :]:
                if a != b:
                    starts[a, b][to - at].add(at)
    found = []
    for (a, b), diagonals in starts.items():
        for shift, begins in diagonals.items():
            for first, last in _runs(begins):
                end = last + WIDTH - 1
                span_a = Span(by_key[a].spans[first].start, by_key[a].spans[end].end)
                span_b = Span(by_key[b].spans[first + shift].start, by_key[b].spans[end + shift].end)
                found.append(Passage(a, b, span_a, span_b, end - first + 1))
    return sorted(found, key=lambda each: (each.a, each.b, each.span_a, each.span_b))


def covered(passages_found: Iterable[Passage]) -> Mapping[tuple[str, str], tuple[Span, ...]]:
    """(document, other document) -> the spans of the first that the second has too."""
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for each in passages_found:
        spans[each.a, each.b].append(each.span_a)
        spans[each.b, each.a].append(each.span_b)
    return {at: tuple(sorted(found)) for at, found in spans.items()}


def shared_words(document: Shingles, found: Iterable[Passage]) -> int:
    """How many of the document's words stand in these passages."""
    mine = [each.span_a if each.a == document.key else each.span_b for each in found if document.key in (each.a, each.b)]
    return len({index for span in mine for index in _inside(document.spans, span)})


def copies(documents: Iterable[Shingles], found: Iterable[Passage], least: float) -> list[tuple[str, ...]]:
    """Documents of which at least `least` of the shorter one's words stand in the other, grouped; each document once."""
    by_key = {document.key: document for document in documents}
    shared: dict[Pair, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for each in found:
        for side, key, span in ((0, each.a, each.span_a), (1, each.b, each.span_b)):
            shared[pair(each.a, each.b)][side].update(_inside(by_key[key].spans, span))
    edges = [
        (a, b)
        for (a, b), (in_a, in_b) in shared.items()
        if max(len(in_a) / len(by_key[a].spans), len(in_b) / len(by_key[b].spans)) >= least
    ]
    return components(by_key, edges)


def _inside(spans: tuple[Span, ...], outer: Span) -> Iterator[int]:
    return (index for index, span in enumerate(spans) if outer.covers(span))


def _runs(begins: set[int]) -> Iterator[tuple[int, int]]:
    """Maximal runs of consecutive numbers, as (first, last)."""
    ordered = sorted(begins)
    first = 0
    for index in range(1, len(ordered) + 1):
        if index == len(ordered) or ordered[index] != ordered[index - 1] + 1:
            yield ordered[first], ordered[index - 1]
            first = index
