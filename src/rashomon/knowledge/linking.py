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
    vague_radius_km: float
    copied_share: float
    recent_days: int
    harm_sentences: int
    act_sentences: int
    families: Mapping[str, str]
    senses: Mapping[str, frozenset[str]]
    violent: frozenset[str]
    consequences: frozenset[str]
    wholes: frozenset[str]
    part_characters: int
    repeats: frozenset[str]
    pointers: frozenset[str]
    apart: tuple[str, ...]
    counts: tuple[str, ...]
    other_time: tuple[str, ...]
    recalled: tuple[str, ...]
    periods: tuple[str, ...]
    lasting: frozenset[str]
    states: frozenset[str]
    material: frozenset[str]
    words_alike: float
    names_alike: float
    nights: tuple[str, ...]
    weekdays: frozenset[str]
    openers: frozenset[str]
    auxiliaries: frozenset[str]
    next_clause: frozenset[str]
    party_stems: frozenset[str]
    targets: Mapping[str, tuple[str, ...]]

    def senses_of(self, action: str) -> frozenset[str]:
        """The senses that the action may be told in; its own name where the file gives it none."""
        return frozenset(sense for sense, actions in self.senses.items() if action in actions) or frozenset({action})


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
