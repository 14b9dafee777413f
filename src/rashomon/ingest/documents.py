"""From paths to documents: every format by its reader, every failure by one clear error."""

from __future__ import annotations

import gzip
import itertools
import sys
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from ..config import Fetching, Limits
from ..errors import DocumentTooLarge, EmptyDocument, InputError, MalformedRecord
from ..records import Arrival, Document, RawDocument, Unopened
from . import warc
from .fetch import Fetcher, is_address
from .formats import MEDIA_TYPES, Format, Kind
from .language import Languages
from .objects import Entry, json, jsonl, table
from .single import Singles
from .walk import files, shown, unreadable

Failed = Callable[[str, InputError], None]
Noted = Callable[[str, str], None]
STANDARD_INPUT = "-"
# A file of many documents may be as large as this many of the largest.
DOCUMENTS_A_FILE = 16


def documents(
    paths: Sequence[str], *, limits: Limits, failed: Failed, stdin: BinaryIO | None = None, languages: Languages | None = None,
    fetching: Fetching | None = None, noted: Noted | None = None,
) -> Iterator[Arrival]:
    """Every document behind `paths`, as `found` finds them, each with its text.

    What cannot be read goes to `failed(source, error)`, with a sentence that says what is wrong, where, and what to do; the
    others go on, and no error of a document leaves this function.
    """
    languages = languages or Languages()
    singles = Singles(limits, languages)
    some = found(paths, limits=limits, failed=failed, stdin=stdin, languages=languages, fetching=fetching, noted=noted)
    for each in some:
        if isinstance(each, Arrival):
            yield each
            continue
        try:
            yield singles.opened(each)
        except InputError as error:
            failed(each.raw.source, error)


def found(
    paths: Sequence[str], *, limits: Limits, failed: Failed, stdin: BinaryIO | None = None, languages: Languages | None = None,
    fetching: Fetching | None = None, noted: Noted | None = None,
) -> Iterator[Arrival | Unopened]:
    """Every document behind `paths`, in the order named; folders are walked by name, `-` is standard input, an address
    (https://…) is fetched as `fetching` says. Files and records of archives come as bytes: their text is made by
    `Singles.opened`, here or in another process.

    They come one at a time, so memory holds one document (JSON Lines) or one file (all else). What cannot be had goes to
    `failed`. `stdin` stands in for standard input, which may be text, a page or JSON Lines. `languages` may be handed in so that
    its model loads once for several calls. `noted(source, what)` is told of what a file holds beyond documents, as the pictures
    in a web archive.

    A document's id is its object's `id`, else its file's name (or its address), else (objects without one)
    "file.jsonl#3". Two files of one name in a run are told apart by their folders: the second is "folder/name.txt".
    """
    intake = _Intake(limits, failed, languages or Languages(), noted)
    fetcher: Fetcher | None = None
    for path in paths:
        if is_address(path):
            fetcher = fetcher or Fetcher(fetching)
            yield from intake.address(path, fetcher)
            continue
        if path == STANDARD_INPUT:
            yield from intake.standard_input(stdin or sys.stdin.buffer)
            continue
        for file, known in files(Path(path), failed):
            yield from intake.file(file, known)


