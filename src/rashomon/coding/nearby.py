"""What hangs below a word, near a given place: the same work for a word with three dependents and with three thousand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from .scene import Scene

# Relations of the words inside a noun phrase, its head left out.
INNER = frozenset({"nummod", "compound", "quantmod", "amod", "nmod", "det", "advmod", "npadvmod", "predet", "poss"})
_MANY = 24  # dependents that are looked at on either side


class Nearby:
    """Dependents of any token of the scene, those nearest to one token."""

    def __init__(self, scene: Scene, centre: int) -> None:
        self._children, self._tokens, self._centre = scene.syntax.children, scene.tokens, centre

    def children(self, index: int) -> tuple[int, ...]:
        """The token's dependents in text order."""
        every = self._children[index]
        if len(every) <= 2 * _MANY:
            return every
        at = bisect_left(every, self._centre)
        return every[max(0, at - _MANY) : at + _MANY]

    def under(self, index: int, *relations: str) -> list[int]:
        """Those of them that stand in one of these relations."""
        return [child for child in self.children(index) if self._tokens[child].dep in relations]

    def behind(self, index: int, preposition: str) -> list[int]:
        """Objects of the token's own prepositions of that name."""
        return [
            inner
            for child in self.under(index, "prep")
            if self._tokens[child].text.lower() == preposition
            for inner in self.under(child, "pobj")
        ]


class Few(Nearby):
    """Prepositions and conjuncts of a word, those nearest to it where there are many."""

    def prepositions(self, index: int) -> list[int]:
        """The token's preposition tokens, particles read as prepositions among them."""
        return self.under(index, "prep", "agent", "dative", "prt")

    def conjuncts(self, indices: Iterable[int]) -> list[int]:
        """The tokens with what is coordinated below each."""
        found: set[int] = set()
        waiting = list(indices)
        while waiting and len(found) < _MANY:
            index = waiting.pop(0)
            if index not in found:
                found.add(index)
                waiting += self.under(index, "conj")
                for apposed in self.under(index, "appos"):
                    waiting += self.under(apposed, "conj")
        return sorted(found)
