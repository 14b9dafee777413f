"""The journal's tables: what is watched, and what was fetched.

`due` is in seconds since 1970. Of a page, `told` is what its feed says of it and `kept` its bytes from when they are fetched
until they are read.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from .tables import metadata

feeds = Table(
    "feeds", metadata,
    Column("address", Text, primary_key=True),
    Column("parent", Text),
    Column("moved", Text),
    Column("kind", Text),
    Column("title", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("asked", Text),
    Column("reason", Text),
    Column("host", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("status", Integer),
    Column("failures", Integer, nullable=False),
    Column("due", Float, nullable=False),
)
pages = Table(
    "pages", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False),
    Column("address", Text),
    Column("feed", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", Float, nullable=False),
    Column("status", Integer),
    Column("found", Text),
    Column("asked", Text),
    Column("result", Text),
    Column("told", LargeBinary),
    Column("kept", LargeBinary),
    UniqueConstraint("id"),
    Index("ix_pages_state_host_due", "state", "host", "due"),
)
