"""Which pairs of a story's happenings can be one at all: those whose score could pass the least that counts.

A bound, never too low: what the features of `incidents` can come to at most, taken for all pairs at once. So the pairs that are
left out are those that `incidents` would score and throw away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..knowledge.linking import IncidentWeights
from ..records import Span, covered_share
from ..records.ground import EARTH_KM
from .happenings import Happening
from .words import shared as common_words
from .words import terms

# Kilometres and scores that rounding may hide.
_MARGIN = 0.01
_Flags = NDArray[np.bool_]
_Floats = NDArray[np.float64]


def likely_pairs(
    found: Sequence[Happening],
    shared: Mapping[tuple[str, str], tuple[Span, ...]],
    weights: IncidentWeights,
    least: float,
) -> Iterator[tuple[int, int]]:
    """Pairs of positions (first < second, ascending) whose weighted features can come to more than `least`, bias included."""
    columns = _Columns(found, weights)
    documents = {key: number for number, key in enumerate(sorted({each.document for each in found}))}
    home = np.array([documents[each.document] for each in found], dtype=np.int64)
    copied = _copied(found, documents, shared)
    weight = weights.weights
    for at in range(len(found) - 1):
        later = home[at + 1 :]
        bound = weights.bias + columns.bound(at)
        inside = later == home[at]
        bound += np.where(inside, weight["kept apart in one document"] + max(0.0, weight["one sentence"]), 0.0)
        both = np.minimum(copied[at, later], copied[at + 1 :, home[at]])
        bound += np.where(both >= weights.copied_share - _MARGIN, max(0.0, weight["copied text"]) * both, 0.0)
        for other in np.flatnonzero(bound > least - _MARGIN):
            yield at, at + 1 + int(other)


def _copied(
    found: Sequence[Happening], documents: Mapping[str, int], shared: Mapping[tuple[str, str], tuple[Span, ...]]
) -> _Floats:
    """For each happening and each document: how much of a sentence stands in that document word for word, at most."""
    copied = np.zeros((len(found), len(documents)))
    for at, each in enumerate(found):
        for key, column in documents.items():
            if spans := shared.get((each.document, key)):
                copied[at, column] = max((covered_share(spans, span) for span in each.sentences), default=0.0)
    return copied


class _Columns:
    """The happenings' features in columns, so that one can be set beside all later ones."""

    def __init__(self, found: Sequence[Happening], weights: IncidentWeights) -> None:
        self._weights = weights
        self._families = _flags([{weights.families.get(action, action) for action in each.actions} for each in found])
        self._types = _flags([each.types for each in found])
        self._actors, self._recipients = _flags([each.actors for each in found]), _flags([each.recipients for each in found])
        self._tolls = _flags([each.tolls for each in found])
        self._negative = np.array([each.negative for each in found])
        days = [each.days for each in found]
        self._dated = np.array([each is not None for each in days])
        self._firm = np.array([each is not None and each.firm for each in days])
        self._first = np.array([each.first if each else 0 for each in days])
        self._last = np.array([each.last if each else 0 for each in days])
        self._placed = np.array([bool(each.places) for each in found])
        self._texts = [terms([each.text]) for each in found]
        spots = [(at, *np.radians(place[:2]), place[2]) for at, each in enumerate(found) for place in each.places]
        self._spots = np.array(spots, dtype=float).reshape(len(spots), 4)

    def bound(self, at: int) -> _Floats:
        """The most that the features of this happening beside each later one can come to, without what documents share."""
        weight, later = self._weights.weights, slice(at + 1, None)
        same_type, same_act = _meet(self._types, at), _meet(self._families, at)
        unlike = np.where(same_type, max(weight["act and its harm"], weight["other action"]), weight["other type"])
        bound = np.where(same_act, weight["same action"], unlike)
        bound += self._when(at) + np.where(self._placed[at] & self._placed[later], self._where(at), 0.0)
        for flags, name in ((self._actors, "actor"), (self._recipients, "recipient")):
            both = flags[at].any() & flags[later].any(axis=1)
            bound += np.where(_meet(flags, at), weight[f"same {name}"], np.where(both, weight[f"other {name}"], 0.0))
        bound += np.where(_meet(self._tolls, at), max(0.0, weight["same figure"], weight["figures far apart"]), 0.0)
        alike, _ = common_words(self._texts[at], self._texts[later], 1)
        bound += max(0.0, weight["words"]) * np.minimum(alike[:, 0] + _MARGIN, 1.0)
        return np.asarray(bound + np.where(self._negative[later] != self._negative[at], max(0.0, weight["one is denied"]), 0.0))

    def _when(self, at: int) -> _Floats:
        weight, later = self._weights.weights, slice(at + 1, None)
        gap = np.maximum(self._first[at] - self._last[later], self._first[later] - self._last[at])
        apart = np.where((gap == 1) & ~(self._firm[at] & self._firm[later]), weight["about a day apart"], weight["other time"])
        longest = np.maximum(self._last[at] - self._first[at], self._last[later] - self._first[later]) + 1
        same = np.where(longest <= self._weights.long_days, weight["same time"] / longest, 0.0)
        told = np.where(gap <= 0, same, apart)
        return np.where(self._dated[at] & self._dated[later], told, 0.0)

    def _where(self, at: int) -> _Floats:
        """At most what the nearest places allow: apart where they are further than any two places that touch."""
        weight, count = self._weights.weights, len(self._placed) - at - 1
        own, theirs = self._spots[self._spots[:, 0] == at], self._spots[self._spots[:, 0] > at]
        nearest = np.full(count, np.inf)
        if len(own) and len(theirs):
            phi, psi = own[:, 1][:, None], theirs[:, 1][None, :]
            half = np.sin((psi - phi) / 2) ** 2
            half += np.cos(phi) * np.cos(psi) * np.sin((theirs[:, 2][None, :] - own[:, 2][:, None]) / 2) ** 2
            gap = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half))) - own[:, 3][:, None] - theirs[:, 3][None, :]
            np.minimum.at(nearest, theirs[:, 0].astype(np.int64) - at - 1, gap.min(axis=0))
        share = np.clip((nearest - _MARGIN) / self._weights.vague_radius_km + 0.5, 0.5, 1.0)
        touching = max(weight["same place"], weight["place within"], weight["place within a wide area"], 0.0)
        return np.where(nearest > self._weights.local_radius_km + _MARGIN, weight["places apart"] * share, touching)


def _flags(sets: Sequence[Collection[str]]) -> _Flags:
    """A row for each set, a column for each member of any."""
    column = {name: number for number, name in enumerate(sorted({name for each in sets for name in each}))}
    flags = np.zeros((len(sets), len(column)), dtype=bool)
    for row, each in enumerate(sets):
        flags[row, [column[name] for name in each]] = True
    return flags


def _meet(flags: _Flags, at: int) -> _Flags:
    """Whether each later row shares a column with this one."""
    return np.asarray(flags[at + 1 :][:, flags[at]].any(axis=1))
