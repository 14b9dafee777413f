"""How surely a statement is handed on (hedge), in which manner (stance), and in whose words (kind)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, islice

from ..knowledge.cues import CueKnowledge
from ..records import Span
from ..records.vocabulary import ClaimKind, Hedge, Stance
from .candidate import Candidate
from .phrases import Tree
from .quotations import Quotation
from .stances import Stances

_ATTITUDES = frozenset({"emotion", "believe", "know", "intend", "predict"})
_UNCLEAR = re.compile(r"^(?:it|what|who|how)\b[^.]{0,30}\bun(?:clear|known|certain)\b", re.I)
# Marks that open a quotation inside another; an apostrophe inside a word is none.
_OPENING = ("‘", "“", "«", '"')
_INNER = re.compile(r"(?<!\w)[‘“«\"'](?=\w)")
_READ = 1200
_ORDER: tuple[Hedge, ...] = ("none", "weak", "strong")


class Tone:
    """Reads hedge and stance off the cue and the words around it, whichever tagger found them."""

    def __init__(self, tree: Tree, cues: CueKnowledge, quotations: tuple[Quotation, ...]) -> None:
        self._tree = tree
        self._cues = cues
        self._quotations = quotations
        self._opens = [quotation.outer.start for quotation in quotations]
        self._stances = Stances(tree, cues)
        # Letters and digits before each offset, so that a share of marks is two subtractions however long the content.
        self._letters = list(accumulate((char.isalnum() for char in tree.text), initial=0))
        # ... and those inside the quotations before each.
        inside = (self._letters[quotation.outer.end] - self._letters[quotation.outer.start] for quotation in quotations)
        self._inside = list(accumulate(inside, initial=0))

    def head(self, candidate: Candidate) -> int | None:
        """The token that carries the cue: a listed verb, noun, adverb or adjective, else the cue's first word."""
        first: int | None = None
        for cue in candidate.cue:
            for index in self._tree.syntax.within(cue):
                token = self._tree.tokens[index]
                if token.dep in ("aux", "auxpass", "neg"):
                    continue
                if token.lemma in self._cues.verb or token.lemma in self._cues.noun or token.lemma in self._cues.light_verb:
                    return index
                first = index if first is None else first
        return first

    def hedge(self, candidate: Candidate) -> Hedge:
        """none, weak or strong."""
        index = self.head(candidate)
        text = self._tree.text
        if index is None or candidate.stance is not None:
            return "none"
        token = self._tree.tokens[index]
        verb, noun = self._cues.verb.get(token.lemma), self._cues.noun.get(token.lemma)
        level: Hedge = "none"
        adverb = self._cues.adverb.get(token.text.lower())
        if verb is not None and (token.pos not in ("NOUN", "PROPN") or noun is None):
            level = verb.hedge
        elif noun is not None:
            level = noun.hedge
        elif adverb is not None:
            level = adverb.hedge
        deed = bool(candidate.content) and candidate.content[0].of(text)[:3] == "to "  # "claimed to have hit P" stays doubtful
        if level == "strong" and not deed and self.stance(candidate) == "claims-responsibility":
            level = "none"
        attitude = verb is not None and verb.name in _ATTITUDES
        for word in self._beside(index, attitude):
            if word in self._cues.tone.strong and (attitude or word not in ("must", "surely")):
                level = stronger(level, "strong")
            elif word in self._cues.tone.weak:
                level = stronger(level, "strong" if attitude else "weak")  # a mind is read
        if candidate.source is not None and level != "strong":
            words = {self._tree.tokens[at].text.lower() for at in islice(self._tree.syntax.within(candidate.source), 3)}
            if words & self._cues.tone.strong:
                level = "strong"
        within = " ".join(cue.of(text) for cue in candidate.cue).lower()
        said = set(within.split())
        mind = attitude or self._minds(index)
        if (
            said & self._cues.tone.strong
            or (mind and said & self._cues.tone.weak)
            or any(within.startswith(phrase) for phrase in self._cues.tone.strong_phrases)
        ):
            level = "strong"
        elif said & self._cues.tone.seeming:
            level = stronger(level, "weak")
        before = text[max(0, candidate.anchor - 24) : candidate.anchor].lower()
        if any(before.rstrip().endswith(phrase) for phrase in self._cues.tone.strong_phrases):
            level = "strong"
        if candidate.content and level == "none" and _UNCLEAR.match(candidate.content[0].of(text)[:60]):
            level = "weak"
        return level

    def _minds(self, index: int) -> bool:
        """True for an adverb beside a verb of thinking or feeling ("Perhaps they hope")."""
        above = self._tree.tokens[self._tree.tokens[index].head]
        group = self._cues.verb.get(above.lemma)
        return self._tree.tokens[index].pos == "ADV" and group is not None and group.name in _ATTITUDES

    def _beside(self, index: int, attitude: bool) -> list[str]:
        """Adverbs and modals on the cue; for attitudes those of the verb above too ("presumably they trust")."""
        words = []
        tree = self._tree
        for child in tree.children[index]:
            token = tree.tokens[child]
            if token.dep in ("advmod", "aux") and (child < index or token.dep == "aux"):
                if token.tag == "MD" and not attitude:
                    continue
                words.append(token.text.lower())
        return words

    def stance(self, candidate: Candidate, kind: str = "other") -> Stance:
        """What the source does with the statement; `kind` is the speaker's kind of entity."""
        head = self.head(candidate)
        return self._stances.of(candidate, head, kind, candidate.block or self.kind(candidate.content, False) == "direct")

    def kind(self, content: tuple[Span, ...], block: bool, cue: tuple[Span, ...] = ()) -> ClaimKind:
        """direct: all of it in marks; mixed: some; indirect: none; block: set in as somebody else's passage.

        Marks that stand round the cue too are those of whoever quotes the speaker, and do not count.
        """
        if block:
            return "block"
        around = self._around(cue[0]) if cue else None
        if around is not None and all(around.outer.covers(piece) for piece in content):
            return self._inner_kind(content, around)
        quoted = whole = 0
        letters = self._letters
        for piece in content:
            quoted += self._quoted(piece)
            whole += letters[piece.end] - letters[piece.start]
        if not quoted:
            return "indirect"
        return "direct" if quoted >= whole else "mixed"

    def _around(self, cue: Span) -> Quotation | None:
        """The quotation that the cue stands in."""
        at = bisect_right(self._opens, cue.start) - 1
        found = self._quotations[at] if at >= 0 else None
        return found if found is not None and found.outer.covers(cue) else None

    def _inner_kind(self, content: tuple[Span, ...], around: Quotation) -> ClaimKind:
        """The same for a clause inside a quotation, by the marks inside that one."""
        text, marked = self._tree.text, 0
        for piece in content:
            before = text[piece.start - 1] if piece.start - 1 > around.outer.start else ""
            within = piece.of(text)[:_READ]
            if before in _OPENING or within[:1] in _OPENING:
                marked += 2
            elif _INNER.search(within) is not None:
                marked += 1
        if not marked:
            return "indirect"
        return "direct" if marked == 2 * len(content) else "mixed"

    def marked(self, piece: Span) -> bool:
        """True where all of the piece stands inside quotation marks."""
        return self._quoted(piece) >= self._letters[piece.end] - self._letters[piece.start]

    def _quoted(self, piece: Span) -> int:
        """Letters and digits of the piece inside quotation marks."""
        low = max(0, bisect_right(self._opens, piece.start) - 1)
        high = bisect_left(self._opens, piece.end)
        if low >= high:
            return 0
        first, last, letters = self._quotations[low].outer, self._quotations[high - 1].outer, self._letters
        before = letters[min(max(first.start, piece.start), first.end)] - letters[first.start]
        after = letters[last.end] - letters[min(last.end, piece.end)]
        return self._inside[high] - self._inside[low] - before - after


def stronger(a: Hedge, b: Hedge) -> Hedge:
    """The less sure of the two."""
    return a if _ORDER.index(a) >= _ORDER.index(b) else b
