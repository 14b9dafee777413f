"""`rashomon brief`: one page on a place or an actor, every line on a numbered quotation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from . import options

if TYPE_CHECKING:
    from ..records import Incident
    from ..track.brief import Brief
    from .desk import Desk


@click.command(short_help="One page on a place or an actor, every line on a numbered quotation.")
@click.argument("name", metavar="PLACE|ACTOR")
@options.ledger
@click.option("--from", "since", metavar="DAY", help="From this day on.")
@click.option("--to", "until", metavar="DAY", help="Up to this day.")
@click.option("--format", "form", type=click.Choice(["markdown", "html"]), default="markdown", show_default=True)
@click.option("--most", type=click.IntRange(1, 100), default=8, show_default=True, help="Lines at most in each section.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of the terminal.")
@options.as_json
def brief(
    name: str, ledger_at: str | None, since: str | None, until: str | None, form: str, most: int, out: Path | None, as_json: bool
) -> None:
    """One page on PLACE or ACTOR: incidents and their accounts, tolls, control, pledges, open forecasts, revisions.

    Every line stands on a quotation, numbered at the end of the page, with who says it through whom. Nothing is added up and
    nothing concluded; what does not fit is counted.

    \b
    Examples:
      rashomon brief Aleppo --ledger war.db --from 2016-08-01 --to 2016-08-31
      rashomon brief "Russian Aerospace Forces" --ledger war.db --format html --out brief.html
    """
    from .brief_page import brief_html, brief_markdown
    from .desk import Desk
    from .known import day_of
    from .output import emit_record

    since, until = (day_of(each) if each else None for each in (since, until))
    if since and until and since > until:
        raise UsageError(f"--from {since} is later than --to {until}")
    with Desk(ledger_at) as desk:
        made = _brief(desk, name, since, until, most)
        if as_json:
            emit_record(made)
            return
        text = (brief_html if form == "html" else brief_markdown)(made, desk)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}): name another file with --out") from error


def _brief(desk: Desk, name: str, since: str | None, until: str | None, most: int) -> Brief:
    from ..bookkeeping import forecast_entries, names_it, pledge_entries, shelf, touches
    from ..revising import papers
    from ..track import brief as track
    from ..track.control import chosen
    from ..track.revisions import revisions

    found = shelf(desk.view)
    timelines, incidents = [], _at_place(desk, name, since, until)
    try:
        spot = found.book.spots.named(name)
    except UsageError:
        spot = None
    if spot is not None:
        timelines = [
            chosen(found.book.of(each), found.holders, since=since, until=until) for each in found.book.spots.down(spot)
        ]
    if not incidents and not any(timeline.lines for timeline in timelines):
        party = _party(desk, name)
        incidents = [] if party is None else list(desk.view.incidents(party=party, since=since, until=until))
        if party is not None:
            name = party
            timelines = [chosen(each, found.holders, party=party, since=since, until=until)
                         for each in found.book.timelines.values()]
    pledges = [
        entry for entry in pledge_entries(desk.view)[0]
        if touches(entry.day, since, until)
        and names_it(name, [worded.text for some in (entry.by, entry.to, entry.places) for worded in some])
    ]
    forecasts = [
        entry for entry in forecast_entries(desk.view)[0]
        if entry.outcome == "unresolved" and any(
            touches(one.stated.published, since, until)
            and names_it(name, [one.sentence, one.forecaster, *one.parties, *(place for place, _ in one.places)])
            for one in entry.outlooks
        )
    ]
    documents = {key for incident in incidents for key in incident.documents}
    documents |= {key for timeline in timelines for key in timeline.documents}
    tallies = [
        tally for tally in desk.view.tallies()
        if tally.citation.document in documents and (
            names_it(name, [tally.place.name]) if tally.place else names_it(name, [desk.sentence(tally.citation)])
        )
    ]
    entries = desk.view.entries(documents)
    revised = [
        each for each in revisions(papers(desk.view, entries))
        if names_it(name, [desk.sentence(each.a), desk.sentence(each.b)])
    ]
    if not (incidents or pledges or forecasts or tallies or any(timeline.lines for timeline in timelines)):
        raise UsageError(
            f"the ledger has nothing on {name!r}{' in these days' if since or until else ''}: `rashomon incidents`,"
            " `rashomon control` and `rashomon actors show NAME` tell how places and actors are called"
        )
    numbers = track.Numbers(desk.sentence)
    sections = [
        track.incidents_section(incidents, numbers, desk.publisher, most),
        track.tallies_section(tallies, numbers, desk.publisher, most),
        track.control_section(timelines, numbers, desk.publisher, most),
        track.pledges_section(pledges, numbers, desk.publisher, most),
        track.forecasts_section(forecasts, numbers, most),
        track.revisions_section(revised, numbers, lambda cited: cited.span.of(desk.document(cited.document).text), most),
    ]
    origins = {origin for incident in incidents for origin in incident.origins}
    told = track.counted(len(documents), "article"), track.counted(len(origins), "traced origin")
    counted = f"{', '.join(told)}, {sum(incident.untraced for incident in incidents)} untraced"
    return track.Brief(name, since, until, counted, tuple(each for each in sections if each.items), numbers.all())


def _at_place(desk: Desk, name: str, since: str | None, until: str | None) -> list[Incident]:
    """Incidents at a place of that name, as an account or the whole has it."""
    from ..bookkeeping import names_it

    return [
        incident for incident in desk.view.incidents(since=since, until=until)
        if names_it(name, [
            *([incident.place.name] if incident.place else []),
            *(value.text for account in incident.accounts for value in account.fields if value.field == "place"),
        ])
    ]


def _party(desk: Desk, name: str) -> str | None:
    """The actor's name as readings give it, by any name that it goes by; None for nobody that the ledger has."""
    from ..knowledge.actors import load_actors
    from ..knowledge.who import who

    called = (name, *(one.name for one in who(load_actors(), name, None)))
    return next((each for each in called if any(desk.view.incidents(party=each))), None)
