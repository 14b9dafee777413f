"""Incidents: the happenings of a story's documents that are one and the same, each merge with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..knowledge.linking import IncidentWeights
from ..records import EventGroup, Feature, Merge
from ..records.cluster import NEVER, Pair, group, pair
from .decided import Decided, bounds
from .happenings import Happening
from .likeness import Shared, candidates, comparable, features, score_of
from .parts import parts_of

# A pair scored below this counts nothing.
_LEAST = 0.01


def group_happenings(
    happenings: Sequence[Happening], shared: Shared, weights: IncidentWeights, decided: Sequence[Decided] = ()
) -> list[EventGroup]:
    """Happenings of one story, grouped; `shared` says which spans of a document stand in another too (`reuse.covered`).

    `decided` are people's decisions, newest first: they hold against any score.
    Every event is in exactly one group. Groups come in the order of their smallest event key.
    """
    by_key = {each.key: each for each in happenings}
    order = sorted(by_key)
    reasons: dict[Pair, tuple[Feature, ...]] = {}
    scores: dict[Pair, float] = {}
    for a, b in candidates(happenings, weights):
        if comparable(a, b, weights):
            found = features(a, b, shared, weights)
            score = score_of(found, weights)
            if score > _LEAST:
                scores[a.key, b.key], reasons[a.key, b.key] = score, found
    bound = bounds(happenings, decided)
    for at in bound.apart:
        scores[at] = NEVER
    by_hand = {(merge.a, merge.b): merge for merge in bound.merges}
    members = group(order, scores, weights.threshold, bound.joined)
    parts = parts_of([[by_key[key] for key in keys] for keys in members], weights)
    events = [tuple(sorted(event for key in keys for event in by_key[key].events)) for keys in members]
    groups = []
    for number, keys in enumerate(members):
        inner = (merge for key in keys for merge in by_key[key].merges)
        part = parts.get(number)
        whole, why = (events[part.whole][0], part.why) if part else (None, None)
        groups.append(EventGroup(events[number], (*_tree(keys, scores, reasons, by_hand), *inner), whole, why))
    return sorted(groups, key=lambda each: each.events)


def _tree(
    keys: Sequence[str], scores: Mapping[Pair, float], reasons: Mapping[Pair, tuple[Feature, ...]], by_hand: Mapping[Pair, Merge]
) -> Iterable[Merge]:
    """The strongest pairs that hold the group together, one fewer than it has members (Kruskal)."""
    root = {key: key for key in keys}

    def find(key: str) -> str:
        while root[key] != key:
            key = root[key]
        return key

    for at in sorted(by_hand):
        if at[0] in root and at[1] in root and find(at[0]) != find(at[1]):
            root[find(at[1])] = find(at[0])
            yield by_hand[at]
    inside = [pair(a, b) for position, a in enumerate(keys) for b in keys[position + 1 :]]
    for at in sorted((at for at in inside if at in scores), key=lambda at: (-scores[at], at)):
        a, b = find(at[0]), find(at[1])
        if a != b:
            root[b] = a
            yield Merge(at[0], at[1], round(scores[at], 4), reasons[at])
