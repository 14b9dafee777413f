"""Commands that look into the ledger as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from . import options


@click.command(short_help="Documents about one happening, a story a line.")
@options.ledger
@options.as_json
def stories(ledger_at: str | None, as_json: bool) -> None:
    """Documents about one happening, a story a line; every document stands in exactly one.

    \b
    Example:
      rashomon stories --ledger war.db --json
    """
    from .desk import Desk
    from .ledger_pages import story_page
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        found = desk.view.stories()
        if as_json:
            for story in found:
                emit_record({"id": story.id, "documents": [desk.caller_id(key) for key in story.documents]})
            return
        page = console()
        for story in sorted(found, key=lambda story: (-len(story.documents), story.id)):
            story_page(page, story, desk)


@click.command(short_help="Incidents: who says what, through whom, and where they differ.")
@options.ledger
@options.filters
@click.option("--all", "everything", is_flag=True, help="Full accounts also where one document alone tells of it.")
@options.as_json
def incidents(ledger_at: str | None, everything: bool, as_json: bool, **asked: Any) -> None:
    """Incidents with their accounts: who says what, through whom, in which sentence, and where they differ.

    Those told in several documents come first and in full, the others as one line each (--all: in full too).

    \b
    Examples:
      rashomon incidents --ledger war.db
      rashomon incidents --ledger war.db --relation disagree --since 2016-10-01
      rashomon incidents --ledger war.db --near 36.2,37.16,30 --json
    """
    from .desk import Desk
    from .incident_page import incidents_page
    from .lines import incident_line
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        found = desk.view.incidents(**asked)
        if as_json:
            for incident in found:
                emit_record(incident_line(incident, desk))
            return
        incidents_page(console(), list(found), desk, everything=everything)


@click.command(short_help="Pairs of statements that disagree, agree or are superseded.")
@options.ledger
@click.option("--limit", "-n", type=click.IntRange(min=1), help="Pairs at most; the most telling come first.")
@options.actors
@options.as_json
def contradictions(ledger_at: str | None, limit: int | None, actors: Path | None, as_json: bool) -> None:
    """Pairs of statements that disagree, agree, are compatible, superseded or of different referents.

    \b
    Example:
      rashomon contradictions --ledger war.db --json
    """
    from ..linker import Linker
    from .desk import Desk
    from .incident_page import pair_page
    from .lines import pair_line
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        found = Linker.load(actors).contradictions(desk.view.readings(), desk.view.incidents(), limit=limit)
        page = None if as_json else console()
        for pair in found:
            if page is None:
                emit_record(pair_line(pair, desk))
            else:
                pair_page(page, pair, desk)


@click.command(short_help="Passages that hold all the words.")
@click.argument("words", nargs=-1, required=True)
@options.ledger
@click.option("--limit", "-n", type=click.IntRange(min=1), default=20, show_default=True, help="Passages at most.")
@options.as_json
def search(words: tuple[str, ...], ledger_at: str | None, limit: int, as_json: bool) -> None:
    """Passages of the documents that hold all the words, best first.

    \b
    Examples:
      rashomon search hospital --ledger war.db
      rashomon search '"barrel bomb" hosp* -school' --ledger war.db
    """
    from .desk import Desk
    from .ledger_pages import hit_page
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        hits = desk.view.search(" ".join(words), limit)
        if as_json:
            for hit in hits:
                emit_record({
                    "document": hit.id, "key": hit.document, "title": hit.title, "publisher": hit.publisher,
                    "span": hit.span, "text": hit.text, "marks": hit.marks,
                })
            return
        page = console()
        for hit in hits:
            hit_page(page, hit)
        if not hits:
            page.print("No passage holds all of these words.")


@click.command(short_help="What the ledger holds and what waits.")
@options.ledger
@options.actors
@options.as_json
def status(ledger_at: str | None, actors: Path | None, as_json: bool) -> None:
    """What the ledger holds: documents, readings, incidents, what was not read, and what waits.

    \b
    Example:
      rashomon status --ledger war.db
    """
    from ..making import made_by
    from .desk import Desk
    from .ledger_pages import status_page
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        found = desk.view.status(made_by(own=actors))
        if as_json:
            emit_record(found)
        else:
            status_page(console(), found, desk.where)


@click.command(short_help="Check every span, link and byte of the ledger.")
@options.ledger
@options.as_json
def verify(ledger_at: str | None, as_json: bool) -> int:
    """Go through the whole ledger: that spans slice what they quote, links lead somewhere, bytes are what was fetched.

    Nothing is mended. What is wrong is told in a sentence each, and the exit status is then 1.

    \b
    Example:
      rashomon verify --ledger war.db
    """
    from .desk import Desk
    from .output import console, emit_record

    found = 0
    with Desk(ledger_at) as desk:
        for problem in desk.view.verify():
            found += 1
            if as_json:
                emit_record({"problem": problem})
            else:
                click.echo(problem)
        if not found and not as_json:
            console().print(f"{desk.where} is sound.")
    return 1 if found else 0
