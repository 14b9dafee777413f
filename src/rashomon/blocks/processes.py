"""Workers that are processes of this machine.

Each is begun anew and loads what it needs: a database that is open here must not be used by a copy of this process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any

from ..child import Child, free
from ..errors import RashomonError
from .pool import Call, Crew, Lost, Make, check

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
        self._processes: list[Child[Call]] = []

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
            while (more or again) and (process := free(self._processes, self._count, self._begun)) is not None:
                call = again.popleft() if again else next(source, None)
                if call is None:
                    more = False
                else:
                    process.give(call, call.args)
            busy: dict[Any, Child[Call]] = {each.line: each for each in self._processes if each.waiting}
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

    def _begun(self) -> Child[Call]:
        return Child("spawn", _doing, (self._make, self._made))


class _Failed:
    """What a call raised."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _doing(make: Make, made: str) -> Callable[[tuple[Any, ...]], Any]:
    """What a process does with the arguments of a call. Where it cannot be made, that is the answer to every call."""
    try:
        work = make()
        check(work.made, made)
    except Exception as error:
        failed = _Failed(error)
        return lambda _: failed
    return lambda args: _done(work, args)


def _done(work: Any, args: tuple[Any, ...]) -> Any:
    try:
        return work(*args)
    except RashomonError as error:
        return _Failed(error)
    except Exception as error:
        # Its own kind may not be known at the other end, or not go over the line.
        return _Failed(RashomonError(f"a process that links stopped at a fault of the program ({error!r}); please report it"))
