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
        # Where each figure is first named, modifiers counting for groups alone; figures by the words of their names.
        self._first: dict[str, int] = {}
        for draft in cast.drafts:
            if not draft.modifier or cast.figures[draft.entity].kind == "armed-group":
                at = self._first.get(draft.entity, draft.span.start)
                self._first[draft.entity] = min(at, draft.span.start)
        self._by_word: dict[str, list[str]] = {}
        for entity in self._first:
            figure = cast.figures[entity]
            for word in {fold(part) for part in figure.name.split()} if figure.kind in _NAMED else ():
                self._by_word.setdefault(word, []).append(entity)
        self._meant_by: dict[str, list[tuple[int, str]]] = {}

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
            if any(word.norm in self._lexicon.relations for word in words[at + 1 : start]):
                return  # "its allied forces" are not its own
            if self._syntax.tokens[words[at].token].head != head or self._lexicon.bodies[found[1]].crowd:
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
        body = found[1] if found is not None and many is None else None
        named = self._named_before(words[at].start, words[at + 1].plain, body, many is not None)
        if named is not None:
            self._tie(noun, head, named)

    def _named_before(self, start: int, noun: str, body: str | None, many: bool) -> str | None:
        """The only figure that the noun can mean among those named before `start`; None for none or several."""
        key = "some group" if many else body or noun
        found = self._meant_by.get(key)
        if found is None:
            if many:
                found = [(at, entity) for entity, at in self._first.items() if self._fights(entity)]
            elif body is not None:
                found = [(at, entity) for entity, at in self._first.items() if self._is_body(entity, body)]
            else:
                found = [(self._first[entity], entity) for entity in self._by_word.get(noun, ())]
            found = sorted(found)[:2]
            self._meant_by[key] = found
        before = [entity for at, entity in found if at < start]
        return before[0] if len(before) == 1 else None

    def _fights(self, entity: str) -> bool:
        """True for an armed group with a name of its own, or told from others by one ("Kurdish terrorists")."""
        figure = self._cast.figures[entity]
        return figure.kind == "armed-group" and (not entity.startswith("some-") or not figure.name.islower())

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
