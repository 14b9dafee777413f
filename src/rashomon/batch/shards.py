"""The record of what has been read: one Arrow file for some fifty documents, there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import pyarrow as pa
import zstandard

from ..records import Arrival, Reading, Unopened, digest, from_json
from .folder import write_whole

State = Literal["read", "not-read", "failed"]
_SCHEMA = pa.schema([
    ("position", pa.int64()), ("found", pa.string()), ("key", pa.string()), ("identity", pa.string()), ("id", pa.string()),
    ("source", pa.string()), ("state", pa.string()), ("reason", pa.string()),
    ("start", pa.string()), ("end", pa.string()), ("arrival", pa.binary()), ("reading", pa.binary()),
])
_HELD = 64


class Row(msgspec.Struct, frozen=True):
    """One arrival and what came of it. `position` counts what a run found from 0; `found` tells apart what was found, before its
    text was made, `identity` arrivals.

    `start` and `end` are the first and last possible day of publication; `arrival` is packed MessagePack, `reading` packed JSON.
    """

    position: int
    found: str
    key: str
    identity: str
    id: str
    source: str
    state: State
    reason: str | None
    start: str | None
    end: str | None
    arrival: bytes
    reading: bytes | None


def identity(arrival: Arrival) -> str:
    """What tells two arrivals apart: the document, its bytes, and where and when they were fetched."""
    raw = arrival.raw
    return digest(arrival.document.key, raw.sha256, raw.url or raw.id, raw.fetched or "")


def found_as(found: Arrival | Unopened) -> str:
    """What tells apart what was found: for bytes whose text is not made yet, the bytes, their name, and where and when they were
    fetched; else the arrival's identity."""
    if isinstance(found, Arrival):
        return identity(found)
    raw = found.raw
    return digest("unopened", found.kind or "", raw.id, raw.sha256, raw.url or "", raw.fetched or "")


def pack_arrival(arrival: Arrival) -> bytes:
    """The arrival, exactly."""
    return pack(msgspec.msgpack.encode(arrival))


def unpack_arrival(content: bytes) -> Arrival:
    """What was packed."""
    return msgspec.msgpack.decode(unpack(content), type=Arrival)


def pack(content: bytes) -> bytes:
    """The bytes compressed."""
    return zstandard.ZstdCompressor(level=3).compress(content)


def unpack(content: bytes) -> bytes:
    """What was compressed."""
    return zstandard.ZstdDecompressor().decompress(content)


def unpack_reading(content: bytes) -> Reading:
    """The reading of a row."""
    return from_json(unpack(content))


class Shards:
    """The shards of one make, in a folder of theirs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: dict[Path, pa.Table] = {}
        path.mkdir(parents=True, exist_ok=True)
        for draft in path.glob(".*.draft"):
            draft.unlink()

    def files(self) -> list[Path]:
        """The finished ones, in the order of their first documents."""
        return sorted(self._path.glob("*.arrow"))

    def known(self) -> set[str]:
        """What was found (`found_as`) and is done."""
        return {each for path in self.files() for each in self._table(path).column("found").to_pylist()}

    def write(self, rows: Sequence[Row]) -> None:
        """Keep the rows as one shard."""
        columns = {name: [getattr(row, name) for row in rows] for name in _SCHEMA.names}
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, _SCHEMA) as file:
            file.write_table(pa.table(columns, schema=_SCHEMA))
        name = f"{rows[0].position:012}-{digest(*(row.identity for row in rows))[:12]}.arrow"
        write_whole(self._path / name, sink.getvalue().to_pybytes())

    def rows(self) -> Iterator[Row]:
        """All rows, in the order of arrival."""
        for path in self.files():
            for row in self._table(path).to_pylist():
                yield Row(**row)

    def dated(self) -> list[tuple[str, str | None, str | None, Path, int]]:
        """Of each document that was read: key, first and last possible day, and where its row stands. Each key once."""
        found: dict[str, tuple[str, str | None, str | None, Path, int]] = {}
        for path in self.files():
            columns = self._table(path).select(["key", "state", "start", "end"]).to_pylist()
            for at, row in enumerate(columns):
                if row["state"] == "read":
                    found.setdefault(row["key"], (row["key"], row["start"], row["end"], path, at))
        return list(found.values())

    def readings(self, places: Iterable[tuple[Path, int]]) -> list[bytes]:
        """The packed readings of these rows."""
        return [self._table(path).column("reading")[at].as_py() for path, at in places]

    def _table(self, path: Path) -> pa.Table:
        if path not in self._open:
            if len(self._open) >= _HELD:
                self._open.pop(next(iter(self._open)))
            # Mapped, not read: a row costs what it holds.
            self._open[path] = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        return self._open[path]
