"""Dependents of a token by relation, also where a broken text hangs thousands of them from one token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .syntax import Syntax

# A token with more dependents than this has them sorted by relation, once, so that asking it thousands of times stays cheap.
MANY = 16


class Dependents:
    """Questions about the dependents of one document's tokens. Indices are the document's; answers are in text order."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.children = syntax.children
        self._sorted: dict[int, dict[str, list[int]]] = {}

    def under(self, index: int, *relations: str) -> list[int]:
        """Dependents of the token that stand in one of these relations."""
        children = self.children[index]
        if len(children) > MANY:
            by = self._by_relation(index)
            found = [by[relation] for relation in dict.fromkeys(relations) if relation in by]
            return list(found[0]) if len(found) == 1 else sorted(child for few in found for child in few)
        return [child for child in children if self.tokens[child].dep in relations]

    def one(self, index: int, *relations: str) -> int | None:
        """The first such dependent, or None."""
        children = self.children[index]
        if len(children) > MANY:
            by = self._by_relation(index)
            return min((by[relation][0] for relation in relations if relation in by), default=None)
        for child in children:
            if self.tokens[child].dep in relations:
                return child
        return None

    def near(self, index: int, before: int, after: int) -> Sequence[int]:
        """Dependents at most so many tokens before and after; all of them where they are few."""
        children = self.children[index]
        if len(children) <= MANY:
            return children
        return children[bisect_left(children, index - before) : bisect_right(children, index + after)]

    def _by_relation(self, index: int) -> dict[str, list[int]]:
        known = self._sorted.get(index)
        if known is None:
            known = self._sorted[index] = {}
            for child in self.children[index]:
                known.setdefault(self.tokens[child].dep, []).append(child)
        return known
