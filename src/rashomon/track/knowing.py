"""Knowledge time: what had been said by a day. Valid time, of what it was said, is each book's own matter."""

from __future__ import annotations

from collections.abc import Iterable

from ..records import Said, Stated


def known_by(stated: Stated[Said], day: str) -> bool | None:
    """Had this been published, or taken into the ledger, by the end of `day` (ISO 8601)? None where it cannot be told."""
    start, end = stated.published
    if (end is not None and end[:10] <= day) or stated.added[:10] <= day:
        return True
    if start is None or start[:10] <= day:
        return None
    return False


def as_of(some: Iterable[Stated[Said]], day: str | None) -> tuple[tuple[Stated[Said], ...], tuple[str, ...]]:
    """(what had surely been said by the day, keys of documents of which that cannot be told, sorted). No day: all of it."""
    if day is None:
        return tuple(some), ()
    sure, unsure = [], set()
    for each in some:
        known = known_by(each, day)
        if known:
            sure.append(each)
        elif known is None:
            unsure.add(each.citation.document)
    return tuple(sure), tuple(sorted(unsure))
