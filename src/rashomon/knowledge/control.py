"""Words by which a sentence says who takes, holds, loses, attacks or will take which ground."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from .files import HERE, load_yaml

Says = Literal["gain", "lose", "expel", "fall", "enter", "hold", "attempt"]


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that say one thing of the place that stands in one of these slots."""

    says: Says
    verbs: tuple[str, ...]
    place: tuple[str, ...]
    nouns: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    armed: bool = False
    named: bool = False
    context: bool = False
    ahead: bool = False
    beaten: bool = False


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that say one thing of the place behind one of these prepositions, or before them (`poss`)."""

    says: Says
    nouns: frozenset[str]
    place: frozenset[str]
    beaten: bool = False


class States(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """ "P is in X's hands", "P came under X's rule", "P remains occupied", "X is in control of P"."""

    stay: frozenset[str]
    come: frozenset[str]
    prepositions: frozenset[str]
    nouns: frozenset[str]
    sieges: frozenset[str]
    adjectives: frozenset[str]
    side: frozenset[str]
    holding: frozenset[str]


class Holds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody holds: "a stronghold of X", "X-held"."""

    nouns: frozenset[str]
    participles: frozenset[str]
    linked: frozenset[str]
    authority: frozenset[str]


class GroundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"except_": "except"}):
    """Nouns for ground, by what their "of NAME" means, and words that point back to ground."""

    settlements: frozenset[str]
    regions: frozenset[str]
    partitives: frozenset[str]
    wholes: frozenset[str]
    sites: frozenset[str]
    areas: frozenset[str]
    inside: frozenset[str]
    pronouns: frozenset[str]
    gains: frozenset[str]
    stands: frozenset[str]
    works: frozenset[str]
    plain: frozenset[str]
    inner: frozenset[str]
    except_: frozenset[str]
    articles: frozenset[str]

    @property
    def any(self) -> frozenset[str]:
        """Every noun for ground."""
        return self.settlements | self.regions | self.sites | self.areas


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pronouns of the speaker's side and of others, nouns that stand for whom they belong to, and who holds no ground."""

    first: frozenset[str]
    third: frozenset[str]
    owned: frozenset[str]
    kinds: frozenset[str]
    titles: frozenset[str]
    nobody: frozenset[str]


class ControlWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `control.yaml` holds."""

    moves: tuple[Move, ...]
    beaten: frozenset[str]
    beside: frozenset[str]
    deeds: tuple[Deed, ...]
    states: States
    holds: Holds
    ground: GroundWords
    people: People
    unsaid: frozenset[str]
    untrue: frozenset[str]
    denying: frozenset[str]
    keeping: frozenset[str]
    own: frozenset[str]
    announcing: frozenset[str]


def load_control(path: Path = HERE / "control.yaml") -> ControlWords:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, ControlWords)
