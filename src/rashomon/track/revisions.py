"""The book of revisions: what one source said and later changed, corrected or took back, in one text or in several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from ..records import Citation, Revision
from . import corrected, figures, reversals
from .editions import revised
from .found import RANK, Found
from .subjects import within_days
from .voiced import Paper

_SOON = 7  # days
_MANY = 200  # documents that a note is held against, at most
_BACK = 30  # earlier documents of one source and one name that a document is held against, at most
_BESIDE = 10  # the same of one outlet within days


def revisions(papers: Iterable[Paper]) -> tuple[Revision, ...]:
    """All revisions of these documents, by the newer passage's document and place. The order of `papers` plays no part.

    A chain is told link by link: the second figure replaces the first, the third the second. What a note says is a correction
    or retraction and no unannounced change beside it.
    """
    ordered = sorted(papers, key=lambda paper: paper.order)
    return _told(_found(ordered, lambda older, newer: True, ordered), ordered)


def revisions_of(paper: Paper, papers: Iterable[Paper]) -> tuple[Revision, ...] | None:
    """Those of all revisions whose older passage stands in this one of the documents, without looking for the others. None where
    no passage was even a candidate."""
    ordered = sorted(papers, key=lambda each: each.order)
    own = [each for each in _found(ordered, lambda older, newer: older is paper, [paper]) if each.a.document == paper.key]
    if not own:
        return None
    # Which of several stands depends on what else the newer documents put in the place of something.
    newer_ones = {each.b.document for each in own}
    those = [each for each in ordered if each.key in newer_ones]
    found = [
        each for each in _found(ordered, lambda older, newer: newer.key in newer_ones, those) if each.b.document in newer_ones
    ]
    return tuple(each for each in _told(found, ordered) if each.a.document == paper.key)


def touched(older: Paper, papers: Iterable[Paper], newer: Collection[str]) -> bool:
    """Is a passage of this one of the documents a candidate for having been revised in one of the `newer` (keys)?"""
    ordered = sorted(papers, key=lambda each: each.order)
    return any(
        each.a.document == older.key for each in _found(ordered, lambda one, other: one is older and other.key in newer, [older])
    )


def _found(
    ordered: Sequence[Paper], wanted: Callable[[Paper, Paper], bool], those: Sequence[Paper]
) -> Iterator[Found]:
    """The candidates, before one is chosen of several; only of pairs (older, newer) that are wanted, a note's perhaps others.
    Each pair that is wanted has one of `those` in it."""
    for paper in ordered:
        if wanted(paper, paper):
            yield from figures.within(paper)
            yield from figures.replacing(paper, paper)
            yield from reversals.within(paper)
        # Whether it has notes takes longer to tell. A note may also mean its own text.
        if any(wanted(other, paper) for other in ordered) and paper.notes:
            earlier = _kin(paper, ordered)
            if any(wanted(other, paper) for other in (paper, *earlier)):
                yield from corrected.corrections(paper, earlier)
                yield from corrected.retractions(paper, earlier)
    versions = _versions(ordered)
    for chain in versions:
        for older, newer in pairwise(chain):
            if wanted(older, newer):
                yield from revised(older, newer)
    for older, newer in _pairs(ordered, those):
        if wanted(older, newer):
            yield from figures.across(older, newer)
            yield from figures.replacing(older, newer)
            yield from reversals.across(older, newer)


def _told(found: Iterable[Found], ordered: Sequence[Paper]) -> tuple[Revision, ...]:
    age = {paper.key: at for at, paper in enumerate(reversed(ordered))}
    return tuple(each.revision() for each in sorted(_once(found, age), key=lambda each: (_at(each.b), _at(each.a))))


def _at(cited: Citation) -> tuple[str, int, int]:
    return cited.document, cited.span.start, cited.span.end


def _kin(paper: Paper, ordered: Sequence[Paper]) -> list[Paper]:
    """Documents that a note in this one may mean: of its address or story, or of a common source with a name in common; the
    latest only where there are very many."""
    most = paper.lore.words.window_days
    found = []
    for other in ordered:
        if other is paper or not within_days(other, paper, most) or not other.before(paper):
            continue
        near = (other.address and other.address == paper.address) or (other.story and other.story == paper.story)
        common = other.publisher == paper.publisher or paper.voices & other.voices
        if near or (common and (paper.anchors & other.anchors or within_days(other, paper, _SOON))):
            found.append(other)
    return found[-_MANY:]


def _versions(ordered: Sequence[Paper]) -> list[tuple[Paper, ...]]:
    """The versions of each address that has several, the oldest first."""
    by_address: dict[str, list[Paper]] = defaultdict(list)
    for paper in ordered:
        if paper.address and paper.captured:
            by_address[paper.address].append(paper)
    return [
        tuple(sorted(some, key=lambda paper: (paper.captured or "", paper.key)))
        for _, some in sorted(by_address.items()) if len(some) > 1
    ]


def _pairs(ordered: Sequence[Paper], those: Sequence[Paper]) -> Iterator[tuple[Paper, Paper]]:
    """Pairs of documents, the earlier first, that have a known source in common and are no versions of one address; only pairs
    with one of `those`."""
    sought = {place for paper in those for place in paper.meets}
    outlets, keys = {paper.publisher for paper in those}, {paper.key for paper in those}
    meeting: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_outlet: dict[str, list[int]] = defaultdict(list)
    for at, paper in enumerate(ordered):
        for place in paper.meets & sought:
            meeting[place].append(at)
        if paper.publisher and paper.publisher in outlets:
            by_outlet[paper.publisher].append(at)
    pairs = {
        (some[at - step], i) for some in meeting.values() for at, i in enumerate(some) for step in range(1, min(at, _BACK) + 1)
    }
    # Two reports of one outlet on days that follow one another may tell of one thing without a name in common.
    pairs |= {
        (some[at - step], i) for some in by_outlet.values() for at, i in enumerate(some)
        for step in range(1, min(at, _BESIDE) + 1)
        if within_days(ordered[some[at - step]], ordered[i], _SOON)
    }
    pairs = {(i, j) for i, j in pairs if ordered[i].key in keys or ordered[j].key in keys}
    for i, j in sorted(pairs):
        one, other = ordered[i], ordered[j]
        if one.address is not None and one.address == other.address:
            continue
        if one.before(other):
            yield one, other
        elif other.before(one):
            yield other, one


def _once(found: Iterable[Found], age: dict[str, int]) -> list[Found]:
    """Each newer passage once for an older one: what a note says before what is only seen; the nearest older one only."""
    kept: list[Found] = []
    newest_first = sorted(
        found, key=lambda each: (RANK[each.kind], each.reported, age[each.a.document], _at(each.b), _at(each.a))
    )
    for each in newest_first:
        same = [other for other in kept if _overlap(other.a, each.a) and other.b.document == each.b.document]
        chained = [
            other for other in kept
            if other.kind == each.kind == "figure" and _overlap(other.b, each.b) and other.source == each.source
        ]
        claimed = [other for other in kept if each.kind == "claim" and other.b.document == each.b.document
                   and (_overlap(other.b, each.b) or other.b.sentence == each.b.sentence)]
        if not same and not chained and not claimed:
            kept.append(each)
    return kept


def _overlap(a: Citation, b: Citation) -> bool:
    return a.document == b.document and a.span.overlaps(b.span)
