"""`rashomon forecasts` and `rashomon outcome`: who foretold what, what came after, and how a person says it came out."""

from __future__ import annotations

import click

from ..errors import UsageError
from . import options

_OUTCOMES = ("came-true", "did-not", "partly", "undecidable", "unresolved")


@click.command(short_help="Forecasts: whose, how sure, by when, and what later documents tell.")
@click.argument("ids", metavar="[FORECAST]...", nargs=-1)
@options.ledger
@click.option("--by", "who", metavar="NAME", help="Foretold by, or passed on through, this person, body or outlet.")
@click.option("--open", "unresolved", is_flag=True, help="Only those of which no person has said how they came out.")
@click.option("--since", metavar="DAY", help="Published on this day or later (2016-09-12).")
@click.option("--until", metavar="DAY", help="Published on this day or earlier.")
@click.option("--as-of", "day", metavar="DAY", help="As the documents had it, and people had said, by the end of that day.")
@click.option("--why", is_flag=True, help="With the reasons: features and weights of each join and of each proposal.")
@options.as_json
def forecasts(
    ids: tuple[str, ...], ledger_at: str | None, who: str | None, unresolved: bool, since: str | None, until: str | None,
    day: str | None, why: bool, as_json: bool,
) -> None:
    """Forecasts: who foretells what through whom, by when as far as the text says, how surely, on what condition.

    Beneath each stand sentences of later documents that may bear on it, for and against: proposals, with both sentences side by
    side. The outcome is set by a person alone (`rashomon outcome`); until then it is unresolved. Copies of one text are one.

    \b
    Examples:
      rashomon forecasts --ledger war.db
      rashomon forecasts --open --by "Ana Reuss" --ledger war.db
      rashomon forecasts --since 2016-09-01 --until 2016-09-30 --ledger war.db --json
      rashomon forecasts 4f1c29ab03 --why --ledger war.db
    """
    from ..bookkeeping import forecast_entries, forecast_names, is_called, names_it, touches
    from .desk import Desk
    from .forecast_page import forecast_line, forecasts_page
    from .known import day_of
    from .output import console, emit_record

    since, until = (day_of(each) if each else None for each in (since, until))
    with Desk(ledger_at) as desk:
        every, unsure, lost = forecast_entries(desk.view, day_of(day) if day else None)
        found = [
            entry for entry in every
            if (not ids or any(is_called(id, [one.key for one in entry.outlooks]) for id in ids))
            and (who is None or names_it(who, forecast_names(entry)))
            and not (unresolved and entry.outcome != "unresolved")
            and any(touches(one.stated.published, since, until) for one in entry.outlooks)
        ]
        for document in unsure:
            click.echo(f"left out: {desk.caller_id(document)} may have appeared by {day}, or later", err=True)
        for judgement in lost:
            where = f"{desk.caller_id(judgement.document)} {judgement.span.start}:{judgement.span.end}" if judgement.span else ""
            told = f"{judgement.person} said {judgement.value} of a forecast at {where} that is read as one no more"
            click.echo(f"kept, and shown with no forecast: {told}", err=True)
        if ids and not found:
            raise UsageError(f"ledger {desk.where} has no forecast {ids[0]!r}: see `rashomon forecasts`")
        if as_json:
            for entry in found:
                emit_record(forecast_line(entry, desk, why=why))
            return
        forecasts_page(console(), found, desk, why=why)


@click.command(short_help="Say how a forecast came out.")
@click.argument("id", metavar="FORECAST")
@click.argument("word", metavar="OUTCOME", type=click.Choice(_OUTCOMES))
@click.option("--by", "person", metavar="PERSON", required=True, help="Who says so.")
@click.option("--note", metavar="TEXT", help="Why.")
@options.ledger
@options.as_json
def outcome(id: str, word: str, person: str, note: str | None, ledger_at: str | None, as_json: bool) -> None:
    """Say how a forecast came out: came-true, did-not, partly, undecidable; or unresolved, which takes one's word back.

    It is kept as that person's word on the words of the forecast, whatever is read or added later; what was said before stays in
    the history.

    \b
    Example:
      rashomon outcome 4f1c29ab03 came-true --by "Ann Lee" --note "taken on 5 July, says the mayor" --ledger war.db
    """
    from ..bookkeeping import forecast_entries, is_called
    from ..track.outcomes import FIELD, VERDICTS
    from .desk import Desk
    from .forecast_page import forecast_line, forecast_page
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        found = [entry for entry in forecast_entries(desk.view)[0] if is_called(id, [one.key for one in entry.outlooks])]
        if len(found) != 1:
            raise UsageError(f"{id!r} is no forecast of ledger {desk.where}, or more than one: see `rashomon forecasts`")
        first = found[0].outlooks[0].stated
        desk.ledger.writer().judge(
            first.citation.document, first.said.span, FIELD, VERDICTS[word], person, value=word, note=note
        )
        (entry,) = (each for each in forecast_entries(desk.view)[0] if each.id == found[0].id)
        if as_json:
            emit_record(forecast_line(entry, desk, why=False))
            return
        forecast_page(console(), entry, desk)
