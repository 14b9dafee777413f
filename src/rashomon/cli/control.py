"""`rashomon control`: who is said to take, hold, lose or want which place, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from . import options

if TYPE_CHECKING:
    from ..bookkeeping import Shelf
    from ..track.control import Timeline
    from .desk import Desk


@click.command(short_help="Who is said to take, hold, lose or want which place, over time.")
@click.argument("place", required=False)
@options.ledger
@click.option("--near", metavar="LAT,LON,KM", callback=options.circle, help="The places in this circle instead of a name.")
@click.option("--on", "on_day", metavar="DAY", help="What each source's latest statement says for this day.")
@click.option("--as-of", "day", metavar="DAY", help="Only what had been said by this day.")
@click.option("--party", metavar="NAME", help="Only statements that name this party, a part of it, or what it is part of.")
@click.option("--since", metavar="DAY", help="Only statements about this day or later.")
@click.option("--until", metavar="DAY", help="Only statements about this day or earlier.")
@click.option("--format", "form", type=click.Choice(["page", "table", "csv", "html", "svg"]), default="page", show_default=True,
              help="A page with a picture, a table, or a file for a spreadsheet or a browser.")
@options.as_json
def control(
    place: str | None, ledger_at: str | None, near: tuple[float, float, float] | None, on_day: str | None, day: str | None,
    party: str | None, since: str | None, until: str | None, form: str, as_json: bool,
) -> None:
    """Who is said to take, hold, lose, attempt or be about to have a place, source by source over time.

    Without PLACE: the places that documents speak of. With PLACE, in any case: every source's statements beside the others',
    those on its parts below, and the days on which sources contradict each other. Nothing is voted away.

    A change has its day; a state is *as of* the day of its report. --on asks for a day of which it is said, --as-of for the
    day by which it had been said.

    \b
    Examples:
      rashomon control --ledger war.db
      rashomon control aleppo --ledger war.db
      rashomon control --near 36.2,37.16,30 --ledger war.db --party "Syrian Arab Army"
      rashomon control Aleppo --on 2016-08-07 --as-of 2016-08-10 --ledger war.db
      rashomon control Aleppo --format html --ledger war.db > aleppo.html
    """
    from ..bookkeeping import shelf, timelines
    from .desk import Desk
    from .known import day_of

    if place is not None and near is not None:
        raise UsageError("give a place by its name or by --near, not both")
    since, until, day, on_day = (day_of(each) if each is not None else None for each in (since, until, day, on_day))
    if since and until and since > until:
        raise UsageError(f"--since {since} is later than --until {until}")
    with Desk(ledger_at) as desk:
        found = shelf(desk.view, day)
        for key in found.unsure:
            click.echo(f"left out: {desk.caller_id(key)} may have appeared by {day}, or later", err=True)
        everything = timelines(found, place, near, party=party, since=since, until=until)
        if on_day is not None:
            if place is None and near is None:
                raise UsageError("--on needs a place: rashomon control PLACE --on DAY")
            if form not in ("page", "table") and not as_json:
                raise UsageError("--on is told as a page or as --json")
            _on(desk, found, everything, on_day, as_json=as_json)
        elif place is None and near is None:
            _places(desk, found, everything, form, as_json=as_json)
        else:
            _one(desk, found, everything, form, as_json=as_json)


def _on(desk: Desk, found: Shelf, timelines: list[Timeline], day: str, *, as_json: bool) -> None:
    from ..track.control import on
    from .control_lines import on_line
    from .control_page import on_page
    from .output import console, emit_record

    rows = [(timeline, on(timeline, day, found.rules)) for timeline in timelines]
    if as_json:
        for timeline, some in rows:
            for row in some:
                emit_record(on_line(row, timeline, day, desk))
        return
    on_page(console(), [row for row in rows if row[1]] or rows[:1], day, desk)


def _places(desk: Desk, found: Shelf, timelines: list[Timeline], form: str, *, as_json: bool) -> None:
    from .control_lines import place_line
    from .control_page import in_tree, places_page
    from .control_table import places_csv
    from .output import console, emit_record

    spots = found.book.spots
    if as_json:
        for timeline, _ in in_tree(timelines, spots):
            emit_record(place_line(timeline, spots, desk))
    elif form == "csv":
        click.echo(places_csv(timelines, spots), nl=False)
    elif form in ("html", "svg"):
        raise UsageError(f"--format {form} shows one place: rashomon control PLACE --format {form}")
    else:
        places_page(console(), timelines, spots)


def _one(desk: Desk, found: Shelf, timelines: list[Timeline], form: str, *, as_json: bool) -> None:
    from .control_lines import contest_line, statement_line
    from .control_page import control_page
    from .control_svg import control_svg
    from .control_table import control_csv, control_html, control_table
    from .output import console, emit_record

    if as_json:
        for timeline in timelines:
            for line in timeline.lines:
                emit_record(statement_line(line, timeline, found.book.spots, desk))
            for contest in timeline.contests:
                emit_record(contest_line(contest, found.book.of(timeline.spot), desk))
    elif form == "csv":
        click.echo(control_csv(timelines, found.book.spots, desk), nl=False)
    elif form == "html":
        click.echo(control_html(timelines, found, desk), nl=False)
    elif form == "svg":
        click.echo(control_svg(timelines, found, desk), nl=False)
    elif form == "table":
        control_table(console(), timelines, desk)
    else:
        control_page(console(), timelines, found, desk)
