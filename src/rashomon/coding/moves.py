"""Verbs and nouns that move a place from hand to hand, or say who holds it, each with its ground and its parties."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..knowledge.control import ControlWords, Move, Says
from ..records import Span
from . import clauses
from .ground import Area, Grounds
from .holders import Holders
from .scene import Scene


class Said(msgspec.Struct, frozen=True):
    """What one word says of ground: whose it was and whose it is then, as tokens; `exits`: ground excepted."""

    head: int
    says: Says
    areas: tuple[Area, ...]
    span: Span
    doers: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    noun: bool = False
    gains: int | None = None
    keeping: bool = False
    own: bool = False
    ahead: bool = False


class Moves:
    """Reads the verbs and deeds of one document."""

    def __init__(self, scene: Scene, words: ControlWords, grounds: Grounds, holders: Holders) -> None:
        self._scene = scene
        self._words = words
        self._grounds = grounds
        self._holders = holders
        self._deeds = frozenset(noun for deed in words.deeds for noun in deed.nouns)
        self._rows: dict[str, list[tuple[str, Move]]] = {}
        for move in words.moves:
            for verb in move.verbs:
                lemma, _, particle = verb.partition(" ")
                self._rows.setdefault(lemma, []).append((particle, move))

    def verb(self, index: int) -> Said | None:
        """What the verb says of ground; None where it says nothing."""
        scene = self._scene
        token = scene.tokens[index]
        if token.pos not in {"VERB", "AUX"} and token.tag not in {"VBN", "VBD", "VBG"}:
            return None
        lower = scene.syntax.lowers[index]
        for lemma in (token.lemma, lower) if lower != token.lemma else (lower,):
            for particle, move in self._rows.get(lemma, ()):
                said = self._try(index, particle, move)
                if said is not None:
                    return said
        return None

    def _try(self, verb: int, particle: str, move: Move) -> Said | None:
        scene, grammar = self._scene, self._scene.grammar
        if particle and not any(scene.tokens[at].text.lower() == particle for at in self._particles(verb)):
            return None
        if move.says == "hold" and not move.nouns and scene.tokens[verb].dep in {"acl", "amod"} and grammar.passive(verb):
            return None  # "the hill held by the army" is read with its noun
        if move.beaten and not self._beaten(verb):
            return None
        if (
            not particle
            and any(
                scene.tokens[at].text.lower() in {"over", "back", "up", "off", "out", "away", "on"}
                for at in grammar.under(verb, "prt")
            )
            and not set(move.place) & {"out", "from", "into"}
        ):
            return None
        if move.says == "fall" and grammar.under(verb, "acomp", "oprd", "attr") and not move.nouns:
            return None
        doers = grammar.subjects(verb) or self._aiming(verb)
        base = verb
        if move.nouns:
            nouns = [at for at in grammar.objects(verb) if scene.tokens[at].lemma in move.nouns]
            if not nouns:
                return None
            base = nouns[0]
        if move.armed and doers and not any(self._holders.is_armed(at) for at in doers):
            return None
        if doers and all(self._holders.is_nobody(at) for at in doers):
            return None
        if (
            move.says == "lose"
            and move.context
            and ((grammar.under(verb, "dobj") and "obj" not in move.place) or grammar.passive(verb))
        ):
            return None
        if scene.tokens[verb].lemma in self._words.own and any(
            not self._is_side(at) for at in grammar.prepositional(verb, {"of"})
        ):
            return None  # "cleared of mines"
        if move.says == "fall":
            doers = []
        areas, gains = self._areas(verb, base, move)
        if move.named:
            areas = [area for area in areas if self._grounds.is_named(area)]
        if not areas and move.context:
            areas = self._understood(verb, move, doers)
        if not areas and gains is None:
            return None
        # Parties stand for ground ("took Hamas", "left the government"): a place that does the deed is none.
        areas = [area for area in areas if area.index not in doers]
        if not areas and gains is None:
            return None
        before, after = self._parties(verb, base, move, doers)
        return Said(
            verb,
            move.says,
            tuple(areas),
            self.span(verb),
            tuple(doers),
            tuple(before),
            tuple(after),
            gains=gains,
            keeping=scene.tokens[verb].lemma in self._words.keeping,
            own=scene.tokens[verb].lemma in self._words.own,
            ahead=move.ahead,
        )

    def _aiming(self, verb: int) -> Sequence[int]:
        """ "Launched an offensive to take P": who does what the infinitive of a noun says."""
        scene, grammar = self._scene, self._scene.grammar
        token = scene.tokens[verb]
        noun = scene.tokens[token.head]
        if token.dep != "acl" or token.tag != "VB" or grammar.under(verb, "auxpass") or noun.dep != "dobj":
            return []
        return grammar.subjects(noun.head)

    def _particles(self, verb: int) -> Sequence[int]:
        """Particles of the verb, as parsers hang them: a preposition is one only where nothing stands behind it."""
        grammar = self._scene.grammar
        return [
            *grammar.under(verb, "prt", "advmod", "npadvmod"),
            *(at for at in grammar.under(verb, "prep") if not grammar.under(at, "pobj")),
        ]

    def _beaten(self, verb: int) -> bool:
        sentence = self._scene.syntax.sentence_of(verb)
        return any(self._scene.tokens[at].lemma in self._words.beaten for at in range(sentence.first, sentence.last))

    def _understood(self, verb: int, move: Move, doers: Sequence[int]) -> list[Area]:
        """The place spoken of before, where the verb's own is left out: "they had withdrawn"."""
        scene, grammar = self._scene, self._scene.grammar
        parties = grammar.objects(verb) if move.says == "expel" else doers
        if not any(self._holders.is_armed(at) for at in parties) or (move.says != "expel" and grammar.under(verb, "dobj")):
            return []
        own = [at for at in grammar.under(verb, "prep") if not any(inner in scene.time_at for inner in grammar.under(at, "pobj"))]
        others = {scene.tokens[at].text.lower() for at in own} - self._words.beside
        if others - ({"from"} if move.says == "attempt" else frozenset()) or (
            "on" in {scene.tokens[at].text.lower() for at in own} and move.says == "lose"
        ):
            return []
        if move.says == "expel" and (not grammar.under(verb, "prt", "advmod") or scene.tokens[verb].lemma in self._words.beaten):
            return []
        before = self._grounds.last(verb)
        return self._grounds.claimed(verb) or ([before] if before is not None else [])

    def _parties(self, verb: int, base: int, move: Move, doers: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        grammar = self._scene.grammar
        slots = list(dict.fromkeys((base, verb)))
        before = (
            [at for slot in slots for at in grammar.prepositional(slot, move.before) if self._is_side(at)] if move.before else []
        )
        after = (
            [at for slot in slots for at in grammar.prepositional(slot, move.after) if self._is_side(at)] if move.after else []
        )
        if move.says == "lose":
            after += [at for at in grammar.datives(verb) if self._is_side(at) and at not in after]
        if move.says in {"gain", "enter", "attempt"}:
            return before or self._owners(base, verb), list(doers)
        if move.says == "hold":
            return list(doers), list(doers)
        if move.says == "lose":
            return list(doers), after
        if move.says == "expel":
            return grammar.objects(verb), list(doers)
        hands = [
            at for slot in slots for at in grammar.prepositional(slot, {"to", "into"}) if self._scene.tokens[at].lemma == "hand"
        ]
        if hands:
            after = [at for hand in hands for at in self._hands(hand)]
        return before or self._owners(base, verb, falls=True), after

    def _owners(self, base: int, verb: int, *, falls: bool = False) -> Sequence[int]:
        """Whose the ground is that is taken: "the rebels' positions", "the camp of X", "the X-held town"."""
        scene, grammar = self._scene, self._scene.grammar
        found: list[int] = []
        things = grammar.objects(verb) or (grammar.subjects(verb) if falls else [])
        for noun in things if base == verb else grammar.prepositional(base, {"of", "over"}):
            if scene.tokens[noun].pos != "NOUN":
                continue
            own = [*grammar.under(noun, "poss", "compound", "nmod", "amod"), *grammar.prepositional(noun, {"of"})]
            own += [at - 2 for at in grammar.under(noun, "amod") if scene.tokens[at].lemma in self._words.holds.participles]
            found += [at for at in own if self._owns(at)]
        return found

    def _owns(self, index: int) -> bool:
        mention = self._scene.named(index)
        party = mention is not None and mention.kind in {"armed-group", "armed-force"}
        noun = self._scene.tokens[index].lemma not in self._words.people.kinds and self._scene.is_party_noun(index)
        return party or (mention is None and noun and self._holders.is_armed(index))

    def _hands(self, hand: int) -> Sequence[int]:
        return [*self._scene.grammar.under(hand, "poss", "compound", "nmod"), *self._scene.grammar.prepositional(hand, {"of"})]

    def _is_side(self, index: int) -> bool:
        if index in self._scene.time_at or self._scene.tokens[index].lemma == "hand":
            return False
        return self._scene.tokens[index].pos in {"NOUN", "PROPN", "PRON"} and (
            self._holders.is_armed(index) or self._scene.named(index) is not None or self._scene.tokens[index].pos == "PROPN"
        )

    def _areas(self, verb: int, base: int, move: Move) -> tuple[list[Area], int | None]:
        """Ground in the row's slots, and the noun of gains without a name ("all the ground lost")."""
        scene, grammar = self._scene, self._scene.grammar
        found: list[int] = []
        for slot in move.place:
            if slot == "obj":
                objects = [at for at in grammar.objects(verb) if not self._of_another(verb, at)]
                found += [scene.tokens[verb].head if self._relative(verb, at) else at for at in objects]
                if objects:
                    # "Took the airport and most of the town": parsers coordinate the second with the verb.
                    found += [at for at in grammar.under(verb, "conj") if scene.tokens[at].pos in {"NOUN", "PROPN", "ADJ", "NUM"}]
                    # "Baga, Monguno and Gwoza": parsers hang the second name as an apposition, with the third below it.
                    found += [at for one in objects for at in grammar.under(one, "appos") if grammar.under(at, "conj")]
            elif slot == "subj":
                found += grammar.objects(verb) if grammar.passive(verb) else grammar.subjects(verb)
            elif move.nouns:
                found += [] if found else self._behind(base, verb, slot)
            else:
                found += grammar.prepositional(verb, {slot})
                for at in grammar.under(verb, "prt", "advmod"):
                    found += grammar.prepositional(at, {slot, "of"} if scene.tokens[at].text.lower() == "out" else {slot})
                # Parsers hang the preposition from the object: "drove the rebels out of the town".
                for at in grammar.objects(verb) if move.says in {"expel", "attempt"} else ():
                    found += grammar.prepositional(at, {slot}) if scene.named_place(at) is None else []
        if move.nouns and not found:
            found += [at for at in grammar.under(base, "poss") if scene.tokens[at].tag != "PRP$"]
        gains = next((at for at in found if move.says in {"gain", "lose"} and self._gain(at)), None)
        if gains is not None:
            return [], gains
        areas: dict[tuple[int, str], Area] = {}
        for at in dict.fromkeys(found):
            for area in self._grounds.at(at, sure=bool(move.nouns)):
                areas.setdefault((area.index, area.text), area)
        return [areas[key] for key in sorted(areas)], None

    def _of_another(self, verb: int, index: int) -> bool:
        """ "They had left but called it tactical": the object of the second verb is none of the first."""
        above = self._scene.tokens[index].head
        but = any(self._scene.tokens[at].text.lower() == "but" for at in self._scene.grammar.under(verb, "cc"))
        return but and above != verb and self._scene.tokens[above].dep == "conj"

    def _relative(self, verb: int, index: int) -> bool:
        """True for the "that" of a relative clause, which taggers take for a conjunction."""
        token = self._scene.tokens[index]
        return self._scene.tokens[verb].dep == "relcl" and token.text.lower() in {"that", "which"} and token.head == verb

    def _behind(self, base: int, verb: int, slot: str) -> Sequence[int]:
        grammar = self._scene.grammar
        return grammar.prepositional(base, {slot}) or grammar.prepositional(verb, {slot})

    def _gain(self, index: int) -> bool:
        """ "All the gains", "the ground that it had taken": no ground by itself."""
        scene, words = self._scene, self._words.ground
        if scene.tokens[index].lemma not in words.gains and scene.tokens[index].text.lower() not in words.gains:
            return False
        own = {scene.tokens[at].text.lower() for at in scene.grammar.under(index, "det", "predet", "poss")}
        every = {"all", "its", "their", "every", "his", "these", "those"} & own
        return bool(every) and not scene.grammar.prepositional(index, {"in", "around", "near", "at"})

    def span(self, verb: int) -> Span:
        """The clause in few words, from a short subject to the last object."""
        scene = self._scene
        token = scene.tokens[verb]
        core = clauses.core(scene, verb)
        objects = scene.grammar.objects(verb)
        if token.dep == "relcl" and (token.head in objects or any(self._relative(verb, at) for at in objects)):
            return clauses.phrase(scene, token.head, whole=True)
        if token.dep in {"acl", "amod"} and scene.tokens[token.head].pos in {"NOUN", "PROPN"}:
            phrase = clauses.phrase(scene, token.head)
            return Span(min(phrase.start, core.start), max(phrase.end, core.end))
        if token.dep == "xcomp":
            return Span(clauses.core(scene, token.head).start, core.end)
        return core

    def deed(self, index: int) -> Said | None:
        """What a noun says of ground: "the capture of P by X", "the fall of P"."""
        scene, grammar = self._scene, self._scene.grammar
        token = scene.tokens[index]
        if token.pos != "NOUN" or token.lemma not in self._deeds or token.dep == "compound" or self._light(index):
            return None
        for deed in self._words.deeds:
            if token.lemma not in deed.nouns or (deed.beaten and not self._beaten(index)):
                continue
            found = grammar.prepositional(index, deed.place - {"poss"})
            if not found and "poss" in deed.place:
                found = [at for at in grammar.under(index, "poss") if at in scene.place_at]
            areas = [
                area for at in found for area in self._grounds.at(at) if deed.says != "attempt" or self._grounds.is_named(area)
            ]
            if not areas:
                continue
            doers = grammar.prepositional(index, {"by"}) or [
                at for at in grammar.under(index, "poss", "compound", "amod", "nmod") if at not in found and self._is_side(at)
            ]
            verb = token.head
            if not doers and deed.says == "gain" and token.dep == "dobj" and scene.tokens[verb].lemma in self._words.announcing:
                doers = [at for at in grammar.subjects(verb) if self._holders.is_armed(at)]
            after = [at for at in grammar.prepositional(index, {"to"}) if self._is_side(at)]
            before, later = (doers, after) if deed.says == "lose" else ([], after) if deed.says == "fall" else ([], doers)
            return Said(
                index, deed.says, tuple(areas), clauses.phrase(scene, index), tuple(doers), tuple(before), tuple(later), noun=True
            )
        return None

    def _light(self, noun: int) -> bool:
        """True for the noun of "complete the capture of", read with its verb."""
        token = self._scene.tokens[noun]
        rows = self._rows.get(self._scene.tokens[token.head].lemma, ())
        return token.dep in {"dobj", "nsubjpass"} and any(token.lemma in move.nouns for _, move in rows)

    def at(self, index: int) -> Said | None:
        """What the word says of ground, as a verb or as the noun of a deed."""
        return self.verb(index) or self.deed(index)
