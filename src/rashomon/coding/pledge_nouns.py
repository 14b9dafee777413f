"""Acts that a noun names: "a six-day truce", "the accord", "its offer of free passage"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..records import Span
from ..records.vocabulary import PledgeKind
from . import clauses
from .pledge_act import Act, PledgeGrammar

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "any", "every", "some"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_CLIMB = 4


class PledgeNouns(PledgeGrammar):
    """Finds them in one document."""

    def noun(self, index: int) -> Act | None:
        grammar = self._scene.grammar
        kind = self._kind(index)
        made = self._signed(index)
        governor = self._above(index)
        lemma = self._tokens[index].lemma
        if kind is None and lemma in self._words.papers and made is not None:
            kind = "agreement"
        if (
            kind is None
            and lemma in self._words.named_plans
            and governor is not None
            and self._tokens[governor].lemma in self._words.proposing
        ):
            kind = "proposal"
        if kind is None or self._denied(index, governor):
            return None
        near = {self._tokens[at].lemma for at in self._scene.syntax.children[index]} | {
            self._tokens[at].text.lower() for at in self._scene.syntax.children[index]
        }
        near |= {self._tokens[at].lemma for of in grammar.under(index, "prep") for at in grammar.under(of, "pobj")}
        verb = governor
        determiner = {self._tokens[at].text.lower() for at in grammar.under(index, "det", "poss")}
        definite = bool(determiner & _DEFINITE) or bool(grammar.under(index, "poss"))
        if lemma in self._words.vague and kind == "ceasefire" and not near & (self._words.specific | self._words.fire):
            verbs = {self._tokens[verb].lemma} if verb is not None else set[str]()
            if not verbs & (self._words.specific | self._words.making) and not definite:
                return None
        span = self._noun_span(index)
        by, to = self._parties(index, kind, verb)
        terms = self._noun_terms(index, kind)
        conditions = self._terms.conditions([index, *((verb,) if verb is not None else ()), *self._below(index)])
        other = bool(near & self._words.others)
        made_by_verb = verb is not None and self._tokens[verb].lemma in self._words.making
        if (kind == "request" and not terms and not to) or any(self._empty(at) for at in grammar.prepositional(index, {"for"})):
            return Act(index, kind, span, True, fresh=False) if definite and kind == "request" else None
        if lemma == "call" and (not terms or grammar.under(index, "compound")):
            return None
        fresh = bool(by or terms) or (made_by_verb and not definite) or self._modified(index)
        fresh = fresh or bool(
            grammar.under(index, "acl") or grammar.prepositional(index, {"in", "between", "with", "across", "around"})
        )
        if definite and not grammar.under(index, "prep", "acl", "relcl", "compound", "amod") and not grammar.under(index, "poss"):
            fresh = False
        if lemma in self._words.vague and kind not in {"ceasefire"} and not (by or terms):
            fresh = False
        around = (span,) if verb is None else (span, self._terms.run(min(index, verb), verb))
        return Act(index, kind, span, True, by, to, terms, tuple(conditions), fresh, other, verb, around=around)

    def _modified(self, index: int) -> bool:
        """A word that tells this act from others: "humanitarian pause", "the Nouakchott accord"."""
        under = self._scene.grammar.under(index, "compound", "nmod", "nummod", "amod")
        return any(self._tokens[at].text.lower() not in self._words.general for at in under)

    def _below(self, index: int) -> Sequence[int]:
        return self._scene.grammar.under(index, "acl", "relcl", "ccomp")

    def _signed(self, index: int) -> int | None:
        """The participle or verb by which a paper is signed: "the exchange agreed in May", "signed an act"."""
        for child in self._scene.grammar.under(index, "acl", "relcl"):
            if self._tokens[child].lemma in self._words.signing:
                return child
        token = self._tokens[index]
        verb = token.head
        if token.dep == "nsubj" and self._tokens[verb].lemma in self._words.signing and not self._terms.complements(verb):
            # "An exchange agreed in Muscat went ahead", taken for a main verb.
            return verb if not self._scene.grammar.under(verb, "dobj", "aux") else None
        return verb if token.dep in {"dobj", "nsubjpass"} and self._tokens[verb].lemma in self._words.signing else None

    def _above(self, index: int) -> int | None:
        """The verb whose subject or object the noun is, through prepositions and coordination."""
        at = index
        for _ in range(_CLIMB):
            token = self._tokens[at]
            head = token.head
            if head == at:
                return None
            if token.dep in {"dobj", "nsubj", "nsubjpass", "attr", "dative", "xcomp", "ccomp"} and self._tokens[head].pos in {
                "VERB",
                "AUX",
            }:
                return head
            if token.dep in {"prep", "agent"} and self._tokens[head].pos in {"VERB", "AUX"}:
                return head
            if token.dep not in {"pobj", "conj", "prep", "appos"}:
                return None
            if token.dep == "prep" and self._tokens[head].pos not in {"VERB", "AUX"}:
                return None
            at = head
        return None

    def _denied(self, index: int, governor: int | None) -> bool:
        """No act is told of: "no truce", "talks on a ceasefire", "failed to reach a deal", "would sign"."""
        grammar, words = self._scene.grammar, self._words
        if any(self._tokens[at].text.lower() in {"no", "any", "every", "neither"} for at in grammar.under(index, "det", "neg")):
            return True
        token = self._tokens[index]
        if token.dep == "pobj":
            over = self._tokens[self._tokens[index].head].head
            if self._tokens[over].pos == "NOUN" and self._tokens[over].lemma in words.hoping:
                return True
        if token.dep == "conj" and self._tokens[token.head].lemma in words.hoping:
            return True
        if governor is None:
            return False
        verb = self._tokens[governor]
        told = index in grammar.under(governor, "nsubj", "nsubjpass") or self._kind(index) not in {"agreement", "ceasefire"}
        if verb.lemma in words.seeking and not (told and verb.lemma in self._answering):
            return True
        if verb.lemma in words.holding_terms and any(
            self._kind(at) is not None for at in grammar.under(governor, "nsubj") if at != index
        ):
            return True  # "the proposal calls for a truce"
        definite = any(self._tokens[at].text.lower() in _DEFINITE for at in grammar.under(index, "det", "poss"))
        if self._unreal(governor) and not definite:
            return True
        makes = verb.lemma in words.making | words.signing and index not in grammar.under(governor, "nsubj")
        if grammar.under(governor, "neg") and makes and self._kind(index) in {"agreement", "ceasefire"}:
            return True
        return any(self._tokens[at].lemma in words.denying for at in self._chain(governor))

    def _chain(self, verb: int) -> Iterator[int]:
        at = verb
        for _ in range(_CLIMB):
            head = self._tokens[at].head
            if head == at or self._tokens[at].dep not in {"ccomp", "xcomp", "conj"}:
                return
            yield head
            at = head

    def _parties(self, index: int, kind: PledgeKind, verb: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who is bound or asks, and whom: possessor, "between", "with", "by", modifiers, the subject of the verb above."""
        grammar, whom = self._scene.grammar, self._whom
        between = grammar.prepositional(index, {"between", "among"})
        signed = self._signed(index)
        if signed is not None:
            between += grammar.prepositional(signed, {"between", "among"})
            if self._tokens[signed].lemma not in self._words.brokering:
                between += grammar.prepositional(signed, {"by"})
            if grammar.under(signed, "nsubj") and self._tokens[signed].dep == "relcl":
                between += grammar.under(signed, "nsubj")
        mutual, lemma = kind in {"agreement", "ceasefire"}, self._tokens[index].lemma
        by = whom.names(between)
        own = whom.names(grammar.under(index, "poss"))
        modifiers = [one.name for one in self._scene.modifiers(index) if one.kind not in {"place"}]
        sides = whom.names(grammar.prepositional(index, {"with"}))
        makers = whom.names([at for at in grammar.prepositional(index, {"by", "from"}) if self._scene.party(at) is not None])
        actor: list[str] = []
        doing = None
        if verb is not None:
            doing = self._tokens[verb].lemma
            if doing in self._words.making or doing in self._words.signing:
                actor = self._subjects(verb) if index not in grammar.under(verb, "nsubj") else []
                if mutual and doing in self._words.making and not by:
                    # "The talks between the two have yielded agreements".
                    by = whom.names(
                        [at for noun in grammar.under(verb, "nsubj") for at in grammar.prepositional(noun, {"between"})]
                    )
                if mutual and not sides and index in grammar.under(verb, "dobj"):
                    sides = whom.names([at for at in grammar.prepositional(verb, {"with"}) if at > index])
        behind = self._tokens[self._tokens[index].head] if self._tokens[index].dep == "pobj" else None
        if (
            mutual
            and behind is not None
            and behind.text.lower() in {"in", "under", "by"}
            and sides
            and self._tokens[behind.head].pos == "VERB"
        ):
            actor = actor or self._subjects(behind.head)  # "has deployed forces in agreement with Tehran"
        if mutual:
            if own and actor and any(self._tokens[at].tag == "PRP$" for at in grammar.under(index, "poss")):
                own = []
            names = [
                *by,
                *own,
                *([] if by else modifiers),
                *([] if by or doing == "accept" else actor),
                *([] if by else sides),
                *makers,
            ]
            return tuple(dict.fromkeys(names)), ()
        to = whom.names(grammar.prepositional(index, {"to"})) if kind != "agreement" else []
        if verb is not None and doing in self._words.making:
            to += [name for name in whom.names(grammar.prepositional(verb, {"to"})) if name not in to]
        if doing == "accept":
            to, actor = [*to, *actor], []
        for clause in grammar.under(index, "acl", "ccomp", "relcl"):
            # "The demand that the army leave": asked of the clause's subject.
            if kind in {"demand", "request"} and (self._tokens[clause].dep != "relcl" or grammar.under(clause, "mark")):
                to += whom.names(grammar.under(clause, "nsubj"))
        to += whom.names(grammar.prepositional(index, {"on"})) if lemma == "call" else []
        by = [*own, *makers, *modifiers] or actor
        return tuple(dict.fromkeys(by)), tuple(dict.fromkeys(name for name in to if name not in by))

    def _noun_terms(self, index: int, kind: PledgeKind) -> tuple[Span, ...]:
        """What hangs from the noun and says what is to be done."""
        grammar = self._scene.grammar
        spans: list[Span] = []
        for child in grammar.under(index, "acl", "relcl", "ccomp"):
            token = self._tokens[child]
            marked = any(self._tokens[at].text.lower() == "that" for at in grammar.under(child, "mark"))
            if marked and grammar.under(child, "nsubj", "nsubjpass"):
                spans += self._terms.clause(child, whole=True)
            elif token.tag == "VB" and (grammar.under(child, "aux") or token.dep == "ccomp"):
                spans += self._terms.clause(
                    child, whole=bool(grammar.under(child, "nsubj", "nsubjpass")) and token.dep == "ccomp"
                )
            elif token.tag == "VBG" and token.lemma in self._words.holding_terms:
                for inner in self._terms.complements(child):
                    spans += self._terms.clause(inner, whole=bool(grammar.under(inner, "nsubj")))
                spans += self._terms.phrases(grammar.under(child, "dobj")) if not self._terms.complements(child) else []
        above = self._above(index)
        if above is not None and above < index:
            # "Yielded agreements, allowing the one to strike and the other to contain".
            for child in grammar.under(above, "advcl"):
                if child > index and self._tokens[child].tag == "VBG" and self._tokens[child].lemma in self._words.holding_terms:
                    for inner in self._terms.complements(child):
                        spans += self._terms.clause(inner, whole=bool(grammar.under(inner, "nsubj")))
        wanted = {"agreement": {"on", "for", "over"}, "ceasefire": set[str]()}.get(kind, {"for", "of", "on"})
        spans += self._terms.phrases([at for at in grammar.prepositional(index, wanted) if at not in self._scene.time_at])
        return tuple(dict.fromkeys(spans))

    def _noun_span(self, index: int) -> Span:
        """The noun's phrase without article, with the participle that hangs on it."""
        phrase = clauses.phrase(self._scene, index)
        inside = [at for at in self._scene.syntax.within(phrase) if at >= index or self._tokens[at].text.lower() not in _ARTICLES]
        first = min([index, *inside])
        while first < index and self._tokens[first].tag in {"PRP$", "POS"}:
            first += 1
        last = max([index, *inside])
        for child in self._scene.grammar.under(index, "acl"):
            if child > index:
                last = max(last, next(reversed(list(self._scene.syntax.within(self._terms.run(child, child)))), last))
        return self._scene.syntax.span(first, last)
