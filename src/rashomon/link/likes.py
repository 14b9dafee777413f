"""Which documents are worth comparing for copied text, all of them at once in memory, and which lines a publisher repeats.

What a run of words finds depends on how many documents hold it, and never on the order in which they came: a run that more
than `most_holders` have is nobody's own words. The ledger does the same look by look (`ledger.lineage`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..knowledge.lineage import LineageRules
from ..records import RepeatedLine, Reuse
from .kin import By, Own, own_of, shared_text
from .prints import Print

# Pairs held more than once, at most.
_PAIRS = 2_000_000
Rows = tuple[NDArray[np.int64], NDArray[np.int64]]


def sign_pairs(
    signs: NDArray[np.int64], holders: NDArray[np.int64], rules: LineageRules, asked: NDArray[np.bool_] | None = None
) -> Iterator[tuple[int, int, By]]:
    """Pairs of holders (numbers, the smaller first) that share a sign which few enough hold, each once, sorted, with what they
    share.

    `signs` and `holders` are rows of one table, in any order. `asked`, by holder number: one of a pair must be so.
    """
    order = np.lexsort((holders, signs))
    a, b, by = pairs_in([(signs[order], holders[order])], rules, asked)
    yield from zip(a.tolist(), b.tolist(), map(By, by.tolist()), strict=True)


def pairs_in(
    blocks: Iterable[Rows], rules: LineageRules, asked: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """As `sign_pairs`, as three columns. Blocks of rows come in the order of sign and holder, each sign's in one block."""
    every = np.zeros(0, np.int64)
    found: list[NDArray[np.int64]] = []
    for block in blocks:
        found += _pairs_in(*block, rules, asked)
        if sum(map(len, found)) > _PAIRS + len(every):
            # Two copies share many signs: each pair is held once.
            every, found = np.unique(np.concatenate([every, *found])), []
    every = np.unique(np.concatenate([every, *found]))
    pair = every >> 1
    # A pair has two rows, the one with the band last, where it shares signs of both kinds.
    last = np.append(pair[1:] != pair[:-1], np.ones(len(pair[:1]), bool))
    twice = np.append(np.zeros(len(pair[:1]), bool), ~last[:-1])[last]
    by = np.where(twice, By.RUN | By.WHOLE, np.where(every[last] & 1, By.WHOLE, By.RUN))
    return every[last] >> 32, pair[last] & 0x7FFFFFFF, by


def _pairs_in(
    signs: NDArray[np.int64], holders: NDArray[np.int64], rules: LineageRules, asked: NDArray[np.bool_] | None
) -> Iterator[NDArray[np.int64]]:
    """Pairs as one number each: the smaller holder, the other, and whether the sign is a band."""
    starts = np.flatnonzero(np.concatenate([np.ones(1, bool), np.diff(signs) != 0])) if len(signs) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(signs)))
    most = np.where(signs[starts] % 2 == 1, rules.most_alike, rules.most_holders)
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        at = starts[(sizes == size) & (size <= most)]
        left, right = np.triu_indices(size, 1)
        # Some groups at a time: a group of a thousand has half a million pairs.
        for some in np.array_split(at, max(1, len(at) * len(left) // 2_000_000)):
            a = holders[some[:, None] + left].ravel()
            b = holders[some[:, None] + right].ravel()
            band = np.repeat(signs[some] % 2, len(left))
            if asked is not None:
                wanted = asked[a] | asked[b]
                a, b, band = a[wanted], b[wanted], band[wanted]
            yield np.unique((a << 32) | (b << 1) | band)


def repeated_lines(prints: Iterable[Print], rules: LineageRules) -> dict[int, RepeatedLine]:
    """The lines that stand in enough different texts of a publisher, on enough days, by their numbers."""
    texts: dict[int, set[int]] = defaultdict(set)
    days: dict[int, set[int]] = defaultdict(set)
    holders: dict[int, set[str]] = defaultdict(set)
    first: dict[int, tuple[str, str]] = {}
    for one in prints:
        for line, words in zip(one.lines, one.line_texts, strict=True):
            texts[line.number].add(line.text)
            days[line.number].add(one.day(line))
            holders[line.number].add(one.key)
            first[line.number] = (one.publisher or "", words)
    return {
        number: RepeatedLine(*first[number], len(holders[number]))
        for number in texts
        if len(texts[number]) >= rules.line_texts and len(days[number]) >= rules.line_days
    }


def trace(prints: Sequence[Print], rules: LineageRules) -> tuple[list[Reuse], list[RepeatedLine]]:
    """Everything that the documents share, by their keys, and what their publishers repeat, sorted."""
    known = sorted(prints, key=lambda one: one.key)
    repeated = repeated_lines(known, rules)
    signs = np.array([sign for one in known for sign in one.signs], np.int64)
    holders = np.repeat(np.arange(len(known)), [len(one.signs) for one in known])
    found = compared(sign_pairs(signs, holders, rules), dict(enumerate(known)), repeated.keys(), rules)
    return list(found), sorted(repeated.values(), key=lambda line: (line.publisher, line.text))


def compared(
    found: Iterable[tuple[int, int, By]], prints: Mapping[int, Print], repeated: Collection[int], rules: LineageRules
) -> Iterator[Reuse]:
    """What the pairs, by their numbers, share; pairs that share too little are left out."""
    own: dict[int, Own] = {}
    for a, b, by in found:
        for number in (a, b):
            if number not in own:
                own[number] = own_of(prints[number], repeated, rules)
        shared = shared_text(own[a], own[b], rules, by)
        if shared is not None:
            yield shared
