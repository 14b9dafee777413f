"""A coder's sheet: one document with what the machine read in it, and what this coder may see of others' verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Request

from ..knowledge.actions import load_triggers
from ..records import Event, Judgement, Reading, Span, sentence_around
from ..records.judged import CHOICES, JUDGED_FIELDS, anchor_of, spelled
from ..records.reading import Claim
from .answers import Answer, answers, nothing
from .library import Library
from .quoting import article
from .shapes import Article


class Field(msgspec.Struct, frozen=True):
    """A field that can be judged; `choices` are all it may say, None where it is free."""

    name: str
    choices: tuple[str, ...] | None


class Fields(msgspec.Struct, frozen=True):
    """Every field that can be judged: "event" and "claim" as wholes, then their parts."""

    fields: tuple[Field, ...]


class FieldValue(msgspec.Struct, frozen=True):
    """What the machine read in a field, spelled as a correction of it is."""

    field: str
    value: str


class Item(msgspec.Struct, frozen=True):
    """Something to judge, as the machine left it: `whole` is "event" or "claim", `span` what judgements hold on to."""

    whole: str
    span: Span
    sentence: Span
    words: str
    chain: tuple[str, ...]
    values: tuple[FieldValue, ...]
    confidence: float
    incident: str | None


class Sheet(msgspec.Struct, frozen=True):
    """A document to be coded. Other coders' verdicts on what this person has not judged yet are left out of `history`;
    `hidden` counts them. Spans count in `text`."""

    article: Article
    text: str
    items: tuple[Item, ...]
    history: tuple[Judgement, ...]
    hidden: int


def choices_of(field: str) -> tuple[str, ...] | None:
    """All that a correction of the field may say; None where it is free."""
    if field == "event.action":
        return tuple(sorted(action.name for action in load_triggers().actions))
    return CHOICES.get(field)


def unveiled(judgements: Iterable[Judgement], person: str) -> tuple[Judgement, ...]:
    """The judgements that this person may see: their own, and those of what they have judged themselves."""
    every = tuple(judgements)
    mine = {
        (each.document, each.span, each.field.partition(".")[0]) for each in every
        if each.person == person and each.field in {"event", "claim"}
    }
    return tuple(
        each for each in every
        if each.person == person or (each.document, each.span, each.field.partition(".")[0]) in mine
    )


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""

    @app.get("/api/review/fields", summary="What can be judged, with the closed vocabularies")
    @answers(Fields)
    def fields(request: Request) -> Answer:
        return Answer(Fields(tuple(Field(name, choices_of(name)) for name in JUDGED_FIELDS)), request)

    @app.get("/api/review/sheets/{key}", summary="A document to be coded, blind to other coders")
    @answers(Sheet, missing=True)
    def sheet(
        request: Request, key: str,
        person: Annotated[str, Query(min_length=1, max_length=100, description="The coder's name.")],
    ) -> Answer:
        entry = library.view.known(key)
        if entry is None:
            raise nothing("document", key)
        # Not as people have judged it: a second coder must see what the first one saw.
        reading = library.view.reading(key, as_judged=False)
        every = library.view.judgements(document=key, retired=True)
        seen = unveiled(every, person)
        if reading is None:
            return Answer(Sheet(article(entry), library.document(key).text, (), seen, len(every) - len(seen)), request)
        incidents = {each.trigger: each.incident for each in library.view.events(document=key)}
        return Answer(Sheet(article(entry), reading.text, items(reading, incidents), seen, len(every) - len(seen)), request)


def items(reading: Reading, incidents: dict[Span, str | None]) -> tuple[Item, ...]:
    """What can be judged in the body of a reading, in the order of the text; `incidents` by the trigger of the event."""
    claims = {claim.id: claim for claim in reading.attributions}
    found = [
        _event(reading, event, claims.get(event.according_to or ""), incidents.get(event.trigger))
        for event in reading.events if event.region == "body"
    ]
    for claim in reading.attributions:
        anchor = anchor_of(claim)
        # The outlet's own voice is nobody's finding.
        if anchor is not None and claim.source is not None:
            found.append(Item(
                "claim", anchor, sentence_around(reading.text, anchor), anchor.of(reading.text), claim.chain, _claim(claim),
                claim.confidence, None,
            ))
    return tuple(sorted(found, key=lambda each: (each.span, each.whole)))


def _event(reading: Reading, event: Event, according_to: Claim | None, incident: str | None) -> Item:
    time = event.time
    days = [day[:10] if day else "" for day in (time.start, time.end)] if time is not None else []
    said = {
        "type": event.type, "action": event.action, "actors": "; ".join(each.name for each in event.actors if each.name),
        "recipients": "; ".join(each.name for each in event.recipients if each.name),
        "place": event.place.name or "" if event.place is not None else "",
        "time": days[0] if len(set(days)) == 1 else "/".join(days), "modality": event.modality, "polarity": event.polarity,
        "outcome": event.outcome,
    }
    spans = {
        "span": (event.trigger,), "actors.span": [each.span for each in event.actors],
        "recipients.span": [each.span for each in event.recipients],
        "place.span": [event.place.span] if event.place else (), "time.span": [event.time.span] if event.time else (),
    }
    said |= {name: spelled(span for span in some if span is not None) for name, some in spans.items()}
    return Item(
        "event", event.trigger, sentence_around(reading.text, event.trigger), event.trigger.of(reading.text),
        according_to.chain if according_to is not None else (),
        tuple(FieldValue(f"event.{name}", value) for name, value in said.items()), event.confidence, incident,
    )


def _claim(claim: Claim) -> tuple[FieldValue, ...]:
    said = {"speaker": claim.speaker or "", "stance": claim.stance, "hedge": claim.hedge, "span": spelled(claim.content)}
    said["speaker.span"] = spelled((claim.source,) if claim.source else ())
    return tuple(FieldValue(f"claim.{name}", value) for name, value in said.items())
