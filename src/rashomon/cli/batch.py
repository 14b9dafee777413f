"""`rashomon batch`: documents in, Parquet out, on as many machines as Ray has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..batch.loading import Loaded

NEEDED = "needs pyarrow and Ray, which are not installed: `pip install 'rashomon[ray]'`"


@click.command(short_help="Read documents on many machines; write Parquet.")
@options.paths
@click.option("--out", "-o", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder to fill.")
@click.option(
    "--address", default="local", show_default=True, metavar="A",
    help="The Ray cluster: auto (the one that runs here), HOST:PORT, or local (one of its own, on this machine).",
)
@click.option("--workers", metavar="N", type=click.IntRange(min=1), help="How many processes read.  [default: one a processor]")
@options.actors
@options.as_json
def batch(
    paths: tuple[str, ...], out: Path, address: str, workers: int | None, actors: Path | None, as_json: bool
) -> int:
    """Read documents on many machines, link them, and write what comes of it as Parquet files (docs/parquet.md).

    Each worker needs a processor and a gigabyte of memory. A run that was stopped, or killed, goes on where it was when it is
    started again; new documents are added so too. A document that cannot be read is listed with its reason; the others go on.

    \b
    Examples:
      rashomon batch articles/ --out war/ --workers 2
      rashomon batch archives/*.warc.gz --out war/ --address auto
      rashomon add war/ --ledger war.db
    """
    from ..batch.folder import Folder
    from ..config import Settings
    from ..errors import UsageError
    from ..ingest import found
    from .output import Work, console, emit_record
    from .words import counted

    try:
        from ..batch.cluster import Cluster
        from ..batch.run import Failures, makes_of, run
    except ImportError as error:
        raise UsageError(f"rashomon batch {NEEDED}") from error

    settings = Settings.load()
    folder = Folder(out)
    folder.prepare()
    with Work("reading") as work, Cluster(address, workers) as pool:
        failures = Failures(work)
        some = found(paths, limits=settings.limits, failed=failures, fetching=settings.fetching, noted=work.note)
        summary = run(some, folder, pool, makes_of(actors, settings.limits), work, failures, work.doing)
    if as_json:
        emit_record(summary)
    else:
        page = console()
        parts = [(summary.read, "read"), (summary.not_read, "not read"), (summary.failed, "failed")]
        page.print(", ".join(f"{counted(number, 'document')} {what}" for number, what in parts if number) + ".")
        into = f"{counted(summary.stories, 'story', 'stories')} with {counted(summary.incidents, 'incident')}"
        page.print(f"{counted(summary.claims, 'claim')}, {counted(summary.events, 'event')}; {into}.")
        page.print(f"Written to {out}.")
    return 1 if summary.failed else 0


def batches(paths: Sequence[str]) -> Loaded | None:
    """The finished batch that the only path is; None where no path is one."""
    from ..batch.folder import Folder
    from ..errors import UsageError

    found = [path for path in paths if Folder(Path(path)).is_batch()]
    if not found:
        return None
    if len(paths) > 1:
        raise UsageError(f"{found[0]} is the folder of a batch: add it by itself")
    try:
        from ..batch.loading import Loaded
    except ImportError as error:
        raise UsageError(f"taking in the batch {found[0]} {NEEDED}") from error
    return Loaded(Path(found[0]))
