"""Weights and thresholds of linking: documents to stories, events to incidents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class StoryWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the score of two documents is made; `docs/linking.md` explains each value."""

    threshold: float
    bias: float
    weights: Mapping[str, float]
    half_score: Mapping[str, float]
    half_life_days: Mapping[str, float]
    lead_words: int
    rare_floor: float
    name_floor: float
    sure_name: float
    place_floor: float
    signs: int
    shared_signs: int
    far_days: int
    far_shared_signs: int
    near_km: float
    far_km: float
    local_radius_km: float
    vague_days: int
    tail_after: int
    tail_words: int
    told_words: int
    told_weekdays: int
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    place_before: tuple[str, ...]
    age_before: tuple[str, ...]
    age_after: tuple[str, ...]


class IncidentWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the score of two happenings is made; `docs/linking.md` explains each value."""

    threshold: float
    bias: float
    weights: Mapping[str, float]
    long_days: int
    local_radius_km: float
    copied_share: float
    vague_radius_km: float
    beside_characters: int
    families: Mapping[str, str]
    consequences: frozenset[str]


class DateRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two texts are one, and how far apart in days copies of it appear; `docs/ledger.md` says why."""

    least_words: int
    shorter: float
    longer: float
    days: int


class LinkingRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that linking is tuned by."""

    stories: StoryWeights
    incidents: IncidentWeights
    dates: DateRules


def load_linking(path: Path = HERE / "linking.yaml") -> LinkingRules:
    """The weights. KnowledgeError names the key that breaks its rules."""
    return load_yaml(path, LinkingRules)
