"""What the trained tagger found, joined with the candidates of syntax and lists.

The tagger sees the layer nearest the publisher, and sees it whole: what is said without a reporting verb, where a content ends.
Syntax sees every layer, knows a passive from an active and a coordinated source from a single one. Where both find one cue,
the structure is that of syntax; so are the boundaries where the two differ only in what a span may begin or end with, else
they are the tagger's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ..records import Span, Syntax, Tagged
from .candidate import Candidate

SURE = 0.33  # below it an attribution that syntax does not see is left out
CERTAIN = 0.8  # confidence of a candidate whose source is its verb's own subject
FIRM = 0.4  # confidence of a tagger whose source is believed against syntax's guess
ALIKE = 0.7  # share of characters from which two contents are taken for one, differently cut


def joined(outer: Sequence[Tagged], candidates: Sequence[Candidate], syntax: Syntax) -> list[Candidate]:
    """Every candidate, with the tagger's boundaries where it knows better, and what the tagger alone found; in text order."""
    return sorted(_merged(outer, candidates, syntax), key=lambda one: (one.anchor, one.content))


def _merged(outer: Sequence[Tagged], inner: Sequence[Candidate], syntax: Syntax) -> Iterator[Candidate]:
    cues = sorted((cue, number) for number, one in enumerate(outer) for cue in one.cue)
    starts = [cue.start for cue, _ in cues]
    used: set[int] = set()
    for candidate in inner:
        number = _same(candidate, cues, starts)
        if number is None:
            yield candidate
            continue
        used.add(number)
        yield _joined(candidate, outer[number], syntax)
    taken = sorted(piece.start for candidate in inner for piece in candidate.content)
    for number, one in enumerate(outer):
        if number in used or one.confidence < SURE or _negated(one.cue, syntax):
            continue
        if one.cue or (one.source and not _said_already(one.content, taken)):
            source = one.source[0] if one.source else None
            content = tuple(_without_that(piece, syntax) for piece in one.content)
            yield Candidate(source, one.cue, content, confidence=one.confidence, quotable=bool(one.cue))


def _said_already(content: Sequence[Span], taken: Sequence[int]) -> bool:
    """Whether a content of syntax begins where one without a cue does: "Report: …" has been read by its colon."""
    return any(bisect_left(taken, piece.start - 1) < bisect_left(taken, piece.start + 2) for piece in content)


def _negated(cue: Sequence[Span], syntax: Syntax) -> bool:
    """True for "has not said": nothing is reported, unless syntax knows the words for a denial or a refusal."""
    return any(syntax.tokens[index].dep == "neg" for piece in cue for index in syntax.within(piece))


def _same(candidate: Candidate, cues: Sequence[tuple[Span, int]], starts: Sequence[int]) -> int | None:
    """Number of the tagger's attribution whose cue overlaps the candidate's."""
    for cue in candidate.cue:
        at = bisect_left(starts, cue.end)
        for index in range(at - 1, max(-1, at - 4), -1):
            if cues[index][0].overlaps(cue):
                return cues[index][1]
    return None


def _joined(candidate: Candidate, tagged: Tagged, syntax: Syntax) -> Candidate:
    """The candidate with the tagger's boundaries, where they speak of the same thing."""
    content, source = candidate.content, candidate.source
    if not (candidate.bare or candidate.block) and _better(candidate, tagged):
        content = tuple(_without_that(piece, syntax) for piece in tagged.content)
    if tagged.source and _another(candidate, tagged):
        source = tagged.source[0]
    return replace(
        candidate, source=source, cue=tagged.cue, content=content, confidence=max(candidate.confidence, tagged.confidence)
    )


def _another(candidate: Candidate, tagged: Tagged) -> bool:
    """Whether the tagger's source takes the place of the candidate's: there is none, it is part of the cue, it is a guess
    elsewhere, or it is longer than it need be."""
    source = candidate.source
    if source is None or any(cue.overlaps(source) for cue in tagged.cue):
        return True
    if not source.overlaps(tagged.source[0]):
        return candidate.confidence < CERTAIN and tagged.confidence >= FIRM
    return not tagged.source[0].covers(source)


def _better(candidate: Candidate, tagged: Tagged) -> bool:
    """Whether the tagger's content takes the place of the candidate's."""
    if not candidate.content:
        return True
    if candidate.parted and len(tagged.content) <= len(candidate.content):
        return False
    if candidate.source is not None and any(piece.overlaps(candidate.source) for piece in tagged.content):
        return False
    both = sum(a.shared(b) for a in candidate.content for b in tagged.content)
    either = sum(piece.width for piece in (*candidate.content, *tagged.content)) - both
    return both > 0 and (both < ALIKE * either or len(tagged.content) > len(candidate.content))


def _without_that(piece: Span, syntax: Syntax) -> Span:
    """The span without the "that" that only ties it to its cue."""
    first = syntax.token_at(piece.start)
    if first is None or first + 1 >= len(syntax.tokens):
        return piece
    token, after = syntax.tokens[first], syntax.tokens[first + 1]
    if token.text.lower() != "that" or token.dep != "mark" or after.start >= piece.end:
        return piece
    return Span(after.start, piece.end)
