"""What documents are linked by: sketches, the signs that find their like, and the pairs found alike (edges)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Connection, Engine, func, select, union_all

from . import dialect
from .entries import SharesSigns, SketchEntry
from .tables import CURRENT, documents, edges, readings, signs, sketches, story_documents, to_link


class Shelf:
    """What linking keeps for itself. Nothing here is shown to anybody, and all of it can be made again from the readings."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    def keep(self, made: str, fresh: Sequence[SketchEntry]) -> set[str]:
        """Put these sketches in the place of those that their documents had, with all that was found by those.

        Documents that lose an edge are queued for linking: what they belong to may be another thing now; their keys are
        returned. A document that is gone is passed over. `made` names the make of the sketches.
        """
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            numbers = _numbers(connection, (entry.key for entry in fresh))
            gone = set(numbers.values())
            near = {other for pair in edges_of(connection, gone) for other in pair} - gone
            queue(connection, near)
            for column in (sketches.c.document, signs.c.document, edges.c.a, edges.c.b):
                dialect.delete_all(connection, column, gone)
            known = [(numbers[entry.key], entry) for entry in fresh if entry.key in numbers]
            dialect.insert(connection, sketches, [(number, made, entry.body) for number, entry in known])
            rows = sorted((sign, number) for number, entry in known for sign in set(entry.signs))
            dialect.insert(connection, signs, rows)
            return {row.key for row in dialect.within(connection, select(documents.c.key), documents.c.number, near)}

    def join(self, pairs: Collection[tuple[str, str]]) -> None:
        """Note pairs of documents that are alike; known ones, and those of a document that is gone, are passed over."""
        if not pairs:
            return
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            numbers = _numbers(connection, (key for pair in pairs for key in pair))
            both = [(numbers[a], numbers[b]) for a, b in pairs if a in numbers and b in numbers]
            wanted = {(min(pair), max(pair)) for pair in both}
            known = set(edges_of(connection, {a for a, _ in wanted}))
            dialect.insert(connection, edges, sorted(wanted - known))

    def neighbours(self, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The documents that are noted as alike to each of these, sorted; those without any are left out."""
        found: dict[str, set[str]] = {}
        with dialect.looking(self._engine, self._where) as connection:
            numbers = _numbers(connection, keys)
            pairs = set(edges_of(connection, numbers.values()))
            query = select(documents.c.key, documents.c.number)
            rows = dialect.within(connection, query, documents.c.number, {number for pair in pairs for number in pair})
            names = {row.number: row.key for row in rows}
        for a, b in pairs:
            for one, other in ((names[a], names[b]), (names[b], names[a])):
                if one in numbers:
                    found.setdefault(one, set()).add(other)
        return {key: tuple(sorted(others)) for key, others in found.items()}

    def companions(self, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
        """All documents of the story that each of these stands in, sorted; unlinked ones are left out."""
        home_of = select(story_documents.c.document, story_documents.c.story)
        members_of = select(documents.c.key, story_documents.c.story).join(
            story_documents, story_documents.c.document == documents.c.number
        )
        members: dict[str, list[str]] = {}
        with dialect.looking(self._engine, self._where) as connection:
            numbers = _numbers(connection, keys)
            rows = dialect.within(connection, home_of, story_documents.c.document, numbers.values())
            home = {row.document: row.story for row in rows}
            for row in dialect.within(connection, members_of, story_documents.c.story, set(home.values())):
                members.setdefault(row.story, []).append(row.key)
        return {key: tuple(sorted(members[home[number]])) for key, number in numbers.items() if number in home}

    def near(self, key: str, wanted: Collection[int], least: int) -> list[SharesSigns]:
        """The documents that share at least `least` of these signs; `key` left out."""
        sharing = select(signs.c.document, func.count().label("shared")).where(signs.c.sign.in_(wanted))
        enough = sharing.group_by(signs.c.document).having(func.count() >= least).subquery()
        query = select(documents.c.key, enough.c.shared, readings.c.published_start, readings.c.published_end)
        joined = query.select_from(enough).join(documents, enough.c.document == documents.c.number).join(readings, CURRENT)
        with dialect.looking(self._engine, self._where) as connection:
            return [SharesSigns(*row) for row in connection.execute(joined) if row.key != key]

    def bodies(self, keys: Collection[str]) -> dict[str, bytes]:
        """The sketches of those of these documents that have one."""
        query = select(documents.c.key, sketches.c.body).join(sketches, sketches.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            return {row.key: row.body for row in dialect.within(connection, query, documents.c.key, keys)}

    def published(self) -> dict[str, tuple[str | None, str | None]]:
        """First and last possible day of publication of every document that was read, ISO 8601."""
        query = select(documents.c.key, readings.c.published_start, readings.c.published_end).join(readings, CURRENT)
        with dialect.looking(self._engine, self._where) as connection:
            return {key: (start, end) for key, start, end in connection.execute(query)}

    def outdated(self, made: str) -> tuple[str, ...]:
        """Keys of the documents whose sketch is of another make, sorted."""
        query = select(documents.c.key).join(sketches, sketches.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            # Asked so that the index answers: "not equal" would look at every sketch.
            sides = (query.where(side) for side in (sketches.c.made < made, sketches.c.made > made))
            return tuple(sorted(key for side in sides for key in connection.execute(side).scalars()))


def edges_of(connection: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pairs of alike documents, by their numbers, of which one is among these; some of them twice."""
    for some in dialect.chunks(numbers):
        from_a = select(edges.c.a, edges.c.b).where(edges.c.a.in_(some))
        from_b = select(edges.c.a, edges.c.b).where(edges.c.b.in_(some))
        for row in connection.execute(union_all(from_a, from_b)):
            yield row.a, row.b


def queue(connection: Connection, numbers: Collection[int]) -> None:
    """Queue documents for linking; those that wait already wait on."""
    wanted = set(numbers)
    waiting = {row.document for row in dialect.within(connection, select(to_link), to_link.c.document, wanted)}
    dialect.insert(connection, to_link, [(number,) for number in sorted(wanted - waiting)])


def _numbers(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    query = select(documents.c.key, documents.c.number)
    return {row.key: row.number for row in dialect.within(connection, query, documents.c.key, set(keys))}
