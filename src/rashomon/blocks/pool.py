"""Work handed to workers that may die: what is done comes back, what cannot be done without a death is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, NamedTuple, Protocol

from ..errors import RashomonError


class Call(NamedTuple):
    """A piece of work. `tag` stays with the caller, `args` go to the worker.

    Where the worker dies over it, `parts` are tried in its place; a call without parts is tried once more (`tries` counts).
    """

    tag: Any
    args: tuple[Any, ...]
    parts: tuple[Call, ...] = ()
    tries: int = 0


class Lost(NamedTuple):
    """The result of a call that two workers died over; `why` is what is known of the second death."""

    why: str


class Work(Protocol):
    """What a worker does. It is made in the worker; `made` names the make of its results."""

    made: str

    def __call__(self, *args: Any) -> Any:
        """The result of a call."""


Make = Callable[[], Work]


class Crew(Protocol):
    """Workers that do one kind of work."""

    def share(self, value: Any) -> Any:
        """The value as an argument that many calls may have, sent to each machine once."""

    def run(self, calls: Iterable[Call]) -> Iterator[tuple[Any, Any]]:
        """Tags and results, in whatever order they come; `calls` are asked for as workers get free."""


class Pool(Protocol):
    """Where workers are had."""

    def crew(self, make: Make, made: str) -> AbstractContextManager[Crew]:
        """Workers that do what `make` gives them. RashomonError where one of them is of another make than `made`."""


class Here:
    """No workers but this process: for small work and for comparison."""

    def crew(self, make: Make, made: str) -> AbstractContextManager[Crew]:
        """This process."""
        work = make()
        check(work.made, made)
        return _Alone(work)


class _Alone:
    def __init__(self, work: Work) -> None:
        self._work = work

    def __enter__(self) -> _Alone:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def share(self, value: Any) -> Any:
        return value

    def run(self, calls: Iterable[Call]) -> Iterator[tuple[Any, Any]]:
        return ((call.tag, self._work(*call.args)) for call in calls)


def check(found: str, wanted: str) -> None:
    """RashomonError where a worker's results would not be those of this installation."""
    if found != wanted:
        raise RashomonError(
            f"a worker has another make of Rashomon ({found}) than this machine ({wanted}): install the same version, with"
            " the same gazetteers and war files, on every machine"
        )
