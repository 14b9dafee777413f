"""How accounts are compared: questions, counts, unnamed sources, and the sides that parties are on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from ..records.incident import Field
from ..records.vocabulary import EntityKind, EventType, Outcome
from .actors import Actors, Party
from .files import HERE, load_yaml

_FORMER = 60  # characters before a value in which it can be given up


class ComparisonRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, checked. `field_of` looks a counted thing up."""

    questions: Mapping[Field, str]
    counts: Mapping[Field, frozenset[str]]
    tolls: frozenset[str]
    generic: frozenset[str]
    near: float
    standing: frozenset[EventType]
    revisions: tuple[str, ...]
    families: Mapping[str, str]
    inverse: Mapping[str, str]
    no_outcome: frozenset[str]
    outcomes: Mapping[Outcome, str]
    consequences: frozenset[str]
    wider: Mapping[str, str]
    day_parts: Mapping[str, tuple[float, float]]
    hours: Mapping[str, tuple[float, float]]
    party_kinds: frozenset[EntityKind]
    blameable: frozenset[str]
    articles: frozenset[str]
    target_openings: frozenset[str]
    target_ends: frozenset[str]
    targets: Mapping[str, Literal["civilian", "military", "any"]]
    vague_targets: frozenset[str]
    offensives: frozenset[str]
    ends: Mapping[Outcome, tuple[str, ...]]
    dismissing: frozenset[str]
    concessions: tuple[str, ...]
    beginnings: frozenset[str]
    loose: frozenset[str]
    behind: frozenset[str]
    unsure: frozenset[str]
    kin: frozenset[str]
    conditions: frozenset[str]
    anybody: frozenset[str]
    additions: tuple[str, ...]
    titles: frozenset[str]
    at_least: tuple[str, ...]
    indefinite: frozenset[str]
    offices: frozenset[str]
    formers: tuple[str, ...]
    former_fillers: frozenset[str]
    attackers: frozenset[str]
    corrections: tuple[str, ...]
    misleading: tuple[str, ...]
    distancing: tuple[str, ...]
    falsehoods: tuple[str, ...]
    hearsay: frozenset[str]
    pronouns: frozenset[str]
    unharmed: tuple[str, ...]
    doings: tuple[str, ...]
    civilians: frozenset[str]
    negations: frozenset[str]
    nots: frozenset[str]
    deaths: frozenset[str]
    harms: frozenset[str]
    target_cuts: frozenset[str]
    forces: frozenset[str]
    counted: frozenset[str]

    def is_wider(self, a: str, b: str) -> bool:
        """True when the first action is a wider word for the second."""
        while b in self.wider:
            b = self.wider[b]
            if a == b:
                return True
        return False

    def field_of(self, what: str) -> Field | None:
        """The field that a count of `what` fills; None where it fills none."""
        return next((field for field, things in sorted(self.counts.items()) if what.lower() in things), None)

    def came_out(self, action: str, outcome: Outcome) -> tuple[str, Outcome]:
        """(whose outcome, outcome) in the terms in which outcomes compare: an attack repelled is an attack that failed."""
        if action not in self.inverse:
            return self.families.get(action, action), outcome
        turned: dict[Outcome, Outcome] = {"success": "failure", "failure": "success"}
        return self.inverse[action], turned.get(outcome, outcome)

    def revises(self, sentence: str) -> bool:
        """True when the sentence says that a figure is changed."""
        words = f" {' '.join(sentence.lower().split())} "
        return any(f" {phrase} " in words for phrase in self.revisions)

    def adds(self, words: str) -> bool:
        """True where the words deny nothing but add to it: "not only"."""
        told = f" {' '.join(words.lower().split())} "
        return any(f" {phrase} " in told for phrase in self.additions)

    def office(self, speaker: str | None) -> bool:
        """True for a body of which a place has one ("the army", "the health ministry"), named or not."""
        return bool(self.offices & set((speaker or "").lower().split()[-1:]))

    def one_office(self, a: str, b: str) -> bool:
        """True where both name one body, the one with fewer words ("the health ministry", "Lebanon's health ministry")."""
        one, other = sorted((self.own_name(a).split(), self.own_name(b).split()), key=len)
        return self.office(a) and self.office(b) and (one == other or (len(one) > 1 and other[-len(one) :] == one))

    def former(self, text: str, start: int, begin: int) -> bool:
        """True where the words right before `start`, not before `begin`, give up what stands there: "an earlier count of"."""
        before = text[max(begin, start - _FORMER) : start].lower().split()
        while before and before[-1] in self.former_fillers:
            before.pop()
        told = f" {' '.join(before)}"
        return any(told.endswith(f" {phrase}") for phrase in self.formers)

    def corrects(self, words: str) -> bool:
        """True where the words say that something was wrong before."""
        told = f" {' '.join(words.lower().replace(':', ' ').split())} "
        return any(phrase in told for phrase in self.corrections)

    def misled(self, words: str) -> bool:
        """True for a sentence of a correction that tells what was said wrongly."""
        told = f" {' '.join(words.lower().split())} "
        return any(f" {phrase} " in told for phrase in self.misleading)

    def own_name(self, name: str) -> str:
        """The name as it is compared: small letters, without titles and articles ("the charity Medics Abroad")."""
        return " ".join(word for word in name.lower().split() if word not in self.titles)

    def identified(self, speaker: str | None) -> bool:
        """True when the name is somebody's own and not a word for a kind of people."""
        last = (speaker or "").split()[-1:]
        return bool(last) and last[0].lower().strip(".,)") not in self.generic and speaker != (speaker or "").lower()


