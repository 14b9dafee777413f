"""Loaded, contested and side-giving names, what belongs to them, and the acts of naming."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class NamingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}, dict=True):
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

    @cached_property
    def every(self) -> frozenset[str]:
        """All that may be a name, or make one of a head."""
        return self.names | self.abuse | self.marks | self.only.keys()

    @cached_property
    def openings(self) -> frozenset[str]:
        """All that a variant of a name may begin with, letter by letter."""
        return frozenset(variant[:length] for variant in self.variants for length in range(1, len(variant) + 1))


def load_naming(path: Path = HERE / "naming.yaml") -> NamingWords:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, NamingWords)
