"""Workers that are actors of Ray, on this machine or on a cluster.

Plain actors rather than Ray Data: where a worker dies, Ray Data tries the whole batch again and again, or drops it, and never
knows which document it was. Here the caller knows what each worker was at, and narrows a death down to one document.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import ray
from ray import exceptions

from ..blocks.pool import Call, Crew, Lost, Make, Work, check
from ..errors import RashomonError, UsageError

# Readings are small; what does not fit is put on disk.
OBJECT_STORE_BYTES = 200_000_000
_TRIES = 2
# A worker that cannot be had for so long will not come.
_PATIENCE_SECONDS = 180.0
_DEATHS = (exceptions.RayActorError, exceptions.NodeDiedError, exceptions.ObjectLostError, exceptions.OutOfMemoryError)


class _Worker:
    """One process that makes its work once and does it for every call."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._work: Work | None = None

    def ready(self) -> str:
        """Load everything; the make. Not in the constructor, whose errors Ray does not hand on."""
        self._work = self._make()
        return self._work.made

    def do(self, *args: Any) -> Any:
        """The result of one call."""
        assert self._work is not None
        return self._work(*args)


_ACTOR: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Worker)


class Cluster:
    """A pool of Ray. `address`: "local" for a Ray of this process' own, "auto" for the running one, or HOST:PORT.

    `workers`: how many; one for each processor where None. UsageError where no cluster answers.
    """

    def __init__(self, address: str, workers: int | None = None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        plain: dict[str, Any] = {"logging_level": "error", "log_to_driver": False}
        if address == "local":
            count = workers or os.cpu_count() or 1
            ray.init(
                num_cpus=count, include_dashboard=False, object_store_memory=OBJECT_STORE_BYTES, _node_ip_address="127.0.0.1",
                **plain,
            )
        else:
            try:
                ray.init(address=address, **plain)
            except (ConnectionError, ValueError, RuntimeError) as error:
                raise UsageError(
                    f"no Ray cluster answers at {address!r} ({str(error).splitlines()[0]}): start one with `ray start --head`,"
                    " or use --address local"
                ) from error
        self.size = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        ray.shutdown()

    def crew(self, make: Make, made: str) -> AbstractContextManager[Crew]:
        """So many actors, made anew where one dies."""
        return _Actors(self.size, make, made)


class _Actors:
    def __init__(self, size: int, make: Make, made: str) -> None:
        self._made = made
        self._make = make
        self._starting: dict[Any, Any] = {}
        self._free: list[Any] = []
        self._busy: dict[Any, tuple[Any, Call]] = {}
        self._failed_starts = 0
        self._size = size
        for _ in range(size):
            self._hire()

    def __enter__(self) -> _Actors:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for actor in (*self._starting.values(), *self._free, *(actor for actor, _ in self._busy.values())):
            ray.kill(actor)

    def share(self, value: Any) -> Any:
        return ray.put(value)

    def run(self, calls: Iterable[Call]) -> Iterator[tuple[Any, Any]]:
        source = iter(calls)
        ready: deque[Call] = deque()
        more = True
        since = time.monotonic()
        while True:
            while self._free and ready:
                call, actor = ready.popleft(), self._free.pop()
                self._busy[actor.do.remote(*call.args)] = actor, call
            if more and len(ready) < self._size:
                # The next call is made while the workers are at theirs.
                found = next(source, None)
                more = found is not None
                if found is not None:
                    ready.append(found)
                waits = 0.0
            elif not ready and not self._busy:
                return
            else:
                waits = 1.0
            away = [*self._starting, *self._busy]
            done, _ = ray.wait(away, num_returns=1, timeout=waits) if away else ([], [])
            if self._busy or self._free:
                since = time.monotonic()
            elif time.monotonic() - since > _PATIENCE_SECONDS:
                raise RashomonError("no worker could be started for three minutes: see with `ray status` what is there")
            for reference in done:
                if reference in self._starting:
                    self._welcome(reference)
                    continue
                actor, call = self._busy.pop(reference)
                try:
                    result = ray.get(reference)
                except _DEATHS as error:
                    self._hire()
                    if call.parts:
                        ready.extend(call.parts)
                    elif call.tries + 1 < _TRIES:
                        ready.append(call._replace(tries=call.tries + 1))
                    else:
                        yield call.tag, Lost(str(error).strip().splitlines()[0])
                    continue
                except exceptions.RayTaskError as error:
                    raise _cause(error) from None
                self._free.append(actor)
                yield call.tag, result

    def _hire(self) -> None:
        actor = _ACTOR.remote(self._make)
        self._starting[actor.ready.remote()] = actor

    def _welcome(self, reference: Any) -> None:
        actor = self._starting.pop(reference)
        try:
            check(ray.get(reference), self._made)
        except _DEATHS as error:
            self._failed_starts += 1
            if self._failed_starts > 3 * self._size:
                told = str(error).strip().splitlines()[0]
                raise RashomonError(f"workers die as they start ({told}): see that each has a gigabyte of memory") from error
            self._hire()
        except exceptions.RayTaskError as error:
            raise _cause(error) from None
        else:
            self._failed_starts = 0
            self._free.append(actor)


def _cause(error: exceptions.RayTaskError) -> BaseException:
    """What the worker raised, where that is known."""
    cause = getattr(error, "cause", None)
    return cause if isinstance(cause, BaseException) else error
