"""`rashomon revisions` and `rashomon editions`: what sources changed, corrected and took back; versions of one address."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from ..errors import UsageError
from ..records import RevisionKind
from . import options

if TYPE_CHECKING:
    from ..ledger import DocumentEntry
    from ..records import Revision
    from .desk import Desk


@click.command(short_help="Figures and claims that their own source changed, corrected or took back.")
@options.ledger
@click.option("--source", metavar="NAME", help="Of this source: a speaker, or a publisher in its own voice.")
@click.option("--document", "document", metavar="D", help="Of what this document says, or says anew.")
@click.option("--kind", type=click.Choice(get_args(RevisionKind)), help="Of this kind.")
@click.option("--since", metavar="DAY", help="Changed by a document of this day or later (2016-10-03).")
@click.option("--until", metavar="DAY", help="Changed by a document of this day or earlier.")
@click.option("--about", metavar="DAY", help="Figures that the older or the newer text counts as of this day (valid time).")
@click.option("--as-of", "day", metavar="DAY", help="As told by the documents that had appeared by that day.")
@options.as_json
def revisions(
    ledger_at: str | None, source: str | None, document: str | None, kind: str | None, since: str | None, until: str | None,
    about: str | None, day: str | None, as_json: bool,
) -> None:
    """What one source said and later changed: a figure given anew, a claim turned around, a correction, a retraction.

    Both passages stand side by side, each with its document. Another source's later figure is no revision but a competing
    account (`rashomon contradictions`), and a toll counted to a later day is right at its own. What two versions of one address
    change without a note is marked unannounced.

    \b
    Examples:
      rashomon revisions --ledger war.db
      rashomon revisions --source "Syrian Observatory for Human Rights" --kind figure --ledger war.db
      rashomon revisions --document report.html --ledger war.db --json
      rashomon revisions --as-of 2016-08-31 --ledger war.db
    """
    from .desk import Desk
    from .known import day_of
    from .output import console, emit_record
    from .revised_page import chosen, revision_line, revision_page

    days = {name: day_of(value) if value else None for name, value in (("since", since), ("until", until), ("about", about))}
    with Desk(ledger_at) as desk:
        found, unsure = _found(desk, document, day_of(day) if day else None)
        for key in unsure:
            click.echo(f"left out: {desk.caller_id(key)} may have appeared by {day}, or later", err=True)
        some = chosen(found, desk, source=source, kind=kind, **days)
        if as_json:
            for each in some:
                emit_record(revision_line(each, desk))
            return
        page = console()
        for each in some:
            revision_page(page, each, desk)
        if not some:
            page.print("No source is seen to change what it said.")


def _found(desk: Desk, document: str | None, day: str | None) -> tuple[tuple[Revision, ...], tuple[str, ...]]:
    from ..revising import around, papers
    from ..track.revisions import revisions

    entries: tuple[DocumentEntry, ...] = desk.view.documents(state="read")
    key = desk.view.document(document).key if document is not None else None
    if key is not None:
        entries = around(desk.view, (key,))
    unsure: list[str] = []
    if day is not None:
        there = []
        for entry in entries:
            if (entry.published_end is not None and entry.published_end[:10] <= day) or entry.added[:10] <= day:
                there.append(entry)
            elif entry.published_start is None or entry.published_start[:10] <= day:
                unsure.append(entry.key)
        entries = tuple(there)
    found = revisions(papers(desk.view, entries))
    if key is not None:
        found = tuple(each for each in found if key in (each.a.document, each.b.document))
    return found, tuple(sorted(unsure))


@click.command(short_help="The versions of one address, and what differs between them.")
@click.argument("address")
@options.ledger
@options.as_json
def editions(address: str, ledger_at: str | None, as_json: bool) -> None:
    """The versions of one address (its URL, or the id that a document was added under), each beside the one before: sentences
    changed, added and gone, with the figures and claims that changed, and whether a note in the text says so.

    Versions are told apart by their text; their order is that of their captures (the `captured` of a JSONL object), else that of
    their coming into the ledger.

    \b
    Examples:
      rashomon editions https://news.example.org/strike --ledger war.db
      rashomon editions report.html --ledger war.db --json
    """
    from ..revising import differences, versions
    from .desk import Desk
    from .output import console, emit_record
    from .revised_page import edition_lines, editions_page

    with Desk(ledger_at) as desk:
        some = versions(desk.view, address)
        if not some:
            raise UsageError(f"ledger {desk.where} has no read document at {address!r}: give its URL or its id")
        found = list(differences(some))
        if as_json:
            for line in edition_lines(some, found, desk):
                emit_record(line)
        else:
            editions_page(console(), address, some, found, desk)
