"""Incidents: the happenings of a story's documents that are one and the same, each merge with its reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from ..knowledge.linking import IncidentWeights
from ..records import EventGroup, Feature, Ground, Merge, Span, covered_share, gap_km, holds
from .cluster import Pair, group, pair
from .happenings import Happening
from .likely import likely_pairs
from .stories import logistic
from .words import cosine

# Pairs with a lower score count as nothing; and the weighted sum that this score stands for.
_LEAST = 0.01
_LEAST_SUM = math.log(_LEAST / (1 - _LEAST))
Shared = Mapping[tuple[str, str], tuple[Span, ...]]


def group_happenings(
    happenings: Sequence[Happening], shared: Shared, weights: IncidentWeights
) -> list[EventGroup]:
    """Happenings of one story, grouped; `shared` says which spans of a document stand in another too (`reuse.covered`).

    Every event is in exactly one group. Groups come in the order of their smallest event key.
    """
    by_key = {each.key: each for each in happenings}
    order = sorted(by_key)
    reasons: dict[Pair, tuple[Feature, ...]] = {}
    scores: dict[Pair, float] = {}
    for first, second in likely_pairs([by_key[key] for key in order], shared, weights, _LEAST_SUM):
        a, b = order[first], order[second]
        if not comparable(by_key[a], by_key[b]):
            continue
        found = features(by_key[a], by_key[b], shared, weights)
        score = score_of(found, weights)
        if score > _LEAST:
            scores[a, b], reasons[a, b] = score, found
    groups = []
    for keys in group(order, scores, weights.threshold):
        events = tuple(sorted(event for key in keys for event in by_key[key].events))
        inner = (merge for key in keys for merge in by_key[key].merges)
        groups.append(EventGroup(events, (*_tree(keys, scores, reasons), *inner)))
    return sorted(groups, key=lambda each: each.events)


def comparable(a: Happening, b: Happening) -> bool:
    """False for pairs that no features could make one: nothing of type, place, day or party in common."""
    if set(a.types) & set(b.types):
        return True
    return bool(a.text and b.text and a.days and b.days and a.places and b.places)


def score_of(found: Iterable[Feature], weights: IncidentWeights) -> float:
    """How surely the two are one happening, 0 to 1."""
    return logistic(weights.bias + math.fsum(each.value * each.weight for each in found))


def features(a: Happening, b: Happening, shared: Shared, weights: IncidentWeights) -> tuple[Feature, ...]:
    """The reasons for and against, in a fixed order; those that say nothing are left out. Symmetric in a and b."""
    found: list[tuple[str, float, str]] = []
    found += _action(a, b, weights)
    found += _where(a, b, weights)
    found += _when(a, b, weights)
    found += _who(a, b)
    found += _toll(a, b)
    likeness = cosine(a.text, b.text)
    if likeness:
        found.append(("words", likeness, f"the sentences' words are alike by {likeness:.2f}"))
    copied = _copied(a, b, shared)
    if copied >= weights.copied_share:
        found.append(("copied text", copied, f"{copied:.0%} of a sentence stands in the other document word for word"))
    if a.document == b.document:
        found.append(("kept apart in one document", 1.0, "the document's own coreference holds them apart"))
        if set(a.sentences) & set(b.sentences):
            found.append(("one sentence", 1.0, "they stand in one sentence"))
    if a.negative != b.negative:
        found.append(("one is denied", 1.0, "one is told as having happened, the other as not"))
    return tuple(Feature(name, round(value, 6), weights.weights[name], why) for name, value, why in found)


def _tree(
    keys: Sequence[str], scores: Mapping[Pair, float], reasons: Mapping[Pair, tuple[Feature, ...]]
) -> Iterable[Merge]:
    """The strongest pairs that hold the group together, one fewer than it has members (Kruskal)."""
    root = {key: key for key in keys}

    def find(key: str) -> str:
        while root[key] != key:
            key = root[key]
        return key

    inside = [pair(a, b) for position, a in enumerate(keys) for b in keys[position + 1 :]]
    for at in sorted((at for at in inside if at in scores), key=lambda at: (-scores[at], at)):
        a, b = find(at[0]), find(at[1])
        if a != b:
            root[b] = a
            yield Merge(at[0], at[1], round(scores[at], 4), reasons[at])


# ------------------------------------------------------------------------------------------------- the single features


def _action(a: Happening, b: Happening, weights: IncidentWeights) -> list[tuple[str, float, str]]:
    families = weights.families
    first = {families.get(action, action) for action in a.actions}
    second = {families.get(action, action) for action in b.actions}
    common = sorted(first & second)
    if common:
        return [("same action", 1.0, f"both are {common[0]}")]
    told = f"{', '.join(sorted(first))} against {', '.join(sorted(second))}"
    consequences = weights.consequences
    if set(a.types) & set(b.types):
        if bool(first & consequences) != bool(second & consequences):
            return [("act and its harm", 1.0, told)]
        return [("other action", 1.0, told)]
    return [("other type", 1.0, f"{', '.join(a.types)} against {', '.join(b.types)}")]


def _where(a: Happening, b: Happening, weights: IncidentWeights) -> list[tuple[str, float, str]]:
    if not a.places or not b.places:
        return []
    # The best of all pairs; sorted, so that it is the same whichever side comes first.
    relation, value, first, second = max(
        (*_place_value(one, other, weights), min(one, other), max(one, other)) for one in a.places for other in b.places
    )
    gap = gap_km(first, second)
    return [(_PLACE[relation], value, f"{first.name} and {second.name}" + (f", {gap:.0f} km apart" if gap else ""))]


_PLACE = ("places apart", "place within a wide area", "place within", "same place")


def _place_value(a: Ground, b: Ground, weights: IncidentWeights) -> tuple[int, float]:
    """(rank of the relation, value): the more exact the places, the more their agreement says."""
    wide = max(a.radius_km, b.radius_km)
    near = min(weights.local_radius_km, wide)
    if gap_km(a, b) > near:
        return 0, min(1.0, gap_km(a, b) / weights.vague_radius_km + 0.5)
    if wide > weights.vague_radius_km:
        return 1, 1.0
    if a.name != b.name and (holds(a, b) or holds(b, a)):
        return 2, 1.0
    return (3, 1.0) if wide <= weights.local_radius_km else (2, 1.0)


def _when(a: Happening, b: Happening, weights: IncidentWeights) -> list[tuple[str, float, str]]:
    if a.days is None or b.days is None:
        return []
    gap = max(a.days.first - b.days.last, b.days.first - a.days.last, 0)
    longest = max(a.days.last - a.days.first, b.days.last - b.days.first) + 1
    if gap == 0:
        if longest <= weights.long_days:
            return [("same time", 1.0 / longest, f"both within {longest} day{'s' * (longest > 1)}")]
        return []
    firm = a.days.firm and b.days.firm
    # A report's own date is the day after as often as the day itself.
    if not firm and gap == 1:
        return [("about a day apart", 1.0, "a day apart, one of them by its report's date only")]
    return [("other time", 1.0, f"{gap} day{'s' * (gap > 1)} apart")]


def _who(a: Happening, b: Happening) -> list[tuple[str, float, str]]:
    found = []
    for name, first, second in (("actor", a.actors, b.actors), ("recipient", a.recipients, b.recipients)):
        common = sorted(first & second)
        if common:
            found.append((f"same {name}", 1.0, f"{name} {common[0]} in both"))
        elif first and second:
            told = f"{', '.join(sorted(first))} against {', '.join(sorted(second))}"
            found.append((f"other {name}", 1.0, told))
    return found


def _toll(a: Happening, b: Happening) -> list[tuple[str, float, str]]:
    for what in sorted(a.tolls.keys() & b.tolls.keys()):
        first, second = a.tolls[what], b.tolls[what]
        if set(first) & set(second):
            return [("same figure", 1.0, f"the same figure of {what}")]
        if min(high for _, high in first) * 3 < max(low for low, _ in second) or (
            min(high for _, high in second) * 3 < max(low for low, _ in first)
        ):
            return [("figures far apart", 1.0, f"figures of {what} differ more than threefold")]
    return []


def _copied(a: Happening, b: Happening, shared: Shared) -> float:
    if a.document == b.document:
        return 0.0
    first = max((covered_share(shared.get((a.document, b.document), ()), span) for span in a.sentences), default=0.0)
    second = max((covered_share(shared.get((b.document, a.document), ()), span) for span in b.sentences), default=0.0)
    return min(first, second)
