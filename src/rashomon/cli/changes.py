"""`rashomon changes`: what documents that appeared since a day changed in what is known of incidents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from . import options

if TYPE_CHECKING:
    from ..linker import Linker
    from ..records import Decision, Incident
    from .desk import Desk


@click.command(short_help="What documents since a day changed: accounts, tolls, denials, joins and splits.")
@options.ledger
@click.option("--since", "day", metavar="DAY", required=True, help="Documents that appeared on this day or later are new.")
@click.option("--where", metavar="NAME", help="Only incidents at a place whose name holds this.")
@options.as_json
def changes(ledger_at: str | None, day: str, where: str | None, as_json: bool) -> None:
    """What documents that appeared since a day changed: new accounts, moved tolls, new denials, corrections, joins, splits.

    A document is new when it surely appeared on that day or later; one whose day is unknown, when it was added then.
    Joins and splits compare the incidents of today with those of the older documents alone, and what people decided since counts.

    \b
    Examples:
      rashomon changes --since 2016-08-05 --ledger war.db
      rashomon changes --since 2016-08-05 --where Aleppo --json
    """
    from ..linker import Linker
    from .desk import Desk
    from .known import day_of
    from .output import console, emit_record, indented
    from .words import plain

    since = day_of(day)
    with Desk(ledger_at) as desk:
        new = frozenset(entry.key for entry in desk.view.documents() if _is_new(entry, since))
        page = None if as_json else console()
        found = 0
        for change in _changes(desk, new, where, since, Linker.load()):
            found += 1
            if page is None:
                emit_record(change)
            else:
                indented(page, f"{change['kind']}: {plain(change['what'])}  [{change['incident'][:10]}]", 0)
        if page is not None and not found:
            page.print(f"Nothing changed by documents since {since}.")


def _is_new(entry: Any, since: str) -> bool:
    if entry.published_start is None:
        return bool(entry.added[:10] >= since)
    return bool(entry.published_start[:10] >= since)


def _changes(
    desk: Desk, new: frozenset[str], where: str | None, since: str, linker: Linker
) -> Iterator[dict[str, Any]]:
    from ..news import news

    decisions = desk.view.decisions()
    decided = {key for each in decisions if each.decided[:10] >= since for key in each.documents}
    touched = new | decided
    incidents = [one for one in desk.view.incidents() if touched & set(one.documents) and _lies(one, where)]
    for incident in incidents:
        for each in news(incident, new, desk.publisher):
            yield _row(each.kind, incident, each.what, each.documents, desk)
    yield from _regrouped(desk, incidents, new, [each for each in decisions if each.decided[:10] < since], linker)


def _lies(incident: Incident, where: str | None) -> bool:
    if where is None:
        return True
    names = [incident.place.name] if incident.place is not None else []
    names += [value.text for account in incident.accounts for value in account.fields if value.field == "place"]
    return any(where.casefold() in name.casefold() for name in names)


def _regrouped(
    desk: Desk, incidents: Iterable[Incident], new: frozenset[str], decisions: Sequence[Decision], linker: Linker
) -> Iterator[dict[str, Any]]:
    """Incidents of today that hold several of before, and incidents of before that are now several. `decisions`: what people
    had decided before."""
    stories = sorted({incident.story for incident in incidents})
    for story in stories:
        now = list(desk.view.incidents(story=story))
        keys = sorted({key for one in now for key in one.documents} - new)
        before = linker.link(desk.view.readings(keys), decisions).incidents
        home = {event: one for one in now for event in one.events}
        for one in now:
            parts = [each for each in before if set(each.events) & set(one.events)]
            if len(parts) > 1:
                yield _row("joined", one, f"{len(parts)} incidents of before are one now: {one.action}", one.documents, desk)
        for each in before:
            halves = {home[event].id: home[event] for event in each.events if event in home}
            if len(halves) > 1:
                first = halves[min(halves)]
                what = f"an incident of before is {len(halves)} now: {each.action}"
                yield _row("split", first, what, each.documents, desk)


def _row(kind: str, incident: Incident, what: str, documents: Iterable[str], desk: Desk) -> dict[str, Any]:
    return {"kind": kind, "incident": incident.id, "what": what, "documents": [desk.caller_id(key) for key in documents]}
