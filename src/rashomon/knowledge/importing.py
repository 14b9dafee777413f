"""Importing a gazetteer, in two steps that both go on where they were stopped.

    read   the file's rows, in batches of fixed size, each one transaction, into `NAME.staged`: names by the first two letters
           of their key, and how far it came
    sort   letters by letters into `NAME.part`, each in the order of its keys, so that the file is written once from
           front to back; then it takes the name `NAME.sqlite` and the staged rows are deleted

A gazetteer is there whole or not at all. The identity is a chain of digests over the batches, the same for one stop or many.
"""

from __future__ import annotations

import errno
import math
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError, KnowledgeError, UsageError
from .dumps import Bad, Entry, Source
from .features import PATH as RULES
from .features import Features
from .folding import skeleton
from .gazetteer import SMALL, WRITTEN_MANY_WAYS
from .imported import BONES, EDITION, PART, READY, STAGED, Imported, Summary, spelt, summary
from .places import place_key

BATCH = 20_000  # rows a transaction; another number gives another identity
SORTED = 100_000  # names a transaction while sorting
WELL_KNOWN = 2.0  # weight from which a feature keeps its other names wherever it is
ALIAS = 1.5  # what another name is worth less than the first, as in the choice among places
BAD_KEPT = 1_000  # bad rows whose line and reason are kept; all are counted

_ARTICLE = re.compile(r"[a-z]{2,3}[-' ’][A-Z]")
_NAME = re.compile(r"[\w .-]{1,80}")
_TABLE = """CREATE TABLE {table} ({first}key TEXT, rank INT, id INT, name TEXT, lat REAL, lon REAL, country TEXT, admin1 TEXT,
 feature TEXT, population INT, kind TEXT, precision TEXT, radius REAL, source TEXT, PRIMARY KEY ({keys})) WITHOUT ROWID"""
_COLUMNS = "key, rank, id, name, lat, lon, country, admin1, feature, population, kind, precision, radius, source"

Watch = Callable[[str, int, int], None]


class Report(msgspec.Struct, frozen=True):
    """What came of an import. `known` is True where the same file was imported already and nothing was done; `resumed` is the
    number of rows that an earlier, stopped run had read; `bad_rows` are the first of the bad ones."""

    gazetteer: Summary
    known: bool
    resumed: int
    bad_rows: tuple[Bad, ...]


def import_file(path: Path, folder: Path, name: str | None = None, watch: Watch | None = None) -> Report:
    """Imports a dump or a researcher's CSV into `folder` as `name` (the file's name by default), in place of one so called.

    `watch(step, done, total)` is called after each transaction: bytes while reading, names while sorting. InputError says what
    is wrong with the file, UsageError with the name, KnowledgeError that the folder cannot be written.
    """
    source = Source(path)
    name = name or path.stem
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise UsageError(f"{name!r} cannot be a gazetteer's name: use letters, digits, spaces, dots, - and _")
    ready = folder / f"{name}{READY}"
    make = f"{source.digest} {source.form} {EDITION} {sha256(RULES.read_bytes()).hexdigest()[:16]}"
    known = _known(ready, make)
    if known is not None:
        return known
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _Import(source, folder, name, make, watch or (lambda step, done, total: None)) as work:
            return work.run()
    except sqlite3.Error as error:
        raise KnowledgeError(_told(error, folder, name)) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise KnowledgeError(_FULL.format(folder=folder)) from error
        raise KnowledgeError(f"{folder} cannot be written: {error.strerror}") from error


_FULL = "the disk that holds {folder} is full: make room, then run the import again, and it goes on where it stopped"


def _told(error: sqlite3.Error, folder: Path, name: str) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _FULL.format(folder=folder)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"another import of {name} is running: wait for it, or name this one otherwise with --name"
    return f"the import of {name} into {folder} failed: {error}; rashomon gazetteer remove {name} clears what is there"


def _known(ready: Path, make: str) -> Report | None:
    if not ready.exists():
        return None
    try:
        gazetteer = Imported(ready)
    except KnowledgeError:
        return None
    gazetteer.close()
    return Report(summary(gazetteer.meta, ready), True, 0, ()) if gazetteer.meta.get("make") == make else None


