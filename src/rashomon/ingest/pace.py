"""How fast one host is asked: never two requests closer together than it, or we, wish."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

KEPT = 10_000


class Pace:
    """When each host may be asked next; several threads may share one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._next: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, host: str, seconds: float, most: float) -> float:
        """Wait for the turn of a request to the host, and leave `seconds` before the next: 0. Where the turn would come in more
        than `most` seconds nothing is waited, and the answer is those seconds.
        """
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            if turn - now > most:
                return turn - now
            self._next.pop(host, None)
            self._next[host] = turn + seconds
            while len(self._next) > KEPT:
                self._next.popitem(last=False)
        if turn > now:
            self._sleep(turn - now)
        return 0.0

    def resting(self) -> set[str]:
        """The hosts that may not be asked yet."""
        with self._lock:
            now = self._clock()
            return {host for host, turn in self._next.items() if turn > now}
