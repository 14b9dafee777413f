"""`rashomon pledges`: who bound himself to what, or asked it of whom, and what is said to have become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from ..errors import UsageError
from ..records.vocabulary import PledgeKind
from . import options

if TYPE_CHECKING:
    pass

_KINDS = get_args(PledgeKind)


@click.command(short_help="Ceasefires, agreements, demands, offers, threats: terms, voices, what became of them.")
@click.argument("ids", metavar="[PLEDGE]...", nargs=-1)
@options.ledger
@click.option("--kind", type=click.Choice(_KINDS), help="Called so by some voice.")
@click.option("--party", metavar="NAME", help="By or to this party.")
@click.option("--place", metavar="NAME", help="Of this place.")
@click.option("--status", metavar="S", help="unresolved, contested, or said by some voice: broken, kept, rejected, extended, ...")
@click.option("--since", metavar="DAY", help="Touching this day or later (2016-09-12).")
@click.option("--until", metavar="DAY", help="Touching this day or earlier.")
@click.option("--as-of", "day", metavar="DAY", help="As told by the documents that had appeared by that day.")
@click.option("--why", is_flag=True, help="With the reasons: features and weights of each join and of each claim about it.")
@options.as_json
def pledges(
    ids: tuple[str, ...], ledger_at: str | None, kind: str | None, party: str | None, place: str | None, status: str | None,
    since: str | None, until: str | None, day: str | None, why: bool, as_json: bool,
) -> None:
    """Ceasefires, agreements, commitments, demands, offers, proposals, requests and threats: one entry a pledge, however many
    documents tell of it and whatever each calls it.

    Each entry shows the parties, the terms with their conditions, deadline, duration and place, each voice with its sentence
    (copies of one text are one voice), and what later claims say became of it. The status is always somebody's word: where
    nobody says, it is unresolved; where voices differ, contested.

    \b
    Examples:
      rashomon pledges --ledger war.db
      rashomon pledges --kind ceasefire --status broken --ledger war.db
      rashomon pledges --party Russia --since 2016-09-01 --until 2016-09-30 --ledger war.db --json
      rashomon pledges 4f1c29ab03 --why --ledger war.db
      rashomon pledges --as-of 2016-09-15 --ledger war.db
    """
    from ..bookkeeping import is_called, names_it, pledge_entries, touches
    from .desk import Desk
    from .known import day_of
    from .output import console, emit_record
    from .pledge_page import pledge_line, pledges_page

    since, until = (day_of(each) if each else None for each in (since, until))
    with Desk(ledger_at) as desk:
        every, unsure = pledge_entries(desk.view, day_of(day) if day else None)
        found = [
            entry for entry in every
            if (not ids or any(is_called(id, [telling.key for telling in entry.tellings]) for id in ids))
            and (kind is None or any(word.text == kind for word in entry.kinds))
            and (party is None or names_it(party, (word.text for word in (*entry.by, *entry.to))))
            and (place is None or names_it(place, (word.text for word in entry.places)))
            and (status is None or status == entry.standing or any(said.status == status for said in entry.said))
            and touches(entry.day, since, until)
        ]
        for document in unsure:
            click.echo(f"left out: {desk.caller_id(document)} may have appeared by {day}, or later", err=True)
        if ids and not found:
            raise UsageError(f"ledger {desk.where} has no pledge {ids[0]!r}: see `rashomon pledges`")
        if as_json:
            for entry in found:
                emit_record(pledge_line(entry, desk, why=why))
            return
        pledges_page(console(), found, desk, why=why)
