"""What a noun for a speaker stands for: one person, several, or a body; and whether it leaves him without a name."""

from __future__ import annotations

from typing import Literal

from ..knowledge.cues import CueKnowledge
from .phrases import Tree

Shape = Literal["person", "plural", "body", ""]
_DEFINITE = frozenset({"the", "his", "her", "its", "their", "our", "my", "this", "that"})
_ENDINGS = ("ist", "man", "woman", "ian")
BODIES = frozenset({"state", "government", "armed-force", "armed-group", "igo", "media"})


def shape(tree: Tree, cues: CueKnowledge, head: int, kind: str) -> Shape:
    """Whom a pronoun must agree with to mean this noun phrase."""
    token = tree.tokens[head]
    if kind == "person":
        return "person"
    if person(tree, cues, head):
        return "plural" if token.tag in ("NNS", "NNPS") or token.lemma == "people" else "person"
    if kind in BODIES:
        return "body"
    if token.tag == "NNS":
        return "plural"
    if token.pos == "PROPN" and token.entity == "PERSON":
        return "person"
    return "body" if token.pos in ("NOUN", "PROPN") else ""


def person(tree: Tree, cues: CueKnowledge, head: int) -> bool:
    """True for a common noun for people."""
    token = tree.tokens[head]
    if token.pos != "NOUN":
        return False
    known = cues.anonymous
    if token.lemma in known.people | known.offices | known.kin | known.mouthpieces:
        return True
    return token.lemma in known.nouns - known.documents - {"poll"} or token.lemma.endswith(_ENDINGS)


def nameless(tree: Tree, cues: CueKnowledge, head: int) -> bool:
    """True for one or more persons without a name, an office or a tie that picks out one: "a governor", "residents",
    "the guard"; not "the governor", "the victim's wife", "a spokesman for the army"."""
    token = tree.tokens[head]
    known = cues.anonymous
    if token.lemma in known.mouthpieces or not person(tree, cues, head):
        return False
    if any(tree.tokens[child].lemma in known.unnamed for child in tree.under(head, "amod")):
        return True
    definite = any(
        (tree.tokens[child].dep == "det" and tree.tokens[child].text.lower() in _DEFINITE) or tree.tokens[child].dep == "poss"
        for child in tree.children[head]
    )
    if token.lemma in known.offices:
        return token.tag == "NNS" or not definite
    if token.lemma in known.kin:
        return not definite
    return True
