"""Text that two documents share, and lines that a publisher repeats."""

from __future__ import annotations

from typing import Literal

import msgspec

from .span import Span

ReuseKind = Literal[
    "same-text", "light-edit", "republication", "wire-copy", "partial-copy", "shared-passage", "quoted", "shared-quotation"
]
PassageKind = Literal["text", "quotation", "quoted-in-a", "quoted-in-b"]


class SharedPassage(msgspec.Struct, frozen=True):
    """Words that stand in both documents, a few changed ones between them at most: `words` of them are the same.

    `kind`: both documents quote them, one quotes what the other says itself, or both say them ("text").
    """

    a: Span
    b: Span
    words: int
    kind: PassageKind


class Reuse(msgspec.Struct, frozen=True):
    """What two documents (keys, `a` < `b`) share word for word, and what that makes of them.

    `share_a` is the part of the words of `a` that stands in shared passages, 0 to 1. `first` is the document that appeared
    before the other for certain, None where their publication intervals do not tell. `agency` names the agency whose text
    it is, where a credit or a dateline says so.
    """

    a: str
    b: str
    kind: ReuseKind
    first: str | None
    agency: str | None
    share_a: float
    share_b: float
    passages: tuple[SharedPassage, ...]


class RepeatedLine(msgspec.Struct, frozen=True):
    """A line that a publisher sets into many of its documents, digits as 0: never counted as reuse."""

    publisher: str
    text: str
    documents: int
