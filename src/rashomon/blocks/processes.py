"""Workers that are processes of this machine.

Each is begun anew and loads what it needs: a database that is open here must not be used by a copy of this process.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any

from ..errors import RashomonError
from .pool import Call, Crew, Lost, Make, check

# Calls that a process has at once: one that it is at, and one more, so that it never waits for the next.
_AT_ONCE = 2
_TRIES = 2


class Processes:
    """A pool of so many processes. They begin when there is something to do."""

    def __init__(self, count: int) -> None:
        self._count = count

    def crew(self, make: Make, made: str) -> AbstractContextManager[Crew]:
        """So many processes, begun anew where one dies. `make` must be picklable."""
        return _Crew(self._count, make, made)


class _Crew:
    def __init__(self, count: int, make: Make, made: str) -> None:
        self._count = count
        self._make = make
        self._made = made
        self._processes: list[_Process] = []

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self._processes:
            process.stop()
        self._processes.clear()

    def share(self, value: Any) -> Any:
        return value

    def run(self, calls: Iterable[Call]) -> Iterator[tuple[Any, Any]]:
        for abandoned in [each for each in self._processes if each.waiting]:
            # Nobody waits any more for what an earlier run asked of it.
            abandoned.stop()
            self._processes.remove(abandoned)
        source = iter(calls)
        again: deque[Call] = deque()
        more = True
        while True:
            while (more or again) and (process := self._free()) is not None:
                call = again.popleft() if again else next(source, None)
                if call is None:
                    more = False
                else:
                    process.give(call)
            busy: dict[Any, _Process] = {each.line: each for each in self._processes if each.waiting}
            if not busy:
                return
            for line in wait(list(busy)):
                process = busy[line]
                call = process.waiting[0]
                try:
                    answer = process.answer()
                except (EOFError, OSError):
                    why = process.end()
                    self._processes.remove(process)
                    again.extend(list(process.waiting)[1:])
                    if call.parts:
                        again.extend(call.parts)
                    elif call.tries + 1 < _TRIES:
                        again.append(call._replace(tries=call.tries + 1))
                    else:
                        yield call.tag, Lost(why)
                    continue
                if isinstance(answer, _Failed):
                    raise answer.error
                yield call.tag, answer

    def _free(self) -> _Process | None:
        """The process with the least to do; None where all have enough."""
        if len(self._processes) < self._count and all(process.waiting for process in self._processes):
            self._processes.append(_Process(self._make, self._made))
        least = min(self._processes, key=lambda process: len(process.waiting))
        return least if len(least.waiting) < _AT_ONCE else None


class _Failed:
    """What a call raised."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class _Process:
    """One process, and this end of the line to it."""

    def __init__(self, make: Make, made: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, far = context.Pipe()
        self.waiting: deque[Call] = deque()
        self._process = context.Process(target=_work, args=(far, make, made), daemon=True)
        self._process.start()
        far.close()

    def give(self, call: Call) -> None:
        """Put it behind what the process has. A process that is dead already says so when it is heard."""
        self.waiting.append(call)
        try:
            self.line.send(call.args)
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


def _work(line: Connection, make: Make, made: str) -> None:
    """What a process does until nobody is at the other end: do what comes, answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the first process ends the others
    given: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
    # The line is emptied at once: were both ends to write a long message, neither would read.
    threading.Thread(target=_listen, args=(line, given), daemon=True).start()
    try:
        try:
            work = make()
            check(work.made, made)
        except Exception as error:
            given.get()
            line.send(_Failed(error))
            return
        while (args := given.get()) is not None:
            line.send(_done(work, args))
    except OSError:
        return


def _done(work: Any, args: tuple[Any, ...]) -> Any:
    try:
        return work(*args)
    except RashomonError as error:
        return _Failed(error)
    except Exception as error:
        # Its own kind may not be known at the other end, or not go over the line.
        return _Failed(RashomonError(f"a process that links stopped at a fault of the program ({error!r}); please report it"))


def _listen(line: Connection, given: queue.SimpleQueue[tuple[Any, ...] | None]) -> None:
    try:
        while True:
            given.put(line.recv())
    except (EOFError, OSError):
        given.put(None)
        # Nobody will have what is being done.
        os._exit(0)
