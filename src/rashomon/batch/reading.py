"""Documents into shards, parcel by parcel: workers make texts of bytes, and read them; what comes back is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from ..blocks.pool import Call, Lost, Make, Pool
from ..builder import Watch, unread
from ..config import Limits
from ..errors import InputError, RashomonError
from ..ingest import Languages, Singles
from ..opening import Failed, Opens, opened_guarded
from ..reader import Reader
from ..records import Arrival, MadeBy, Unopened, to_json
from ..workers import Reads, read_guarded
from .shards import Row, Shards, State, found_as, identity, pack, pack_arrival

# A worker that dies loses ten seconds of work; a file of so many documents is opened quickly.
PARCEL = 50
Found = Arrival | Unopened


class ReadingWork:
    """Opens and reads parcels of what was found, in a worker."""

    def __init__(self, reader: Reads, opens: Opens) -> None:
        self._reader = reader
        self._opens = opens
        self.made = make_of(reader.made_by)

    def __call__(self, parcel: Sequence[tuple[int, str, Found]]) -> list[Row | InputError]:
        """What came of each, given with its position and how it was found; the error of one that is no document."""
        return [self._one(*each) for each in parcel]

    def _one(self, position: int, name: str, found: Found) -> Row | InputError:
        arrival = opened_guarded(found, self._opens)
        if isinstance(arrival, InputError):
            return arrival
        document = arrival.document
        reason = unread(document)
        if reason is not None:
            return row_of(position, name, arrival, "not-read", reason)
        try:
            reading = read_guarded(document, self._reader)
            content = to_json(reading)
        except (RashomonError, UnicodeEncodeError) as error:
            return row_of(position, name, arrival, "failed", str(error))
        published = reading.document.published
        return row_of(position, name, arrival, "read", None, published.start, published.end, pack(content))


def row_of(
    position: int, name: str, arrival: Arrival, state: State, reason: str | None, start: str | None = None,
    end: str | None = None, reading: bytes | None = None,
) -> Row:
    """The row of an arrival."""
    document = arrival.document
    return Row(
        position, name, document.key, identity(arrival), document.id, document.source, state, reason, start, end,
        pack_arrival(arrival), reading,
    )


def _loaded(actors: Path | None, limits: Limits) -> ReadingWork:
    return ReadingWork(Reader.load(actors), Singles(limits, Languages()))


def reads_with(actors: Path | None, limits: Limits) -> Make:
    """What makes a worker that opens and reads, with the user's own war files at `actors` where they are not those of the
    settings."""
    return partial(_loaded, actors, limits)


def make_of(made: MadeBy) -> str:
    """The make in one word."""
    return f"{made.code}/{made.knowledge}/{made.models}"


class _Parcel:
    """What stands side by side in the input, and what came of each by now."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.found: dict[int, tuple[str, Found]] = {}
        self.outcomes: dict[int, Row | InputError] = {}

    def call(self) -> Call:
        """What a worker has to do for it."""
        wanted = [(position, name, found) for position, (name, found) in self.found.items()]
        parts = tuple(Call((self, [each[0]]), ([each],)) for each in wanted)
        return Call((self, list(self.found)), (wanted,), parts if len(parts) > 1 else ())

    @property
    def complete(self) -> bool:
        return len(self.outcomes) == len(self.found)


def read(
    found: Iterable[Found], shards: Shards, pool: Pool, make: Make, made: MadeBy, watch: Watch, failed: Failed, *,
    size: int = PARCEL,
) -> None:
    """Open and read what the shards do not hold yet. One document that cannot be read, or that its workers die over, is told to
    `watch` and kept with the reason; bytes that are no document are told to `failed`, and tried again by the next run. The others
    go on."""
    calls = (parcel.call() for parcel in _parcels(found, shards.known(), size))
    with pool.crew(make, make_of(made)) as crew:
        for (parcel, wanted), result in crew.run(calls):
            outcomes = [_lost(wanted[0], parcel, result)] if isinstance(result, Lost) else result
            parcel.outcomes.update(zip(wanted, outcomes, strict=True))
            if parcel.complete:
                _keep(parcel, shards, watch, failed)


def _lost(position: int, parcel: _Parcel, lost: Lost) -> Row | InputError:
    name, found = parcel.found[position]
    where = found.document.id if isinstance(found, Arrival) else found.raw.source
    reason = f"{where}: reading it ended the worker, twice ({lost.why}); please report it"
    return row_of(position, name, found, "failed", reason) if isinstance(found, Arrival) else InputError(reason)


def _keep(parcel: _Parcel, shards: Shards, watch: Watch, failed: Failed) -> None:
    rows = [row for _, row in sorted(parcel.outcomes.items()) if isinstance(row, Row)]
    if rows:
        shards.write(rows)
    for position, outcome in sorted(parcel.outcomes.items()):
        if not isinstance(outcome, Row):
            _, found = parcel.found[position]
            failed(found.raw.source, outcome)
            continue
        if outcome.state == "failed":
            watch(outcome.source, InputError(outcome.reason or ""))
        elif outcome.state == "not-read":
            watch.skip(outcome.id, outcome.reason or "")
        watch.step(outcome.id)


def _parcels(found: Iterable[Found], known: set[str], size: int) -> Iterator[_Parcel]:
    """Parcels of what is not known, cut by position in the input: a run that goes on cuts as the first one did."""
    names: set[str] = set()
    parcel = _Parcel(0)
    position = 0
    for each in found:
        name = found_as(each)
        if name in names:
            continue
        names.add(name)
        if position // size != parcel.number:
            if parcel.found:
                yield parcel
            parcel = _Parcel(position // size)
        if name not in known:
            parcel.found[position] = name, each
        position += 1
    if parcel.found:
        yield parcel
