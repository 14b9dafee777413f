"""A text as weighted words: what two documents, or two sentences, are compared by."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.!?\n\r:]")
Vector = Mapping[str, float]
# Two sums of the same products may differ in the last bits where they are taken in another company; this far they agree.
_DIGITS = 6
_Value = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


class Terms(NamedTuple):
    """Weighted words as arrays of one length: `ids` name the words (`word_id`), ascending; `weights` as float32."""

    ids: NDArray[np.int64]
    weights: NDArray[np.float32]


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


def word_id(word: str) -> int:
    """A number for the word, the same everywhere: 63 bits of its hash."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") >> 1


def terms(weighted: Vector) -> Terms:
    """The weighted words as arrays."""
    pairs = sorted((word_id(word), weight) for word, weight in weighted.items())
    return Terms(np.array([each for each, _ in pairs], np.int64), np.array([weight for _, weight in pairs], np.float32))


def vector(tokens: Iterable[str], rarity: Mapping[str, float], unseen: float) -> dict[str, float]:
    """Unit vector over the words: (1 + ln count) * rarity. Empty when there are no words or none is rare at all."""
    raw = {word: (1 + math.log(count)) * rarity.get(word, unseen) for word, count in Counter(tokens).items()}
    length = math.sqrt(math.fsum(value * value for _, value in sorted(raw.items())))
    return {word: value / length for word, value in raw.items()} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two unit vectors, 0 to 1. The same whichever comes first."""
    shared = sorted(a.keys() & b.keys())
    return min(1.0, math.fsum(a[word] * b[word] for word in shared))


def products(one: Terms, others: Sequence[Terms]) -> NDArray[np.float64]:
    """Sum over shared words of the product of their weights, one for each of `others`; symmetric."""
    return _over_shared(one, others, lambda own, their: own * their)


def commons(one: Terms, others: Sequence[Terms]) -> NDArray[np.float64]:
    """Sum over shared words of their weight, which is the same on both sides, one for each of `others`."""
    return _over_shared(one, others, lambda own, _: own)


def _over_shared(one: Terms, others: Sequence[Terms], value: _Value) -> NDArray[np.float64]:
    if not others:
        return np.zeros(0)
    if not len(one.ids):
        return np.zeros(len(others))
    sizes = np.array([len(other.ids) for other in others])
    ids = np.concatenate([other.ids for other in others])
    weights = np.concatenate([other.weights for other in others]).astype(np.float64)
    owner = np.repeat(np.arange(len(others)), sizes)
    at = np.searchsorted(one.ids, ids)
    at[at == len(one.ids)] = 0
    shared = one.ids[at] == ids
    # Added up in the order of the words' numbers on either side, so that both sides come to the same bits.
    each = value(one.weights[at[shared]].astype(np.float64), weights[shared])
    return np.round(np.bincount(owner[shared], weights=each, minlength=len(others)), _DIGITS)
