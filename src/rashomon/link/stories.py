"""Stories: documents about one happening, found by text, days and places."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..knowledge.linking import StoryWeights
from ..records import Feature, Story
from ..records.cluster import Pair, average_link_over, components, pair
from ..records.ground import EARTH_KM
from .postings import Postings
from .sketch import FACETS, Sketch
from .words import shared

Values = Mapping[str, NDArray[np.float64]]


def pair_values(one: Sketch, others: Sequence[Sketch], weights: StoryWeights) -> Values:
    """The named features of a document beside each of others, before their weights.

    A pair's values depend on its two sketches alone, and are the same from both sides.
    """
    if not others:
        return {}
    product, weight = shared(one.terms, [each.terms for each in others], len(FACETS))
    alike = {facet: product[:, at] for at, facet in enumerate(FACETS)}
    common = {facet: weight[:, at] for at, facet in enumerate(FACETS)}
    values = {name: _saturated(np.minimum(alike[name], 1.0), half) for name, half in sorted(weights.half_score.items())}
    values["numbers"] = np.minimum(alike["numbers"], 1.0)
    for name in ("rare words", "full names", "rare place words"):
        values[name] = np.log1p(common[name])
    least = np.minimum(one.placed, [each.placed for each in others])
    values["place words"] = np.where(least > 0, np.minimum(common["place words"] / np.maximum(least, 1e-6), 1.0), 0.0)
    values["told day"] = (common["told days"] > 0).astype(float)
    for name, facet, own, theirs in (
        ("no full name shared", "full names", one.named, [each.named for each in others]),
        ("no age shared", "ages", one.aged, [each.aged for each in others]),
        ("no place word shared", "place words", one.placed > 0, [each.placed > 0 for each in others]),
        ("no told day shared", "told days", one.told, [each.told for each in others]),
    ):
        values[name] = (np.array(theirs) & (common[facet] == 0) & own).astype(float)
    apart = np.array([_apart(one.days, each.days, weights.vague_days) for each in others], dtype=float)
    known = ~np.isnan(apart)
    values["day unknown"] = np.where(known, 0.0, 1.0)
    for name, life in sorted(weights.half_life_days.items()):
        values[name] = np.where(known, np.exp2(-np.where(known, apart, 0.0) / life), 0.0)
    near = _nearest(one, others, weights)
    values["place near"] = (near <= weights.near_km).astype(float)
    values["places apart"] = ((near > weights.far_km) & ~np.isnan(near)).astype(float)
    return values


def scores_with(one: Sketch, others: Sequence[Sketch], weights: StoryWeights) -> list[float]:
    """How surely the document and each of the others are about one happening, 0 to 1."""
    if not others:
        return []
    total = np.full(len(others), weights.bias)
    for name, value in sorted(pair_values(one, others, weights).items()):
        total += weights.weights[name] * value
    return [logistic(float(each)) for each in total]


def story_score(a: Sketch, b: Sketch, weights: StoryWeights) -> float:
    """How surely the two are about one happening, 0 to 1."""
    return scores_with(a, [b], weights)[0]


def explain(a: Sketch, b: Sketch, weights: StoryWeights) -> tuple[Feature, ...]:
    """Each feature of the pair with its weight, the strongest first."""
    found = []
    for name, value in pair_values(a, [b], weights).items():
        each = float(value[0])
        if each:
            why = f"{name}: {each:.2f} of weight {weights.weights[name]:g}"
            found.append(Feature(name, round(each, 4), weights.weights[name], why))
    return tuple(sorted(found, key=lambda each: (-abs(each.value * each.weight), each.name)))


def days_apart(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Days between two intervals, and half their own width on top: a vague day is near to nothing for sure."""
    gap = max(0, a[0] - b[1], b[0] - a[1])
    return gap + max(a[1] - a[0], b[1] - b[0]) / 2


def too_vague(a: tuple[int, int], b: tuple[int, int], limit: int) -> bool:
    """True when the two intervals overlap and one is so wide that this says nothing."""
    return max(a[0], b[0]) <= min(a[1], b[1]) and max(a[1] - a[0], b[1] - b[0]) > limit


