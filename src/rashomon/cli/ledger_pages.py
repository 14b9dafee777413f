"""The ledger's lists for people: stories, search results, its state."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ..ledger import DocumentEntry, Hit, Status
from ..records import LedgerDate, Story
from . import words
from .desk import Desk
from .output import indented


def story_page(page: Console, story: Story, desk: Desk) -> None:
    """One story with its documents."""
    head = Text(f"{words.counted(len(story.documents), 'document')}  ", style="bold")
    page.print(head.append(story.id[: words.ID_SHOWN], style="cyan"))
    for key in story.documents:
        page.print(_document_line(desk.entry(key)))


def _document_line(entry: DocumentEntry) -> Text:
    line = Text(f"  {words.plain(entry.title or entry.id)}")
    publisher = words.plain(entry.publisher) if entry.publisher else "unknown publisher"
    unknown = entry.published_basis == "unknown"
    date = "on an unknown day" if unknown else words.day(entry.published_start, entry.published_end)
    line.append(f" · {publisher} · {date}", style="dim")
    if entry.state != "read":
        line.append(f" · {entry.state}: {words.plain(entry.reason or '')}", style="yellow")
    return line.append(f"  [{words.plain(entry.id)}]", style="dim")


def hit_page(page: Console, hit: Hit) -> None:
    """One passage with the words that were looked for."""
    head = Text(words.plain(hit.title or hit.id), style="bold")
    if hit.publisher:
        head.append(f" · {words.plain(hit.publisher)}", style="dim")
    head.append(f"  [{words.plain(hit.id)} {hit.span.start}:{hit.span.end}]", style="dim")
    page.print(head)
    passage, at = Text(), 0
    for mark in hit.marks:
        start, end = mark.start - hit.span.start, mark.end - hit.span.start
        passage.append(_printable(hit.text[at:start]))
        passage.append(_printable(hit.text[start:end]), style="bold yellow")
        at = end
    passage.append(_printable(hit.text[at:]))
    indented(page, passage, 2)
    page.print()


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def status_page(page: Console, status: Status, where: str) -> None:
    """The ledger in figures, then what was not read and what to do about it."""
    page.print(Text(f"Ledger {words.plain(where)}", style="bold").append(f"  {status.bytes / 1e6:.1f} MB", style="dim"))
    page.print(
        f"  {words.counted(status.documents, 'document')} ({status.read:,} read),"
        f" {words.counted(status.stories, 'story', 'stories')}, {words.counted(status.incidents, 'incident')}"
    )
    page.print(
        f"  {words.counted(status.claims, 'claim')}, {words.counted(status.events, 'event')},"
        f" {words.counted(status.entities, 'name')}, {words.counted(status.tallies, 'tally', 'tallies')}"
    )
    if status.comparisons:
        compared = ", ".join(f"{count:,} {relation}" for relation, count in sorted(status.comparisons.items()))
        page.print(f"  compared: {compared}")
    page.print(
        f"  {words.counted(status.captures, 'capture')}, {words.counted(status.retired, 'retired reading')},"
        f" {words.counted(status.judgements, 'judgement')}"
    )
    for label, some in (("Not read", status.not_read), ("Failed", status.failed)):
        if some:
            page.print(f"  {label}", style="bold")
            for one in some:
                # A source that is no document goes by its path, which its reason names already.
                told = one.reason if one.id in one.reason else f"{one.id}: {one.reason}"
                indented(page, words.plain(told), 4)
    if status.pending:
        page.print(f"  {words.counted(status.pending, 'document waits', 'documents wait')} to be linked: run `add` again")
    if status.outdated:
        page.print(
            f"  {words.counted(status.outdated, 'reading is', 'readings are')} of an older make: `rashomon reread`",
            style="yellow",
        )


def date_page(page: Console, found: LedgerDate) -> None:
    """What other documents add to a document's date, each step in words. The reading's own date stays as it is."""
    head = Text("  The ledger narrows its date", style="bold")
    likely = f", most likely {found.best}" if found.best and found.start != found.end else ""
    page.print(head.append(f"  {words.day(found.start, found.end)}{likely}", style="not bold"))
    for clue in found.clues:
        sure = "" if clue.certain or not clue.used else " (likely)"
        indented(page, f"· {words.plain(clue.why)}{sure}", 4, "dim")
    page.print()


def document_page(page: Console, entry: DocumentEntry, text: str) -> None:
    """A document that was kept without being read."""
    page.print(_document_line(entry))
    indented(page, words.short(text, 600), 2, "dim")
