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
    if token.pos == "PROPN" and (token.entity == "PERSON" or _entitled(tree, cues, head)):
        return "person"
    return "body" if token.pos in ("NOUN", "PROPN") else ""


def _entitled(tree: Tree, cues: CueKnowledge, head: int) -> bool:
    """True for a name with a noun for people before it: "spokeswoman Ada Nor"."""
    words = [tree.tokens[at].text.lower() for at in tree.under(head, "compound", "nmod", "amod")]
    return any(_listed(cues, word) for word in words)


def person(tree: Tree, cues: CueKnowledge, head: int) -> bool:
    """True for a common noun for people."""
    token = tree.tokens[head]
    return token.pos == "NOUN" and (
        _listed(cues, token.lemma) or (token.lemma.endswith(cues.agents) and not thing(cues, token.lemma))
    )


def _listed(cues: CueKnowledge, lemma: str) -> bool:
    """True for a noun for people that the lists hold or that an ending of theirs makes one."""
    known = cues.anonymous
    if lemma in known.people | known.offices | known.kin | known.mouthpieces:
        return True
    if lemma in known.nouns - known.documents - {"poll"} or lemma.endswith(_ENDINGS):
        return True
    return any(lemma.endswith(word) for word in known.people if len(word) > 5)


def thing(cues: CueKnowledge, noun: str) -> bool:
    """True for a common noun for a body, an outlet, a text or anything else that speaks and is no person."""
    return noun in cues.bodies | cues.outlets | cues.utterances | cues.evidence | cues.embeds | cues.issued | cues.things


def nameless(tree: Tree, cues: CueKnowledge, head: int) -> bool:
    """True for one or more persons without a name, an office or a tie that picks out one: "a governor", "residents",
    "the guard"; not "the governor", "the victim's wife", "a spokesman for the army"."""
    token = tree.tokens[head]
    known = cues.anonymous
    if token.lemma in known.mouthpieces or token.pos != "NOUN" or not _listed(cues, token.lemma):
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
