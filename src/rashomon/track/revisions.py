"""The book of revisions: what one source said and later changed, corrected or took back, in one text or in several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..records import Citation, Revision
from . import corrected, figures, reversals
from .editions import revised
from .found import RANK, Found
from .voiced import Paper


def revisions(papers: Iterable[Paper]) -> tuple[Revision, ...]:
    """All revisions of these documents, by the newer passage's document and place. The order of `papers` plays no part.

    A chain is told link by link: the second figure replaces the first, the third the second. What a note says is a correction
    or retraction and no unannounced change beside it.
    """
    ordered = sorted(papers, key=lambda paper: paper.order)
    found: list[Found] = []
    for paper in ordered:
        found.extend(figures.within(paper))
        found.extend(figures.replacing(paper, paper))
        found.extend(reversals.within(paper))
        if paper.notes:
            earlier = tuple(other for other in _kin(paper, ordered) if other.before(paper))
            found.extend(corrected.corrections(paper, earlier))
            found.extend(corrected.retractions(paper, earlier))
    versions = _versions(ordered)
    for chain in versions:
        for older, newer in pairwise(chain):
            found.extend(revised(older, newer))
    for older, newer in _pairs(ordered, versions):
        found.extend(figures.across(older, newer))
        found.extend(figures.replacing(older, newer))
        found.extend(reversals.across(older, newer))
    age = {paper.key: at for at, paper in enumerate(reversed(ordered))}
    return tuple(each.revision() for each in sorted(_once(found, age), key=lambda each: (_at(each.b), _at(each.a))))


def _at(cited: Citation) -> tuple[str, int, int]:
    return cited.document, cited.span.start, cited.span.end


def _kin(paper: Paper, ordered: Sequence[Paper]) -> Iterator[Paper]:
    """Documents that share a publisher, an address, a story or a speaker with this one."""
    voices = _voices(paper)
    for other in ordered:
        if other is not paper and (
            other.publisher == paper.publisher or (other.story and other.story == paper.story)
            or (other.address and other.address == paper.address) or voices & _voices(other)
        ):
            yield other


def _voices(paper: Paper) -> frozenset[str]:
    return frozenset(speaker.key for claim in paper.reading.attributions if (speaker := paper.of_claim(claim.id)).known)


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


def _pairs(ordered: Sequence[Paper], versions: Sequence[tuple[Paper, ...]]) -> Iterator[tuple[Paper, Paper]]:
    """Pairs of documents, the earlier first, that have a known source in common and are no versions of one address."""
    by_voice: dict[str, list[int]] = defaultdict(list)
    for at, paper in enumerate(ordered):
        for voice in sorted(_meeting(paper)):
            by_voice[voice].append(at)
    pairs = {
        (i, j) for some in by_voice.values() for at, i in enumerate(some) for j in some[at + 1 :]
    }
    for i, j in sorted(pairs):
        one, other = ordered[i], ordered[j]
        if one.address is not None and one.address == other.address:
            continue
        if one.before(other):
            yield one, other
        elif other.before(one):
            yield other, one


def _meeting(paper: Paper) -> set[str]:
    """What brings it together with others: its sources, and its story where it replaces what others counted."""
    replaces = paper.story is not None and any(paper.says("replacing", sentence) for sentence in paper.sentences)
    return {*_voices(paper), *([f"story {paper.story}"] if replaces else [])}


def _once(found: Iterable[Found], age: dict[str, int]) -> list[Found]:
    """Each newer passage once for an older one: what a note says before what is only seen; the nearest older one only."""
    kept: list[Found] = []
    newest_first = sorted(found, key=lambda each: (RANK[each.kind], age[each.a.document], _at(each.b), _at(each.a)))
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
