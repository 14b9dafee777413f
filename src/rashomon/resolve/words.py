"""The words of a block that the parser has tokens for."""

from __future__ import annotations

import msgspec

from ..knowledge.folding import WORD, Word, fold, stem
from ..knowledge.framing import Framing
from ..records import Span, Syntax


def words_of(text: str, span: Span, syntax: Syntax) -> list[Word]:
    """The words inside `span` that the parser has tokens for, in text order."""
    found = []
    token = syntax.token_at(span.start)
    if token is None:
        return []
    starts, ends = syntax.starts, syntax.ends
    for match in WORD.finditer(text, span.start, span.end):
        start, end = match.span()
        while token < len(ends) and ends[token] <= start:
            token += 1
        if token >= len(ends):
            break
        if starts[token] >= end:
            continue
        bare, possessive = stem(match.group())
        norm = fold(bare)
        found.append(Word(bare, norm, start, start + len(bare), token, possessive, norm, not bare[0].islower()))
    return found


def plainly(words: list[Word], syntax: Syntax, framing: Framing) -> list[Word]:
    """The words without modifiers that name nobody, which belong to the next word then; loaded ones know their plain word."""
    if not words:
        return words
    first = words[0].token
    shown = framing.named([token.text for token in syntax.tokens[first : words[-1].token + 1]])
    kept: list[Word] = []
    start: int | None = None
    for word in words:
        new = shown[word.token - first]
        if new is None:
            start = word.start if start is None else start
            continue
        if start is not None:
            word = msgspec.structs.replace(word, start=start)
            start = None
        if new != syntax.tokens[word.token].text:
            word = msgspec.structs.replace(word, plain=fold(new))
        kept.append(word)
    return kept
