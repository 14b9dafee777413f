"""How statements of one forecast are brought together, and which later claims bear on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import KnowledgeError
from .actions import load_triggers
from .files import HERE, load_yaml
from .pledge_book import Scale

Side = Literal["pro", "contra"]
PLACE = "PLACE"


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be foretold, and what later claims speak for and against it; see the head of the file."""

    name: str
    about: tuple[str, ...]
    verbs: tuple[str, ...]
    pro: frozenset[str] = frozenset()
    contra: frozenset[str] = frozenset()
    control: Mapping[str, Side] = {}
    status: Mapping[str, Side] = {}
    tolls: Literal["more"] | None = None

    def fits(self, words: str, *, placed: bool) -> bool:
        """True where the words, small and with blanks around, are of this; `placed` says that they name a place."""
        about = placed if PLACE in self.about else any(f" {start}" in words for start in self.about)
        return about and any(f" {start}" in words for start in self.verbs)

    def side(self, action: str) -> Side | None:
        """The side on which an event of that action speaks."""
        return "pro" if action in self.pro else "contra" if action in self.contra else None


class ForecastBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `forecast_book.yaml` holds."""

    join: Scale
    bear: Scale
    most: int
    vague_days: int
    negators: frozenset[str]
    pronouns: frozenset[str]
    modals: frozenset[str]
    reach: int
    idle: frozenset[str]
    topics: tuple[Topic, ...]
    failing: frozenset[str]
    inverse: Mapping[str, frozenset[str]]

    def topic_of(self, words: str, *, placed: bool) -> Topic | None:
        """The first topic that fits the words; None for none."""
        return next((topic for topic in self.topics if topic.fits(words, placed=placed)), None)

    def actions(self, foretold: Collection[str]) -> frozenset[str]:
        """Every action that may bear on a forecast of one of these actions, or on any topic."""
        found = set(foretold).union(*(topic.pro | topic.contra for topic in self.topics))
        return frozenset(found.union(*(self.inverse.get(action, frozenset()) for action in foretold)))


def load_forecast_book(path: Path = HERE / "forecast_book.yaml") -> ForecastBook:
    """The file's content. KnowledgeError when it breaks its form, or names an action that is not in the vocabulary."""
    book = load_yaml(path, ForecastBook)
    known = {action.name for action in load_triggers().actions}
    named = {action for topic in book.topics for action in topic.pro | topic.contra}
    named |= {action for key, against in book.inverse.items() for action in (key, *against)}
    for action in sorted(named - known):
        raise KnowledgeError(f"knowledge file {path}: {action!r} is no action of actions.yaml: see docs/actions.md")
    return book
