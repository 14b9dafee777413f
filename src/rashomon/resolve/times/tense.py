"""The tense of the clause that a time expression stands in."""

from __future__ import annotations

import re

from ...knowledge.times import TimeWords
from ...records import Span, Syntax
from ...records.expression import Tense

_CONTEXT = 90
_CLIMB = 40
_MARK = re.compile(r"[\"\u201c\u201d]")
_UNTIL = ("until", "till", "to")


class TenseWords:
    """What tells a tense. `ahead` are lemmas whose clauses lie ahead in the present tense too ("a demand that they leave on
    Friday"), `reporting` those that in the present tense tell what is past ("he says on Friday"); the patterns serve where
    nothing was parsed."""

    def __init__(self, words: TimeWords) -> None:
        self.future_helpers, self.modals = frozenset(words.future_helpers), frozenset(words.modals)
        self.put_off = frozenset(words.put_off)
        self.ahead, self.reporting = frozenset(words.ahead), frozenset(words.reporting)
        self.future = re.compile(rf"\b(?:{'|'.join(words.future_signs)})\b", re.IGNORECASE)
        self.past = re.compile(rf"\b(?:{'|'.join(words.past_signs)})\b")
        self.present = re.compile(rf"\b(?:{'|'.join(words.present_signs)})\b", re.IGNORECASE)


def tense_of(span: Span, text: str, sentence: Span, syntax: Syntax | None, words: TenseWords, lead: str = "") -> Tense:
    """Tense of the verb that governs the expression; read off the words around it where nothing was parsed."""
    if syntax is None:
        return _guess(span, text, sentence, words)
    index = syntax.token_at(span.start)
    if index is None:
        return ""
    for _ in range(_CLIMB):
        token = syntax.tokens[index]
        if token.pos in ("VERB", "AUX") and token.tag != "VBG" and token.dep not in ("amod", "aux", "auxpass"):
            lemma = token.lemma.casefold()
            if (lead in _UNTIL and lemma in words.put_off) or (lead == "for" and lemma in words.ahead | words.put_off):
                return "future"  # "put off until autumn", "planned for Friday"
            tense = _verb_tense(index, syntax, words)
            if tense != "present":
                return tense
            if syntax.tokens[token.head].lemma.casefold() in words.ahead and token.head != index:
                return "future"
            return "past" if lemma in words.reporting else tense
        if token.head == index:
            break
        index = token.head
    return _guess(span, text, sentence, words)


def _verb_tense(index: int, syntax: Syntax, words: TenseWords) -> Tense:
    token = syntax.tokens[index]
    helpers = [syntax.tokens[child] for child in syntax.children[index] if syntax.tokens[child].dep in ("aux", "auxpass")]
    lemmas = {helper.lemma.casefold() for helper in helpers}
    if lemmas & words.future_helpers or (lemmas & words.modals and "have" not in lemmas):
        return "future"
    if "have" in lemmas:
        return "past"
    tags = {helper.tag for helper in helpers} | {token.tag}
    if "VBD" in tags or (token.tag == "VBN" and not helpers):
        return "past"
    if any(helper.lemma == "to" for helper in helpers):
        governor = syntax.tokens[token.head]
        return "future" if governor.lemma == "be" or governor.lemma in words.ahead else _next_up(index, syntax, words)
    return "present"


def _next_up(index: int, syntax: Syntax, words: TenseWords) -> Tense:
    head = syntax.tokens[index].head
    return _verb_tense(head, syntax, words) if head != index and syntax.tokens[head].pos in ("VERB", "AUX") else "present"


def _guess(span: Span, text: str, sentence: Span, words: TenseWords) -> Tense:
    before = text[max(sentence.start, span.start - _CONTEXT) : span.start]
    after = text[span.end : min(sentence.end, span.end + _CONTEXT)]
    # Quoted words tell nothing of the tense of those around them.
    around = _MARK.split(before)[-1] + text[span.start : span.end] + _MARK.split(after)[0]
    if words.future.search(around):
        return "future"
    if words.past.search(around):
        return "past"
    return "present" if words.present.search(around) else ""
