"""Acts that a verb of pledging, asking, offering or threatening names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..knowledge.pledges import PledgeVerb
from ..records import Span
from ..records.vocabulary import PledgeKind
from .pledge_act import Act, PledgeGrammar

_PROMISING = frozenset({"will", "would", "'ll", "’ll", "shall"})
_OWN = frozenset({"its", "their", "his", "her", "our", "my"})


class PledgeVerbs(PledgeGrammar):
    """Finds them in one document."""

    def verb(self, index: int, frame: PledgeVerb) -> Act | None:
        grammar, terms = self._scene.grammar, self._terms
        if self._unreal(index) or (grammar.under(index, "neg") and frame.kind != "threat") or self._nobody(index):
            return None
        if any(self._kind(at) is not None for at in grammar.under(index, "nsubj")):
            return None  # "the accord calls for": what it says is its term
        if any(self._tokens[at].lemma in self._kinds for at in grammar.objects(index)) and self._tokens[index].dep in {
            "acl",
            "relcl",
        }:
            return None  # "the deal that Russia guaranteed", "the ceasefire proposed by the envoy"
        fors = (
            [at for at in grammar.under(index, "advcl", "ccomp", "xcomp") if self._for(at)]
            if frame.kind in {"demand", "request"}
            else []
        )
        prepositions = {"for"} if fors else set[str]()
        prepositions |= {self._tokens[at].text.lower() for at in grammar.under(index, "prep", "prt", "dative", "agent")}
        if frame.needs and not frame.needs & prepositions:
            return None
        passive = grammar.passive(index)
        clauses_ = terms.complements(index)
        objects = [] if passive else grammar.under(index, "dobj", "attr")
        asked_of = [*grammar.prepositional(index, frame.to), *grammar.under(index, "dative")]
        asked_of = [at for at in asked_of if self._tokens[at].pos != "ADP"]
        asked_for = grammar.prepositional(index, frame.terms) or [
            inner for at in asked_of for inner in grammar.prepositional(at, frame.terms)
        ]
        clauses_ = [at for at in clauses_ if not self._asks(at)]
        if any(self._empty(at) for at in objects):
            return None
        if frame.object == "party" or (clauses_ and objects and frame.kind in {"commitment", "threat"}):
            asked_of += objects
            objects = []
        if passive and frame.kind in {"request", "demand"} and (frame.object == "party" or clauses_):
            asked_of += grammar.under(index, "nsubjpass")
        elif passive and frame.object == "terms":
            objects = grammar.under(index, "nsubjpass")
        if frame.kind == "agreement":
            return self._agreed(index, clauses_, asked_for)
        clauses_ += [at for at in self._infinitives((*asked_of, *objects)) if at > index and not clauses_]
        if (frame.needs_terms and not (clauses_ or asked_for)) or (frame.needs_clause and not clauses_):
            return None
        if frame.nouns_only and not objects:
            return None
        if self._tokens[index].lemma in self._words.commanding and (
            not asked_of or any(self._subordinate(at) for at in asked_of)
        ):
            stopping = [at for at in clauses_ if self._stops(at)]
            if not stopping:
                return None
            # "Ordered its troops to cease fire": the order declares the ceasefire.
            stopped = [span for at in stopping for span in terms.clause(at, whole=False)]
            return Act(
                index, "ceasefire", self._group(index), False, tuple(self._subjects(index)), (), tuple(stopped), verb=index
            )
        if self._tokens[index].lemma == "tell" and not all(
            self._tokens[at].tag == "VB" and not grammar.under(at, "nsubj") for at in clauses_
        ):
            return None
        spans: list[Span] = []
        for clause in clauses_:
            subject = grammar.under(clause, "nsubj", "nsubjpass")
            addressed = bool(subject) and frame.kind in {"demand", "request", "proposal"} and not grammar.passive(clause)
            if addressed:
                asked_of += subject
            spans += terms.clause(clause, whole=bool(subject) and not addressed)
        spans += terms.phrases([*objects, *asked_for])
        for clause in [*fors, *(inner for at in grammar.under(index, "prep") for inner in grammar.under(at, "pcomp"))]:
            # "Called for Rwanda to withdraw its troops".
            if clause not in clauses_ and self._tokens[clause].tag == "VB" and frame.kind in {"demand", "request"}:
                asked_of += grammar.under(clause, "nsubj")
                spans += terms.clause(clause, whole=False)
                clauses_.append(clause)
        if frame.kind in {"demand", "request"}:
            for noun in [*objects, *asked_for]:
                asked_of += self._yielding(noun)
        elif frame.kind in {"offer", "proposal", "commitment"}:
            asked_of += [
                at for noun in objects for at in grammar.prepositional(noun, {"to"}) if self._scene.party(at) is not None
            ]
        if frame.kind == "threat" and not asked_of:
            asked_of += [
                at
                for clause in clauses_
                for at in grammar.objects(clause)
                if at in self._scene.heads and self._scene.heads[at].entity
            ]
        kind = frame.kind
        harmful = any(self._harms(at) and not self._never(at) for at in clauses_)
        if kind == "commitment" and (harmful or any(self._tokens[at].lemma in self._words.revenge for at in objects)):
            kind = "threat"
        if frame.kind in {"demand", "request"} and not clauses_:
            # "Demanded that the governor, Aram Hakobyan, resign", taken for nouns.
            for noun in grammar.under(index, "ccomp"):
                if self._tokens[noun].pos in {"NOUN", "PROPN"} and grammar.under(noun, "mark"):
                    asked_of.append(noun)
                    spans.append(terms.run(noun, noun))
        if not spans and not asked_of:
            return None
        by = self._subjects(index)
        if not by and not passive and self._tokens[index].tag in {"VBG", "VB"}:
            return None
        return Act(
            index,
            kind,
            self._group(index),
            False,
            tuple(by),
            tuple(name for name in self._whom.names(asked_of) if name not in by),
            tuple(spans),
            tuple(terms.conditions((*self._reach(index, clauses_), *objects))),
            verb=index,
        )

    def _for(self, clause: int) -> bool:
        """ "For Rwanda to withdraw"."""
        grammar = self._scene.grammar
        return bool(grammar.under(clause, "nsubj")) and any(
            self._tokens[at].text.lower() == "for" for at in grammar.under(clause, "mark")
        )

    def _asks(self, clause: int) -> bool:
        """ "Asked whether", "asked how": a question and no request."""
        marks = {self._tokens[at].text.lower() for at in self._scene.grammar.under(clause, "mark", "advmod") if at < clause}
        return bool(marks & {"whether", "if", "how", "why", "when", "where"})

    def _subordinate(self, noun: int) -> bool:
        """One's own troops, to whom an order is no demand."""
        owned = {self._tokens[at].text.lower() for at in self._scene.grammar.under(noun, "poss")}
        named = self._scene.heads.get(noun)
        common = named is None or named.description or not named.entity
        return bool(owned & _OWN) or (common and self._tokens[noun].lemma in self._words.subordinates)

    def _yielding(self, noun: int) -> list[int]:
        """Of whom "the withdrawal of Rwandan troops" is asked."""
        if self._tokens[noun].lemma not in self._words.yielding:
            return []
        found = []
        for at in [*self._scene.grammar.prepositional(noun, {"of", "by"}), *self._scene.grammar.under(noun, "poss")]:
            mention = self._scene.party(at)
            if mention is not None and mention.entity and not mention.description:
                found.append(mention.head)
        return found

    def _infinitives(self, nouns: Sequence[int]) -> Iterator[int]:
        """Infinitives that parsers hang from the object: "called on the rebels to withdraw"."""
        for noun in nouns:
            for child in self._scene.grammar.under(noun, "acl", "relcl"):
                if self._tokens[child].tag == "VB" and self._scene.grammar.under(child, "aux"):
                    yield child

    def _agreed(self, index: int, clauses_: Sequence[int], asked_for: Sequence[int]) -> Act | None:
        """ "Agreed to leave", "agreed that"; "agreed to a truce" is the truce's mention."""
        if any(self._kind(at) for at in self._scene.grammar.conjuncts(asked_for)) or not (clauses_ or asked_for):
            return None
        spans = [
            span
            for at in clauses_
            for span in self._terms.clause(at, whole=bool(self._scene.grammar.under(at, "nsubj", "nsubjpass")))
        ]
        spans += self._terms.phrases(asked_for)
        kind: PledgeKind = "ceasefire" if any(self._stops(at) for at in clauses_) else "agreement"
        conditions = tuple(self._terms.conditions(self._reach(index, clauses_)))
        return Act(index, kind, self._group(index), False, tuple(self._subjects(index)), (), tuple(spans), conditions, verb=index)

    def wanted(self, index: int) -> Act | None:
        """ "Wants the Strip disarmed": what a side wants of another. "Wants to leave" is a wish of its own."""
        complements = [at for at in self._terms.complements(index) if self._scene.grammar.under(at, "nsubj", "nsubjpass")]
        if (
            not complements
            or self._unreal(index)
            or self._scene.grammar.under(index, "neg")
            or self._tokens[index].tag not in {"VBZ", "VBP", "VBD"}
        ):
            return None
        by = self._subjects(index)
        spans = [span for at in complements for span in self._terms.clause(at, whole=True)]
        return Act(index, "demand", self._group(index), False, tuple(by), (), tuple(spans), verb=index) if by else None

    def given(self, index: int) -> Act | None:
        """ "Gave them until Sunday to leave", "gave his word that"."""
        grammar = self._scene.grammar
        for word in grammar.under(index, "dobj"):
            if (
                self._tokens[word].lemma in self._words.words_given
                and not self._empty(word)
                and not self._unreal(index)
                and not grammar.under(index, "neg")
            ):
                said = [
                    *self._terms.complements(index),
                    *(at for at in grammar.under(word, "acl", "ccomp", "relcl") if at > word),
                ]
                if said and self._tokens[word].lemma not in self._kinds:
                    spans = [span for at in said for span in self._terms.clause(at, whole=True)]
                    to = self._whom.names(grammar.under(index, "dative"))
                    return Act(
                        index,
                        "commitment",
                        self._group(index),
                        False,
                        tuple(self._subjects(index)),
                        tuple(to),
                        tuple(spans),
                        verb=index,
                    )
        until = [at for at in grammar.under(index, "prep") if self._tokens[at].text.lower() == "until"]
        days = [at for at in grammar.under(index, "dobj", "npadvmod") if at in self._scene.time_at]
        verbs = [at for at in grammar.under(index, "xcomp", "advcl", "ccomp") if self._tokens[at].tag == "VB" and at > index]
        verbs += list(self._infinitives(days))
        if self._tokens[index].lemma in self._words.setting:
            days = [at for at in grammar.under(index, "dobj") if self._tokens[at].lemma in self._words.deadlines]
            verbs = [at for at in grammar.under(index, "xcomp", "advcl", "ccomp") if self._tokens[at].tag == "VB" and at > index]
            verbs += [at for day in days for at in grammar.under(day, "acl", "relcl") if self._tokens[at].tag == "VB"]
            until = []
        if not verbs or not (until or days):
            return None
        given = [at for at in grammar.under(index, "dative", "dobj") if at not in days]
        given += [at for verb in verbs for at in grammar.under(verb, "nsubj")]
        spans = [span for at in verbs for span in self._terms.clause(at, whole=False)]
        by = self._subjects(index)
        group = self._group(index)
        return Act(
            index, "demand", group, False, tuple(by), tuple(self._whom.names(given)), tuple(spans), verb=index, around=(group,)
        )

    def warned(self, index: int) -> Act | None:
        """Who warns of harm that he himself will do threatens."""
        grammar = self._scene.grammar
        by = self._subjects(index)
        warned = grammar.under(index, "dobj")
        for clause in self._terms.complements(index):
            if self._tokens[clause].tag == "VB" and warned and not grammar.under(clause, "nsubj", "mark", "neg"):
                spans = self._terms.clause(clause, whole=False)
                return Act(
                    index,
                    "demand",
                    self._group(index),
                    False,
                    tuple(by),
                    tuple(self._whom.names(warned)),
                    tuple(spans),
                    verb=index,
                )
            subjects = grammar.under(clause, "nsubj")
            if not subjects or not any(self._tokens[at].text.lower() in _PROMISING for at in grammar.under(clause, "aux")):
                continue
            conditions = self._terms.conditions((index, clause, *self._deep(clause)))
            own = (
                bool(set(self._whom.names(subjects)) & set(by))
                or self._tokens[subjects[0]].text.lower() in {"we", "i", "it", "they"}
                or self._owned(subjects[0], by)
            )
            troops = self._scene.is_party_noun(subjects[0]) and bool(conditions)
            if not self._harms(clause) or not (own or troops):
                continue
            objects = grammar.under(index, "dobj")
            to = self._whom.names(objects)
            for condition in conditions:
                to += self._condition_subject(condition, by) if not to else []
            spans = self._terms.clause(clause, whole=not own)
            return Act(
                index, "threat", self._group(index), False, tuple(by), tuple(to), tuple(spans), tuple(conditions), verb=index
            )
        return None

    def _condition_subject(self, condition: Span, by: Sequence[str]) -> list[str]:
        """Who is to act so that the threat is not carried out: "unless the rebels leave"."""
        for at in self._scene.syntax.within(condition):
            if self._tokens[at].dep == "nsubj" and self._scene.party(at) is not None:
                return [name for name in self._whom.names([at]) if name not in by]
        return []

    def _deep(self, verb: int) -> list[int]:
        """Verbs and nouns right below, from which parsers hang the condition."""
        return [at for at in self._scene.syntax.subtree(verb) if self._tokens[at].pos in {"VERB", "NOUN"}][:12]

    def faced(self, index: int, before: Act) -> Act | None:
        """ "Leave or face bombardment": the threat beside the demand."""
        if self._tokens[index].lemma not in self._words.facing:
            return None
        joined = any(self._tokens[at].text.lower() == "or" for at in (index - 1, index - 2) if at >= 0)
        if not joined or before.kind not in {"demand", "request"}:
            return None
        if self._scene.syntax.sentence_of(index) != self._scene.syntax.sentence_of(before.head):
            return None
        last = index
        while last + 1 < self._scene.syntax.sentence_of(index).last and self._tokens[last + 1].pos != "PUNCT":
            last += 1
        span = self._scene.syntax.span(index, last)
        return Act(index, "threat", span, False, before.by, before.to, (span,), verb=before.verb)
