"""Words by which sources change, correct and take back what they said."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import msgspec

from .files import HERE, load_yaml

_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


class Phrases:
    """A list of phrases to be found as whole words; "…" in one stands for up to six words."""

    def __init__(self, some: tuple[str, ...] | frozenset[str]) -> None:
        parts = sorted(set(some), key=lambda phrase: (-len(phrase), phrase))
        bodies = [re.escape(part).replace("\\ ", r"\s+").replace("…", r"(?:\S+\s+){0,6}?\S+") for part in parts]
        self._pattern = re.compile(rf"(?<![\w'])(?:{'|'.join(bodies)})(?!\w)") if bodies else None

    def search(self, words: str) -> re.Match[str] | None:
        """The first phrase in the words, which are `levelled`."""
        return self._pattern.search(words) if self._pattern is not None else None

    def every(self, words: str) -> list[re.Match[str]]:
        """All phrases in the words, in order."""
        return list(self._pattern.finditer(words)) if self._pattern is not None else []

    def begins(self, words: str) -> bool:
        """True when the words begin with one of the phrases."""
        return self._pattern is not None and self._pattern.match(words.lstrip()) is not None


class Opposites(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two lists of words of which one voice cannot say both; `soon`: of reports few days apart only."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    soon: bool = False


class RevisionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What `revisions.yaml` holds."""

    changed: tuple[str, ...]
    before: tuple[str, ...]
    postscripts: tuple[str, ...]
    past: tuple[str, ...]
    replacing: tuple[str, ...]
    adding: frozenset[str]
    parts: frozenset[str]
    headings: tuple[str, ...]
    marking: tuple[str, ...]
    weakly: tuple[str, ...]
    sayings: tuple[str, ...]
    standing: tuple[str, ...]
    right_then_wrong: tuple[str, ...]
    wrong_then_right: tuple[str, ...]
    mending: tuple[str, ...]
    retracting: tuple[str, ...]
    texts: frozenset[str]
    admitting: tuple[str, ...]
    conceding: tuple[str, ...]
    opposites: tuple[Opposites, ...]
    denying: tuple[str, ...]
    offices: tuple[str, ...]
    fronts: tuple[str, ...]
    own: frozenset[str]
    bodies: frozenset[str]
    first_person: tuple[str, ...]
    months: tuple[str, ...]
    pronouns: frozenset[str]
    openers: frozenset[str]
    window_days: int

    @cached_property
    def found(self) -> dict[str, Phrases]:
        """The lists of phrases by their key, ready to be looked for."""
        names = (
            "changed", "before", "postscripts", "past", "replacing", "headings", "marking", "weakly", "sayings", "first_person",
            "standing", "conceding",
            "right_then_wrong", "wrong_then_right", "mending", "retracting", "texts", "admitting", "denying",
        )
        return {name: Phrases(getattr(self, name)) for name in names}

    @cached_property
    def opposed(self) -> tuple[tuple[Phrases, Phrases, bool], ...]:
        """The pairs of opposites, ready to be looked for."""
        return tuple((Phrases(each.one), Phrases(each.other), each.soon) for each in self.opposites)


def levelled(words: str) -> str:
    """Small letters and straight marks, of the same length as the words: positions stay."""
    low = words.translate(_CURLY).lower()
    return low if len(low) == len(words) else words.translate(_CURLY)


def load_revisions(path: Path = HERE / "revisions.yaml") -> RevisionWords:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, RevisionWords)
