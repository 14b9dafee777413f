"""What ingest hands on: one document as it came in, and the text that was made of it, if it was made yet."""

from __future__ import annotations

import msgspec

from .document import Document, RawDocument


class Arrival(msgspec.Struct, frozen=True):
    """One document, twice: its original bytes, and its exact text with what the carrier says of it.

    `raw.content` is the document's own bytes: the whole (unpacked) file, or the JSONL line or CSV row it stands in.
    `raw.id == document.id`.
    """

    raw: RawDocument
    document: Document


class Unopened(msgspec.Struct, frozen=True):
    """A document whose text is still to be made of its bytes.

    `kind` is that of its file ("html", "pdf"), None where the media type and the first bytes tell it.
    """

    raw: RawDocument
    kind: str | None = None
