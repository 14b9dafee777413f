"""Dependents of a token by relation, also where a broken text hangs thousands of them from one token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .syntax import Syntax

# Of a token with more dependents than this only the near ones are looked at, so that asking it thousands of times stays cheap.
MANY = 16


class Dependents:
    """Questions about the dependents of one document's tokens. Indices are the document's; answers are in text order."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.children = syntax.children
        self.lowers = syntax.lowers
        self._relations = syntax.relations

    def under(self, index: int, *relations: str) -> Sequence[int]:
        """Dependents of the token that stand in one of these relations."""
        own = self._relations[index]
        if not own:
            return ()
        if len(relations) == 1:
            return own.get(relations[0], ())
        found = [own[relation] for relation in relations if relation in own]
        if len(found) < 2:
            return found[0] if found else ()
        return sorted({child for few in found for child in few})

    def one(self, index: int, *relations: str) -> int | None:
        """The first such dependent, or None."""
        own = self._relations[index]
        if not own:
            return None
        return min((own[relation][0] for relation in relations if relation in own), default=None)

    def near(self, index: int, before: int, after: int) -> Sequence[int]:
        """Dependents at most so many tokens before and after; all of them where they are few."""
        children = self.children[index]
        if len(children) <= MANY:
            return children
        return children[bisect_left(children, index - before) : bisect_right(children, index + after)]
