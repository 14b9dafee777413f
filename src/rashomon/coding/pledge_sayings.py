"""Acts without a word of pledging: what speakers say that they will do or leave, or that others must do."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Claim, Span
from ..records.vocabulary import PledgeKind
from . import clauses
from .pledge_act import Act, PledgeGrammar

_PROMISING = frozenset({"will", "would", "'ll", "’ll", "shall"})
_OWN = frozenset({"its", "their", "his", "her", "our", "my"})


class PledgeSayings(PledgeGrammar):
    """Finds them in one document."""

    def said(self, index: int) -> Act | None:
        """What a speaker says that his side would do or leave: a commitment, a ceasefire, a threat; "they must" a demand."""
        grammar = self._scene.grammar
        if self._tokens[index].dep in {"advcl", "relcl", "acl"}:
            return None
        claim = self._scene.claim_over(self._tokens[index].span)
        if claim is None or not claim.speaker:
            return None
        auxiliaries = {self._tokens[at].text.lower() for at in grammar.under(index, "aux")}
        subjects = grammar.under(index, "nsubj", "nsubjpass")
        if self._tokens[index].dep == "conj" and not subjects:
            return None
        if (
            self._stops(index)
            and self._tokens[index].tag == "VBG"
            and "be" in {self._tokens[at].lemma for at in grammar.under(index, "aux")}
        ):
            auxiliaries.add("will")  # "announced that they were halting their offensive"
        if "must" in auxiliaries and subjects and claim.kind in {"direct", "block", "mixed", "indirect"}:
            return self._must(index, subjects, claim.speaker)
        if (
            not auxiliaries & _PROMISING
            or not subjects
            or "have" in {self._tokens[at].lemma for at in grammar.under(index, "aux")}
        ):
            return None
        if (written := self._written(index, subjects, claim)) is not None:
            return written
        governor = self._governor(index)
        if governor is not None and (
            self._tokens[governor].lemma in self._words.verbs.keys() - self._words.commanding
            or self._tokens[governor].lemma in self._words.warning
        ):
            return None
        if governor is not None and self._tokens[governor].lemma not in self._words.saying and claim.kind == "indirect":
            return None
        speaker, names = claim.speaker, self._whom.names(subjects)
        whose = {self._tokens[at].text.lower() for at in grammar.under(subjects[0], "poss")}
        its = self._owned(subjects[0], [speaker]) or bool(whose & _OWN)
        pronoun = self._tokens[subjects[0]].tag == "PRP"
        own = speaker in names or self._tokens[subjects[0]].text.lower() in {"we", "i"} or its
        own = own or (pronoun and names in ([], ["they"]) and governor is not None)
        own = own or any(name and name.casefold() in speaker.casefold() for name in names)
        passive = grammar.passive(index)
        if passive and not own and self._harms(index) and self._anybody(subjects[0]):
            span = Span(clauses.phrase(self._scene, subjects[0]).start, self._terms.run(index, index).end)
            return Act(index, "threat", span, False, (speaker,), (), (span,), tuple(self._terms.conditions((index,))), said=True)
        if passive and not own:
            own = not grammar.prepositional(index, {"by"}) and not any(self._scene.party(at) for at in subjects)
        if not own:
            return None
        deed = self._tokens[index].lemma in self._words.owing
        conditions = tuple(self._terms.conditions(self._reach(index, ())))
        negative = bool(grammar.under(index, "neg"))
        if self._stops(index) and not negative:
            kind: PledgeKind = "ceasefire"
        elif negative and self._harms(index):
            kind = "commitment"
        elif not negative and not passive and (index in self._hostile or (self._harms(index) and conditions)):
            kind = "threat"
        elif deed and not negative:
            kind = "commitment"
        else:
            return None
        if passive and kind != "commitment" and kind != "ceasefire":
            return None
        by = [names[0] if names and names[0] != "they" and not passive and not its else speaker]
        if governor is not None and (pronoun or its):
            by = self._subjects(governor) or by
        spans = self._terms.clause(index, whole=passive)
        told = (
            grammar.under(governor, "dobj", "dative") if governor is not None and self._tokens[governor].lemma == "tell" else []
        )
        start = min([index, *(at for at in grammar.under(index, "aux", "auxpass") if at < index)])
        whole = self._terms.run(start, index)
        if passive or its:
            first = next(iter(self._scene.syntax.within(clauses.phrase(self._scene, subjects[0]))), subjects[0])
            whole = self._terms.run(first, index)
        return Act(index, kind, whole, False, tuple(by), tuple(self._whom.names(told)), tuple(spans), conditions, said=True)

    def _written(self, index: int, subjects: Sequence[int], claim: Claim) -> Act | None:
        """ "If the truce holds, the two will work together", says a paper: what its parties undertake."""
        inside = list(self._scene.syntax.within(claim.source)) if claim.source is not None else []
        paper = next((at for at in inside if self._tokens[at].lemma in self._words.writings), None)
        parties = [at for at in subjects if self._scene.party(at) is not None or self._scene.is_party_noun(at)]
        parties = parties or [at for at in subjects if self._scene.named_place(at) is not None]
        by = self._whom.names(parties)
        if paper is None or not by or self._scene.grammar.passive(index) or self._scene.grammar.under(index, "neg"):
            return None
        start = min([index, *(at for at in self._scene.grammar.under(index, "aux") if at < index)])
        joined = self._scene.grammar.under(index, "conj")
        span = Span(self._tokens[start].start, max(one.end for one in self._terms.clause(index, whole=False)))
        if any(self._tokens[at].pos not in {"VERB", "AUX"} for at in joined):
            span = self._terms.run(start, index)
        conditions = self._terms.conditions(self._reach(index, ()))
        terms = tuple(self._terms.clause(index, whole=False))
        return Act(index, "commitment", span, False, tuple(by), (), terms, tuple(conditions), said=True)

    def _anybody(self, noun: int) -> bool:
        """ "Any lorry", "anyone who": who is spoken of by him who threatens."""
        words = {self._tokens[at].text.lower() for at in (noun, *self._scene.grammar.under(noun, "det"))}
        return bool(words & {"any", "anyone", "anybody", "every", "everyone", "whoever", "those", "all"})

    def _must(self, index: int, subjects: Sequence[int], speaker: str) -> Act | None:
        """ "They must leave", said by another."""
        names = self._whom.names(subjects)
        if (
            speaker in names
            or self._tokens[subjects[0]].text.lower() in {"we", "i", "it", "there"}
            or not self._scene.party(subjects[0])
        ):
            return None
        spans = self._terms.clause(index, whole=False)
        passive = self._scene.grammar.passive(index)
        first = clauses.phrase(self._scene, subjects[0]).start
        span = Span(first, self._terms.run(index, index).end)
        return Act(
            index,
            "demand",
            span,
            False,
            (speaker,),
            () if passive else tuple(names),
            tuple(spans),
            tuple(self._terms.conditions((index,))),
        )

    def ready(self, index: int) -> Act | None:
        """ "Ready to leave if": an offer, where it hangs on a condition."""
        verbs = [at for at in self._scene.grammar.under(index, "xcomp") if self._tokens[at].tag == "VB"]
        head = self._tokens[index].head
        conditions = self._terms.conditions((index, head, *verbs))
        conditions = [one for one in conditions if one.of(self._scene.text).lower().startswith(("if", "provided", "on "))]
        if not verbs or not conditions or self._scene.grammar.under(head, "neg"):
            return None
        by = self._subjects(head)
        spans = [span for at in verbs for span in self._terms.clause(at, whole=False)]
        span = self._terms.run(index, index)
        return Act(index, "offer", span, False, tuple(by), (), tuple(spans), tuple(conditions), verb=head) if by else None
