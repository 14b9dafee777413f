"""Bodies of states that a text names by whose they are or by what it named before: "its army", "the ministry"."""

from __future__ import annotations

from collections.abc import Sequence

from ...knowledge.folding import Word, fold, joined
from ...knowledge.lexicon import Lexicon
from ...records import Span, Syntax
from .compose import Composer
from .drafts import Cast, Draft, head_of

# Kinds of bodies that have the noun in their name ("the ministry", "the mission", "the brigade").
_NAMED = frozenset({"government", "armed-force", "armed-group", "igo"})
# Words that may stand between the pronoun and the body ("its armed forces", "its own army").
_BETWEEN = 2


class Owned:
    """Ties them in one document, with the mentions that the cast has when this is made."""

    def __init__(self, text: str, syntax: Syntax, lexicon: Lexicon, cast: Cast, composer: Composer) -> None:
        self._text, self._syntax, self._lexicon, self._cast, self._composer = text, syntax, lexicon, cast, composer
        self._pronouns = {draft.head: draft for draft in cast.drafts if draft.pronoun}
        self._by_head: dict[int, Draft] = {}
        for draft in cast.drafts:
            self._by_head.setdefault(draft.head, draft)

    def possessive(self, blocks: Sequence[Sequence[Word]]) -> None:
        """ "Its army": needs the pronouns tied."""
        for words in blocks:
            for at, word in enumerate(words):
                if self._syntax.tokens[word.token].tag == "PRP$":
                    self._possessive(words, at)

    def definite(self, blocks: Sequence[Sequence[Word]]) -> None:
        """ "The army": before the pronouns, so that they follow, and after them for what stands after "its army"."""
        for words in blocks:
            for at, word in enumerate(words):
                if word.norm == "the":
                    self._definite(words, at)

    def _possessive(self, words: Sequence[Word], at: int) -> None:
        """ "Its army": the army of the state that the pronoun stands for, or whose body or government it stands for."""
        owner = self._pronouns.get(words[at].token)
        state = self._lexicon.state_of(owner.entity) if owner is not None else None
        if state is None:
            return
        for start in range(at + 1, min(at + 1 + _BETWEEN, len(words))):
            if not joined(self._text, words[start - 1], words[start]):
                return
            found = self._lexicon.body_words.match(words, start, len(words))
            if found is None:
                continue
            noun = Span(words[start].start, words[start + found[0] - 1].end)
            head = head_of(self._syntax, noun)
            if self._syntax.tokens[words[at].token].head != head or found[1] in ("civilians", "rebels", "opposition"):
                return
            key = self._composer.state_body(state, found[1])
            self._composer.plainly(key, state, noun)
            self._tie(Span(words[at].start, noun.end), head, key)
            return

    def _definite(self, words: Sequence[Word], at: int) -> None:
        """ "The army", where the text has named one army of a state so far."""
        if at + 1 >= len(words):
            return
        many = self._lexicon.collective.match(words, at + 1, len(words))
        found = many or self._lexicon.body_words.match(words, at + 1, len(words))
        noun = Span(words[at + 1].start, words[at + (1 if found is None else found[0])].end)
        head = head_of(self._syntax, noun)
        draft = self._by_head.get(head)
        token = self._syntax.tokens[head]
        if (token.tag not in ("NN", "NNP") and many is None) or token.dep in ("compound", "amod", "nmod", "poss"):
            return
        if draft is not None and not draft.entity.startswith("some-"):
            return
        below = [self._syntax.tokens[child] for child in self._syntax.children[head]]
        if any(child.dep in ("prep", "amod", "compound", "relcl", "acl") and child.start != words[at].start for child in below):
            return
        before = [one for one in self._cast.drafts if one.span.start < words[at].start]
        if many is not None:
            named = {one.entity for one in before if self._fights(one.entity)}
        else:
            body = None if found is None else found[1]
            named = {one.entity for one in before if not one.modifier and self._meant(one.entity, words[at + 1].norm, body)}
        if len(named) == 1:
            self._tie(noun, head, named.pop())

    def _fights(self, entity: str) -> bool:
        """True for an armed group with a name of its own."""
        return self._cast.figures[entity].kind == "armed-group" and not entity.startswith("some-")

    def _meant(self, entity: str, noun: str, body: str | None) -> bool:
        """True for that body of a state; where the noun is none ("the ministry"), for a body called so in its name."""
        if body is not None:
            return self._is_body(entity, body)
        figure = self._cast.figures[entity]
        return figure.kind in _NAMED and noun in {fold(word) for word in figure.name.split()}

    def _is_body(self, entity: str, body: str) -> bool:
        state = self._lexicon.state_of(entity)
        if state is None or entity == state:
            return False
        party = self._lexicon.parties.get(entity)
        return body in party.bodies if party is not None else entity == self._composer.body_id(state, body)

    def _tie(self, span: Span, head: int, key: str) -> None:
        draft = self._by_head.get(head)
        if draft is not None and (draft.entity.startswith("some-") or draft.description):
            draft.entity, draft.description, draft.confidence = key, True, 0.6
        elif draft is None:
            self._cast.mention(Draft(span, head, key, description=True, confidence=0.6), self._text)
