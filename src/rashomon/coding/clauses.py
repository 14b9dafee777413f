"""Spans of clauses and noun phrases, as a reader would mark them."""

from __future__ import annotations

from ..records import Span
from .scene import Scene

_CLAUSES = frozenset({"advcl", "parataxis", "relcl", "dep", "mark", "cc", "punct", "ccomp", "intj", "meta"})
_PHRASE_ENDS = frozenset({"relcl", "punct", "appos", "cc", "conj", "parataxis", "advcl"})


def clause(scene: Scene, verb: int, *, conditions: bool = False) -> Span:
    """The verb's clause: subject to last complement, without subordinate clauses; with `conditions` its if-clauses too."""
    kept = {verb}
    stack = [verb]
    while stack:
        at = stack.pop()
        for child in scene.syntax.children[at]:
            token = scene.tokens[child]
            if (
                token.dep == "conj"
                and scene.tokens[child].pos in {"VERB", "AUX"}
                and (scene.grammar.under(child, "nsubj", "nsubjpass") or at == verb)
            ):
                continue
            if at == verb and token.dep in _CLAUSES and not (conditions and token.dep == "advcl"):
                continue
            kept.add(child)
            stack.append(child)
    return _run(scene, kept, verb)


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
    while first < centre and scene.tokens[first].pos == "PUNCT":
        first += 1
    while last > centre and scene.tokens[last].pos == "PUNCT":
        last -= 1
    return scene.syntax.span(first, last)
