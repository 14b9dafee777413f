"""Revisions and versions for people and as JSON, and the mark that other views set beside what was changed later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

from ..records import Citation, Incident, Interval, Revision, Span
from ..revising import changing, changing_cited, revised_later
from ..track.editions import Change
from ..track.voiced import Paper
from . import words
from .desk import Desk
from .output import indented

Difference = tuple[Paper, Paper, tuple[Change, ...], tuple[Revision, ...]]
_SAYS = {
    "figure": "another figure", "claim": "another claim", "correction": "corrected", "retraction": "taken back",
}
_LATER = {
    "figure": "figure changed later", "claim": "changed later", "correction": "corrected later", "retraction": "taken back later",
}


def chosen(
    found: Iterable[Revision], desk: Desk, *, source: str | None, kind: str | None, since: str | None, until: str | None,
    about: str | None,
) -> list[Revision]:
    """Those that were asked for, by the day of the newer passage, then by document and place."""
    some = [
        each for each in found
        if (kind is None or each.kind == kind) and (source is None or _is(each, source)) and _changed(each, desk, since, until)
        and (about is None or _counts(each, desk, about))
    ]
    days = {each.b.document: desk.entry(each.b.document).published_start or "9999" for each in some}
    return sorted(some, key=lambda each: (days[each.b.document], each.place))


def _is(each: Revision, source: str) -> bool:
    asked = source.casefold().split()
    names = [each.source, *each.a.chain[-1:], *each.b.chain[-1:]]
    return any(
        parts[at : at + len(asked)] == asked
        for name in names for parts in [name.casefold().split()] for at in range(len(parts) - len(asked) + 1)
    )


def _changed(each: Revision, desk: Desk, since: str | None, until: str | None) -> bool:
    entry = desk.entry(each.b.document)
    start, end = entry.published_start or entry.published_end, entry.published_end or entry.published_start
    if start is None or end is None:
        return since is None and until is None
    return (since is None or end[:10] >= since) and (until is None or start[:10] <= until)


def counted_on(cited: Citation, desk: Desk) -> Interval | None:
    """The days that a cited figure is counted for, as its text gives them: from its beginning to the day it is of."""
    reading = desk.reading(cited.document)
    if reading is None:
        return None
    for quantity in reading.quantities:
        if quantity.span == cited.span and (quantity.as_of or quantity.since):
            start = quantity.since or quantity.as_of
            return Interval(str(start), str(quantity.as_of or start))
    for event in reading.events:
        time = event.time if any(quantity.span == cited.span for quantity in event.quantities) else None
        if time is not None and time.start and time.end and time.basis in {"stated", "anchored"}:
            return Interval(time.start[:10], time.end[:10])
    return None


def _counts(each: Revision, desk: Desk, day: str) -> bool:
    days = [interval for side in (each.a, each.b) if (interval := counted_on(side, desk)) is not None]
    return any(interval.start <= day <= interval.end for interval in days)


def _side(cited: Citation, desk: Desk) -> dict[str, Any]:
    entry = desk.entry(cited.document)
    return {
        "file": entry.id, "span": cited.span, "text": cited.span.of(desk.document(cited.document).text),
        "sentence": desk.sentence(cited), "chain": cited.chain, "publisher": entry.publisher,
        "published": {"start": entry.published_start, "end": entry.published_end}, "counts": counted_on(cited, desk),
    }


def revision_line(each: Revision, desk: Desk) -> dict[str, Any]:
    """One revision as JSON; the line itself cites the newer passage."""
    newer = _side(each.b, desk)
    cited = {name: newer[name] for name in ("file", "span", "sentence", "chain", "publisher", "published")}
    return {
        "id": each.id, "kind": each.kind, "source": each.source, "relation": "superseded", "unannounced": each.unannounced,
        **cited, "a": _side(each.a, desk), "b": newer, "why": each.why,
    }


def revision_page(page: Console, each: Revision, desk: Desk) -> None:
    """What was said, what stands in its place, and whose word both are."""
    head = Text(f"{each.kind.capitalize()}", style="bold").append(f"  {words.plain(each.source)}", style="bold cyan")
    if each.unannounced:
        head.append("  (unannounced)", style="yellow")
    page.print(head.append(f"  {each.id[: words.ID_SHOWN]}", style="dim"))
    for label, cited in (("said ", each.a), ("later", each.b)):
        _passage(page, label, cited, desk)
    indented(page, words.plain(each.why), 8, "dim")
    page.print()


def _passage(page: Console, label: str, cited: Citation, desk: Desk) -> None:
    entry = desk.entry(cited.document)
    day = words.day(entry.published_start, entry.published_end) if entry.published_start else "on an unknown day"
    where = f"[{words.plain(entry.id)} {cited.span.start}:{cited.span.end}]"
    who = words.plain(entry.publisher or "unknown publisher")
    page.print(Text(f"  {label} ", style="bold").append(f"{day} · {who}  {where}", style="not bold dim"), soft_wrap=True)
    indented(page, marked(desk.document(cited.document).text, cited.sentence, [cited.span]), 8)


def marked(text: str, sentence: Span, spans: Iterable[Span]) -> Text:
    """The sentence with these pieces of it in bold between brackets, so that they show without colour as well."""
    whole = Span(min([sentence.start, *(span.start for span in spans)]), max([sentence.end, *(span.end for span in spans)]))
    line, at = Text("“"), whole.start
    for span in sorted(spans):
        if span.start < at or span == whole:
            continue
        line.append(_flat(text[at : span.start]))
        line.append(f"[{_flat(text[span.start : span.end])}]", style="bold")
        at = span.end
    return line.append(_flat(text[at : whole.end])).append("”")


def _flat(piece: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in piece)


def later_lines(some: Iterable[Revision], desk: Desk) -> list[str]:
    """What a view sets beside something that was changed later: by whom, when, in which sentence."""
    lines = []
    for each in some:
        entry = desk.entry(each.b.document)
        day = f", {words.day(entry.published_start, entry.published_end)}" if entry.published_start else ""
        silently = " without a note" if each.unannounced else ""
        old = words.short(each.a.span.of(desk.document(each.a.document).text), 80)
        new = words.short(desk.sentence(each.b), 200)
        mark = f"{_LATER[each.kind]}{silently} by {words.plain(each.source)}"
        lines.append(f"{mark}: “{old}” → “{new}”  [{words.plain(entry.id)}{day}]")
    return lines


def later_of(document: str, spans: Iterable[Span] | None, desk: Desk) -> tuple[Revision, ...]:
    """What was said at these places of a document, or anywhere in it for None, and changed later: in any document of the ledger.
    Every view that shows such a place flags it with this."""
    found = revised_later(desk.view, (document,))
    return found if spans is None else changing(found, document, spans)


def later_of_incident(incident: Incident, desk: Desk, day: str | None = None) -> tuple[Revision, ...]:
    """The same for the sentences that an incident's accounts cite; with a day, by documents that had surely appeared by it."""
    entries = desk.view.documents(state="read")
    there = None if day is None else {
        entry.key for entry in entries if (entry.published_end or "9999")[:10] <= day or entry.added[:10] <= day
    }
    found = revised_later(desk.view, incident.documents, until=there)
    cited = [value.citation for account in incident.accounts for value in account.fields]
    return changing_cited(found, [replace(citation, span=citation.sentence) for citation in cited])


