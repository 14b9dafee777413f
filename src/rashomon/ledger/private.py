"""What a person keeps for themselves: folders with notes, saved searches. Read here alone, asked for under the person's name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..errors import NotThere, UsageError
from ..records import digest
from . import dialect
from .packing import plain
from .tables import folder_items, folders, searches

ItemKind = Literal["incident", "document", "claim", "actor", "place"]
# Coming back within so short a while is the same visit.
_VISIT = timedelta(minutes=30)


class Kept(msgspec.Struct, frozen=True):
    """Something put into a folder: `key` is an incident's id, a document's or claim's key, an actor's or place's name."""

    kind: ItemKind
    key: str
    note: str
    added: str


class Folder(msgspec.Struct, frozen=True):
    """A person's folder and how many things lie in it; `note` is private, as all of it is."""

    id: str
    name: str
    note: str
    made: str
    items: int


class Search(msgspec.Struct, frozen=True):
    """A saved selection of incidents. `visited`: when its person last looked, `before`: when they had looked before that."""

    id: str
    name: str
    filters: dict[str, str]
    made: str
    visited: str
    before: str | None


class Private:
    """Folders and saved searches. Made by `Ledger.private()`. Nothing that a ledger shows to others changes with them.

    Each call takes the person's name: what is another's is not found (NotThere), as what is not there.
    """

    def __init__(self, engine: Engine, where: str, clock: Callable[[], str]) -> None:
        self._engine = engine
        self._where = where
        self._clock = clock

    # ----------------------------------------------------------------------------------------------------- folders

    def folders(self, person: str) -> tuple[Folder, ...]:
        """The person's folders by name."""
        with dialect.looking(self._engine, self._where) as connection:
            return tuple(_folder(row) for row in connection.execute(_folders(person).order_by(folders.c.name)))

    def folder(self, person: str, id: str) -> Folder:
        """One folder."""
        with dialect.looking(self._engine, self._where) as connection:
            row = connection.execute(_folders(person).where(folders.c.id == id)).first()
        if row is None:
            raise NotThere(f"{person} has no folder {id!r}")
        return _folder(row)

    def items(self, person: str, id: str) -> tuple[Kept, ...]:
        """What lies in the folder, in the order in which it was put there."""
        row = folder_items.c
        with dialect.looking(self._engine, self._where) as connection:
            _own(connection, folders.c.id, folders.c.person, person, id, "folder")
            query = select(row.kind, row.key, row.note, row.added).where(row.folder == id).order_by(row.number)
            return tuple(Kept(*each) for each in connection.execute(query))

    def make_folder(self, person: str, name: str, note: str = "") -> Folder:
        """A new folder; UsageError where the person has one of that name."""
        instant = self._clock()
        made = Folder(digest("folder", person, name, instant), name, note, instant, 0)
        with self._changing(f"{person} has a folder {name!r} already") as connection:
            connection.execute(
                insert(folders).values(id=made.id, person=plain(person), name=plain(name), note=plain(note), made=instant)
            )
        return made

    def change_folder(self, person: str, id: str, name: str, note: str) -> None:
        """Another name or note for the folder."""
        with self._changing(f"{person} has a folder {name!r} already") as connection:
            _own(connection, folders.c.id, folders.c.person, person, id, "folder")
            connection.execute(update(folders).where(folders.c.id == id).values(name=plain(name), note=plain(note)))

    def drop_folder(self, person: str, id: str) -> None:
        """The folder goes with its notes; what it pointed to stays."""
        with self._changing() as connection:
            _own(connection, folders.c.id, folders.c.person, person, id, "folder")
            connection.execute(delete(folder_items).where(folder_items.c.folder == id))
            connection.execute(delete(folders).where(folders.c.id == id))

    def put(self, person: str, id: str, kind: ItemKind, key: str, note: str) -> None:
        """Put something into the folder, or change its note where it lies there."""
        row, mine = folder_items.c, {"folder": id, "kind": kind, "key": plain(key)}
        with self._changing() as connection:
            _own(connection, folders.c.id, folders.c.person, person, id, "folder")
            same = (row.folder == id) & (row.kind == kind) & (row.key == plain(key))
            if not connection.execute(update(folder_items).where(same).values(note=plain(note))).rowcount:
                last = connection.execute(select(func.coalesce(func.max(row.number), 0)).where(row.folder == id)).scalar_one()
                connection.execute(insert(folder_items).values(**mine, note=plain(note), added=self._clock(), number=last + 1))

    def take_out(self, person: str, id: str, kind: ItemKind, key: str) -> None:
        """Take something out of the folder."""
        row = folder_items.c
        with self._changing() as connection:
            _own(connection, folders.c.id, folders.c.person, person, id, "folder")
            connection.execute(delete(folder_items).where(row.folder == id, row.kind == kind, row.key == plain(key)))

    # ---------------------------------------------------------------------------------------------------- searches

    def searches(self, person: str) -> tuple[Search, ...]:
        """The person's saved searches by name."""
        with dialect.looking(self._engine, self._where) as connection:
            query = select(searches).where(searches.c.person == plain(person)).order_by(searches.c.name)
            return tuple(_search(row) for row in connection.execute(query))

    def save_search(self, person: str, name: str, filters: Mapping[str, str]) -> Search:
        """Keep a selection under a name; one of that name is put in its place. Saving it is the first visit."""
        instant = self._clock()
        made = Search(digest("search", person, name), name, dict(sorted(filters.items())), instant, instant, None)
        with self._changing() as connection:
            connection.execute(delete(searches).where(searches.c.person == plain(person), searches.c.name == plain(name)))
            connection.execute(insert(searches).values(
                id=made.id, person=plain(person), name=plain(name), filters=json.dumps(made.filters), made=instant,
                visited=instant,
            ))
        return made

    def visit_search(self, person: str, id: str) -> Search:
        """Note that the person looks at what the search finds. A second look within half an hour is the same visit."""
        now = self._clock()
        with self._changing() as connection:
            _own(connection, searches.c.id, searches.c.person, person, id, "saved search")
            row = connection.execute(select(searches).where(searches.c.id == id)).one()
            same = datetime.fromisoformat(now) - datetime.fromisoformat(row.visited) < _VISIT
            before = row.before if same else row.visited
            connection.execute(update(searches).where(searches.c.id == id).values(visited=now, before=before))
        return msgspec.structs.replace(_search(row), visited=now, before=before)

    def drop_search(self, person: str, id: str) -> None:
        """Forget the search."""
        with self._changing() as connection:
            _own(connection, searches.c.id, searches.c.person, person, id, "saved search")
            connection.execute(delete(searches).where(searches.c.id == id))

    # ------------------------------------------------------------------------------------------------------ inside

    @contextmanager
    def _changing(self, taken: str = "") -> Iterator[Connection]:
        with dialect.in_words(self._where):
            try:
                # Not counted: nothing that others are shown changes.
                with dialect.writing(self._engine, counted=False) as connection:
                    yield connection
            except IntegrityError as error:
                raise UsageError(taken) from error


def _own(connection: Connection, id_column: Any, person_column: Any, person: str, id: str, what: str) -> None:
    if connection.execute(select(id_column).where(id_column == id, person_column == plain(person))).first() is None:
        raise NotThere(f"{person} has no {what} {id!r}")


def _folders(person: str) -> Select[Any]:
    row = folders.c
    count = select(func.count()).where(folder_items.c.folder == row.id).scalar_subquery()
    return select(row.id, row.name, row.note, row.made, count.label("items")).where(row.person == plain(person))


def _folder(row: Row[Any]) -> Folder:
    return Folder(row.id, row.name, row.note, row.made, row.items)


def _search(row: Row[Any]) -> Search:
    return Search(row.id, row.name, json.loads(row.filters), row.made, row.visited, row.before)
