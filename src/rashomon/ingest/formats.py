"""Which kind of document a file is, told by the ending of its name."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["text", "html", "pdf", "docx", "json", "jsonl", "csv", "warc"]

ENDINGS: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".warc": "warc",
}
MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "warc": "application/warc",
}
LISTED = ", ".join(ENDINGS)
# Web archives come packed in three ways; fastwarc sees by itself which.
ARCHIVES = (".warc.gz", ".warc.zst", ".warc.lz4")


class Format(NamedTuple):
    """The kind of a file, and whether it is packed with gzip."""

    kind: Kind
    packed: bool


def format_of(name: str) -> Format | None:
    """What the name's ending promises (a further `.gz` means packed); None for an ending that is not known."""
    name = name.lower()
    if name.endswith(ARCHIVES):
        return Format("warc", True)
    packed = name.endswith(".gz")
    stem = name[: -len(".gz")] if packed else name
    for ending, kind in ENDINGS.items():
        if stem.endswith(ending):
            return Format(kind, packed)
    return None