class Standing(msgspec.Struct, frozen=True):
    """That somebody is a party to a war: which war, on which of its sides, and the sources of the war's file."""

    war: str
    side: str | None
    sources: tuple[str, ...]

    def __str__(self) -> str:
        side = f", {self.side} side" if self.side else ""
        return f"party to the conflict: {self.war}{side} (from {', '.join(self.sources) or 'the file of the war'})"


class Sides(msgspec.Struct, frozen=True):
    """Who fights on whose side, by the names that readings give to parties; and whose part a party is."""

    side: Mapping[str, str]
    part_of: Mapping[str, str]
    stands: Mapping[str, Standing] = {}

    def party(self, name: str | None) -> Standing | None:
        """In which war the name is a party, and whence that is known; None for whoever is no party to one."""
        return self.stands.get(name) if name is not None else None

    def opposed(self, a: str, b: str) -> bool:
        """True when both are known to stand on sides, and on different ones."""
        first, second = self.side.get(a), self.side.get(b)
        return first is not None and second is not None and first != second

    def part(self, a: str, b: str) -> bool:
        """True when one of the two is a part of the other."""
        return b in self._above(a) or a in self._above(b)

    def allied(self, a: str, b: str) -> bool:
        """True when the two are known to be on one side."""
        return a in self.side and self.side[a] == self.side.get(b)

    def _above(self, name: str) -> set[str]:
        found: set[str] = set()
        while name in self.part_of and self.part_of[name] not in found:
            name = self.part_of[name]
            found.add(name)
        return found


def load_comparison(path: Path = HERE / "comparison.yaml") -> ComparisonRules:
    """The rules. KnowledgeError names the key that breaks its rules."""
    return load_yaml(path, ComparisonRules)


def sides_of(actors: Actors) -> Sides:
    """Sides and parts as the actor files have them. A side is named by its war: two wars' "government" are two sides."""
    side: dict[str, str] = {}
    part: dict[str, str] = {}
    parties: list[tuple[str, Party]] = [("", party) for party in actors.organisations]
    parties += [(war.war, party) for war in actors.wars for party in war.parties]
    names = {party.id: party.name for _, party in parties}
    for war, party in parties:
        for name in _names(party):
            if party.side is not None:
                side.setdefault(name, f"{war}: {party.side}")
            if party.part_of in names:
                part.setdefault(name, names[party.part_of])
    states = {state.id: state for state in actors.states}
    for state in actors.states:
        for body in actors.composition.bodies:
            for adjective in state.adjectives:
                name = body.name.replace("{adjective}", adjective)
                name = name.replace("{the state}", state.name).replace("{state}", state.name)
                part.setdefault(name, state.name)
    for _, party in parties:
        if party.state in states:
            part.setdefault(party.name, states[party.state].name)
    for leader in actors.leaders:
        # What a leader is blamed for, his side may deny.
        whose = states[leader.of].name if leader.of in states else names.get(leader.of)
        if whose is not None and whose != leader.name:
            part.setdefault(leader.name, whose)
    stands: dict[str, Standing] = {}
    for fought in actors.wars:
        for party in fought.parties:
            # A mediator or a charity of a war's file is on no side of it and no party to it.
            if party.side is not None:
                for name in _names(party):
                    stands.setdefault(name, Standing(fought.war, party.side, fought.sources))
    return Sides(side, part, stands)


def _names(party: Party) -> Iterable[str]:
    return dict.fromkeys((party.name, *(dated.name for dated in party.names)))
