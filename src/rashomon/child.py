"""A process of this machine that does one thing after another and answers each: what `workers` and `blocks` have many of."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")
# What a process has at once: one thing that it is at, and one more, so that it never waits for the next.
_AT_ONCE = 2
# What makes, in the process, what does the work: a function from what is sent to what is answered.
Begin = Callable[..., Callable[[Any], Any]]


class Child(Generic[T]):
    """One process, and this end of the line to it. It ends when this process does."""

    def __init__(
        self, method: Literal["fork", "spawn"], begin: Begin, args: tuple[Any, ...], others: Iterable[Child[T]] = ()
    ) -> None:
        """`begin(*args)` is called in the process; spawned, it must be picklable. A fork is told of the `others` that run."""
        context: Any = multiprocessing.get_context(method)
        self.line, far = context.Pipe()
        self.waiting: deque[T] = deque()
        # A fork holds this process's ends of all lines, its own too: closed, or nobody would notice when this process dies.
        mine = [self.line, *(other.line for other in others)] if method == "fork" else []
        self._process = context.Process(target=_serve, args=(far, mine, begin, args), daemon=True)
        self._process.start()
        far.close()

    @property
    def pid(self) -> int:
        """The process's number."""
        return int(self._process.pid or 0)

    def give(self, told: T, message: Any) -> None:
        """Send it, behind what the process has; `told` waits for the answer. That a process is dead shows when it is heard."""
        self.waiting.append(told)
        try:
            self.line.send(message)
        except OSError:
            return

    def answer(self) -> Any:
        """What became of the first of those waiting. EOFError or OSError where the process has ended."""
        answer = self.line.recv()
        self.waiting.popleft()
        return answer

    def end(self) -> str:
        """How the process ended."""
        self.line.close()
        self._process.join()
        code = self._process.exitcode or 0
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.terminate()
        self.end()


def free(children: list[Child[T]], count: int, begin: Callable[[], Child[T]]) -> Child[T] | None:
    """The process with the least to do, one more begun where all are busy and fewer than `count`; None where all have enough."""
    if len(children) < count and all(child.waiting for child in children):
        children.append(begin())
    least = min(children, key=lambda child: len(child.waiting))
    return least if len(least.waiting) < _AT_ONCE else None


def _serve(line: Connection, others: Iterable[Connection], begin: Begin, args: tuple[Any, ...]) -> None:
    """What a process does until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the first process ends the others
    for other in others:
        other.close()
    given: queue.SimpleQueue[tuple[Any] | None] = queue.SimpleQueue()
    # The line is emptied at once: were both ends to write a long message, neither would read.
    threading.Thread(target=_listen, args=(line, given), daemon=True).start()
    try:
        does = begin(*args)
        while (message := given.get()) is not None:
            line.send(does(message[0]))
    except OSError:
        return


def _listen(line: Connection, given: queue.SimpleQueue[tuple[Any] | None]) -> None:
    try:
        while True:
            given.put((line.recv(),))
    except (EOFError, OSError):
        given.put(None)
        # Nobody will have what is being done.
        os._exit(0)
