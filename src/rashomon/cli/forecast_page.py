"""Forecasts for people and as JSON: the words, whose they are, what later documents tell, what a person says of the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from ..track.forecast_tellings import Outlook
from ..track.forecasts import Bearing, ForecastEntry, Outcome
from ..track.outcomes import FIELD
from . import words
from .desk import Desk
from .output import indented
from .tracking import cited, reasons, who

_COLOUR = {"for": "green", "against": "red", "after its horizon": "yellow"}


def forecast_line(entry: ForecastEntry, desk: Desk, *, why: bool) -> dict[str, Any]:
    """One forecast as JSON: first where it is told first, then every voice, then proposals, then what people say of it."""
    told = {one.key: one for one in entry.outlooks}
    first = told[entry.voices[0].statements[0]]
    certainty = {"low": entry.certainty[0], "high": entry.certainty[1]} if entry.certainty else None
    line: dict[str, Any] = {
        "id": entry.id, **_where(first, desk), "forecaster": entry.forecaster, "statement": entry.statement,
        "horizon": entry.horizon, "condition": entry.condition, "certainty_words": entry.certainty_words, "certainty": certainty,
        "topic": entry.topic,
        "voices": [
            {
                "name": voice.name, "chain": voice.chain,
                "statements": [{"key": key, **_where(told[key], desk)} for key in voice.statements],
                "copies": [{"key": key, **_where(told[key], desk)} for key in voice.copies],
            }
            for voice in entry.voices
        ],
        "proposals": [_bearing(each, desk, why=why) for each in entry.bearings],
        "outcome": entry.outcome, "outcomes": entry.outcomes,
    }
    return {**line, "merges": entry.merges} if why else line


def _where(one: Outlook, desk: Desk) -> dict[str, Any]:
    return cited(one.stated.citation, one.sentence, one.stated.publisher, one.stated.published, desk)


def _bearing(bearing: Bearing, desk: Desk, *, why: bool) -> dict[str, Any]:
    claim = bearing.claim
    line = {
        "stance": bearing.stance, "sort": claim.sort, "action": claim.action, "words": claim.words,
        **cited(claim.citation, claim.sentence, claim.publisher, claim.published, desk),
        "when": {"start": claim.time[0], "end": claim.time[1]}, "score": bearing.score,
        "copies": [desk.caller_id(key) for key in bearing.copies],
    }
    return {**line, "features": bearing.features} if why else line


def forecasts_page(page: Console, entries: Sequence[ForecastEntry], desk: Desk, *, why: bool) -> None:
    """Forecasts by day of publication."""
    if not entries:
        page.print("No forecast meets this.")
        return
    documents = {one.stated.citation.document for entry in entries for one in entry.outlooks}
    beside = sum(bool(entry.bearings) for entry in entries)
    settled = sum(entry.outcome != "unresolved" for entry in entries)
    indented(
        page,
        f"{words.counted(len(entries), 'forecast')} in {words.counted(len(documents), 'document')}: beside {beside} stands what"
        f" later documents tell; of {settled} a person has said how it came out (`rashomon outcome ID WORD --by NAME`).",
        0, "dim",
    )
    for entry in entries:
        page.print()
        forecast_page(page, entry, desk, why=why)


def forecast_page(page: Console, entry: ForecastEntry, desk: Desk, *, why: bool = False) -> None:
    """One forecast in full; `why` adds the reasons of every join and proposal."""
    told = {one.key: one for one in entry.outlooks}
    head = Text(f"{words.plain(entry.forecaster)}: {words.short(entry.statement, 160)}", style="bold")
    indented(page, head.append(f"  {entry.id[: words.ID_SHOWN]}", style="cyan"), 0)
    facts = []
    if entry.horizon:
        facts.append(f"horizon: {words.day(entry.horizon.start, entry.horizon.end)}")
    if entry.certainty_words:
        scale = f" ({entry.certainty[0]:.0%} to {entry.certainty[1]:.0%})" if entry.certainty else ""
        facts.append(f"certainty: “{words.plain(entry.certainty_words)}”{scale}")
    if entry.condition:
        facts.append(f"condition: {words.short(entry.condition, 160)}")
    if facts:
        indented(page, "; ".join(facts), 2, "dim")
    _outcome(page, entry)
    for voice in entry.voices:
        for number, key in enumerate(voice.statements):
            stated = told[key].stated
            if number == 0 or stated.citation.document != told[voice.statements[number - 1]].stated.citation.document:
                indented(page, who(stated.citation.chain, stated.publisher, stated.published), 2, "bold cyan")
            indented(page, f"“{words.short(told[key].sentence)}”  [{desk.caller_id(stated.citation.document)}]", 4)
        if voice.copies:
            copied = ", ".join(dict.fromkeys(desk.caller_id(told[key].stated.citation.document) for key in voice.copies))
            indented(page, f"the same text in {words.plain(copied)}: no further voice", 4, "dim")
    if entry.bearings:
        page.print("  What later documents tell (proposals; no outcome)", style="bold")
    for bearing in entry.bearings:
        claim = bearing.claim
        line = Text(f"{bearing.stance}  ", style=_COLOUR[bearing.stance])
        indented(page, line.append(who(claim.citation.chain, claim.publisher, claim.published), style="cyan"), 4)
        indented(page, f"“{words.short(claim.sentence)}”  [{desk.caller_id(claim.citation.document)}]", 6)
        for reason in reasons(bearing.features) if why else ():
            indented(page, reason, 8, "dim")
    if why and entry.merges:
        page.print("  Why these were taken to be one forecast", style="bold")
        for merge in entry.merges:
            files = " and ".join(words.plain(desk.caller_id(told[key].stated.citation.document)) for key in (merge.a, merge.b))
            indented(page, f"{files}: {merge.score:.2f}", 4)
            for reason in reasons(merge.features):
                indented(page, reason, 6, "dim")


def _outcome(page: Console, entry: ForecastEntry) -> None:
    if not entry.outcomes:
        indented(page, "unresolved: nobody has said how it came out", 2, "dim")
    for each in entry.outcomes:
        indented(page, outcome_text(each), 2, "yellow" if each.holds else "dim")


def said_of(document: str, desk: Desk) -> list[dict[str, Any]]:
    """What people say of how forecasts of one document (its key) came out, as JSON: the words, whose word it is and when."""
    text = desk.document(document).text
    return [
        {
            "span": each.span, "words": each.span.of(text), "outcome": each.value, "person": each.person, "note": each.note,
            "decided": each.decided,
        }
        for each in desk.view.judgements(document=document, field=FIELD) if each.span is not None
    ]


def said_page(page: Console, document: str, desk: Desk) -> None:
    """The same for people; nothing where nobody has said anything."""
    said = said_of(document, desk)
    if said:
        page.print("  How forecasts came out, as people say", style="bold")
    for each in said:
        note = f": {words.plain(each['note'])}" if each["note"] else ""
        told = f"{each['outcome']}, says {words.plain(each['person'])} ({each['decided'][:10]}){note}"
        indented(page, f"“{words.short(each['words'], 160)}”: {told}", 4, "yellow")
    if said:
        page.print()


def outcome_text(outcome: Outcome) -> str:
    """A person's word on how a forecast came out, in one line."""
    note = f": {words.plain(outcome.note)}" if outcome.note else ""
    changed = "" if outcome.holds else " (said otherwise since)"
    return f"{outcome.outcome}, says {words.plain(outcome.person)} ({outcome.decided[:10]}){note}{changed}"
