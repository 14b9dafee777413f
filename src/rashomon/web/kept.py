"""Answers that are kept until the ledger changes. Whoever asks while one is made waits for that one."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Any, NamedTuple, TypeVar, cast

T = TypeVar("T")


class _Held(NamedTuple):
    answer: Any
    as_of: int
    seconds: float


class Kept:
    """The answers asked for last, `most` of them. `changes` counts the ledger's changes.

    `patience`: an answer that took longer to make (seconds) is given once more after a change, while a thread makes it anew.
    """

    def __init__(self, changes: Callable[[], int], most: int, *, patience: float | None = None) -> None:
        self._changes, self._most, self._patience = changes, most, patience
        self._held: OrderedDict[tuple[Hashable, ...], _Held] = OrderedDict()
        self._made: dict[tuple[Hashable, ...], Future[Any]] = {}
        self._lock = Lock()

    def once(self, question: tuple[Hashable, ...], answer: Callable[[], T]) -> T:
        """The answer as the ledger is now; or as it was lately, where making it takes long."""
        now = self._changes()
        with self._lock:
            held = self._held.get(question)
            if held is not None:
                self._held.move_to_end(question)
                if held.as_of == now:
                    return cast(T, held.answer)
            made = self._made.get(question)
            mine = made is None
            if made is None:
                made = self._made[question] = Future()
        if held is not None and self._patience is not None and held.seconds > self._patience:
            if mine:
                Thread(target=self._make, args=(question, answer, made, now), daemon=True).start()
            return cast(T, held.answer)
        if mine:
            self._make(question, answer, made, now)
            return cast(T, made.result())
        # It may have been begun before the last change: then it is asked for again.
        made.result()
        return self.once(question, answer)

    def _make(self, question: tuple[Hashable, ...], answer: Callable[[], Any], made: Future[Any], now: int) -> None:
        began = time.perf_counter()
        try:
            found = answer()
        except BaseException as error:
            with self._lock:
                self._made.pop(question, None)
            made.set_exception(error)
            return
        with self._lock:
            self._made.pop(question, None)
            self._held[question] = _Held(found, now, time.perf_counter() - began)
            self._held.move_to_end(question)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        made.set_result(found)
