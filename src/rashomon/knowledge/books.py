"""Broader names of actions, by which a text calls them when it tells of them again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class Books(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `books.yaml` holds."""

    families: dict[str, str]


def load_books(path: Path = HERE / "books.yaml") -> Books:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Books)
