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
# Two capitalised words side by side, an initial between them or not; what lies ahead may begin the next pair.
_FULL_NAME = re.compile(r"\b([A-Z][a-z'’]+[A-Za-z]*)\s+(?:[A-Z]\.\s+)?(?=([A-Z][a-z]+[A-Za-z]*)\b)")
_CAPITALS = re.compile(r"\s+((?:[A-Z][a-z]+)(?:\s+[A-Z][a-z]+){0,2})")
_BETWEEN_COMMAS = re.compile(r",\s*(\d{1,2}),")
_BREAK = re.compile(r"[.!?\n\r:]")
Vector = Mapping[str, float]
# Two sums of the same products may differ in the last bits where they are taken in another company; this far they agree.
_DIGITS = 6
# A term is a number of 63 bits: its facet, then what fits of its word's number.
_FACET_BITS = 4
_WORD_BITS = 63 - _FACET_BITS


class Terms(NamedTuple):
    """Weighted words of several facets as arrays of one length: `ids` name facet and word (`term_id`), ascending; `weights`
    as float32."""

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


def full_names(text: str) -> set[str]:
    """Pairs of capitalised words that stand side by side, lower-cased: mostly people's names, streets and institutions."""
    return {f"{match.group(1)} {match.group(2)}".lower().replace("’", "'") for match in _FULL_NAME.finditer(text)}


def placed(text: str, before: Iterable[str]) -> set[str]:
    """Words with a capital, up to three, that stand after one of the words `before` ("in Upper Karsova"), lower-cased."""
    found = re.finditer(r"\b(?:" + "|".join(map(re.escape, before)) + r")(?=\s+[A-Z])", text)
    return {word for at in found if (name := _CAPITALS.match(text, at.end())) for word in words(name.group(1))}


def ages(text: str, before: Iterable[str], after: Iterable[str]) -> set[str]:
    """Numbers of one or two digits that are told as ages: between commas, or beside such words ("aged 40", "40 years old")."""
    first, last = ("|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in some) for some in (before, after))
    told = re.compile(rf"\b(?:{first})\s+(\d{{1,2}})\b|\b(\d{{1,2}})[\s-]+(?:{last})\b", re.IGNORECASE)
    found = {next(group for group in match.groups() if group) for match in told.finditer(text)}
    return found | set(_BETWEEN_COMMAS.findall(text))


def word_id(word: str) -> int:
    """A number for the word, the same everywhere: 63 bits of its hash."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") >> 1


def terms(facets: Sequence[Vector]) -> Terms:
    """The weighted words of each facet as arrays. At most 2^_FACET_BITS facets."""
    found = sorted(
        ((facet << _WORD_BITS) | (word_id(word) >> _FACET_BITS), weight)
        for facet, weighted in enumerate(facets)
        for word, weight in weighted.items()
    )
    return Terms(np.array([each for each, _ in found], np.int64), np.array([weight for _, weight in found], np.float32))


def vector(tokens: Iterable[str], rarity: Callable[[str], float]) -> dict[str, float]:
    """Unit vector over the words: (1 + ln count) * rarity. Empty when there are no words or none is rare at all."""
    raw = {word: (1 + math.log(count)) * rarity(word) for word, count in Counter(tokens).items()}
    length = math.sqrt(math.fsum(value * value for _, value in sorted(raw.items())))
    return {word: value / length for word, value in raw.items()} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two unit vectors, 0 to 1. The same whichever comes first."""
    shared = sorted(a.keys() & b.keys())
    return min(1.0, math.fsum(a[word] * b[word] for word in shared))


def shared(one: Terms, others: Sequence[Terms], facets: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each of `others` and each facet: sums over shared words of the product of both weights, and of the one's weight.

    Both have a row for each of `others` and a column for each facet. Products are the same from both sides; so are the weights
    of facets in which a word weighs the same everywhere.
    """
    shape = (len(others), facets)
    if not others or not len(one.ids):
        return np.zeros(shape), np.zeros(shape)
    ids = np.concatenate([other.ids for other in others])
    at = np.searchsorted(one.ids, ids)
    at[at == len(one.ids)] = 0
    same = np.flatnonzero(one.ids[at] == ids)
    ends = np.cumsum([len(other.ids) for other in others])
    cell = np.searchsorted(ends, same, side="right") * facets + (ids[same] >> _WORD_BITS)
    own = one.weights[at[same]].astype(np.float64)
    their = np.concatenate([other.weights for other in others])[same].astype(np.float64)
    # Added up in the order of the words' numbers on either side, so that both sides come to the same bits.
    size = shape[0] * facets
    product, weight = (np.bincount(cell, weights=each, minlength=size).astype(np.float64) for each in (own * their, own))
    return np.round(product, _DIGITS).reshape(shape), np.round(weight, _DIGITS).reshape(shape)
