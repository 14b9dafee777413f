"""Grouping things by the scores of their pairs, so that the order of the input and of arrival never shows.

Things whose pairs reach the threshold form components; inside a component, average-link agglomeration over all its pairs.
A merge of two groups needs a mean at or over the threshold, so some pair between them is an edge: no group ever reaches
over two components, and grouping one component anew gives what grouping everything would.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

Pair = tuple[str, str]
# Sums of the same scores taken in another order differ in the last bits; means are compared this exactly.
_DIGITS = 9
# So far below nought that no company lifts its mean over a threshold.
NEVER = -1e9


def pair(a: str, b: str) -> Pair:
    """The two keys, the smaller first."""
    return (a, b) if a < b else (b, a)


def components(keys: Iterable[str], edges: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Sets of keys that edges connect, each sorted, in the order of their smallest key."""
    root = {key: key for key in keys}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for a, b in edges:
        first, second = sorted((find(a), find(b)))
        root[second] = first
    groups: dict[str, list[str]] = {}
    for key in sorted(root):
        groups.setdefault(find(key), []).append(key)
    return sorted(tuple(group) for group in groups.values())


def average_link(
    keys: Sequence[str], scores: Mapping[Pair, float], threshold: float, joined: Iterable[Sequence[str]] = ()
) -> list[tuple[str, ...]]:
    """The keys in groups: the two groups with the greatest mean score are joined while that reaches the threshold.

    `scores` holds pairs, smaller key first; a pair that is missing counts 0. Equal means: the groups with the smallest
    keys go first. Each group is sorted; groups come in the order of their smallest key. Time and memory grow with the
    number of scores, not with the square of the keys. `joined` are groups to begin with, whatever their scores; a score
    of `NEVER` keeps a pair, and all that holds it, apart.
    """
    home = {key: key for key in keys}
    for group in joined:
        home.update((key, min(group)) for key in group if key in home)
    members: dict[str, list[str]] = {}  # a group goes by its smallest key
    for key in keys:
        members.setdefault(home[key], []).append(key)
    sums: dict[str, dict[str, float]] = {key: {} for key in members}
    for a, b in sorted(scores):
        if a in home and b in home and home[a] != home[b] and scores[a, b]:
            one, other = home[a], home[b]
            sums[one][other] = sums[other][one] = sums[one].get(other, 0.0) + scores[a, b]
    heap = [
        (-round(total / len(members[a]) / len(members[b]), _DIGITS), a, b, len(members[a]), len(members[b]))
        for a, near in sums.items() for b, total in near.items() if a < b
    ]
    heap = [entry for entry in heap if -entry[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        _, a, b, in_a, in_b = heapq.heappop(heap)
        if a not in members or b not in members or len(members[a]) != in_a or len(members[b]) != in_b:
            continue  # one of them has grown or gone since
        members[a].extend(members.pop(b))
        for other, total in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
        for other, total in sums[a].items():
            mean = round(total / len(members[a]) / len(members[other]), _DIGITS)
            if mean >= threshold:
                first, second = pair(a, other)
                heapq.heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))
    return sorted(tuple(sorted(group)) for group in members.values())


def average_link_over(
    edges: Mapping[Pair, float], cross: Callable[[Sequence[str], Sequence[str]], float], threshold: float
) -> list[tuple[str, ...]]:
    """As `average_link`, for more keys than all pairs could be scored of: only groups with an edge between them are joined.

    `edges` holds the scores of pairs at or over the threshold, `cross` gives the sum of all scores between two groups. Since a
    mean over the threshold needs such a pair, it is asked for few.
    """
    members = {key: [key] for at in edges for key in at}
    sums: dict[str, dict[str, float]] = {key: {} for key in members}
    for (a, b), score in edges.items():
        sums[a][b] = sums[b][a] = score
    heap = [(-round(score, _DIGITS), a, b, 1, 1) for (a, b), score in edges.items()]
    heapq.heapify(heap)
    while heap:
        _, a, b, in_a, in_b = heapq.heappop(heap)
        if a not in members or b not in members or len(members[a]) != in_a or len(members[b]) != in_b:
            continue  # one of them has grown or gone since
        del sums[a][b], sums[b][a]
        theirs = sums.pop(b)
        for other in sorted(sums[a].keys() | theirs.keys()):
            total = 0.0
            for one, known in ((a, sums[a]), (b, theirs)):
                total += known[other] if other in known else cross(members[one], members[other])
            sums[other].pop(b, None)
            sums[a][other] = sums[other][a] = total
        members[a].extend(members.pop(b))
        for other, total in sums[a].items():
            mean = round(total / len(members[a]) / len(members[other]), _DIGITS)
            if mean >= threshold:
                first, second = pair(a, other)
                heapq.heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))
    return sorted(tuple(sorted(group)) for group in members.values())


def group(
    keys: Iterable[str], scores: Mapping[Pair, float], threshold: float, joined: Sequence[Sequence[str]] = ()
) -> list[tuple[str, ...]]:
    """Components over the pairs at or above the threshold and over `joined`, each cut by average link."""
    found: list[tuple[str, ...]] = []
    edges = [at for at, score in scores.items() if score >= threshold]
    edges += [pair(a, b) for one in joined for a, b in pairwise(one)]
    within = components(keys, edges)
    home = {key: number for number, component in enumerate(within) for key in component}
    inner: list[dict[Pair, float]] = [{} for _ in within]
    for at, score in scores.items():
        if home[at[0]] == home[at[1]]:
            inner[home[at[0]]][at] = score
    for component, pairs in zip(within, inner, strict=True):
        found.extend(average_link(component, pairs, threshold, joined))
    return sorted(found)
