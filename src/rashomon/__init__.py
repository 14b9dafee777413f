"""Rashomon reads reports on armed conflict into a ledger of attributed claims.

    from rashomon import Document, Reader

    reader = Reader.load()
    reading = reader.read(Document(id="dispatch", source="dispatch.txt", text="..."))

The names in `__all__` are the public ones. Each is imported at its first use, because the command line imports this
module before it can print its help, and a language model takes a second to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .builder import add
    from .config import Limits, Settings
    from .errors import (
        InputError,
        KnowledgeError,
        LedgerError,
        ModelError,
        RashomonError,
        ReadingFormatError,
        UsageError,
    )
    from .ingest import documents
    from .ledger import Ledger, View, Writer, open_ledger
    from .reader import Reader
    from .records import (
        Account,
        Arrival,
        Claim,
        Comparison,
        Document,
        Event,
        Incident,
        RawDocument,
        Reading,
        Span,
        Story,
        from_json,
        schema,
        to_json,
    )

_HOME = {
    "builder": ("add",),
    "config": ("Limits", "Settings"),
    "errors": (
        "InputError", "KnowledgeError", "LedgerError", "ModelError", "RashomonError", "ReadingFormatError",
        "UsageError",
    ),
    "ingest": ("documents",),
    "ledger": ("Ledger", "View", "Writer", "open_ledger"),
    "reader": ("Reader",),
    "records": (
        "Account", "Arrival", "Claim", "Comparison", "Document", "Event", "Incident", "RawDocument", "Reading", "Span",
        "Story", "from_json", "schema", "to_json",
    ),
}
_ROOM_OF = {name: room for room, names in _HOME.items() for name in names}

__all__ = [
    "Account", "Arrival", "Claim", "Comparison", "Document", "Event", "Incident", "InputError", "KnowledgeError", "Ledger",
    "LedgerError", "Limits", "ModelError", "RashomonError", "RawDocument", "Reader", "Reading", "ReadingFormatError",
    "Settings", "Span", "Story", "UsageError", "View", "Writer", "add", "documents", "from_json", "open_ledger", "schema",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("rashomon")
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_ROOM_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
