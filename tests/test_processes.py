"""Processes that work: what is done comes back, whoever dies over it, and what cannot be done is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from rashomon.blocks.pool import Call, Crew, Lost
from rashomon.blocks.processes import Processes
from rashomon.errors import LedgerError, RashomonError

ROOT = Path(__file__).resolve().parents[1]


class Doubling:
    """Doubles; dies, or fails, where it is told to."""

    def __init__(self, made: str = "doubling") -> None:
        self.made = made

    def __call__(self, given: object) -> object:
        if given == "die":
            os._exit(3)
        if given == "refuse":
            raise LedgerError("the ledger is gone: look for it")
        if given == "fault":
            raise ZeroDivisionError("by zero")
        return given * 2 if isinstance(given, int | str) else os.getpid()


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch) -> Iterator[Crew]:
    # Where a process begun anew finds this file.
    monkeypatch.syspath_prepend(str(ROOT))
    with Processes(2).crew(Doubling, "doubling") as made:
        yield made


def test_work_comes_back_and_who_dies_over_it_is_told(crew: Crew) -> None:
    given = [*range(20), "die", "x" * 500_000, *range(20, 30)]
    found = dict(crew.run(Call(number, (each,)) for number, each in enumerate(given)))
    assert isinstance(found[20], Lost) and found[20].why == "status 3"
    assert {number: found[number] for number in found if number != 20} == {
        number: each * 2 for number, each in enumerate(given) if number != 20
    }
    parts = tuple(Call(each, (each,)) for each in (1, "die", 2))
    assert {tag: found for tag, found in crew.run([Call("whole", ("die",), parts)]) if tag != "die"} == {1: 2, 2: 4}


def test_errors_come_as_they_are_and_a_crew_goes_on_after_a_run_left_half_done(crew: Crew) -> None:
    with pytest.raises(LedgerError, match="the ledger is gone"):
        list(crew.run(Call(None, (each,)) for each in (1, 2, "refuse", 3, 4)))
    with pytest.raises(RashomonError, match="fault of the program"):
        list(crew.run([Call(None, ("fault",))]))
    assert dict(crew.run(Call(each, (each,)) for each in range(5))) == {each: each * 2 for each in range(5)}
    assert len({pid for _, pid in crew.run(Call(None, (None,)) for _ in range(8))}) == 2


def test_another_make_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    with Processes(1).crew(partial(Doubling, "newer"), "doubling") as crew, pytest.raises(RashomonError, match="another make"):
        list(crew.run([Call(None, (1,))]))
