"""Lists of incidents by their rows alone: a page of fifty among many thousands, without opening a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, Literal

import msgspec
import numpy as np
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, or_, select, tuple_

from . import dialect, places, reports
from .columns import Coded, Columns, changes, load
from .entries import ClaimEntry
from .packing import plain
from .rows import quoted
from .tables import (
    claims,
    documents,
    events,
    incident_boxes,
    incident_documents,
    incident_events,
    incident_origins,
    incidents,
    names,
    readings,
)

Order = Literal["newest", "oldest", "most-told"]
Circle = tuple[float, float, float]
# So few months are told by their days.
_FEW_MONTHS = 2
_FACETS = 20


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which incidents are meant; what is None does not choose.

    `since`, `until`: ISO days that the incident's time touches; `near`: latitude, longitude, km; `box`: south, west, north,
    east in degrees; `place`: words of its name; `type`: PLOVER root; `party`: an actor's or recipient's name; `publisher`: of
    one of its documents; `contested`: accounts disagree or deny; `added_since`: an instant since which the ledger took in one
    of its documents; `documents`: keys, one of which tells of it.
    """

    since: str | None = None
    until: str | None = None
    near: Circle | None = None
    box: tuple[float, float, float, float] | None = None
    place: str | None = None
    type: str | None = None
    party: str | None = None
    publisher: str | None = None
    contested: bool | None = None
    added_since: str | None = None
    documents: tuple[str, ...] | None = None


class IncidentEntry(msgspec.Struct, frozen=True):
    """An incident as lists show it. `traced` and `untraced` count the origins behind its accounts."""

    id: str
    type: str
    action: str
    actor: str | None
    recipient: str | None
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    time_start: str | None
    time_end: str | None
    documents: int
    accounts: int
    contested: bool
    traced: int
    untraced: int


class Totals(msgspec.Struct, frozen=True):
    """A selection counted: its articles once each, its traced origins once each by name, its untraced ones."""

    incidents: int
    contested: int
    articles: int
    traced: int
    untraced: int


class Period(msgspec.Struct, frozen=True):
    """How many incidents began in a month or on a day (`start`, as "2016-08" or "2016-08-05")."""

    start: str
    incidents: int
    contested: int


class Summary(msgspec.Struct, frozen=True):
    """A selection at a glance. `by` tells what its periods are; `types` and `places` are the commonest, with their counts;
    `areas` the most told that have a place on the map, and `left_out` how many more have one."""

    totals: Totals
    by: Literal["month", "day"]
    periods: tuple[Period, ...]
    types: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    areas: tuple[IncidentEntry, ...]
    left_out: int


