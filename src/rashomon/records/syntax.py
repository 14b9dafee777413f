"""Sentences and tokens of one document, as plain values: no stage but annotate/ knows which parser made them."""

from __future__ import annotations

from collections.abc import Iterator

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


class Syntax(msgspec.Struct, frozen=True):
    """Tokens and sentences of one document; `children[i]` are the dependents of token i in text order."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    children: tuple[tuple[int, ...], ...]

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
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            sentence = self.sentences[middle]
            if index < sentence.first:
                high = middle
            elif index >= sentence.last:
                low = middle + 1
            else:
                return sentence
        raise ValueError(f"token {index} stands in no sentence")

    def token_at(self, offset: int) -> int | None:
        """Index of the token that covers the character `offset`, or of the first one after it; None past the end."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.tokens) else None

    def within(self, span: Span) -> Iterator[int]:
        """Indices of the tokens that lie wholly inside `span`, in text order."""
        index = self.token_at(span.start)
        while index is not None and index < len(self.tokens) and self.tokens[index].end <= span.end:
            if self.tokens[index].start >= span.start:
                yield index
            index += 1
