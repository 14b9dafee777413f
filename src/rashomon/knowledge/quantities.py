"""Number words, countable things, kinds of harm, and the words that bound a figure or say how far it reaches."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import msgspec

from ..records.vocabulary import Bound
from .files import HERE, load_yaml

_OPENING = re.compile(r"[^\W\d_]+|\S")


class Harm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one kind of harm. A verb may carry a second word that must stand beside it ("shoot dead")."""

    verbs: frozenset[str]
    suffered: frozenset[str]
    nouns: frozenset[str]
    deeds: frozenset[str]
    states: frozenset[str]
    tolls: frozenset[str]


class Quantities(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What `quantities.yaml` holds. `vague` maps a phrase to its lowest and highest value (None: open)."""

    number_words: dict[str, float]
    multipliers: dict[str, float]
    suffixes: dict[str, float]
    vague: dict[str, tuple[float | None, float | None]]
    vague_times: dict[str, tuple[float, float | None]]
    none: frozenset[str]
    bounds: dict[Bound, frozenset[str]]
    prepositions: frozenset[str]
    after: dict[Bound, frozenset[str]]
    passing: frozenset[str]
    fillers: frozenset[str]
    changes: frozenset[str]
    currencies: dict[str, str]
    designators: frozenset[str]
    ages: frozenset[str]
    before_years: frozenset[str]
    fractions: frozenset[str]
    not_one: frozenset[str]
    after_one: frozenset[str]
    beginnings: frozenset[str]
    war_toll: float
    linking: frozenset[str]
    looking_up: frozenset[str]
    looking_up_bare: frozenset[str]
    machines: frozenset[str]
    things: dict[str, frozenset[str]]
    unit_names: dict[str, str]
    timeless: frozenset[str]
    strong: dict[str, str | None]
    civilian: frozenset[str]
    combatant: frozenset[str]
    owned: frozenset[str]
    sides: frozenset[str]
    all_of: tuple[str, ...]
    most_of: tuple[str, ...]
    harms: dict[str, Harm]
    anybody: frozenset[str]
    not_fighters: frozenset[str]
    losing: frozenset[str]
    captives: frozenset[str]
    taking: frozenset[str]
    figures: frozenset[str]
    reaching: frozenset[str]
    counting: frozenset[str]
    counts: frozenset[str]
    subset: tuple[str, ...]
    partitive: frozenset[str]
    holding: frozenset[str]
    among: frozenset[str]
    since: frozenset[str]
    campaigns: frozenset[str]
    through: frozenset[str]
    recent: frozenset[str]
    more: frozenset[str]
    hours: dict[str, float]
    spanning: frozenset[str]
    from_to: frozenset[str]
    of_a_part: frozenset[str]
    indefinite: frozenset[str]
    displacing: frozenset[str]
    ranks: frozenset[str]
    daily: tuple[str, ...]
    dating: frozenset[str]
    rates: tuple[str, ...]
    periods: tuple[str, ...]
    alone: frozenset[str]
    across: frozenset[str]
    single: frozenset[str]
    striking: frozenset[str]
    when: frozenset[str]
    told_as: dict[str, str]
    until: tuple[str, ...]

    @cached_property
    def openings(self) -> frozenset[str]:
        """First words, or signs, of all phrases of several words."""
        phrases = [*self.none, *self.vague, *self.vague_times]
        phrases += [phrase for table in (self.bounds, self.after) for row in table.values() for phrase in row]
        return frozenset(found[0] for phrase in phrases if (found := _OPENING.match(phrase)))

    @cached_property
    def any_bound(self) -> frozenset[str]:
        """The phrases of all bounds before a number."""
        return frozenset(phrase for phrases in self.bounds.values() for phrase in phrases)

    @cached_property
    def may_begin(self) -> frozenset[str]:
        """First words, or signs, of all that is worded as a number or a bound, digits apart."""
        return self.openings | self.currencies.keys() | self.number_words.keys() | {"half", "a", "an"}

    def kind_of(self, lemma: str) -> str | None:
        """The class of thing that a noun counts, None when it is none that is kept."""
        return next((kind for kind, words in self.things.items() if lemma in words), None)


def forms(word: str) -> frozenset[str]:
    """The word, in lower case, and what its singular may be, where a tagger took a plural for a name or an adjective."""
    word = word.lower()
    found = {word}
    if word.endswith("men"):
        found.add(word[:-3] + "man")
    if word.endswith("s"):
        found.add(word[:-1])
    if word.endswith("ies"):
        found.add(word[:-3] + "y")
    return frozenset(found)


def load_quantities(path: Path = HERE / "quantities.yaml") -> Quantities:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Quantities)
