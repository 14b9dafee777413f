"""What the trained tagger found, joined with the candidates of syntax and lists.

The tagger sees the layer nearest the publisher, and sees it whole: what is said without a reporting verb, where a content ends.
Syntax sees every layer, knows a passive from an active and a coordinated source from a single one. Where both find one cue,
the boundaries are the tagger's and the structure is that of syntax.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ..records import Span, Tagged
from .candidate import Candidate

SURE = 0.0  # below it an attribution that syntax does not see is left out


def joined(outer: Sequence[Tagged], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Every candidate, with the tagger's boundaries where it knows better, and what the tagger alone found; in text order."""
    return sorted(_merged(outer, candidates), key=lambda one: (one.anchor, one.content))


def _merged(outer: Sequence[Tagged], inner: Sequence[Candidate]) -> Iterator[Candidate]:
    cues = sorted((cue, number) for number, one in enumerate(outer) for cue in one.cue)
    starts = [cue.start for cue, _ in cues]
    used: set[int] = set()
    for candidate in inner:
        number = _same(candidate, cues, starts)
        if number is None:
            yield candidate
            continue
        used.add(number)
        yield _joined(candidate, outer[number])
    for number, one in enumerate(outer):
        if number not in used and (one.cue or one.source) and one.confidence >= SURE:
            source = one.source[0] if one.source else None
            yield Candidate(source, one.cue, one.content, confidence=one.confidence, quotable=bool(one.cue))


def _same(candidate: Candidate, cues: Sequence[tuple[Span, int]], starts: Sequence[int]) -> int | None:
    """Number of the tagger's attribution whose cue overlaps the candidate's."""
    for cue in candidate.cue:
        at = bisect_left(starts, cue.end)
        for index in range(at - 1, max(-1, at - 4), -1):
            if cues[index][0].overlaps(cue):
                return cues[index][1]
    return None


def _joined(candidate: Candidate, tagged: Tagged) -> Candidate:
    """The candidate with the tagger's boundaries, where they speak of the same thing."""
    content = candidate.content
    if not candidate.bare and not candidate.block and (not content or _overlap(content, tagged.content)):
        content = tagged.content
    source = candidate.source
    if tagged.source and (source is None or (source.overlaps(tagged.source[0]) and not tagged.source[0].covers(source))):
        source = tagged.source[0]
    return replace(
        candidate, source=source, cue=tagged.cue, content=content, confidence=max(candidate.confidence, tagged.confidence)
    )


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in one for b in other)
