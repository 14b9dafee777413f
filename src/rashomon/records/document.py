"""What comes in: the bytes as fetched, and the text that the spans count in."""

from __future__ import annotations

import hashlib

import msgspec


class RawDocument(msgspec.Struct, frozen=True):
    """What was fetched, byte for byte.

    `id` is the caller's id or the file's name, `source` a path or address, `fetched` an ISO 8601 instant or None when the
    bytes were already there, `headers` the transport's headers.
    """

    id: str
    source: str
    media_type: str
    content: bytes
    url: str | None = None
    fetched: str | None = None
    headers: dict[str, str] = {}

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


class Document(msgspec.Struct, frozen=True):
    """One document's exact text with what its carrier (HTML head, JSONL keys) says of it.

    Nothing here is read out of the text itself: that is `Metadata`. `published` is the carrier's own string (ISO 8601
    where the carrier gives one). `language` is an ISO 639-1 code, or "und" where there is too little text to tell.
    `made_by` names the extractor and its version for text that was not plain ("trafilatura 2.3.1").
    """

    id: str
    source: str
    text: str
    language: str = "en"
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    extractor: str | None = None

    @property
    def text_sha256(self) -> str:
        """Hex digest of the UTF-8 text; lone surrogates count as they stand."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def key(self) -> str:
        """What identifies the document: its address (or the caller's id) and its text. Two outlets with one text are two."""
        return digest(self.url or self.id, self.text_sha256)


def digest(*parts: str) -> str:
    """First 32 hex digits of the sha256 over the parts, each ended by a zero byte so that no two lists collide."""
    joined = "".join(part + "\0" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def span_key(document_key: str, kind: str, *spans: tuple[int, int]) -> str:
    """Key of a claim or an event: hash of its document's key, its kind and its spans."""
    return digest(document_key, kind, *(f"{start}:{end}" for start, end in spans))
