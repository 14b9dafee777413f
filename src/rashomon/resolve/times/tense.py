"""The tense of the clause that a time expression stands in."""

from __future__ import annotations

import re

from ...records import Span, Syntax
from ...records.expression import Tense

_FUTURE = re.compile(r"\b(?:will|shall|won['’]t|is to|are to|due to|expected to|plans? to|scheduled|going to|would)\b", re.I)
_PRESENT = re.compile(r"\b(?:is|are|has|have|remains?|says?|continues?)\b", re.I)
_CONTEXT = 90
_CLIMB = 40


def tense_of(
    span: Span, text: str, sentence: Span, syntax: Syntax | None, ahead: frozenset[str], reporting: frozenset[str]
) -> Tense:
    """Tense of the verb that governs the expression; read off the words around it where nothing was parsed.

    `ahead` are lemmas whose clauses lie ahead in the present tense too ("a demand that they leave on Friday"),
    `reporting` those that in the present tense tell what is past ("he says on Friday").
    """
    if syntax is None:
        return _guess(span, text, sentence)
    index = syntax.token_at(span.start)
    if index is None:
        return ""
    for _ in range(_CLIMB):
        token = syntax.tokens[index]
        if token.pos in ("VERB", "AUX") and token.tag != "VBG" and token.dep not in ("amod", "aux", "auxpass"):
            tense = _verb_tense(index, syntax, ahead)
            if tense != "present":
                return tense
            if syntax.tokens[token.head].lemma.casefold() in ahead and token.head != index:
                return "future"
            return "past" if token.lemma.casefold() in reporting else tense
        if token.head == index:
            break
        index = token.head
    return _guess(span, text, sentence)


def _verb_tense(index: int, syntax: Syntax, ahead: frozenset[str]) -> Tense:
    token = syntax.tokens[index]
    helpers = [syntax.tokens[child] for child in syntax.children[index] if syntax.tokens[child].dep in ("aux", "auxpass")]
    lemmas = {helper.lemma.casefold() for helper in helpers}
    if lemmas & {"will", "shall", "'ll", "would"}:
        return "future"
    if "have" in lemmas:
        return "past"
    tags = {helper.tag for helper in helpers} | {token.tag}
    if "VBD" in tags or (token.tag == "VBN" and not helpers):
        return "past"
    if any(helper.lemma == "to" for helper in helpers):
        governor = syntax.tokens[token.head]
        return "future" if governor.lemma == "be" or governor.lemma in ahead else _next_up(index, syntax, ahead)
    return "present"


def _next_up(index: int, syntax: Syntax, ahead: frozenset[str]) -> Tense:
    head = syntax.tokens[index].head
    return _verb_tense(head, syntax, ahead) if head != index and syntax.tokens[head].pos in ("VERB", "AUX") else "present"


def _guess(span: Span, text: str, sentence: Span) -> Tense:
    around = text[max(sentence.start, span.start - _CONTEXT) : min(sentence.end, span.end + _CONTEXT)]
    if _FUTURE.search(around):
        return "future"
    if re.search(r"\b\w{2,}ed\b|\b(?:was|were|had|did|said|began|took|left|fell|hit|told|won|lost)\b", around):
        return "past"
    return "present" if _PRESENT.search(around) else ""
