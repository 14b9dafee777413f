"""`rashomon lineage`: which documents share text, and how."""

from __future__ import annotations

import click

from . import options


@click.command(short_help="Copies, republications, wire copy, shared quotations, repeated lines.")
@click.argument("document", required=False)
@options.ledger
@click.option("--lines", is_flag=True, help="The lines that publishers set into many of their documents instead.")
@options.as_json
def lineage(document: str | None, ledger_at: str | None, lines: bool, as_json: bool) -> None:
    """Which documents share text word for word, and what that makes of them: the same text, a light edit, a republication,
    wire copy, a part, a quotation. Of DOCUMENT alone, or of all.

    Who came first is told only where the days of publication tell. Lines that a publisher repeats never count.

    \b
    Examples:
      rashomon lineage --ledger war.db
      rashomon lineage report.html --ledger war.db --json
      rashomon lineage --lines --ledger war.db
    """
    from .desk import Desk
    from .lineage_page import families_page, lineage_page, lines_page
    from .lines import reuse_line
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        entry = desk.view.document(document) if document is not None else None
        if lines:
            publisher = None if entry is None else entry.publisher or ""
            found = desk.view.repeated_lines(publisher)
            if not as_json:
                lines_page(console(), found)
                return
            for line in found:
                emit_record(line)
        elif as_json:
            for reuse in desk.view.reuses(entry.key if entry else None):
                emit_record(reuse_line(reuse, desk))
        elif entry is not None:
            lineage_page(console(), entry.key, desk, passages=True)
        else:
            families_page(console(), desk)
