"""The words of a block that the parser has tokens for."""

from __future__ import annotations

from ..knowledge.folding import WORD, Word, fold, stem
from ..records import Span, Syntax


def words_of(text: str, span: Span, syntax: Syntax) -> list[Word]:
    """The words inside `span` that the parser has tokens for, in text order."""
    found = []
    token = syntax.token_at(span.start)
    if token is None:
        return []
    for match in WORD.finditer(text, span.start, span.end):
        while token < len(syntax.tokens) and syntax.tokens[token].end <= match.start():
            token += 1
        if token >= len(syntax.tokens):
            break
        if syntax.tokens[token].start >= match.end():
            continue
        bare, possessive = stem(match.group())
        found.append(Word(bare, fold(bare), match.start(), match.start() + len(bare), token, possessive))
    return found
