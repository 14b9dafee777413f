"""Documents opened by several processes are those that one opens, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rashomon import opening
from rashomon.config import Limits
from rashomon.errors import InputError
from rashomon.ingest import documents, found
from rashomon.opening import opened
from rashomon.records import Arrival, RawDocument, Unopened

PAGE = (
    "<html><head><title>{0}</title><meta property='article:published_time' content='2022-05-02'></head>"
    "<body><article><h1>{0}</h1>"
    "<p>Shells fell on the market of Ariha on Monday, and twelve people were killed there, a doctor of the town said.</p>"
    "<p>The town lies on the road to the harbour, and had been quiet since the truce of the spring, officials said.</p>"
    "</article></body></html>"
)
LIMITS = Limits()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(12):
        content = PAGE.format(f"Page {number}") if number not in (3, 9) else "<html><body></body></html>"
        (tmp_path / f"{number:02}.html").write_text(content)
    line = '{"id": "o%d", "text": "The river rose again, and bridge %d was closed."}\n'
    objects = "".join(line % (number, number) for number in range(5))
    (tmp_path / "05.jsonl").write_text(objects + "{broken\n")
    (tmp_path / "11.txt").write_text("A short report on the closing of the bridges over the river.")
    return tmp_path


@pytest.mark.parametrize("alone", [0, 2, 8, 24])
def test_several_processes_open_what_one_opens(folder: Path, monkeypatch: pytest.MonkeyPatch, alone: int) -> None:
    monkeypatch.setattr(opening, "_ALONE", alone)
    failures: dict[int, list[tuple[str, str]]] = {0: [], 1: [], 2: []}

    def failed(at: int, source: str, error: InputError) -> None:
        failures[at].append((source, str(error)))

    whole = list(documents([str(folder)], limits=LIMITS, failed=lambda *told: failed(0, *told)))
    for jobs in (1, 2):
        def tell(source: str, error: InputError, jobs: int = jobs) -> None:
            failed(jobs, source, error)

        assert list(opened(found([str(folder)], limits=LIMITS, failed=tell), LIMITS, tell, jobs)) == whole
    assert len(whole) == 16 and len(failures[0]) == 3 and failures[1] == failures[0]
    # What is broken in a file is told when it is drawn on, a little ahead.
    assert sorted(failures[2]) == sorted(failures[0])


def test_they_are_drawn_on_only_a_little_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_ALONE", 2)
    drawn = []

    def endless() -> Iterator[Arrival | Unopened]:
        for number in range(1_000_000):
            drawn.append(number)
            yield Unopened(RawDocument(f"d{number}", "here", "text/plain", b"Some words of a text."), "text")

    some = opened(endless(), LIMITS, lambda source, error: None, 2)
    assert [next(some).document.id for _ in range(20)] == [f"d{number}" for number in range(20)]
    assert len(drawn) <= 67
