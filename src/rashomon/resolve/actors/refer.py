"""Pronouns and descriptions tied to whom they mean, only where that is safe; otherwise they stay untied."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

from ...knowledge.actors import Pronoun, Singular
from ...knowledge.folding import Word
from ...knowledge.lexicon import Lexicon
from ...records import Sentence, Span, Syntax, Token
from .drafts import Cast, Draft, head_of

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
# How many sentences back a name may stand.
PRONOUN_REACH = 1
DESCRIPTION_REACH = 4
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_EMPTY_IT = frozenset({"be", "seem", "appear", "become", "mean", "take", "rain", "happen", "turn", "follow", "remain"})


class Referents:
    """Finds antecedents in one document. Works on the mentions that the cast has when it is made."""

    def __init__(self, text: str, syntax: Syntax, lexicon: Lexicon, cast: Cast) -> None:
        self._text, self._syntax, self._lexicon, self._cast = text, syntax, lexicon, cast
        self._named = sorted(cast.drafts, key=_place)
        self._by_head: dict[int, Draft] = {}
        for draft in self._named:
            self._by_head.setdefault(draft.head, draft)
        self._sentence = {
            index: number for number, sentence in enumerate(syntax.sentences) for index in range(sentence.first, sentence.last)
        }
        self._inside = {
            index for draft in self._named for index in syntax.within(draft.span)
        }

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

    def _below(self, head: int) -> list[Token]:
        return [self._syntax.tokens[child] for child in self._syntax.children[head]]

    # -- pronouns

    def _pronoun(self, index: int, row: Pronoun) -> None:
        token = self._syntax.tokens[index]
        if token.text.casefold() == "it" and token.dep in SUBJECTS and self._expletive(index):
            return
        if token.text.casefold() == "that":
            return
        draft = self._own_subject(index) if token.text.casefold().endswith(("self", "selves")) else self._antecedent(index, row)
        if draft is not None:
            self._add(Draft(token.span, index, draft.entity, pronoun=True, confidence=0.6, plural=draft.plural))

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
        """ "It is clear that", "it seems": stands for nobody."""
        verb = self._syntax.tokens[self._syntax.tokens[index].head]
        return verb.lemma.casefold() in _EMPTY_IT or any(child.dep in ("ccomp", "csubj") for child in self._below(
            self._syntax.tokens[index].head) if verb.dep == "ROOT" and verb.tag == "VBN")

    def _antecedent(self, index: int, row: Pronoun) -> Draft | None:
        """The nearest subject before the pronoun that it can stand for; else the only fitting name of that stretch."""
        token = self._syntax.tokens[index]
        own_verb = token.head if token.dep in ("dobj", "dative") else None
        fitting: list[Draft] = []
        for draft in self._backwards(index, PRONOUN_REACH):
            if not self._fits(draft, row):
                continue
            above = self._syntax.tokens[draft.head]
            if own_verb is not None and above.head == own_verb and above.dep in SUBJECTS:
                continue
            fitting.append(draft)
        if not fitting:
            return None
        blocked = self._rival(index, row)
        for draft in fitting:
            if self._syntax.tokens[draft.head].dep in SUBJECTS:
                return None if blocked is not None and blocked > draft.head else draft
        if blocked is not None:
            return None
        if row.number == "many":
            many = [draft for draft in fitting if self._syntax.tokens[draft.head].tag in ("NNS", "NNPS")]
            fitting = many or fitting
        return fitting[0] if len({draft.entity for draft in fitting}) == 1 else None

    def _rival(self, index: int, row: Pronoun) -> int | None:
        """The nearest subject before the pronoun that is no actor and could be meant by its number."""
        if row.gender is not None:
            return None
        sentence = self._syntax.sentences[self._sentence[index]]
        for at in range(index - 1, max(-1, sentence.first - 1), -1):
            token = self._syntax.tokens[at]
            if token.dep in ("nsubj", "nsubjpass") and token.pos in ("NOUN", "PROPN") and at not in self._inside:
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
        tag = self._syntax.tokens[draft.head].tag
        if row.number == "many":
            return draft.plural or tag in ("NNS", "NNPS") or figure.kind in ("armed-group", "armed-force")
        return row.refers == ("person",) or (not draft.plural and tag not in ("NNS", "NNPS"))

    def _backwards(self, index: int, reach: int) -> Iterator[Draft]:
        """Mentions before token `index`, nearest first, not further back than `reach` sentences nor across captions."""
        here = self._sentence.get(index)
        if here is None:
            return
        sentence: Sentence = self._syntax.sentences[here]
        end = bisect_left(self._named, self._syntax.tokens[index].start, key=lambda draft: draft.span.start)
        for at in range(end - 1, -1, -1):
            draft = self._named[at]
            if draft.head >= index:
                continue
            there = self._sentence.get(draft.head, -1)
            if here - there > reach or self._syntax.sentences[there].region != sentence.region:
                return
            yield draft

    def _add(self, draft: Draft) -> None:
        self._cast.mention(draft, self._text)
        insort(self._named, draft, key=_place)


def _place(draft: Draft) -> tuple[int, int]:
    return draft.span.start, -draft.span.end
