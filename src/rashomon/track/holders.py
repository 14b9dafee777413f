"""Can two names for a holder mean one party? What is known of actors, and the words themselves, say so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from ..knowledge.actors import Actors
from ..knowledge.comparison import Sides, sides_of
from ..knowledge.control_time import ControlTime
from ..knowledge.folding import key_of

Kinship = Literal["same", "part", "allied", "unclear", "different"]
_Words = tuple[str, ...]
_SHORT = 4  # letters of a word that may be one with its "s"
_STATE_KINDS = frozenset({"state", "government", "armed-force"})


class Known(msgspec.Struct, frozen=True):
    """Whom the words of a holder can mean: canonical names, and where it stands of a state and those who fight it, if known."""

    words: _Words
    names: frozenset[str]
    camp: Literal["state", "against"] | None
    proper: bool


class Holders:
    """Compares holders by name. Made once; remembers what it has looked up."""

    def __init__(self, actors: Actors, rules: ControlTime) -> None:
        self._sides: Sides = sides_of(actors)
        self._by_words: dict[_Words, set[str]] = {}
        self._kind: dict[str, str] = {}
        self._adjectives: dict[_Words, str] = {}
        self._bodies = {key_of(word) for body in actors.composition.bodies if not body.crowd for word in body.words}
        self._against = [key_of(word) for word in rules.against_state]
        self._of_state = [key_of(word) for word in rules.of_state]
        self._relations = frozenset(word for each in rules.relation_words for word in key_of(each))
        self._joins = re.compile(rf"\s+(?:{'|'.join(map(re.escape, rules.joins))})\s+", re.IGNORECASE)
        for party in actors.parties:
            for name in (party.name, *(dated.name for dated in party.names), *party.aliases):
                self._add(name, party.name, party.kind)
        for state in actors.states:
            for name in (state.name, *state.aliases):
                self._add(name, state.name, "state")
            for word in (*state.adjectives, *state.people):
                self._adjectives.setdefault(key_of(word), state.name)
        for leader in actors.leaders:
            for name in (leader.name, *leader.aliases, *leader.alone):
                self._add(name, leader.name, "person")
        self._longest = max(map(len, self._by_words), default=1)
        self._seen: dict[str, Known] = {}
        self._pairs: dict[tuple[str, str], Kinship] = {}

    def _add(self, name: str, canonical: str, kind: str) -> None:
        words = _bare(name)
        if words:
            self._by_words.setdefault(words, set()).add(canonical)
            self._kind.setdefault(canonical, kind)

    def split(self, holder: str) -> tuple[str, ...]:
        """The parties that a holder's words join ("A and B"); a known name with such a word in it stays whole."""
        if _bare(holder) in self._by_words:
            return (holder,)
        return tuple(part for part in self._joins.split(holder) if part.strip()) or (holder,)

    def kinship(self, a: str, b: str) -> Kinship:
        """How two holders stand to each other. "unclear": the words leave open whether they are one.

        Of several joined ones, the two nearest tell: who shares a place with another does not contradict that the other is there.
        """
        pair = (a, b) if a <= b else (b, a)
        if pair not in self._pairs:
            order: tuple[Kinship, ...] = ("same", "part", "allied", "unclear", "different")
            found = {self._one(self.known(x), self.known(y)) for x in self.split(a) for y in self.split(b)}
            self._pairs[pair] = next(each for each in order if each in found)
        return self._pairs[pair]

    def named(self, holder: str | None, asked: str) -> bool:
        """Does the holder's name mean the party asked for, a part of it, or one that it is part of? Or hold its words?"""
        if holder is None:
            return False
        wanted = self.known(asked)
        for part in self.split(holder):
            known = self.known(part)
            if _inside(wanted.words, known.words) or known.names & wanted.names:
                return True
            if any(self._sides.part(x, y) for x in known.names for y in wanted.names):
                return True
        return False

    def known(self, holder: str) -> Known:
        """What the words of one holder can mean."""
        if holder not in self._seen:
            words = _bare(holder)
            names = self._names(words)
            self._seen[holder] = Known(words, names, self._camp(words, names), holder[:1].isupper())
        return self._seen[holder]

    def _names(self, words: _Words) -> frozenset[str]:
        """The longest known names in the words, the earliest of equal ones; none that only tells who backs somebody."""
        for size in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                rest = words[start + size :]
                if words[start : start + size] in self._by_words and rest[:1] != () and rest[0] in self._relations:
                    continue
                if words[start : start + size] in self._by_words and "pro" not in words[:start] and "anti" not in words[:start]:
                    return frozenset(self._by_words[words[start : start + size]])
        for size in (2, 1):
            state = self._adjectives.get(words[:size])
            if state is not None and words[size:] in self._bodies:
                return frozenset((state,))
        return frozenset()

    def _camp(self, words: _Words, names: Iterable[str]) -> Literal["state", "against"] | None:
        camps: set[Literal["state", "against"]] = set()
        for name in names:
            side = self._sides.side.get(name, "")
            if side.endswith(": government") or self._kind.get(name) in _STATE_KINDS:
                camps.add("state")
            elif self._kind.get(name) == "armed-group":
                camps.add("against")
        if not camps:
            if any(_inside(each, words) for each in self._against):
                camps.add("against")
            elif any(_inside(each, words) for each in self._of_state):
                camps.add("state")
        return camps.pop() if len(camps) == 1 else None

    def _one(self, a: Known, b: Known) -> Kinship:
        if _singular(a.words) == _singular(b.words) or a.names & b.names:
            return "same"
        if a.names and b.names:
            found = {self._named(x, y) for x in a.names for y in b.names}
            return next(each for each in ("part", "allied", "unclear", "different") if each in found)
        if a.camp and b.camp and a.camp != b.camp:
            return "different"
        if not a.names and not b.names and (_inside(a.words, b.words) or _inside(b.words, a.words)):
            return "part"
        if a.proper and b.proper and not a.camp and not b.camp:
            return "different"
        return "unclear"

    def _named(self, x: str, y: str) -> Kinship:
        if self._sides.opposed(x, y):
            return "different"
        if self._sides.part(x, y):
            return "part"
        if self._sides.allied(x, y):
            return "allied"
        above = {self._sides.part_of.get(x), self._sides.part_of.get(y)}
        if len(above) == 1 and None not in above:
            return "allied"
        return "different"


def _bare(name: str) -> _Words:
    words = key_of(name)
    return words[1:] if words[:1] == ("the",) else words


def _singular(words: _Words) -> _Words:
    """"Jihadi" and "Jihadis", "rebel" and "rebels" are one."""
    return (*words[:-1], words[-1].removesuffix("s")) if words and len(words[-1]) > _SHORT else words


def _inside(some: _Words, words: _Words) -> bool:
    """True when the words stand in the others, in a row."""
    size = len(some)
    return size > 0 and any(words[at : at + size] == some for at in range(len(words) - size + 1))
