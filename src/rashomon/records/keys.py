"""Keys of claims, events and statements: what the ledger stores them under, and what stories and incidents point at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from .judged import found_claim, trigger_of
from .reading import Claim, Event
from .span import Span


def claim_keys(document_key: str, claims: Iterable[Claim]) -> dict[str, str]:
    """Local id ("A3") -> key, for all claims of one document, in their order.

    A key hashes the document's key, "claim" and the spans of source, cue and content. The author's own voice has no
    span, so that it has one key a document. Where spans repeat, the second is "claim#2", and so on.
    """
    return _keys(
        document_key,
        "claim",
        ((claim.id, _spans(found_claim(claim))) for claim in claims),
    )


def event_keys(document_key: str, events: Iterable[Event]) -> dict[str, str]:
    """Local id -> key, for all events of one document, in their order; the span is the trigger's.

    Type and parties are left out on purpose: an event that a later make reads better keeps its key. Where a person moved words,
    the machine's spans count on.
    """
    return _keys(document_key, "event", ((event.id, (trigger_of(event),)) for event in events))


def _spans(claim: Claim) -> tuple[Span, ...]:
    return (*((claim.source,) if claim.source else ()), *claim.cue, *claim.content)


def statement_keys(document_key: str, book: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Keys of what a document states in a book ("control"), in the order of its statements; the span is the statement's."""
    return tuple(_keys(document_key, book, ((str(number), (span,)) for number, span in enumerate(spans))).values())


def _keys(document_key: str, kind: str, items: Iterable[tuple[str, tuple[Span, ...]]]) -> dict[str, str]:
    # As `span_key` does it, with the document's part hashed once.
    begun = hashlib.sha256((document_key + "\0").encode("utf-8", "surrogatepass"))
    keys: dict[str, str] = {}
    seen: dict[tuple[Span, ...], int] = {}
    for local, spans in items:
        count = seen[spans] = seen.get(spans, 0) + 1
        hasher = begun.copy()
        hasher.update((kind if count == 1 else f"{kind}#{count}").encode())
        hasher.update(("\0" + "".join(f"{start}:{end}\0" for start, end in spans)).encode())
        keys[local] = hasher.hexdigest()[:32]
    return keys
