"""Statements that are one text in several documents: copies are no further voices."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from ..records import Said, Stated
from ..records.cluster import components
from .voices import Copies


def families(
    stated: Sequence[Stated[Said]], copies: Copies, content: Callable[[Said], Hashable]
) -> tuple[tuple[Stated[Said], ...], ...]:
    """The statements in families of one text, the earliest published of each first; most stand alone. Whatever their order.

    Two are one text where they stand at one place of a passage that their documents share, and have the same `content`.
    """
    by_key = {each.key: each for each in stated}
    alike: dict[Hashable, list[Stated[Said]]] = {}
    for each in by_key.values():
        alike.setdefault(content(each.said), []).append(each)
    pairs = [
        (a.key, b.key) for some in alike.values() for at, a in enumerate(some) for b in some[at + 1 :]
        if copies.same(a.citation, b.citation)
    ]
    return tuple(tuple(sorted((by_key[key] for key in group), key=_age)) for group in components(by_key, pairs))


def _age(stated: Stated[Said]) -> tuple[str, str, str, str]:
    start, end = stated.published
    return end or "9999", start or "9999", stated.citation.document, stated.key
