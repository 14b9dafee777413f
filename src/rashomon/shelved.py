"""The steps of linking a ledger, as a worker does them: sketches and readings are fetched from the ledger, block by block.

A worker only looks into the ledger; what it finds goes back to the one process that holds the linking lock, and writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from .blocks.pool import Make
from .blocks.steps import LinkingWork
from .ledger import Ledger, PrintEntry, RevisedEntry, Shelf, SketchEntry, View, open_ledger
from .link import Sketch, packed, unpacked
from .linker import Linker
from .records import Reading
from .revising import Looking, Piece
from .tracing import Tracer

Keys = Collection[str]


class Shelved:
    """Blocks that are keys: their sketches and readings are fetched from the ledger."""

    def __init__(self, shelf: Shelf, view: View) -> None:
        self._shelf = shelf
        self._view = view

    def sketches(self, block: Keys) -> dict[str, Sketch]:
        """The sketches of those that have one, in the order of keys."""
        return {key: unpacked(key, body) for key, body in sorted(self._shelf.bodies(block).items())}

    def readings(self, block: Keys) -> dict[str, Reading]:
        """The readings of those that were read."""
        return dict(self._view.readings(block))


class ShelvedWork(LinkingWork):
    """The steps of linking over a ledger; and sketching, prints, and what was changed later."""

    def __init__(self, ledger: Ledger, linker: Linker, tracer: Tracer) -> None:
        self._view = ledger.view()
        super().__init__(linker, Shelved(ledger.shelf(), self._view))
        self._tracer = tracer
        self._kept = ledger.revised()
        self._looking: Looking | None = None

    def steps(self) -> dict[str, Callable[..., Any]]:
        """The steps by their names."""
        return {**super().steps(), "sketch": self.sketch, "revised": self.revised}

    def sketch(self, block: Keys) -> tuple[list[PrintEntry], list[SketchEntry]]:
        """The prints and the sketches of documents."""
        readings = list(self._view.readings(block))
        sketches = [self._linker.sketch(key, reading) for key, reading in readings]
        entries = [SketchEntry(each.key, each.signs, packed(each)) for each in sketches]
        return self._tracer.entries(readings), entries

    def revised(self, pieces: Sequence[Piece]) -> list[RevisedEntry]:
        """What their sources changed later; asked for when all else is done."""
        self._looking = self._looking or Looking(self._view, self._kept)
        return self._looking.entries(pieces)


def _opened(place: str, linker: Linker, tracer: Tracer) -> ShelvedWork:
    return ShelvedWork(open_ledger(place), linker, tracer)


def links_over(ledger: Ledger, linker: Linker, tracer: Tracer) -> Make:
    """What makes a worker in another process, which opens the ledger for itself."""
    return partial(_opened, ledger.place, linker, tracer)