class Lists:
    """Questions that lists and maps of incidents ask. Made by `Ledger.lists()`; may be used by several threads at once."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where
        self._columns: Columns | None = None
        self._lock = Lock()

    def page(
        self, chosen: Selection, *, order: Order = "newest", after: Sequence[Any] | None = None, limit: int = 50
    ) -> list[tuple[IncidentEntry, tuple[Any, ...]]]:
        """Incidents in order, each with its place in that order: the next page begins `after` it."""
        with dialect.looking(self._engine, self._where) as connection:
            return _page(connection, chosen, order, after, limit)

    def told_by(self, speaker: str, limit: int) -> list[IncidentEntry]:
        """The most told of the incidents that claims of this speaker tell of; not what is told in an outlet's own voice."""
        row = incidents.c
        spoken = (
            select(incident_events.c.incident).select_from(_TOLD)
            .join(claims, and_(claims.c.document == events.c.document, claims.c.local == events.c.according_to))
            .where(
                claims.c.speaker == plain(speaker), claims.c.source_start.is_not(None),
                claims.c.content_end > claims.c.content_start,
            )
        )
        query = _entries(Selection()).where(row.number.in_(spoken))
        with dialect.looking(self._engine, self._where) as connection:
            order = (row.documents.desc(), row.accounts.desc(), row.id.desc())
            return [_entry(each) for each in connection.execute(query.order_by(*order).limit(limit))]

    def claims_under(self, ids: Iterable[str]) -> tuple[ClaimEntry, ...]:
        """The claims in which events of these incidents stand, by document key and place in the reading."""
        row = events.c
        told = (
            select(row.document, row.according_to).select_from(_TOLD)
            .join(incidents, incidents.c.number == incident_events.c.incident)
            .where(incidents.c.id.in_(sorted(set(ids))))
        )
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(reports.claims(connection, [tuple_(claims.c.document, claims.c.local).in_(told)]))

    def summary(self, chosen: Selection, *, by: Literal["auto", "month", "day"] = "auto", areas: int = 1500) -> Summary:
        """The selection in figures, in time and on the map."""
        with dialect.looking(self._engine, self._where) as connection:
            columns, rows = self._chosen(connection, chosen)
            told: Literal["month", "day"] = "month" if by == "auto" else by
            periods = _periods(columns.month if told == "month" else columns.start, columns, rows)
            if by == "auto" and len(periods) <= _FEW_MONTHS:
                told, periods = "day", _periods(columns.start, columns, rows)
            placed = np.flatnonzero(rows & columns.located)
            shown = placed[np.argsort(columns.rank[placed])][:areas]
            return Summary(
                Totals(
                    int(rows.sum()), int((rows & columns.contested).sum()), columns.documents.different(rows),
                    columns.origins.different(rows), int(columns.untraced[rows].sum()),
                ),
                told, periods, _facets(columns.type, rows), _facets(columns.place, rows),
                tuple(_by_number(connection, columns.numbers[shown].tolist())), len(placed) - len(shown),
            )

    def undated_since(self, day: str) -> frozenset[str]:
        """Ids of the incidents without a day that a report tells of which may have appeared on that day (ISO 8601) or later;
        one of unknown day appeared when it came in."""
        appeared = func.coalesce(readings.c.published_end, documents.c.added)
        late = select(readings.c.document).join(documents, documents.c.number == readings.c.document)
        late = late.where(readings.c.retired.is_(None), appeared >= day)
        row = incidents.c
        undated = select(row.id).where(row.time_start.is_(None), row.time_end.is_(None), row.number.in_(_of_documents(late)))
        with dialect.looking(self._engine, self._where) as connection:
            return frozenset(connection.execute(undated).scalars())

    def _chosen(self, connection: Connection, chosen: Selection) -> tuple[Columns, Any]:
        """The columns as this transaction sees them, and a mask of the selection."""
        with self._lock:
            if self._columns is None or self._columns.changes != changes(connection):
                self._columns = load(connection)
            columns = self._columns
        rows = columns.in_time(chosen.since, chosen.until)
        if chosen.contested is not None:
            rows &= columns.contested == chosen.contested
        asked = conditions(replace(chosen, since=None, until=None, contested=None))
        if asked:
            rows &= columns.rows(list(connection.execute(select(incidents.c.number).where(*asked)).scalars()))
        return columns, rows


def _page(
    connection: Connection, chosen: Selection, order: Order, after: Sequence[Any] | None, limit: int
) -> list[tuple[IncidentEntry, tuple[Any, ...]]]:
    row = incidents.c
    keys: tuple[ColumnElement[Any], ...]
    signs: tuple[bool, ...]
    if order == "most-told":
        keys, signs = (row.documents, row.accounts, row.id), (False, False, False)
    elif order == "newest":
        keys, signs = (row.newest, row.id), (False, False)
    else:
        keys, signs = (row.oldest, row.id), (True, True)
    query = _entries(chosen).add_columns(*(key.label(f"key_{number}") for number, key in enumerate(keys)))
    if after is not None:
        side = tuple_(*keys) > tuple_(*after) if all(signs) else tuple_(*keys) < tuple_(*after)
        query = query.where(side)
    query = query.order_by(*(key if up else key.desc() for key, up in zip(keys, signs, strict=True))).limit(limit)
    found = connection.execute(query).all()
    return [(_entry(each), tuple(each[len(each) - len(keys):])) for each in found]


