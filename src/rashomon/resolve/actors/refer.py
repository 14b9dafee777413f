"""Descriptions, then pronouns, tied to whom they mean, only where that is safe; otherwise they stay untied."""

from __future__ import annotations

from ...knowledge.actors import Singular
from ...knowledge.folding import Word
from ...records import Span
from .drafts import Draft, head_of
from .pronouns import Pronouns
from .seen import SUBJECTS

# How many sentences back a name may stand.
DESCRIPTION_REACH = 4
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class Referents(Pronouns):
    """Finds antecedents in one document."""

    def resolve(self, blocks: list[list[Word]]) -> None:
        """Apposition first, then descriptions, then pronouns, which may refer to either."""
        self._appositions()
        for words in blocks:
            at = 0
            while at < len(words):
                at += self._description(words, at)
        for index, token in enumerate(self._syntax.tokens):
            row = self._lexicon.pronouns.get(token.text.casefold())
            if row is not None and token.pos in ("PRON", "DET") and index not in self._inside:
                self._pronoun(index, row)

    def _appositions(self) -> None:
        """ "Jaish al-Islam, a Turkish-backed group": the second is the first."""
        for draft in self._named:
            token = self._syntax.tokens[draft.head]
            if token.dep != "appos" or not draft.description:
                continue
            above = self._by_head.get(token.head)
            if above is not None and above is not draft and not above.description:
                draft.entity = above.entity

    # -- descriptions

    def _description(self, words: list[Word], at: int) -> int:
        found = self._lexicon.singular.match(words, at, len(words))
        if found is None:
            return 1
        size, number = found
        row = self._lexicon.actors.descriptions.singular[int(number)]
        span = Span(words[at].start, words[at + size - 1].end)
        head = head_of(self._syntax, span)
        token = self._syntax.tokens[head]
        if head in self._inside or token.pos not in ("NOUN", "PROPN") or token.dep in ("compound", "amod", "nmod", "appos"):
            return size
        below = [self._syntax.tokens[child] for child in self._syntax.children[head]]
        if any(child.dep == "prep" and child.text.casefold() == "of" for child in below):
            return size
        determiners = {child.text.casefold() for child in below if child.dep in ("det", "predet")}
        if row.pair:
            self._pair(span, head, row, determiners, {child.text.casefold() for child in below})
        elif determiners & _DEFINITE and row.refers:
            self._definite(span, head, row)
        return size

    def _definite(self, span: Span, head: int, row: Singular) -> None:
        if any(child.dep in ("relcl", "acl") for child in self._below(head)):
            return
        if any(child in self._inside for child in self._syntax.children[head]):
            return
        if row.refers == ("state",) and self._syntax.tokens[head].dep not in SUBJECTS:
            return  # "in the country" says where
        if any(child.dep == "amod" and child.lemma.casefold() in ("other", "same", "new", "only") for child in self._below(head)):
            return
        for draft in self._backwards(head, DESCRIPTION_REACH):
            figure = self._cast.figures[draft.entity]
            own = figure.kind == "armed-force" and "armed-group" in row.refers and self._lexicon.state_of(figure.id) is None
            if (figure.kind in row.refers or own) and not draft.pronoun and not figure.id.startswith("some-"):
                if draft.modifier and figure.kind == "state":
                    continue
                if figure.kind == "person" and not self._holds(figure.id, head):
                    continue
                self._add(Draft(span, head, draft.entity, description=True, confidence=0.6))
                return

    def _holds(self, person: str, head: int) -> bool:
        """False for "the foreign minister" where neither the words before his name nor a known office say that he is one."""
        kind = [child.text.casefold() for child in self._below(head) if child.dep in ("compound", "amod", "nmod")]
        if not kind:
            return True
        noun = self._syntax.tokens[head].text.casefold()
        leader = self._lexicon.leaders.get(self._cast.figures[person].name)
        offices = {term.office for term in leader.terms} if leader is not None else set()
        names = [name.casefold() for name in self._cast.figures[person].known_as]
        return any(noun in said.split() for said in [*offices, *names])

    def _pair(self, span: Span, head: int, row: Singular, determiners: set[str], below: set[str]) -> None:
        if not (determiners | below) & {"both", "two"}:
            return
        states: list[str] = []
        for draft in self._backwards(head, 2):
            acts = self._syntax.tokens[draft.head].dep in (*SUBJECTS, "conj", "appos")
            if acts and self._cast.figures[draft.entity].kind in row.refers and draft.entity not in states:
                states.append(draft.entity)
        if len(states) == 2:
            whole = Span(min(span.start, *(child.start for child in self._below(head))), span.end)
            for entity in states:
                self._add(Draft(whole, head, entity, description=True, confidence=0.6, plural=True))
