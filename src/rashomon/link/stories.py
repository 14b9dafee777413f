"""Stories: documents about one happening, found by text, days and places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..knowledge.linking import StoryWeights
from ..records import Feature, Story, gap_km
from .cluster import Pair, components, group, pair
from .sketch import Sketch
from .words import Vector, cosine


def pair_values(a: Sketch, b: Sketch, weights: StoryWeights) -> dict[str, float]:
    """The named features of two documents, before their weights. Depends on the two sketches alone."""
    half = weights.half_score
    values = {
        "text": _saturated(cosine(a.text, b.text), half["text"]),
        "lead": _saturated(cosine(a.lead, b.lead), half["lead"]),
        "names": _saturated(cosine(a.names, b.names), half["names"]),
        "numbers": cosine(a.numbers, b.numbers),
        "rare words": math.log1p(_shared(a.rare, b.rare)),
        "rare names": math.log1p(_shared(a.rare_names, b.rare_names)),
    }
    if a.days is None or b.days is None or too_vague(a.days, b.days, weights.vague_days):
        values["day unknown"] = 1.0
    else:
        apart = days_apart(a.days, b.days)
        for name, life in sorted(weights.half_life_days.items()):
            values[name] = 2.0 ** (-apart / life)
    place = _place(a, b, weights)
    if place:
        values["place near" if place > 0 else "places apart"] = 1.0
    return values


def story_score(a: Sketch, b: Sketch, weights: StoryWeights) -> float:
    """How surely the two are about one happening, 0 to 1."""
    values = pair_values(a, b, weights)
    return logistic(weights.bias + math.fsum(weights.weights[name] * value for name, value in values.items()))


def explain(a: Sketch, b: Sketch, weights: StoryWeights) -> tuple[Feature, ...]:
    """Each feature of the pair with its weight, the strongest first."""
    found = [
        Feature(name, round(value, 4), weights.weights[name], f"{name}: {value:.2f} of weight {weights.weights[name]:g}")
        for name, value in pair_values(a, b, weights).items()
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.value * each.weight), each.name)))


def days_apart(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Days between two intervals, and half their own width on top: a vague day is near to nothing for sure."""
    gap = max(0, a[0] - b[1], b[0] - a[1])
    return gap + max(a[1] - a[0], b[1] - b[0]) / 2


def too_vague(a: tuple[int, int], b: tuple[int, int], limit: int) -> bool:
    """True when the two intervals overlap and one is so wide that this says nothing."""
    return max(a[0], b[0]) <= min(a[1], b[1]) and max(a[1] - a[0], b[1] - b[0]) > limit


def candidates(sketches: Iterable[Sketch], weights: StoryWeights) -> Iterator[Pair]:
    """Pairs that share enough of their weightiest words to be worth a look; each pair once, in order."""
    posted: dict[str, list[str]] = {}
    for each in sorted(sketches, key=lambda sketch: sketch.key):
        shared: Counter[str] = Counter()
        for sign in each.signs:
            keys = posted.setdefault(sign, [])
            shared.update(keys)
            keys.append(each.key)
        for other in sorted(shared):
            if shared[other] >= weights.shared_signs:
                yield pair(other, each.key)


def story_scores(sketches: Mapping[str, Sketch], weights: StoryWeights) -> dict[Pair, float]:
    """Scores of all candidate pairs."""
    return {
        (a, b): story_score(sketches[a], sketches[b], weights) for a, b in candidates(sketches.values(), weights)
    }


def link_stories(sketches: Sequence[Sketch], weights: StoryWeights) -> list[Story]:
    """The partition of the documents into stories, each under its smallest key, in the order of those keys."""
    scores = story_scores({each.key: each for each in sketches}, weights)
    return stories_from((each.key for each in sketches), scores, weights)


def stories_from(keys: Iterable[str], scores: Mapping[Pair, float], weights: StoryWeights) -> list[Story]:
    """The partition that these scores give; `keys` must hold every key in `scores`."""
    return [Story(members[0], members) for members in group(keys, scores, weights.threshold)]


def touched(changed: Iterable[str], keys: Iterable[str], scores: Mapping[Pair, float], threshold: float) -> set[str]:
    """Keys of the components that hold a changed document: all that a relink after that change can alter."""
    wanted = set(changed)
    found: set[str] = set()
    for component in components(keys, (at for at, score in scores.items() if score >= threshold)):
        if wanted.intersection(component):
            found.update(component)
    return found


def logistic(value: float) -> float:
    """1 / (1 + e^-value), rounded so that the last bits of different processors do not show."""
    return round(1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value)))), 12)


def _saturated(value: float, half: float) -> float:
    return value / (value + half)


def _shared(a: Vector, b: Vector) -> float:
    return math.fsum(a[word] for word in sorted(a.keys() & b.keys()))


def _place(a: Sketch, b: Sketch, weights: StoryWeights) -> int:
    """1: local events of both lie near each other; -1: all lie far apart; 0: one has none, or in between."""
    first = [place for place in a.places if place.radius_km <= weights.local_radius_km]
    second = [place for place in b.places if place.radius_km <= weights.local_radius_km]
    if not first or not second:
        return 0
    nearest = min(gap_km(one, other) for one in first for other in second)
    if nearest <= weights.near_km:
        return 1
    return -1 if nearest > weights.far_km else 0
