"""Commands that change the ledger: add, reread, remove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..builder import Change
    from ..errors import InputError
    from ..records import Arrival
    from .desk import Desk
    from .output import Work


@click.command(short_help="Read documents into a ledger; link and compare them.")
@options.paths
@options.ledger
@options.actors
@options.jobs
@options.as_json
def add(paths: tuple[str, ...], ledger_at: str | None, actors: Path | None, jobs: int, as_json: bool) -> int:
    """Read documents into a ledger, link the reports of one incident, and compare their accounts.

    The ledger is made where there is none. What it holds already is left as it is: running this twice changes nothing.
    A document in another language than English is kept and listed as not read. The folder of a finished `rashomon batch`, given
    by itself, is taken in without reading anything again.

    \b
    Examples:
      rashomon add articles/ --ledger war.db
      rashomon add https://example.org/report --ledger war.db
      rashomon add today.jsonl --ledger postgresql://user@host/war
    """
    from ..builder import add as build
    from ..ingest import found
    from ..linker import Linker
    from ..opening import opened
    from ..reader import Reader
    from ..workers import readers
    from .batch import batches
    from .desk import Desk
    from .output import Work

    loaded = batches(paths)
    with Desk(ledger_at, create=True) as desk, Work("reading") as work:
        notes = Notes(desk, work)
        settings = desk.settings
        some = found(paths, limits=settings.limits, failed=notes, fetching=settings.fetching, noted=work.note)
        arrivals = opened(some, settings.limits, notes, jobs)
        linker = Linker.load(actors) if actors is not None else None
        if loaded is not None:
            arrivals = loaded.arrivals(notes)
        with nullcontext(loaded) if loaded is not None else readers(partial(Reader.load, actors), jobs) as reader:
            change = build(notes.cleared(arrivals), desk.ledger, reader, watch=work, linker=linker, jobs=jobs)
    report(change, work, as_json)
    return work.status


@click.command(short_help="Read again what an older make of Rashomon has read.")
@click.argument("ids", metavar="[DOCUMENT]...", nargs=-1)
@options.ledger
@options.actors
@options.jobs
@options.as_json
def reread(ids: tuple[str, ...], ledger_at: str | None, actors: Path | None, jobs: int, as_json: bool) -> int:
    """Read documents again, from the text as it was stored: those that an older make has read, or those named.

    The older readings are retired, not erased.

    \b
    Example:
      rashomon reread --ledger war.db
    """
    from ..builder import reread as build
    from ..linker import Linker
    from ..reader import Reader
    from ..workers import readers
    from .desk import Desk
    from .output import Work

    with Desk(ledger_at) as desk, Work("reading again") as work:
        keys = [desk.view.document(id).key for id in ids] or None
        linker = Linker.load(actors) if actors is not None else None
        with readers(partial(Reader.load, actors), jobs) as reader:
            change = build(desk.ledger, reader, keys=keys, watch=work, linker=linker, jobs=jobs)
    report(change, work, as_json)
    return work.status


@click.command(short_help="Erase documents and all that came from them.")
@click.argument("ids", metavar="DOCUMENT...", nargs=-1, required=True)
@options.ledger
@options.as_json
def remove(ids: tuple[str, ...], ledger_at: str | None, as_json: bool) -> int:
    """Erase documents, their original bytes and all that was found in them, and link the rest again.

    \b
    Example:
      rashomon remove report.html --ledger war.db
    """
    from ..builder import remove as build
    from .desk import Desk
    from .output import Work

    with Desk(ledger_at) as desk, Work("removing") as work:
        keys = list(dict.fromkeys(desk.view.document(id).key for id in ids))
        change = build(desk.ledger, keys)
    report(change, work, as_json)
    return work.status


class Notes:
    """Keeps in the ledger which sources could not be read at all, until one of them can."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self._work = work
        self._writer = desk.ledger.writer()
        self._noted = {failure.id for failure in desk.view.failures()}

    def __call__(self, source: str, error: InputError) -> None:
        self._work(source, error)
        self._writer.record_failure(source, source, str(error))
        self._noted.add(source)

    def forget(self, source: str) -> None:
        """Drop the note on a source."""
        if source in self._noted:
            self._noted.remove(source)
            self._writer.forget_failures(source)

    def cleared(self, arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
        """The arrivals as they are; a note on the source of one, or on the file it stands in, is dropped."""
        for arrival in arrivals:
            source = arrival.document.source
            for noted in {source, source.rpartition("#")[0]} & self._noted:
                self.forget(noted)
            yield arrival


def report(change: Change, work: Work, as_json: bool) -> None:
    """What a run did: a line of JSON, or a few sentences."""
    from .output import console, emit_record
    from .words import counted

    failed = max(change.failed, work.failed)
    if as_json:
        import msgspec

        emit_record(msgspec.structs.replace(change, failed=failed))
        return
    parts = [
        (change.read, "read"), (change.known, "known already"), (change.removed, "removed"),
        (change.not_read, "not read"), (failed, "failed"),
    ]
    told = ", ".join(f"{counted(number, 'document')} {what}" for number, what in parts if number) or "Nothing to do"
    page = console()
    page.print(told + ".")
    if change.linked:
        into = f"{counted(change.stories, 'story', 'stories')} with {counted(change.incidents, 'incident')}"
        page.print(f"{counted(change.linked, 'document')} linked into {into}.")
    if change.stale:
        page.print(f"{counted(change.stale, 'reading is', 'readings are')} of an older make: see `rashomon reread`.")
