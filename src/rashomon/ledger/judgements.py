"""Keeping what people judged. Nothing is erased: a person's later verdict on the same retires the earlier one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Connection, func, select, update

from ..records import Judgement, Span
from . import dialect
from .packing import plain, plain_or_none
from .tables import judgements


def keep(connection: Connection, judgement: Judgement) -> None:
    """Keep the judgement, and retire what the same person judged of the same span and field before."""
    row, span = judgements.c, judgement.span
    if connection.execute(select(row.id).where(row.id == judgement.id)).first() is not None:
        return  # the same, said twice within a second
    same = (row.document == judgement.document) & (row.field == judgement.field) & (row.person == plain(judgement.person))
    same &= (row.start.is_(None) & row.end.is_(None)) if span is None else (row.start == span.start) & (row.end == span.end)
    connection.execute(update(judgements).where(same, row.retired.is_(None)).values(retired=judgement.decided))
    last = connection.execute(select(func.coalesce(func.max(row.number), 0))).scalar_one()
    dialect.insert(connection, judgements, [(
        judgement.id, judgement.document, span.start if span else None, span.end if span else None, judgement.field,
        judgement.verdict, plain_or_none(judgement.value), plain_or_none(judgement.note), plain(judgement.person),
        judgement.decided, judgement.retired, last + 1,
    )])


def every(connection: Connection, asked: list[ColumnElement[bool]]) -> Iterator[Judgement]:
    """Judgements that meet the conditions, in the order in which they were made."""
    query = select(judgements).where(*asked).order_by(judgements.c.number)
    for row in connection.execute(query):
        span = None if row.start is None or row.end is None else Span(row.start, row.end)
        yield Judgement(
            row.id, row.document, span, row.field, row.verdict, row.value, row.note, row.person, row.decided, row.retired
        )


def by_document(connection: Connection, keys: Collection[str]) -> dict[str, list[Judgement]]:
    """What holds today of what people judged of these documents, by document key."""
    found: dict[str, list[Judgement]] = {}
    for each in every(connection, [judgements.c.document.in_(keys), judgements.c.retired.is_(None)]):
        found.setdefault(each.document, []).append(each)
    return found
