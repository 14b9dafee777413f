"""Names in a source's words: of outlets, of persons in apposition, and one name in two spellings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Span
from .antecedents import Speaker
from .phrases import Tree
from .shapes import person, shape, thing

_KNOWN_AS = re.compile(
    r"(?:known (?:only |simply )?(?:as|by)|nicknamed|identified (?:only )?as|named(?: only)? as|call(?:s|ed|ing) (?:him|her)self)"
    r"\s+[“\"‘]?(?P<name>[A-Z][\w’'-]*(?:\s+(?:[A-Z][\w’'-]*\.?|al-\w+|\d+))*)"
)
# The longest name or description that is read, in tokens.
_LONGEST = 16
# How far back, in tokens, an office's holder and a place are looked for.
_BACK = 400
_NEAR_PLACE = 80
_SOMEWHERE = re.compile(r"\s+(?:there|in the (?:city|town|village|camp))$")
_WITHIN = frozenset({"of", "for"})


def outlet_name(tree: Tree, cues: CueKnowledge, head: int, span: Span) -> str | None:
    """The name in "the Morning Star website": the capitalised words before a noun for an outlet."""
    if tree.tokens[head].lemma not in cues.outlets:
        return None
    first = head
    while first > tree.first[head] and tree.tokens[first - 1].start >= span.start:
        first -= 1
    while first < head and (tree.tokens[first].pos in ("DET", "ADJ") or not tree.tokens[first].text[0].isupper()):
        first += 1
    return tree.syntax.span(first, head - 1).of(tree.text) if first < head else None


class Beside:
    """Names that stand beside a description."""

    def __init__(
        self, tree: Tree, cues: CueKnowledge, by_head: Mapping[int, Mention], places: Sequence[Span] = ()
    ) -> None:
        self._places = sorted(places, key=lambda place: place.end)
        self._ends = [place.end for place in self._places]
        self._tree = tree
        self._cues = cues
        self._by_head = by_head

    def holder(self, head: int) -> int | None:
        """Where the name stands that the text has put beside this noun before: "the envoy, Ada Nor, met him. The envoy"."""
        tree, token = self._tree, self._tree.tokens[head]
        if token.tag not in ("NN", "NNP") or tree.under(head, "prep", "poss", "relcl", "appos"):
            return None
        kind = {tree.tokens[at].text.lower() for at in tree.under(head, "amod", "compound", "nmod")}
        for at in range(head - 1, max(-1, head - _BACK), -1):
            name = tree.tokens[at]
            if name.dep != "appos" or name.pos != "PROPN" or at == 0 or tree.tokens[at - 1].pos != "PROPN":
                continue
            above = name.head
            for _ in range(4):
                if tree.tokens[above].dep != "pobj":
                    break
                above = tree.tokens[tree.tokens[above].head].head
                if tree.tokens[above].text.lower() == token.text.lower():
                    break
            office = tree.tokens[above]
            words = {tree.tokens[one].text.lower() for one in tree.under(above, "amod", "compound", "nmod")}
            if office.text.lower() == token.text.lower() and kind <= words and above < at:
                return at
        return None

    def placed(self, head: int, name: str) -> str:
        """ "nurse there", "diplomat in the city", with the name of the place named last, in that sentence or the two before."""
        match = _SOMEWHERE.search(name)
        if match is None:
            return name
        tree = self._tree
        last = bisect_left(self._ends, tree.tokens[head].start + 1) - 1
        if last >= 0:
            at = tree.syntax.token_at(self._places[last].start)
            if at is not None and tree.sentence[head] - tree.sentence[at] <= 2:
                return f"{name[: match.start()]} in {self._places[last].of(tree.text)}"
        for at in range(head - 1, max(-1, head - _NEAR_PLACE), -1):
            token = tree.tokens[at]
            if token.entity in ("GPE", "LOC", "FAC") and token.pos == "PROPN" and tree.sentence[head] - tree.sentence[at] <= 2:
                first = at
                while first > 0 and tree.tokens[first - 1].entity == token.entity and tree.tokens[first - 1].pos == "PROPN":
                    first -= 1
                place = tree.syntax.span(first, at).of(tree.text)
                return f"{name[: match.start()]} in {place}"
        return name

    def apposed_to(self, head: int) -> Speaker | None:
        """ "Nur, the body that runs the crossings, says": the name before, where the parser took what follows for the subject."""
        tree = self._tree
        first = tree.first[head]
        start = tree.syntax.sentences[tree.sentence[head]].first
        if first < start + 2 or tree.tokens[first - 1].text != "," or tree.tokens[first].dep != "det":
            return None
        at = first - 2
        if tree.tokens[at].pos != "PROPN" or tree.tokens[at].entity in ("DATE", "TIME"):
            return None
        low = at
        while low > start and (
            tree.tokens[low - 1].pos in ("PROPN", "PART") or tree.tokens[low - 1].text.lower() in ("of", "for")
        ):
            low -= 1
        low -= low > start and tree.tokens[low - 1].pos == "DET"
        if low != start or tree.tokens[head].dep == "conj":
            return None
        mention = self._by_head.get(at)
        if mention is not None:
            return Speaker(mention.name, None, mention.entity, mention.kind, shape=shape(tree, self._cues, at, mention.kind))
        name = tree.syntax.span(low, at).of(tree.text)
        return Speaker(name.removeprefix("The "), None, shape=shape(tree, self._cues, at, "other"))

    def bare(self, head: int) -> bool:
        """True for a body called by a common noun that does not say which: "the charity, Bread Road"."""
        tree = self._tree
        if not thing(self._cues, tree.tokens[head].lemma) and tree.tokens[head].lemma not in self._cues.bodies:
            return False
        before = [tree.tokens[at] for at in range(max(tree.first[head], head - _LONGEST), head)]
        if before and before[0].text.lower() in ("a", "an"):
            return True
        return not any(one.pos == "PROPN" or one.entity in ("GPE", "NORP", "ORG", "PERSON") for one in before)

    def known_as(self, head: int, span: Span) -> Speaker | None:
        """ "an officer known as Grey", "their delegate, who calls himself Abu Nur": the name that he goes by."""
        if not person(self._tree, self._cues, head):
            return None
        at = self._tree.tokens[head].end
        end = self._tree.syntax.sentences[self._tree.sentence[head]].span.end
        match = _KNOWN_AS.search(self._tree.text, at, min(end, max(span.end, at) + 60, at + 120))
        if match is None or match.start() > span.end + 24:
            return None
        if any(self._tree.tokens[one].pos in ("VERB", "AUX") for one in self._tree.syntax.within(Span(at, match.start()))):
            return None
        return Speaker(match["name"].rstrip(",.;"), span, kind="person", shape="person", noun=self._tree.tokens[head].lemma)


class Families:
    """Family names of the persons of one document."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        self._by_name: dict[str, tuple[str, Mention | None]] = {}
        for mention in mentions:
            if mention.kind == "person" and not mention.pronoun:
                self._by_name.setdefault(mention.name.split()[-1], (mention.name, mention))
        run: list[int] = []
        for index in range(len(tree.tokens) + 1):
            token = tree.tokens[index] if index < len(tree.tokens) else None
            if token is not None and token.entity == "PERSON" and token.pos == "PROPN":
                run.append(index)
                continue
            if len(run) > 1:  # a name with a first name, which no mention covers
                self._by_name.setdefault(tree.tokens[run[-1]].text, (tree.syntax.span(run[0], run[-1]).of(tree.text), None))
            run = []

    def of(self, family: str) -> tuple[str, Mention | None] | None:
        """The full name with that family name, and the person's mention if there is one."""
        return self._by_name.get(family)

    def misspelt(self, word: str) -> tuple[str, Mention | None] | None:
        """A person named elsewhere whose family name has the same letters in another order, or one letter more or less."""
        if len(word) < 5:
            return None
        for last, found in self._by_name.items():
            if last != word and last[:2] == word[:2] and alike(last, word):
                return found
        return None


def alike(a: str, b: str) -> bool:
    """True for two spellings of one name: the same letters in another order, or one letter changed, added or dropped."""
    if len(a) == len(b):
        return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long_ = sorted((a, b), key=len)
    return len(long_) - len(short) == 1 and any(long_[:at] + long_[at + 1 :] == short for at in range(len(long_)))