class _Intake:
    """One run: what stays the same from file to file, and the names already given."""

    def __init__(self, limits: Limits, failed: Failed, languages: Languages, noted: Noted | None) -> None:
        self._limits = limits
        self._failed = failed
        self._noted = noted
        self._languages = languages
        self._singles = Singles(limits, languages)
        self._names: dict[str, str] = {}

    def file(self, path: Path, known: Format) -> Iterator[Arrival | Unopened]:
        """The documents of one file."""
        where = shown(path)
        try:
            if known.kind == "warc":
                yield from map(Unopened, warc.pages(path, where, self._limits, self._failed, self._noted))
                return
            with path.open("rb") as opened:
                stream = cast(BinaryIO, gzip.GzipFile(fileobj=opened)) if known.packed else opened
                yield from self._read(stream, known.kind, self._name(path), where)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            reason = str(error).rstrip(".")
            self._failed(where, MalformedRecord(f"{where} is a broken gzip file ({reason}): fetch it again"))
        except OSError as error:
            self._failed(where, unreadable(where, error))
        except InputError as error:
            self._failed(where, error)

    def address(self, address: str, fetcher: Fetcher) -> Iterator[Arrival]:
        """The document behind an address."""
        try:
            yield self._singles.fetched(fetcher.page(address))
        except InputError as error:
            self._failed(address, error)

    def standard_input(self, stream: BinaryIO) -> Iterator[Arrival]:
        """The documents of standard input: JSON Lines if a brace begins it, a page if a page's tag does, else text."""
        where = "stdin"
        try:
            lines = _lines(stream, self._limits)
            start: list[bytes] = []
            for line in lines:
                start.append(line)
                if line.strip():
                    break
            opening = start[-1].removeprefix(BOM_UTF8).lstrip()[:20].lower() if start else b""
            whole = itertools.chain(start, lines)
            if opening.startswith(b"{"):
                yield from self._objects(jsonl(whole, where, self._limits, self._failed), "jsonl", where, where)
            else:
                kind: Kind = "html" if opening.startswith((b"<!doctype html", b"<html")) else "text"
                yield self._singles.arrival(_joined(whole, self._limits.max_bytes, where), kind, where, where)
        except OSError as error:
            self._failed(where, unreadable(where, error))
        except InputError as error:
            self._failed(where, error)

    def _read(self, stream: BinaryIO, kind: Kind, name: str, where: str) -> Iterator[Arrival | Unopened]:
        limits, failed = self._limits, self._failed
        if kind == "jsonl":
            yield from self._objects(jsonl(_lines(stream, limits), where, limits, failed), kind, name, where)
        elif kind in ("json", "csv"):
            content = _bounded(stream, DOCUMENTS_A_FILE * limits.max_bytes, where)
            if not content.strip():
                raise EmptyDocument(f"{where} is empty or blank ({len(content)} bytes): leave it out, or fetch it again")
            entries = json(content, where, limits, failed) if kind == "json" else table(content, where, limits, failed)
            yield from self._objects(entries, kind, name, where)
        else:
            yield Unopened(RawDocument(name, where, MEDIA_TYPES[kind], _bounded(stream, limits.max_bytes, where)), kind)

    def _objects(self, entries: Iterable[Entry], kind: Kind, name: str, where: str) -> Iterator[Arrival]:
        for entry in entries:
            given, source = entry.id or f"{name}#{entry.number}", f"{where}#{entry.number}"
            yield Arrival(
                RawDocument(given, source, MEDIA_TYPES[kind], entry.content, url=entry.url, fetched=entry.captured),
                Document(
                    id=given,
                    source=source,
                    text=entry.text,
                    language=self._languages.of(entry.text),
                    url=entry.url,
                    title=entry.title,
                    publisher=entry.publisher,
                    author=entry.author,
                    published=entry.published,
                ),
            )

    def _name(self, path: Path) -> str:
        """The file's name, with as many of its folders before it as tell it from another file of this run."""
        source, parts = shown(path.absolute()), shown(path.absolute()).split("/")
        for taken in range(1, len(parts) + 1):
            name = "/".join(parts[-taken:])
            if self._names.setdefault(name, source) == source:
                return name
        return source


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Lines with their ends. Of one over the limit only so much comes as shows that it is; the rest is passed over."""
    most = limits.max_bytes + 2  # with its end
    while line := stream.readline(most):
        yield line
        while len(line) == most and not line.endswith(b"\n"):
            line = stream.readline(most)


def _bounded(stream: BinaryIO, limit: int, where: str) -> bytes:
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise _too_many(where, limit)
    return content


def _joined(lines: Iterable[bytes], limit: int, where: str) -> bytes:
    kept, size = [], 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size > limit:
            raise _too_many(where, limit)
    return b"".join(kept)


def _too_many(where: str, limit: int) -> DocumentTooLarge:
    return DocumentTooLarge(f"{where} holds more than {limit:,} bytes, the limit: split it, or raise max_bytes in the settings")
