"""Knowledge time: what had been said by a day. Valid time, of what it was said, is each book's own matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from ..records import Citation


class Told(Protocol):
    """What a document tells, with the days on which it may have been published and the instant it was taken in."""

    @property
    def citation(self) -> Citation: ...
    @property
    def published(self) -> tuple[str | None, str | None]: ...
    @property
    def added(self) -> str: ...


T = TypeVar("T", bound=Told)


def known_by(stated: Told, day: str) -> bool | None:
    """Had this been published, or taken into the ledger, by the end of `day` (ISO 8601)? None where it cannot be told."""
    start, end = stated.published
    if (end is not None and end[:10] <= day) or stated.added[:10] <= day:
        return True
    if start is None or start[:10] <= day:
        return None
    return False


def as_of(some: Iterable[T], day: str | None) -> tuple[tuple[T, ...], tuple[str, ...]]:
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
