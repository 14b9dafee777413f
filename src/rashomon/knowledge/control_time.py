"""How long a statement of control speaks, which places are one, and whom plain words for holders can mean."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from .files import HERE, load_yaml


class ControlTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `control_time.yaml` holds: days, kilometres, words. The file's head explains each key."""

    stands_days: int
    after_days: int
    before_days: int
    widest_days: int
    same_km: float
    same_size: float
    part_size: float
    around_size: float
    parts_km: float
    articles: tuple[str, ...]
    amounts: frozenset[str]
    area_heads: frozenset[str]
    area_ends: frozenset[str]
    before_names: tuple[str, ...]
    after_names: tuple[str, ...]
    wholes: tuple[str, ...]
    against_state: tuple[str, ...]
    of_state: tuple[str, ...]
    joins: tuple[str, ...]
    relation_words: tuple[str, ...]
    own_voice: frozenset[str]


def load_control_time(path: Path = HERE / "control_time.yaml") -> ControlTime:
    """The file's content. KnowledgeError names the key that breaks a rule: a length below 0, a size below 1."""
    found = load_yaml(path, ControlTime)
    for key in ("stands_days", "after_days", "before_days", "widest_days", "same_km", "parts_km"):
        if getattr(found, key) < 0:
            raise KnowledgeError(f"knowledge file {path}, {key}: a length cannot be below 0")
    for key in ("same_size", "part_size", "around_size"):
        if getattr(found, key) < 1:
            raise KnowledgeError(f"knowledge file {path}, {key}: give 1 or more")
    both = sorted(set(found.against_state) & set(found.of_state))
    if both:
        raise KnowledgeError(f"knowledge file {path}: {both[0]!r} stands under against_state and of_state")
    return found
