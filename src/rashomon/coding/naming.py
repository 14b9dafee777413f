"""Which voice calls whom what: loaded and contested names, kept apart from who is meant."""

from __future__ import annotations

from ..knowledge.books import Labels
from ..records import Claim, Mention, Naming, Span
from .scene import Scene

_LONGEST = 4  # tokens in a label


def find(scene: Scene, words: Labels) -> list[Naming]:
    """Loaded names of the body and its captions, in text order, longest first where they overlap."""
    found: list[Naming] = []
    for sentence in scene.syntax.sentences:
        index = sentence.first
        while index < sentence.last:
            last = _label(scene, index, sentence.last, words)
            if last is None:
                index += 1
                continue
            span = scene.syntax.span(index, last)
            found.append(_naming(scene, span, index, last))
            index = last + 1
    return found


def _label(scene: Scene, index: int, end: int, words: Labels) -> int | None:
    start = scene.tokens[index].start
    for last in range(min(index + _LONGEST, end) - 1, index - 1, -1):
        piece = scene.text[start : scene.tokens[last].end].lower().replace("’", "'")
        if piece in words.labels:
            return last
    return _linked(scene, index, end, words)


def _linked(scene: Scene, index: int, end: int, words: Labels) -> int | None:
    """ "X-linked" for an armed group X, "X forces" for a leader X."""
    mention = scene.mention_at.get(index)
    if mention is None or mention.span.start != scene.tokens[index].start:
        return None
    after = scene.syntax.token_at(mention.span.end)
    if after is None or after >= end:
        return None
    if mention.kind == "person" and scene.tokens[after].text in words.forces:
        return after
    if (
        mention.kind == "armed-group"
        and after + 1 < end
        and scene.tokens[after].text in {"-", " "}
        and scene.tokens[after + 1].text.lower() in words.linked
    ):
        return after + 1
    return None


def _naming(scene: Scene, span: Span, first: int, last: int) -> Naming:
    claim = scene.claim_over(span)
    quoted = claim is not None and (
        claim.kind in {"direct", "block"} or (claim.kind == "mixed" and _in_marks(scene, span, claim))
    )
    referent = _referent(scene, first, last)
    return Naming(
        span=span,
        actor=referent.name if referent else span.of(scene.text),
        label=span.of(scene.text),
        voice="quoted" if quoted else "author",
        speaker=claim.speaker if quoted and claim else None,
        attribution=claim.id if quoted and claim else None,
    )


def _in_marks(scene: Scene, span: Span, claim: Claim) -> bool:
    """True when an opening quotation mark stands open before the span inside the claim's content."""
    content = next(piece for piece in claim.content if piece.covers(span))
    before = scene.text[content.start : span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1 or before.count("‘") > before.count("’")


def _referent(scene: Scene, first: int, last: int) -> Mention | None:
    for index in range(last, first - 1, -1):
        if index in scene.heads:
            return scene.heads[index]
    head = scene.tokens[last].head
    return scene.mention_at.get(last) or (scene.named(head) if scene.tokens[last].dep in {"compound", "amod", "nmod"} else None)
