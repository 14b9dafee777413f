"""Which documents are worth comparing: those that share some of their weightiest words.

Whether a pair is worth a look depends on the two documents alone. Documents are posted under their signs, so that the work
grows with those that share one and not with all pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


class Postings:
    """Documents by sign, in memory. `least`: how many signs two documents must share."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._keys: list[str] = []
        self._by_sign: dict[int, list[int]] = {}

    def add(self, key: str, signs: Iterable[int]) -> None:
        """Post a document."""
        number = len(self._keys)
        self._keys.append(key)
        for sign in signs:
            self._by_sign.setdefault(sign, []).append(number)

    def near(self, key: str, signs: Iterable[int]) -> list[str]:
        """Keys of the posted documents that are worth comparing with this one, sorted; itself left out."""
        shared: Counter[int] = Counter()
        for sign in signs:
            shared.update(self._by_sign.get(sign, ()))
        found = (self._keys[number] for number, count in shared.items() if count >= self._least)
        return sorted(other for other in found if other != key)
