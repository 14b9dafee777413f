"""All incidents of a ledger as columns in memory: what overviews count, in milliseconds, over a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, func, select

from .tables import incident_documents, incident_origins, incidents, state

_NONE = -1


class Coded(NamedTuple):
    """A column of texts: the different ones, sorted, and for each row which one; -1 for none."""

    values: list[str]
    codes: Any

    @classmethod
    def of(cls, texts: Sequence[str | None]) -> Coded:
        """The column of these texts."""
        values = sorted({text for text in texts if text is not None})
        at = {text: code for code, text in enumerate(values)}
        return cls(values, np.array([_NONE if text is None else at[text] for text in texts], np.int64))

    def cut(self, length: int) -> Coded:
        """The column of the beginnings of its texts."""
        short = Coded.of([text[:length] for text in self.values])
        return Coded(short.values, np.where(self.codes >= 0, np.append(short.codes, _NONE)[self.codes], _NONE))

    def counts(self, rows: Any) -> list[int]:
        """How many of these rows (a mask) hold each value."""
        codes = self.codes[rows & (self.codes >= 0)]
        return [int(count) for count in np.bincount(codes, minlength=len(self.values))]

    def least(self, text: str) -> Any:
        """A mask of the rows that are `text` or greater."""
        return self.codes >= int(np.searchsorted(np.array(self.values, object), text)) if self.values else self.codes >= 0

    def most(self, text: str) -> Any:
        """A mask of the rows that are `text` or smaller, and not none."""
        last = int(np.searchsorted(np.array(self.values, object), text, side="right"))
        return (self.codes >= 0) & (self.codes < last)


class Members(NamedTuple):
    """What rows have several of: the row and the thing, by number; all numbers of things are below `most`."""

    rows: Any
    things: Any
    most: int

    def different(self, rows: Any) -> int:
        """How many different things these rows (a mask) have."""
        seen = np.zeros(self.most, bool)
        seen[self.things[rows[self.rows]]] = True
        return int(seen.sum())


class Columns(NamedTuple):
    """The incidents by their number, as they were when the ledger counted `changes`. `rank` sorts by most told."""

    changes: int
    numbers: Any
    type: Coded
    place: Coded
    start: Coded
    end: Coded
    month: Coded
    contested: Any
    untraced: Any
    located: Any
    rank: Any
    documents: Members
    origins: Members

    def rows(self, numbers: Sequence[int]) -> Any:
        """A mask of the incidents of these numbers."""
        return np.isin(self.numbers, np.array(numbers, np.int64), assume_unique=True)

    def in_time(self, since: str | None, until: str | None) -> Any:
        """A mask of those whose time touches the days; all of them without any."""
        rows = np.ones(len(self.numbers), bool)
        if since is not None or until is not None:
            rows &= (self.start.codes >= 0) | (self.end.codes >= 0)
        if since is not None:
            rows &= (self.end.codes < 0) | self.end.least(since)
        if until is not None:
            rows &= (self.start.codes < 0) | self.start.most(until)
        return rows


def changes(connection: Connection) -> int:
    """How many transactions have changed what the ledger shows."""
    return int(connection.execute(select(state.c.changes)).scalar() or 0)


def load(connection: Connection) -> Columns:
    """The columns as this transaction sees them."""
    row = incidents.c
    query = select(
        row.number, row.type, row.place, func.substr(row.time_start, 1, 10), func.substr(row.time_end, 1, 10), row.contested,
        row.untraced, row.lat, row.documents, row.accounts, row.id,
    ).order_by(row.number)
    found = [tuple(each) for each in connection.execute(query)]
    number, type_, place, start, end, contested, untraced, lat, documents, accounts, ids = (
        zip(*found, strict=True) if found else ((),) * 11
    )
    numbers = np.array(number, np.int64)
    told = sorted(range(len(found)), key=lambda at: (documents[at], accounts[at], ids[at]), reverse=True)
    rank = np.empty(len(found), np.int64)
    rank[told] = np.arange(len(found))
    begun = Coded.of(start)
    pairs = connection.execute(select(incident_documents.c.incident, incident_documents.c.document)).all()
    origins = connection.execute(select(incident_origins.c.incident, incident_origins.c.name)).all()
    names = Coded.of([name for _, name in origins])
    articles = np.array([document for _, document in pairs], np.int64)
    return Columns(
        changes(connection), numbers, Coded.of(type_), Coded.of(place), begun, Coded.of(end), begun.cut(7),
        np.array(contested, bool), np.array(untraced, np.int64), np.array([each is not None for each in lat], bool), rank,
        Members(
            np.searchsorted(numbers, np.array([incident for incident, _ in pairs], np.int64)), articles,
            int(articles.max(initial=0)) + 1,
        ),
        Members(
            np.searchsorted(numbers, np.array([incident for incident, _ in origins], np.int64)), names.codes, len(names.values)
        ),
    )
