"""Many documents, read in turn or by several processes at once; what comes out is the same, in the same order.

A process is a fork of this one, so that the models stand in memory once, where the system can fork safely; elsewhere each loads
them. A process that dies (killed for memory, a fault in a library) takes the document with it that it was reading: that one is
reported, a new process takes over the others.
"""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Literal, Protocol, TypeVar, runtime_checkable

from .child import Child, free
from .errors import InputError, RashomonError
from .records import Document, MadeBy, Reading

# Documents that may be out, or back and waiting for an earlier one, for each process.
_AHEAD = 8
_METHOD: Literal["fork", "spawn"] = "fork" if sys.platform == "linux" else "spawn"
T = TypeVar("T")
R = TypeVar("R")
Outcome = Reading | RashomonError | None
# What is made of a reading in the process that read; another process must be able to take it up by its name.
Then = Callable[[Document, Reading], R]
_Task = tuple[Document, Then[Any]]
_Worker = Child[tuple[int, Document]]


class Reads(Protocol):
    """What reads a document; `rashomon.reader.Reader` is one."""

    @property
    def made_by(self) -> MadeBy:
        """Digests of what makes its readings."""

    def read(self, document: Document) -> Reading:
        """The reading of a document. RashomonError where it cannot be read."""


@runtime_checkable
class ReadsMany(Protocol):
    """What reads many documents in their order: `InTurn` or `Workers`."""

    @property
    def made_by(self) -> MadeBy:
        """Digests of what makes its readings."""

    def each(self, wanted: Iterable[tuple[T, Document | None]]) -> Iterator[tuple[T, Outcome]]:
        """For each pair, its first and the reading of its second, or why there is none; None for no document. The iterable is
        drawn on ahead of what is given back."""

    def each_then(
        self, wanted: Iterable[tuple[T, Document | None]], then: Then[R]
    ) -> Iterator[tuple[T, R | RashomonError | None]]:
        """As `each`, with what `then` makes of each reading in its place, made in the process that read it."""


def read_guarded(document: Document, reader: Reads) -> Reading:
    """The reading, or an InputError also where the program itself is at fault, so that the other documents go on."""
    return _guarded(document, reader, as_read)


def as_read(_document: Document, reading: Reading) -> Reading:
    """The reading as it is."""
    return reading


def _guarded(document: Document, reader: Reads, then: Then[R]) -> R:
    try:
        return then(document, reader.read(document))
    except RashomonError:
        raise
    except Exception as error:
        # The one broad net of the program: a fault that one text brings out must not lose a night's run of others.
        told = f"{type(error).__name__}: {error}"
        raise InputError(f"{document.id}: reading stopped at a fault of the program ({told}); please report it") from error


class InTurn:
    """Reads in this process, one document after the other, and none ahead."""

    def __init__(self, reader: Reads) -> None:
        self._reader = reader

    @property
    def made_by(self) -> MadeBy:
        """Digests of what makes its readings."""
        return self._reader.made_by

    def each(self, wanted: Iterable[tuple[T, Document | None]]) -> Iterator[tuple[T, Outcome]]:
        """As `ReadsMany` says."""
        return self.each_then(wanted, as_read)

    def each_then(
        self, wanted: Iterable[tuple[T, Document | None]], then: Then[R]
    ) -> Iterator[tuple[T, R | RashomonError | None]]:
        """As `ReadsMany` says."""
        for item, document in wanted:
            yield item, None if document is None else _outcome(document, self._reader, then)


def in_order(reader: Reads | ReadsMany) -> ReadsMany:
    """Reads many, also where one reader was given."""
    return reader if isinstance(reader, ReadsMany) else InTurn(reader)


def readers(load: Callable[[], Reads], count: int) -> AbstractContextManager[ReadsMany]:
    """Reads with `count` processes; with one, in this process."""
    return Workers(load, count) if count > 1 else nullcontext(InTurn(load()))


class Workers:
    """Processes that read, `with Workers(Reader.load, 4) as workers:`. They end with the block, and when this process dies."""

    def __init__(self, load: Callable[[], Reads], count: int) -> None:
        """`load` makes a reader, here and, where the system cannot fork, in every process; it must then be picklable."""
        self._load = load
        self._reader = load()
        self._count = count
        self._workers: list[_Worker] = []

    @property
    def made_by(self) -> MadeBy:
        """Digests of what makes its readings."""
        return self._reader.made_by

    @property
    def processes(self) -> tuple[int, ...]:
        """The processes' numbers, of those that run now. They begin when there is something to read."""
        return tuple(worker.pid for worker in self._workers)

    def __enter__(self) -> Workers:
        # What is loaded by now is never freed: left alone by the collector, its memory stays shared.
        gc.collect()
        gc.freeze()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()
        gc.unfreeze()

    def each(self, wanted: Iterable[tuple[T, Document | None]]) -> Iterator[tuple[T, Outcome]]:
        """As `ReadsMany` says."""
        return self.each_then(wanted, as_read)

    def each_then(
        self, wanted: Iterable[tuple[T, Document | None]], then: Then[R]
    ) -> Iterator[tuple[T, R | RashomonError | None]]:
        """As `ReadsMany` says."""
        source = enumerate(wanted)
        items: dict[int, T] = {}
        back: dict[int, R | RashomonError | None] = {}
        again: deque[tuple[int, Document]] = deque()
        given, more = 0, True
        while more or items:
            while (more or again) and (worker := free(self._workers, self._count, self._begun)) is not None:
                if again:
                    task = again.popleft()
                    worker.give(task, (task[1], then))
                elif len(items) >= self._count * _AHEAD:
                    break
                elif (drawn := next(source, None)) is None:
                    more = False
                else:
                    number, (items[number], document) = drawn
                    if document is None:
                        back[number] = None
                    else:
                        worker.give((number, document), (document, then))
            while given in back:
                yield items.pop(given), back.pop(given)
                given += 1
            if given in items:
                again.extend(self._hear(back))

    def _begun(self) -> _Worker:
        reader = self._reader if _METHOD == "fork" else None
        return Child(_METHOD, _reading, (reader, self._load), self._workers)

    def _hear(self, back: dict[int, Any]) -> list[tuple[int, Document]]:
        """Wait until a process answers; what those that died had not begun, in order."""
        left: list[tuple[int, Document]] = []
        busy = {worker.line: worker for worker in self._workers if worker.waiting}
        for line in wait(list(busy)):
            worker = busy[line]
            number, document = worker.waiting[0]
            try:
                back[number] = worker.answer()
            except (EOFError, OSError):
                back[number] = InputError(
                    f"{document.id}: the process that read it ended ({worker.end()}); the other documents go on. "
                    "With less memory in use, or read alone with --jobs 1, it may go through"
                )
                left += list(worker.waiting)[1:]
                self._workers.remove(worker)
        return sorted(left)


def _reading(reader: Reads | None, load: Callable[[], Reads]) -> Callable[[_Task], Any]:
    """What a process does with a task."""
    reads = reader or load()
    return lambda task: _outcome(task[0], reads, task[1])


def _outcome(document: Document, reader: Reads, then: Then[R]) -> R | RashomonError:
    try:
        return _guarded(document, reader, then)
    except RashomonError as error:
        return error
