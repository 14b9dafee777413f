"""Pledges for people and as JSON: what is promised or asked, in whose words, and what is said to have become of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from ..records import Span
from ..track.pledge_tellings import Telling
from ..track.pledges import PledgeEntry, StatusSaid, Worded
from . import words
from .desk import Desk
from .output import indented
from .tracking import cited, reasons, who


def pledge_line(entry: PledgeEntry, desk: Desk, *, why: bool) -> dict[str, Any]:
    """One pledge as JSON: first where it is told first, then every voice, then what is said of it."""
    told = {telling.key: telling for telling in entry.tellings}
    speaks = {key: voice.name for voice in entry.voices for key in (*voice.statements, *voice.copies)}

    def worded(some: Sequence[Worded]) -> list[dict[str, Any]]:
        return [
            {"text": each.text, "voices": list(dict.fromkeys(speaks[key] for key in each.by)), "statements": each.by}
            for each in some
        ]

    line: dict[str, Any] = {
        "id": entry.id, **_where(told[entry.voices[0].statements[0]], desk), "kinds": worded(entry.kinds), "by": worded(entry.by),
        "to": worded(entry.to), "terms": worded(entry.terms), "conditions": worded(entry.conditions),
        "deadlines": worded(entry.deadlines), "durations": worded(entry.durations), "places": worded(entry.places),
        "day": {"start": entry.day[0], "end": entry.day[1]},
        "voices": [
            {
                "name": voice.name, "chain": voice.chain,
                "statements": [_statement(told[key], desk) for key in voice.statements],
                "copies": [_statement(told[key], desk) for key in voice.copies],
            }
            for voice in entry.voices
        ],
        "standing": entry.standing, "status": entry.status, "said": [_said(said, desk, why=why) for said in entry.said],
    }
    return {**line, "merges": entry.merges} if why else line


def _where(telling: Telling, desk: Desk) -> dict[str, Any]:
    return cited(telling.stated.citation, telling.sentence, telling.stated.publisher, telling.stated.published, desk)


def _statement(telling: Telling, desk: Desk) -> dict[str, Any]:
    pledge = telling.pledge
    return {
        "key": telling.key, **_where(telling, desk), "kind": pledge.kind, "by": telling.by, "to": telling.to,
        "terms": pledge.terms, "conditions": pledge.conditions, "deadline": pledge.deadline, "duration": pledge.duration,
    }


def _said(said: StatusSaid, desk: Desk, *, why: bool) -> dict[str, Any]:
    line = {
        "status": said.status, "words": said.words, "voice": said.voice,
        **cited(said.citation, said.sentence, said.publisher, said.published, desk),
        "when": {"start": said.when[0], "end": said.when[1]}, "score": said.score,
        "copies": [desk.caller_id(key) for key in said.copies],
    }
    return {**line, "features": said.features} if why else line


def pledges_page(page: Console, entries: Sequence[PledgeEntry], desk: Desk, *, why: bool) -> None:
    """Pledges by day, those that several voices tell of or whose end is told in full, the others as a line each below."""
    if not entries:
        page.print("No pledge meets this.")
        return
    documents = {telling.stated.citation.document for entry in entries for telling in entry.tellings}
    several = sum(len(entry.voices) > 1 for entry in entries)
    spoken = sum(entry.standing != "unresolved" for entry in entries)
    page.print(
        f"{words.counted(len(entries), 'pledge')} in {words.counted(len(documents), 'document')}: {several} told by several"
        f" voices; of {spoken} somebody says what became of it. A status is always the voice's that is named with it.",
        style="dim",
    )
    for entry in entries:
        page.print()
        pledge_page(page, entry, desk, why=why)


def pledge_page(page: Console, entry: PledgeEntry, desk: Desk, *, why: bool = False) -> None:
    """One pledge in full; `why` adds the reasons of every join and of every claim about it."""
    told = {telling.key: telling for telling in entry.tellings}
    head = Text(headline(entry), style="bold")
    indented(page, head.append(f"  {entry.id[: words.ID_SHOWN]}", style="cyan"), 0)
    indented(page, _standing(entry), 2, "yellow" if entry.standing == "contested" else "dim")
    speaks = {key: voice.name for voice in entry.voices for key in voice.statements}
    for label, some in (
        ("called", entry.kinds if min(len(entry.kinds), len(entry.voices)) > 1 else ()),
        ("terms", entry.terms), ("condition", entry.conditions), ("deadline", entry.deadlines), ("lasts", entry.durations),
    ):
        for each in some:
            voices = ", ".join(dict.fromkeys(words.plain(speaks[key]) for key in each.by))
            indented(page, f"{label}: {words.short(each.text, 200)}" + (f"  ({voices})" if len(entry.voices) > 1 else ""), 2)
    for voice in entry.voices:
        quoted: set[tuple[str, Span]] = set()
        for number, key in enumerate(voice.statements):
            telling = told[key]
            stated = telling.stated
            if number == 0 or stated.citation.document != told[voice.statements[number - 1]].stated.citation.document:
                indented(page, who(stated.citation.chain, stated.publisher, stated.published), 2, "bold cyan")
            at = stated.citation.document, stated.citation.sentence
            if at not in quoted:
                quoted.add(at)
                indented(page, f"“{words.short(telling.sentence)}”  [{desk.caller_id(stated.citation.document)}]", 4)
        if voice.copies:
            copied = ", ".join(dict.fromkeys(desk.caller_id(told[key].stated.citation.document) for key in voice.copies))
            indented(page, f"the same text in {words.plain(copied)}: no further voice", 4, "dim")
    if entry.said:
        page.print("  What is said to have become of it", style="bold")
    for said in entry.said:
        _status(page, said, desk, why=why)
    if why and entry.merges:
        page.print("  Why these were taken to be one pledge", style="bold")
        for merge in entry.merges:
            pair = " and ".join(_place(told[key], desk) for key in (merge.a, merge.b))
            indented(page, f"{pair}: {merge.score:.2f}", 4)
            for reason in reasons(merge.features):
                indented(page, reason, 6, "dim")


def headline(entry: PledgeEntry) -> str:
    """What it is called, by whom to whom, where, when; what nobody says is left out."""
    parts = [" / ".join(word.text for word in entry.kinds)]
    by, to = (words.short("; ".join(word.text for word in side), 80) for side in (entry.by, entry.to))
    if by or to:
        parts.append(f"{by or '?'} → {to}" if to else by)
    parts += [words.short(word.text, 60) for word in entry.places[:1]]
    if any(entry.day):
        parts.append(words.day(*entry.day) if entry.day[0] else f"reported by {entry.day[1]}")
    return " · ".join(parts)


def _standing(entry: PledgeEntry) -> str:
    if entry.standing == "unresolved":
        return "unresolved: no later claim says what became of it"
    told = "; ".join(dict.fromkeys(f"{said.status} ({words.plain(said.voice)})" for said in entry.said))
    return f"contested: {told}" if entry.standing == "contested" else f"said to be {told}"


def _status(page: Console, said: StatusSaid, desk: Desk, *, why: bool) -> None:
    line = Text(f"{said.status}", style="yellow")
    line.append(f"  said by {who(said.citation.chain, said.publisher, said.published)}", style="cyan")
    indented(page, line, 4)
    indented(page, f"“{words.short(said.sentence)}”  [{desk.caller_id(said.citation.document)}]", 6)
    if said.copies:
        indented(page, f"the same text in {', '.join(words.plain(desk.caller_id(key)) for key in said.copies)}", 6, "dim")
    for reason in reasons(said.features) if why else ():
        indented(page, reason, 8, "dim")


def _place(telling: Telling, desk: Desk) -> str:
    return f"“{words.short(telling.words, 50)}” [{words.plain(desk.caller_id(telling.stated.citation.document))}]"
