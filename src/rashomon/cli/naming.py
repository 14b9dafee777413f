"""`rashomon naming`: which voice calls which actor what."""

from __future__ import annotations

import click

from . import options


@click.command(short_help="Which voice calls which actor what, by outlet, voice and month; shifts.")
@options.ledger
@click.option("--actor", metavar="NAME", help="Names for this actor, or this label where nobody in particular is meant.")
@click.option("--outlet", metavar="NAME", help="In texts of this outlet.")
@click.option("--voice", type=click.Choice(["author", "quoted"]), help="The outlet's own voice, or voices that it quotes.")
@click.option("--since", metavar="DAY", help="Published on this day or later (2016-09-12).")
@click.option("--until", metavar="DAY", help="Published on this day or earlier.")
@click.option("--as-of", "day", metavar="DAY", help="As told by the documents that had appeared by that day.")
@click.option("--least", metavar="N", type=click.IntRange(min=1), default=3, show_default=True,
              help="A shift needs N mentions of the word in both months.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "svg", "html"]), default="table", show_default=True,
              help="A picture in the terminal, rows for a spreadsheet, a picture as SVG, a page with both.")
@options.as_json
def naming(
    ledger_at: str | None, actor: str | None, outlet: str | None, voice: str | None, since: str | None, until: str | None,
    day: str | None, least: int, form: str, as_json: bool,
) -> None:
    """Loaded and contested names: who calls whom what, in whose voice, in which month, in how many documents.

    A quoted word is the speaker's, not the outlet's. Words inside a copied passage are those of the text that had them first:
    counted once there, shown as carried elsewhere. A month is unknown where the days of publication do not lie in one.

    \b
    Examples:
      rashomon naming --ledger war.db
      rashomon naming --actor "Free Syrian Army" --voice author --ledger war.db
      rashomon naming --outlet Reuters --since 2016-08-01 --format svg --ledger war.db > names.svg
      rashomon naming --ledger war.db --json
    """
    from ..bookkeeping import chosen_names, namings
    from ..track.naming import cells, shifts
    from .desk import Desk
    from .known import day_of
    from .naming_page import naming_csv, naming_html, naming_lines, naming_page
    from .naming_picture import picture
    from .output import console, emit_record

    first, last = (day_of(since) if since else None, day_of(until) if until else None)
    with Desk(ledger_at) as desk:
        every, unsure = namings(desk.view, day_of(day) if day else None)
        for key in unsure:
            click.echo(f"left out: {desk.caller_id(key)} may have appeared by {day}, or later", err=True)
        some = chosen_names(every, actor=actor, outlet=outlet, voice=voice, since=first, until=last)
        table, moved = cells(some), shifts(some, least)
        if as_json:
            for line in naming_lines(table, moved, desk):
                emit_record(line)
        elif form == "csv":
            click.echo(naming_csv(table, desk), nl=False)
        elif form == "svg":
            click.echo(picture(table), nl=False)
        elif form == "html":
            click.echo(naming_html(table, moved, desk), nl=False)
        else:
            naming_page(console(), table, moved, desk)
