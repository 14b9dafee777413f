"""Routes of one incident: the matrix of its accounts, its toll's history, why it was joined."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import FastAPI, Request

from ..compare import FIELDS, toll_history
from ..ledger import EventEntry, IncidentEntry
from ..records import Account, Citation, Comparison, FieldValue, Incident, Reuse, sentence_around
from .answers import Answer, answers, nothing
from .caution import rough_place
from .judged import JudgedEvent, judged_events
from .library import Library
from .quoting import articles, quote
from .shapes import AccountColumn, Cell, Copy, IncidentPage, Member, PairRow, PairSide, TollRow, Value

# Which relation a cell is marked with where its values stand in several: the first of these.
_RANK = ("disagree", "denied", "superseded", "different_referent", "vaguer", "compatible", "agree")

_MOST_PARTS = 60


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""

    @app.get("/api/incidents/{id}", summary="One incident, its accounts side by side")
    @answers(IncidentPage, missing=True)
    def incident(request: Request, id: str) -> Answer:
        found = library.view.incident(id)
        if found is None:
            raise nothing("incident", id)
        return Answer(page(library, found), request)


def page(library: Library, incident: Incident) -> IncidentPage:
    """The incident with everything that is shown of it."""
    view = library.view
    events = list(view.events(of_incidents=(incident.id,)))
    told = set(incident.documents)
    judged = judged_events(library, told)
    days = {each.key: (each.published_start, each.published_end) for each in library.entries(incident.documents).values()}
    pairs = tuple(_pair(library, pair) for pair in incident.comparisons)
    stands = _stands(incident.comparisons)
    fields = tuple(
        field for field in FIELDS if any(value.field == field for account in incident.accounts for value in account.fields)
    )
    copies = {(each.a, each.b): each for key in incident.documents for each in view.reuses(key) if {each.a, each.b} <= told}
    (entry,), recent = library.drawn([entry_of(incident)])
    return IncidentPage(
        entry=entry, story=incident.story, place=rough_place(incident.place) if recent else incident.place,
        time=incident.time, part_of=incident.part_of,
        part_why=incident.part_why, parts=_parts(library, incident), origins=incident.origins,
        untraced=incident.untraced, fields=fields,
        accounts=tuple(_column(library, account, fields, incident.comparisons, stands, judged) for account in incident.accounts),
        pairs=pairs,
        tolls=tuple(
            TollRow(
                row.field, row.text, row.low, row.high, row.bound, row.status, row.scope, row.part, row.tally, row.as_of,
                row.published, quote(library, row.citation),
            )
            for row in toll_history(incident, days)
        ),
        merges=incident.merges, decisions=library.decisions_on(incident), copies=tuple(map(copy_of, copies.values())),
        articles=articles(library, incident.documents, captured=True), members=_members(library, incident, events, judged),
        parties=tuple(sorted({name for event in events for name in _parties(event, judged.get(event.key))})),
    )


def _parts(library: Library, incident: Incident) -> tuple[IncidentEntry, ...]:
    """The parts by their days; of very many the first."""
    found = (library.view.incident(id) for id in sorted(library.view.parts_of(incident.id))[:_MOST_PARTS])
    entries, _recent = library.drawn(entry_of(part) for part in found if part is not None)
    return tuple(sorted(entries, key=lambda entry: (entry.time_start or "9999", entry.id)))


def entry_of(incident: Incident) -> IncidentEntry:
    """The incident as lists show it."""
    place, time = incident.place, incident.time
    return IncidentEntry(
        incident.id, incident.type, incident.action, incident.first("actor"), incident.first("recipient"),
        place.name if place else None, place.lat if place else None, place.lon if place else None,
        place.radius_km if place else None, time.start if time else None, time.end if time else None,
        len(incident.documents), len(incident.accounts), incident.contested, len(incident.origins), incident.untraced,
    )


def _parties(entry: EventEntry, judged: JudgedEvent | None) -> tuple[str, ...]:
    """Actors and recipients by name, as people left them."""
    if judged is None:
        # "20 were killed": a figure that stands where a name would is nobody.
        return tuple(name for name in (*entry.actors, *entry.recipients) if any(sign.isalpha() for sign in name))
    return tuple(each.name for each in (*judged.event.actors, *judged.event.recipients) if each.name)


def _members(
    library: Library, incident: Incident, events: list[EventEntry], judged: dict[str, JudgedEvent]
) -> tuple[Member, ...]:
    tells = {key: account for account in incident.accounts for key in account.events}
    found = []
    for entry in events:
        account = tells.get(entry.key)
        one = judged.get(entry.key)
        trigger, action = (one.event.trigger, one.event.action) if one else (entry.trigger, entry.action)
        sentence = sentence_around(library.document(entry.document).text, trigger)
        cited = Citation(entry.document, trigger, sentence, account.chain if account else (), entry.according_to)
        found.append(Member(entry.key, action, account.id if account else None, quote(library, cited)))
    return tuple(sorted(found, key=lambda each: (each.quote.document, each.quote.span, each.key)))


def _stands(pairs: tuple[Comparison, ...]) -> dict[FieldValue, list[int]]:
    found: dict[FieldValue, list[int]] = {}
    for number, pair in enumerate(pairs):
        for side in (pair.a, pair.b):
            if side is not None and pair.relation != "silent":
                found.setdefault(side, []).append(number)
    return found


def _column(
    library: Library, account: Account, fields: tuple[str, ...], pairs: tuple[Comparison, ...],
    stands: dict[FieldValue, list[int]], judged: dict[str, JudgedEvent],
) -> AccountColumn:
    who = account.voice or (account.chain[-1] if account.chain else None)
    mine = [judged[key] for key in account.events if key in judged]
    called = {who, f"{who} (in {account.chain[0]})" if account.chain else who}
    silent = {pair.field for pair in pairs if pair.relation == "silent" and pair.about in called}
    cells = []
    for field in fields:
        values = tuple(
            Value(value.text, quote(library, value.citation), tuple(stands.get(value, ())))
            for value in account.fields if value.field == field
        )
        found = {pairs[number].relation for value in values for number in value.stands}
        relation = next((each for each in _RANK if each in found), None)
        cells.append(Cell(field, values, relation if values else "silent" if field in silent else None, _each(
            mark for one in mine for mark in one.marks(field)
        )))
    return AccountColumn(
        account.id, account.voice, account.chain, library.sides.party(account.voice), account.documents, tuple(cells),
        _each(mark for one in mine for mark in one.claim_marks()),
    )


def _each(marks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(marks))


def _pair(library: Library, pair: Comparison) -> PairRow:
    b = PairSide(pair.b.text, quote(library, pair.b.citation)) if pair.b is not None else None
    a = PairSide(pair.a.text, quote(library, pair.a.citation))
    return PairRow(pair.field, pair.relation, pair.question, pair.why, a, b, pair.about)


def copy_of(reuse: Reuse) -> Copy:
    """What two documents share, in short."""
    return Copy(reuse.a, reuse.b, reuse.kind, reuse.first, reuse.agency, sum(each.words for each in reuse.passages))
