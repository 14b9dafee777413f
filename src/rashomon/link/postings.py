"""Which documents are worth comparing: those that share some of their weightiest words, more of them where days lie between.

Whether a pair is worth a look depends on the two documents alone. Documents are posted under their signs, so that the work
grows with those that share one and not with all pairs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ..knowledge.linking import StoryWeights

Days = tuple[int, int] | None
# Of a document without a day: it is far from none.
_ANY_TIME = (-(10**9), 10**9)


class Postings:
    """Documents by sign, in memory: four bytes for a document under a sign."""

    def __init__(self, weights: StoryWeights) -> None:
        self._weights = weights
        self._keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._first, self._last = array("q"), array("q")
        self._by_sign: dict[int, array[int]] = {}

    def add(self, key: str, signs: Iterable[int], days: Days) -> None:
        """Post a document under these signs; under each once. `days`: the first and last possible day of publication."""
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
            first, last = days or _ANY_TIME
            self._first.append(first)
            self._last.append(last)
        for sign in signs:
            self._by_sign.setdefault(sign, array("i")).append(number)

    def near(self, key: str, signs: Iterable[int], days: Days) -> list[str]:
        """Keys of the posted documents that are worth comparing with this one, sorted; itself left out."""
        posted = [np.array(self._by_sign[sign], dtype=np.int32) for sign in set(signs) if sign in self._by_sign]
        if not posted:
            return []
        numbers, counts = np.unique(np.concatenate(posted), return_counts=True)
        enough = counts >= self._weights.shared_signs
        numbers, counts = numbers[enough], counts[enough]
        first, last = (np.array([column[number] for number in numbers], dtype=np.int64) for column in (self._first, self._last))
        wanted = numbers[worth(counts, days, first, last, self._weights)]
        return sorted(other for number in wanted if (other := self._keys[number]) != key)


def worth(
    shared: NDArray[np.int64], days: Days, first: NDArray[np.int64], last: NDArray[np.int64], weights: StoryWeights
) -> NDArray[np.bool_]:
    """Whether a document with these days is worth comparing with others, of which it shares so many signs with each."""
    own_first, own_last = days or _ANY_TIME
    apart = np.maximum(own_first - last, first - own_last)
    return np.asarray(shared >= np.where(apart > weights.far_days, weights.far_shared_signs, weights.shared_signs))


def near_of(found: Iterable[tuple[str, int, Days]], days: Days, weights: StoryWeights) -> list[str]:
    """Of documents (key, signs shared, days) those that are worth comparing with one of these days, sorted."""
    rows = list(found)
    first, last = (np.array([(each or _ANY_TIME)[at] for _, _, each in rows], dtype=np.int64) for at in (0, 1))
    wanted = worth(np.array([shared for _, shared, _ in rows], dtype=np.int64), days, first, last, weights)
    return sorted(rows[at][0] for at in np.flatnonzero(wanted))
