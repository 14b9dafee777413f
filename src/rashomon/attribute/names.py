"""Names in a source's words: of outlets, of persons in apposition, and one name in two spellings."""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Span
from .phrases import Tree


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
