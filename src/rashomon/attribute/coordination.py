"""Several acts of speech in one sentence: "said P and contested Q", "said P, and Y said Q", "X says P; the army, that Q"."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

from msgspec.structs import replace

from ..knowledge.cues import CueKnowledge
from ..records import Span
from .candidate import Candidate
from .phrases import Tree
from .tone import Tone

# So far is looked into a content: characters, acts of speech, tokens.
_READ, _INNER, _TOKENS, _NEAR = 1200, 24, 200, 24
_SPLITS = 3
_TURN = re.compile(r"(?:;|[,—–]\s*(?:and|but|while|although|though|whereas))\s*$")
_LOOSE = re.compile(r"(?:,?\s*(?:and|but|or|then))?\s*$")
_AFTER = re.compile(r",?\s*(?:after|before|while|in)?\s*$")
_GAP = re.compile(r";\s+(?P<who>(?:(?:the|its|his|her|their|an?)\s+)?[^\s,;:.!?][^,;:.!?\n]{1,50}), that\s+(?=\S)")


class Coordination:
    """Cuts contents of one text where another act of speech begins."""

    def __init__(self, tree: Tree, cues: CueKnowledge, tone: Tone, quoted: set[int]) -> None:
        self._tree = tree
        self._cues = cues
        self._tone = tone
        self._quoted = quoted

    def parted(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates with contents that end where the next act of speech begins, its source put right."""
        out = list(candidates)
        anchors = [one.anchor for one in out]
        added: list[Candidate] = []
        for index, outer in enumerate(out):
            if not outer.content or outer.source is None:
                continue
            piece = outer.content[-1]
            if not outer.cue or piece.start < outer.cue[-1].end:
                continue
            gap = _GAP.search(self._tree.text, piece.start, min(piece.end, piece.start + _READ))
            if gap is not None and not self._inside(gap.start()):
                who = self._tree.clean(Span(gap.start("who"), gap.end("who")))
                added.append(Candidate(who, (), (self._tree.clean(Span(gap.end(), piece.end)),), 0.6))
                piece = self._tree.clean(Span(piece.start, gap.start()))
            stop: int | None = None
            first = bisect_left(anchors, piece.start)
            for at in range(first, min(bisect_left(anchors, piece.end), first + _INNER)):
                inner = out[at]
                if at == index or not inner.cue:
                    continue
                cut, shared = self._cut(outer, inner, piece)
                if cut is None:
                    continue
                stop = cut if stop is None else min(stop, cut)
                if shared:
                    out[at] = replace(inner, source=outer.source)
            if stop is not None:
                piece = self._tree.clean(Span(piece.start, stop))
            if piece != outer.content[-1]:
                out[index] = replace(outer, content=(*outer.content[:-1], *([piece] if piece.width > 1 else ())))
        return sorted([*out, *added], key=lambda one: (one.anchor, one.content))

    def _inside(self, offset: int) -> bool:
        at = self._tree.syntax.token_at(offset)
        return at is not None and at in self._quoted

    def _cut(self, outer: Candidate, inner: Candidate, piece: Span) -> tuple[int | None, bool]:
        """Where the outer content must end before the inner act, and whether its source is the outer one's."""
        text, start = self._tree.text, piece.start
        head = self._tone.head(inner)
        if head is None or head in self._quoted:
            return None, False
        source = inner.source
        own = self._tree.one(head, "nsubj", "nsubjpass") is not None
        if source is not None and not own and self._tree.tokens[head].dep == "conj" and outer.source is not None:
            source = None if source.start >= start and inner.stance is not None else source
        if source is not None and source.start > start and source.end <= piece.end and source.start < inner.cue[0].start:
            before = _TURN.search(text, max(start, source.start - _NEAR), source.start)
            return (before.start() if before is not None else None), False
        if source is not None and source.start > start and source.end <= piece.end and self._tree.tokens[head].tag != "VBG":
            return None, False
        token = self._tree.tokens[head]
        group = self._cues.verb.get(token.lemma)
        act = inner.stance is not None or (group is not None and group.name in self._cues.acts)
        first = self._tree.tokens[min(self._tree.verb_group(head))].start
        if (
            token.dep == "conj"
            and act
            and self._tree.one(head, "nsubj", "nsubjpass") is None
            and token.tag in ("VBD", "VBZ", "VBP")
        ):
            before = _LOOSE.search(text, max(start, first - _NEAR), first)
            return (before.start() if before is not None else first), True
        hung = token.lemma in self._cues.hanging or act
        bracketed = text[max(0, first - 4) : first].rstrip()[-1:] == "("
        if token.tag == "VBG" and hung and token.dep in ("advcl", "pcomp") and not bracketed:
            before = _AFTER.search(text, max(start, first - _NEAR), first)
            if before is not None and before.start() > start and "," in before.group():
                return before.start(), True
        return None, False

    def split(self, candidate: Candidate) -> list[Candidate]:
        """Two candidates for "said P and that Q" where P and Q are different acts (a plain statement and a denial)."""
        if len(candidate.content) != 1 or not candidate.cue or candidate.block or candidate.stance is not None:
            return [candidate]
        tree, piece, tried = self._tree, candidate.content[0], 0
        for index in islice(tree.syntax.within(piece), _TOKENS):
            if (
                tree.tokens[index].text.lower() != "that"
                or index in self._quoted
                or index < 2
                or tree.tokens[index].start <= piece.start
            ):
                continue
            conjunction = tree.tokens[index - 1]
            if conjunction.text.lower() not in ("and", "but") or conjunction.start <= piece.start:
                continue
            verb = tree.tokens[tree.tokens[index].head]
            if tree.tokens[index].dep == "mark" and verb.dep == "conj":
                first = tree.clean(Span(piece.start, conjunction.start))
                second = tree.clean(Span(tree.tokens[index].end, piece.end))
                two = [replace(candidate, content=(part,)) for part in (first, second) if part.width > 1]
                tried += 1
                if tried > _SPLITS:
                    break
                if len(two) == 2 and self._tone.stance(two[0]) != self._tone.stance(two[1]):
                    return two
        return [candidate]
