"""Spans of clauses and noun phrases, as a reader would mark them."""

from __future__ import annotations

from ..records import Span
from .grammar import RELATIVE
from .scene import Scene

_CLAUSES = frozenset({"advcl", "parataxis", "relcl", "dep", "mark", "cc", "punct", "ccomp", "intj", "meta"})
_SHORT = 7  # tokens in a subject that is worth repeating
_JOINING = frozenset({"that", "which", "who", "why", "then", "whether", "how", "when", "where"})
_PHRASE_ENDS = frozenset({"relcl", "punct", "appos", "cc", "conj", "parataxis", "advcl"})


def clause(scene: Scene, verb: int, *, complements: bool = False) -> Span:
    """The verb's clause: subject to last complement, without adverbial and relative clauses, or the words that join it on.

    `complements`: clauses that the verb governs belong to it ("expects them to leave").
    """
    kept = {verb}
    stack = [verb]
    while stack:
        at = stack.pop()
        for child in scene.syntax.children[at]:
            token = scene.tokens[child]
            if token.dep == "conj" and scene.tokens[child].pos in {"VERB", "AUX"} and at == verb:
                continue
            if at == verb and token.dep in _CLAUSES and not (complements and token.dep == "ccomp"):
                continue
            kept.add(child)
            stack.append(child)
    return _run(scene, kept, verb)


def core(scene: Scene, verb: int) -> Span:
    """What is done, in few words: a short subject, the verb group, and the objects' own phrases."""
    grammar = scene.grammar
    kept = {verb, *grammar.under(verb, "aux", "auxpass", "neg", "prt", "advmod")}
    for subject in grammar.under(verb, "nsubj", "nsubjpass"):
        words = list(scene.syntax.within(phrase(scene, subject)))
        if len(words) <= _SHORT and scene.tokens[subject].tag not in RELATIVE:
            kept.update(words)
    objects = [*grammar.under(verb, "dobj", "attr", "oprd")]
    for preposition in grammar.under(verb, "prep", "agent"):
        if preposition > verb:
            kept.add(preposition)
            objects += grammar.conjuncts(grammar.under(preposition, "pobj"))
    for index in objects:
        kept.update(scene.syntax.within(phrase(scene, index)))
    tokens = sorted(kept)
    start = verb
    for index in reversed([index for index in tokens if index < verb]):
        if start - index > 2:
            break
        start = index
    end = verb
    for index in [index for index in tokens if index > verb]:
        if index - end > 2:
            break
        end = index
    return scene.syntax.span(start, end)


def phrase(scene: Scene, noun: int, *, whole: bool = False) -> Span:
    """The noun phrase around `noun`: its modifiers and prepositional complements; with `whole` its clauses as well."""
    kept = {noun}
    stack = [noun]
    while stack:
        at = stack.pop()
        for child in scene.syntax.children[at]:
            if at == noun and not whole and scene.tokens[child].dep in _PHRASE_ENDS:
                continue
            kept.add(child)
            stack.append(child)
    return _run(scene, kept, noun)


def _run(scene: Scene, kept: set[int], centre: int) -> Span:
    """The unbroken stretch of kept tokens around the centre; punctuation inside does not break it."""
    first = last = centre
    while first - 1 in kept or (first - 2 in kept and scene.tokens[first - 1].dep == "punct"):
        first -= 1
    while last + 1 in kept or (last + 2 in kept and last + 1 < len(scene.tokens) and scene.tokens[last + 1].dep == "punct"):
        last += 1
    while first < centre and (scene.tokens[first].pos == "PUNCT" or scene.tokens[first].text.lower() in _JOINING):
        first += 1
    while last > centre and scene.tokens[last].pos == "PUNCT":
        last -= 1
    return scene.syntax.span(first, last)
