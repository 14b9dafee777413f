"""Routes by which a person splits and joins incidents for good and takes that back, and says how a forecast came out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

import msgspec
from fastapi import Body, FastAPI, HTTPException, Request

from ..bookkeeping import forecast_entries
from ..records import Anchor, Decision, Incident
from ..track.outcomes import FIELD, VERDICTS
from .answers import Answer, answers, nothing
from .book_shapes import ForecastRow
from .books import forecast_row
from .library import Library
from .work import Works

T = TypeVar("T")
Sent = Annotated[dict[str, object], Body()]


class Split(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Events (keys) of an incident that are another happening than the rest of it."""

    events: tuple[str, ...]
    person: str
    note: str | None = None


class Join(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Incidents (ids) that are one happening."""

    incidents: tuple[str, ...]
    person: str
    note: str | None = None


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a forecast came out, in a person's word: came-true, did-not, partly, undecidable; unresolved takes it back."""

    outcome: str
    person: str
    note: str | None = None


class Decided(msgspec.Struct, frozen=True):
    """A decision as kept or withdrawn, and the job that links anew what it speaks of."""

    decision: Decision
    job: str


def routes(app: FastAPI, library: Library, works: Works) -> None:
    """Adds the routes to the app."""
    view = library.view

    def decide(kind: Literal["join", "split"], parts: Iterable[Iterable[str]], person: str, note: str | None) -> Answer:
        name = _named(person, note)
        anchors = [_anchors(library, part) for part in parts]
        made = library.ledger.writer().decide(kind, anchors, name, (note or "").strip() or None)
        return Answer(Decided(made, works.link().id), status_code=201)

    def incident(id: str) -> Incident:
        found = view.incident(id)
        if found is None:
            raise nothing("incident", id)
        return found

    @app.post("/api/incidents/{id}/split", status_code=201, summary="Say that events of an incident are another happening")
    @answers(Decided, status=201, missing=True, takes=Split)
    def split(id: str, given: Sent) -> Answer:
        asked, whole = _understood(given, Split), set(incident(id).events)
        taken = set(asked.events)
        if not taken or taken - whole:
            raise HTTPException(422, "Choose events of this incident to split off; it may have been linked anew meanwhile.")
        if taken == whole:
            raise HTTPException(422, "Leave at least one event with the incident.")
        return decide("split", (taken, whole - taken), asked.person, asked.note)

    @app.post("/api/join", status_code=201, summary="Say that incidents are one happening")
    @answers(Decided, status=201, missing=True, takes=Join)
    def join(given: Sent) -> Answer:
        asked = _understood(given, Join)
        if len(asked.incidents) > 100:
            raise HTTPException(422, "A join takes a hundred incidents at most.")
        found = {each.id: each for each in map(incident, asked.incidents)}
        if len(found) < 2:
            raise HTTPException(422, "A join needs two different incidents.")
        return decide("join", [found[id].events for id in sorted(found)], asked.person, asked.note)

    @app.post("/api/decisions/{id}/withdraw", summary="Take a join or a split back")
    @answers(Decided, missing=True)
    def withdraw(request: Request, id: str) -> Answer:
        held = next((each for each in view.decisions() if each.id == id), None)
        if held is None:
            raise nothing("decision", id)
        library.ledger.writer().withdraw(held)
        return Answer(Decided(held, works.link().id))

    @app.post("/api/forecasts/{id}/outcome", status_code=201, summary="Say how a forecast came out")
    @answers(ForecastRow, status=201, missing=True)
    def outcome(id: str, given: Sent) -> Answer:
        asked = _understood(given, Saying)
        if asked.outcome not in VERDICTS:
            raise HTTPException(422, f"outcome: {asked.outcome!r} is none of {', '.join(VERDICTS)}.")
        name = _named(asked.person, asked.note)
        held = next((each for each in forecast_entries(view)[0] if each.id == id), None)
        if held is None:
            raise nothing("forecast", id)
        first = held.outlooks[0].stated
        library.ledger.writer().judge(
            first.citation.document, first.said.span, FIELD, VERDICTS[asked.outcome], name, value=asked.outcome,
            note=(asked.note or "").strip() or None,
        )
        now = next(each for each in forecast_entries(view)[0] if each.id == id)
        return Answer(forecast_row(library, now), status_code=201)


def _named(person: str, note: str | None) -> str:
    name = person.strip()
    if not name or len(name) > 100 or len(note or "") > 2000:
        raise HTTPException(422, "A decision needs the name of who makes it, of 100 characters at most, and a short note.")
    return name


def _understood(given: dict[str, object], kind: type[T]) -> T:
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise HTTPException(422, f"The decision cannot be understood: {error}.")


def _anchors(library: Library, events: Iterable[str]) -> tuple[Anchor, ...]:
    entries = [entry for key in sorted(events) if (entry := library.view.event(key)) is not None]
    return tuple(Anchor(entry.document, entry.trigger) for entry in entries)