def _periods(column: Coded, columns: Columns, rows: Any) -> tuple[Period, ...]:
    counted = zip(column.values, column.counts(rows), column.counts(rows & columns.contested), strict=True)
    return tuple(Period(start, all_of_it, contested) for start, all_of_it, contested in counted if all_of_it)


def _facets(column: Coded, rows: Any) -> tuple[tuple[str, int], ...]:
    counted = [(value, count) for value, count in zip(column.values, column.counts(rows), strict=True) if count]
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0]))[:_FACETS])


def _by_number(connection: Connection, numbers: list[int]) -> list[IncidentEntry]:
    """These incidents, in this order."""
    query = _entries(Selection()).add_columns(incidents.c.number)
    found = {each.number: _entry(each) for each in dialect.within(connection, query, incidents.c.number, numbers)}
    return [found[number] for number in numbers]


def conditions(chosen: Selection) -> list[ColumnElement[bool]]:
    """The selection as conditions on rows of incidents."""
    row = incidents.c
    asked = places.in_time(incidents, chosen.since, chosen.until)
    if chosen.type is not None:
        asked.append(row.type == chosen.type)
    if chosen.contested is not None:
        asked.append(row.contested.is_(chosen.contested))
    if chosen.place is not None:
        asked.append(row.place.icontains(plain(chosen.place), autoescape=True))
    if chosen.near is not None:
        asked.append(row.number.in_(places.in_box(incident_boxes, incident_boxes.c.id, chosen.near)))
    if chosen.box is not None:
        asked.append(row.number.in_(_inside(chosen.box)))
    if chosen.party is not None:
        inside = quoted(plain(chosen.party))
        named = events.c.document.in_(select(names.c.document).where(names.c.name == plain(chosen.party)))
        either = or_(*(column.contains(inside, autoescape=True) for column in (events.c.actors, events.c.recipients)))
        asked.append(row.number.in_(_of_events(and_(named, either))))
    if chosen.publisher is not None:
        own = select(readings.c.document).where(readings.c.publisher == plain(chosen.publisher), readings.c.retired.is_(None))
        asked.append(row.number.in_(_of_documents(own)))
    if chosen.added_since is not None:
        fresh = select(documents.c.number).where(documents.c.added >= chosen.added_since)
        asked.append(row.number.in_(_of_documents(fresh)))
    if chosen.documents is not None:
        meant = select(documents.c.number).where(documents.c.key.in_(sorted(set(chosen.documents))))
        asked.append(row.number.in_(_of_documents(meant)))
    return asked


_TOLD: Any = incident_events.join(events, events.c.key == incident_events.c.event)


def _of_events(condition: ColumnElement[bool]) -> Select[Any]:
    return select(incident_events.c.incident).select_from(_TOLD).where(condition)


def _of_documents(numbers: Select[Any]) -> Select[Any]:
    return select(incident_documents.c.incident).where(incident_documents.c.document.in_(numbers))


def _inside(box: tuple[float, float, float, float]) -> Select[Any]:
    south, west, north, east = box
    boxes = incident_boxes.c
    across = or_(boxes.west <= east, boxes.east >= west) if west > east else and_(boxes.west <= east, boxes.east >= west)
    return select(boxes.id).where(boxes.south <= north, boxes.north >= south, across)


def _entries(chosen: Selection) -> Select[Any]:
    row = incidents.c
    traced = select(func.count()).where(incident_origins.c.incident == row.number).correlate(incidents).scalar_subquery()
    return select(
        row.id, row.type, row.action, row.actor, row.recipient, row.place, row.lat, row.lon, row.radius_km, row.time_start,
        row.time_end, row.documents, row.accounts, row.contested, traced.label("traced"), row.untraced,
    ).where(*conditions(chosen))


def _entry(found: Iterable[Any]) -> IncidentEntry:
    return IncidentEntry(*list(found)[: len(IncidentEntry.__struct_fields__)])

