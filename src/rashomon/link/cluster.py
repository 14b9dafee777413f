"""Grouping things by the scores of their pairs, so that the order of the input and of arrival never shows.

Things whose pairs reach the threshold form components; inside a component, average-link agglomeration over all its pairs.
A merge of two groups needs a mean at or over the threshold, so some pair between them is an edge: no group ever reaches
over two components, and grouping one component anew gives what grouping everything would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

Pair = tuple[str, str]


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


def average_link(keys: Sequence[str], scores: Mapping[Pair, float], threshold: float) -> list[tuple[str, ...]]:
    """The keys in groups: the two groups with the greatest mean score are joined while that reaches the threshold.

    `scores` holds pairs, smaller key first; a pair that is missing counts 0. Equal means: the groups with the smallest
    keys go first. Each group is sorted; groups come in the order of their smallest key.
    """
    order = sorted(keys)
    size = len(order)
    if size < 2:
        return [(key,) for key in order]
    at = {key: index for index, key in enumerate(order)}
    mean = np.full((size, size), -np.inf)
    mean[np.triu_indices(size, 1)] = 0.0
    for (a, b), score in scores.items():
        if a in at and b in at:
            mean[at[a], at[b]] = score
    members = [[key] for key in order]
    best = mean.argmax(axis=1)
    while True:
        # argmax takes the first of equals, hence the group with the smaller first key.
        row = int(mean[np.arange(size), best].argmax())
        column = int(best[row])
        if not mean[row, column] >= threshold:
            break
        _merge(mean, row, column, len(members[row]), len(members[column]))
        members[row].extend(members[column])
        members[column] = []
        best = mean.argmax(axis=1)
    return sorted(tuple(sorted(group)) for group in members if group)


def _merge(mean: np.ndarray, a: int, b: int, in_a: int, in_b: int) -> None:
    """Join group b into a: the mean to every third group is weighed by size, rounded so that ties stay ties."""
    full = np.maximum(mean, mean.T)
    joined = np.round((full[a] * in_a + full[b] * in_b) / (in_a + in_b), 12)
    joined[[a, b]] = -np.inf
    mean[a, a + 1 :] = joined[a + 1 :]
    mean[:a, a] = joined[:a]
    mean[b, :] = -np.inf
    mean[:, b] = -np.inf


def group(
    keys: Iterable[str], scores: Mapping[Pair, float], threshold: float, *, split: Callable[[Pair], bool] | None = None
) -> list[tuple[str, ...]]:
    """Components over the pairs at or above the threshold, each cut by average link. `split` forbids a pair for good."""
    allowed = scores if split is None else {at: score for at, score in scores.items() if not split(at)}
    found: list[tuple[str, ...]] = []
    edges = [at for at, score in allowed.items() if score >= threshold]
    within = components(keys, edges)
    home = {key: number for number, component in enumerate(within) for key in component}
    inner: list[dict[Pair, float]] = [{} for _ in within]
    for at, score in allowed.items():
        if home[at[0]] == home[at[1]]:
            inner[home[at[0]]][at] = score
    for component, pairs in zip(within, inner, strict=True):
        found.extend(average_link(component, pairs, threshold))
    return sorted(found)
