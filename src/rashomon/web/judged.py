"""What people judged, as the page marks it on incidents and names: the last word of each field, in a few words."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from ..ledger import ClaimEntry, EventEntry
from ..records import Event, Judgement, Span, anchor_of, event_keys, trigger_of
from .library import Library

_FIELDS = {
    "action": ("event", "event.type", "event.action", "event.modality", "event.polarity", "event.span"),
    "actor": ("event.actors", "event.actors.span"), "recipient": ("event.recipients", "event.recipients.span"),
    "place": ("event.place", "event.place.span"), "time": ("event.time", "event.time.span"), "outcome": ("event.outcome",),
}
_CLAIM = ("claim", "claim.speaker", "claim.stance", "claim.hedge", "claim.span", "claim.speaker.span")
_WORDS = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "unsure": "held unsure"}


class JudgedEvent(msgspec.Struct, frozen=True):
    """An event as people left it, with what they said of it and of the claim that holds it, by field."""

    event: Event
    event_said: dict[str, Judgement]
    claim_said: dict[str, Judgement]

    def marks(self, field: str) -> tuple[str, ...]:
        """What was said of a field of the matrix, in words."""
        return tuple(marked(self.event_said[name]) for name in _FIELDS.get(field, ()) if name in self.event_said)

    def claim_marks(self) -> tuple[str, ...]:
        """What was said of whose words they are, in words."""
        return tuple(marked(self.claim_said[name]) for name in _CLAIM if name in self.claim_said)


def marked(judgement: Judgement) -> str:
    """A judgement in a few words: "place corrected by Mona"."""
    what = judgement.field.partition(".")[2].replace(".", " ") or judgement.field
    return f"{what} {_WORDS[judgement.verdict]} by {judgement.person}"


def judged_events(library: Library, documents: Iterable[str]) -> dict[str, JudgedEvent]:
    """The events of these documents (keys), by their own keys, that people have said something of."""
    wanted = set(documents) & library.once(("judged documents",), lambda: frozenset(_by_document(library)))
    found: dict[str, JudgedEvent] = {}
    for key, entry in library.entries(wanted).items():
        reading = library.reading(entry)
        if reading is None:
            continue
        said = _said(library, key)
        claims = {claim.id: anchor_of(claim) for claim in reading.attributions}
        keys = event_keys(key, reading.events)
        for event in reading.events:
            anchor = claims.get(event.according_to or "")
            mine = JudgedEvent(
                event, said.get((trigger_of(event), "event"), {}), said.get((anchor, "claim"), {}) if anchor else {}
            )
            if mine.event_said or mine.claim_said:
                found[keys[event.id]] = mine
    return found


def judged_incidents(library: Library) -> frozenset[str]:
    """Ids of the incidents of which people have judged an event, or the claim that holds it."""

    def find() -> frozenset[str]:
        keys = judged_events(library, _by_document(library))
        entries = (library.view.event(key) for key in keys)
        return frozenset(entry.incident for entry in entries if entry is not None and entry.incident)

    return library.once(("judged incidents",), find)


def claims_of(library: Library, name: str) -> list[tuple[ClaimEntry, tuple[str, ...]]]:
    """The claims that the name makes, as people left them, each with what they said of it."""
    found = library.view.claims(speaker=name)
    about = {each.document for each in library.view.judgements(field="claim.speaker") if each.value == name}
    touched = (about | {each.document for each in found}) & _by_document(library, "claim")
    made: list[tuple[ClaimEntry, tuple[str, ...]]] = [(each, ()) for each in found if each.document not in touched]
    for key, entry in library.entries(touched).items():
        reading = library.reading(entry)
        claims = {claim.id: claim for claim in reading.attributions} if reading is not None else {}
        said = _said(library, key)
        for row in library.view.claims(document=key):
            claim = claims.get(row.claim)
            if claim is None or claim.speaker != name:
                continue
            content = Span(claim.content[0].start, claim.content[-1].end) if claim.content else None
            anchor = anchor_of(claim)
            told = said.get((anchor, "claim"), {}) if anchor else {}
            made.append((
                replace(row, speaker=name, stance=claim.stance, hedge=claim.hedge, source=claim.source, content=content),
                tuple(marked(told[field]) for field in _CLAIM if field in told),
            ))
    return made


def events_of(library: Library, name: str) -> list[tuple[EventEntry, tuple[str, ...]]]:
    """The events that the name has a part in, as people left them, each with what they said of it."""
    found = library.view.events(party=name)
    about = {
        each.document for field in ("event.actors", "event.recipients") for each in library.view.judgements(field=field)
        if name in (each.value or "")
    }
    touched = (about | {each.document for each in found}) & _by_document(library, "event")
    made: list[tuple[EventEntry, tuple[str, ...]]] = [(each, ()) for each in found if each.document not in touched]
    for key, entry in library.entries(touched).items():
        reading = library.reading(entry)
        events = {event.id: event for event in reading.events} if reading is not None else {}
        said = _said(library, key)
        for row in library.view.events(document=key):
            event = events.get(row.event)
            if event is None:
                continue
            actors, recipients = (tuple(each.name for each in some if each.name) for some in (event.actors, event.recipients))
            if not any(_same(each, name) for each in (*actors, *recipients)):
                continue
            told = said.get((trigger_of(event), "event"), {})
            made.append((
                replace(
                    row, trigger=event.trigger, type=event.type, action=event.action, actors=actors, recipients=recipients,
                    modality=event.modality, polarity=event.polarity,
                ),
                tuple(marked(each) for each in told.values()),
            ))
    return made


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _said(library: Library, document: str) -> dict[tuple[Span, str], dict[str, Judgement]]:
    """What holds of what people judged of a document, by span and whole, then by field."""
    said: dict[tuple[Span, str], dict[str, Judgement]] = {}
    for each in library.view.judgements(document=document):
        if each.span is not None:
            said.setdefault((each.span, each.field.partition(".")[0]), {})[each.field] = each
    return said


def _by_document(library: Library, *wholes: str) -> set[str]:
    """Keys of the documents in which people judged an event or a claim, or one of these alone."""
    wanted = wholes or ("event", "claim")
    return {each.document for each in library.view.judgements() if each.field.partition(".")[0] in wanted}
