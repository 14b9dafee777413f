"""Verbs of headlines, and what is shown to the parser for them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class Headlines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `headlines.yaml` holds: present forms with their past, and participles that are said of what stands before them."""

    present: dict[str, str]
    done_to: frozenset[str]


def load_headlines(path: Path = HERE / "headlines.yaml") -> Headlines:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Headlines)
