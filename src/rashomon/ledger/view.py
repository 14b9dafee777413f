"""Looking into the ledger. Every answer is in an order of keys, never of insertion, and seen in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Engine, Select, and_, func, or_, select

from ..errors import UsageError
from ..records import (
    Decision,
    Document,
    Incident,
    Judgement,
    MadeBy,
    Reading,
    RepeatedLine,
    Reuse,
    Said,
    Stated,
    Story,
    Tally,
    judged,
)
from . import books, decisions, dialect, judgements, lineage, named, places, reports, search, verify
from .entries import Capture, ClaimEntry, DocumentEntry, EventEntry, Failure, Hit, State, Status
from .packing import decode, plain, unpack, unpack_document
from .revised import Revised
from .rows import document_of, quoted
from .tables import (
    CURRENT,
    blobs,
    claims,
    comparisons,
    documents,
    events,
    incident_boxes,
    incident_events,
    incident_records,
    incidents,
    names,
    place_boxes,
    readings,
    state,
    statements,
    story_documents,
    tallies,
    to_link,
)
from .tables import judgements as judgements_table

T = TypeVar("T")
_CHUNK = 200
_RECORDS = select(incident_records.c.record).join(incidents, incidents.c.number == incident_records.c.incident)


class _Voice(msgspec.Struct):
    id: str
    chain: tuple[str, ...]


class _Voices(msgspec.Struct):
    """As little of a reading as says who speaks: read in a tenth of the time of the whole."""

    attributions: tuple[_Voice, ...] = ()


class View:
    """Questions to a ledger. Made by `Ledger.view()`; may be used by several threads at once."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    # ------------------------------------------------------------------------------------------------------ documents

    def documents(self, *, state: State | None = None) -> tuple[DocumentEntry, ...]:
        """All documents, or those of one state, by caller's id and key."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(reports.documents(connection, documents.c.state == state if state else None))

    def published_by(self, publisher: str) -> tuple[str, ...]:
        """Keys of the read documents of a publisher, whatever the capitals of its name, sorted."""
        query = select(documents.c.key, readings.c.publisher).join(readings, CURRENT).where(readings.c.publisher.is_not(None))
        asked = " ".join(plain(publisher).casefold().split())
        with dialect.looking(self._engine, self._where) as connection:
            named = connection.execute(select(readings.c.publisher).distinct().where(readings.c.retired.is_(None))).scalars()
            same = [name for name in named if name is not None and " ".join(name.casefold().split()) == asked]
            rows = connection.execute(query.where(readings.c.publisher.in_(same)).order_by(documents.c.key))
            return tuple(row.key for row in rows)

    def entries(self, keys: Iterable[str]) -> tuple[DocumentEntry, ...]:
        """These documents (keys), by caller's id and key; those that the ledger does not have are left out."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(reports.documents(connection, documents.c.key.in_(sorted(set(keys)))))

    def known(self, key: str) -> DocumentEntry | None:
        """The document of that key; None where the ledger has none."""
        with dialect.looking(self._engine, self._where) as connection:
            return next(iter(reports.documents(connection, documents.c.key == key)), None)

    def document(self, name: str) -> DocumentEntry:
        """One document by its key, the start of its key, or the caller's id. UsageError for none or for several."""
        with dialect.looking(self._engine, self._where) as connection:
            found = reports.documents(connection, documents.c.key == name)
            found = found or reports.documents(connection, documents.c.caller == plain(name))
            if not found and named.may_be_prefix(name):
                found = reports.documents(connection, documents.c.key.startswith(name, autoescape=True))
        if not found:
            raise UsageError(f"ledger {self._where} has no document {name!r}: `rashomon status` lists what it has")
        if len(found) > 1:
            keys = ", ".join(entry.key for entry in found)
            raise UsageError(f"{name!r} means {len(found)} documents of {self._where}: give one of the keys {keys}")
        return found[0]

    def original(self, key: str) -> Document:
        """The document as it was stored, exact text included. UsageError for an unknown key."""
        with dialect.looking(self._engine, self._where) as connection:
            record = connection.execute(select(documents.c.record).where(documents.c.key == key)).scalar()
        if record is None:
            raise UsageError(f"ledger {self._where} has no document with the key {key!r}")
        return unpack_document(record)

    def captures(self, address: str) -> tuple[Capture, ...]:
        """The versions of an address (URL, or the caller's id), by the time they were fetched."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(reports.captures(connection, plain(address)))

    def content(self, sha256: str) -> bytes:
        """The bytes of a capture. UsageError when the ledger has none with that digest."""
        with dialect.looking(self._engine, self._where) as connection:
            packed = connection.execute(select(blobs.c.content).where(blobs.c.sha256 == sha256)).scalar()
        if packed is None:
            raise UsageError(f"ledger {self._where} has no capture with the sha256 {sha256!r}")
        return unpack(packed)

    # ------------------------------------------------------------------------------------------------------- readings

    def reading(self, key: str, *, as_judged: bool = True) -> Reading | None:
        """The current reading of a document; None where it was not read. See `readings`."""
        for _, reading in self.readings([key], as_judged=as_judged):
            return reading
        return None

    def readings(self, keys: Iterable[str] | None = None, *, as_judged: bool = True) -> Iterator[tuple[str, Reading]]:
        """(document key, current reading), sorted by key; of all documents without `keys`. Unread ones are left out.

        What people rejected is left out and what they corrected stands in their words (`records.judged`), unless the reading
        is asked for as the machine left it.
        """
        wanted = sorted(set(keys)) if keys is not None else self._all_keys()
        for first in range(0, len(wanted), _CHUNK):
            # A transaction a chunk: a slow consumer must not hold the log of a fast writer.
            query = select(documents.c.key, readings.c.body).join(readings, CURRENT).order_by(documents.c.key)
            with dialect.looking(self._engine, self._where) as connection:
                some = query.where(documents.c.key.in_(wanted[first : first + _CHUNK]))
                rows = connection.execute(some).all()
                said = judgements.by_document(connection, [row.key for row in rows]) if as_judged else {}
            for row in rows:
                reading = decode(row.body, Reading)
                yield row.key, judged(reading, said[row.key]) if row.key in said else reading

    def chains(self, keys: Iterable[str]) -> dict[str, dict[str, tuple[str, ...]]]:
        """Document key -> id of a claim of its current reading -> who says it through whom, as people have judged it."""
        wanted = sorted(set(keys))
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        query = select(documents.c.key, readings.c.body).join(readings, CURRENT)
        for first in range(0, len(wanted), _CHUNK):
            with dialect.looking(self._engine, self._where) as connection:
                rows = connection.execute(query.where(documents.c.key.in_(wanted[first : first + _CHUNK]))).all()
                said = judgements.by_document(connection, [row.key for row in rows])
            for row in rows:
                whole = judged(decode(row.body, Reading), said[row.key]) if row.key in said else decode(row.body, _Voices)
                found[row.key] = {claim.id: tuple(claim.chain) for claim in whole.attributions}
        return found

    def history(self, key: str) -> tuple[tuple[str, str | None, Reading], ...]:
        """(added, retired, reading) of every reading that a document ever had, the current one last."""
        query = select(readings.c.added, readings.c.retired, readings.c.body).join(
            documents, documents.c.number == readings.c.document
        )
        with dialect.looking(self._engine, self._where) as connection:
            rows = connection.execute(query.where(documents.c.key == key).order_by(readings.c.id)).all()
        return tuple((row.added, row.retired, decode(row.body, Reading)) for row in rows)

    def outdated(self, made_by: MadeBy) -> tuple[str, ...]:
        """Keys of the documents whose reading another make of the program has left, sorted."""
        query = select(documents.c.key).join(readings, CURRENT).where(reports.made_otherwise(made_by))
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(connection.execute(query.order_by(documents.c.key)).scalars())

    def claims(self, *, document: str | None = None, speaker: str | None = None) -> tuple[ClaimEntry, ...]:
        """Claims of the current readings, by document key and place in the reading."""
        asked: list[ColumnElement[bool]] = []
        if document is not None:
            asked.append(documents.c.key == document)
        if speaker is not None:
            asked.append(claims.c.speaker == plain(speaker))
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(reports.claims(connection, asked))

    def claim(self, key: str) -> ClaimEntry | None:
        """One claim by its key."""
        with dialect.looking(self._engine, self._where) as connection:
            return next(iter(reports.claims(connection, [claims.c.key == key])), None)

    def events(
        self,
        *,
        document: str | None = None,
        type: str | None = None,
        party: str | None = None,
        since: str | None = None,
        until: str | None = None,
        near: tuple[float, float, float] | None = None,
        actions: Iterable[str] | None = None,
        of_incidents: Iterable[str] | None = None,
    ) -> tuple[EventEntry, ...]:
        """Events of the current readings, by document key and place in the reading.

        `actions` are names of our vocabulary, `of_incidents` ids, any of which will do; `party` is an actor's or recipient's
        name; `since` and `until` ISO days that the event's time must touch; `near` (latitude, longitude, km) a circle that its
        place must touch.
        """
        asked: list[ColumnElement[bool]] = []
        if document is not None:
            asked.append(documents.c.key == document)
        if type is not None:
            asked.append(events.c.type == type)
        if actions is not None:
            asked.append(events.c.action.in_(sorted(set(actions))))
        if of_incidents is not None:
            members = select(incident_events.c.event).join(incidents, incidents.c.number == incident_events.c.incident)
            asked.append(events.c.key.in_(members.where(incidents.c.id.in_(sorted(set(of_incidents))))))
        if party is not None:
            asked.append(events.c.document.in_(select(names.c.document).where(names.c.name == plain(party))))
            inside = quoted(plain(party))
            asked.append(or_(*(each.contains(inside, autoescape=True) for each in (events.c.actors, events.c.recipients))))
        asked += places.in_time(events, since, until)
        if near is not None:
            asked.append(events.c.document.in_(places.in_box(place_boxes, document_of(place_boxes.c.id), near)))
        with dialect.looking(self._engine, self._where) as connection:
            found = tuple(entry for entry in reports.events(connection, asked) if places.touches(entry, near))
        return tuple(
            entry for entry in found if party is None or plain(party) in (*entry.actors, *entry.recipients)
        )

    def event(self, key: str) -> EventEntry | None:
        """One event by its key."""
        with dialect.looking(self._engine, self._where) as connection:
            return next(iter(reports.events(connection, [events.c.key == key])), None)

    def stated(
        self, kind: type[Said], *, documents_of: Iterable[str] | None = None, place: str | None = None
    ) -> tuple[Stated[Said], ...]:
        """What current readings state in one book (`Control`, `Pledge`, `Forecast` or `Naming`), by document key and place in
        the reading: of these documents (keys), or of control of a place by its name as the text gives it."""
        asked: list[ColumnElement[bool]] = []
        if place is not None:
            asked.append(statements.c.place == plain(place).casefold())
        with dialect.looking(self._engine, self._where) as connection:
            if documents_of is None:
                return tuple(books.stated(connection, kind, asked))
            wanted = sorted(set(documents_of))
            chunks = [wanted[first : first + _CHUNK] for first in range(0, len(wanted), _CHUNK)]
            return tuple(
                each for some in chunks for each in books.stated(connection, kind, [*asked, documents.c.key.in_(some)])
            )

    def judgements(
        self, *, document: str | None = None, field: str | None = None, retired: bool = False
    ) -> tuple[Judgement, ...]:
        """What people judged, in the order of judging: that still holds, or with `retired` all of it."""
        row = judgements_table.c
        asked: list[ColumnElement[bool]] = [] if retired else [row.retired.is_(None)]
        if document is not None:
            asked.append(row.document == document)
        if field is not None:
            asked.append(row.field == field)
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(judgements.every(connection, asked))

    # ----------------------------------------------------------------------------------------------- across documents

    def stories(self) -> tuple[Story, ...]:
        """All stories, sorted by id. Every document that is not failed is in exactly one: unlinked ones stand alone."""
        query = (
            select(documents.c.key, story_documents.c.story)
            .outerjoin(story_documents, story_documents.c.document == documents.c.number)
            .where(or_(documents.c.state != "failed", story_documents.c.story.is_not(None)))
        )
        members: dict[str, list[str]] = {}
        with dialect.looking(self._engine, self._where) as connection:
            for row in connection.execute(query):
                members.setdefault(row.story or row.key, []).append(row.key)
        return tuple(Story(id=story, documents=tuple(sorted(members[story]))) for story in sorted(members))

    def story(self, id: str) -> Story | None:
        """One story by its id."""
        query = select(documents.c.key).join(story_documents, story_documents.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            keys = tuple(connection.execute(query.where(story_documents.c.story == id).order_by(documents.c.key)).scalars())
        return Story(id=id, documents=keys) if keys else None

    def incidents(
        self,
        *,
        story: str | None = None,
        document: str | None = None,
        type: str | None = None,
        party: str | None = None,
        since: str | None = None,
        until: str | None = None,
        near: tuple[float, float, float] | None = None,
        relation: str | None = None,
        min_documents: int = 1,
        min_accounts: int = 1,
    ) -> Iterator[Incident]:
        """Incidents that meet every condition given, sorted by id. Conditions as in `events`; `document` is a document
        key, `relation` one that holds between two of the accounts ("disagree")."""
        asked: list[ColumnElement[bool]] = [
            incidents.c.documents >= min_documents, incidents.c.accounts >= min_accounts,
        ]
        if story is not None:
            asked.append(incidents.c.story == story)
        if type is not None:
            asked.append(incidents.c.type == type)
        if relation is not None:
            related = select(comparisons.c.incident).where(comparisons.c.relation == relation)
            asked.append(incidents.c.number.in_(related))
        if document is not None:
            asked.append(incidents.c.number.in_(_incidents_of(documents.c.key == document)))
        if party is not None:
            # The name as the rows quote it: inside a JSON list of names.
            inside = quoted(plain(party))
            named = events.c.document.in_(select(names.c.document).where(names.c.name == plain(party)))
            columns = events.c.actors, events.c.recipients
            either = or_(*(column.contains(inside, autoescape=True) for column in columns))
            asked.append(incidents.c.number.in_(_incidents_of(and_(named, either))))
        asked += places.in_time(incidents, since, until)
        if near is not None:
            asked.append(incidents.c.number.in_(places.in_box(incident_boxes, incident_boxes.c.id, near)))
        query = select(incidents.c.id, incidents.c.lat, incidents.c.lon, incidents.c.radius_km).where(*asked)
        with dialect.looking(self._engine, self._where) as connection:
            rows = connection.execute(query.order_by(incidents.c.id)).all()
        ids = [row.id for row in rows if places.touches(row, near)]
        for first in range(0, len(ids), _CHUNK):
            some = _RECORDS.where(incidents.c.id.in_(ids[first : first + _CHUNK]))
            yield from self._records(some.order_by(incidents.c.id), Incident)

    def parts_of(self, id: str) -> frozenset[str]:
        """Ids of the incidents that are told as parts of that one."""
        with dialect.looking(self._engine, self._where) as connection:
            return frozenset(connection.execute(select(incidents.c.id).where(incidents.c.part_of == id)).scalars())

    def changes(self) -> int:
        """A number that grows with every change: what was asked at the same number is still so."""
        with dialect.looking(self._engine, self._where) as connection:
            return int(connection.execute(select(state.c.changes)).scalar() or 0)

    def publication_days(self) -> tuple[str | None, str | None]:
        """First and last day on which a document of the ledger may have appeared."""
        row = readings.c
        query = select(func.min(row.published_start), func.max(row.published_end)).where(row.retired.is_(None))
        with dialect.looking(self._engine, self._where) as connection:
            first, last = connection.execute(query).one()
        return first, last

    def incident(self, id: str) -> Incident | None:
        """One incident by its id, the start of its id, or a former id: then the one that holds its events now."""
        with dialect.looking(self._engine, self._where) as connection:
            current = named.incident(connection, id)
            record = None if current is None else connection.execute(
                _RECORDS.where(incidents.c.id == current)
            ).scalar_one()
        return None if record is None else decode(record, Incident)

    def tallies(self, *, document: str | None = None) -> tuple[Tally, ...]:
        """Tolls over days, areas and campaigns, sorted by id."""
        query = select(tallies.c.record).order_by(tallies.c.id)
        if document is not None:
            own = select(documents.c.number).where(documents.c.key == document)
            query = query.where(tallies.c.document.in_(own))
        return tuple(self._records(query, Tally))

    def reuses(self, document: str | None = None) -> tuple[Reuse, ...]:
        """What documents share word for word, all of it or that of one document (its key), by both documents' keys."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(lineage.reuses_of(connection, document))

    def repeated_lines(self, publisher: str | None = None) -> tuple[RepeatedLine, ...]:
        """The lines that publishers, or this one, set into many of their documents, by publisher and words."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(lineage.lines_of(connection, publisher))

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Passages with every word of `query`, best first. `"a phrase"`, `begin*` and `-without` mean what they show;
        word endings do not matter. UsageError for a query without a word."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(search.search(connection, query, limit))

    def decisions(self, *, withdrawn: bool = False) -> tuple[Decision, ...]:
        """What people decided about incidents, the newest first; with `withdrawn`, also what holds no more."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(each for each in decisions.every(connection) if withdrawn or each.retired is None)

    def present(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of these documents that the ledger holds a reading of."""
        query = select(documents.c.key).where(documents.c.state == "read")
        with dialect.looking(self._engine, self._where) as connection:
            return frozenset(row.key for row in dialect.within(connection, query, documents.c.key, set(keys)))

    def find(self, name: str) -> tuple[str, str] | None:
        """What an id means: ("document" | "story" | "incident" | "event" | "claim", its full key), or None. The start
        of a key will do where it is enough to tell it."""
        with dialect.looking(self._engine, self._where) as connection:
            return named.thing(connection, name)

    @property
    def revised(self) -> Revised:
        """What sources changed later, as far as it was looked for: `revising.revised_later` says the rest."""
        return Revised(self._engine, self._where)

    # ----------------------------------------------------------------------------------------------------------- state

    def status(self, made_by: MadeBy | None = None) -> Status:
        """The ledger in figures; `made_by` is the make of the running program, to count the readings of another."""
        with dialect.looking(self._engine, self._where) as connection:
            return reports.status(connection, made_by)

    def failures(self) -> tuple[Failure, ...]:
        """Documents that could not be read, by caller's id and source."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(reports.failures(connection))

    def pending(self) -> tuple[str, ...]:
        """Keys of the documents that wait to be linked, sorted."""
        query = select(documents.c.key).join(to_link, to_link.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(connection.execute(query.order_by(documents.c.key)).scalars())

    def verify(self) -> Iterator[str]:
        """Everything that is not as it must be, one sentence each; nothing for a sound ledger. Reads all of it."""
        with dialect.in_words(self._where):
            yield from verify.problems(self._engine)

    # ---------------------------------------------------------------------------------------------------------- inside

    def _all_keys(self) -> list[str]:
        with dialect.looking(self._engine, self._where) as connection:
            return list(connection.execute(select(documents.c.key).order_by(documents.c.key)).scalars())

    def _records(self, query: Select[Any], kind: type[T]) -> Iterator[T]:
        with dialect.looking(self._engine, self._where) as connection:
            rows = list(connection.execute(query).scalars())
        for row in rows:
            yield decode(row, kind)


def _incidents_of(condition: ColumnElement[bool]) -> Select[tuple[int]]:
    query = select(incident_events.c.incident).join(events, events.c.key == incident_events.c.event)
    return query.join(documents, documents.c.number == events.c.document).where(condition)
