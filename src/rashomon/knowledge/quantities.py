"""Number words, countable things and the words that bound a figure."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..records.vocabulary import Bound
from .files import HERE, load_yaml


class Quantities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `quantities.yaml` holds. `vague` maps a phrase to its lowest and highest value (None: open)."""

    number_words: dict[str, float]
    multipliers: dict[str, float]
    vague: dict[str, tuple[float | None, float | None]]
    bounds: dict[Bound, tuple[str, ...]]
    killed: frozenset[str]
    injured: frozenset[str]
    things: dict[str, frozenset[str]]
    civilian: frozenset[str]
    combatant: frozenset[str]
    period: tuple[str, ...]
    campaign: tuple[str, ...]

    def kind_of(self, lemma: str) -> str | None:
        """The class of thing that a noun counts, None when it is none that is kept."""
        return next((kind for kind, words in self.things.items() if lemma in words), None)


def load_quantities(path: Path = HERE / "quantities.yaml") -> Quantities:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Quantities)
