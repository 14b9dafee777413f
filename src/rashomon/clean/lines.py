"""Cutting a text into blocks: its lines, a wrapped paragraph joined again, what a scraper glued together cut apart."""

from __future__ import annotations

from typing import NamedTuple

from ..knowledge.boilerplate import Furniture
from ..records import Span
from ..records.vocabulary import BoilerplateKind

# Furniture is short: only so many characters at a block's two ends are searched for glued pieces, whatever its length.
_HEAD, _TAIL = 200, 700
_SENTENCE_ENDS = ".!?:;\"”’')]…"
# One character for one character, so that offsets into the plain text are offsets into the text.
_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'", "\u00a0": " ",
        "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\x85": " ",
        "\u2028": " ", "\u2029": " ",
    }
)  # fmt: skip


class Piece(NamedTuple):
    """A stretch of text that stands or falls as one. `kind` is set where its form alone settles it.

    `gap` is the number of blank lines before it; a piece cut off another has -1.
    """

    span: Span
    plain: str
    gap: int
    kind: BoilerplateKind | None = None


def plain(text: str) -> str:
    """The text with straight quotation marks and plain spaces, character for character."""
    return text.translate(_PLAIN)


def cut(text: str, furniture: Furniture) -> list[Piece]:
    """The text's pieces in order: together they cover every non-space character exactly once.

    Lines end where `str.splitlines` ends them. Linear in the length of the text.
    """
    lines = _lines(text)
    pieces: list[Piece] = []
    for span, gap in _joined(text, lines):
        pieces.extend(_apart(span, plain(span.of(text)), gap, furniture))
    return pieces


def _lines(text: str) -> list[tuple[Span, int]]:
    found: list[tuple[Span, int]] = []
    at, blank = 0, 0
    for line in text.splitlines(keepends=True):
        kept = line.strip()
        if kept:
            start = at + len(line) - len(line.lstrip())
            found.append((Span(start, start + len(kept)), blank))
            blank = 0
        else:
            blank += 1
        at += len(line)
    return found


def _joined(text: str, lines: list[tuple[Span, int]]) -> list[tuple[Span, int]]:
    width = _wrap_width(text, lines)
    joined: list[tuple[Span, int]] = []
    last = Span(0, 0)
    for span, gap in lines:
        if joined and gap == 0 and _goes_on(text, last, span, width):
            joined[-1] = (Span(joined[-1][0].start, span.end), joined[-1][1])
        else:
            joined.append((span, gap))
        last = span
    return joined


def _wrap_width(text: str, lines: list[tuple[Span, int]]) -> int:
    """The width at which an e-mail or a teletype wrapped the text, 0 where nothing was wrapped."""
    widths = sorted(span.width for span, _ in lines)
    if len(widths) < 4 or widths[-1] > 140:
        return 0
    width = widths[len(widths) * 9 // 10]
    full = [i for i, (span, _) in enumerate(lines[:-1]) if span.width >= 0.7 * width and lines[i + 1][1] == 0]
    running = sum(text[lines[i][0].end - 1] not in _SENTENCE_ENDS for i in full)
    return width if width >= 45 and len(full) >= 0.4 * len(lines) and running >= 0.6 * len(full) else 0


def _goes_on(text: str, last: Span, span: Span, width: int) -> bool:
    """Does the line only continue the one before it?"""
    if width:
        return last.width >= 0.6 * width
    if last.width < 40 or span.width < 12 or text[last.end - 1] in _SENTENCE_ENDS:
        return False
    return text[span.start].islower() and " " in text[span.start : min(span.end, span.start + 40)]


def _apart(span: Span, line: str, gap: int, furniture: Furniture) -> list[Piece]:
    start, end = 0, len(line)
    pieces: list[Piece] = []
    glued = furniture.glued_image.match(line, 0, min(end, _HEAD))
    if glued and glued.end() < end:
        pieces.append(_piece(span, line, 0, glued.end(), gap, "caption"))
        start, gap = glued.end(), -1
    tails: list[Piece] = []
    while (tail := _tail(line, start, end, furniture)) is not None:
        at, kind = tail
        tails.append(_piece(span, line, at, end, -1, kind))
        end = at + len(line[start:at].rstrip()) - (at - start)
    pieces.append(_piece(span, line, start, end, gap, None))
    return pieces + tails[::-1]


def _tail(line: str, start: int, end: int, furniture: Furniture) -> tuple[int, BoilerplateKind] | None:
    """Where a paragraph's own text ends and furniture of a known kind begins, the earliest such place near its end."""
    since = max(start, end - _TAIL)
    found: list[tuple[int, BoilerplateKind]] = []
    for phrases in furniture.kinds:
        for pattern in phrases.tails:
            match = pattern.search(line, since, end)
            if match is None:
                continue
            at = match.start() + (line[match.start()] == " ")
            if line[start:at].strip():
                found.append((at, phrases.kind))
    return min(found, key=lambda item: item[0]) if found else None


def _piece(span: Span, line: str, start: int, end: int, gap: int, kind: BoilerplateKind | None) -> Piece:
    piece = Span(span.start + start, span.start + end)
    own = line[start:end]
    kept = own.strip()
    left = len(own) - len(own.lstrip())
    return Piece(Span(piece.start + left, piece.start + left + len(kept)), kept, gap, kind)
