"""The codings of a transfer undone, within bounds: a small answer that unpacks to gigabytes is refused, not read."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator

import zstandard
from fastwarc.stream_io import BrotliReader

from ..errors import DocumentTooLarge, MalformedRecord, UnsupportedFormat

_STEP = 1 << 16
_CHUNK = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n")
_MOST_WINDOW = 1 << 23  # RFC 9659: no more is needed for the web
ACCEPTED = "gzip, deflate"
_KNOWN = ("gzip", "x-gzip", "deflate", "br", "zstd")
_NONE = ("identity", "none", "utf-8", "")  # the last but one is a mistake of some servers


def unpacked(pieces: Iterable[bytes], coding: str, limit: int, where: str) -> bytes:
    """The content whose transfer was `coding` (a Content-Encoding header), of at most `limit` bytes before and after."""
    codings = [name.strip() for name in coding.lower().split(",") if name.strip() not in _NONE]
    if any(name not in _KNOWN for name in codings) or len(codings) > 2:
        raise UnsupportedFormat(f"{where} is packed as {coding[:60]!r}, which is not read: fetch it with gzip or unpacked")
    stream = _counted(pieces, limit, where)
    for name in reversed(codings):
        opened = _read(stream, name, where) if name in ("br", "zstd") else _inflated(stream, name, where)
        stream = _counted(opened, limit, where)
    return b"".join(stream)


def unchunked(content: bytes, where: str) -> bytes:
    """The content of a chunked transfer. What only claims to be chunked (some archives undo it) is left as it is."""
    pieces: list[bytes] = []
    at = 0
    while True:
        size = _CHUNK.match(content, at)
        if size is None:
            if not pieces:
                return content
            raise MalformedRecord(f"{where} has a broken chunk after {at:,} bytes: fetch it again")
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(content[size.end() : size.end() + length])
        at = size.end() + length


def _read(pieces: Iterable[bytes], coding: str, where: str) -> Iterator[bytes]:
    """The bytes that a reader of Brotli or Zstandard makes, a step at a time."""
    packed = io.BytesIO(b"".join(pieces))
    try:
        zstd = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
        reader = BrotliReader(packed) if coding == "br" else zstd.stream_reader(packed, read_across_frames=True)
        while made := reader.read(_STEP):
            yield made
    except (OSError, zstandard.ZstdError) as error:
        raise MalformedRecord(f"{where} is packed in a broken way ({error}): fetch it again") from error


def _counted(pieces: Iterable[bytes], limit: int, where: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise DocumentTooLarge(f"{where} holds more than {limit:,} bytes, the limit: save its text and add that")
        yield piece


def _inflated(pieces: Iterable[bytes], coding: str, where: str) -> Iterator[bytes]:
    """The bytes that zlib makes of the pieces, a step at a time. Members after the first of a gzip stream are read too."""
    reader = None
    done = False
    for piece in pieces:
        while piece:
            if reader is None:
                # "deflate" is zlib's format by the book, and the bare stream of some servers.
                bare = coding == "deflate" and piece[0] & 0x0F != 8
                reader = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
            try:
                made = reader.decompress(piece, _STEP)
            except zlib.error as error:
                if done:
                    return  # padding after the end of a whole stream says nothing
                raise MalformedRecord(f"{where} is packed in a broken way ({error}): fetch it again") from error
            if made:
                yield made
            piece = reader.unconsumed_tail
            if reader.eof:
                piece, reader, done = reader.unused_data, None, True
    while reader is not None and not reader.eof:
        try:
            made = reader.decompress(b"", _STEP)
        except zlib.error:
            made = b""
        if not made:
            if not reader.eof:
                raise MalformedRecord(f"{where} breaks off in the middle of what is packed: fetch it again")
            break
        yield made
