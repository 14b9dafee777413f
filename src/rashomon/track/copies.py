"""Statements that are one text in several documents: copies are no further voices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..records import Reuse, Said, Span, Stated

_SHIFT = 80  # characters by which words may stand elsewhere in the other's passage: a copy changes some


def families(
    stated: Sequence[Stated[Said]], reuses: Iterable[Reuse], alike: Callable[[Said, Said], bool]
) -> tuple[tuple[Stated[Said], ...], ...]:
    """The statements in families of one text, the earliest published of each first; most stand alone. In the order of keys.

    Two statements are one text where they stand at the same words of a shared passage and are `alike`.
    """
    ordered = sorted(stated, key=_age)
    by_document: dict[str, list[int]] = {}
    for at, each in enumerate(ordered):
        by_document.setdefault(each.citation.document, []).append(at)
    root = list(range(len(ordered)))

    def top(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for reuse in reuses:
        for a in by_document.get(reuse.a, ()):
            for b in by_document.get(reuse.b, ()):
                one, other = ordered[a], ordered[b]
                if alike(one.said, other.said) and _same_words(reuse, one.citation.span, other.citation.span):
                    root[max(top(a), top(b))] = min(top(a), top(b))
    found: dict[int, list[Stated[Said]]] = {}
    for at, each in enumerate(ordered):
        found.setdefault(top(at), []).append(each)
    return tuple(sorted((tuple(some) for some in found.values()), key=lambda some: some[0].key))


def _same_words(reuse: Reuse, a: Span, b: Span) -> bool:
    return any(
        passage.a.overlaps(a) and passage.b.overlaps(b)
        and abs((a.start - passage.a.start) - (b.start - passage.b.start)) <= _SHIFT
        for passage in reuse.passages
    )


def _age(stated: Stated[Said]) -> tuple[str, str, str, str]:
    start, end = stated.published
    return end or "9999", start or "9999", stated.citation.document, stated.key
