"""Owning and disowning an attack, and taking back what one said: claims whose stance the verb's own form decides."""

from __future__ import annotations

import msgspec

from ..records import Span
from ..records.vocabulary import Stance
from .acts import Acts
from .candidate import Candidate
from .subjects import negated, nobody, unreal

_RESPONSIBLE = frozenset({"deny", "reject", "disclaim"})


class Corrections(Acts):
    """Finds them one token at a time."""

    def find(self) -> list[Candidate]:
        """In text order."""
        found = []
        for index, token in enumerate(self._tree.tokens):
            candidate = None
            if token.lemma in self._words.retracting_verbs and token.pos in ("VERB", "AUX", "NOUN"):
                candidate = self._taken_back(index)
            if token.pos in ("VERB", "AUX") and candidate is None:
                if token.lemma in self._cues.owning | _RESPONSIBLE:
                    candidate = self._responsible(index)
                elif token.lemma in ("say", "state", "write", "report"):
                    candidate = self._earlier(index)
            if candidate is not None:
                found.append(candidate)
        return found

    # responsibility

    def _responsible(self, verb: int) -> Candidate | None:
        """ "claimed responsibility for P", "took credit for P", "denied responsibility for P": the content is P."""
        tree = self._tree
        target = tree.one(verb, "dobj")
        passive, agent = tree.one(verb, "nsubjpass"), tree.one(verb, "agent")
        doer = tree.one(agent, "pobj") if agent is not None else None
        if (
            passive is not None
            and doer is not None
            and tree.tokens[verb].lemma == "claim"
            and tree.tokens[passive].lemma in self._words.attacks
        ):
            return self._made([verb], "claims-responsibility", doer, (tree.noun_phrase(passive),))
        subject = self._subject(verb)
        if target is None or subject is None or target < verb or unreal(tree, self._cues, verb) or nobody(tree, subject):
            return None
        noun = tree.tokens[target].lemma
        if noun in self._words.toll:
            self.heads.add(verb)
        owned = noun in ("responsibility", "credit")
        claimed = tree.tokens[verb].lemma == "claim" and noun in self._words.attacks
        if (not owned and not claimed) or negated(tree, verb):
            return None
        denied = tree.tokens[verb].lemma in ("deny", "reject", "disclaim")
        stance: Stance = "denies-responsibility" if denied else "claims-responsibility"
        if claimed:
            last = tree.last[target]
            for child in tree.under(target, "prep", "relcl"):
                if child > target and tree.tokens[child].dep == "prep" and self._way(child):
                    last = min(last, child - 1)
            return self._made([verb], stance, subject, (tree.clean(tree.syntax.span(tree.first[target], last)),))
        behind = next(
            (c for c in (*tree.under(target, "prep"), *tree.under(verb, "prep")) if tree.tokens[c].text.lower() == "for"), None
        )
        below = tree.one(behind, "pobj", "pcomp") if behind is not None else None
        if behind is None or below is None:
            return None
        last = min([tree.last[behind], *(child - 1 for child in tree.under(below, "prep") if child > below and self._way(child))])
        made = self._made([verb], stance, subject, (tree.clean(tree.syntax.span(tree.first[below], last)),))
        if made is None:
            return None
        return msgspec.structs.replace(made, cue=(Span(made.cue[0].start, max(made.cue[-1].end, tree.tokens[target].end)),))

    def _way(self, preposition: int) -> bool:
        """True for "through its agency", "in a statement", "on its channel": how it was said, not what."""
        tree = self._tree
        word = tree.tokens[preposition].text.lower()
        if word in ("through", "via"):
            return True
        below = tree.one(preposition, "pobj")
        texts = self._cues.utterances | self._cues.embeds | self._cues.outlets
        return word in ("in", "on") and below is not None and tree.tokens[below].lemma in texts

    # retracts

    def _taken_back(self, verb: int) -> Candidate | None:
        tree = self._tree
        token = tree.tokens[verb]
        particle = tree.one(verb, "prt", "advmod")
        back = particle is not None and tree.tokens[particle].text.lower() == "back" and particle > verb
        target = tree.one(verb, "dobj")
        passive = tree.one(verb, "nsubjpass")
        if passive is not None:
            return self._withdrawn(verb, passive)
        if token.lemma in ("backtrack", "apologise", "apologize", "row", "walk") and target is None:
            return self._sorry(verb)
        if target is None or target < verb or unreal(tree, self._cues, verb):
            return None
        subject = self._subject(verb)
        if subject is None or negated(tree, verb) or token.pos == "NOUN":
            return None
        if token.lemma in ("walk", "row", "pull", "take") and not back:
            return None
        known = tree.tokens[target]
        if known.lemma in self._words.retractable:
            self.heads.add(target)
        first_person = tree.tokens[subject].text.lower() == "we"
        own = tree.one(target, "poss")
        its = own is not None and tree.tokens[own].tag == "PRP$"
        if token.lemma in self._words.changing and not first_person and not its:
            return None
        if known.lemma not in self._words.retractable and not (back and known.text.lower() == "it"):
            return None
        made = self._made([verb], "retracts", subject, (tree.clean(tree.extent(target)),))
        if made is not None and back and particle is not None:
            joined = tree.spans(sorted({*tree.verb_group(verb), particle}))
            return Candidate(made.source, joined, made.content, 0.8, stance="retracts", own=made.own)
        return made

    def _withdrawn(self, verb: int, passive: int) -> Candidate | None:
        """ "The ministry's statement was later withdrawn", "the post was deleted": the owner's act, or nobody's that is told."""
        tree = self._tree
        known = tree.tokens[passive]
        if tree.tokens[verb].lemma in self._words.changing | {"take", "reverse"} or known.lemma not in self._words.retractable:
            return None
        if negated(tree, verb) or self._deep(verb) or not tree.under(verb, "auxpass"):
            return None
        agent = tree.one(verb, "agent")
        source = tree.one(agent, "pobj") if agent is not None else tree.one(passive, "poss")
        content = (tree.noun_phrase(passive, full=False),)
        if agent is None and source is not None:
            content = (tree.clean(Span(tree.tokens[passive].start, tree.tokens[tree.last[passive]].end)),)
        made = self._made([verb], "retracts", source, content)
        if made is not None and made.source is not None and made.source.of(tree.text).endswith(("'s", "’s")):
            return msgspec.structs.replace(made, source=Span(made.source.start, made.source.end - 2))
        return made

    def _sorry(self, verb: int) -> Candidate | None:
        """ "backtracked on the claim", "apologised for the report", "walked back on its toll"."""
        tree = self._tree
        subject = self._subject(verb)
        if subject is None or negated(tree, verb) or unreal(tree, self._cues, verb):
            return None
        for child in tree.under(verb, "prep"):
            below = tree.one(child, "pobj")
            if below is not None and tree.tokens[below].lemma in self._words.retractable | {"error", "mistake"}:
                return self._made([verb], "retracts", subject, (tree.clean(tree.extent(below)),))
        return None

    def _earlier(self, verb: int) -> Candidate | None:
        """ "An earlier version of this article said that P", "Earlier we wrote that P"."""
        tree = self._tree
        subject, clause = tree.one(verb, "nsubj"), tree.one(verb, "ccomp")
        if subject is None or clause is None or clause < verb or verb in self._quoted:
            return None
        word = tree.tokens[subject]
        earlier = [tree.tokens[c].lemma for c in (*tree.children[subject], *tree.children[verb])]
        if not {"early", "earlier", "previous", "previously"} & {w.lower() for w in earlier}:
            return None
        if word.lemma not in ("version", "edition") and word.text.lower() != "we":
            return None
        first = max(tree.first[clause], verb + 1)
        first += tree.tokens[first].text.lower() == "that"
        return self._made([verb], "retracts", subject, (tree.clean(tree.syntax.span(first, tree.last[clause])),), own=True)
