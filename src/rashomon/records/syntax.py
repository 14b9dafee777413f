"""Sentences and tokens of one document, as plain values: no stage but annotate/ knows which parser made them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from .span import Span
from .vocabulary import Region


class Token(msgspec.Struct, frozen=True, gc=False):
    """One token. `head` is the index of its syntactic head in the document (its own index for a root).

    `pos` is the Universal Dependencies part of speech, `tag` the Penn Treebank one, `dep` the ClearNLP relation that
    spaCy's English models give, `entity` the OntoNotes type of the name it belongs to, or "".
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""
    entity_begins: bool = False

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence: its span, its tokens `[first, last)`, the block it stands in and that block's region."""

    span: Span
    first: int
    last: int
    block: int
    region: Region
    headline: bool = False


_NONE: Mapping[str, tuple[int, ...]] = {}


class Syntax(msgspec.Struct, frozen=True, dict=True):
    """Tokens and sentences of one document; `children[i]` are the dependents of token i in text order."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    children: tuple[tuple[int, ...], ...]

    @cached_property
    def relations(self) -> Sequence[Mapping[str, tuple[int, ...]]]:
        """For each token, relation -> its dependents in that relation, in text order."""
        deps = [token.dep for token in self.tokens]
        return [_by_relation(children, deps) if children else _NONE for children in self.children]

    @cached_property
    def lowers(self) -> Sequence[str]:
        """The tokens' text in lower case."""
        return [token.text.lower() for token in self.tokens]

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each token begins."""
        return [token.start for token in self.tokens]

    @cached_property
    def ends(self) -> Sequence[int]:
        """Where each token ends."""
        return [token.end for token in self.tokens]

    @cached_property
    def _lasts(self) -> Sequence[int]:
        return [sentence.last for sentence in self.sentences]

    def paragraphs(self) -> Iterator[Span]:
        """The stretches of text that were parsed, one a block, in text order."""
        start, end, block = 0, 0, None
        for sentence in self.sentences:
            if sentence.block != block:
                if block is not None:
                    yield Span(start, end)
                start, block = sentence.span.start, sentence.block
            end = sentence.span.end
        if block is not None:
            yield Span(start, end)

    def subtree(self, index: int) -> list[int]:
        """Indices of the token and everything under it, in text order."""
        found, stack = [], [index]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.children[at])
        return sorted(found)

    def span(self, first: int, last: int) -> Span:
        """Characters from token `first` up to and including token `last`."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def sentence_of(self, index: int) -> Sentence:
        """The sentence that holds token `index`; ValueError when none does."""
        at = bisect_right(self._lasts, index)
        if at == len(self.sentences) or index < self.sentences[at].first:
            raise ValueError(f"token {index} stands in no sentence")
        return self.sentences[at]

    def token_at(self, offset: int) -> int | None:
        """Index of the token that covers the character `offset`, or of the first one after it; None past the end."""
        at = bisect_right(self.ends, offset)
        return at if at < len(self.tokens) else None

    def within(self, span: Span) -> range:
        """Indices of the tokens that lie wholly inside `span`, in text order."""
        first = bisect_left(self.starts, span.start)
        return range(first, max(first, bisect_right(self.ends, span.end)))


def _by_relation(children: Sequence[int], deps: Sequence[str]) -> dict[str, tuple[int, ...]]:
    if len(children) == 1:
        return {deps[children[0]]: tuple(children)}
    found: dict[str, list[int]] = {}
    for child in children:
        found.setdefault(deps[child], []).append(child)
    return {relation: tuple(few) for relation, few in found.items()}
