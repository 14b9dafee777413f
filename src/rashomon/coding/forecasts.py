"""Statements about what will happen, with whose they are and what they hang on."""

from __future__ import annotations

from ..knowledge.books import Forecasting
from ..knowledge.coding import CodingKnowledge
from ..records import Forecast, Span
from . import clauses
from .scene import Scene


def find(scene: Scene, knowledge: CodingKnowledge) -> list[Forecast]:
    """Forecasts of the body in text order; of two that overlap the wider one. No horizon is made up."""
    words = knowledge.books.forecasts
    found: list[Forecast] = []
    for sentence in scene.syntax.sentences:
        if sentence.region != "body":
            continue
        for index in range(sentence.first, sentence.last):
            verb = _predicate(scene, index, words)
            if verb is not None:
                found.append(_forecast(scene, index, verb, words))
    kept: list[Forecast] = []
    for forecast in sorted(found, key=lambda one: (-one.span.width, one.span.start)):
        if not any(forecast.span.overlaps(other.span) for other in kept):
            kept.append(forecast)
    return sorted(kept, key=lambda one: one.span)


def _predicate(scene: Scene, index: int, words: Forecasting) -> int | None:
    """The verb of the forecast that the word at `index` marks, None when it marks none."""
    token = scene.tokens[index]
    lower = token.text.lower()
    if token.dep in {"aux", "auxpass"} and lower in words.auxiliaries and scene.tokens[token.head].dep != "relcl":
        return token.head
    if token.pos == "VERB" and token.lemma in words.verbs and token.tag != "VBN" and scene.grammar.under(index, "ccomp", "xcomp"):
        return index
    if lower in words.adjectives and token.dep in {"acomp", "ROOT", "oprd"} and scene.grammar.under(index, "xcomp", "ccomp"):
        return token.head
    if token.tag == "VBN" and token.lemma == "expect" and scene.grammar.under(index, "xcomp"):
        return index
    return None


def _forecast(scene: Scene, index: int, verb: int, words: Forecasting) -> Forecast:
    span = clauses.clause(scene, verb)
    condition = _condition(scene, verb, words)
    claim = scene.claim_over(span) or scene.claim_over(Span(scene.tokens[verb].start, scene.tokens[verb].end))
    tokens = [scene.tokens[index], *(scene.tokens[child] for child in scene.grammar.under(verb, "advmod"))]
    certainty = [token.text for token in tokens if token.text.lower() in words.adverbs | words.adjectives | words.auxiliaries]
    return Forecast(
        span=span,
        forecaster=claim.speaker if claim else None,
        statement=" ".join(span.of(scene.text).split()),
        condition=condition.of(scene.text) if condition else None,
        certainty_words=" ".join(certainty) or None,
        attribution=claim.id if claim else None,
    )


def _condition(scene: Scene, verb: int, words: Forecasting) -> Span | None:
    for child in scene.grammar.under(verb, "advcl"):
        for mark in scene.grammar.under(child, "mark", "advmod"):
            if scene.tokens[mark].text.lower() in words.conditions:
                return clauses.clause(scene, child)
    return None
