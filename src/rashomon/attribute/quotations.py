"""Quotation marks paired up: what stands inside marks, over how many paragraphs, and what was left open."""

from __future__ import annotations

import re

import msgspec

from ..records import Block, Span

# Longest quotation believed when its closing mark is far away, in paragraphs. A mark left open ends with its paragraph.
LONGEST = 12
_OPEN = {"“": "”", "«": "»", "„": "”", "‘": "’", "‹": "›"}
_APOSTROPHES = {"‘", "‹"}
_CLOSE = {"”", "»", "’", "›"}
_MARKS = re.compile(r"[“”„«»‹›‘’\"]|''|``")
_WORDY = re.compile(r"\w")


class Quotation(msgspec.Struct, frozen=True):
    """One quotation. `pieces` are its spans inside the marks, one a paragraph; `outer` runs from mark to mark.

    `closed` is False where no closing mark was found and the quotation was ended with its paragraph. `words` is the
    number of words. Quotations inside others are not listed apart.
    """

    outer: Span
    pieces: tuple[Span, ...]
    closed: bool
    words: int

    @property
    def inner(self) -> Span:
        """From the first word to the last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


def find_quotations(text: str, blocks: tuple[Block, ...]) -> tuple[Quotation, ...]:
    """Every quotation in the body's blocks, in text order, in time linear in the text.

    A quotation of several paragraphs repeats its opening mark at each and closes once; so an unclosed mark is carried
    on only while the next paragraph opens with the same mark, or when the closing mark comes before any other opening.
    """
    body = [block.span for block in blocks if block.kind != "boilerplate"]
    found: list[Quotation] = []
    index = 0
    while index < len(body):
        index = _in_block(text, body, index, found)
    return tuple(found)


def _in_block(text: str, body: list[Span], index: int, found: list[Quotation]) -> int:
    """Adds the quotations that begin in block `index`; returns the block to go on with."""
    span = body[index]
    opened: tuple[int, int, str] | None = None
    depth = 0
    for start, end, mark, side in _marks(text, span):
        if opened is None:
            if side == "open":
                opened, depth = (start, end, mark), 1
            continue
        if _closes(opened[2], mark, side):
            depth -= 1
            if depth == 0:
                _add(text, found, opened[0], end, (Span(opened[1], start),), True)
                opened = None
        elif side == "open" and mark == opened[2] and mark not in ('"', "''"):
            depth += 1
    if opened is None:
        return index + 1
    if opened[2] in _APOSTROPHES:  # more often an apostrophe than a quotation left open
        return index + 1
    return _carry(text, body, index, opened, found)


def _carry(text: str, body: list[Span], index: int, opened: tuple[int, int, str], found: list[Quotation]) -> int:
    """A quotation left open in block `index`: over further paragraphs if the marks bear it out, else to its block's end."""
    pieces = [Span(opened[1], body[index].end)]
    for at in range(index + 1, min(len(body), index + LONGEST)):
        marks = list(_marks(text, body[at]))
        repeated = bool(marks) and marks[0][0] == body[at].start and marks[0][2] == opened[2]
        if repeated:
            marks = marks[1:]
        start = body[at].start + (1 if repeated else 0)
        depth = 1
        for mark_start, mark_end, mark, side in marks:
            if _closes(opened[2], mark, side):
                depth -= 1
                if depth == 0:
                    tail = text[mark_end : body[at].end]
                    if not repeated and _WORDY.search(tail) and at > index + 1:
                        break
                    pieces.append(Span(start, mark_start))
                    _add(text, found, opened[0], mark_end, tuple(pieces), True)
                    return at if _WORDY.search(tail) is None else _rest(text, body, at, mark_end, found)
            elif side == "open" and mark == opened[2]:
                depth += 1
        if depth != 1:
            break
        pieces.append(Span(start, body[at].end))
        if not marks and not repeated and at - index >= LONGEST - 1:
            break
    _add(text, found, opened[0], body[index].end, (Span(opened[1], body[index].end),), False)
    return index + 1


def _rest(text: str, body: list[Span], at: int, offset: int, found: list[Quotation]) -> int:
    """Goes on inside block `at` after `offset`, by cutting what is done off the block."""
    body[at] = Span(offset, body[at].end)
    return at


def _marks(text: str, span: Span) -> list[tuple[int, int, str, str]]:
    """Marks in the span as (start, end, mark, "open" | "close"). Apostrophes are left out."""
    out: list[tuple[int, int, str, str]] = []
    straight_open = False
    for match in _MARKS.finditer(text, span.start, span.end):
        mark, start, end = match.group(), match.start(), match.end()
        before = text[start - 1] if start > span.start else " "
        after = text[end] if end < span.end else " "
        if mark in ("'", "’") and before.isalnum() and after.isalnum():
            continue
        if mark in ('"', "''", "``"):
            straight_open = mark == "``" or _straight_opens(before, after, straight_open)
            out.append((start, end, "''" if mark == "''" else '"', "open" if straight_open else "close"))
        elif mark == "“" and not before.isspace() and after.isspace() and before not in "(—–―-":
            out.append((start, end, "”", "close"))  # written the wrong way round: Mostly false.“
        elif mark == "”" and after.isalnum() and (before.isspace() or before in "—–―"):
            out.append((start, end, "“", "open"))  # ―”So it was,” he said.
        elif mark in _OPEN and not (mark == "‘" and before.isalnum()):
            # A closing guillemet style written the other way round (»so«) is not told apart: rare in English.
            out.append((start, end, mark, "open"))
        elif mark in _CLOSE:
            out.append((start, end, mark, "close"))
    return out


def _straight_opens(before: str, after: str, inside: bool) -> bool:
    """Whether a straight mark between these two characters opens a quotation."""
    if before.isspace() != after.isspace():
        return before.isspace()
    return not inside


def _closes(opening: str, mark: str, side: str) -> bool:
    """True when `mark` can close `opening`."""
    if opening in _OPEN:
        return (mark == _OPEN[opening] and side == "close") or (opening == "“" and mark == '"' and side == "close")
    return mark == opening and side == "close"


def _add(text: str, found: list[Quotation], start: int, end: int, pieces: tuple[Span, ...], closed: bool) -> None:
    kept = tuple(piece for piece in (piece.trimmed(text) for piece in pieces) if piece.width)
    if not kept:
        return
    words = sum(len(piece.of(text).split()) for piece in kept)
    found.append(Quotation(Span(start, end), kept, closed, words))
