"""Which verbs and subjects can hand on a statement: light verbs with the right word, subjects that can speak."""

from __future__ import annotations

from ..knowledge.cues import CueKnowledge, VerbGroup
from .phrases import Tree

# Endings of nouns for people by what they do; the lists hold the rest.
_AGENT_ENDINGS = ("ist", "er", "or", "man", "woman", "ian", "ant")


def group_of(tree: Tree, cues: CueKnowledge, verb: int) -> VerbGroup | None:
    """The group of the verb, or of the light verb with the word beside it; None when it is no cue."""
    lemma = tree.tokens[verb].lemma
    group = cues.verb.get(lemma)
    if group is not None:
        return group
    for light in cues.light_verb.get(lemma, ()):
        for child in tree.children[verb]:
            if child < verb:
                continue
            words = (
                tree.tokens[child].lemma,
                *(tree.tokens[c].lemma for c in tree.under(child, "acomp", "amod", "dobj", "oprd")),
            )
            pair = " ".join(tree.tokens[at].lemma for at in range(tree.first[child], min(tree.last[child], child) + 1))
            if any(word in light.words for word in words) or pair in light.words:
                return light.group
    return None


def speaks(tree: Tree, cues: CueKnowledge, subject: int) -> bool:
    """True for a name, a personal pronoun, or a noun for a person, an outlet or a document."""
    token = tree.tokens[subject]
    if token.text.lower() in cues.pronouns.relative:
        verb = tree.tokens[token.head]
        if verb.dep != "relcl" or verb.head == token.head:
            return token.text.lower() == "who"
        token = tree.tokens[verb.head]
    if token.pos in ("PROPN", "PRON", "NUM") or token.entity in ("PERSON", "ORG", "GPE", "NORP"):
        return token.text.lower() not in cues.pronouns.neutral | {"that", "which", "this", "these", "what"}
    people = cues.speaking | cues.anonymous.people | cues.anonymous.offices | cues.anonymous.kin
    return token.lemma in people or token.lemma.endswith(_AGENT_ENDINGS)


def unreal(tree: Tree, cues: CueKnowledge, verb: int) -> bool:
    """True for speech that nobody is said to have made: "if they told him", "is unlikely to admit"."""
    for child in tree.under(verb, "mark", "advmod"):
        if child < verb and tree.tokens[child].text.lower() in cues.conditions:
            return True
    token = tree.tokens[verb]
    if token.tag != "VB" or token.head == verb:
        return False
    if not any(tree.tokens[child].tag == "TO" for child in tree.under(verb, "aux")):
        return False
    return tree.tokens[token.head].lemma not in cues.realising


_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "no"})


def negated(tree: Tree, verb: int) -> bool:
    """True for "did not P", "never P", "no X P", "none of the X P", "neither X P"."""
    for child in tree.children[verb]:
        token = tree.tokens[child]
        if token.dep == "neg" or token.text.lower() in _NEGATIONS:
            return True
        if token.dep in ("nsubj", "nsubjpass", "attr") and nobody(tree, child):
            return True
    return False


def nobody(tree: Tree, index: int) -> bool:
    """True for a noun phrase that stands for none: "nobody", "no group", "none of the accounts"."""
    if tree.tokens[index].text.lower() in _NOBODY:
        return True
    return any(tree.tokens[child].text.lower() in ("no", "neither") for child in tree.under(index, "det", "preconj", "cc", "neg"))
