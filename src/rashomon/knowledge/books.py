"""Words by which a sentence states control or a loaded name, and the broader names of actions."""

from __future__ import annotations

from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say who holds a place."""

    verbs: frozenset[str]
    participles: frozenset[str]
    nouns: frozenset[str]
    prepositions: frozenset[str]


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Loaded names, in lower case."""

    labels: frozenset[str]
    linked: frozenset[str]
    forces: frozenset[str]


class Books(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `books.yaml` holds."""

    holding: Holding
    families: dict[str, str]
    naming: Labels


def load_books(path: Path = HERE / "books.yaml") -> Books:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Books)
