"""Work that the page starts: reading documents in, linking after a judgement. One job at a time, in a thread of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Thread
from typing import Literal
from uuid import uuid4

import msgspec

from ..builder import Change, add, link_waiting
from ..config import Fetching, Limits
from ..errors import InputError, RashomonError
from ..ingest import documents
from ..ingest.fetch import is_address
from ..ledger import IncidentEntry, Ledger, Selection
from ..reader import Reader
from ..records import Arrival

State = Literal["waiting", "at work", "done", "failed"]
_KEPT = 50
_SHOWN = 50


class Arrived(msgspec.Struct, frozen=True):
    """A document that came in, or was there already, under its key."""

    key: str
    id: str
    title: str | None
    state: str


class Step(msgspec.Struct, frozen=True):
    """Something that happened in a job: a document read, kept unread or failed, the end. The end of a reading in names what
    `arrived` and the `incidents` that this tells of, the most told first, up to fifty."""

    kind: Literal["read", "not read", "failed", "linking", "done", "broken"]
    what: str
    reason: str | None = None
    change: Change | None = None
    arrived: tuple[Arrived, ...] = ()
    incidents: tuple[IncidentEntry, ...] = ()


class Job:
    """What was asked for, and its steps so far; listeners wait for the next one."""

    def __init__(self, name: str, run: Callable[[Job], None]) -> None:
        self.id = uuid4().hex
        self.name = name
        self.state: State = "waiting"
        self.run = run
        self._steps: list[Step] = []
        self._news = Condition()

    def tell(self, step: Step) -> None:
        """Add a step and wake who listens."""
        with self._news:
            self._steps.append(step)
            self._news.notify_all()

    def end(self, state: State) -> None:
        """No more steps will come."""
        with self._news:
            self.state = state
            self._news.notify_all()

    def steps(self, after: int = 0, patience: float = 15.0) -> Iterator[tuple[int, Step | None]]:
        """(number, step) from the step after that number on, as they come, until the job ends. (number, None) where nothing came
        for `patience` seconds, so that a connection is kept."""
        while True:
            with self._news:
                if after >= len(self._steps) and self.state in {"waiting", "at work"}:
                    self._news.wait(patience)
                fresh = self._steps[after:]
                ended = self.state not in {"waiting", "at work"}
            for step in fresh:
                after += 1
                yield after, step
            if ended and not fresh:
                return
            if not fresh:
                yield after, None

    # What a builder tells of (`builder.Watch`).

    def __call__(self, source: str, error: RashomonError) -> None:
        self.tell(Step("failed", source, str(error)))

    def step(self, name: str) -> None:
        """A document is done."""
        self.tell(Step("read", name))

    def skip(self, name: str, reason: str) -> None:
        """A document was kept without being read."""
        self.tell(Step("not read", name, reason))


class Works:
    """The jobs of one served ledger, the newest fifty kept to be asked after. Models are loaded with the first document."""

    def __init__(self, ledger: Ledger, limits: Limits, reader: Callable[[], Reader], fetching: Fetching | None = None) -> None:
        self._ledger = ledger
        self._limits = limits
        self._fetching = fetching
        self._load = reader
        self._reader: Reader | None = None
        self._jobs: dict[str, Job] = {}
        self._queue: SimpleQueue[Job] = SimpleQueue()
        self._thread: Thread | None = None

    def job(self, id: str) -> Job | None:
        """The job of that id."""
        return self._jobs.get(id)

    def add_files(self, folder: Path, name: str) -> Job:
        """Read the files of a folder in, which is then thrown away."""

        def shown(text: str, source: str) -> str:
            return text.replace(f"{Path(source).parent}/", "").replace(f"{folder}/", "")

        def run(job: Job) -> None:
            try:
                # Each by its name: a file in a folder is passed over in silence where nobody knows its ending.
                self._read(job, sorted(str(path) for path in folder.rglob("*") if path.is_file()), shown)
            finally:
                shutil.rmtree(folder, ignore_errors=True)

        return self._take(Job(name, run))

    def add_addresses(self, addresses: Sequence[str], name: str) -> Job:
        """Fetch pages from their addresses and read them in."""
        return self._take(Job(name, lambda job: self._read(job, addresses, lambda text, _: text)))

    def link(self) -> Job:
        """Link what waits, as after a judgement; where such a job waits already, that one."""
        for job in self._jobs.values():
            if job.name == "link" and job.state == "waiting":
                return job

        def run(job: Job) -> None:
            job.tell(Step("done", "link", change=link_waiting(self._ledger)))

        return self._take(Job("link", run))

    def _read(self, job: Job, sources: Sequence[str], shown: Callable[[str, str], str]) -> None:
        """Read what stands at paths or addresses; `shown`: a sentence of an error as others may see it, and its source."""
        reader = self._reader = self._reader or self._load()
        failures = self._ledger.writer()

        def failed(source: str, error: RashomonError) -> None:
            name, told = source if is_address(source) else Path(source).name, shown(str(error), source)
            failures.record_failure(name, name, told)
            job(name, InputError(told))

        arrivals = documents(sources, limits=self._limits, failed=failed, fetching=self._fetching)
        keys: list[str] = []
        change = add(_noting(arrivals, keys), self._ledger, reader, watch=job)
        job.tell(self._outcome(job.name, change, tuple(dict.fromkeys(keys))))

    def _outcome(self, name: str, change: Change, keys: tuple[str, ...]) -> Step:
        shown = keys[:_SHOWN]
        entries = {entry.key: entry for entry in self._ledger.view().entries(shown)}
        arrived = tuple(Arrived(key, one.id, one.title, one.state) for key in shown if (one := entries.get(key)) is not None)
        found = self._ledger.lists().page(Selection(documents=shown), order="most-told", limit=_SHOWN) if shown else ()
        return Step("done", name, change=change, arrived=arrived, incidents=tuple(entry for entry, _ in found))

    def _take(self, job: Job) -> Job:
        if len(self._jobs) >= _KEPT:
            for id in [id for id, each in self._jobs.items() if each.state in {"done", "failed"}][:1]:
                del self._jobs[id]
        self._jobs[job.id] = job
        self._queue.put(job)
        if self._thread is None:
            self._thread = Thread(target=self._work, name="rashomon work", daemon=True)
            self._thread.start()
        return job

    def _work(self) -> None:
        while True:
            job = self._queue.get()
            job.state = "at work"
            try:
                job.run(job)
                job.end("done")
            except RashomonError as error:
                job.tell(Step("broken", job.name, str(error)))
                job.end("failed")
            except Exception as error:
                # The thread must outlive a fault of the program; the sentence goes to whoever listens.
                job.tell(Step("broken", job.name, f"stopped at a fault of the program ({type(error).__name__}: {error})"))
                job.end("failed")


def _noting(arrivals: Iterable[Arrival], keys: list[str]) -> Iterator[Arrival]:
    """The arrivals as they come, their keys added to the list."""
    for arrival in arrivals:
        keys.append(arrival.document.key)
        yield arrival
