"""Agreements, ceasefires, commitments, demands, offers, proposals, requests and threats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..knowledge.books import Undertaking
from ..knowledge.coding import CodingKnowledge
from ..records import Actor, Event, Pledge, Span
from ..records.vocabulary import PledgeKind
from . import clauses
from .scene import Scene
from .timing import Timing
from .triggers import Trigger

_TYPES = frozenset({"AGREE", "REQUEST", "THREATEN"})


def find(
    scene: Scene, triggers: Sequence[Trigger], events: Sequence[Event], knowledge: CodingKnowledge, timing: Timing
) -> list[Pledge]:
    """One entry for each mention that says who is bound or what is asked; a bare "the ceasefire" adds nothing and is left out."""
    found = []
    for trigger, event in zip(triggers, events, strict=True):
        if event.type not in _TYPES or event.region != "body":
            continue
        kind = _kind(scene, trigger, knowledge)
        span = clauses.phrase(scene, trigger.head, whole=True) if trigger.noun else clauses.clause(scene, trigger.head)
        terms = _terms(scene, trigger)
        if kind is None or not (event.actors or terms):
            continue
        claim = scene.claim_over(event.trigger)
        found.append(
            Pledge(
                span,
                kind,
                _names(event.actors),
                _names(event.recipients),
                terms,
                deadline=_deadline(scene, trigger, timing),
                status=_status(scene, trigger, event, knowledge),
                attribution=claim.id if claim else None,
            )
        )
    found += _undertakings(scene, knowledge.books.undertaking)
    return sorted(found, key=lambda pledge: pledge.span)


def _undertakings(scene: Scene, words: Undertaking) -> Iterator[Pledge]:
    """What a quoted speaker says in the first person that they will do."""
    for token in scene.tokens:
        if token.dep != "aux" or token.text.lower() not in words.auxiliaries:
            continue
        verb = token.head
        claim = scene.claim_over(token.span)
        if undertaken(scene, verb, words) and claim is not None and claim.kind in {"direct", "block", "mixed"}:
            span = clauses.clause(scene, verb)
            terms = (" ".join(Span(scene.tokens[verb].start, span.end).of(scene.text).split()),)
            yield Pledge(span, "commitment", claim.speaker, None, terms, attribution=claim.id)


def undertaken(scene: Scene, verb: int, words: Undertaking) -> bool:
    """ "We will send aid": the speaker's own undertaking, by its subject."""
    return any(scene.tokens[child].text.lower() in words.persons for child in scene.grammar.under(verb, "nsubj"))


def _kind(scene: Scene, trigger: Trigger, knowledge: CodingKnowledge) -> PledgeKind | None:
    lemmas = {scene.tokens[index].lemma for index in scene.syntax.within(trigger.span)}
    text = trigger.span.of(scene.text).lower()
    for kind, words in knowledge.books.pledges.items():
        if lemmas & words or text in words:
            return kind
    return None


def _names(actors: Sequence[Actor]) -> str | None:
    return "; ".join(dict.fromkeys(actor.name for actor in actors if actor.name)) or None


def _deadline(scene: Scene, trigger: Trigger, timing: Timing) -> str | None:
    """The last day that the terms themselves set: "demanded that they leave by Friday"."""
    for child in scene.grammar.under(trigger.head, "acl", "xcomp", "ccomp", "relcl"):
        inside = list(scene.syntax.within(clauses.clause(scene, child)))
        ahead = timing.ahead(inside[0], inside[-1]) if inside else None
        if ahead is not None:
            return ahead.end
    return None


def _terms(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """What is agreed or asked: infinitives, that-clauses and "on/for" phrases below the trigger, each in its own words."""
    spans: list[Span] = []
    for child in scene.grammar.under(trigger.head, "acl", "xcomp", "ccomp", "relcl"):
        for verb in scene.grammar.conjuncts([child]):
            if scene.tokens[verb].pos in {"VERB", "AUX"}:
                spans.append(clauses.clause(scene, verb))
    for index in scene.grammar.prepositional(trigger.head, {"on", "for", "over"}):
        spans.append(clauses.phrase(scene, index))
    return tuple(dict.fromkeys(" ".join(span.of(scene.text).split()) for span in spans))


def _status(scene: Scene, trigger: Trigger, event: Event, knowledge: CodingKnowledge) -> str | None:
    """The word of the text that says what became of it, as said there; None when it says nothing."""
    token = scene.tokens[trigger.head]
    for child in scene.grammar.under(trigger.head, "amod"):
        if scene.tokens[child].lemma in knowledge.books.broken:
            return scene.tokens[child].text
    if trigger.noun and token.dep in {"nsubj", "nsubjpass", "dobj"} and scene.tokens[token.head].lemma in knowledge.books.broken:
        return scene.tokens[token.head].text
    return None
