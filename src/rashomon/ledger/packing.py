"""How records become bytes in the ledger and come back: compressed with zstd, hashed before compression."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

import msgspec
import zstandard

from ..errors import LedgerError
from ..records import Document

T = TypeVar("T")
# Higher levels take more time and hardly save space on readings of this size.
_LEVEL = 1
# Control characters and lone surrogates, which some databases cannot hold in a text column. Tab and line ends stay.
_UNSAFE = {code: " " for code in range(32) if chr(code) not in "\t\n\r"} | {127: " "} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)


class KeptDocument(msgspec.Struct, frozen=True):
    """A `Document` as it is kept. The text is UTF-8 with lone surrogates as they stand, which JSON could not carry."""

    id: bytes
    source: bytes
    text: bytes
    language: str
    url: str | None
    title: bytes | None
    publisher: bytes | None
    author: bytes | None
    published: bytes | None
    extractor: str | None


def pack(content: bytes) -> bytes:
    """The bytes compressed; equal bytes give equal results with one version of zstd."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(content)


def packer() -> Callable[[bytes], bytes]:
    """`pack` for many, one after the other: what it takes to begin is taken once."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress


def unpack(content: bytes) -> bytes:
    """What was packed. LedgerError when the stored bytes are damaged."""
    try:
        return zstandard.ZstdDecompressor().decompress(content)
    except zstandard.ZstdError as error:
        raise LedgerError(f"the ledger holds a damaged record ({error}): restore it from a copy") from error


def hashed(content: bytes) -> str:
    """Hex sha256."""
    return hashlib.sha256(content).hexdigest()


def encode(record: msgspec.Struct) -> bytes:
    """The record as JSON, one way of writing it for one value. LedgerError for text that no JSON can carry."""
    try:
        return msgspec.json.encode(record, order="deterministic")
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"a record to be stored holds half a surrogate pair at character {error.start} of one of its texts:"
            " decode the document with another encoding"
        ) from error


def decode(content: bytes, kind: type[T]) -> T:
    """The packed record as `kind`. LedgerError when it is no such record."""
    try:
        return msgspec.json.decode(unpack(content), type=kind)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise LedgerError(f"the ledger holds a broken {kind.__name__} ({error}): restore it from a copy") from error


def plain_document(document: Document) -> bytes:
    """The document, exactly, not packed yet."""
    kept = KeptDocument(
        id=_bytes(document.id), source=_bytes(document.source), text=_bytes(document.text), language=document.language,
        url=document.url, title=_maybe(document.title), publisher=_maybe(document.publisher),
        author=_maybe(document.author), published=_maybe(document.published), extractor=document.extractor,
    )
    return msgspec.msgpack.encode(kept)


def unpack_document(content: bytes) -> Document:
    """The document that was packed. LedgerError when the stored bytes are damaged."""
    try:
        kept = msgspec.msgpack.decode(unpack(content), type=KeptDocument)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise LedgerError(f"the ledger holds a damaged document ({error}): restore it from a copy") from error
    return Document(
        id=_text(kept.id), source=_text(kept.source), text=_text(kept.text), language=kept.language, url=kept.url,
        title=_optional(kept.title), publisher=_optional(kept.publisher), author=_optional(kept.author),
        published=_optional(kept.published), extractor=kept.extractor,
    )


def plain(value: str) -> str:
    """The value for a text column: as many characters, without those that no database takes."""
    return value if value.isprintable() else value.translate(_UNSAFE)


def plain_or_none(value: str | None) -> str | None:
    """`plain` where there is a value."""
    return None if value is None else plain(value)


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogatepass")


def _maybe(value: str | None) -> bytes | None:
    return None if value is None else _bytes(value)


def _optional(value: bytes | None) -> str | None:
    return None if value is None else _text(value)
