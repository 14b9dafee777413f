"""Ground that somebody is said to hold: "in the army's hands", "rebel-held", "a stronghold of X", "stays with X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..knowledge.control import ControlWords
from ..records import Span
from . import clauses
from .ground import Area, Grounds
from .holders import Holders
from .moves import Said
from .scene import Scene

_OWNERS = ("poss", "compound", "nmod", "amod")


class Held:
    """Reads predicates, participles and nouns of holding in one document."""

    def __init__(self, scene: Scene, words: ControlWords, grounds: Grounds, holders: Holders) -> None:
        self._scene = scene
        self._words = words
        self._grounds = grounds
        self._holders = holders

    def at(self, index: int) -> Iterator[Said]:
        """What the word says of who has what."""
        token = self._scene.tokens[index]
        if token.pos in {"VERB", "AUX"}:
            yield from self._predicate(index)
        if token.pos in {"VERB", "ADJ"} or token.tag == "VBN":
            yield from self._participle(index)
        if token.pos == "NOUN":
            yield from self._noun(index)
        if token.pos in {"NOUN", "PROPN"}:
            yield from self._with_hands(index)

    def _with_hands(self, index: int) -> Iterator[Said]:
        """ "The largest town still in the rebels' hands"."""
        scene, grammar = self._scene, self._scene.grammar
        for preposition in grammar.under(index, "prep"):
            word = scene.tokens[preposition].text.lower()
            for noun in grammar.under(preposition, "pobj"):
                lemma = scene.tokens[noun].lemma
                held = (word == "in" and lemma == "hand") or (word == "under" and lemma in self._words.states.nouns)
                if not held or not (owners := tuple(self._owners(noun))):
                    continue
                token = scene.tokens[index]
                areas = self._areas([token.head]) if token.dep == "appos" else ()
                areas = areas or self._areas([index])
                if areas:
                    yield Said(index, "hold", areas, clauses.phrase(scene, index), owners, owners, owners, noun=True)

    def _areas(self, indices: Sequence[int]) -> tuple[Area, ...]:
        return tuple(area for at in indices for area in self._grounds.at(at))

    def _predicate(self, verb: int) -> Iterator[Said]:
        scene, grammar, states = self._scene, self._scene.grammar, self._words.states
        lemma = scene.tokens[verb].lemma
        if lemma not in states.stay and lemma not in states.come:
            return
        carried = grammar.objects(verb) if lemma in states.come else []
        subjects = carried or grammar.subjects(verb)
        doers = grammar.subjects(verb) if carried else []
        predicates = [verb, *grammar.under(verb, "acomp", "advmod", "prt", "oprd", "attr")]
        for preposition in [at for base in predicates for at in self._prepositions(base)]:
            for noun in grammar.under(preposition, "pobj"):
                yield from self._state(verb, noun, subjects, doers, scene.tokens[preposition].text.lower())
        if lemma in states.stay:
            for side in [at for at in grammar.prepositional(verb, states.side) if scene.named(at) is not None]:
                if lemma != "be" and (areas := self._areas(grammar.subjects(verb))):
                    yield Said(verb, "hold", areas, self._clause(verb), (side,), (side,), (side,))
            for participle in grammar.under(verb, "acomp", "oprd", "attr"):
                if scene.tokens[participle].text.lower() in states.adjectives and (areas := self._areas(grammar.subjects(verb))):
                    agents = tuple(grammar.prepositional(participle, {"by"}))
                    yield Said(verb, "hold", areas, self._clause(verb), agents, agents, agents)
            for ours in grammar.under(verb, "attr", "acomp"):
                if scene.tokens[ours].text.lower() in self._words.people.first and (areas := self._areas(grammar.subjects(verb))):
                    yield Said(verb, "hold", areas, self._clause(verb), (ours,), (ours,), (ours,))
            for noun in grammar.under(verb, "attr"):
                if scene.tokens[noun].lemma in self._words.holds.authority:
                    areas = self._areas([*grammar.prepositional(noun, {"in", "at"}), *grammar.under(verb, "advmod")])
                    doing = tuple(grammar.subjects(verb))
                    if areas and doing:
                        yield Said(verb, "hold", areas, self._clause(verb), doing, doing, doing)

    def _prepositions(self, base: int) -> Sequence[int]:
        scene = self._scene
        found = [
            at for at in scene.grammar.under(base, "prep") if scene.tokens[at].text.lower() in self._words.states.prepositions
        ]
        return found + [inner for at in found for inner in scene.grammar.under(at, "prep")]

    def _state(self, verb: int, noun: int, subjects: Sequence[int], doers: Sequence[int], word: str) -> Iterator[Said]:
        scene, grammar, states = self._scene, self._scene.grammar, self._words.states
        lemma = scene.tokens[noun].lemma
        stays = scene.tokens[verb].lemma in states.stay
        if lemma in states.sieges and word == "under":
            areas = self._areas(subjects)
            if areas:
                owners = tuple(self._owners(noun) or grammar.prepositional(verb, {"by", "from"}))
                yield Said(verb, "attempt", areas, self._clause(verb), owners, (), owners)
            return
        if lemma not in states.nouns | states.holding:
            return
        ground = grammar.prepositional(noun, {"of"}) if lemma in states.holding and word != "under" else []
        areas = self._areas(ground)
        named = any(scene.tokens[at].text.lower() == "of" for at in grammar.under(noun, "prep"))
        if ground or (named and lemma in states.holding and word != "under"):
            # "X is in control of P"
            doing = tuple(subjects)
            areas = areas or tuple(area for at in ground for area in self._grounds.at(at, sure=True))
            if areas and stays:
                yield Said(verb, "hold", areas, self._clause(verb), doing, doing, doing)
            return
        if lemma in states.holding and word == "in" and stays and any(self._holders.is_armed(at) for at in subjects):
            # "Soldiers were back in control by noon."
            last = self._grounds.last(verb)
            if last is not None:
                yield Said(verb, "hold", (last,), self._clause(verb), tuple(subjects), tuple(subjects), tuple(subjects))
            return
        if any(scene.tokens[child].tag == "VB" for child in grammar.under(verb, "xcomp", "advcl", "ccomp")):
            return  # "it is not in our hands to decide"
        areas = self._areas(subjects)
        owners = tuple(self._owners(noun))
        if not areas or (not owners and lemma == "hand" and not doers):
            return
        out = word == "of" or any(scene.tokens[at].text.lower() == "out" for at in grammar.under(verb, "prep", "advmod", "prt"))
        if out:
            yield Said(verb, "lose", areas, self._clause(verb), owners, owners, ())
        elif stays:
            yield Said(verb, "hold", areas, self._clause(verb), owners, owners, owners)
        else:
            yield Said(
                verb, "gain", areas, self._clause(verb), owners or tuple(doers), (), owners or tuple(doers), own=not owners
            )

    def _owners(self, noun: int) -> Sequence[int]:
        scene = self._scene
        own = [
            at
            for at in scene.grammar.under(noun, *_OWNERS)
            if at in scene.mention_at or scene.tokens[at].pos in {"NOUN", "PROPN", "PRON"} or scene.is_party_noun(at)
        ]
        return own or scene.grammar.prepositional(noun, {"of", "by"})

    def _clause(self, verb: int) -> Span:
        scene = self._scene
        core = clauses.core(scene, verb)
        whole = clauses.clause(scene, verb)
        times = [time.span for time in scene.resolved.times if whole.covers(time.span) and time.span.end == whole.end]
        end = max(core.end, whole.end if not times else min(time.start for time in times))
        text = scene.text[core.start : end].rstrip()
        return Span(min(core.start, whole.start), core.start + len(text))

    def _participle(self, index: int) -> Iterator[Said]:
        """ "Rebel-held Aleppo", "the hill held by the army"."""
        scene, grammar = self._scene, self._scene.grammar
        token = scene.tokens[index]
        if token.lemma not in self._words.holds.participles:
            return
        hyphened = index > 1 and scene.tokens[index - 1].text == "-"
        if token.dep not in {"acl", "amod"}:
            if hyphened and token.tag in {"VBN", "VBD", "JJ"} and (areas := self._areas(self._predicated(index))):
                # "Most of the island is Turkish-held."
                yield Said(index, "hold", areas, self._clause(index), (index - 2,), (index - 2,), (index - 2,))
            return
        if token.text.lower() in {"hold", "control", "run", "rule"} or token.tag in {"VBG", "VB", "VBZ", "VBP"}:
            return
        noun = token.head
        agents = grammar.prepositional(index, {"by"})
        if not agents and hyphened:
            agents = [index - 2]
        if not agents or noun in agents:
            return
        areas = self._areas([noun])
        above = scene.tokens[noun].head
        if not areas and scene.tokens[noun].dep == "attr" and scene.tokens[above].lemma == "be":
            # "The city is the last still held by the army."
            areas = self._areas(grammar.subjects(above))
        phrase = clauses.phrase(scene, noun, whole=token.dep == "acl")
        if not areas and token.dep == "amod" and scene.tokens[noun].lemma in self._words.ground.any:
            areas = (Area(self._grounds.words(noun), noun),)
        if areas and any(
            at in scene.mention_at or scene.is_party_noun(at) or scene.tokens[at].pos in {"PROPN", "NOUN", "ADJ"} for at in agents
        ):
            yield Said(index, "hold", areas, phrase, tuple(agents), tuple(agents), tuple(agents), noun=True)

    def _predicated(self, participle: int) -> Sequence[int]:
        """The subject of a participle that is a predicate."""
        grammar = self._scene.grammar
        own = grammar.under(participle, "nsubj", "nsubjpass")
        head = self._scene.tokens[participle].head
        return own or (
            grammar.under(head, "nsubj", "nsubjpass") if self._scene.tokens[head].lemma in self._words.states.stay else []
        )

    def _noun(self, index: int) -> Iterator[Said]:
        """ "The rebel stronghold of P", "P, a bastion of X"."""
        scene, grammar = self._scene, self._scene.grammar
        token = scene.tokens[index]
        if token.lemma not in self._words.holds.nouns or token.dep == "compound":
            return
        if any(scene.tokens[at].lemma in self._words.holds.participles for at in grammar.under(index, "acl", "amod", "relcl")):
            return
        owners = [
            at
            for at in grammar.under(index, "poss", "compound", "nmod", "amod")
            if (at in scene.mention_at or scene.is_party_noun(at)) and scene.place_at.get(at) is None
        ]
        places = [at for at in grammar.prepositional(index, self._words.holds.linked) if self._place(at)]
        if not owners:
            owners = [at for at in grammar.prepositional(index, {"of"}) if at in scene.mention_at and not self._place(at)]
        if not places:
            places = [at for at in grammar.under(index, "appos") if self._place(at)]
            places += [token.head] if token.dep == "appos" and self._place(token.head) else []
            places += [at for at in grammar.subjects(token.head) if token.dep == "attr" and self._grounds.at(at)]
        if token.dep == "nsubj":
            # "The last stronghold of X in the country was P."
            places = [at for at in grammar.under(token.head, "attr", "acomp") if self._place(at)] or places
        areas = self._areas(places)
        if areas and owners:
            yield Said(index, "hold", areas, clauses.phrase(scene, index), tuple(owners), tuple(owners), tuple(owners), noun=True)

    def _place(self, index: int) -> bool:
        mention = self._scene.named(index)
        if mention is not None and mention.kind in {"armed-group", "armed-force", "government"}:
            return False
        return self._scene.named_place(index) is not None
