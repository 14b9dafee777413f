"""The tables of a batch back as documents with their readings, for a ledger: nothing is read again."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

from ..errors import InputError
from ..records import Arrival, Document, MadeBy, RawDocument, Reading, from_json
from .folder import Folder

_HEADERS = msgspec.json.Decoder(dict[str, str])
_ROWS = 50


class Loaded:
    """A finished batch as a source of documents and as the reader of them: `read` gives what the batch read.

    InputError where the folder holds no finished batch.
    """

    def __init__(self, path: Path) -> None:
        self._folder = Folder(path)
        self._made_by = self._folder.summary().made_by
        self._readings: dict[str, str] = {}
        self._reasons: dict[str, str] = {}

    @property
    def made_by(self) -> MadeBy:
        """The make of the batch's readings."""
        return self._made_by

    def arrivals(self, failed: Callable[[str, InputError], None]) -> Iterator[Arrival]:
        """All documents in the order in which the batch met them; what it could not open goes to `failed`."""
        files = sorted(self._folder.table("documents").rglob("*.parquet"))
        for row in heapq.merge(*map(_rows, files), key=lambda each: int(each["position"])):
            self._readings.clear()
            arrival = _arrival(row)
            if row["reading"] is not None:
                self._readings[arrival.document.key] = row["reading"]
            elif row["state"] == "failed":
                self._reasons[arrival.document.key] = row["reason"]
            yield arrival
        for path in sorted(self._folder.table("failures").rglob("*.parquet")):
            for row in _rows(path):
                if row["document_key"] is None:
                    failed(row["source"], InputError(row["reason"]))

    def read(self, document: Document) -> Reading:
        """The reading of the document that came last. InputError with the batch's reason where it had none."""
        content = self._readings.get(document.key)
        if content is None:
            raise InputError(self._reasons.get(document.key, f"{document.id}: the batch holds no reading of it: run it again"))
        return from_json(content)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS):
            yield from batch.to_pylist()


def _arrival(row: dict[str, Any]) -> Arrival:
    return Arrival(
        RawDocument(
            row["id"], row["capture_source"], row["media_type"], row["content"], row["capture_url"], row["fetched"],
            _HEADERS.decode(row["headers"]),
        ),
        Document(
            row["id"], row["source"], row["text"], row["language"], row["url"], row["carried_title"], row["carried_publisher"],
            row["carried_author"], row["carried_published"], row["extractor"],
        ),
    )
