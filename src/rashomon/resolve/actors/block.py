"""One block of text as composition needs it: its words and the names found in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from ...knowledge.folding import Word
from .scan import Unit

# Words between an office and who holds it, in one sentence; one so far away is no apposition.
_REACH = 200


class Block(msgspec.Struct, frozen=True):
    """What composition needs of one block: its words, its units, which unit starts at a word, and which end before one."""

    words: list[Word]
    units: dict[int, Unit]
    covered: frozenset[int]
    ends: dict[int, list[Unit]]

    @classmethod
    def of(cls, words: list[Word], units: Iterable[Unit]) -> Block:
        """The block of those words, with the units found in it."""
        named = {unit.first: unit for unit in units}
        covered = frozenset(at for unit in named.values() for at in range(unit.first, unit.last))
        ends: dict[int, list[Unit]] = {}
        for unit in named.values():
            ends.setdefault(unit.last, []).append(unit)
        return cls(words, named, covered, ends)

    def around(self, word: int, tokens: Collection[int]) -> list[Unit]:
        """The units near `word` whose last word is one of these tokens, in text order."""
        near = range(max(1, word - _REACH), min(word + _REACH, len(self.words)) + 1)
        return [unit for last in near if self.words[last - 1].token in tokens for unit in self.ends.get(last, ())]

    def named(self, at: int) -> bool:
        """True when a unit covers word `at`."""
        return at in self.covered
