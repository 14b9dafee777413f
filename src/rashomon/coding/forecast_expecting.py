"""Forecasts by a verb of expectation or measure: "expects", "gave it three days"."""

from __future__ import annotations

from ..records import Span
from . import clauses
from .forecast_grammar import Ahead, ForecastGrammar


class ForecastExpecting(ForecastGrammar):
    """Finds them in one document."""

    def expected(self, index: int) -> Ahead | None:
        words, grammar = self._words, self._scene.grammar
        token = self._tokens[index]
        if token.dep in {"amod", "acl", "relcl"} or any(
            self._tokens[at].text.lower() in {"had", "once"} for at in grammar.under(index, "aux")
        ):
            return None
        conditions = self._conditions.of([index, *grammar.under(index, "xcomp", "ccomp", "dobj")])
        if grammar.passive(index):
            if not self._present(index):
                return None
            inner = grammar.under(index, "xcomp")
            subject = grammar.under(index, "nsubjpass")
            if not inner or not subject:
                return None
            agents = self._whom.names(grammar.prepositional(index, {"by"}))
            return self._ahead(
                index, self._statement(index), None, None, [index] if token.lemma == "expect" else [], conditions, by=agents
            )
        by = self._whom.names(grammar.subjects(index))
        if not by and not grammar.under(index, "nsubj"):
            return None
        certain = [index] if token.lemma in words.believing or token.lemma == "expect" else []
        inner = [at for at in grammar.under(index, "ccomp", "xcomp") if at > index]
        for clause in inner:
            auxiliaries = {self._tokens[at].text.lower() for at in grammar.under(clause, "aux")}
            if self._tokens[clause].pos in {"VERB", "AUX"} and not auxiliaries & {
                "will",
                "would",
                "may",
                "might",
                "could",
                "'ll",
                "wo",
            }:
                infinitive = "to" in auxiliaries
                if not infinitive or token.lemma not in self._words.infinitives or not self._present(index):
                    return None
                if not grammar.under(clause, "nsubj", "nsubjpass"):
                    return None  # "expects to arrive": a plan
                conditions = self._conditions.of([index, clause])
                return self._ahead(clause, self._statement(clause), index, index, certain, conditions, by=by)
            return None
        objects = [at for at in grammar.under(index, "dobj") if at > index and self._tokens[at].pos in {"NOUN", "PROPN", "NUM"}]
        if not objects or not self._present(index) or token.lemma in words.reckoning:
            return None
        for noun in objects:
            below = [at for at in grammar.under(noun, "acl", "relcl") if self._tokens[at].tag == "VB"]
            statement = self._noun_statement(index, noun)
            head = below[0] if below else noun
            return self._ahead(head, statement, index, index, certain, conditions, by=by)
        return None

    def _noun_statement(self, verb: int, noun: int) -> Span:
        """From the noun's phrase to the end of what the verb governs, conditions left out."""
        phrase = clauses.phrase(self._scene, noun)
        first = next(iter(self._scene.syntax.within(phrase)), noun)
        return self._run(first, verb, after=noun)

    def measured(self, index: int) -> Ahead | None:
        """ "Gave it three days", "put it at ten days at most", "spoke of a year", "put the chance at nil"."""
        grammar, token = self._scene.grammar, self._tokens[index]
        by = self._whom.names(grammar.subjects(index))
        if not by or grammar.passive(index) or grammar.under(index, "neg", "xcomp"):
            return None
        sentence = self._scene.syntax.sentence_of(index).span
        durations = [time for time in self._scene.times_in(sentence) if time.type == "DURATION"]
        if token.lemma == "give":
            for at in grammar.under(index, "dobj", "npadvmod"):
                time = self._scene.time_at.get(at)
                if (
                    time is not None
                    and time.type == "DURATION"
                    and not grammar.under(index, "prep", "advcl")
                    and not grammar.under(at, "acl", "relcl")
                ):
                    return self._ahead(index, self._run(index, index), None, index, [], [], by=by, counts=True)
            return None
        at_all = [
            at
            for at in self._scene.syntax.subtree(index)
            if self._tokens[at].text.lower() == "at" and self._tokens[at].dep == "prep"
        ]
        for preposition in at_all if token.lemma == "put" else grammar.under(index, "prep"):
            word = self._tokens[preposition].text.lower()
            if (token.lemma, word) not in {("put", "at"), ("speak", "of"), ("talk", "of"), ("reckon", "with")}:
                continue
            for at in grammar.under(preposition, "pobj"):
                span = self._run(at, index, after=at)
                first = min([at, *(inner for inner in self._scene.syntax.subtree(at) if inner > preposition)])
                span = Span(self._tokens[first].start, span.end)
                time = next((time for time in durations if span.overlaps(time.span)), None)
                unit = self._tokens[at].lemma in self._words.units
                dated = self._dated(span) and self._tokens[at].pos in {"PROPN", "NOUN"} and token.tag != "VBP"
                chance = [noun for noun in grammar.under(index, "dobj") if self._tokens[noun].lemma in self._words.chances]
                if chance:
                    phrase = clauses.phrase(self._scene, chance[0])
                    return self._ahead(chance[0], Span(phrase.start, span.end), None, index, [], [], by=by, measure=span)
                if time is not None or unit or (dated and word == "of"):
                    certain = [index] if token.lemma == "reckon" else []
                    return self._ahead(
                        at,
                        span,
                        index if certain else None,
                        index,
                        certain,
                        [],
                        by=by,
                        counts=time is not None and token.lemma == "put",
                    )
        return None