def candidates(sketches: Mapping[str, Sketch], weights: StoryWeights) -> Iterator[tuple[Sketch, list[Sketch]]]:
    """Each document with those before it in the order of keys that are worth a look; see `postings`."""
    posted = Postings(weights)
    for key in sorted(sketches):
        one = sketches[key]
        yield one, [sketches[other] for other in posted.near(key, one.signs, one.days)]
        posted.add(key, one.signs, one.days)


def link_stories(sketches: Iterable[Sketch], weights: StoryWeights) -> list[Story]:
    """The partition of the documents into stories, each under its smallest key, in the order of those keys."""
    by_key = {each.key: each for each in sketches}
    edges = [
        pair(one.key, other.key)
        for one, others in candidates(by_key, weights)
        for other, score in zip(others, scores_with(one, others, weights), strict=True)
        if score >= weights.threshold
    ]
    near: dict[str, list[str]] = {}
    for a, b in edges:
        near.setdefault(a, []).append(b)
    found = [story for component in components(by_key, edges) for story in stories_of(component, near, by_key, weights)]
    return sorted(found, key=lambda story: story.id)


def stories_of(
    component: Sequence[str], near: Mapping[str, Iterable[str]], sketches: Mapping[str, Sketch], weights: StoryWeights,
    known: MutableMapping[Pair, float] | None = None,
) -> list[Story]:
    """The stories of documents that edges connect; `near` holds the edges, from either end or both.

    Groups that an edge joins are compared by every pair between them, those that share no sign as well. Scores of edges in
    `known` are not made again; new ones are put there.
    """
    if len(component) == 1:
        return [Story(component[0], tuple(component))]
    held = {} if known is None else known
    edges: dict[Pair, float] = {}
    for key in component:
        wanted = {other: pair(key, other) for other in near.get(key, ())}
        others = sorted(other for other, at in wanted.items() if at not in held)
        for other, score in zip(others, _scores(key, others, sketches, weights), strict=True):
            held[pair(key, other)] = score
        edges.update((at, held[at]) for at in wanted.values())

    def cross(one: Sequence[str], others: Sequence[str]) -> float:
        return math.fsum(score for key in one for score in _scores(key, others, sketches, weights))

    return [Story(members[0], members) for members in average_link_over(edges, cross, weights.threshold)]


def _scores(
    key: str, others: Sequence[str], sketches: Mapping[str, Sketch], weights: StoryWeights
) -> list[float]:
    return scores_with(sketches[key], [sketches[other] for other in others], weights)


def logistic(value: float) -> float:
    """1 / (1 + e^-value), rounded so that the last bits of different processors do not show."""
    return round(1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value)))), 12)


def _saturated(value: NDArray[np.float64], half: float) -> NDArray[np.float64]:
    return value / (value + half)


def _apart(a: tuple[int, int] | None, b: tuple[int, int] | None, vague: int) -> float:
    """Days between the two, nan where they say nothing."""
    return math.nan if a is None or b is None or too_vague(a, b, vague) else days_apart(a, b)


def _nearest(one: Sketch, others: Sequence[Sketch], weights: StoryWeights) -> NDArray[np.float64]:
    """Kilometres between the nearest local places of both; nan where one has none."""
    own = [place for place in one.places if place.radius_km <= weights.local_radius_km]
    found = np.full(len(others), np.nan)
    if not own:
        return found
    for at, other in enumerate(others):
        local = [place for place in other.places if place.radius_km <= weights.local_radius_km]
        if local:
            found[at] = _gap(np.array([place[:3] for place in own]), np.array([place[:3] for place in local]))
    return found


def _gap(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """The smallest gap in km between areas of `a` and `b`, each a row of degrees, degrees and radius in km."""
    phi, psi = np.radians(a[:, 0])[:, None], np.radians(b[:, 0])[None, :]
    east = np.radians(b[:, 1])[None, :] - np.radians(a[:, 1])[:, None]
    half = np.sin((psi - phi) / 2) ** 2 + np.cos(phi) * np.cos(psi) * np.sin(east / 2) ** 2
    apart = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half))) - a[:, 2][:, None] - b[:, 2][None, :]
    return round(float(np.maximum(apart, 0.0).min()), 3)
