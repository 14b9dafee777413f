"""Forecasts by an adjective or noun: "is unlikely to", "a 60 per cent chance", "the most likely outcome"."""

from __future__ import annotations

from ..records import Span
from . import clauses
from .forecast_grammar import Ahead, ForecastGrammar


class ForecastChances(ForecastGrammar):
    """Finds them in one document."""

    def likely(self, index: int) -> Ahead | None:
        words, grammar = self._words, self._scene.grammar
        token = self._tokens[index]
        passive = bool(grammar.under(index, "auxpass", "nsubjpass"))
        verb = index if token.dep == "ROOT" or passive else token.head
        if passive and not (token.text.lower() == "bound" and grammar.under(index, "xcomp")):
            return None
        if not passive and self._tokens[verb].lemma not in words.of_view and token.dep not in {"oprd", "ccomp"}:
            return None
        if token.text.lower() in {"sure", "certain"} and not grammar.under(index, "xcomp"):
            return None
        if not self._present(verb) or self._conditional_clause(verb):
            return None
        subjects = grammar.under(verb, "nsubj", "nsubjpass") or grammar.under(index, "nsubj", "nsubjpass")
        expletive = bool(subjects) and self._tokens[subjects[0]].text.lower() == "it"
        clause = [*grammar.under(index, "ccomp", "xcomp"), *grammar.under(verb, "ccomp", "advcl")]
        that = [at for at in clause if at > index and grammar.under(at, "nsubj", "nsubjpass")]
        governed = [at for at in clause if at > index]
        if token.text.lower() in words.governing and not governed:
            return None
        if token.text.lower() in words.possibilities and not that:
            return None
        conditions = self._conditions.of([verb, index, *governed])
        governor, cue = self._governor(verb)
        if that and (expletive or not subjects or token.text.lower() in words.possibilities):
            if any(self._tokens[at].tag == "VBD" and not grammar.under(that[0], "aux") for at in that[:1]):
                return None
            return self._ahead(that[0], self._statement(that[0]), None, cue, [index], conditions)
        if not subjects or (expletive and not governed):
            return None
        return self._ahead(verb, self._statement(verb), governor, cue, [index], conditions)

    def dying(self, index: int) -> Ahead | None:
        """ "The siege is in its last weeks"."""
        verb = self._tokens[index].head
        for noun in self._scene.grammar.under(index, "pobj"):
            last = any(self._tokens[at].text.lower() in self._words.last for at in self._scene.grammar.under(noun, "amod"))
            if last and self._tokens[noun].lemma in self._words.units and self._present(verb):
                _, cue = self._governor(verb)
                return self._ahead(verb, self._statement(verb), None, cue, [], [])
        return None

    def chance(self, index: int) -> Ahead | None:
        """ "A 60 per cent chance that", "the odds are one in four", "fears that", "risk of famine through September"."""
        words, grammar, token = self._words, self._scene.grammar, self._tokens[index]
        clause = [at for at in grammar.under(index, "acl", "ccomp", "relcl") if at > index and grammar.under(at, "mark", "nsubj")]
        clause = [at for at in clause if any(self._tokens[mark].text.lower() == "that" for mark in grammar.under(at, "mark"))]
        measure = self._figure(index)
        host = grammar.clause_verb(index)
        governor, cue = self._governor(host)
        if not clause and token.dep == "nsubj" and host == token.head:
            # "Fears grew that": parsers hang the clause from the verb.
            clause = [
                at
                for at in grammar.under(host, "ccomp")
                if at > host and grammar.under(at, "mark") and self._tokens[host].lemma in self._words.growing
            ]
        if token.dep in {"nsubj"} and self._tokens[token.head].lemma == "be" and measure is not None:
            verb = token.head
            return self._ahead(verb, self._statement(verb), governor, cue, [], self._conditions.of([verb]), measure=measure)
        if clause:
            auxiliaries = {self._tokens[at].text.lower() for at in grammar.under(clause[0], "aux")}
            if not auxiliaries & (words.will | words.would | words.may) and measure is None:
                return None
            statement = self._statement(clause[0])
            by = (
                self._whom.names(grammar.subjects(host))
                if self._tokens[host].pos == "VERB" and self._tokens[host].lemma in self._words.seeing
                else []
            )
            certain = [index] if token.lemma not in self._words.expectations or measure is not None else []
            return self._ahead(clause[0], statement, None, cue, certain, self._conditions.of([clause[0]]), measure=measure, by=by)
        named = grammar.prepositional(index, {"of"})
        if named and token.lemma in self._words.figured:
            phrase = clauses.phrase(self._scene, index)
            if measure is not None or self._dated(phrase):
                return self._ahead(index, phrase, governor, cue, [index], [], measure=measure)
        return None

    def _figure(self, noun: int) -> Span | None:
        """The figure of the chance: "60 per cent chance", "the odds are one in four"."""
        grammar = self._scene.grammar
        inside = [
            at
            for at in self._scene.syntax.subtree(noun)
            if at < noun and noun - at <= 6 and self._tokens[at].pos in {"NUM", "NOUN", "SYM", "ADJ"}
        ]
        numbers = [at for at in inside if self._tokens[at].pos == "NUM"]
        if numbers:
            return self._scene.syntax.span(min(numbers), noun)
        head = self._tokens[noun].head
        if self._tokens[noun].dep == "nsubj" and self._tokens[head].lemma == "be":
            after = [at for at in range(head + 1, min(head + 6, len(self._tokens))) if self._tokens[at].pos == "NUM"]
            if after:
                return self._scene.syntax.span(after[0], after[-1])
            slim = [at for at in grammar.under(head, "acomp", "attr") if self._tokens[at].text.lower() in self._words.slim]
            if slim:
                return self._tokens[slim[0]].span
        even = [at for at in grammar.under(noun, "amod") if self._tokens[at].text.lower() in self._words.slim]
        return self._scene.syntax.span(even[0], noun) if even else None

    def outcome(self, index: int) -> Ahead | None:
        """ "Called partition the most likely outcome", "the fall of the town is a matter of weeks"."""
        words, grammar, token = self._words, self._scene.grammar, self._tokens[index]
        likely = [at for at in grammar.under(index, "amod") if self._tokens[at].text.lower() in self._words.outcomes]
        verb = token.head
        if token.lemma in words.matters:
            durations = [at for at in grammar.prepositional(index, {"of"}) if at in self._scene.time_at]
            if not durations or token.dep != "attr" or self._tokens[verb].lemma != "be":
                return None
            governor, cue = self._governor(verb)
            return self._ahead(verb, self._statement(verb), None, cue, [], [])
        if not likely:
            return None
        if token.dep == "attr" and self._tokens[verb].lemma == "be":
            governor, cue = self._governor(verb)
            return self._ahead(verb, self._statement(verb), governor, cue, likely, self._conditions.of([verb]))
        if token.dep in {"oprd", "xcomp", "ccomp", "dep", "appos"} and self._tokens[verb].lemma in {
            "call",
            "consider",
            "see",
            "deem",
        }:
            subjects = grammar.under(token.head, "dobj") or grammar.under(index, "nsubj")
            if not subjects:
                return None
            start = clauses.phrase(self._scene, subjects[0]).start
            return self._ahead(
                index,
                Span(start, self._run(index, index).end),
                None,
                verb,
                likely,
                [],
                by=self._whom.names(grammar.subjects(verb)),
            )
        return None
