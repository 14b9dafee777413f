"""Words by which a sentence states a forecast or a pledge."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..records.vocabulary import PledgeKind
from .files import HERE, load_yaml


class Forecasting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that mark a statement about what will happen."""

    auxiliaries: frozenset[str]
    verbs: frozenset[str]
    adjectives: frozenset[str]
    adverbs: frozenset[str]
    conditional: frozenset[str]
    bounding: frozenset[str]
    abilities: frozenset[str]
    conditions: frozenset[str]


class Undertaking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which speakers say what they themselves will do."""

    auxiliaries: frozenset[str]
    persons: frozenset[str]


class Books(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `books.yaml` holds."""

    forecasts: Forecasting
    pledges: dict[PledgeKind, frozenset[str]]
    undertaking: Undertaking
    broken: frozenset[str]
    families: dict[str, str]


def load_books(path: Path = HERE / "books.yaml") -> Books:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Books)
