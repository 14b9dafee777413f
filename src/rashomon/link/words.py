"""A text as weighted words: what two documents, or two sentences, are compared by."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.!?\n\r:]")
Vector = Mapping[str, float]


def words(text: str) -> list[str]:
    """Lower-cased words and numbers of the text, in order; single letters are left out, single digits kept."""
    return [word for word in WORD.findall(text.lower()) if len(word) > 1 or word.isdigit()]


def names(text: str) -> list[str]:
    """Words that the text writes with a capital inside a sentence, lower-cased: mostly names of people and places.

    The first word of a sentence and words in capitals throughout tell nothing and are left out.
    """
    found = []
    last = 0
    first = True
    for match in WORD.finditer(text):
        word = match.group()
        begins = first or _BREAK.search(text, last, match.start()) is not None
        if not begins and word[0].isupper() and not word.isupper():
            found.append(word.lower())
        last, first = match.end(), False
    return found


def vector(tokens: Iterable[str], rarity: Mapping[str, float], unseen: float) -> dict[str, float]:
    """Unit vector over the words: (1 + ln count) * rarity. Empty when there are no words or none is rare at all."""
    raw = {word: (1 + math.log(count)) * rarity.get(word, unseen) for word, count in Counter(tokens).items()}
    length = math.sqrt(math.fsum(value * value for _, value in sorted(raw.items())))
    return {word: value / length for word, value in raw.items()} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two unit vectors, 0 to 1. The same whichever comes first."""
    shared = sorted(a.keys() & b.keys())
    return min(1.0, math.fsum(a[word] * b[word] for word in shared))
