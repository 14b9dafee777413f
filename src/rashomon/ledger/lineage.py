"""What copied text is found by (prints, signs, lines), what waits for comparing, and what documents share.

What a sign finds depends on how many documents hold it, what is compared of a text on the lines that its publisher repeats.
Where a document tips either, all documents that hold the sign or the line wait for comparing anew: so the result depends on
what the ledger holds, and not on the order in which it came.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Select, Table, bindparam, delete, func, select, update

from ..records import RepeatedLine, Reuse
from . import dialect
from .entries import PrintEntry
from .packing import decode, encode, pack, plain, unpack
from .tables import (
    common_signs,
    documents,
    line_uses,
    print_signs,
    prints,
    repeated_lines,
    reuses,
    to_trace,
)

# Rows of signs looked at together.
_ROWS = 200_000


class Limits(NamedTuple):
    """A sign that more documents hold finds nothing (odd ones: `most_alike`); a line of so many different texts and days is
    its publisher's repetition."""

    most_holders: int
    most_alike: int
    line_texts: int
    line_days: int

    def most(self, sign: int) -> int:
        """How many documents may hold the sign."""
        return self.most_alike if sign % 2 else self.most_holders


class Traces:
    """What tracing copied text keeps. All of it can be made again from the readings."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    def keep(self, made: str, fresh: Sequence[PrintEntry], limits: Limits) -> None:
        """Put these prints in the place of those that their documents had. They wait for comparing, and with them every
        document that holds a sign or a line whose standing this changes. A print that is there already changes nothing; a
        document that is gone is passed over."""
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            numbers = _numbers(connection, [entry.key for entry in fresh])
            query = select(prints.c.document, prints.c.made, prints.c.body)
            rows = dialect.within(connection, query, prints.c.document, numbers.values())
            held = {row.document: (row.made, row.body) for row in rows}
            bodies = {entry.key: pack(entry.body) for entry in fresh}
            changed = [
                entry for entry in fresh
                if entry.key in numbers and held.get(numbers[entry.key]) != (made, bodies[entry.key])
            ]
            if not changed:
                return
            mine = {numbers[entry.key] for entry in changed}
            _drop(connection, mine & held.keys())
            _post(connection, [(numbers[entry.key], entry) for entry in changed], limits)
            dialect.insert(connection, prints, [
                (numbers[entry.key], made, bodies[entry.key], _packed(entry.signs),
                 _packed(line.number for line in entry.lines))
                for entry in changed
            ])
            _ask(connection, mine)

    def outdated(self, made: str) -> tuple[str, ...]:
        """Keys of the documents whose print is of another make, sorted."""
        query = select(documents.c.key).join(prints, prints.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            # Asked so that the index answers: "not equal" would look at every print.
            sides = (query.where(side) for side in (prints.c.made < made, prints.c.made > made))
            return tuple(sorted(key for side in sides for key in connection.execute(side).scalars()))

    def waiting(self) -> dict[str, int]:
        """Keys of the documents that wait for comparing, sorted, each with a number that names the request."""
        query = select(documents.c.key, to_trace.c.asked).join(to_trace, to_trace.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            return {row.key: row.asked for row in connection.execute(query.order_by(documents.c.key))}

    def near(self, key: str) -> dict[str, int]:
        """Keys of the documents that share a sign with this one which few enough hold, sorted: 1 for an even sign, 2 for an odd
        one, 3 for signs of both kinds."""
        with dialect.looking(self._engine, self._where) as connection:
            packed = connection.execute(select(prints.c.signs).join(documents).where(documents.c.key == key)).scalar()
            if packed is None:
                return {}
            signs = set(_unpacked(packed))
            signs -= {row.sign for row in _within(connection, common_signs, "sign", signs)}
            query = select(documents.c.key, print_signs.c.sign % 2 + 1).distinct().join(
                documents, documents.c.number == print_signs.c.document
            )
            found: dict[str, int] = {}
            for other, kind in dialect.within(connection, query, print_signs.c.sign, signs):
                found[other] = found.get(other, 0) | kind
        found.pop(key, None)
        return dict(sorted(found.items()))

    def count(self) -> int:
        """How many documents have a print."""
        with dialect.looking(self._engine, self._where) as connection:
            return int(connection.execute(select(func.count()).select_from(prints)).scalar_one())

    def signs(self) -> Iterator[tuple[array[int], array[int]]]:
        """All rows of signs, some at a time: the signs, and the numbers of the documents that hold them.

        Rows come in the order of both; each sign's stand together.
        """
        found, holders = array("q"), array("q")
        query = select(print_signs.c.sign, print_signs.c.document).order_by(print_signs.c.sign, print_signs.c.document)
        with dialect.looking(self._engine, self._where) as connection:
            for rows in connection.execute(query.execution_options(yield_per=_ROWS)).partitions():
                if len(found) >= _ROWS:
                    # What comes may go on with the last sign.
                    cut = bisect_left(found, found[-1])
                    yield found[:cut], holders[:cut]
                    found, holders = found[cut:], holders[cut:]
                found.extend([row[0] for row in rows])
                holders.extend([row[1] for row in rows])
        yield found, holders

    def keys(self) -> dict[int, str]:
        """The documents' keys by their numbers."""
        with dialect.looking(self._engine, self._where) as connection:
            return {row.number: row.key for row in connection.execute(select(documents.c.number, documents.c.key))}

    def bodies(self, keys: Collection[str]) -> dict[str, bytes]:
        """The prints of those of these documents that have one."""
        query = select(documents.c.key, prints.c.body).join(prints, prints.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            rows = list(dialect.within(connection, query, documents.c.key, keys))
        return {row.key: unpack(row.body) for row in rows}

    def repeated(self, among: Collection[int]) -> frozenset[int]:
        """Those of these lines, by their numbers, that their publishers repeat."""
        with dialect.looking(self._engine, self._where) as connection:
            rows = dialect.within(connection, select(repeated_lines.c.line), repeated_lines.c.line, among)
            return frozenset(row.line for row in rows)

    def save(self, found: Iterable[Reuse], done: Collection[str], asked: Mapping[str, int]) -> None:
        """Keep what documents share; those of `done` wait no longer.

        `asked` is what `waiting` said before the comparing. What was asked for since then waits on, and its pairs are passed
        over, as are those of a document that is gone: whoever compares it comes to them.
        """
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            some = list(found)
            numbers = _numbers(connection, {*done, *(each.a for each in some), *(each.b for each in some)})
            now = {row.document: row.asked for row in connection.execute(select(to_trace))}
            steady = {key: number for key, number in numbers.items() if now.get(number) in (None, asked.get(key))}
            rows = {(steady[each.a], steady[each.b]): each for each in some if each.a in steady and each.b in steady}
            settled = {steady[key] for key in done if key in steady}
            known = {(row.a, row.b) for row in _rows_of(connection, select(reuses.c.a, reuses.c.b), settled)}
            dialect.insert(connection, reuses, [
                (a, b, each.kind, pack(encode(each)))
                for (a, b), each in sorted(rows.items(), key=lambda row: row[0]) if (a, b) not in known
            ])
            dialect.delete_all(connection, to_trace.c.document, settled)


def reuses_of(connection: Connection, key: str | None) -> Iterator[Reuse]:
    """What documents share, all or those of one document, by their keys."""
    query = select(reuses.c.record)
    if key is None:
        records = list(connection.execute(query).scalars())
    else:
        numbers = _numbers(connection, [key]).values()
        records = [row.record for row in _rows_of(connection, query, numbers)]
    yield from sorted((decode(record, Reuse) for record in records), key=lambda each: (each.a, each.b))


def lines_of(connection: Connection, publisher: str | None) -> Iterator[RepeatedLine]:
    """Lines that publishers repeat, or those of one, by publisher and words."""
    query = select(repeated_lines.c.publisher, repeated_lines.c.text, repeated_lines.c.documents)
    if publisher is not None:
        query = query.where(repeated_lines.c.publisher == plain(publisher))
    yield from sorted(
        (RepeatedLine(*row) for row in connection.execute(query)), key=lambda line: (line.publisher, line.text)
    )


def forget(connection: Connection, number: int) -> None:
    """Take a document's print out, before the document itself goes. What shared with it goes with the document."""
    if connection.execute(select(prints.c.document).where(prints.c.document == number)).first() is not None:
        _drop(connection, {number})


# ------------------------------------------------------------------------------------------------------------- posting


def _post(connection: Connection, fresh: Sequence[tuple[int, PrintEntry]], limits: Limits) -> None:
    """Put signs and lines under their documents' numbers; whose standing that changes is asked for anew."""
    signs = sorted({(sign, number) for number, entry in fresh for sign in entry.signs})
    dialect.insert(connection, print_signs, signs)
    added = Counter(sign for sign, _ in signs)
    common = {row.sign for row in _within(connection, common_signs, "sign", added) if row.most == limits.most(row.sign)}
    _recount(connection, common_signs, "sign", {sign: added[sign] for sign in common})
    others = added.keys() - common
    before = dialect.delete_all(connection, common_signs.c.sign, others)
    tipped = [
        (sign, count, limits.most(sign))
        for sign, count in _counts(connection, others) if count > limits.most(sign)
    ]
    dialect.insert(connection, common_signs, sorted(tipped))
    _ask_holders(connection, print_signs, "sign", others if before else [row[0] for row in tipped])

    lines = {(line.number, number): line for number, entry in fresh for line in entry.lines}
    rows = [(line.number, number, line.text, line.day) for (_, number), line in lines.items()]
    dialect.insert(connection, line_uses, sorted(rows))
    used = Counter(line for line, _ in lines)
    known = _within(connection, repeated_lines, "line", used)
    repeated = {row.line for row in known if (row.least_texts, row.least_days) == limits[2:]}
    _recount(connection, repeated_lines, "line", {line: used[line] for line in repeated})
    others = used.keys() - repeated
    before = dialect.delete_all(connection, repeated_lines.c.line, others)
    named = {line.number: line for line in lines.values()}
    new = [
        (use.line, plain(named[use.line].publisher), plain(named[use.line].words), use.documents, *limits[2:])
        for use in _uses(connection, others) if use.texts >= limits.line_texts and use.days >= limits.line_days
    ]
    dialect.insert(connection, repeated_lines, sorted(new))
    _ask_holders(connection, line_uses, "line", others if before else [row[0] for row in new])


def _drop(connection: Connection, numbers: Collection[int]) -> None:
    """Take prints out; whose standing that changes is asked for anew."""
    query = select(prints.c.document, prints.c.signs, prints.c.lines)
    rows = list(dialect.within(connection, query, prints.c.document, numbers))
    held: dict[str, Counter[int]] = {}
    for table, what, lists in ((print_signs, "sign", "signs"), (line_uses, "line", "lines")):
        both = [(each, row.document) for row in rows for each in set(_unpacked(getattr(row, lists)))]
        held[what] = Counter(each for each, _ in both)
        statement = delete(table).where(table.c[what] == bindparam("each"), table.c.document == bindparam("whose"))
        if both:
            connection.execute(statement, [{"each": each, "whose": whose} for each, whose in both])
    dialect.delete_all(connection, prints.c.document, numbers)

    common = _within(connection, common_signs, "sign", held["sign"])
    _recount(connection, common_signs, "sign", {row.sign: -held["sign"][row.sign] for row in common})
    rare = [row.sign for row in common if row.documents - held["sign"][row.sign] <= row.most]
    dialect.delete_all(connection, common_signs.c.sign, rare)
    _ask_holders(connection, print_signs, "sign", rare)

    repeated = {row.line: row for row in _within(connection, repeated_lines, "line", held["line"])}
    _recount(connection, repeated_lines, "line", {line: -held["line"][line] for line in repeated})
    enough = {
        use.line for use in _uses(connection, repeated)
        if use.texts >= repeated[use.line].least_texts and use.days >= repeated[use.line].least_days
    }
    dialect.delete_all(connection, repeated_lines.c.line, repeated.keys() - enough)
    _ask_holders(connection, line_uses, "line", repeated.keys() - enough)


def _ask(connection: Connection, numbers: Collection[int]) -> None:
    """Queue documents for comparing; what was found of them goes."""
    if not numbers:
        return
    for column in (reuses.c.a, reuses.c.b):
        dialect.delete_all(connection, column, numbers)
    dialect.ask(connection, to_trace, numbers)


def _ask_holders(connection: Connection, table: Table, name: str, values: Collection[int]) -> None:
    query = select(table.c.document).join(prints, prints.c.document == table.c.document)
    _ask(connection, {row.document for row in dialect.within(connection, query, table.c[name], values)})


def _recount(connection: Connection, table: Table, name: str, more: Mapping[int, int]) -> None:
    statement = update(table).where(table.c[name] == bindparam("what"))
    if more:
        rows = [{"what": what, "more": count} for what, count in sorted(more.items())]
        connection.execute(statement.values(documents=table.c.documents + bindparam("more")), rows)


def _counts(connection: Connection, signs: Collection[int]) -> Iterator[tuple[int, int]]:
    """How many documents hold each of the signs."""
    query = select(print_signs.c.sign, func.count())
    for some in dialect.chunks(signs):
        asked = query.where(print_signs.c.sign.in_(some)).group_by(print_signs.c.sign)
        yield from ((sign, count) for sign, count in connection.execute(asked).all())


def _uses(connection: Connection, lines: Collection[int]) -> Iterator[Any]:
    """For each line: its documents, how many different texts these are, and of how many days."""
    texts, days = func.count(line_uses.c.text.distinct()), func.count(line_uses.c.day.distinct())
    query = select(line_uses.c.line, func.count().label("documents"), texts.label("texts"), days.label("days"))
    for some in dialect.chunks(lines):
        yield from connection.execute(query.where(line_uses.c.line.in_(some)).group_by(line_uses.c.line)).all()


def _within(connection: Connection, table: Table, name: str, values: Collection[int]) -> list[Any]:
    return list(dialect.within(connection, select(table), table.c[name], values))


def _rows_of(connection: Connection, query: Select[Any], numbers: Iterable[int]) -> Iterator[Any]:
    """The query's rows of `reuses` that name one of the documents on either side, some of them twice."""
    for some in dialect.chunks(numbers):
        yield from connection.execute(query.where(reuses.c.a.in_(some))).all()
        yield from connection.execute(query.where(reuses.c.b.in_(some), reuses.c.a.not_in(some))).all()


def _numbers(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    query = select(documents.c.key, documents.c.number)
    return {row.key: row.number for row in dialect.within(connection, query, documents.c.key, set(keys))}


def _packed(numbers: Iterable[int]) -> bytes:
    """Numbers of 63 bits as bytes, little-endian."""
    return b"".join(number.to_bytes(8, "little") for number in numbers)


def _unpacked(content: bytes) -> Iterator[int]:
    return (int.from_bytes(content[at : at + 8], "little") for at in range(0, len(content), 8))
