"""Words that give the parties and the places of an event their roles."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import msgspec

from ..records.vocabulary import PlaceRole
from .files import HERE, load_yaml


class Slots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Grammatical slots and prepositions that fill a role where an action's frame names none, in their order."""

    verb_actor: tuple[str, ...]
    verb_recipient: tuple[str, ...]
    noun_actor: tuple[str, ...]
    noun_recipient: tuple[str, ...]


class PartyNouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What `parties.yaml` holds: common nouns and pronouns that can be a party, as lemmas; first words of no party's name."""

    people: frozenset[str]
    adjectives: frozenset[str]
    bodies: frozenset[str]
    crowds: frozenset[str]
    pronouns: frozenset[str]
    thing_pronouns: frozenset[str]
    things: frozenset[str]
    ground: frozenset[str]
    openers: frozenset[str]
    leads: frozenset[str]
    mutual: dict[str, str]

    @cached_property
    def nobody(self) -> frozenset[str]:
        """Lemmas of what is hit, taken or used and is never a party."""
        return self.ground | self.things


class Answering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say who is held, or holds himself, to have done a deed."""

    accusing: dict[str, frozenset[str]]
    charging: dict[str, frozenset[str]]
    blaming: dict[str, frozenset[str]]
    condemning: frozenset[str]
    claiming: frozenset[str]
    owning: frozenset[str]
    responsibility: frozenset[str]
    alleged: frozenset[str]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What `roles.yaml` holds."""

    usual: Slots
    losing: frozenset[str]
    losing_nouns: frozenset[str]
    undertaking: frozenset[str]
    befalling: frozenset[str]
    answering: Answering
    bare: frozenset[str]
    containers: frozenset[str]
    human: frozenset[str]
    carrying: frozenset[str]
    places: dict[PlaceRole, frozenset[str]]

    @cached_property
    def by_preposition(self) -> dict[str, PlaceRole]:
        """What a place is to the event, by the preposition before it."""
        return {word: role for role, words in self.places.items() for word in words}


def load_roles(path: Path = HERE / "roles.yaml") -> Roles:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, Roles)


def load_party_nouns(path: Path = HERE / "parties.yaml") -> PartyNouns:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, PartyNouns)
