"""Loaded, contested and side-giving names, what belongs to them, and the acts of naming."""

from __future__ import annotations

from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class NamingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}):
    """What `naming.yaml` holds."""

    names: frozenset[str]
    abuse: frozenset[str]
    marking: frozenset[str]
    marks: frozenset[str]
    heads: frozenset[str]
    only: dict[str, frozenset[str]]
    installed: frozenset[str]
    linked: frozenset[str]
    forces: frozenset[str]
    variants: frozenset[str]
    systems: frozenset[str]
    acts: frozenset[str]
    of_acts: frozenset[str]
    ruled: frozenset[str]
    seated: frozenset[str]
    takers: frozenset[str]
    apart: frozenset[str]
    backing: frozenset[str]
    plain: frozenset[str]
    as_: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    quoting: frozenset[str]


def load_naming(path: Path = HERE / "naming.yaml") -> NamingWords:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, NamingWords)
