"""Pages out of web archives (WARC, ISO 28500), packed or not, a record at a time.

Read are answers of servers (`response`) with status 200 and files kept as such (`resource`) from addresses of the web, where they
are pages, plain text, PDF or Word. All other records are counted, not read. A broken record is named with its place and address;
the next whole one after it is searched for, so that one fault does not cost a file.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from ..config import Limits
from ..errors import DocumentTooLarge, EmptyDocument, InputError, MalformedRecord
from ..records import RawDocument
from .fetch import PAGES, is_address, kept_headers
from .packing import unchunked, unpacked

Failed = Callable[[str, InputError], None]
Noted = Callable[[str, str], None]
# What begins a record, by how the file is packed: gzip, Zstandard, LZ4, and not at all.
_BEGINNINGS = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"WARC/1.")
_BLOCK = 1 << 20
_MOST_HEAD = 64 * 1024
_HEAD = re.compile(rb"HTTP/[\d.]+ +(\d{3})[^\n]*\n(.*?)(?:(?<=\n)|\n)\r?\n", re.DOTALL)
_ADDRESS = re.compile(rb"^WARC-Target-URI:\s*<?(\S{1,2000}?)>?\r?$", re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]+")


class _Answer(NamedTuple):
    """The head of what a server answered, with names in small letters, and where in the block its content begins."""

    status: int
    headers: dict[str, str]
    begins: int


class _Break(Exception):
    """The records cannot be followed any further: `offset` is the last that was met, `reason` what is wrong after it, None where
    it is this record that is broken, and was named."""

    def __init__(self, offset: int, reason: str | None = None) -> None:
        super().__init__(offset)
        self.offset = offset
        self.reason = reason


def pages(path: Path, where: str, limits: Limits, failed: Failed, noted: Noted | None = None) -> Iterator[RawDocument]:
    """The pages of one archive, in the order of the file, one in memory at a time.

    A page's id and address are its target URI, `fetched` is the record's date, `source` "file.warc.gz#offset". What cannot be
    read goes to `failed` under that source; how many records were passed over, and why, goes to `noted` at the end.
    MalformedRecord where the file is no WARC, OSError where it cannot be opened.
    """
    passed: Counter[str] = Counter()
    with path.open("rb") as stream:
        if not stream.read(1):
            raise EmptyDocument(f"{where} is empty (0 bytes): leave it out, or fetch it again")
        if not _begins(stream, 0) and _next(stream, 1) is None:
            raise MalformedRecord(f"{where} is no WARC file that can be read: fetch it again")
        start: int | None = 0
        while start is not None:
            stream.seek(start)
            try:
                yield from _run(stream, where, limits, failed, passed)
                break
            except _Break as broken:
                start = _next(stream, broken.offset + 1)
                # A record that is itself broken will be named when its turn comes.
                if broken.reason is not None and (start is None or _begins(stream, start, whole=True)):
                    offset, address = _remains(stream, broken.offset + 1, start) or (broken.offset + 1, "address unknown")
                    lost = "the rest of the file is lost" if start is None else f"what stands before offset {start} is lost"
                    told = f"{where} breaks after offset {offset} ({address}; {broken.reason}), and {lost}"
                    failed(f"{where}#{offset}", MalformedRecord(f"{told}: fetch it again"))
    if noted is not None and passed:
        told = ", ".join(f"{count:,} {reason}" for reason, count in sorted(passed.items()))
        noted(where, f"records that hold no page to read: {told}")


def _run(
    stream: BinaryIO, where: str, limits: Limits, failed: Failed, passed: Counter[str]
) -> Iterator[RawDocument]:
    """The pages from where the stream stands, up to its end or the first break."""
    records = iter(ArchiveIterator(stream, parse_http=False))
    last = stream.tell() - 1
    named = last - 1
    while True:
        try:
            record = next(records, None)
        except OSError as error:
            raise _Break(last, str(error) if named < last else None) from error
        if record is None:
            return
        last = record.stream_pos
        address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
        place = f"{where}, offset {last} ({address or 'no address'})"
        try:
            found = _page(record, address, f"{where}#{last}", place, limits)
        except InputError as error:
            failed(f"{where}#{last}", error)
            if isinstance(error, _Short):
                raise _Break(last) from error
            named = last
            continue
        if isinstance(found, str):
            passed[found] += 1
        elif found is not None:
            yield found


class _Short(MalformedRecord):
    """A record ends before it should."""


def _page(record: WarcRecord, address: str, source: str, place: str, limits: Limits) -> RawDocument | str | None:
    """The page that a record holds; the kind of record where it holds none; None where that is nothing to speak of."""
    kind = record.record_type
    if kind not in (WarcRecordType.response, WarcRecordType.resource):
        return "revisits of pages kept elsewhere" if kind == WarcRecordType.revisit else None
    if not is_address(address):
        return "from no address of the web"
    promised = record.content_length
    try:
        block = record.reader.read(_MOST_HEAD)
        answer = _answer(block, place) if kind == WarcRecordType.response else _Answer(200, _own_headers(record), 0)
        if answer.status != 200:
            return "answers other than 200"
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in PAGES and (media_type or kind == WarcRecordType.resource):
            return "pictures, scripts and other files"
        if promised > limits.max_bytes:
            told = f"{place} holds {promised:,} bytes, more than the limit, {limits.max_bytes:,}"
            raise DocumentTooLarge(f"{told}: raise max_bytes in the settings")
        rest = [block[answer.begins :]]
        size = len(block)
        while size < promised and (piece := record.reader.read(_BLOCK)):
            rest.append(piece)
            size += len(piece)
    except OSError as error:
        raise _Short(f"{place} is broken ({error}): fetch the file again") from error
    if size < promised:
        raise _Short(f"{place} breaks off after {size:,} of {promised:,} bytes: fetch the file again")
    content = b"".join(rest)
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        content = unchunked(content, place)
    content = unpacked((content,), answer.headers.get("content-encoding", ""), limits.max_bytes, place)
    date = record.record_date
    fetched = date.strftime("%Y-%m-%dT%H:%M:%SZ") if date is not None else None
    headers = kept_headers(answer.headers)
    return RawDocument(
        address, source, headers.get("content-type", "text/html"), content, url=address, fetched=fetched, headers=headers
    )


def _answer(block: bytes, place: str) -> _Answer:
    """The head of an answer, read with patience: bare line ends and folded lines do occur."""
    head = _HEAD.match(block)
    if head is None:
        raise MalformedRecord(f"{place} is no answer of a web server: leave it out")
    text = _FOLD.sub(" ", head.group(2).decode("utf-8", "replace"))
    headers: dict[str, str] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return _Answer(int(head.group(1)), headers, head.end())


def _own_headers(record: WarcRecord) -> dict[str, str]:
    return {"content-type": record.headers.get("Content-Type", "") or ""}


def _begins(stream: BinaryIO, offset: int, *, whole: bool = False) -> bool:
    """Does a record begin there; a whole one, if that is asked?"""
    stream.seek(offset)
    try:
        record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        return record is not None and (not whole or record.consume() == record.content_length)
    except OSError:
        return False


def _remains(stream: BinaryIO, offset: int, end: int | None) -> tuple[int, str] | None:
    """Where a broken member of a gzip file begins between the two offsets, and the address that can still be read in it."""
    stream.seek(offset)
    held = stream.read(_BLOCK if end is None else min(_BLOCK, end - offset))
    at = held.find(_BEGINNINGS[0])
    if at < 0:
        return None
    reader, text = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
    try:
        for step in range(at, len(held), 16):  # small steps: what comes before the fault is kept
            text += reader.decompress(held[step : step + 16], _MOST_HEAD)
            if len(text) > _MOST_HEAD:
                break
    except zlib.error:
        pass
    found = _ADDRESS.search(text)
    return offset + at, found.group(1).decode("utf-8", "replace") if found else "address unknown"


def _next(stream: BinaryIO, offset: int) -> int | None:
    """Where the next whole record begins, at `offset` or after it; None where there is none."""
    stream.seek(0)
    opening = stream.read(8)
    beginning = next((mark for mark in _BEGINNINGS if opening.startswith(mark)), _BEGINNINGS[-1])
    stream.seek(offset)
    held, at = b"", offset
    while block := stream.read(_BLOCK):
        held += block
        found = held.find(beginning)
        while found >= 0:
            if _begins(stream, at + found):
                return at + found
            found = held.find(beginning, found + 1)
        kept = len(beginning) - 1
        at += len(held) - kept
        held = held[-kept:]
        stream.seek(at + kept)
    return None
