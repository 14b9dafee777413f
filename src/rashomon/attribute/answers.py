"""Not answering, declining, not being able to check: three things that are no statements and no denials.

They are told by their own syntax and hold for whatever tagger is used: what a tagger found at the same words gives way.
"""

from __future__ import annotations

import msgspec

from ..records import Span
from ..records.vocabulary import Stance
from .acts import Acts
from .candidate import Candidate
from .subjects import negated, nobody, unreal

_FIRST = frozenset({"we", "i"})
_COMMENT = frozenset({"comment", "reaction", "answer", "reply", "response", "statement"})


class Answers(Acts):
    """Finds them one token at a time. `heads` are the tokens whose other candidates they replace."""

    def find(self) -> list[Candidate]:
        """In text order."""
        found = []
        for index, token in enumerate(self._tree.tokens):
            candidate = None
            if token.pos in ("VERB", "AUX"):
                candidate = self._verb(index)
            elif token.pos == "ADJ" and token.lemma in self._words.available:
                candidate = self._unavailable(index)
            elif token.pos == "NOUN" and token.lemma in _COMMENT:
                candidate = self._no_comment(index)
            elif token.pos == "NOUN" and token.lemma in ("confirmation", "verification"):
                candidate = self._unconfirmed(index)
            if candidate is not None:
                found.append(candidate)
        return found

    def _verb(self, verb: int) -> Candidate | None:
        words, lemma = self._words, self._tree.tokens[verb].lemma
        candidate = None
        if lemma in words.checking:
            candidate = self._unchecked(verb)
        if candidate is None and lemma in words.answering:
            candidate = self._unanswered(verb)
        if candidate is None and lemma in words.reaching:
            candidate = self._unreached(verb)
        if candidate is None and lemma in ("have", "remain", "stay", "keep", "refer", "go"):
            candidate = self._silent(verb)
        if candidate is None and lemma in words.refusing:
            candidate = self._refused(verb)
        if candidate is None and (lemma in words.unspoken or lemma == "draw"):
            candidate = self._unspoken(verb)
        if candidate is None and lemma == "say":
            candidate = self._said_nothing(verb)
        return candidate

    # could not verify

    def _unchecked(self, verb: int) -> Candidate | None:
        tree = self._tree
        above = self._unable(verb)
        token = tree.tokens[verb]
        if above is not None:
            holder = above if tree.tokens[above].pos == "VERB" else tree.tokens[above].head
            subject = tree.one(holder, "nsubj")
            if self._reported(holder):
                return None
            impersonal = subject is None or tree.tokens[subject].text.lower() == "it"
            if subject is None and tree.one(holder, "expl") is None:
                return None
            pair = [above, verb] if holder == above else [holder, above, verb]
            return self._made(pair, "could-not-verify", None if impersonal else subject, self._object(verb), impersonal)
        passive = tree.one(verb, "nsubjpass")
        if passive is not None:
            if not negated(tree, verb) or tree.one(verb, "agent") is not None or self._deep(verb):
                return None
            if token.lemma in ("check", "establish") and not self._could_not(verb):
                return None
            span = tree.noun_phrase(passive)
            if tree.tokens[passive].dep == "nsubjpass" and token.dep == "relcl" and tree.one(passive, "poss") is not None:
                span = tree.tokens[passive].span  # "whose authenticity could not be established"
            return self._made([verb], "could-not-verify", None, (span,), own=True)
        if not self._could_not(verb) or (token.lemma == "establish" and tree.one(verb, "ccomp") is None):
            return None
        if token.lemma == "confirm" and any(tree.tokens[c].lemma == "deny" for c in tree.under(verb, "conj")):
            return None
        if self._reported(verb):
            self.heads.add(verb)
            return None
        subject = self._subject(verb)
        return self._made([verb], "could-not-verify", subject, self._object(verb)) if subject is not None else None

    def _unconfirmed(self, index: int) -> Candidate | None:
        """ "There was no independent confirmation of P"."""
        tree = self._tree
        verb = tree.tokens[index].head
        if not nobody(tree, index) or tree.tokens[verb].lemma != "be" or index in self._quoted or self._deep(verb):
            return None
        for child in tree.under(index, "prep"):
            below = tree.one(child, "pobj")
            if below is not None and tree.tokens[child].text.lower() in ("of", "for"):
                self.heads.update({index, verb})
                cue = (tree.syntax.span(verb, index),)
                return Candidate(None, cue, (tree.clean(tree.extent(below)),), 0.8, stance="could-not-verify", own=True)
        return None

    def _silent(self, verb: int) -> Candidate | None:
        """ "has yet to respond", "remained silent", "calls went unanswered", "referred questions to the army"."""
        tree = self._tree
        lemma, subject = tree.tokens[verb].lemma, self._subject(verb)
        if subject is None or verb in self._quoted or negated(tree, verb):
            return None
        if lemma == "refer":
            target = tree.one(verb, "dobj")
            asked = target is not None and tree.tokens[target].lemma in self._words.calls
            return (
                self._made([verb], "declines", subject, (tree.noun_phrase(target, full=False),))
                if asked and target is not None
                else None
            )
        for child in tree.children[verb]:
            token = tree.tokens[child]
            if (
                lemma == "have"
                and token.lemma in self._words.answering
                and token.tag == "VB"
                and any(tree.tokens[c].text.lower() == "yet" for c in (*tree.children[verb], *tree.children[child]))
            ):
                return self._made([verb, child], "did-not-respond", subject, self._object(child))
            if lemma in ("remain", "stay", "keep") and token.lemma in ("silent", "mum") and not tree.children[child]:
                made = self._made([verb], "did-not-respond", subject, ())
                return msgspec.structs.replace(made, cue=(tree.syntax.span(verb, child),)) if made is not None else None
            if lemma == "go" and token.text.lower() == "unanswered" and tree.tokens[subject].lemma in self._words.calls:
                self.heads.add(child)
                return self._silent_calls(verb, subject)
        return None

    # did not respond

    def _unanswered(self, verb: int) -> Candidate | None:
        tree = self._tree
        token = tree.tokens[verb]
        passive = tree.one(verb, "nsubjpass")
        if passive is not None:  # "Calls to X were not answered"
            return self._silent_calls(verb, passive) if negated(tree, verb) else None
        subject = tree.one(verb, "nsubj")
        if subject is not None and tree.tokens[subject].lemma in self._words.calls and token.lemma == "go":
            return None
        if subject is not None and nobody(tree, subject) and token.lemma in ("answer", "reply", "respond", "pick"):
            behind = next(
                (tree.one(c, "pobj") for c in tree.under(subject, "prep") if tree.tokens[c].text.lower() in ("at", "in")), None
            )
            return self._made([verb], "did-not-respond", behind, self._object(verb)) if behind is not None else None
        if tree.one(verb, "neg") is None or any(tree.tokens[c].tag == "MD" for c in tree.under(verb, "aux")):
            return None
        target = tree.one(verb, "dobj")
        if token.lemma in ("return", "pick") and (target is None or tree.tokens[target].lemma not in self._words.calls):
            return None
        subject = self._subject(verb)
        if subject is None or tree.tokens[subject].text.lower() in ("nobody", "one"):
            return None
        content = self._object(verb)
        for child in tree.under(verb, "advcl"):  # "when asked whether P"
            clause = tree.one(child, "ccomp")
            if not content and clause is not None and tree.tokens[child].lemma in ("ask", "question", "press"):
                content = (tree.clean(tree.extent(clause)),)
                self.heads.add(child)
        return self._made([verb], "did-not-respond", subject, content)

    def _silent_calls(self, verb: int, passive: int) -> Candidate | None:
        tree = self._tree
        if tree.tokens[passive].lemma not in self._words.calls:
            return None
        source = next((tree.one(c, "pobj") for c in tree.under(passive, "prep") if tree.tokens[c].text.lower() == "to"), None)
        if source is None:
            return None
        span = tree.syntax.span(tree.first[passive], passive)
        return self._made([verb], "did-not-respond", source, (tree.clean(span),))

    def _unreached(self, verb: int) -> Candidate | None:
        tree = self._tree
        passive = tree.one(verb, "nsubjpass")
        if passive is not None:
            if not self._could_not(verb):
                return None
            return self._made([verb], "did-not-respond", passive, self._object(verb))
        above = self._unable(verb)
        if above is None and not self._could_not(verb):
            return None
        holder = tree.tokens[above].head if above is not None and tree.tokens[above].pos != "VERB" else above
        subject = self._tree.subject(holder if holder is not None else verb)
        target = tree.one(verb, "dobj")
        if subject is None or target is None or tree.tokens[subject].text.lower() not in _FIRST or verb in self._quoted:
            return None
        return self._made([verb] if above is None else [above, verb], "did-not-respond", target, ())

    def _unavailable(self, index: int) -> Candidate | None:
        tree = self._tree
        verb = tree.tokens[index].head
        if tree.tokens[verb].lemma != "be" or not (negated(tree, verb) or tree.tokens[index].lemma.startswith("un")):
            return None
        subject = tree.one(verb, "nsubj")
        content = self._object(index)
        if subject is None or not content or tree.tokens[subject].lemma in _COMMENT:
            return None
        made = self._made([verb], "did-not-respond", subject, content)
        if made is None:
            return None
        last = max(made.cue[-1].end, tree.tokens[index].end)
        return Candidate(made.source, (Span(made.cue[0].start, last),), content, 0.8, stance="did-not-respond")

    def _no_comment(self, index: int) -> Candidate | None:
        """ "There was no comment from X", "X had no immediate comment"."""
        tree = self._tree
        denied = [c for c in tree.under(index, "det", "neg") if tree.tokens[c].text.lower() == "no"]
        token = tree.tokens[index]
        if not denied or index in self._quoted:
            return None
        stance: Stance = "did-not-respond"
        verb = token.head
        if token.dep == "dobj" and tree.tokens[verb].lemma in ("have", "make", "offer", "give", "issue"):
            subject = self._subject(verb)
            if subject is None or self._deep(verb):
                return None
            cue = tree.syntax.span(verb, index)
            source = subject
            soon = any(tree.tokens[c].lemma in ("immediate", "early") for c in tree.under(index, "amod"))
            late = any(tree.tokens[c].text.lower() in ("yet", "immediately") for c in tree.children[verb])
            if token.lemma == "comment" and not soon and not late and tree.tokens[verb].lemma != "make":
                stance = "declines"
        else:
            behind = next((c for c in tree.under(index, "prep") if tree.tokens[c].text.lower() in ("from", "by")), None)
            below = tree.one(behind, "pobj") if behind is not None else None
            if behind is None or below is None or tree.tokens[verb].lemma not in ("be", "come"):
                return None
            cue, source = tree.syntax.span(denied[0], behind), below
        self.heads.update({verb, index})
        span = tree.noun_phrase(source)
        return Candidate(span, (cue,), (), 0.8, bare=True, stance=stance)

    def _said_nothing(self, verb: int) -> Candidate | None:
        tree = self._tree
        target = tree.one(verb, "dobj")
        subject = self._subject(verb)
        if target is None or tree.tokens[target].text.lower() != "nothing" or subject is None or target < verb:
            return None
        if tree.under(verb, "ccomp", "prep") or tree.children[target] or verb in self._quoted:
            return None
        self.heads.add(verb)
        cue = (tree.syntax.span(min(tree.verb_group(verb)), target),)
        return Candidate(tree.noun_phrase(subject), cue, (), 0.8, bare=True, stance="did-not-respond")

    # declines

    def _refused(self, verb: int) -> Candidate | None:
        tree = self._tree
        if unreal(tree, self._cues, verb) or negated(tree, verb) or tree.one(verb, "nsubjpass") is not None:
            return None
        subject = self._subject(verb)
        if subject is None:
            return None
        target = tree.one(verb, "dobj")
        infinitive = tree.one(verb, "xcomp")
        noun = next((tree.one(c, "pobj") for c in tree.under(verb, "prep") if tree.tokens[c].text.lower() == "to"), None)
        if infinitive is None and noun is not None and tree.tokens[noun].lemma in self._words.interviews:
            head = tree.tokens[noun].head  # "refused to comment", taken for a noun
            return self._made([verb], "declines", subject, (tree.clean(tree.syntax.span(head, tree.last[verb])),))
        if infinitive is None or infinitive < verb:
            if target is not None and tree.tokens[target].lemma in self._words.interviews:
                return self._made([verb], "declines", subject, (tree.clean(tree.extent(target)),))
            return None
        if tree.tokens[infinitive].lemma not in self._words.silence:
            return None
        clause = next((c for c in tree.under(infinitive, "ccomp", "xcomp") if c > infinitive), None)
        first = max(tree.first[infinitive], verb + 1)
        if clause is not None and tree.tokens[infinitive].lemma in ("say", "confirm", "disclose", "reveal"):
            made = self._made([verb, infinitive], "declines", subject, (tree.clean(tree.extent(clause)),))
        else:
            self.heads.add(infinitive)
            made = self._made([verb], "declines", subject, (tree.clean(tree.syntax.span(first, tree.last[infinitive])),))
        return made

    def _unspoken(self, verb: int) -> Candidate | None:
        """ "would not discuss P", "would neither confirm nor deny P"."""
        tree = self._tree
        token = tree.tokens[verb]
        subject = tree.one(verb, "nsubj", "nsubjpass") or self._subject(verb)
        if subject is None or (
            tree.tokens[subject].text.lower() in ("nobody", "one", "that", "which", "it") and token.lemma == "say"
        ):
            return None
        before = {tree.tokens[c].text.lower() for c in tree.children[verb] if c < verb}
        if token.lemma == "confirm" and {"neither", "not"} & before:
            other = next((c for c in tree.under(verb, "conj") if tree.tokens[c].lemma in ("deny", "refute")), None)
            if other is not None:
                self.heads.update({verb, other})
                cue = (
                    tree.syntax.span(
                        min(
                            tree.verb_group(verb)[0],
                            *(
                                c
                                for c in tree.children[verb]
                                if tree.tokens[c].text.lower() in ("neither", "not") or tree.tokens[c].dep == "aux"
                            ),
                        ),
                        other,
                    ),
                )
                content = self._object(other) or self._object(verb)
                return Candidate(tree.noun_phrase(subject), cue, content, 0.8, bare=not content, stance="declines")
        refused = any(tree.tokens[c].text.lower() in ("would", "will", "wo") for c in tree.under(verb, "aux"))
        if not refused or tree.one(verb, "neg") is None:
            return None
        if (token.lemma == "draw") != (tree.tokens[subject].dep == "nsubjpass") or self._reported(verb):
            return None
        content = self._object(verb)
        if token.lemma == "draw" and not content:  # "Asked about P, he would not be drawn"
            content = next(
                (self._object(c) for c in tree.under(verb, "advcl") if tree.tokens[c].lemma in ("ask", "press", "question")), ()
            )
            self.heads.update(c for c in tree.under(verb, "advcl") if tree.tokens[c].tag == "VBN")
        return self._made([verb], "declines", subject, content)
