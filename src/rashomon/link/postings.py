"""Which documents are worth comparing: those that share some of their weightiest words.

Whether a pair is worth a look depends on the two documents alone. Documents are posted under their signs, so that the work
grows with those that share one and not with all pairs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np


class Postings:
    """Documents by sign, in memory: four bytes for a document under a sign. `least`: how many two documents must share."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._by_sign: dict[int, array[int]] = {}

    def add(self, key: str, signs: Iterable[int]) -> None:
        """Post a document under these signs; under each once."""
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        for sign in signs:
            self._by_sign.setdefault(sign, array("i")).append(number)

    def near(self, key: str, signs: Iterable[int]) -> list[str]:
        """Keys of the posted documents that are worth comparing with this one, sorted; itself left out."""
        posted = [np.array(self._by_sign[sign], dtype=np.int32) for sign in set(signs) if sign in self._by_sign]
        if not posted:
            return []
        numbers, counts = np.unique(np.concatenate(posted), return_counts=True)
        return sorted(other for number in numbers[counts >= self._least] if (other := self._keys[number]) != key)
