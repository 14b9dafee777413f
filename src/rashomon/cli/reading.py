"""`rashomon read`: documents in, readings out, no ledger."""

from __future__ import annotations

from pathlib import Path

import click

from . import options


@click.command()
@options.paths
@options.actors
@options.as_json
def read(paths: tuple[str, ...], actors: Path | None, as_json: bool) -> int:
    """Read documents and print what each holds. Nothing is stored.

    PATH is a .txt, .html, .pdf, .docx, .json, .jsonl or .csv file, a folder, an address (https://...), or - for standard
    input. A JSON object carries `id` and `text`, and may carry title, publisher, author, published and url. One document
    in, one line out, in the order of input.

    \b
    Examples:
      rashomon read report.html
      rashomon read articles/ --json > readings.jsonl
      cat dispatches.jsonl | rashomon read - --json
      rashomon read report.html --actors norlund.yaml
    """
    from ..builder import ENGLISH, read_guarded
    from ..config import Settings
    from ..errors import RashomonError
    from ..ingest import documents
    from ..reader import Reader
    from ..records import to_json
    from .output import Work, console, emit
    from .reading_page import reading_page

    settings = Settings.load()
    page = None if as_json else console()
    with Work("reading", prints=True) as work:
        reader: Reader | None = None
        for arrival in documents(paths, limits=settings.limits, failed=work, fetching=settings.fetching, noted=work.note):
            document = arrival.document
            if document.language not in ENGLISH:
                work.skip(document.id, f"its language is {document.language!r}, and Rashomon reads English")
                continue
            # Loaded at the first document: what is wrong with the paths is told at once.
            reader = reader or Reader.load(actors)
            try:
                reading = read_guarded(document, reader)
            except RashomonError as error:
                work(document.id, error)
                continue
            if page is None:
                emit(to_json(reading))
            else:
                reading_page(page, reading)
            work.step(document.id)
    return work.status
