"""Pronouns tied to whom they mean, only where that is safe; otherwise they stay untied.

In this order: "X and their guns", "blamed X for its failure", a subject of two names, the same pronoun in the same sentence, the
nearest subject of the sentence, the only name of the sentence that fits, the nearest subject before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...knowledge.actors import Pronoun
from .drafts import Draft
from .seen import SUBJECTS, Seen

# How many sentences back a name may stand.
PRONOUN_REACH = 1
_EMPTY_IT = frozenset({"be", "seem", "appear", "become", "mean", "take", "rain", "happen", "turn", "follow", "remain"})
_WHERE = frozenset({"in", "across", "inside", "throughout", "around", "near", "outside", "over"})
_OWNING = frozenset({"his", "hers", "theirs"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
# Subjects joined by "and" that a plural can stand for at once.
MOST = 3
_STEPS = 12


class Pronouns(Seen):
    """Finds the antecedents of pronouns in one document."""

    def _pronoun(self, index: int, row: Pronoun) -> None:
        token = self._syntax.tokens[index]
        word = token.text.casefold()
        if word == "it" and (token.dep in SUBJECTS and self._expletive(index)):
            return
        if word == "that":
            return
        if word.endswith(("self", "selves")):
            own = self._own_subject(index)
            found: Sequence[Draft] = [own] if own is not None else []
        else:
            found = self._antecedents(index, row)
        for draft in found:
            plural = draft.plural or len(found) > 1
            self._add(Draft(token.span, index, draft.entity, pronoun=True, confidence=0.6, plural=plural))

    def _own_subject(self, index: int) -> Draft | None:
        """For "itself" and "themselves" the subject of their own clause; None where that is nobody known."""
        at = index
        while self._syntax.tokens[at].head != at:
            at = self._syntax.tokens[at].head
            subjects = [child for child in self._syntax.children[at] if self._syntax.tokens[child].dep in ("nsubj", "nsubjpass")]
            if subjects:
                return self._by_head.get(subjects[0])
        return None

    def _expletive(self, index: int) -> bool:
        """ "It is clear that", "it seems", "when it comes to": stands for nobody."""
        head = self._syntax.tokens[index].head
        verb, below = self._syntax.tokens[head], self._below(head)
        if verb.lemma.casefold() == "come":
            return {"when", "to"} <= {child.text.casefold() for child in below}
        return verb.lemma.casefold() in _EMPTY_IT or (
            verb.dep == "ROOT" and verb.tag == "VBN" and any(child.dep in ("ccomp", "csubj") for child in below)
        )

    # -- whom it can mean

    def _antecedents(self, index: int, row: Pronoun) -> Sequence[Draft]:
        """All that the pronoun stands for: one, several joined by "and", or none where that is not sure."""
        beside = self._beside(index, row)
        if beside is not None:
            return [beside]
        if row.number == "many":
            joint = self._joint(index)
            if joint is not None:
                return joint
        barred = self._barred(index)
        fitting = [
            draft for draft in self._backwards(index, PRONOUN_REACH)
            if draft.entity not in barred and self._fits(draft, row) and self._suits(draft, index)
        ]
        here = self._sentence[index]
        near = [draft for draft in fitting if self._sentence.get(draft.head) == here]
        if row.number == "many" and not near:
            near = [draft for draft in self._backwards(index, 0) if draft.modifier and self._group(draft)]
        again = self._again(index, near)
        if again is not None:
            return [again]
        blocked = self._rival(index, row)
        for stretch in (near, fitting):
            for draft in stretch:
                if self._syntax.tokens[draft.head].dep in SUBJECTS:
                    return [] if blocked is not None and blocked > draft.head else self._whole(draft, row)
            only = self._only(stretch, row, index)
            if only is not None and (blocked is None or (self._syntax.tokens[blocked].dep == "dobj" and blocked < only.head)):
                return [only]
        return []

    def _group(self, draft: Draft) -> bool:
        """ "The jihadi cause", of which "they" can be said."""
        return self._cast.figures[draft.entity].kind == "armed-group" and (draft.plural or not draft.pronoun)

    def _only(self, drafts: Sequence[Draft], row: Pronoun, index: int) -> Draft | None:
        """The only one of them; whoever merely owns something ("Ankara's plans") is not meant by "they"."""
        tokens = self._syntax.tokens
        if row.number == "many" and tokens[index].dep != "poss" and all(tokens[draft.head].dep == "poss" for draft in drafts):
            return None
        if row.number == "many":
            drafts = [draft for draft in drafts if self._syntax.tokens[draft.head].tag in ("NNS", "NNPS")] or drafts
        return drafts[0] if drafts and len({draft.entity for draft in drafts}) == 1 else None

    def _beside(self, index: int, row: Pronoun) -> Draft | None:
        """ "The rebels and their guns"; "blamed Russia for its failure"."""
        tokens = self._syntax.tokens
        token = tokens[index]
        if token.dep != "poss":
            return None
        if tokens[token.head].dep == "conj":
            draft = self._by_head.get(tokens[token.head].head)
            if draft is not None and draft.head < index and self._fits(draft, row):
                return draft
        if index >= 2 and tokens[index - 1].text.casefold() == "for":
            for draft in self._backwards(index, 0):
                if draft.span.end < tokens[index - 2].end:
                    break
                if draft.span.end == tokens[index - 2].end and tokens[draft.head].dep in _OBJECTS and self._fits(draft, row):
                    return draft
        return None

    def _joint(self, index: int) -> Sequence[Draft] | None:
        """Both of "Ankara and Doha": the subject of the verb above, where it is several joined by "and"; none of them where not
        all are known. None where the subject is one."""
        tokens = self._syntax.tokens
        at = index
        for _ in range(_STEPS):
            below, at = at, tokens[at].head
            if at == below:
                return None
            subjects = [child for child in self._subjects(at) if child < index]
            if subjects and subjects[0] != below:
                parts = self._parts(subjects[0])
                if len(parts) > 1 and max(parts) < index:
                    drafts = [self._by_head.get(part) for part in parts]
                    known = [draft for draft in drafts if draft is not None and not draft.pronoun]
                    if tokens[index].dep in ("dobj", "dative") and tokens[index].head == at:
                        return None  # an object is none of them
                    return [] if len(known) != len(parts) or len(parts) > MOST else known
                return None
        return None

    def _subjects(self, verb: int) -> list[int]:
        return [child for child in self._syntax.children[verb] if self._syntax.tokens[child].dep in ("nsubj", "nsubjpass")]

    def _parts(self, head: int) -> list[int]:
        """The token and those joined to it."""
        found, stack = [head], [head]
        while stack:
            below = [child for child in self._syntax.children[stack.pop()] if self._syntax.tokens[child].dep == "conj"]
            found += below
            stack += below
        return found

    def _whole(self, draft: Draft, row: Pronoun) -> Sequence[Draft]:
        """The subject, with those joined to it where a plural can mean them all."""
        if row.number == "one":
            return [draft]
        if draft.pronoun:
            return [one for one in self._named if one.pronoun and one.span == draft.span]
        drafts = [self._by_head.get(part) for part in self._parts(draft.head)]
        known = [one for one in drafts if one is not None and not one.modifier]
        return known if len(known) == len(drafts) <= MOST else [draft] if len(drafts) == 1 else []

    def _barred(self, index: int) -> set[str]:
        """Whom an object cannot mean: the subject of its own clause, with those joined to it."""
        tokens = self._syntax.tokens
        token = tokens[index]
        if token.dep not in _OBJECTS or token.text.casefold() in _OWNING:
            return set()
        at = token.head
        for _ in range(_STEPS):
            if tokens[at].pos in ("VERB", "AUX") or tokens[at].head == at:
                break
            at = tokens[at].head
        parts = [one for part in self._subjects(at) for one in self._parts(part)]
        return {self._by_head[part].entity for part in parts if part in self._by_head}

    def _again(self, index: int, near: Sequence[Draft]) -> Draft | None:
        """Whom the same object pronoun means earlier in the sentence."""
        token = self._syntax.tokens[index]
        if token.dep not in _OBJECTS:
            return None
        return next(
            (draft for draft in near if draft.pronoun and draft.span.of(self._text).casefold() == token.text.casefold()), None
        )

    def _rival(self, index: int, row: Pronoun) -> int | None:
        """The nearest subject before the pronoun that is no actor and could be meant by its number; an object for an object."""
        if row.gender is not None:
            return None
        sentence = self._syntax.sentences[self._sentence[index]]
        links = ("nsubj", "nsubjpass", "dobj") if self._syntax.tokens[index].dep == "dobj" else ("nsubj", "nsubjpass")
        for at in range(index - 1, max(-1, sentence.first - 1), -1):
            token = self._syntax.tokens[at]
            if token.dep in links and token.pos in ("NOUN", "PROPN") and at not in self._inside:
                plural = token.tag in ("NNS", "NNPS")
                if plural == (row.number == "many"):
                    return at
        return None

    def _fits(self, draft: Draft, row: Pronoun) -> bool:
        figure = self._cast.figures[draft.entity]
        if figure.kind not in row.refers:
            return False
        if row.gender is not None and figure.gender is not None and figure.gender != row.gender:
            return False
        if draft.modifier:
            return False
        if draft.pronoun:
            own = self._lexicon.pronouns.get(draft.span.of(self._text).casefold())
            return own is None or own.number == row.number
        tag = self._syntax.tokens[draft.head].tag
        if row.number == "many":
            many = draft.plural or tag in ("NNS", "NNPS") or len(self._parts(draft.head)) > 1
            return many or figure.kind in ("armed-group", "armed-force")
        return row.refers == ("person",) or (not draft.plural and tag not in ("NNS", "NNPS"))

    def _suits(self, draft: Draft, index: int) -> bool:
        """False where the words around the pronoun speak against that kind: "its recapture" is a place's, "it seized" no
        outlet's."""
        token, kind = self._syntax.tokens[index], self._cast.figures[draft.entity].kind
        word = token.text.casefold()
        if kind == "state" and token.dep != "poss" and self._syntax.tokens[draft.head].dep == "pobj":
            above = self._syntax.tokens[self._syntax.tokens[draft.head].head]
            if above.text.casefold() in _WHERE:
                return False  # "the war in Syria": where, not who
        if word == "its" and kind != "state":
            return self._syntax.tokens[token.head].lemma.casefold() not in self._lexicon.place_nouns
        if word == "it" and kind == "media":
            return token.dep in SUBJECTS and self._syntax.tokens[token.head].lemma.casefold() in self._lexicon.media_verbs
        return True
