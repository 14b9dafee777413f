"""Who is said to take, hold, attempt or lose which place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..knowledge.coding import CodingKnowledge
from ..records import Control, Event, EventPlace, Interval, Mention, Place, Span
from ..records.vocabulary import ControlKind
from . import clauses
from .scene import Scene
from .triggers import Trigger


def find(scene: Scene, triggers: Sequence[Trigger], events: Sequence[Event], knowledge: CodingKnowledge) -> list[Control]:
    """Control statements in text order: changes and attempts from events, states from verbs and phrases of holding."""
    found = [
        statement
        for trigger, event in zip(triggers, events, strict=True)
        if trigger.action.control is not None and (statement := _from_event(scene, trigger, event)) is not None
    ]
    found += _held(scene, knowledge)
    unique = {(statement.span, statement.kind): statement for statement in found}
    return [unique[key] for key in sorted(unique)]


def _from_event(scene: Scene, trigger: Trigger, event: Event) -> Control | None:
    where = event.place
    if where is None and not trigger.action.takes_place:
        return None
    gains = trigger.action.control == "gain"
    if trigger.action.control == "attempt" and event.type != "ASSAULT":
        return None
    actor = event.actors[0].name if event.actors else None
    recipient = event.recipients[0].name if event.recipients else None
    kind: ControlKind = "change"
    if event.modality == "predicted" or event.modality == "conditional":
        kind = "predicted"
    elif event.modality != "asserted" or event.outcome == "failure" or trigger.action.control == "attempt":
        kind = "attempted"
    if kind == "attempted" and trigger.action.control == "attempt" and event.outcome != "failure":
        return None
    before, after = (recipient, actor) if gains or trigger.action.control == "attempt" else (actor, recipient)
    if kind == "attempted":
        after = None if not gains else after
    ground = next(iter(scene.grammar.objects(trigger.head)), None) if not trigger.noun else None
    return _statement(scene, _span(scene, trigger), where, ground, before, after, kind, event)


def _span(scene: Scene, trigger: Trigger) -> Span:
    if trigger.noun:
        return clauses.phrase(scene, trigger.head)
    token = scene.tokens[trigger.head]
    if token.dep in {"acl", "amod"} and scene.tokens[token.head].pos in {"NOUN", "PROPN"}:
        return clauses.phrase(scene, token.head)
    core = clauses.core(scene, trigger.head)
    if token.dep == "xcomp":
        return Span(clauses.core(scene, token.head).start, core.end)
    return core


def _statement(
    scene: Scene,
    span: Span,
    where: EventPlace | Place | None,
    ground: int | None,
    before: str | None,
    after: str | None,
    kind: ControlKind,
    event: Event | None,
) -> Control:
    claim = scene.claim_over(span)
    date = None
    if event is not None and event.time is not None and event.time.start and event.time.end and kind == "change":
        date = Interval(event.time.start, event.time.end)
    # A place that is only described ("all the ground lost") is kept in the text's own words.
    described = clauses.phrase(scene, ground) if ground is not None else span
    name = where.name if where is not None else " ".join(described.of(scene.text).split())
    return Control(
        span,
        name,
        where.lat if where else None,
        where.lon if where else None,
        before,
        after,
        date,
        kind,
        claim.id if claim else None,
    )


def _held(scene: Scene, knowledge: CodingKnowledge) -> Iterator[Control]:
    holding = knowledge.books.holding
    grounds = knowledge.triggers.classes["PLACE"]
    for index, token in enumerate(scene.tokens):
        holder: Mention | None = None
        where: int | None = None
        span: Span | None = None
        if token.pos == "VERB" and token.lemma in holding.participles and token.dep in {"acl", "amod"} and token.tag == "VBN":
            holder, where = _participle(scene, index), token.head
            span = clauses.phrase(scene, where, whole=token.dep == "acl")
        elif token.pos == "VERB" and token.lemma in holding.verbs:
            objects = scene.grammar.objects(index)
            where = next((place for place in objects if _is_ground(scene, place, grounds)), None)
            holders = scene.parties(scene.grammar.subjects(index))
            holder = holders[0] if holders else None
            span = clauses.core(scene, index) if token.dep != "relcl" else clauses.phrase(scene, token.head, whole=True)
        elif token.pos == "NOUN" and token.lemma in holding.nouns and token.dep != "compound":
            owners = scene.parties(scene.grammar.under(index, "poss")) or scene.modifiers(index)
            holder = owners[0] if owners else None
            where = next(
                (place for place in scene.grammar.prepositional(index, {*holding.prepositions, "in"}) if place in scene.place_at),
                None,
            )
            span = clauses.phrase(scene, index)
        if holder is None or where is None or span is None or not _is_ground(scene, where, grounds):
            continue
        yield _statement(scene, span, _place(scene, where), where, holder.name, holder.name, "hold", None)


def _participle(scene: Scene, verb: int) -> Mention | None:
    agents = scene.parties(scene.grammar.prepositional(verb, {"by"}))
    if agents:
        return agents[0]
    before = [scene.mention_at[child] for child in scene.syntax.children[verb] if child in scene.mention_at and child < verb]
    return before[-1] if before else None


def _is_ground(scene: Scene, index: int, grounds: frozenset[str]) -> bool:
    return index in scene.place_at or scene.tokens[index].lemma in grounds


def _place(scene: Scene, index: int) -> Place | None:
    if index in scene.place_at:
        return scene.place_at[index]
    inner = scene.grammar.prepositional(index, {"in", "of", "around", "near"})
    return next((scene.place_at[child] for child in inner if child in scene.place_at), None)
