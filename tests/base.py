"""The database of a ledger under test, in SQLite or PostgreSQL: what a test asks of it behind the ledger's back."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import sql

from rashomon.ledger import dialect, open_ledger, versions

TEST_POSTGRES = "RASHOMON_TEST_POSTGRES"


class Given:
    """A server that somebody else runs, by the address of a database on it whose role may make others."""

    def __init__(self, address: str) -> None:
        self._given = address

    def address(self, name: str) -> str:
        """The address of that database of the server."""
        return re.sub(r"(?<=[^/]/)[^/?]*(?=\?|$)", name, self._given, count=1)

    def create(self, name: str, template: str = "template0") -> str:
        """A new database that holds what the template holds; its address."""
        self.drop(name)
        self._ask(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.address(name)

    def drop(self, name: str) -> None:
        """Drop the database, whoever is in it."""
        self._ask(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _ask(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._given, autocommit=True) as connection:
            connection.execute(statement)


class Base:
    """One database, empty or with an empty ledger. `target`: what a ledger is opened by."""

    def __init__(self, kind: Literal["sqlite", "postgres"], target: str, another: Callable[[], Base]) -> None:
        self.kind = kind
        self.target = target
        self.another = another

    @property
    def path(self) -> Path:
        """The file of a ledger in SQLite."""
        assert self.kind == "sqlite"
        return Path(self.target)

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """What the statement finds; what it changes is kept, and no foreign key asked. Bytes are written x'00'."""
        if self.kind == "sqlite":
            with closing(sqlite3.connect(self.target, isolation_level=None)) as connection:
                return connection.execute(statement).fetchall()
        statement = re.sub(r"\bx'([0-9a-f]*)'", r"'\\x\1'::bytea", statement)
        with psycopg.connect(self.target, autocommit=True) as other:
            other.execute("SET session_replication_role = replica")
            found = other.execute(statement)
            return found.fetchall() if found.description else []

    def tables(self) -> list[str]:
        """The ledger's own tables, without those that a database keeps beside them."""
        ask = (
            "SELECT name FROM sqlite_master WHERE type = 'table'" if self.kind == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        beside = ("passages_words", "rashomon", "sqlite_")
        return sorted(name for (name,) in self.run(ask) if not name.startswith(beside) and "boxes_" not in name)

    def digest(self) -> str:
        """Changes with any change: of the file's bytes; in PostgreSQL of any row."""
        if self.kind == "sqlite":
            return hashlib.sha256(self.path.read_bytes()).hexdigest()
        held = {name: sorted(map(repr, self.run(f'SELECT * FROM "{name}"'))) for name in self.tables()}
        return hashlib.sha256(repr(held).encode()).hexdigest()

    def retreat(self, version: str) -> None:
        """Bring the ledger back to that schema, as an older program knows it."""
        engine = dialect.engine_for(dialect.address(self.target), busy_seconds=1)
        with dialect.writing(engine, counted=False) as connection:
            versions.retreat(connection, version)
            assert versions.found_version(connection, self.target) == version
        engine.dispose()


def fill_template(address: str) -> None:
    """An empty ledger, for others to be copied from."""
    open_ledger(address, create=True).close()
