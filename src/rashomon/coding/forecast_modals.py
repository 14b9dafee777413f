"""Forecasts by a modal verb: "will", "would" in reported speech, "may", "cannot hold beyond"."""

from __future__ import annotations

from ..records import Span
from .forecast_grammar import Ahead, ForecastGrammar

_FIRST = frozenset({"we", "i"})
_OWN = frozenset({"our", "my", "its", "their", "his", "her"})
_PAST = frozenset({"VBD"})


class ForecastModals(ForecastGrammar):
    """Finds them in one document."""

    def modal(self, index: int, verb: int, lower: str) -> Ahead | None:
        words, grammar = self._words, self._scene.grammar
        token = self._tokens[verb]
        auxiliaries = [self._tokens[at].lemma for at in grammar.under(verb, "aux", "auxpass")]
        if "have" in auxiliaries and (token.tag in {"VBN", "VBD"} or lower not in words.will):
            return None  # "would have fallen", "will have told him"
        if token.lemma in words.preferring or any(
            self._tokens[at].text.lower() in words.preferring for at in grammar.under(verb, "advmod")
        ):
            return None
        if token.tag == "TO" or token.dep in {"relcl", "acl", "csubj"} or self._question(verb):
            return None
        if token.dep == "advcl" and not self._reason(verb):
            return None
        if self._conditional_clause(verb):
            return None
        governor, cue = self._governor(verb)
        if governor is not None and self._nobody(governor):
            return None
        claim = self._scene.claim_over(token.span)
        conditions = self._conditions.of(self._reach(verb))
        statement = self._statement(verb)
        bounded = self._dated(statement)
        if lower in words.would and not self._looks_ahead(verb, governor, claim is not None, bool(conditions)):
            return None
        if lower in words.may and lower == "could" and claim is None and not conditions and not bounded:
            return None
        denied = lower == "could" and bool(grammar.under(verb, "neg")) and not conditions and not self._until(statement)
        if lower in words.may and (token.lemma in words.past_ability or denied):
            return None
        if token.lemma in words.surmising and lower in words.will | words.would:
            return None
        judged = grammar.under(verb, "acomp", "attr")
        if lower in words.would and any(
            self._tokens[at].lemma in words.judging or self._tokens[at].text.lower() in words.judging for at in judged
        ):
            return None
        if lower in words.can and token.lemma in words.past_ability:
            return None
        if lower in words.can and lower != "could" and not (conditions or bounded):
            return None
        if lower in words.should and not bounded and not self._before(verb):
            return None
        direct = claim is not None and claim.kind != "indirect"
        if (
            self._own(verb, claim.speaker if claim is not None else None, governor, direct=direct)
            and lower not in words.may | words.can
        ):
            return None
        if self._pledge_over(verb):
            return None
        if self._schedule(verb, claim is not None, statement):
            return None
        if governor is not None and self._tokens[governor].lemma in words.not_hope:
            return None
        certain = [at for at in grammar.under(verb, "advmod") if self._tokens[at].text.lower() in words.adverbs]
        certain += [index] if lower in words.may | words.should and lower != "can" else []
        if governor is not None and (self._tokens[governor].lemma in words.believing or self._tokens[governor].lemma == "expect"):
            certain.append(governor)
        return self._ahead(verb, statement, governor, cue, certain, conditions)

    def _looks_ahead(self, verb: int, governor: int | None, claimed: bool, conditional: bool) -> bool:
        """Whether "would" is the future of what somebody said: below a verb of speech, in a claim, or with a condition."""
        words = self._words
        if any(self._tokens[at].text.lower() in words.habits for at in self._scene.syntax.subtree(verb)):
            return False
        if governor is not None:
            return self._tokens[governor].lemma in words.foretelling | words.expecting | words.believing
        only = any(self._tokens[at].text.lower() in {"only", *words.adverbs} for at in self._scene.grammar.under(verb, "advmod"))
        return claimed or conditional or only

    def _nobody(self, governor: int) -> bool:
        subjects = self._scene.grammar.under(governor, "nsubj")
        return any(self._tokens[at].text.lower() in self._words.nobody for at in subjects) and self._tokens[governor].tag in _PAST

    def _reason(self, verb: int) -> bool:
        """ "Because a hurried exit will leave the towns naked"."""
        first = self._scene.syntax.subtree(verb)
        marks = {self._tokens[at].text.lower() for at in self._scene.grammar.under(verb, "mark")}
        if marks:
            return marks <= self._words.reasons
        return bool(self._scene.grammar.under(verb, "nsubj", "nsubjpass")) and self._tokens[first[0]].text.lower() not in {
            "when",
            "once",
            "until",
        }

    def _question(self, verb: int) -> bool:
        sentence = self._scene.syntax.sentence_of(verb)
        return self._tokens[sentence.last - 1].text == "?" and self._tokens[verb].dep == "ROOT"

    def _reach(self, verb: int) -> list[int]:
        """From the verb, its infinitives, and the verbs of speech above a condition may hang."""
        grammar = self._scene.grammar
        inner = grammar.under(verb, "xcomp", "ccomp", "acomp", "attr")
        above, at = [], verb
        for _ in range(3):
            token = self._tokens[at]
            if token.head == at or token.dep not in {"ccomp", "xcomp", "conj"}:
                break
            at = token.head
            if token.dep == "conj" or self._tokens[at].pos == "VERB":
                above.append(at)
        return [verb, *inner, *above]

    def _before(self, verb: int) -> bool:
        """ "Before the new president is sworn in"."""
        clauses_ = self._scene.grammar.under(verb, "advcl")
        marks = {self._tokens[at].text.lower() for clause in clauses_ for at in self._scene.grammar.under(clause, "mark")}
        return bool(marks & self._words.until)

    def _until(self, statement: Span) -> bool:
        """True where the statement names a limit of time: "could not hold beyond Friday"."""
        words = {self._tokens[at].text.lower() for at in self._scene.syntax.within(statement)}
        return self._dated(statement) and bool(words & (self._words.until | self._words.ahead | {"beyond", "longer"}) - {"in"})

    def _own(self, verb: int, speaker: str | None, governor: int | None, *, direct: bool) -> bool:
        """True where the speaker's own side is the one that acts: a plan, a pledge, a threat."""
        grammar = self._scene.grammar
        subjects = grammar.under(verb, "nsubj")
        if not subjects:
            subjects = grammar.subjects(verb) if not grammar.under(verb, "nsubjpass") else []
        if not subjects:
            return False
        first = self._tokens[subjects[0]]
        if first.text.lower() in _FIRST:
            return True
        whose = {self._tokens[at].text.lower() for at in grammar.under(subjects[0], "poss")}
        party = self._scene.party(subjects[0]) is not None or self._scene.is_party_noun(subjects[0])
        names = self._whom.names(subjects)
        if whose & _OWN and party and first.pos != "PRON":
            owners = self._whom.names(grammar.under(subjects[0], "poss"))
            if not owners or owners == ["they"] or speaker in owners:
                return True
        if (
            not direct
            and first.text.lower() in {"he", "she", "they"}
            and names in ([], ["they"])
            and governor is not None
            and self._tokens[governor].tag in _PAST
        ):
            return True  # "the driver said he would carry wheat"
        sayers = self._whom.names(grammar.under(governor, "nsubj")) if governor is not None else []
        if speaker is not None and (
            speaker in names or any(name.casefold() in speaker.casefold() for name in names if first.tag != "PRP")
        ):
            return True
        return bool(set(sayers) & set(names))

    def _pledge_over(self, verb: int) -> bool:
        return any(span.covers(self._tokens[verb].span) for span in self._pledged)

    def _schedule(self, verb: int, claimed: bool, statement: Span) -> bool:
        """Programmes and arrangements: "talks will resume on Monday", "the minister will be in Ankara on Friday"."""
        words, grammar = self._words, self._scene.grammar
        subjects = grammar.under(verb, "nsubj", "nsubjpass")
        occasion = any(self._tokens[at].lemma in words.occasions for at in subjects)
        phrase = " ".join([self._tokens[verb].lemma, *(self._tokens[at].lemma for at in grammar.under(verb, "dobj"))])
        if phrase in words.taking_place or (occasion and (self._tokens[verb].lemma in words.scheduled or grammar.passive(verb))):
            return True
        somebody = any(
            self._scene.party(at) is not None or self._scene.named_place(at) is not None or self._scene.is_party_noun(at)
            for at in subjects
        )
        if claimed or not somebody:
            return False
        return self._tokens[verb].lemma in words.scheduled or (self._tokens[verb].lemma == "be" and self._dated(statement))
