"""Commands by which a person joins and splits incidents for good, and takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from . import options

if TYPE_CHECKING:
    from ..records import Anchor, Decision, Incident
    from .desk import Desk

_by = click.option("--by", "person", metavar="NAME", required=True, help="Who decides this.")
_note = click.option("--note", metavar="TEXT", help="Why.")


@click.command(short_help="Say that incidents are one happening, for good.")
@click.argument("ids", metavar="INCIDENT INCIDENT...", nargs=-1, required=True)
@_by
@_note
@options.ledger
@options.as_json
def join(ids: tuple[str, ...], person: str, note: str | None, ledger_at: str | None, as_json: bool) -> None:
    """Say that two or more incidents are one happening. Their documents then stand in one story.

    It holds whatever is added, read or linked again later, until it is withdrawn.

    \b
    Example:
      rashomon join 4f1c29ab03 9be17720c1 --by "Ann Lee" --note "same market, 5 August" --ledger war.db
    """
    from .desk import Desk

    with Desk(ledger_at) as desk:
        incidents = {incident.id: incident for incident in (_incident(desk, id) for id in ids)}
        if len(incidents) < 2:
            raise UsageError("a join needs two different incidents: see `rashomon incidents`")
        _decide(desk, "join", [_anchors(desk, incidents[id].events) for id in sorted(incidents)], person, note, as_json)


@click.command(short_help="Say that events of an incident are another happening, for good.")
@click.argument("id", metavar="INCIDENT")
@click.argument("events", metavar="EVENT...", nargs=-1, required=True)
@_by
@_note
@options.ledger
@options.as_json
def split(
    id: str, events: tuple[str, ...], person: str, note: str | None, ledger_at: str | None, as_json: bool
) -> None:
    """Say that some events of an incident are another happening than the rest of it. An event goes by its id or as DOCUMENT/E7.

    It holds whatever is added, read or linked again later, until it is withdrawn.

    \b
    Example:
      rashomon split 4f1c29ab03 report.html/E7 --by "Ann Lee" --ledger war.db
    """
    from .desk import Desk

    with Desk(ledger_at) as desk:
        incident = _incident(desk, id)
        taken = {_event(desk, event) for event in events}
        strange = sorted(taken - set(incident.events))
        if strange:
            shown = incident.id[:10]
            raise UsageError(f"event {strange[0][:10]} is none of incident {shown}: see `rashomon show {shown} --why`")
        rest = set(incident.events) - taken
        if not rest:
            raise UsageError(f"incident {incident.id[:10]} has no other events: leave at least one with it")
        _decide(desk, "split", [_anchors(desk, taken), _anchors(desk, rest)], person, note, as_json)


@click.command(short_help="Take back a join or a split.")
@click.argument("id", metavar="DECISION")
@options.ledger
@options.as_json
def withdraw(id: str, ledger_at: str | None, as_json: bool) -> None:
    """Take back a join or a split: what it spoke of is linked again as if it had never been decided. It stays listed.

    \b
    Example:
      rashomon withdraw 77ab01c2 --ledger war.db
    """
    from ..builder import link_waiting
    from .desk import Desk
    from .output import console, emit_record

    with Desk(ledger_at) as desk:
        found = [each for each in desk.view.decisions() if each.id.startswith(id)]
        if len(found) != 1:
            raise UsageError(f"{id!r} is no decision that holds, or more than one: see `rashomon decisions`")
        desk.ledger.writer().withdraw(found[0])
        link_waiting(desk.ledger)
        if as_json:
            emit_record({"id": found[0].id, "withdrawn": True})
        else:
            console().print(f"Withdrawn: {decision_line(found[0])}")


@click.command(short_help="What people joined and split.")
@options.ledger
@options.as_json
def decisions(ledger_at: str | None, as_json: bool) -> None:
    """What people joined and split, the newest first, with what was withdrawn.

    \b
    Example:
      rashomon decisions --ledger war.db
    """
    from .desk import Desk
    from .output import console, emit_record, indented

    with Desk(ledger_at) as desk:
        page = console()
        for each in desk.view.decisions(withdrawn=True):
            if as_json:
                emit_record(each)
            else:
                indented(page, f"{each.id[:10]}  {decision_line(each)}", 0)


def decision_line(decision: Decision) -> str:
    """Who decided what and when, in one line."""
    from . import words

    what = "joined" if decision.kind == "join" else "split"
    line = f"{what} by {words.plain(decision.person)} on {decision.decided[:10]}"
    line += f": {words.plain(decision.note)}" if decision.note else ""
    return line + (f" (withdrawn on {decision.retired[:10]})" if decision.retired else "")


def _decide(
    desk: Desk, kind: str, parts: list[tuple[Anchor, ...]], person: str, note: str | None, as_json: bool
) -> None:
    from ..builder import link_waiting
    from .output import console, emit_record

    made = desk.ledger.writer().decide("join" if kind == "join" else "split", parts, person, note)
    link_waiting(desk.ledger)
    homes = {
        entry.incident for part in parts for anchor in part
        for entry in desk.view.events(document=anchor.document) if entry.trigger == anchor.span and entry.incident
    }
    if as_json:
        emit_record({"decision": made.id, "kind": made.kind, "incidents": sorted(homes)})
    else:
        page = console()
        page.print(f"{made.id[:10]}  {decision_line(made)}")
        page.print("Now in " + ", ".join(id[:10] for id in sorted(homes)) + ".")


def _incident(desk: Desk, id: str) -> Incident:
    found = desk.view.incident(id)
    if found is None:
        raise UsageError(f"ledger {desk.where} has no incident {id!r}, or more than one: see `rashomon incidents`")
    return found


def _event(desk: Desk, id: str) -> str:
    from ..records import event_keys

    document, slash, local = id.rpartition("/")
    owner = desk.view.find(document) if slash else None
    reading = desk.reading(owner[1]) if owner is not None and owner[0] == "document" else None
    if owner is not None and reading is not None:
        keys = event_keys(owner[1], reading.events)
        if local in keys:
            return keys[local]
    found = desk.view.find(id)
    if found is None or found[0] != "event":
        raise UsageError(f"ledger {desk.where} has no event {id!r}: see `rashomon show INCIDENT --why`")
    return found[1]


def _anchors(desk: Desk, events: tuple[str, ...] | set[str]) -> tuple[Anchor, ...]:
    from ..records import Anchor

    entries = [entry for key in sorted(events) if (entry := desk.view.event(key)) is not None]
    return tuple(Anchor(entry.document, entry.trigger) for entry in entries)
