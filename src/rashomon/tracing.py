"""Tracing copied text in a ledger: each document that waits is compared with those that hold a run of its words.

`Tracer.trace` does the same with readings in memory; both come to the same, in whatever order documents came and went.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
from rensa import RMinHash

from .knowledge.lineage import LineageRules, load_lineage
from .ledger import Ledger, Limits, LineEntry, PrintEntry, Traces
from .link import By, Own, Print, own_of, packed_print, pairs_in, print_of, shared_text, trace, unpacked_print
from .records import Reading, RepeatedLine, Reuse, digest

# Raise it where the same rules make other prints of a text.
_CODE = "1"
# Documents compared in one transaction.
_AT_ONCE = 200
# From so many waiting documents on, if they are one in so many of all, all signs are held in memory: a look into the ledger for
# each would take longer.
_MANY, _ONE_IN = 500, 50
# Prints held while many documents are compared.
_HELD = 5_000


class Tracer:
    """Makes prints of readings and compares them."""

    def __init__(self, rules: LineageRules) -> None:
        self._rules = rules
        self._made = digest("prints", _CODE, str(RMinHash.ALGORITHM_VERSION), repr(rules))

    @classmethod
    def load(cls) -> Tracer:
        """Loads the rules. KnowledgeError says what is broken."""
        return cls(load_lineage())

    @property
    def made(self) -> str:
        """Names the make of prints and of what is found by them."""
        return self._made

    @property
    def rules(self) -> LineageRules:
        """What is looked for."""
        return self._rules

    def print(self, key: str, reading: Reading) -> Print:
        """What the document's text is compared by."""
        return print_of(key, reading, self._rules)

    def trace(self, readings: Iterable[tuple[str, Reading]]) -> tuple[list[Reuse], list[RepeatedLine]]:
        """What readings, given under their document keys, share, and what their publishers repeat."""
        return trace([self.print(key, reading) for key, reading in readings], self._rules)

    def entries(self, readings: Iterable[tuple[str, Reading]]) -> list[PrintEntry]:
        """The readings' prints as the ledger keeps them."""
        entries = []
        for key, reading in readings:
            one = self.print(key, reading)
            named = zip(one.lines, one.line_texts, strict=True)
            lines = tuple(
                LineEntry(line.number, one.publisher or "", words, line.text, one.day(line)) for line, words in named
            )
            entries.append(PrintEntry(key, packed_print(one), one.signs, lines))
        return entries

    def keep(self, traces: Traces, entries: Sequence[PrintEntry]) -> None:
        """Put prints into the ledger, where they wait for comparing."""
        rules = self._rules
        traces.keep(self._made, entries, Limits(rules.most_holders, rules.most_alike, rules.line_texts, rules.line_days))

    def settle(self, ledger: Ledger) -> int:
        """Compare every document that waits for it, and keep what it shares with others; how many there were.

        What is done is stored batch by batch: a process that dies leaves the rest waiting.
        """
        traces = ledger.traces()
        waiting = traces.waiting()
        if not waiting:
            return 0
        own = _Held(traces, self._rules)
        if len(waiting) < _MANY or len(waiting) < traces.count() // _ONE_IN:
            found: Iterator[tuple[str, dict[str, By]]] = (
                (key, {other: By(by) for other, by in traces.near(key).items()}) for key in waiting
            )
        else:
            found = self._pairs(traces, waiting)
        for some in _parts(found):
            # Of two that wait, the later one in the order of keys looks at the other.
            pairs = [
                (key, other, by) for key, near in some for other, by in near.items() if other not in waiting or other < key
            ]
            prints = own.of({key for pair in pairs for key in pair[:2]})
            shared = [
                each for key, other, by in pairs
                if key in prints and other in prints
                and (each := shared_text(prints[key], prints[other], self._rules, by)) is not None
            ]
            traces.save(shared, [key for key, _ in some], waiting)
        return len(waiting)

    def _pairs(self, traces: Traces, waiting: Collection[str]) -> Iterator[tuple[str, dict[str, By]]]:
        """Each document that waits, with those that it has to look at."""
        keys = traces.keys()
        asked = np.zeros(max(keys, default=0) + 1, bool)
        asked[[number for number, key in keys.items() if key in waiting]] = True
        blocks = ((np.frombuffer(signs, np.int64), np.frombuffer(holders, np.int64)) for signs, holders in traces.signs())
        a, b, by = pairs_in(blocks, self._rules, asked)
        # Of two that wait, the later one in the order of keys looks at the other; of others, the one that waits.
        rank = np.zeros(len(asked), np.int64)
        rank[sorted(keys, key=keys.__getitem__)] = np.arange(len(keys))
        first = np.where(asked[a] & asked[b], rank[a] > rank[b], asked[a])
        looks, other = np.where(first, a, b), np.where(first, b, a)
        order = np.argsort(rank[looks], kind="stable")
        looks, other, by = looks[order], other[order], by[order]
        ends = np.searchsorted(rank[looks], np.arange(len(keys)), side="right")
        begins = 0
        for number in sorted(keys, key=keys.__getitem__):
            end = int(ends[rank[number]])
            if asked[number]:
                found = zip(other[begins:end].tolist(), by[begins:end].tolist(), strict=True)
                yield keys[number], {keys[each]: By(kind) for each, kind in found}
            begins = end


class _Held:
    """Prints of the ledger without their publishers' repetitions, some of them held."""

    def __init__(self, traces: Traces, rules: LineageRules) -> None:
        self._traces = traces
        self._rules = rules
        self._own: dict[str, Own] = {}

    def of(self, keys: Collection[str]) -> dict[str, Own]:
        """The prints of those of these documents that have one."""
        if len(self._own) > _HELD:
            self._own.clear()
        bodies = self._traces.bodies([key for key in keys if key not in self._own])
        prints = [unpacked_print(key, body) for key, body in bodies.items()]
        repeated = self._traces.repeated({line.number for one in prints for line in one.lines})
        for one in prints:
            self._own[one.key] = own_of(one, repeated, self._rules)
        return {key: self._own[key] for key in keys if key in self._own}


def _parts(found: Iterator[tuple[str, dict[str, By]]]) -> Iterator[list[tuple[str, dict[str, By]]]]:
    part: list[tuple[str, dict[str, By]]] = []
    for each in found:
        part.append(each)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
