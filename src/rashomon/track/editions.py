"""Versions of one address set side by side, sentence by sentence: what was changed, added and left out, announced or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from ..records import Citation, Span
from .found import Found
from .voiced import Paper

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*|[^\w\s]")
_ALIKE = 0.5
_SAME = 0.6  # below that the world may have changed, and not the account ("is going on", "has ended")
ChangeKind = Literal["changed", "added", "removed", "note"]


class Change(msgspec.Struct, frozen=True):
    """One difference between two versions: a sentence as it stood and as it stands. `a` is None for one that is new, `b` for one
    that is gone; `words` are the pieces that differ, (before, after). A `note` says itself that the text was changed."""

    kind: ChangeKind
    a: Citation | None
    b: Citation | None
    words: tuple[tuple[Span, Span], ...] = ()


def compared(a: Paper, b: Paper) -> tuple[Change, ...]:
    """The differences from `a`, the earlier version, to `b`, in the order of the texts. White space does not count."""
    before = [_flat(a, sentence) for sentence in a.sentences]
    after = [_flat(b, sentence) for sentence in b.sentences]
    found: list[Change] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found.extend(_aligned(a, a.sentences[i:j], b, b.sentences[k:m]))
    return tuple(found)


def revised(a: Paper, b: Paper) -> Iterator[Found]:
    """The figures and claims that differ between two versions without a word said of it."""
    for change in compared(a, b):
        if change.kind != "changed" or change.a is None or change.b is None:
            continue
        for old, new in change.words:
            numbers = _number(a, old), _number(b, new)
            if numbers[0] is not None and numbers[1] is not None:
                yield _found("figure", a, numbers[0], b, numbers[1])
            elif old.width and new.width and _telling(a, old) and _telling(b, new) and (
                _likeness(a, change.a.sentence, b, change.b.sentence) >= _SAME
            ):
                yield _found("claim", a, _clause(a, old, change.a.sentence), b, _clause(b, new, change.b.sentence))


def _found(kind: Literal["figure", "claim"], a: Paper, at: Span, b: Paper, to: Span) -> Found:
    who = b.speaker(to)
    why = "two versions of one address differ, and no note says so"
    return Found(kind, who.name, a.cite(at), b.cite(to, who), why, True)


def _flat(paper: Paper, sentence: Span) -> str:
    return " ".join(paper.text[sentence.start : sentence.end].split())


def _aligned(a: Paper, old: Sequence[Span], b: Paper, new: Sequence[Span]) -> Iterator[Change]:
    """Sentences of a stretch that differs, the likest paired first, in the order of the newer text; then what is gone."""
    scores = sorted(
        ((-_likeness(a, one, b, other), i, j) for i, one in enumerate(old) for j, other in enumerate(new)),
    )
    pairs: dict[int, int] = {}
    for score, i, j in scores:
        if -score >= _ALIKE and i not in pairs.values() and j not in pairs:
            pairs[j] = i
    for j, sentence in enumerate(new):
        if j in pairs:
            first = old[pairs[j]]
            yield Change("changed", a.cite(first), b.cite(sentence), tuple(_differences(a, first, b, sentence)))
        else:
            noted = b.marks(sentence) or b.takes_back(sentence)
            yield Change("note" if noted else "added", None, b.cite(sentence))
    for i, sentence in enumerate(old):
        if i not in pairs.values():
            yield Change("removed", a.cite(sentence), None)


def _likeness(a: Paper, one: Span, b: Paper, other: Span) -> float:
    left, right = ([token.lower() for token in _TOKEN.findall(paper.text, *span)] for paper, span in ((a, one), (b, other)))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _differences(a: Paper, one: Span, b: Paper, other: Span) -> Iterator[tuple[Span, Span]]:
    left, right = list(_TOKEN.finditer(a.text, *one)), list(_TOKEN.finditer(b.text, *other))
    words = [token.group() for token in left], [token.group() for token in right]
    for tag, i, j, k, m in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _piece(left, i, j, one), _piece(right, k, m, other)


def _piece(tokens: Sequence[re.Match[str]], first: int, last: int, sentence: Span) -> Span:
    if first < last:
        return Span(tokens[first].start(), tokens[last - 1].end())
    at = tokens[first].start() if first < len(tokens) else sentence.end
    return Span(at, at)


def _number(paper: Paper, piece: Span) -> Span | None:
    """The figure that a differing piece holds or stands in."""
    return next((figure.span for figure in paper.figures if figure.span.overlaps(piece)), None)


def _telling(paper: Paper, piece: Span) -> bool:
    """More than a mark or a small word."""
    return any(len(word) > 3 for word in re.findall(r"[^\W\d_]+", piece.of(paper.text)))


def _clause(paper: Paper, piece: Span, sentence: Span) -> Span:
    """The claim's content around the piece, else its sentence."""
    around = [
        content for claim in paper.reading.attributions for content in claim.content if claim.id != "A0" and content.covers(piece)
    ]
    return min(around, key=lambda content: (content.width, content.start), default=sentence)
