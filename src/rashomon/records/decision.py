"""What a person decided about incidents: which are one, and which events stand apart from the rest."""

from __future__ import annotations

from typing import Literal

import msgspec

from .span import Span


class Anchor(msgspec.Struct, frozen=True, order=True):
    """An event as a decision holds on to it: its document's key and the span of its trigger. Rereading moves neither."""

    document: str
    span: Span


class Decision(msgspec.Struct, frozen=True):
    """A join (all `parts` are one incident) or a split (the first part stands apart from the second), for good.

    `person` decided it at the instant `decided`; `retired` is when it was withdrawn, None while it holds.
    """

    id: str
    kind: Literal["join", "split"]
    parts: tuple[tuple[Anchor, ...], ...]
    person: str
    note: str | None
    decided: str
    retired: str | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """Keys of the documents that it speaks of, sorted."""
        return tuple(sorted({anchor.document for part in self.parts for anchor in part}))
