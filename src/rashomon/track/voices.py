"""Whose words a statement is: copies of one text speak with one voice, and so does one identified speaker everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ..records import Citation, Reuse, SharedPassage, Span, covered_share
from ..records.cluster import components
from .likeness import Parties

_SHARE = 0.8
_SHIFT = 40  # characters by which changed words before it may move a copied sentence
Told = tuple[str, Citation, tuple[str | None, str | None]]


class Voice(msgspec.Struct, frozen=True):
    """One voice and where it speaks: `name` and `chain` of its first statement, then every further one, then the copies of them.

    `statements` and `copies` are keys, the first published first; a copy is in a text that another document's was taken from.
    """

    name: str
    chain: tuple[str, ...]
    statements: tuple[str, ...]
    copies: tuple[str, ...] = ()


class Copies:
    """Which sentences of two documents are one text, by what the ledger found of text reuse."""

    def __init__(self, reuses: Iterable[Reuse]) -> None:
        self._passages: Mapping[tuple[str, str], tuple[SharedPassage, ...]] = {
            (each.a, each.b): tuple(passage for passage in each.passages if passage.kind == "text") for each in reuses
        }

    def same(self, a: Citation, b: Citation) -> bool:
        """True when both stand at one place of a passage that the two documents share word for word."""
        if a.document == b.document:
            return False
        one, other = (a, b) if a.document < b.document else (b, a)
        return any(
            covered_share([passage.a], one.sentence) >= _SHARE and covered_share([passage.b], other.sentence) >= _SHARE
            and _moved(one.span, passage.a, other.span, passage.b) <= _SHIFT + 0.02 * passage.a.width
            for passage in self._passages.get((one.document, other.document), ())
        )


def _moved(a: Span, in_a: Span, b: Span, in_b: Span) -> int:
    return min(abs((a.start - in_a.start) - (b.start - in_b.start)), abs((in_a.end - a.start) - (in_b.end - b.start)))


def voices(told: Sequence[Told], copies: Copies, parties: Parties, publishers: Mapping[str, str]) -> tuple[Voice, ...]:
    """Voices of statements of one thing, those that speak first first. `told`: (key, citation, days of publication) of each;
    `publishers`: by key, who stands for a statement without a chain. The order of `told` does not matter."""
    first = {key: (published[0] or published[1] or "9999", key) for key, _, published in told}
    cited = {key: citation for key, citation, _ in told}
    keys = sorted(cited, key=lambda key: first[key])
    pairs = [(a, b) for at, a in enumerate(keys) for b in keys[at + 1 :] if copies.same(cited[a], cited[b])]
    copied: dict[str, str] = {}
    for group in components(keys, pairs):
        original = min(group, key=lambda key: first[key])
        copied.update((key, original) for key in group if key != original)
    groups: dict[tuple[str, ...], list[str]] = {}
    for key in keys:
        if key not in copied:
            groups.setdefault(_whose(cited[key], parties, publishers[key]), []).append(key)
    found = []
    for some in groups.values():
        chain = cited[some[0]].chain
        own = tuple(key for key in keys if copied.get(key) in some)
        found.append(Voice(chain[-1] if chain else publishers[some[0]], chain or (publishers[some[0]],), tuple(some), own))
    return tuple(found)


def _whose(citation: Citation, parties: Parties, publisher: str) -> tuple[str, ...]:
    """One identified speaker is one voice wherever he is quoted, an outlet by its name; anybody else in one document only."""
    chain = citation.chain or (publisher,)
    if len(chain) > 1 and parties.identified(chain[-1]):
        return ("speaker", parties.named(chain[-1]))
    if len(chain) > 1:
        return ("unnamed", citation.document, *chain)
    return ("outlet", chain[0])
