"""Which words of a sentence tell of one happening, so that what one of them says of day and place holds for the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from ..knowledge.setting import SettingWords
from ..records.vocabulary import EventType
from .nearby import Nearby
from .scene import Scene

Order = Literal["same", "earlier", "since"]
# Deeds of words: their day is their own, never that of what they speak of.
WORDS: frozenset[EventType] = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONSULT"})
_CLAUSE = 40  # words of a clause before its verb
_MOST = 16  # words that are looked at from one event


class Kin(msgspec.Struct, frozen=True):
    """A word that tells of the same happening as an event, of one that it came before (`earlier`) or began after (`since`)."""

    index: int
    order: Order = "same"


class Together:
    """The ties between the words of one document. `roots`: head token of each event -> its PLOVER root."""

    def __init__(self, scene: Scene, roots: Mapping[int, EventType], speaking: frozenset[str], words: SettingWords) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._roots = roots
        self._speaking = speaking
        self._words = words

    def kin(self, head: int, *, asserted: bool) -> Iterator[Kin]:
        """The event's own word first, then those tied to it, the nearest ties first. An unasserted deed ("agreed to leave") does
        not share the day of the verb that governs it."""
        near = Nearby(self._scene, head)
        seen, waiting = {head}, [Kin(head)]
        while waiting and len(seen) <= _MOST:
            one = waiting.pop(0)
            yield one
            if one.order == "earlier":
                continue
            if one.order == "since":
                # "The ground lost since they began their offensive on Sunday": the clause's own words and their objects.
                nouns = [Kin(at, "since") for at in near.under(one.index, "dobj", "nsubj", "nsubjpass") if at in self._roots]
                waiting += [kin for kin in nouns if kin.index not in seen]
                seen.update(kin.index for kin in nouns)
                continue
            for other in (*self._up(one.index, asserted), *self._down(one.index, near)):
                if other.index not in seen:
                    seen.add(other.index)
                    waiting.append(other)

    def names_event(self, index: int) -> bool:
        """True for the head word of an event."""
        return index in self._roots

    def speaks(self, verb: int) -> bool:
        """True for a verb of speech, or one that names a happening of another day."""
        token = self._tokens[verb]
        if verb in self._scene.cues or token.lemma in self._speaking or token.lemma in self._words.apart:
            return True
        return self._roots.get(verb) in WORDS

    def _verb(self, index: int) -> bool:
        return self._tokens[index].pos in {"VERB", "AUX"}

    def _shares(self, verb: int) -> bool:
        return self._verb(verb) and not self.speaks(verb)

    def _up(self, index: int, asserted: bool) -> Iterator[Kin]:
        """From a word to the one that governs it."""
        token = self._tokens[index]
        head = token.head
        if head == index:
            return
        if not self._verb(index):
            yield from self._noun_up(index)
        elif token.dep == "conj":
            if self._verb(head) and not self.speaks(head):
                yield Kin(head)
        elif token.dep in {"advcl", "dep"}:
            if self._shares(head):
                yield from self._clause(index, head)
        elif token.dep == "xcomp":
            if asserted and self._shares(head):
                yield Kin(head)
        elif token.dep == "pcomp":
            yield from self._gerund(index, head)
        elif token.dep in {"relcl", "acl"} and head in self._roots and not self.speaks(index):
            yield Kin(head)

    def _noun_up(self, index: int) -> Iterator[Kin]:
        token = self._tokens[index]
        head = token.head
        if token.dep in {"nsubj", "nsubjpass", "dobj", "attr"}:
            # "Signed a truce": the verb and its noun are one deed of words.
            if token.dep in {"dobj", "nsubjpass"} and self._tokens[head].lemma in self._words.ending:
                yield Kin(head, "earlier")
                return
            one = index in self._roots and self._roots.get(head) == self._roots[index]
            reported = self._tokens[head].lemma in self._words.reporting
            if self._shares(head) or (token.dep == "dobj" and (one or reported)):
                yield Kin(head)
        elif token.dep == "pobj":
            word, above = self._tokens[head].text.lower(), self._tokens[head].head
            noun = self._tokens[above].pos in {"NOUN", "NUM"}
            told = word in self._words.within and (self._shares(above) or (noun and above in self._roots))
            if told or (word == "of" and noun):
                yield Kin(above)
            elif word in self._words.earlier and self._shares(above):
                yield Kin(above, "earlier")
        elif token.dep == "conj" or (token.dep in {"compound", "appos"} and head in self._roots):
            yield Kin(head)

    def _marks(self, verb: int) -> set[str]:
        before = self._scene.grammar.near(verb, _CLAUSE, 0)
        return {self._tokens[at].text.lower() for at in before if self._tokens[at].dep in {"mark", "advmod"}}

    def _clause(self, verb: int, head: int) -> Iterator[Kin]:
        """An adverbial clause and the verb above it."""
        marks = self._marks(verb)
        if marks & self._words.earlier:
            yield Kin(head, "earlier")
        elif marks & self._words.same_time or self._bare(verb):
            yield Kin(head)

    def _bare(self, verb: int) -> bool:
        """A participle without a subject or a conjunction of its own."""
        own = self._scene.grammar.one(verb, "mark", "nsubj", "nsubjpass")
        return self._tokens[verb].tag in {"VBG", "VBN"} and own is None

    def _gerund(self, verb: int, preposition: int) -> Iterator[Kin]:
        word, above = self._tokens[preposition].text.lower(), self._tokens[preposition].head
        if not self._shares(above):
            return
        if word in self._words.earlier:
            yield Kin(above, "earlier")
        elif word in self._words.within or word in self._words.same_time or word in self._words.later:
            yield Kin(above)

    def _down(self, index: int, near: Nearby) -> Iterator[Kin]:
        """From a word to those that it governs."""
        verb = self._verb(index)
        if verb and self.speaks(index):
            # "Speaking on Monday, she accused the army": one act of speech.
            yield from (Kin(child) for child in near.under(index, "advcl") if index in self._roots and self._bare(child))
            return
        for child in near.children(index):
            token = self._tokens[child]
            if token.dep in {"relcl", "acl"} and not verb:
                # "The truce that took effect on Monday": the event is what its clause speaks of.
                if self._shares(child) and index in self._roots and self._of_noun(child):
                    yield Kin(child)
            elif not verb:
                # "The massacre in Solhan, where armed men killed 130 on 4 June".
                if token.dep == "prep":
                    yield from self._told_where(index, near.under(child, "pobj"), near)
            elif token.dep == "advcl" and self._marks(child) & self._words.since:
                yield Kin(child, "since")
            elif token.dep in {"prep", "agent"} and token.text.lower() in self._words.within:
                yield from (Kin(inner) for inner in near.under(child, "pobj") if inner in self._roots)
            elif self._below(index, child):
                yield Kin(child)

    def _told_where(self, noun: int, places: list[int], near: Nearby) -> Iterator[Kin]:
        for place in places:
            for clause in near.under(place, "relcl"):
                if noun in self._roots and self._roots.get(clause) == self._roots[noun] and "where" in self._marks(clause):
                    yield Kin(clause)

    def _below(self, verb: int, child: int) -> bool:
        """True where what hangs from the verb tells of the same happening."""
        relation = self._tokens[child].dep
        if relation in {"nsubj", "nsubjpass", "dobj"}:
            return child in self._roots
        if relation not in {"conj", "advcl", "xcomp"} or not self._shares(child):
            return False
        if relation == "conj":
            return self._scene.grammar.one(child, "nsubj", "nsubjpass") is None
        if relation == "xcomp":
            return verb not in self._roots
        return bool(self._marks(child) & self._words.same_time) or self._bare(child)

    def _of_noun(self, verb: int) -> bool:
        """True where the clause says what the noun does or what is done to it, with no doer of its own between."""
        subject = self._scene.grammar.one(verb, "nsubj", "nsubjpass")
        relative = subject is None or self._tokens[subject].tag in {"WDT", "WP"}
        return relative or self._scene.grammar.one(verb, "dobj") is not None
