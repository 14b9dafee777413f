"""`rashomon tallies`: the history of what is counted over days, an area or a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..records import TollFigure


@click.command(short_help="Tolls over days, areas and campaigns: who counted what, since when.")
@options.ledger
@click.option("--where", metavar="NAME", help="Only tallies of a place whose name holds this.")
@click.option("--by", "who", metavar="NAME", help="Only tallies that somebody of this name gives or counted.")
@click.option("--field", type=click.Choice(["killed", "injured", "strength"]), help="Only this count.")
@click.option("--format", "form", type=click.Choice(["page", "table", "csv", "html"]), default="page", show_default=True,
              help="As a page with bars, or as a table.")
@options.as_json
def tallies(
    ledger_at: str | None, where: str | None, who: str | None, field: str | None, form: str, as_json: bool
) -> None:
    """Tolls over days, an area or a campaign, by place and in the order of publication: figure, scope, since when, who
    counted, who says so, in which sentence. No tally is added to another, or to the toll of an incident.

    \b
    Examples:
      rashomon tallies --ledger war.db
      rashomon tallies --where Aleppo --field killed --ledger war.db --json
      rashomon tallies --by Observatory --format csv --ledger war.db > tallies.csv
    """
    from ..compare import tally_history
    from ..knowledge.comparison import load_comparison
    from .desk import Desk
    from .output import console, emit_record
    from .tolls import tallies_csv, tallies_html, tallies_page, tallies_table, tally_line

    with Desk(ledger_at) as desk:
        every = desk.view.tallies()
        dates = desk.published({tally.citation.document for tally in every})
        found = [
            figure for figure in tally_history(every, dates, load_comparison())
            if (where is None or where.casefold() in (figure.place or "").casefold())
            and (field is None or figure.field == field)
            and (who is None or any(who.casefold() in (name or "").casefold() for name in _names(figure)))
        ]
        if as_json:
            for figure in found:
                emit_record(tally_line(figure, desk))
        elif form == "csv":
            click.echo(tallies_csv(found, desk), nl=False)
        elif form == "html":
            click.echo(tallies_html(found, desk), nl=False)
        elif not found:
            console().print("No tally: nothing is counted over days, an area or a campaign.")
        elif form == "table":
            tallies_table(console(), found, desk)
        else:
            tallies_page(console(), found, desk)


def _names(figure: TollFigure) -> tuple[str | None, ...]:
    return *figure.citation.chain, figure.counted_by
