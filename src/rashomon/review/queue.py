"""What a coder looks at first: what the machine is least sure of, where most hangs on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from ..ledger import ClaimEntry, EventEntry, IncidentEntry
from ..records import Judgement, Span

Whole = Literal["event", "claim"]


class Waiting(msgspec.Struct, frozen=True):
    """An event or a claim that waits for a judgement; they come in the order of doubt times weight.

    `span`: what judgements hold on to; `found`: its id within the reading; `told`: the event's action, the claim's stance;
    `doubt`: 1 less the machine's confidence; `weight`: how much hangs on it, by the documents and accounts of its incident, half
    as much again where these contest it. A claim weighs what the weightiest of the events that stand in it weighs.
    """

    document: str
    id: str
    whole: Whole
    span: Span
    found: str
    told: str
    incident: str | None
    doubt: float
    weight: float


def queue(
    events: Iterable[EventEntry], claims: Iterable[ClaimEntry], incidents: Iterable[IncidentEntry],
    judgements: Iterable[Judgement], person: str,
) -> tuple[Waiting, ...]:
    """What this person has not judged, what wants a look most first: the events, and the claims that they stand in or that stand
    alone. Other coders' verdicts are not looked at, so that double coding stays blind.

    A claim's `span` is that of its entry, which runs to the end of its last piece; judgements hold on to that of `anchor_of`.
    """
    told = tuple(events)
    known = {each.id: each for each in incidents}
    mine = [each for each in judgements if each.person == person and each.retired is None and each.span is not None]
    judged = {(each.document, each.span) for each in mine if each.field == "event"}
    heard = {(each.document, each.span.start) for each in mine if each.field == "claim" and each.span is not None}
    found = [
        Waiting(
            each.document, each.id, "event", each.trigger, each.event, each.action, each.incident, 1 - each.confidence,
            _weight(known.get(each.incident or "")),
        )
        for each in told if each.region == "body" and (each.document, each.trigger) not in judged
    ]
    found += [each for each in _claims(told, claims, known) if (each.document, each.span.start) not in heard]
    return tuple(sorted(found, key=lambda one: (-one.doubt * one.weight, one.document, one.span, one.whole)))


def _claims(
    events: Iterable[EventEntry], claims: Iterable[ClaimEntry], known: dict[str, IncidentEntry]
) -> Iterator[Waiting]:
    weighs: dict[tuple[str, str], tuple[float, str]] = {}
    for event in events:
        if event.according_to is not None and event.incident is not None:
            told = (event.document, event.according_to)
            weighs[told] = max(weighs.get(told, (0.0, "")), (_weight(known.get(event.incident)), event.incident))
    for claim in claims:
        span = claim.content or claim.source
        # The outlet's own voice is nobody's finding.
        if span is None or claim.source is None:
            continue
        weight, incident = weighs.get((claim.document, claim.claim), (_weight(None), None))
        yield Waiting(
            claim.document, claim.id, "claim", span, claim.claim, claim.stance, incident, 1 - claim.confidence, weight
        )


def _weight(incident: IncidentEntry | None) -> float:
    if incident is None:
        return 0.5
    told = 1 + math.log(incident.documents) + math.log(max(incident.accounts, 1))
    return told * 1.5 if incident.contested else told
