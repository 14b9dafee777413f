"""How tellings of one pledge are brought together, and which later claims say what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from ..records.vocabulary import PledgeKind
from .files import HERE, load_yaml


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a score is made of named reasons. `window_days`: nothing further apart is compared."""

    threshold: float
    bias: float
    window_days: int
    weights: Mapping[str, float]


class Says(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Actions by which a later claim says what became of a pledge; see the head of the file."""

    actions: frozenset[str]
    status: str
    negated: str | None = None
    ordered: str | None = None
    families: frozenset[str] = frozenset()
    named: bool = False
    terms: tuple[str, ...] = ()


class PledgeBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What `pledge_book.yaml` holds."""

    families: Mapping[PledgeKind, str]
    akin: tuple[tuple[str, str], ...]
    join: Scale
    unlike: float
    again_days: int
    definite: frozenset[str]
    bare: frozenset[str]
    anew: frozenset[str]
    hours: Mapping[str, float]
    numbers: Mapping[str, int]
    follow: Scale
    names: Mapping[PledgeKind, frozenset[str]]
    says: tuple[Says, ...]
    mention: frozenset[str]
    words: Mapping[str, tuple[str, ...]]
    opposed: tuple[tuple[str, str], ...]
    days: int

    def related(self, a: PledgeKind, b: PledgeKind) -> str:
        """The reason that two kinds give: "same kind", "same family", "akin kind" or "other kind"."""
        if a == b:
            return "same kind"
        first, second = sorted((self.families[a], self.families[b]))
        if first == second:
            return "same family"
        return "akin kind" if any(tuple(sorted(pair)) == (first, second) for pair in self.akin) else "other kind"

    def status_of(self, words: str) -> str | None:
        """What a status in the text's own words comes to; None where the file has no such word."""
        told = f" {' '.join(words.lower().split())}"
        return next((status for status, some in self.words.items() if any(f" {word}" in told for word in some)), None)

    @cached_property
    def idle(self) -> str:
        """The words that say nothing of what is promised or asked, in a row."""
        return " ".join(sorted(self.bare.union(*self.names.values())))

    @cached_property
    def actions(self) -> Mapping[str, Says]:
        """What each action says."""
        return {action: row for row in self.says for action in sorted(row.actions)}

    def oppose(self, a: str, b: str) -> bool:
        """True where one says what the other denies."""
        return (a, b) in self.opposed or (b, a) in self.opposed


def load_pledge_book(path: Path = HERE / "pledge_book.yaml") -> PledgeBook:
    """The file's content. KnowledgeError when it breaks its form, or lacks the family of a kind."""
    book = load_yaml(path, PledgeBook)
    known = sorted(set(book.families.values()))
    for family in sorted({family for row in book.says for family in row.families}):
        if family not in known:
            raise KnowledgeError(f"knowledge file {path}: {family!r} is none of the families: write one of {', '.join(known)}")
    return book
