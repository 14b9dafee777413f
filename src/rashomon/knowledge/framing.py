"""Loaded words and what is read in their stead where only the structure of a sentence matters."""

from __future__ import annotations

from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class Framing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `framing.yaml` holds: a plain word and the loaded ones that mean the same."""

    plain: dict[str, tuple[str, ...]]

    @property
    def by_loaded(self) -> dict[str, str]:
        """The plain word of each loaded one."""
        return {loaded: plain for plain, words in self.plain.items() for loaded in words}


def load_framing(path: Path = HERE / "framing.yaml") -> Framing:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Framing)
