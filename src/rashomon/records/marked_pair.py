"""A sentence with two parties marked in it."""

from __future__ import annotations

import msgspec

from .span import Span


class MarkedPair(msgspec.Struct, frozen=True):
    """A sentence, and who in it may do something (`source`) to whom (`target`); None where the text names nobody."""

    uid: str
    text: str
    source: Span | None
    target: Span | None
