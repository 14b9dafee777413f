"""The ledger's books: the rows of what readings state of control, pledges, forecasts and names, and looking them up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from ..records import (
    BOOKS,
    Book,
    Citation,
    Control,
    Forecast,
    Naming,
    Pledge,
    Reading,
    Said,
    Span,
    Stated,
    sentence_around,
    statement_keys,
)
from . import dialect
from .dialect import Row
from .packing import decode, encode, plain, plain_or_none
from .tables import CURRENT, documents, readings, statements, story_documents

_AT_ONCE = 200


def statement_rows(key: str, reading: Reading) -> list[Row]:
    """The rows of one reading, without the document's number, book by book in the reading's order. `key` is the document's."""
    chains = {claim.id: claim.chain for claim in reading.attributions}
    rows: list[Row] = []
    held: tuple[tuple[Book, tuple[Control | Forecast | Naming | Pledge, ...]], ...] = (
        ("control", reading.control), ("forecasts", reading.forecasts), ("naming", reading.naming), ("pledges", reading.pledges),
    )
    for book, some in held:
        keys = statement_keys(key, book, [said.span for said in some])
        for position, (said, own) in enumerate(zip(some, keys, strict=True)):
            voice = said.according_to if isinstance(said, Control) else said.attribution
            chain = [plain(name) for name in chains.get(voice or "A0", ())]
            where = (said.place.casefold(), said.lat, said.lon) if isinstance(said, Control) else (None, None, None)
            rows.append((
                book, position, own, *said.span, *sentence_around(reading.text, said.span), plain_or_none(voice),
                json.dumps(chain, ensure_ascii=False), plain_or_none(where[0]), *where[1:], encode(said),
            ))
    return rows


def fill(connection: Connection) -> None:
    """Make the rows anew from all current readings, as for a ledger from before there were any."""
    connection.execute(statements.delete())
    query = select(documents.c.number, documents.c.key, readings.c.body).join(readings, CURRENT)
    numbers = list(connection.execute(select(documents.c.number).order_by(documents.c.number)).scalars())
    for first in range(0, len(numbers), _AT_ONCE):
        for found in connection.execute(query.where(documents.c.number.in_(numbers[first : first + _AT_ONCE]))).all():
            rows = statement_rows(found.key, decode(found.body, Reading))
            dialect.insert(connection, statements, [(found.number, *row) for row in rows])


def stated(connection: Connection, kind: type[Said], asked: Sequence[ColumnElement[bool]]) -> Iterator[Stated[Said]]:
    """What current readings state in the book of that kind, by document key and place in the reading."""
    row, doc, read = statements.c, documents.c, readings.c
    query = (
        select(
            row.key, row.start, row.end, row.sentence_start, row.sentence_end, row.attribution, row.chain, row.record,
            doc.key.label("document"), doc.added, read.publisher, read.published_start, read.published_end,
            story_documents.c.story,
        )
        .select_from(statements.join(documents, doc.number == row.document).join(readings, CURRENT))
        .outerjoin(story_documents, story_documents.c.document == doc.number)
        .where(row.book == _book(kind), *asked)
        .order_by(doc.key, row.position)
    )
    decoder = msgspec.json.Decoder(kind)
    for found in connection.execute(query):
        citation = Citation(
            found.document, Span(found.start, found.end), Span(found.sentence_start, found.sentence_end),
            tuple(json.loads(found.chain)), found.attribution,
        )
        yield Stated(
            found.key, citation, found.publisher, (found.published_start, found.published_end), found.added, found.story,
            decoder.decode(found.record),
        )


def counts(connection: Connection) -> dict[str, int]:
    """How many statements each book holds, by its name."""
    by_book = select(statements.c.book, func.count()).group_by(statements.c.book)
    return {str(book): int(count) for book, count in sorted(tuple(row) for row in connection.execute(by_book))}


def _book(kind: type[Control] | type[Pledge] | type[Forecast] | type[Naming]) -> Book:
    return next(book for book, record in BOOKS.items() if record is kind)
