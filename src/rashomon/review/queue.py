"""What a coder looks at first: what the machine is least sure of, where most hangs on it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

import msgspec

from ..ledger import EventEntry, IncidentEntry
from ..records import Judgement, Span


class Waiting(msgspec.Struct, frozen=True):
    """An event that waits for a judgement; they come in the order of doubt times weight.

    `doubt`: 1 less the machine's confidence; `weight`: how much hangs on it, by the documents and accounts of its incident, half
    as much again where these contest it.
    """

    document: str
    id: str
    span: Span
    event: str
    type: str
    action: str
    incident: str | None
    doubt: float
    weight: float


def queue(
    events: Iterable[EventEntry], incidents: Iterable[IncidentEntry], judgements: Iterable[Judgement], person: str,
    *, skip: Collection[str] = (),
) -> tuple[Waiting, ...]:
    """The events that this person has not judged, what wants a look most first. Other coders' verdicts are not looked at, so that
    double coding stays blind. `skip`: documents (keys) to leave out."""
    known = {each.id: each for each in incidents}
    done = {
        (each.document, each.span) for each in judgements
        if each.person == person and each.field == "event" and each.retired is None
    }
    found = [
        Waiting(
            each.document, each.id, each.trigger, each.event, each.type, each.action, each.incident,
            1 - each.confidence, _weight(known.get(each.incident or "")),
        )
        for each in events
        if each.region == "body" and each.document not in skip and (each.document, each.trigger) not in done
    ]
    return tuple(sorted(found, key=lambda one: (-one.doubt * one.weight, one.document, one.span)))


def _weight(incident: IncidentEntry | None) -> float:
    if incident is None:
        return 0.5
    told = 1 + math.log(incident.documents) + math.log(max(incident.accounts, 1))
    return told * 1.5 if incident.contested else told
