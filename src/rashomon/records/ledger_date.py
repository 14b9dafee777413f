"""What other documents add to a document's date: a record of its own, beside the reading that it never changes."""

from __future__ import annotations

from typing import Literal

import msgspec

Ground = Literal["capture", "names its source", "is named as source", "same text", "tells of an event"]


class DateClue(msgspec.Struct, frozen=True):
    """One bound: not before `start`, not after `end` (ISO days, null for no bound), the documents (keys) it rests on, in words.

    `certain`: it holds if those documents' own dates do. `used`: false where it does not fit what is surer, and was left out.
    """

    ground: Ground
    start: str | None
    end: str | None
    documents: tuple[str, ...]
    why: str
    certain: bool
    used: bool = True


class LedgerDate(msgspec.Struct, frozen=True):
    """When a document (key) appeared, as far as its own reading and other documents of the ledger bound it.

    Days are ISO 8601, both included, null for an open end. It is never stated, and no other date rests on it.
    """

    document: str
    start: str | None
    end: str | None
    best: str | None
    clues: tuple[DateClue, ...]
