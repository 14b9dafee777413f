"""Rows as the bytes that PostgreSQL copies in (COPY ... WITH (FORMAT binary)): they can be made far from the server.

https://www.postgresql.org/docs/15/sql-copy.html
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import REAL, BigInteger, Boolean, Column, Float, Integer, LargeBinary, Table

HEAD, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_NOTHING = b"\xff\xff\xff\xff"
_LENGTH = struct.Struct(">i")


def type_name(column: Column[Any]) -> str:
    """The server's name of the column's type."""
    kind = column.type
    if isinstance(kind, LargeBinary):
        return "bytea"
    if isinstance(kind, Boolean):
        return "bool"
    if isinstance(kind, REAL):
        return "float4"
    if isinstance(kind, Float):
        return "float8"
    if isinstance(kind, Integer):
        return "int8" if isinstance(kind, BigInteger) else "int4"
    return "text"


def tails(table: Table, rows: Sequence[tuple[Any, ...]]) -> list[bytes]:
    """The rows, without their first column as they come, as bytes that `begun` goes before."""
    makers = [_MAKERS[type_name(column)] for column in list(table.columns)[1:]]
    return [
        b"".join([_NOTHING if value is None else make(value) for make, value in zip(makers, row, strict=True)]) for row in rows
    ]


def begun(table: Table) -> Callable[[int], bytes]:
    """What begins a row whose first column holds that number."""
    first, *others = table.columns
    number = "q" if type_name(first) == "int8" else "i"
    form = struct.Struct(f">hi{number}")
    columns, width = len(others) + 1, struct.calcsize(f">{number}")
    return lambda value: form.pack(columns, width, value)


def _fixed(code: str) -> Callable[[Any], bytes]:
    form = struct.Struct(f">i{code}")
    width = struct.calcsize(f">{code}")
    return partial(form.pack, width)


@lru_cache(maxsize=1024)
def _text(value: str) -> bytes:
    # Most texts of a row are a few words of our vocabulary, or the names of one document.
    return _bytes(value.encode())


def _bytes(value: bytes) -> bytes:
    return _LENGTH.pack(len(value)) + value


_MAKERS: dict[str, Callable[[Any], bytes]] = {
    "bytea": _bytes, "text": _text, "bool": _fixed("?"), "float4": _fixed("f"), "float8": _fixed("d"), "int4": _fixed("i"),
    "int8": _fixed("q"),
}
