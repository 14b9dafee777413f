"""Coding: the events of one document, and the books kept of its sentences."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..knowledge.coding import CodingKnowledge
from ..records import Claim, Control, Event, Forecast, Naming, Pledge, Publication, Quantity, Resolved, Syntax
from ..records.vocabulary import Region
from . import clusters, control, forecasts, naming, parties, pledges, quantities, setting, standing, triggers
from .locating import Locating
from .scene import Scene, actor
from .timing import Timing
from .together import Together


class Coded(msgspec.Struct, frozen=True):
    """What coding finds in one document."""

    events: tuple[Event, ...]
    quantities: tuple[Quantity, ...]
    forecasts: tuple[Forecast, ...]
    pledges: tuple[Pledge, ...]
    naming: tuple[Naming, ...]
    control: tuple[Control, ...]


def code(
    text: str,
    syntax: Syntax,
    resolved: Resolved,
    claims: Sequence[Claim],
    knowledge: CodingKnowledge,
    published: Publication | None = None,
) -> Coded:
    """Events with their standing, parties, place, time and voice, and what the sentences say of control and the future.

    Every event mention is coded; `cluster` joins the mentions of one event. Events in captions carry their region. `published`
    bounds what is told as having happened; it is the day of no event.
    """
    scene = Scene(text, syntax, resolved, claims, knowledge.standing, knowledge.parties)
    counted = quantities.find(scene, knowledge.quantities)
    found = triggers.find(scene, knowledge.triggers, knowledge.standing, knowledge.books.families)
    tolls = counted.tolls(found, {action.name: action for action in knowledge.triggers.actions})
    found = sorted([*found, *tolls], key=lambda trigger: trigger.span)
    roots = {trigger.head: trigger.action.root for trigger in found}
    together = Together(scene, roots, knowledge.standing.speaking, knowledge.setting)
    timing = Timing(scene, together, published, knowledge.setting)
    locating = Locating(scene, together, knowledge.roles)
    mentions = [
        _event(scene, trigger, number, counted, knowledge, locating, timing) for number, trigger in enumerate(found, 1)
    ]
    labels = clusters.label(mentions, knowledge.books.families)
    mentions = [msgspec.structs.replace(event, cluster=label) for event, label in zip(mentions, labels, strict=True)]
    events = tuple(setting.understood(scene, found, mentions, timing, knowledge.setting))
    pledged = pledges.find(scene, claims, found, knowledge.pledges, published)
    return Coded(
        events,
        counted.quantities,
        tuple(forecasts.find(scene, claims, pledged, knowledge.forecasts, published)),
        tuple(pledged),
        tuple(naming.find(scene, knowledge.naming)),
        tuple(control.find(scene, found, events, knowledge, timing)),
    )


def _event(
    scene: Scene,
    trigger: triggers.Trigger,
    number: int,
    counted: quantities.Counts,
    knowledge: CodingKnowledge,
    locating: Locating,
    timing: Timing,
) -> Event:
    status = standing.judge(scene, trigger, knowledge.standing)
    roles = parties.fill(scene, trigger, knowledge.standing, knowledge.roles)
    acting = {mention.span for mention in (*roles.actors, *roles.recipients)}
    where = setting.find(locating, timing, trigger, acting, asserted=status.modality == "asserted")
    claim = scene.claim_over(trigger.span)
    region: Region = scene.syntax.sentence_of(trigger.head).region
    return Event(
        id=f"E{number}",
        trigger=trigger.span,
        type=trigger.action.root,
        action=trigger.action.name,
        actors=tuple(actor(mention, roles.role) for mention in roles.actors),
        recipients=tuple(actor(mention) for mention in roles.recipients),
        direction=roles.direction,
        place=where.places[0] if where.places else None,
        places=where.places,
        time=where.time,
        quantities=counted.of(trigger),
        modality=status.modality,
        polarity=status.polarity,
        outcome=status.outcome,
        according_to=claim.id if claim else None,
        region=region,
        confidence=_confidence(trigger, roles),
    )


def _confidence(trigger: triggers.Trigger, roles: parties.Parties) -> float:
    """A rough order for review, not a probability: a verb with both parties named is surer than a bare noun."""
    base = 0.5 if trigger.noun else 0.6
    return round(base + 0.15 * bool(roles.actors) + 0.15 * bool(roles.recipients), 2)
