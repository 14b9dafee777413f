"""Where two texts say the same words: longest shared runs, and the passages that they form with few changes between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
# A run of words that a text says more often than this is its refrain: it aligns with everything.
_REFRAIN = 6


class Runs(NamedTuple):
    """A text's runs of some length: `values` their numbers, ascending, `at` the index of the first word of each."""

    values: Numbers
    at: Numbers
    length: int


class Shared(NamedTuple):
    """`words` words in a row from word `a` of the one text and word `b` of the other."""

    a: int
    b: int
    words: int


def posted(numbers: Numbers, allowed: NDArray[np.bool_], length: int) -> Runs:
    """The runs of a text; only those count whose words all are `allowed`. `numbers`: one for each run, in order."""
    kept = np.flatnonzero(_all_allowed(allowed, length)[: len(numbers)])
    order = np.argsort(numbers[kept], kind="stable")
    return Runs(numbers[kept][order], kept[order], length)


def shared_runs(a: Runs, b: Runs) -> list[Shared]:
    """Every longest run of words, of at least the runs' length, that both texts have; by its place in `a`, then in `b`."""
    left, right = np.searchsorted(b.values, a.values, "left"), np.searchsorted(b.values, a.values, "right")
    count = right - left
    own = np.searchsorted(a.values, a.values, "right") - np.searchsorted(a.values, a.values, "left")
    hits = np.flatnonzero((count > 0) & (count <= _REFRAIN) & (own <= _REFRAIN))
    if not len(hits):
        return []
    times = count[hits]
    first = np.repeat(a.at[hits], times)
    within = np.arange(len(first)) - np.repeat(np.cumsum(times) - times, times)
    second = b.at[np.repeat(left[hits], times) + within]
    order = np.lexsort((first, second - first))
    first, second = first[order], second[order]
    begins = np.ones(len(first), bool)
    begins[1:] = (np.diff(first) != 1) | (np.diff(second) != 1)
    starts = np.flatnonzero(begins)
    sizes = np.diff(np.append(starts, len(first))) + a.length - 1
    found = zip(first[starts].tolist(), second[starts].tolist(), sizes.tolist(), strict=True)
    return sorted(Shared(*each) for each in found)


def chained(runs: Sequence[Shared], gap: int) -> list[list[Shared]]:
    """Runs that follow one another in both texts with at most `gap` other words between, as passages."""
    chains: list[list[Shared]] = []
    open_chains: list[list[Shared]] = []
    for run in runs:
        best: list[Shared] | None = None
        nearest = gap + 1
        still = []
        for chain in open_chains:
            last = chain[-1]
            in_a, in_b = run.a - last.a - last.words, run.b - last.b - last.words
            if in_a <= gap:
                still.append(chain)
            if -last.words < in_a <= gap and -last.words < in_b <= gap and run.b > last.b and max(abs(in_a), abs(in_b)) < nearest:
                best, nearest = chain, max(abs(in_a), abs(in_b))
        if best is not None:
            best.append(run)
        else:
            best = [run]
            chains.append(best)
            still.append(best)
        open_chains = still
    return chains


def covered_words(places: Sequence[tuple[int, int]]) -> int:
    """How many words the places, each (first, one past the last), cover; what several cover counts once."""
    total = reached = 0
    for start, end in sorted(places):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _all_allowed(allowed: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """For each run of `length` words whether all of them are allowed."""
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(allowed)])
    found: NDArray[np.bool_] = sums[length:] - sums[:-length] == length
    return found
