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
    as_of: Hashable
    of: object
    seconds: float


class Kept:
    """The answers asked for last, `most` of them. `now` is another value after each change.

    `patience`: an answer that took longer to make (seconds) is given once more after a change, while a thread makes it anew.
    """

    def __init__(self, now: Callable[[], Hashable], most: int, *, patience: float | None = None) -> None:
        self._now, self._most, self._patience = now, most, patience
        self._held: OrderedDict[tuple[Hashable, ...], _Held] = OrderedDict()
        self._made: dict[tuple[Hashable, ...], Future[Any]] = {}
        self._lock = Lock()

    def once(self, question: tuple[Hashable, ...], answer: Callable[[], T], of: object = None) -> T:
        """The answer as the ledger is now; or as it was lately, where making it takes long. `of`: what it is made of, if that
        may be of lately too."""
        now = self._now()
        with self._lock:
            held = self._held.get(question)
            if held is not None:
                self._held.move_to_end(question)
                if held.as_of == now and held.of is of:
                    return cast(T, held.answer)
            made = self._made.get(question)
            mine = made is None
            if made is None:
                made = self._made[question] = Future()
        if held is not None and self._patience is not None and held.seconds > self._patience:
            if mine:
                Thread(target=self._make, args=(question, answer, made, now, of), daemon=True).start()
            return cast(T, held.answer)
        if mine:
            self._make(question, answer, made, now, of)
            return cast(T, made.result())
        # It may have been begun before the last change: then it is asked for again.
        made.result()
        return self.once(question, answer, of)

    def _make(
        self, question: tuple[Hashable, ...], answer: Callable[[], Any], made: Future[Any], now: Hashable, of: object
    ) -> None:
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
            self._held[question] = _Held(found, now, of, time.perf_counter() - began)
            self._held.move_to_end(question)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        made.set_result(found)
