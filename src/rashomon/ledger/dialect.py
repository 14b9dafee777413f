"""Everything in which SQLite and PostgreSQL differ: opening, locking, bulk insertion, text search, errors in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar
from uuid import uuid4

from sqlalchemy import URL, Column, Connection, Dialect, Engine, Select, Table, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ..errors import LedgerError
from . import copying

try:
    import fcntl
except ModuleNotFoundError:  # Windows: two processes that link at once look again where the other came first
    fcntl = None  # type: ignore[assignment]

WRITING = "rashomon_writing"
APPLICATION_ID = 0x52534D4E
_WRITING_LOCK, _LINKING_LOCK = 0x52534D4E, 0x52534D4F
# The pages of a new file, larger than SQLite's own of 4 KiB, as fewer of them then change with a document; and how many pages the
# log may hold before it goes into the file: a page that changes often is then written once.
_PAGES = "page_size = 8192", "wal_autocheckpoint = 4000"
_MAGIC = b"SQLite format 3\0"
_AT_ONCE = 10_000
Row = tuple[Any, ...]
# Which of the two databases something is made for.
Form = Literal["sqlite", "postgresql"]
T = TypeVar("T")

# ------------------------------------------------------------------------------------------------------------- opening


def address(target: str | Path) -> URL:
    """The database that a file name or a `postgresql://` URL means. LedgerError for a URL of another kind."""
    if isinstance(target, str) and "://" in target:
        try:
            url = make_url(target)
        except ArgumentError as error:
            raise LedgerError(f"{target!r} is no ledger address: give a file or a postgresql:// URL") from error
        if url.get_backend_name() != "postgresql":
            raise LedgerError(f"ledger {target!r}: give a file or a postgresql:// URL, no other database will do")
        return url.set(drivername="postgresql+psycopg")
    return URL.create("sqlite", database=str(target))


def engine_for(url: URL, *, busy_seconds: float) -> Engine:
    """An engine whose transactions begin as the ledger needs them; nothing is opened yet."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": busy_seconds, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        try:
            engine = create_engine(url, connect_args={"options": f"-c lock_timeout={int(busy_seconds * 1000)}"})
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise LedgerError("a ledger in PostgreSQL needs psycopg: install rashomon[postgres]") from error
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions by itself, and late: `_begin` says when.
    connection.isolation_level = None
    for pragma in (*_PAGES, "foreign_keys = ON", "synchronous = NORMAL", "cache_size = -65536", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    if is_sqlite(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    elif writing:
        # One writer at a time, as in SQLite: numbers are given by counting on.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees the ledger as it was at its first look."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def looking(engine: Engine, where: str) -> Iterator[Connection]:
    """As `reading`; what goes wrong is said `in_words`."""
    with in_words(where), reading(engine) as connection:
        yield connection


@contextmanager
def writing(engine: Engine, *, counted: bool = True) -> Iterator[Connection]:
    """One transaction that holds the write lock from its start; it is done whole or not at all. `counted`: it may change what
    the ledger shows (`View.changes`)."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        before = _changes(connection)
        yield connection
        if counted and before != _changes(connection):
            connection.exec_driver_sql("UPDATE state SET changes = changes + 1")


def _changes(connection: Connection) -> object:
    """A value that the transaction's first change moves."""
    if is_sqlite(connection):
        return _driver(connection).total_changes
    # PostgreSQL numbers a transaction when it first writes.
    return connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned() IS NULL").scalar()


@contextmanager
def alone(engine: Engine, where: str) -> Iterator[None]:
    """No other process links meanwhile: it waits here until this one is done, and goes on when this one dies."""
    if engine.dialect.name == "sqlite":
        with _folder_locked(Path(engine.url.database or ".").resolve().parent):
            yield
        return
    with in_words(where):
        pooled = engine.raw_connection()
        driver: Any = pooled.driver_connection
        driver.autocommit = True
        driver.execute("SET lock_timeout = 0")
        driver.execute(f"SELECT pg_advisory_lock({_LINKING_LOCK})")
    try:
        yield
    finally:
        # Closed and not given back to the pool: the lock goes with it, whatever state it is in.
        pooled.invalidate()


@contextmanager
def _folder_locked(folder: Path) -> Iterator[None]:
    # Not the file itself: SQLite's own locks on it would be lost when another handle of this process is closed.
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives know no such lock
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_sqlite(connection: Connection) -> bool:
    """True for SQLite, False for PostgreSQL."""
    return connection.dialect.name == "sqlite"


def form(engine: Engine) -> Form:
    """Which of the two databases it is."""
    return "sqlite" if engine.dialect.name == "sqlite" else "postgresql"


def check_file(path: Path) -> None:
    """LedgerError when the file is there and is no SQLite file."""
    try:
        if path.is_dir():
            raise LedgerError(f"ledger {path} is a folder: name a file in it")
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError as error:
        raise LedgerError(f"ledger {path} cannot be opened: {error.strerror}") from error
    if start and start != _MAGIC:
        raise LedgerError(f"{path} is not a ledger: name another file, or remove it first")


def use_write_ahead_log(engine: Engine) -> None:
    """Readers go on beside a writer. A property of the file, set once; cannot be set inside a transaction."""
    _outside_transactions(engine, ["PRAGMA journal_mode = WAL"])


def squeeze(engine: Engine) -> None:
    """Give back the space of what was removed, so that no byte of it stays in the file."""
    if engine.dialect.name != "sqlite":
        _outside_transactions(engine, ["VACUUM FULL"])
        return
    optimize = "INSERT INTO passages_words(passages_words) VALUES ('optimize')"
    _outside_transactions(engine, [optimize, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"])


def _outside_transactions(engine: Engine, statements: Iterable[str]) -> None:
    pooled = engine.raw_connection()
    try:
        driver: Any = pooled.driver_connection
        if engine.dialect.name != "sqlite":
            driver.autocommit = True
        for statement in statements:
            driver.execute(statement).close()
        if engine.dialect.name != "sqlite":
            driver.autocommit = False
    finally:
        pooled.close()


# -------------------------------------------------------------------------------------------------------------- tables

_SQLITE_PARTS = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    "CREATE VIRTUAL TABLE passages_words USING fts5("
    "text, content='passages', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN"
    " INSERT INTO passages_words(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN"
    " INSERT INTO passages_words(passages_words, rowid, text) VALUES ('delete', old.id, old.text); END",
)
_POSTGRES_PARTS = (
    "ALTER TABLE passages ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED",
    "CREATE INDEX ix_passages_words ON passages USING gin (words)",
)
_BOXES = {"place_boxes": ("document",), "incident_boxes": ()}


def create_special(connection: Connection) -> None:
    """The full-text index and the boxes of places: what each database does in a way of its own. Schema 0001."""
    if not is_sqlite(connection):
        statements = [*_POSTGRES_PARTS]
    else:
        statements = [*_SQLITE_PARTS]
    for name, more in _BOXES.items():
        if is_sqlite(connection) and _has_rtree(connection):
            columns = ", ".join(["id", "south", "north", "west", "east", *(f"+{column} INTEGER" for column in more)])
            statements.append(f"CREATE VIRTUAL TABLE {name} USING rtree({columns})")
            continue
        edges = ", ".join(f"{edge} REAL NOT NULL" for edge in ("south", "north", "west", "east"))
        columns = "".join(f", {column} INTEGER NOT NULL" for column in more)
        statements.append(f"CREATE TABLE {name} (id BIGINT PRIMARY KEY, {edges}{columns})")
        statements.append(f"CREATE INDEX ix_{name} ON {name} (south, north)")
    for statement in statements:
        connection.exec_driver_sql(statement)


def _has_rtree(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT sqlite_compileoption_used('ENABLE_RTREE')").scalar())


def table_names(connection: Connection) -> set[str]:
    """Names of the tables that are there."""
    if is_sqlite(connection):
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        rows = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return {str(row[0]) for row in rows}


def size(connection: Connection) -> int:
    """Bytes that the ledger takes."""
    statement = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if is_sqlite(connection)
        else "SELECT pg_database_size(current_database())"
    )
    return int(connection.exec_driver_sql(statement).scalar_one())


def damages(connection: Connection) -> Iterator[str]:
    """What the database itself finds wrong with its file, in words."""
    if not is_sqlite(connection):
        return
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(100)"):
        if line != "ok":
            yield f"the database file is damaged: {line}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points at a row of {parent} that is not there"


def check_search(connection: Connection) -> Iterator[str]:
    """Whether the full-text index says what the passages say. Needs a writing transaction, though it writes nothing."""
    if not is_sqlite(connection):
        return
    try:
        connection.exec_driver_sql("INSERT INTO passages_words(passages_words, rank) VALUES ('integrity-check', 1)")
    except DBAPIError as error:
        yield f"the search index does not match the passages ({error.orig})"


# ----------------------------------------------------------------------------------------------------------- insertion


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists short enough to stand in one statement."""
    some = list(values)
    for first in range(0, len(some), _AT_ONCE):
        yield some[first : first + _AT_ONCE]


def within(connection: Connection, query: Select[Any], column: Column[Any], values: Iterable[Any]) -> Iterator[Any]:
    """The query's rows whose column holds one of the values, however many these are."""
    for some in chunks(values):
        yield from connection.execute(query.where(column.in_(some))).all()


def delete_all(connection: Connection, column: Column[Any], values: Iterable[Any]) -> int:
    """Delete the rows whose column holds one of the values; how many there were."""
    return sum(connection.execute(column.table.delete().where(column.in_(some))).rowcount for some in chunks(values))


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows, their values in the order of the table's columns. Past SQLAlchemy's own handling, for speed."""
    if not rows:
        return
    if is_sqlite(connection):
        _driver(connection).executemany(_insertion(table, connection.dialect), rows)
        return
    with _driver(connection).cursor() as cursor, cursor.copy(_copying(table, connection.dialect)) as copy:
        copy.set_types([copying.type_name(column) for column in table.columns])
        for row in rows:
            copy.write_row(row)


def ask(connection: Connection, queue: Table, numbers: Collection[int]) -> None:
    """Let documents wait in a queue (`document`, `asked`), anew where they did already; `asked` names the request."""
    # Counting on would not do: the queue runs empty between two requests.
    request = uuid4().int >> 65
    delete_all(connection, queue.c.document, numbers)
    insert(connection, queue, [(number, request) for number in sorted(numbers)])


def ready(form: Form, table: Table, tails: list[Row]) -> list[Any]:
    """Rows without their first column, as far as they can be made for that database without being in it."""
    return tails if form == "sqlite" else copying.tails(table, tails)


def insert_ready(connection: Connection, table: Table, numbers: Sequence[int], tails: Sequence[Any]) -> None:
    """Add rows that are `ready`, each with the number that its first column holds."""
    if not tails:
        return
    if is_sqlite(connection):
        rows = ((number, *tail) for number, tail in zip(numbers, tails, strict=True))
        _driver(connection).executemany(_insertion(table, connection.dialect), rows)
        return
    begun = copying.begun(table)
    copied = [begun(number) + tail for number, tail in zip(numbers, tails, strict=True)]
    with _driver(connection).cursor() as cursor, cursor.copy(_copying(table, connection.dialect)) as copy:
        copy.write(b"".join((copying.HEAD, *copied, copying.END)))


def index_passages(connection: Connection, ranges: Iterable[range]) -> None:
    """Make the passages of these numbers, which ascend, findable. PostgreSQL does so by itself; SQLite takes many at once four
    times as fast as one by one from a trigger, and twice as fast as a document's by themselves."""
    if is_sqlite(connection):
        added = "INSERT INTO passages_words(rowid, text) SELECT id, text FROM passages WHERE id >= ? AND id < ?"
        _driver(connection).executemany(added, [(each.start, each.stop) for each in ranges])


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@lru_cache(maxsize=64)
def _insertion(table: Table, dialect: Dialect) -> str:
    return str(table.insert().compile(dialect=dialect))


@lru_cache(maxsize=64)
def _copying(table: Table, dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in table.columns)
    return f"COPY {quote(table.name)} ({columns}) FROM STDIN WITH (FORMAT binary)"


# -------------------------------------------------------------------------------------------------------------- errors


@contextmanager
def in_words(where: str) -> Iterator[None]:
    """Errors of the database come out as one LedgerError sentence that names the ledger."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(_sentence(error.orig, where)) from error
    except sqlite3.Error as error:
        raise LedgerError(_sentence(error, where)) from error
    except SQLAlchemyError as error:
        raise LedgerError(f"ledger {where}: {error}") from error
    except Exception as error:
        # What was asked past SQLAlchemy fails with psycopg's own errors; it need not be installed.
        if not hasattr(error, "sqlstate"):
            raise
        raise LedgerError(_sentence(error, where)) from error


_SENTENCES = {
    "SQLITE_FULL": "the disk is full: nothing of the last document was stored; make room and run the command again",
    "SQLITE_READONLY": "it cannot be written: make the file and its folder writable, or copy it elsewhere",
    "SQLITE_CANTOPEN": "it cannot be opened: see that its folder is there and writable",
    "SQLITE_PERM": "it cannot be opened: see that its folder is there and writable",
    "SQLITE_BUSY": "another process has kept it locked: wait for that one, then run the command again",
    "SQLITE_LOCKED": "another process has kept it locked: wait for that one, then run the command again",
    "SQLITE_NOTADB": "the file is not a ledger: name another one",
    "SQLITE_CORRUPT": "the file is damaged: restore it from a copy",
    "SQLITE_IOERR": "its disk cannot be read or written: nothing of the last document was stored; check the disk",
}


_GONE = "the server ended the connection: nothing of the last document was stored; run the command again when the server runs"
# What the driver says of a connection that did not come about.
_CONNECTING = ("connection failed", "connection to server")
# By the start of PostgreSQL's SQLSTATE.
_STATES = {
    "53100": _SENTENCES["SQLITE_FULL"],
    "55P03": _SENTENCES["SQLITE_BUSY"],
    "40": _SENTENCES["SQLITE_BUSY"],
    "57P": _GONE,
    "08": _GONE,
    "42501": "its role lacks a right in that database: let the database's owner grant it, as docs/ledger.md says",
    "25006": "it cannot be written: the server takes no changes, perhaps as the copy of another",
}


def _sentence(error: BaseException | None, where: str) -> str:
    name, state = str(getattr(error, "sqlite_errorname", "") or ""), str(getattr(error, "sqlstate", "") or "")
    for start, words in (_SENTENCES if name else _STATES).items():
        if (name or state).startswith(start):
            return f"ledger {where}: {words}"
    said = " ".join(str(error).split())
    if name or state:
        return f"ledger {where}: the database refused the change ({said})"
    if getattr(error, "pgconn", None) is not None and not any(words in said for words in _CONNECTING):
        return f"ledger {where}: {_GONE} ({said})"
    return f"ledger {where} cannot be reached ({said}): check the address, the role and its password, and that the server runs"