def later_page(page: Console, some: Sequence[Revision], desk: Desk, by: int = 2) -> None:
    """The marks for people, each on lines of its own."""
    for line in later_lines(some, desk):
        indented(page, f"⚑ {line}", by, "yellow")


def later_json(some: Iterable[Revision], desk: Desk) -> list[dict[str, Any]]:
    """The marks as JSON."""
    return [revision_line(each, desk) for each in some]


def editions_page(page: Console, address: str, some: Sequence[Paper], found: Sequence[Difference], desk: Desk) -> None:
    """The versions in order, then what differs from each to the next."""
    page.print(Text(words.plain(address), style="bold").append(f"  {words.counted(len(some), 'version')}", style="dim"))
    for number, paper in enumerate(some, 1):
        page.print(f"  {number}  {paper.captured or 'capture without a time'}  [{paper.key[: words.ID_SHOWN]}]", style="dim")
    for number, (older, newer, changes, revised) in enumerate(found, 1):
        page.print()
        silent = any(change.kind == "changed" for change in changes) and not any(change.kind == "note" for change in changes)
        said = " (no note in the text says so)" if silent else ""
        page.print(Text(f"From {number} to {number + 1}", style="bold").append(
            f"  {words.counted(len(changes), 'difference')}{said}", style="not bold"))
        for change in changes:
            _change(page, change, older, newer)
        for each in revised:
            indented(page, f"{_SAYS[each.kind]} ({each.source}): {words.plain(each.why)}", 4, "yellow")
    if len(some) == 1:
        page.print("  Only one version is held.")


def _change(page: Console, change: Change, older: Paper, newer: Paper) -> None:
    if change.a is not None:
        spans = [old for old, _ in change.words if old.width]
        indented(page, Text("- ", style="red").append_text(marked(older.text, change.a.sentence, spans)), 4)
    if change.b is not None:
        spans = [new for _, new in change.words if new.width]
        sign = "+ " if change.kind != "note" else "+ note: "
        indented(page, Text(sign, style="green").append_text(marked(newer.text, change.b.sentence, spans)), 4)


def edition_lines(some: Sequence[Paper], found: Sequence[Difference], desk: Desk) -> Iterator[dict[str, Any]]:
    """One line a difference; of an address with one version, that version alone."""
    if len(some) == 1:
        yield {"kind": "only", "file": desk.caller_id(some[0].key), "key": some[0].key, "captured": some[0].captured}
    for older, newer, changes, revised in found:
        texts = {older.key: older.text, newer.key: newer.text}
        for change in changes:
            sides = {
                side: None if cited is None else {
                    "key": cited.document, "file": desk.caller_id(cited.document), "span": cited.span,
                    "sentence": cited.sentence.of(texts[cited.document]), "chain": cited.chain,
                }
                for side, cited in (("a", change.a), ("b", change.b))
            }
            cited = change.b or change.a
            assert cited is not None
            shown = sides["b"] or sides["a"] or {}
            entry = desk.entry(cited.document)
            yield {
                "kind": change.kind, "file": shown["file"], "span": cited.span, "sentence": shown["sentence"],
                "chain": cited.chain, "publisher": entry.publisher,
                "published": {"start": entry.published_start, "end": entry.published_end},
                "captured": {"a": older.captured, "b": newer.captured}, **sides,
                "words": [
                    {"a": {"span": old, "text": old.of(older.text)}, "b": {"span": new, "text": new.of(newer.text)}}
                    for old, new in change.words
                ],
                "revisions": [
                    revision_line(each, desk) for each in revised
                    if change.b is not None and each.b.span.overlaps(change.b.sentence)
                ],
            }
