"""Several processes read what one reads, in the same order, and a process that dies takes one document with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rashomon.errors import EmptyDocument, InputError, RashomonError
from rashomon.records import Document, Reading
from rashomon.workers import InTurn, ReadsMany, Workers

from .factories import MAKE, reading

ROOT = Path(__file__).parents[1]


class Quick:
    """Reads by copying; does what the text says where it says something."""

    made_by = MAKE

    def read(self, document: Document) -> Reading:
        match document.text.split("!")[0]:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "leave":
                os._exit(3)
            case "refuse":
                raise EmptyDocument(f"{document.id}: nothing in it")
            case "break":
                raise KeyError("inside")
            case "slow":
                time.sleep(0.05)
        return reading(document)


@pytest.fixture(params=["in turn", "two processes"])
def readers(request: pytest.FixtureRequest) -> Iterator[ReadsMany]:
    if request.param == "in turn":
        yield InTurn(Quick())
    else:
        with Workers(Quick, 2) as workers:
            yield workers


def documents(*texts: str) -> list[tuple[int, Document]]:
    return [(number, Document(f"d{number}", "here", text)) for number, text in enumerate(texts)]


def length(document: Document, reading: Reading) -> int:
    """What is made of a reading where it was read."""
    if not document.text:
        raise KeyError("outside")
    return len(reading.text)


def told(outcome: object) -> str:
    return outcome.text if isinstance(outcome, Reading) else type(outcome).__name__


def test_readings_come_in_the_order_of_the_documents(readers: ReadsMany) -> None:
    wanted = documents(*(f"slow! {one}" if one % 5 == 0 else f"quick {one}" for one in range(40)))
    assert [(number, told(outcome)) for number, outcome in readers.each(wanted)] == [(n, each.text) for n, each in wanted]


def test_what_is_not_to_be_read_keeps_its_place(readers: ReadsMany) -> None:
    wanted = [(number, document if number % 3 else None) for number, document in documents(*map(str, range(12)))]
    assert [(n, told(outcome)) for n, outcome in readers.each(wanted)] == [
        (n, document.text if document else "NoneType") for n, document in wanted
    ]
    assert list(readers.each([])) == []


def test_what_is_made_of_a_reading_comes_in_its_place(readers: ReadsMany) -> None:
    wanted = documents("one", "refuse!", "", "three")
    made = [outcome for _, outcome in readers.each_then(wanted, length)]
    assert (made[0], made[3]) == (3, 5) and isinstance(made[1], EmptyDocument)
    assert "a fault of the program (KeyError: 'outside')" in str(made[2])


def test_a_document_that_cannot_be_read_leaves_the_others_alone(readers: ReadsMany) -> None:
    outcomes = [outcome for _, outcome in readers.each(documents("one", "refuse!", "break!", "two"))]
    assert [told(each) for each in outcomes] == ["one", "EmptyDocument", "InputError", "two"]
    assert str(outcomes[1]) == "d1: nothing in it"
    assert "d2: reading stopped at a fault of the program (KeyError: 'inside')" in str(outcomes[2])


def test_documents_larger_than_a_pipe_holds_pass_both_ways(readers: ReadsMany) -> None:
    wanted = documents(*(str(one) * 3_000_000 for one in range(8)))
    assert all(told(outcome) == document.text for (_, document), (_, outcome) in zip(wanted, readers.each(wanted), strict=True))


def test_lone_surrogates_pass(readers: ReadsMany) -> None:
    assert [told(outcome) for _, outcome in readers.each(documents("a \ud800 b"))] == ["a \ud800 b"]


def test_a_process_that_dies_takes_one_document_with_it() -> None:
    texts = ["die!" if one in (0, 7, 8) else "leave!" if one == 15 else f"quick {one}" for one in range(30)]
    with Workers(Quick, 2) as workers:
        outcomes = [outcome for _, outcome in workers.each(documents(*texts))]
    assert [number for number, each in enumerate(outcomes) if isinstance(each, RashomonError)] == [0, 7, 8, 15]
    assert all(told(each) == text for each, text in zip(outcomes, texts, strict=True) if isinstance(each, Reading))
    assert isinstance(outcomes[7], InputError)
    assert str(outcomes[7]).startswith("d7: the process that read it ended (signal SIGKILL); the other documents go on.")
    assert "(status 3)" in str(outcomes[15])


def test_the_documents_are_drawn_on_only_a_little_ahead() -> None:
    drawn = []

    def endless() -> Iterator[tuple[int, Document]]:
        for number in range(1_000_000):
            drawn.append(number)
            yield number, Document(f"d{number}", "here", "text")

    with Workers(Quick, 2) as workers:
        given = [next(each)[0] for each in [workers.each(endless())] for _ in range(20)]
    assert given == list(range(20))
    assert len(drawn) < 60


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_processes_end_when_this_one_is_killed() -> None:
    code = (
        "from tests.test_workers import Quick, documents; from rashomon.workers import Workers\n"
        "with Workers(Quick, 2) as workers:\n"
        "    for number, _ in workers.each(documents(*['slow!'] * 100000)):\n"
        "        if number == 3: print(*workers.processes, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        parent.kill()
    for _ in range(200):
        if not any(alive(pid) for pid in pids):
            break
        time.sleep(0.05)
    assert not any(alive(pid) for pid in pids)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