class _Import:
    """One run. The connection's main database is the staged one; it is locked against a second run."""

    def __init__(self, source: Source, folder: Path, name: str, make: str, watch: Watch) -> None:
        self._source, self._make, self._watch = source, make, watch
        self._staged, self._part, self._ready = (folder / f"{name}{end}" for end in (STAGED, PART, READY))
        self._features = Features.load()
        self._connection = self._opened()

    def __enter__(self) -> _Import:
        return self

    def __exit__(self, *raised: object) -> None:
        self._connection.close()

    def run(self) -> Report:
        resumed = int(self._meta("rows"))
        if not self._meta("identity"):
            try:
                self._read(resumed)
            except InputError:
                self._drop()
                raise
        if self._meta("places") == "0":
            first = self._connection.execute("SELECT line, reason FROM bad ORDER BY line LIMIT 1").fetchone()
            told = f"; line {first[0]}: {first[1]}" if first else ""
            rows, out, bad = (int(self._meta(key)) for key in ("rows", "left_out", "bad"))
            self._drop()
            raise InputError(f"{self._source.path} holds no place to keep ({rows:,} rows, {out:,} left out, {bad:,} bad){told}")
        self._sort()
        bad_rows = tuple(Bad(*row) for row in self._connection.execute("SELECT line, reason FROM bad ORDER BY line"))
        self._finish()
        gazetteer = Imported(self._ready)
        gazetteer.close()
        return Report(summary(gazetteer.meta, self._ready), False, resumed, bad_rows)

    def _opened(self) -> sqlite3.Connection:
        """The staged rows of this very file, or an empty table."""
        try:
            connection = self._connect()
            made = connection.execute("SELECT value FROM meta WHERE key = 'make'").fetchone()
            if made is not None and made[0] == self._make:
                return connection
            connection.close()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise
        for path in (self._staged, self._part):
            _delete(path)
        connection = self._connect()
        meta = {"make": self._make, "edition": str(EDITION), "form": self._source.form, "source": self._source.path.name,
                "rows": "0", "places": "0", "left_out": "0", "bad": "0", "staged": "0", "chain": "", "identity": ""}
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        connection.execute("CREATE TABLE bad (line INT, reason TEXT)")
        connection.execute(_TABLE.format(table="staged", first="start TEXT, seq INT, ", keys="start, seq"))
        connection.executemany("INSERT INTO meta VALUES (?,?)", meta.items())
        connection.execute("COMMIT")
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._staged, isolation_level=None, timeout=2)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Takes the lock at once, also against a run that only reads so far.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
        return connection

    def _meta(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    def _read(self, skip: int) -> None:
        records = self._source.records(self._features)
        for _ in _batches(islice(records, skip)):
            self._watch("reading", self._source.done, self._source.size)
        count = {key: int(self._meta(key)) for key in ("rows", "places", "left_out", "bad", "staged")}
        chain = self._meta("chain")
        for batch in _batches(records):
            entries = [record for record in batch if isinstance(record, Entry)]
            bad = [record for record in batch if isinstance(record, Bad)]
            rows = sorted((row for entry in entries for row in _rows(entry, self._features)), key=lambda row: row[:3])
            chain = sha256(chain.encode() + msgspec.json.encode(rows)).hexdigest()
            room = max(0, BAD_KEPT - count["bad"])
            staged = ((row[0][:2], at, *row) for at, row in enumerate(rows, start=count["staged"]))
            count["rows"] += len(batch)
            count["places"] += len(entries)
            count["bad"] += len(bad)
            count["left_out"] += len(batch) - len(entries) - len(bad)
            count["staged"] += len(rows)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany(f"INSERT INTO staged VALUES ({','.join('?' * 16)})", staged)
                self._connection.executemany("INSERT INTO bad VALUES (?,?)", [(one.line, one.reason) for one in bad[:room]])
                self._set({**count, "chain": chain})
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._watch("reading", self._source.done, self._source.size)
        self._set({"identity": sha256(f"{EDITION} {chain}".encode()).hexdigest()[:16]})

    def _set(self, values: dict[str, Any]) -> None:
        rows = [(str(value), key) for key, value in values.items()]
        self._connection.executemany("UPDATE meta SET value = ? WHERE key = ?", rows)

    def _sort(self) -> None:
        run = self._connection.execute
        run("ATTACH ? AS part", (str(self._part),))
        run("PRAGMA part.journal_mode = WAL")
        run("PRAGMA part.synchronous = NORMAL")
        if run("SELECT count(*) FROM part.sqlite_master WHERE name = 'name'").fetchone()[0] == 0:
            run(_TABLE.format(table="part.name", first="", keys="key, rank, id"))
        total = int(self._meta("staged"))
        last, done = run("SELECT max(key) FROM part.name").fetchone()[0], 0
        start = (last or "")[:2]
        if last is not None:
            done = run("SELECT count(*) FROM part.name").fetchone()[0]
        following = True
        while following:
            run("BEGIN")
            moved = 0
            while moved < SORTED:
                row = run("SELECT min(start) FROM main.staged WHERE start > ?", (start,)).fetchone()
                if row[0] is None:
                    following = False
                    break
                start = row[0]
                moved += run(
                    f"INSERT OR IGNORE INTO part.name SELECT {_COLUMNS} FROM main.staged WHERE start = ? ORDER BY key, rank, id",
                    (start,),
                ).rowcount
            run("COMMIT")
            done += moved
            self._watch("sorting", min(done, total), total)

    def _finish(self) -> None:
        """The last rows of the finished file, then its name."""
        run = self._connection.execute
        names = run("SELECT count(*) FROM part.name WHERE substr(key, 1, 1) <> ?", (BONES,)).fetchone()[0]
        run("BEGIN")
        run("CREATE TABLE IF NOT EXISTS part.meta (key TEXT PRIMARY KEY, value TEXT)")
        run("INSERT OR REPLACE INTO part.meta SELECT key, value FROM main.meta WHERE key NOT IN ('chain', 'staged')")
        run("INSERT OR REPLACE INTO part.meta VALUES ('names', ?)", (str(names),))
        run("COMMIT")
        run("PRAGMA part.journal_mode = DELETE")
        run("DETACH part")
        with self._part.open("rb") as stream:
            os.fsync(stream.fileno())
        self._part.replace(self._ready)
        self._drop()

    def _drop(self) -> None:
        self._connection.close()
        for path in (self._staged, self._part):
            _delete(path)


def _delete(path: Path) -> None:
    for tail in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _batches(records: Iterable[Entry | Bad | None]) -> Iterator[list[Entry | Bad | None]]:
    rest = iter(records)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _rows(entry: Entry, features: Features) -> Iterator[tuple[Any, ...]]:
    """A row for each key of the place; `rank` is smaller the likelier a text means it."""
    weight = _weight(entry, features)
    first = spelt(place_key(entry.names[0]))
    keys = dict.fromkeys(spelt(place_key(name)) for name in _names(entry, weight))
    told = [key for key in keys if len(key) > 1 and not key.isdigit()]
    if entry.country in WRITTEN_MANY_WAYS and (not entry.feature or entry.feature.startswith("P.")):
        told += dict.fromkeys(f"{BONES}{bones}" for key in (first, *keys) if len(bones := skeleton(key)) > 2)
    for key in told:
        rank = -round(100 * (weight if key == first else weight - ALIAS))
        yield (key, rank, entry.id, entry.names[0], entry.lat, entry.lon, entry.country, entry.admin1, entry.feature,
               entry.population, entry.kind, entry.precision, entry.radius_km, entry.source)


def _weight(entry: Entry, features: Features) -> float:
    if entry.population:
        return math.log10(entry.population + 10)
    feature = features.of(entry.feature)
    return feature.weight if feature is not None else 1.0


def _names(entry: Entry, weight: float) -> Iterator[str]:
    """The names to look up: of small places in countries written with Latin letters only the first, since their other
    names are other words elsewhere; of a researcher's own file all."""
    if not entry.feature:
        yield from entry.names
        return
    yield from entry.names[:2]
    if entry.population >= SMALL or entry.country in WRITTEN_MANY_WAYS or (weight >= WELL_KNOWN and not entry.population):
        for name in entry.names[2:]:
            if len(name) > 2 and name[0] < "\u0250" and (name[0].isupper() or _ARTICLE.match(name)) and (
                len(name) > 3 or not name.isupper()
            ):
                yield name
