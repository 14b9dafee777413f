"""Two named parties behind one phrase: "both countries", "the two sides"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..records import Mention, Span
from .phrases import Tree

# How many mentions back they are looked for.
BACK = 60


class Joint:
    """Looks the parties up among the mentions before the phrase."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        self._tree = tree
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]

    def of(self, source: Span) -> list[Mention]:
        """ "both countries": the last two that were named together, or one after the other, before."""
        countries = any(word in source.of(self._tree.text).lower() for word in ("countr", "state", "govern"))
        at = bisect_left(self._starts, source.start)
        found: list[Mention] = []
        for mention in reversed(self._mentions[max(0, at - BACK) : at]):
            if mention.modifier or mention.kind in ("place", "media", "other"):
                continue
            if countries != (mention.kind in ("state", "government")):
                continue
            if all(mention.entity != one.entity for one in found):
                found.append(mention)
            pair = self._joined(found)
            if pair:
                found = pair
                break
            if len(found) >= 6:
                break
        pair = self._joined(found) or found[:2]
        if len(pair) < 2:
            return self._following(source)
        return pair[::-1]

    def _following(self, source: Span) -> list[Mention]:
        """ "Both sides blamed each other. The army said P; the rebels said Q": the two that act next, in the same paragraph."""
        tree = self._tree
        here = tree.syntax.token_at(source.start)
        if here is None:
            return []
        block = tree.syntax.sentences[tree.sentence[here]].block
        found: list[Mention] = []
        at = bisect_left(self._starts, source.end)
        for mention in self._mentions[at : at + 12]:
            if tree.syntax.sentences[tree.sentence[mention.head]].block != block:
                break
            acts = tree.tokens[mention.head].dep in ("nsubj", "nsubjpass") and not mention.modifier and not mention.pronoun
            if acts and mention.kind not in ("place", "media", "person") and all(mention.entity != one.entity for one in found):
                found.append(mention)
        return found[:2] if len(found) > 1 else []

    def _joined(self, found: list[Mention]) -> list[Mention] | None:
        """Two of the mentions that stand in one coordination or in one subject."""
        groups: dict[int, list[Mention]] = {}
        for one in found:
            top = self._top(one.head)
            group = groups.setdefault(top, [])
            group.append(one)
            if len(group) == 2:
                return group
        return None

    def _top(self, index: int) -> int:
        """The head of the coordination or apposition that the token stands in."""
        for _ in range(6):
            token = self._tree.tokens[index]
            if token.dep not in ("conj", "appos", "nmod", "compound") or token.head == index:
                break
            index = token.head
        return index
