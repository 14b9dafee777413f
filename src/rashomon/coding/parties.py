"""Who does it and to whom: filling the roles of an event from the grammar around its trigger."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..knowledge.actions import Standing
from ..knowledge.roles import Roles
from ..records import Mention, Span
from ..records.vocabulary import ActorRole, Direction
from . import answerable, noun_parties, verb_parties
from .scene import Scene
from .triggers import Trigger


class Parties(msgspec.Struct, frozen=True):
    """Actors and recipients of one event as mentions, the part that the actors play, and whether the text gives a direction."""

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    direction: Direction
    role: ActorRole = "named"


def fill(scene: Scene, trigger: Trigger, standing: Standing, roles: Roles) -> Parties:
    """The parties that the grammar ties to the trigger. A party that the text does not name stays out."""
    actors, recipients = _by_kind(scene, trigger, standing, roles)
    suffers = scene.tokens[trigger.head].lemma in standing.dying and trigger.action.name in roles.human
    if suffers and not trigger.noun:
        actors, recipients = [], actors
    recipients = _sure(trigger, recipients)
    role: ActorRole = "named"
    if actors:
        role = "accused" if answerable.is_accused(scene, trigger.head, roles.answering) else "named"
    elif accused := scene.parties(answerable.accused(scene, trigger.head, roles.answering)):
        actors, role = accused, "accused"
    elif claimed := scene.parties(answerable.claimants(scene, trigger.head, roles.answering, standing.nobody), subject=True):
        actors, role = claimed, "claimed"
    mutual = trigger.action.reciprocal or (
        not trigger.noun and verb_parties.is_mutual(scene, trigger.head)
    )
    return _settle(trigger, actors, recipients, role, mutual=mutual)


def _by_kind(
    scene: Scene, trigger: Trigger, standing: Standing, roles: Roles
) -> tuple[list[Mention], list[Mention]]:
    if scene.tokens[trigger.head].pos == "ADJ":
        # "Three guards lay dead".
        return [], scene.parties(verb_parties.bearers(scene, trigger.head), people=True)
    if trigger.noun:
        return noun_parties.find(scene, trigger, standing, roles)
    return verb_parties.find(scene, trigger, roles)


def _sure(trigger: Trigger, recipients: Sequence[Mention]) -> list[Mention]:
    """Of what is attacked, names of nobody known are places more often than parties, unless they are acronyms."""
    if trigger.action.root not in {"ASSAULT", "CONSULT", "MOBILIZE"}:
        return list(recipients)
    return [one for one in recipients if one.entity or one.description or one.pronoun or one.name.isupper()]


def _settle(
    trigger: Trigger, actors: Sequence[Mention], recipients: Sequence[Mention], role: ActorRole, *, mutual: bool
) -> Parties:
    # Words of an event noun itself name what is done ("regime change"), not who does it. The same party cannot act and be acted
    # on, unless it is done to oneself; the actor's slot is the surer one.
    named = trigger.span if trigger.noun else Span(0, 0)
    actors = [mention for mention in actors if not mention.span.overlaps(named)]
    spans, entities = {mention.span for mention in actors}, {mention.entity for mention in actors if mention.entity}
    recipients = [
        _somebody_else(mention) if mention.pronoun and mention.entity in entities else mention
        for mention in recipients
        if mention.span not in spans and not mention.span.overlaps(named)
    ]
    direction: Direction = "directed"
    if mutual:
        several = len(actors) > 1 or bool(recipients) or (bool(actors) and not trigger.action.reciprocal)
        direction = "reciprocal" if several else "unstated"
    elif not actors and not recipients:
        direction = "unstated"
    return Parties(tuple(actors), tuple(recipients), direction, role)


def _somebody_else(mention: Mention) -> Mention:
    """A pronoun is never who does it to him ("the police arrested four of them"): whoever it was tied to, it is not known."""
    return msgspec.structs.replace(mention, entity="", name="")
