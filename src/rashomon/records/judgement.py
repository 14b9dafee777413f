"""What a person decided about something that the machine read."""

from __future__ import annotations

from typing import Literal

import msgspec

from .span import Span

Verdict = Literal["accept", "correct", "reject", "unsure"]


class Judgement(msgspec.Struct, frozen=True):
    """A verdict on one field of what stands at a span of a document (its key); `span` is None for the document as a whole.

    `value` is what the person puts in its place ("correct") or sets ("accept"). `retired` is the instant at which the same
    person judged the same again, None while it holds. Nothing is ever erased but by removing the document: then value and
    note go, and the verdict stays.
    """

    id: str
    document: str
    span: Span | None
    field: str
    verdict: Verdict
    value: str | None
    note: str | None
    person: str
    decided: str
    retired: str | None = None
