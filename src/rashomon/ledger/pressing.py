"""What can be made of a document and its reading before the ledger is asked: bytes, hashes, rows without the document's number.

It is most of the work of storing, and needs no ledger: with several processes, each makes it of what it has read.
"""

from __future__ import annotations

from typing import Any

import msgspec

from ..errors import LedgerError
from ..records import Document, Reading
from . import dialect
from .books import statement_rows
from .packing import encode, packer, plain_document
from .rows import ReadingRows, passage_rows, reading_row
from .tables import claims, events, names, passages, place_boxes, statements

# By their first column: the document's number, or one for each of its parts.
OF_DOCUMENT = (claims, names, events, statements)
OF_PARTS = (place_boxes, passages)


class Pressed(msgspec.Struct, frozen=True):
    """A document made ready for a ledger of one kind of database (`form`).

    `key` and `text_sha256` are the document's, `kept` is the document packed, `about` the row of its reading but for numbers and
    instants (None: it was not read), `tails` the rows to look up, by table, without their first column.
    """

    form: dialect.Form
    key: str
    text_sha256: str
    kept: bytes
    about: dialect.Row | None
    tails: dict[str, list[Any]]

    @property
    def make(self) -> tuple[str, str, str] | None:
        """Code, knowledge and models that made the reading."""
        return None if self.about is None else self.about[1:4]

    @property
    def reading_sha256(self) -> str | None:
        """Hex digest of the reading's JSON."""
        return None if self.about is None else self.about[-2]


def press(document: Document, reading: Reading | None, *, form: dialect.Form) -> Pressed:
    """The document, with its reading where there is one, ready for a ledger. LedgerError where they do not go together, or for
    text that no JSON can carry."""
    key, text_sha256, pack = document.key, document.text_sha256, packer()
    rows = {passages: passage_rows(document.text, reading)}
    about = None
    if reading is not None:
        check(document, text_sha256, reading)
        content = encode(reading)
        about = reading_row(reading, content, pack(content))
        held = ReadingRows(key, reading)
        rows |= {claims: held.claims, names: held.names, events: held.events, place_boxes: held.boxes}
        rows[statements] = statement_rows(key, reading)
    ready = {table.name: dialect.ready(form, table, some) for table, some in rows.items() if some}
    return Pressed(form, key, text_sha256, pack(plain_document(document)), about, ready)


def check(document: Document, text_sha256: str, reading: Reading) -> None:
    """LedgerError where they do not go together."""
    if reading.text != document.text or reading.text_sha256 != text_sha256:
        raise LedgerError(f"the reading offered for document {document.id} is of another text")
    if reading.id != document.id:
        raise LedgerError(f"the reading offered for document {document.id} is of document {reading.id}")
