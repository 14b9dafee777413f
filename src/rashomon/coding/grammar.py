"""Grammatical slots of verbs and nouns, over any `Syntax`: who is subject, object, or stands behind which preposition.

Relations are ClearNLP's (Choi & Palmer 2012), as spaCy's English models give them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ..records import Dependents, Syntax

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
FINITE = frozenset({"VBD", "VBZ"})
LEFT = frozenset({"compound", "nmod", "amod", "poss", "npadvmod", "nsubj", "quantmod"})

_DEPTH = 6  # clauses that are climbed to a subject


class Grammar(Dependents):
    """Questions about one document's syntax. Tokens are indices into it; every answer is in text order."""

    def __init__(
        self, syntax: Syntax, control: Mapping[str, Collection[str]], object_control: Mapping[str, Collection[str]]
    ) -> None:
        """`control`: verbs whose object behind one of these prepositions does what their infinitive says; `object_control`:
        verbs whose own object does what the gerund behind one of these says.
        """
        super().__init__(syntax)
        self._object_control = object_control
        self._control = control
        self._passives: dict[int, bool] = {}
        self._subjects: dict[int, Sequence[int]] = {}
        self._objects: dict[int, Sequence[int]] = {}
        self._behind: dict[int, Sequence[tuple[str, Sequence[int]]]] = {}

    def conjuncts(self, indices: Iterable[int]) -> list[int]:
        """The tokens with everything coordinated below each."""
        found: set[int] = set()
        waiting = list(indices)
        relations = self._relations
        while waiting:
            index = waiting.pop()
            if index in found:
                continue
            found.add(index)
            own = relations[index]
            if not own:
                continue
            waiting += own.get("conj", ())
            for apposed in own.get("appos", ()):
                # "Its commander, Mohamed Omar, and seven companies": parsers hang the companies from the name.
                waiting += self.under(apposed, "conj")
            for preposition in own.get("prep", ()):
                if self.lowers[preposition] == "including":
                    waiting += self.under(preposition, "pobj")
        return sorted(found)

    def passive(self, verb: int) -> bool:
        """True for a passive verb group and for a bare past participle that modifies a noun."""
        passed: list[int] = []
        while verb not in self._passives:
            passed.append(verb)
            answer = self._passive(verb)
            if answer is None and len(passed) <= len(self.tokens):
                verb = self.tokens[verb].head  # a participle beside another verb is as passive as that one
                continue
            self._passives[verb] = bool(answer)
        for one in passed:
            self._passives[one] = self._passives[verb]
        return self._passives[verb]

    def _passive(self, verb: int) -> bool | None:
        """Whether the verb is passive; None where the verb that it is coordinated with decides."""
        if self.under(verb, "nsubjpass", "auxpass"):
            return True
        token = self.tokens[verb]
        if self.perfect(verb) is not None:
            return False
        if token.dep == "conj" and token.tag == "VBN" and not self.under(verb, "nsubj", "aux"):
            return None
        if token.dep == "conj" and token.tag in {"VBN", "VBD"} and not self.under(verb, "aux", "dobj", "prep", "ccomp", "xcomp"):
            # "Nine were killed and six others wounded": the auxiliary is not said twice.
            return None if self.under(token.head, "auxpass") else False
        if token.tag == "VBN" and token.dep in {"xcomp", "oprd"} and not self.under(verb, "aux", "dobj"):
            # "Ten were reported killed".
            return bool(self.under(token.head, "nsubjpass", "auxpass"))
        participle = token.tag == "VBN" or (token.tag == "VBD" and token.dep in {"acl", "amod"} and not self.under(verb, "nsubj"))
        return participle and token.dep in {"acl", "amod", "advcl"} and not self.under(verb, "aux")

    def perfect(self, verb: int) -> int | None:
        """ "Have broken ties", which parsers take for broken ties that somebody has: the `have`, else None."""
        token = self.tokens[verb]
        if token.tag != "VBN" or token.dep != "amod" or verb == 0:
            return None
        owner = self.tokens[token.head].head
        before = self.tokens[verb - 1]
        return owner if before.lemma == "have" and owner == verb - 1 and self.tokens[token.head].dep == "dobj" else None

    def coordinated(self, verb: int) -> int:
        """The verb that this one is coordinated with: for a finite verb a finite one.

        Parsers hang "ordered the army to advance and called on them" from "advance".
        """
        head = self.tokens[verb].head
        if self.tokens[verb].tag not in FINITE:
            return head
        at = head
        for _ in range(4):
            if self.tokens[at].tag != "VB" or self.tokens[at].dep not in {"xcomp", "ccomp", "advcl", "acl"}:
                break
            at = self.tokens[at].head
        return at if self.tokens[at].tag in FINITE else head

    def antecedent(self, index: int) -> int:
        """For a relative pronoun the noun that it stands for, else the token itself."""
        token = self.tokens[index]
        if token.tag not in RELATIVE:
            return index
        at = token.head
        for _ in range(8):
            verb = self.tokens[at]
            if verb.dep == "relcl":
                return verb.head
            if verb.head == at:
                return index
            at = verb.head
        return index

    def subjects(self, verb: int) -> Sequence[int]:
        """Who does the verb: its own subject, the agent of a passive, or the one that control gives it."""
        known = self._subjects.get(verb)
        if known is None:
            known = self._subjects[verb] = self._doers(verb)
        return known

    def _doers(self, verb: int) -> Sequence[int]:
        if self.passive(verb):
            agents = self.prepositional(verb, {"by"})
            # "Listed as a terrorist group by the Council": the agent hangs below the complement.
            return agents or [
                agent
                for preposition in self.under(verb, "prep")
                for inner in self.under(preposition, "pobj")
                for agent in self.prepositional(inner, {"by"})
            ]
        have = self.perfect(verb)
        return self._nominatives(verb if have is None else have, _DEPTH)

    def objects(self, verb: int) -> Sequence[int]:
        """What the verb is done to: its object, a passive's subject, the noun that a participle or relative clause modifies."""
        known = self._objects.get(verb)
        if known is None:
            known = self._objects[verb] = self._done_to(verb)
        return known

    def _done_to(self, verb: int) -> Sequence[int]:
        if self.passive(verb):
            return self._nominatives(verb, _DEPTH)
        own = [self.antecedent(index) for index in self.under(verb, "dobj")]
        if own:
            return self.conjuncts(own)
        shared = [index for other in self.under(verb, "conj") for index in self.under(other, "dobj") if other - verb <= 2]
        if shared:
            # "Killing or wounding dozens": two verbs side by side, one object.
            return self.conjuncts(shared)
        token = self.tokens[verb]
        if self.perfect(verb) is not None:
            return [token.head]
        controlled = [
            subject
            for clause in self.under(verb, "ccomp")
            if self.tokens[clause].tag == "VB" and not self.under(clause, "aux", "mark")
            for subject in self.under(clause, "nsubj")
        ]
        if controlled:
            return self.conjuncts(controlled)
        if token.dep == "relcl" and self.under(verb, "nsubj") and not self._relative_subject(verb):
            return [token.head]
        return []

    def datives(self, verb: int) -> list[int]:
        """Indirect objects without a preposition, and with "to"."""
        return self.conjuncts(self.under(verb, "dative"))

    def prepositional(self, index: int, names: Collection[str]) -> list[int]:
        """Objects of the token's prepositions with one of these names, coordinated ones too."""
        if not self._relations[index]:
            return []
        rows = self._behind.get(index)
        if rows is None:
            rows = self._behind[index] = [
                (self.lowers[preposition], self._led_to(preposition))
                for preposition in self.conjuncts(self.under(index, "prep", "agent", "dative"))
            ]
        return sorted({found for name, leads in rows if name in names for found in leads}) if rows else []

    def _led_to(self, preposition: int) -> Sequence[int]:
        found = self.conjuncts(self.under(preposition, "pobj"))
        for inner in self.under(preposition, "prep"):
            found += self.conjuncts(self.under(inner, "pobj"))
        return found

    def prepositional_of(self, indices: Iterable[int]) -> list[int]:
        """What the `of` of these nouns names: "the village of Tel Aran"."""
        return [inner for index in indices for inner in self.prepositional(index, {"of"})]

    def prepositions(self, index: int) -> Sequence[int]:
        """The token's preposition tokens, particles read as prepositions among them."""
        return self.under(index, "prep", "agent", "dative", "prt")

    def clause_verb(self, index: int) -> int:
        """The verb of the clause that the token stands in (the token itself when it is a verb, or the clause has none)."""
        at = index
        for _ in range(40):
            token = self.tokens[at]
            if token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass", "amod", "compound"}:
                return at
            if token.head == at:
                return at
            at = token.head
        return at

    def _relative_subject(self, verb: int) -> bool:
        return any(self.tokens[index].tag in RELATIVE for index in self.under(verb, "nsubj", "nsubjpass"))

    def _nominatives(self, verb: int, depth: int) -> list[int]:
        own = self.under(verb, "nsubj", "nsubjpass")
        if own:
            return self.conjuncts(self.antecedent(index) for index in own)
        if depth <= 0:  # `_matrix` may have spent the last step
            return []
        token = self.tokens[verb]
        head = token.head
        if head == verb:
            return []
        if token.dep in {"acl", "amod"}:
            if token.tag == "VB":
                return []
            return [head]
        if token.dep == "relcl":
            return [head]
        if token.dep == "conj":
            head = self.coordinated(verb)
            return self._nominatives(head, depth - 1) if self.tokens[head].pos in {"VERB", "AUX"} else []
        if token.tag == "VB" and self.tokens[head].lemma in self._control:
            asked = self.prepositional(head, self._control[self.tokens[head].lemma])
            if asked:
                return asked
        if token.dep in {"xcomp", "ccomp"}:
            objects = self.under(head, "dobj")
            if objects and token.tag == "VB":
                return self.conjuncts(objects)
            if self.tokens[head].pos in {"VERB", "AUX", "ADJ"}:
                return self._matrix(head, depth)
        if token.dep == "pcomp" and (controlling := self._controlling(head)):
            return controlling
        if token.dep in {"advcl", "pcomp", "prep", "dep", "parataxis"}:
            return self._matrix(head, depth)
        return []

    def _controlling(self, preposition: int) -> list[int]:
        """Who does the gerund behind the preposition, where the verb above gives it to its object: "accuse them of shelling"."""
        verb = self.tokens[preposition].head
        if self.tokens[verb].dep == "dobj":
            # Parsers hang the preposition from the object as often as from the verb.
            verb = self.tokens[verb].head
        if self.tokens[preposition].text.lower() not in self._object_control.get(self.tokens[verb].lemma, ()):
            return []
        return self.conjuncts(self.under(verb, "nsubjpass") or self.under(verb, "dobj"))

    def _matrix(self, head: int, depth: int) -> list[int]:
        """Subject of the clause above, through prepositions and predicative adjectives; grammatical, passive or not."""
        token = self.tokens[head]
        if token.pos in {"VERB", "AUX"}:
            return self._nominatives(head, depth - 1)
        if token.dep in {"acomp", "prep", "oprd", "attr", "advmod"} and token.head != head:
            return self._matrix(token.head, depth - 1) if depth > 0 else []
        return []
