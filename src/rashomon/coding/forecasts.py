"""Statements about what will happen, with whose they are and what they hang on."""

from __future__ import annotations

from ..knowledge.books import Books, Forecasting, Undertaking
from ..knowledge.coding import CodingKnowledge
from ..records import Forecast, Span
from . import clauses
from .scene import Scene
from .timing import Timing

_NEAR = 120  # characters back to a shared subject


def find(scene: Scene, knowledge: CodingKnowledge, timing: Timing) -> list[Forecast]:
    """Forecasts of the body in text order; of two that overlap the wider one. A horizon is what its own words set."""
    words = knowledge.books.forecasts
    found: list[Forecast] = []
    for sentence in scene.syntax.sentences:
        if sentence.region != "body":
            continue
        for index in range(sentence.first, sentence.last):
            verb = _predicate(scene, index, knowledge.books)
            if verb is not None:
                found.append(_forecast(scene, verb, words, timing))
    kept: list[Forecast] = []
    for forecast in sorted(found, key=lambda one: (-one.span.width, one.span.start)):
        if not any(forecast.span.overlaps(other.span) for other in kept):
            kept.append(forecast)
    return sorted(kept, key=lambda one: one.span)


def _predicate(scene: Scene, index: int, books: Books) -> int | None:
    """The verb of the forecast that the word at `index` marks, None when it marks none."""
    token, words = scene.tokens[index], books.forecasts
    lower, grammar = token.text.lower(), scene.grammar
    if token.dep in {"aux", "auxpass"}:
        verb = token.head
        if lower in words.auxiliaries:
            return None if _surmise(scene, verb) or undertaken(scene, verb, books.undertaking) else verb
        hanging = _condition(scene, verb, words) is not None
        if lower in words.conditional and (hanging or _bounded(scene, verb, words)):
            return verb
        return verb if lower in words.abilities and grammar.under(verb, "neg") and hanging else None
    if token.pos == "VERB" and token.lemma in words.verbs and _present(scene, index):
        governed = grammar.under(index, "ccomp", "xcomp") or (token.tag == "VBN" and grammar.under(index, "advcl"))
        return index if governed else None
    predicative = token.dep in {"acomp", "oprd"} or (token.dep == "ROOT" and bool(grammar.under(index, "auxpass")))
    if lower in words.adjectives and predicative and _present(scene, token.head):
        governs = grammar.under(index, "xcomp", "ccomp") or grammar.under(token.head, "advcl", "xcomp")
        return token.head if governs else None
    return None


def undertaken(scene: Scene, verb: int, words: Undertaking) -> bool:
    """ "We will send aid": the speaker's own undertaking, by its subject."""
    return any(scene.tokens[child].text.lower() in words.persons for child in scene.grammar.under(verb, "nsubj"))


def _surmise(scene: Scene, verb: int) -> bool:
    """ "Will have told him": a guess about the past, not a forecast."""
    return (
        any(scene.tokens[child].lemma == "have" for child in scene.grammar.under(verb, "aux"))
        or scene.tokens[verb].lemma == "know"
    )


def _bounded(scene: Scene, verb: int, words: Forecasting) -> bool:
    """ "Would only make it worse"."""
    return any(scene.tokens[child].text.lower() in words.bounding for child in scene.grammar.under(verb, "advmod"))


def _present(scene: Scene, verb: int) -> bool:
    """True when the verb group is in the present: a forecast once made ("was expected to") is history."""
    tokens = [scene.tokens[verb], *(scene.tokens[child] for child in scene.grammar.under(verb, "aux", "auxpass"))]
    return not any(token.tag == "VBD" or token.lemma == "would" for token in tokens)


def _forecast(scene: Scene, verb: int, words: Forecasting, timing: Timing) -> Forecast:
    span = clauses.clause(scene, verb, complements=True)
    condition = _condition(scene, verb, words)
    shared = _shared_subject(scene, verb)
    if shared is not None and span.start - shared <= _NEAR:
        span = Span(shared, span.end)
    claim = scene.claim_over(scene.tokens[verb].span)
    certain = words.adverbs | words.adjectives | words.auxiliaries | words.verbs
    inside = list(scene.syntax.within(span))
    within = [scene.tokens[index] for index in inside]
    certainty = [token.text for token in within if token.text.lower() in certain or token.lemma in words.verbs]
    return Forecast(
        span=span,
        forecaster=claim.speaker if claim else None,
        statement=" ".join(span.of(scene.text).split()),
        horizon=timing.ahead(inside[0], inside[-1]) if inside else None,
        condition=condition.of(scene.text) if condition else None,
        certainty_words=" ".join(dict.fromkeys(certainty)) or None,
        attribution=claim.id if claim else None,
    )


def _shared_subject(scene: Scene, verb: int) -> int | None:
    """Where the subject begins that a coordinated verb shares with the first: "is ready and will soon leave"."""
    token = scene.tokens[verb]
    if token.dep != "conj" or scene.grammar.under(verb, "nsubj", "nsubjpass"):
        return None
    subjects = scene.grammar.under(token.head, "nsubj", "nsubjpass")
    return clauses.phrase(scene, subjects[0]).start if subjects else None


def _condition(scene: Scene, verb: int, words: Forecasting) -> Span | None:
    for child in scene.grammar.under(verb, "advcl"):
        for mark in scene.grammar.under(child, "mark", "advmod"):
            if scene.tokens[mark].text.lower() in words.conditions:
                return clauses.clause(scene, child)
    return None
