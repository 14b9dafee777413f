"""Copied text for people: what one document shares with others, families of copies, lines that publishers repeat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from ..records import RepeatedLine, Reuse
from . import words
from .desk import Desk
from .output import indented

_COPIES = ("same-text", "light-edit", "republication", "wire-copy", "partial-copy")
_NAMES = {
    "same-text": "same text", "light-edit": "light edit", "republication": "republication", "wire-copy": "wire copy",
    "partial-copy": "copied in part",
}


def lineage_page(page: Console, key: str, desk: Desk, *, passages: bool = False) -> None:
    """What the document shares with others, under what that is; `passages`: with the words."""
    found = desk.view.reuses(key)
    if not found:
        if passages:
            page.print("It shares no text with another document.")
        return
    page.print("  Text shared with other documents", style="bold")
    copies = [each for each in found if each.kind in _COPIES]
    groups: list[tuple[str, list[Reuse]]] = [
        ("copies", copies),
        ("quoted in", [each for each in found if each.kind == "quoted" and not _quotes(each, key)]),
        ("quotes", [each for each in found if each.kind == "quoted" and _quotes(each, key)]),
        ("shares a quotation with", [each for each in found if each.kind == "shared-quotation"]),
        ("shares a passage with", [each for each in found if each.kind == "shared-passage"]),
    ]
    for label, some in groups:
        for each in some:
            _line(page, label, each, key, desk)
            if passages:
                _passages(page, each, key, desk)
    if copies:
        indented(page, f"first: {_first(copies, key, desk)}", 4)


def families_page(page: Console, desk: Desk) -> None:
    """All documents that share text: copies as families, then the pairs that share less, then how many lines are repeated."""
    found = desk.view.reuses()
    copies = [each for each in found if each.kind in _COPIES]
    for family in _families(copies):
        page.print(Text(words.counted(len(family), "document") + " of one text or parts of it", style="bold"))
        for key in sorted(family, key=lambda key: (desk.entry(key).published_start or "9999", key)):
            page.print(Text(f"  {_named(key, desk)}").append(f" · {_day(key, desk)}", style="dim"))
        for each in copies:
            if each.a in family:
                indented(page, f"{_kind(each)}: {_both(each, desk)}{_order(each, desk)}", 4, "dim")
    others = [each for each in found if each.kind not in _COPIES]
    if others:
        page.print("Quotations and passages in common", style="bold")
        for each in others:
            page.print(Text(f"  {each.kind.replace('-', ' ')}: {_both(each, desk)}{_order(each, desk)}"))
    if not found:
        page.print("No two documents share text.")
    lines = desk.view.repeated_lines()
    if lines:
        page.print(
            f"{words.counted(len(lines), 'line')} that publishers repeat, never counted: `rashomon lineage --lines`", style="dim"
        )


def lines_page(page: Console, lines: Sequence[RepeatedLine]) -> None:
    """The lines that publishers repeat, under their publishers."""
    publisher = None
    for line in lines:
        if line.publisher != publisher:
            publisher = line.publisher
            page.print(Text(words.plain(publisher), style="bold"))
        indented(page, f"{line.documents:,} ×  {words.short(line.text, 200)}", 2)
    if not lines:
        page.print("No publisher repeats a line in enough of its documents.")


def _line(page: Console, label: str, reuse: Reuse, key: str, desk: Desk) -> None:
    mine, other = (reuse.share_a, reuse.b) if reuse.a == key else (reuse.share_b, reuse.a)
    line = Text(f"{label}: {_named(other, desk)}")
    told = [_kind(reuse)] if reuse.kind in _COPIES else []
    told += [f"{mine:.0%} of this text", _day(other, desk)]
    if reuse.first is not None:
        told.append("later" if reuse.first == key else "earlier")
    indented(page, line.append(f" · {' · '.join(told)}", style="dim"), 4)


def _passages(page: Console, reuse: Reuse, key: str, desk: Desk) -> None:
    text = desk.document(key).text
    for passage in reuse.passages:
        span = passage.a if reuse.a == key else passage.b
        indented(page, f"“{words.short(span.of(text), 400)}”  {passage.words} words", 6, "dim")


def _first(copies: Iterable[Reuse], key: str, desk: Desk) -> str:
    """Which of the document and its copies appeared first, as far as their days tell."""
    earlier = [words.plain(desk.caller_id(each.first)) for each in copies if each.first is not None and each.first != key]
    if earlier:
        return ", ".join(earlier) + (" (each before this one)" if len(earlier) > 1 else "")
    return "this one" if all(each.first == key for each in copies) else "the days of publication do not tell"


def _quotes(reuse: Reuse, key: str) -> bool:
    """Whether the document `key` is the one that quotes."""
    count = {"quoted-in-a": 0, "quoted-in-b": 0}
    for passage in reuse.passages:
        if passage.kind in count:
            count[passage.kind] += passage.words
    return (count["quoted-in-a"] >= count["quoted-in-b"]) == (reuse.a == key)


def _families(copies: Iterable[Reuse]) -> list[set[str]]:
    family: dict[str, set[str]] = {}
    for each in copies:
        joined = family.get(each.a, {each.a}) | family.get(each.b, {each.b})
        family.update(dict.fromkeys(joined, joined))
    return sorted({min(each): each for each in family.values()}.values(), key=lambda each: (-len(each), min(each)))


def _kind(reuse: Reuse) -> str:
    name = _NAMES.get(reuse.kind, reuse.kind.replace("-", " "))
    return f"{name} of {words.plain(reuse.agency)}" if reuse.kind == "wire-copy" and reuse.agency else name


def _both(reuse: Reuse, desk: Desk) -> str:
    one, other = words.plain(desk.caller_id(reuse.a)), words.plain(desk.caller_id(reuse.b))
    return f"{one} ({reuse.share_a:.0%}) and {other} ({reuse.share_b:.0%})"


def _order(reuse: Reuse, desk: Desk) -> str:
    return f"; first: {words.plain(desk.caller_id(reuse.first))}" if reuse.first else ""


def _named(key: str, desk: Desk) -> str:
    entry = desk.entry(key)
    return words.plain(f"{entry.id} ({entry.publisher or 'unknown publisher'})")


def _day(key: str, desk: Desk) -> str:
    entry = desk.entry(key)
    return words.day(entry.published_start, entry.published_end) if entry.published_start else "on an unknown day"
