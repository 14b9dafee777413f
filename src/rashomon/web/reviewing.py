"""Routes of review: what waits for a coder, what was judged, how far coders agree, judgements taken elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from fastapi import Body, FastAPI, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from msgspec.structs import replace

from ..ledger import Selection
from ..records import SPAN_FIELDS, Judgement, Span, Verdict, problem_with, sentence_around, spans_of
from ..records.judged import anchor_of
from ..review import Agreement, Waiting, Whole, agreement, queue
from .answers import Answer, answers
from .library import Library
from .sheet import choices_of, items
from .work import Works

Person = Annotated[str, Query(min_length=1, max_length=100, description="The coder's name.")]
_MOST = 1500


class Queue(msgspec.Struct, frozen=True):
    """What waits for this person, what wants a look most first; `left` counts all of it."""

    waiting: tuple[Waiting, ...]
    left: int


class Judged(msgspec.Struct, frozen=True):
    """A judgement as kept, and the job that links anew what it changed."""

    judgement: Judgement
    job: str


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement as the page sends it."""

    document: str
    span: tuple[int, int] | None
    field: str
    verdict: Verdict
    person: str
    value: str | None = None
    note: str | None = None


class Judgements(msgspec.Struct, frozen=True):
    """Judgements in the order in which they were made."""

    judgements: tuple[Judgement, ...]


class Agreements(msgspec.Struct, frozen=True):
    """A row a field."""

    fields: tuple[Agreement, ...]


def routes(app: FastAPI, library: Library, works: Works) -> None:
    """Adds the routes to the app."""
    view = library.view

    @app.get("/api/review/queue", summary="What waits for a coder's judgement")
    @answers(Queue)
    def waiting(
        request: Request, person: Person, document: Annotated[str | None, Query(max_length=64)] = None,
        whole: Annotated[Whole | None, Query(description="Events alone, or claims alone.")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Answer:
        keys = None if document is None else (document,)
        incidents = [entry for entry, _ in library.lists.page(Selection(documents=keys), order="most-told", limit=_MOST)]
        wanted = {each.id for each in incidents}
        events = view.events(document=document, of_incidents=wanted if keys is None else None)
        said = view.judgements(document=document)
        if keys is None:
            # What another coder rejected has no incident any more: it waits for this one all the same.
            held = {each.key for each in events}
            others = {(each.document, each.span) for each in said if each.person != person and each.field == "event"}
            events += tuple(
                each for key in sorted({document for document, _ in others}) for each in view.events(document=key)
                if each.key not in held and (key, each.trigger) in others
            )
        claims = view.claims(document=document) if document is not None else library.lists.claims_under(wanted)
        found = tuple(each for each in queue(events, claims, incidents, said, person) if whole in (None, each.whole))
        return Answer(Queue(tuple(_anchored(library, found[:limit])), len(found)), request)

    @app.get("/api/judgements", summary="What was judged")
    @answers(Judgements)
    def judgements(
        request: Request, document: Annotated[str | None, Query(max_length=64)] = None,
        person: Annotated[str | None, Query(max_length=100)] = None, history: bool = False,
    ) -> Answer:
        found = view.judgements(document=document, retired=history)
        return Answer(Judgements(tuple(each for each in found if person in (None, each.person))), request)

    @app.post("/api/judgements", status_code=201, summary="Judge something")
    @answers(Judged, status=201, takes=Given)
    def judge(given: Annotated[dict[str, object], Body()]) -> Answer:
        try:
            asked = msgspec.convert(given, Given)
        except msgspec.ValidationError as error:
            raise HTTPException(422, f"The judgement cannot be understood: {error}.")
        if not asked.person.strip():
            raise HTTPException(422, "A judgement needs the name of who makes it.")
        problem = problem_with(asked.field, asked.verdict, asked.value)
        if problem is not None:
            raise HTTPException(422, f"{problem}.")
        choices = choices_of(asked.field)
        if asked.verdict == "correct" and choices is not None and asked.value not in choices:
            raise HTTPException(422, f"{asked.value!r} is no {asked.field}: see /api/review/fields.")
        if asked.span is None or not 0 <= asked.span[0] < asked.span[1] <= len(library.document(asked.document).text):
            raise HTTPException(422, "The span lies outside the document's text.")
        moved = spans_of(asked.value or "") if asked.field in SPAN_FIELDS and asked.verdict == "correct" else None
        if moved and max(span.end for span in moved) > len(library.document(asked.document).text):
            raise HTTPException(422, "The corrected span lies outside the document's text.")
        kept = library.ledger.writer().judge(
            asked.document, Span(*asked.span), asked.field, asked.verdict, asked.person.strip(), value=asked.value,
            note=asked.note,
        )
        return Answer(Judged(kept, works.link().id), status_code=201)

    @app.get("/api/review/agreement", summary="How far coders agree, field by field")
    @answers(Agreements)
    def agree(request: Request) -> Answer:
        return Answer(Agreements(agreement(view.judgements())), request)

    @app.get("/api/review/export", summary="Judgements as training data, JSON Lines", response_class=StreamingResponse)
    def export() -> StreamingResponse:
        held = view.judgements()
        read: dict[str, dict[tuple[str, Span], dict[str, str]]] = {}

        def lines() -> Iterator[bytes]:
            for each in held:
                if each.document not in read:
                    read.clear()
                    reading = view.reading(each.document, as_judged=False)
                    read[each.document] = {
                        (one.whole, one.span): {value.field: value.value for value in one.values}
                        for one in (items(reading, {}) if reading is not None else ())
                    }
                yield msgspec.json.encode(_trained(library, each, read[each.document])) + b"\n"

        headers = {"content-disposition": 'attachment; filename="judgements.jsonl"'}
        return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


def _anchored(library: Library, some: Iterable[Waiting]) -> Iterator[Waiting]:
    """With the spans that judgements on claims hold on to, which the readings alone tell."""
    anchors: dict[str, dict[str, Span | None]] = {}
    for each in some:
        if each.whole == "claim":
            if each.document not in anchors:
                reading = library.view.reading(each.document, as_judged=False)
                told = reading.attributions if reading is not None else ()
                anchors[each.document] = {claim.id: anchor_of(claim) for claim in told}
            each = replace(each, span=anchors[each.document].get(each.found) or each.span)
        yield each


def _trained(
    library: Library, judgement: Judgement, read: dict[tuple[str, Span], dict[str, str]]
) -> dict[str, object]:
    """A judgement as one line of training data: its sentence, the words in it, what the machine read and what the person says."""
    document, span, field = library.document(judgement.document), judgement.span, judgement.field
    sentence = sentence_around(document.text, span) if span else None
    machine = read.get((field.partition(".")[0], span), {}).get(field) if span else None
    return {
        "id": document.id, "text_sha256": document.text_sha256, "text": sentence.of(document.text) if sentence else None,
        "text_starts": sentence.start if sentence else None, "span": span, "words": span.of(document.text) if span else None,
        "field": field, "machine": machine, "verdict": judgement.verdict,
        "judged": {"accept": judgement.value or machine, "correct": judgement.value}.get(judgement.verdict),
        "value": judgement.value, "person": judgement.person, "decided": judgement.decided,
    }
