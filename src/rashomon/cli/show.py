"""`rashomon show`: one thing of the ledger, whatever its id stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from . import options

if TYPE_CHECKING:
    from .desk import Desk


@click.command()
@click.argument("id")
@options.ledger
@click.option("--why", is_flag=True, help="With the reasons: features and weights of each merge, of each comparison.")
@click.option("--format", "form", type=click.Choice(["page", "table", "csv", "html"]), default="page", show_default=True,
              help="An incident as a page, or as its matrix of fields by accounts.")
@click.option("--as-of", "day", metavar="DAY", help="An incident as the documents had it that had appeared by that day.")
@options.as_json
def show(id: str, ledger_at: str | None, why: bool, form: str, day: str | None, as_json: bool) -> None:
    """Show a document, claim, event, story or incident. The first characters of an id will do.

    A document also goes by the id that it was added under. A claim or event of a document is DOCUMENT/A3, DOCUMENT/E7.

    \b
    Examples:
      rashomon show 4f1c29ab03 --ledger war.db --why
      rashomon show report.html --ledger war.db
      rashomon show report.html/E7 --ledger war.db --json
      rashomon show 4f1c29ab03 --ledger war.db --format html > incident.html
      rashomon show 4f1c29ab03 --ledger war.db --as-of 2016-08-05
    """
    from .desk import Desk

    with Desk(ledger_at) as desk:
        kind, key = _find(desk, id)
        if kind == "incident":
            _show_incident(desk, key, why=why, form=form, day=day, as_json=as_json)
            return
        if form != "page" or day is not None:
            raise UsageError(f"{id!r} is a {kind}: only an incident has a matrix and a day (--format, --as-of)")
        (_show_json if as_json else _show_page)(desk, kind, key, why)


def _show_incident(desk: Desk, key: str, *, why: bool, form: str, day: str | None, as_json: bool) -> None:
    from ..compare import toll_history
    from .incident_page import headline, incident_page
    from .known import as_of, day_of
    from .lines import incident_line
    from .matrix import matrix, matrix_csv, matrix_html, matrix_table
    from .output import console, emit_record
    from .revised_page import later_json, later_of_incident, later_page
    from .tolls import toll_line

    incident = desk.view.incident(key)
    assert incident is not None
    unsure: tuple[str, ...] = ()
    if day is not None:
        then, unsure = as_of(desk, incident, day_of(day))
        for document in unsure:
            click.echo(f"left out: {desk.caller_id(document)} may have appeared by {day}, or later", err=True)
        if then is None:
            raise UsageError(f"no document of the ledger had surely told of {key[:10]} by {day}")
        incident = then
    tolls = toll_history(incident, desk.published(incident.documents))
    if as_json:
        more = {"merges": incident.merges} if why else {}
        known = {"as_of": day, "left_out": [desk.caller_id(document) for document in unsure]} if day is not None else {}
        emit_record({
            **incident_line(incident, desk), "toll_history": [toll_line(figure, desk) for figure in tolls],
            "corrected_later": later_json(later_of_incident(incident, desk, day), desk), **known, **more,
        })
    elif form == "csv":
        click.echo(matrix_csv(matrix(incident, desk)), nl=False)
    elif form == "html":
        history = [f"{line['published']['start'] or 'day unknown'}: {line['text']} ({line['field']}, "
                   f"{' › '.join(line['chain']) or line['file']})" for line in (toll_line(figure, desk) for figure in tolls)]
        click.echo(matrix_html(matrix(incident, desk), headline(incident), desk, history), nl=False)
    elif form == "table":
        matrix_table(console(), matrix(incident, desk))
    else:
        page = console()
        incident_page(page, incident, desk, why=why)
        later_page(page, later_of_incident(incident, desk, day), desk)


def _find(desk: Desk, id: str) -> tuple[str, str]:
    from ..records import claim_keys, event_keys

    found = desk.view.find(id)
    if found is not None:
        return found
    document, slash, local = id.rpartition("/")
    owner = desk.view.find(document) if slash else None
    if owner is not None and owner[0] == "document":
        reading = desk.reading(owner[1])
        if reading is not None:
            for kind, keys in (
                ("claim", claim_keys(owner[1], reading.attributions)), ("event", event_keys(owner[1], reading.events))
            ):
                if local in keys:
                    return kind, keys[local]
    raise UsageError(
        f"ledger {desk.where} has nothing, or more than one thing, under {id!r}: give more of the id, or look with"
        " `rashomon incidents` and `rashomon search`"
    )


def _show_page(desk: Desk, kind: str, key: str, why: bool) -> None:
    from ..builder import date_of
    from ..records import sentence_around
    from .incident_page import incident_page
    from .ledger_pages import date_page, document_page, story_page
    from .lineage_page import lineage_page
    from .output import console
    from .reading_page import claim_page, event_page, reading_page
    from .revised_page import later_of, later_of_incident, later_page

    page = console()
    if kind == "story":
        story = desk.story(key)
        story_page(page, story, desk)
        for incident in desk.view.incidents(story=story.id):
            page.print()
            incident_page(page, incident, desk, why=why)
            later_page(page, later_of_incident(incident, desk), desk)
    elif kind == "document":
        reading = desk.reading(key)
        if reading is None:
            document_page(page, desk.entry(key), desk.document(key).text)
        else:
            reading_page(page, reading)
            narrowed = date_of(desk.view, key)
            if narrowed is not None:
                date_page(page, narrowed)
            lineage_page(page, key, desk)
            later_page(page, later_of(key, None, desk), desk)
    elif kind == "claim":
        reading, claim = desk.claim(key)
        claim_page(page, reading, claim)
        later_page(page, later_of(_owner(desk, key), claim.content, desk), desk)
    else:
        reading, event, spoken = desk.event(key)
        event_page(page, reading, event, spoken)
        later_page(page, later_of(_owner(desk, key), [sentence_around(reading.text, event.trigger)], desk), desk)


def _owner(desk: Desk, key: str) -> str:
    """The document that a claim or an event stands in."""
    event = desk.view.event(key)
    claim = None if event is not None else desk.view.claim(key)
    owner = event or claim
    assert owner is not None
    return owner.document


def _show_json(desk: Desk, kind: str, key: str, why: bool) -> None:
    import msgspec

    from ..builder import date_of
    from ..records import sentence_around
    from .lines import reuse_line
    from .output import emit_record
    from .revised_page import later_json, later_of

    if kind == "story":
        story = desk.story(key)
        emit_record({"id": story.id, "documents": [desk.caller_id(member) for member in story.documents]})
    elif kind == "document":
        known = desk.reading(key)
        beside = {
            "ledger_date": date_of(desk.view, key), "lineage": [reuse_line(reuse, desk) for reuse in desk.view.reuses(key)],
            "corrected_later": [] if known is None else later_json(later_of(key, None, desk), desk),
        }
        emit_record(desk.entry(key) if known is None else {**msgspec.structs.asdict(known), **beside})
    elif kind == "claim":
        reading, claim = desk.claim(key)
        later = later_json(later_of(_owner(desk, key), claim.content, desk), desk)
        emit_record({"key": key, "document": reading.id, "claim": claim, "corrected_later": later})
    else:
        reading, event, spoken = desk.event(key)
        later = later_json(later_of(_owner(desk, key), [sentence_around(reading.text, event.trigger)], desk), desk)
        emit_record({"key": key, "document": reading.id, "event": event, "claim": spoken, "corrected_later": later})
