"""Words of forecasts, and the published scale that gives probability words their intervals."""

from __future__ import annotations

from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class ForecastWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `forecasts.yaml` holds. `scale`: expression -> lowest and highest probability, 0 to 1."""

    will: frozenset[str]
    would: frozenset[str]
    may: frozenset[str]
    should: frozenset[str]
    can: frozenset[str]
    expecting: frozenset[str]
    believing: frozenset[str]
    foretelling: frozenset[str]
    not_hope: frozenset[str]
    adjectives: frozenset[str]
    of_view: frozenset[str]
    growing: frozenset[str]
    seeing: frozenset[str]
    expectations: frozenset[str]
    figured: frozenset[str]
    outcomes: frozenset[str]
    governing: frozenset[str]
    possibilities: frozenset[str]
    infinitives: frozenset[str]
    reckoning: frozenset[str]
    chances: frozenset[str]
    likely_nouns: frozenset[str]
    measuring: frozenset[str]
    matters: frozenset[str]
    scheduled: frozenset[str]
    occasions: frozenset[str]
    taking_place: tuple[str, ...]
    preferring: frozenset[str]
    habits: frozenset[str]
    surmising: frozenset[str]
    judging: frozenset[str]
    past_ability: frozenset[str]
    conditions: tuple[str, ...]
    without: frozenset[str]
    adverbs: frozenset[str]
    degrees: frozenset[str]
    negations: frozenset[str]
    ahead: frozenset[str]
    coming: frozenset[str]
    most: frozenset[str]
    slim: frozenset[str]
    last: frozenset[str]
    citing: frozenset[str]
    another: frozenset[str]
    units: dict[str, str]
    nobody: frozenset[str]
    reasons: frozenset[str]
    until: frozenset[str]
    seasons: frozenset[str]
    scale: dict[str, tuple[float, float]]
    numbers: dict[str, int]


def load_forecasts(path: Path = HERE / "forecasts.yaml") -> ForecastWords:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, ForecastWords)
