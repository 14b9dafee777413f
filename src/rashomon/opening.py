"""Texts out of the bytes of many documents, in this process or by several at once; the same come out, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, groupby, islice
from typing import Protocol

from msgspec.structs import replace

from .blocks.pool import Call, Crew, Lost
from .blocks.processes import Processes
from .blocks.steps import in_order
from .config import Limits
from .errors import InputError, RashomonError
from .ingest import Languages, Singles
from .records import Arrival, Unopened

# So many documents are opened before processes are begun, which take a second or two to load what they need.
_ALONE = 24
# Documents that are out, or back and waiting for an earlier one.
_AHEAD = 64
_MADE = "opening"
Failed = Callable[[str, InputError], None]


class Opens(Protocol):
    """What makes a document of bytes; `rashomon.ingest.Singles` is one."""

    def opened(self, found: Unopened) -> Arrival:
        """The document. InputError says why the bytes are none."""


def opened_guarded(found: Arrival | Unopened, opens: Opens) -> Arrival | InputError:
    """The document, or why the bytes are none, also where the program itself is at fault, so that the others go on."""
    try:
        return found if isinstance(found, Arrival) else opens.opened(found)
    except InputError as error:
        return error
    except RashomonError:
        raise
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        return InputError(f"{found.raw.source}: opening stopped at a fault of the program ({told}); please report it")


class OpeningWork:
    """Opens what was found, in a worker. The bytes stay where they are: only what was made of them comes back."""

    def __init__(self, opens: Opens) -> None:
        self._opens = opens
        self.made = _MADE

    def __call__(self, found: Unopened) -> Arrival | InputError:
        """The document without its bytes, or why they are none."""
        made = opened_guarded(found, self._opens)
        return _with_bytes(made, b"") if isinstance(made, Arrival) else made


def opens_within(limits: Limits) -> OpeningWork:
    """A worker that opens documents of no more than that."""
    return OpeningWork(Singles(limits, Languages()))


def opened(found: Iterable[Arrival | Unopened], limits: Limits, failed: Failed, jobs: int = 1) -> Iterator[Arrival]:
    """What was found as documents, in its order, drawn on a little ahead. Where it is much, `jobs` processes open it.

    What is no document goes to `failed(source, error)`; the others go on.
    """
    source = iter(found)
    with Processes(jobs).crew(partial(opens_within, limits), _MADE) as crew:
        singles = Singles(limits, Languages())
        results = chain(
            ((each, opened_guarded(each, singles)) for each in islice(source, _ALONE if jobs > 1 else None)),
            chain.from_iterable(_by(crew, some) for _, some in groupby(source, key=type)),
        )
        for each, made in results:
            if isinstance(made, Arrival):
                yield made
            else:
                failed(each.raw.source, made)


def _by(crew: Crew, some: Iterator[Arrival | Unopened]) -> Iterator[tuple[Arrival | Unopened, Arrival | InputError]]:
    """Each of what is all opened already, or all not, with what was made of it."""
    for first in some:
        if isinstance(first, Arrival):
            yield first, first
            continue
        # A slow one holds up those behind it, which are held so long: no more of them than these.
        held: dict[int, Arrival | Unopened] = {}
        for number, made in enumerate(in_order(crew.run(_calls(chain([first], islice(some, _AHEAD - 1)), held)))):
            each = held.pop(number)
            if isinstance(made, Lost):
                told = f"{each.raw.source}: the process that opened it ended, twice ({made.why}); the other documents go on"
                made = InputError(f"{told}. With less memory in use, or opened alone with --jobs 1, it may go through")
            yield each, _with_bytes(made, each.raw.content) if isinstance(made, Arrival) else made


def _calls(some: Iterable[Arrival | Unopened], held: dict[int, Arrival | Unopened]) -> Iterator[Call]:
    for number, each in enumerate(some):
        held[number] = each
        yield Call(number, (each,))


def _with_bytes(made: Arrival, content: bytes) -> Arrival:
    return replace(made, raw=replace(made.raw, content=content))
