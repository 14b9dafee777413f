"""The mentions of one document in text order, for those who look back from a word to whom it can mean."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

from ...knowledge.lexicon import Lexicon
from ...records import Sentence, Syntax, Token
from .drafts import Cast, Draft

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


class Seen:
    """Works on the mentions that the cast has when it is made, and on those that it adds."""

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

    def _below(self, head: int) -> list[Token]:
        return [self._syntax.tokens[child] for child in self._syntax.children[head]]

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
