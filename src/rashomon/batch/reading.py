"""Documents into shards: parcels of documents go out to workers, and what comes back is kept parcel by parcel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..builder import Watch, unread
from ..errors import InputError, RashomonError
from ..reader import Reader
from ..records import Arrival, Document, MadeBy, to_json
from ..workers import Reads, read_guarded
from .pool import Call, Lost, Make, Pool
from .shards import Row, Shards, State, identity, pack, pack_arrival

# A worker that dies loses ten seconds of work; a file of so many documents is opened quickly.
PARCEL = 50


class Outcome(NamedTuple):
    """A packed reading with its days of publication, or the reason why there is none."""

    reading: bytes | None
    reason: str | None = None
    start: str | None = None
    end: str | None = None


class ReadingWork:
    """Reads parcels of documents in a worker."""

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self.made = make_of(reader.made_by)

    def __call__(self, documents: Sequence[Document]) -> list[Outcome]:
        """What came of each."""
        return [self._one(document) for document in documents]

    def _one(self, document: Document) -> Outcome:
        try:
            reading = read_guarded(document, self._reader)
            content = to_json(reading)
        except (RashomonError, UnicodeEncodeError) as error:
            return Outcome(None, str(error))
        published = reading.document.published
        return Outcome(pack(content), None, published.start, published.end)


def _loaded(actors: Path | None) -> ReadingWork:
    return ReadingWork(Reader.load(actors))


def reads_with(actors: Path | None) -> Make:
    """What makes a worker that reads, with the user's own war files at `actors` where they are not those of the settings."""
    return partial(_loaded, actors)


def make_of(made: MadeBy) -> str:
    """The make in one word."""
    return f"{made.code}/{made.knowledge}/{made.models}"


class _Parcel:
    """Arrivals that stand side by side in the input, and what is known by now of each."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.arrivals: list[tuple[int, Arrival, str, State]] = []
        self.outcomes: dict[int, Outcome] = {}

    def call(self) -> Call | None:
        """What a worker has to do for it; None where nothing is to be read."""
        wanted = [at for at in range(len(self.arrivals)) if at not in self.outcomes]
        documents = [self.arrivals[at][1].document for at in wanted]
        parts = tuple(Call((self, [at]), ([document],)) for at, document in zip(wanted, documents, strict=True))
        return Call((self, wanted), (documents,), parts if len(parts) > 1 else ()) if wanted else None

    @property
    def complete(self) -> bool:
        return len(self.outcomes) == len(self.arrivals)

    def rows(self) -> list[Row]:
        """One row an arrival, in their order."""
        found = []
        for at, (position, arrival, name, state) in enumerate(self.arrivals):
            outcome = self.outcomes[at]
            if state == "read" and outcome.reading is None:
                state = "failed"
            packed = pack_arrival(arrival)
            found.append(Row(
                position, arrival.document.key, name, state, outcome.reason, outcome.start, outcome.end, packed, outcome.reading,
            ))
        return found


def read(
    arrivals: Iterable[Arrival], shards: Shards, pool: Pool, make: Make, made: MadeBy, watch: Watch, *, size: int = PARCEL
) -> None:
    """Read what the shards do not hold yet. One document that cannot be read, or that its workers die over, is told to
    `watch` and kept with the reason; the others go on."""
    parcels = _parcels(arrivals, shards.known(), size)
    with pool.crew(make, make_of(made)) as crew:
        for (parcel, wanted), result in crew.run(_calls(parcels, shards, watch)):
            if isinstance(result, Lost):
                document = parcel.arrivals[wanted[0]][1].document
                reason = f"{document.id}: reading it ended the worker, twice ({result.why}); please report it"
                result = [Outcome(None, reason)]
            parcel.outcomes.update(zip(wanted, result, strict=True))
            if parcel.complete:
                _keep(parcel, shards, watch)


def _calls(parcels: Iterable[_Parcel], shards: Shards, watch: Watch) -> Iterator[Call]:
    for parcel in parcels:
        call = parcel.call()
        if call is not None:
            yield call
        else:
            _keep(parcel, shards, watch)


def _keep(parcel: _Parcel, shards: Shards, watch: Watch) -> None:
    rows = parcel.rows()
    shards.write(rows)
    for row, (_, arrival, _, _) in zip(rows, parcel.arrivals, strict=True):
        document = arrival.document
        if row.state == "failed":
            watch(document.source, InputError(row.reason or ""))
        elif row.state == "not-read":
            watch.skip(document.id, row.reason or "")
        watch.step(document.id)


def _parcels(arrivals: Iterable[Arrival], known: set[str], size: int) -> Iterator[_Parcel]:
    """Parcels of what is not known, cut by position in the input: a run that goes on cuts as the first one did."""
    identities: set[str] = set()
    keys: set[str] = set()
    parcel = _Parcel(0)
    position = 0
    for arrival in arrivals:
        document, name = arrival.document, identity(arrival)
        if name in identities:
            continue
        identities.add(name)
        reason = None if document.key in keys else unread(document)
        state: State = "again" if document.key in keys else "read" if reason is None else "not-read"
        keys.add(document.key)
        if position // size != parcel.number:
            if parcel.arrivals:
                yield parcel
            parcel = _Parcel(position // size)
        if name not in known:
            if state != "read":
                parcel.outcomes[len(parcel.arrivals)] = Outcome(None, reason)
            parcel.arrivals.append((position, arrival, name, state))
        position += 1
    if parcel.arrivals:
        yield parcel
