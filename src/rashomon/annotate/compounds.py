"""Compounds as the parser knows them: "the Turkish backed rebels" with a hyphen, "counter-attack" as one word."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from ..knowledge.files import HERE, load_yaml


class Compounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The participles that form such compounds, the signs that one is meant, and hyphened words with their plain form."""

    participles: tuple[str, ...]
    determiners: tuple[str, ...]
    people_endings: tuple[str, ...]
    whole: dict[str, str]


class Hyphenator:
    """Puts the missing hyphens in, one character for one."""

    def __init__(self, words: Compounds) -> None:
        participles = "|".join(map(re.escape, words.participles))
        self._pair = re.compile(rf"\b((?:\w+[ .-]){{0,2}})([A-Z][\w.’'-]*) ({participles})(?= [a-zA-Z])")
        self._determiners = frozenset(words.determiners)
        self._endings = words.people_endings
        self.whole = words.whole

    @classmethod
    def load(cls, path: Path = HERE / "compounds.yaml") -> Hyphenator:
        """With the words of a knowledge file. KnowledgeError when it breaks its form."""
        return cls(load_yaml(path, Compounds))

    def join(self, plain: str) -> str:
        """The text with a hyphen for the space of every compound; of the same length."""
        return self._pair.sub(self._joined, plain)

    def _joined(self, match: re.Match[str]) -> str:
        before = match.group(1).lower().split()
        if not (self._determiners & set(before) or match.group(2).lower().endswith(self._endings)):
            return match.group()
        return f"{match.group(1)}{match.group(2)}-{match.group(3)}"
