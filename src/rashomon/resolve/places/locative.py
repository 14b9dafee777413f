"""Whether a place name says where, or stands for somebody, or only modifies a noun."""

from __future__ import annotations

from ...knowledge.places import Places
from ...records import Syntax
from .toponym import Toponym


def is_locative(syntax: Syntax, places: Places, toponym: Toponym) -> bool:
    """True after a locative preposition, as a modifier of what is there ("the Aleppo front"), in a dateline or headline.

    A name that is subject, agent, possessor of a state's act or an adjective says who, not where.
    """
    if toponym.adjective:
        return False
    head = toponym.head
    token = syntax.tokens[head]
    state = toponym.chosen is not None and toponym.chosen.kind == "country"
    steps = 0
    while token.dep in ("conj", "appos") and steps < 6:
        head, steps = token.head, steps + 1
        token = syntax.tokens[head]
    if toponym.key in places.seats and _acts(syntax, places, head):
        return False
    if token.dep == "pobj":
        preposition = syntax.tokens[token.head].text.casefold()
        if preposition == "of" and state:
            above = syntax.tokens[syntax.tokens[token.head].head]
            return above.lemma.casefold() in places.words.parts or above.lemma.casefold() in places.words.directions
        return preposition in places.words.locative or (not state and preposition not in ("by", "with", "against"))
    if token.dep in ("nsubj", "nsubjpass", "agent", "dative"):
        return not state and token.dep == "nsubjpass"
    if token.dep == "dobj":
        return not state
    if token.dep in ("compound", "amod", "nmod", "poss"):
        return not state
    return not state or token.dep == "ROOT"


def _acts(syntax: Syntax, places: Places, head: int) -> bool:
    """A seat of government as subject, as object of a political act or as partner of one."""
    token = syntax.tokens[head]
    above = syntax.tokens[token.head]
    if token.dep in ("dobj", "nsubjpass", "dative"):
        return above.lemma.casefold() in places.acting.verbs
    return token.dep == "nsubj" or (token.dep == "pobj" and above.text.casefold() in places.acting.prepositions)
