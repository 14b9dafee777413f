"""`rashomon read`: documents in, readings out, no ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..records import Document


@click.command()
@options.paths
@options.actors
@options.jobs
@options.as_json
def read(paths: tuple[str, ...], actors: Path | None, jobs: int, as_json: bool) -> int:
    """Read documents and print what each holds. Nothing is stored.

    PATH is a .txt, .html, .pdf, .docx, .json, .jsonl or .csv file, a web archive (.warc, .warc.gz), a folder, an address
    (https://...), or - for standard input. A JSON object carries `id` and `text`, and may carry title, publisher, author,
    published and url; or it is a news item in ninjs. One document in, one line out, in the order of input.

    \b
    Examples:
      rashomon read report.html
      rashomon read articles/ --json > readings.jsonl
      cat dispatches.jsonl | rashomon read - --json
      rashomon read report.html --actors norlund.yaml
    """
    from ..builder import unread
    from ..config import Settings
    from ..errors import RashomonError
    from ..ingest import found
    from ..opening import opened
    from ..reader import Reader
    from ..records import Reading, to_json
    from ..workers import readers
    from .output import Work, console, emit
    from .reading_page import reading_page

    settings = Settings.load()
    page = None if as_json else console()
    with Work("reading", prints=True) as work:

        def wanted() -> Iterator[tuple[Document, Document | None]]:
            some = found(paths, limits=settings.limits, failed=work, fetching=settings.fetching, noted=work.note)
            for arrival in opened(some, settings.limits, work, jobs):
                document = arrival.document
                reason = unread(document)
                if reason is None:
                    yield document, document
                else:
                    work.skip(document.id, reason)

        # Models are loaded at the first document: what is wrong with the paths is told at once.
        ahead = wanted()
        first = next(ahead, None)
        if first is None:
            return work.status
        with readers(partial(Reader.load, actors), jobs) as reading:
            for document, outcome in reading.each(chain([first], ahead)):
                if isinstance(outcome, RashomonError):
                    work(document.id, outcome)
                    continue
                assert isinstance(outcome, Reading)
                if page is None:
                    emit(to_json(outcome))
                else:
                    reading_page(page, outcome)
                work.step(document.id)
    return work.status
