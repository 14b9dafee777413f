"""Which block is the headline."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from .lines import Piece
from .phrases import Wording

_WORD = re.compile(r"[^\W_]+")
# A headline stands at most so many blocks before the article's first paragraph.
_REACH = 14


def find_headline(
    title: str | None, pieces: Sequence[Piece], article: Sequence[bool], wordings: Sequence[Wording], captions: Collection[int]
) -> int | None:
    """Index of the headline's block; None when the text has none.

    With the carrier's `title` it is the block that says the same; without, the best of the short lines that stand
    before the first paragraph.
    """
    start = _first_paragraph(pieces, article)
    if title:
        return _same(title, pieces, start)
    topic = _content(" ".join(pieces[i].plain[:600] for i in range(start, min(len(pieces), start + 8)) if article[i]))
    found: list[tuple[float, int]] = []
    for i in range(max(0, start - _REACH), start):
        line = pieces[i].plain
        words = len(line.split())
        if wordings[i].kind is not None or i in captions or pieces[i].kind is not None:
            continue
        fewest = 2 if i == 0 and line[0].isupper() else 3  # "in Columns" is a rubric
        if not fewest <= words <= 30 or len(line) > 220 or (line.endswith((".", ",", ";", ":")) and not line.endswith("...")):
            continue
        own = _content(line)
        shared = len(own & topic) / max(1, len(own))
        score = 1.0 * (5 <= words <= 20) + (words >= 4) - 0.08 * (start - i) + 0.5 * article[i] + 3.0 * shared
        # The line under the headline tells of the same: of two neighbours the first is the headline.
        score -= 0.6 * (i > 0 and _content(pieces[i - 1].plain[:300]) & own & topic != set())
        found.append((score, -i))
    if not found:
        return None
    best = max(found)
    return -best[1] if best[0] >= 0.5 else None


def masthead(headline: int | None, pieces: Sequence[Piece], article: Sequence[bool], outlet_words: Collection[str]) -> list[int]:
    """Short lines above the headline that say nothing of its matter: the outlet's name, its motto, a section."""
    if headline is None:
        return []
    topic = _content(" ".join(pieces[i].plain[:600] for i in range(headline, min(len(pieces), headline + 8))))
    return [
        i
        for i in range(max(0, headline - _REACH), headline)
        if article[i]
        and len(pieces[i].plain.split()) <= 6
        and (not _content(pieces[i].plain) & topic or pieces[i].plain.lower().split()[-1] in outlet_words)
    ]


def _content(line: str) -> set[str]:
    """Lower-cased words of four letters or more, cut to six letters so that inflections agree."""
    return {word.lower()[:6] for word in _WORD.findall(line) if len(word) >= 4}


def _first_paragraph(pieces: Sequence[Piece], article: Sequence[bool]) -> int:
    for i, piece in enumerate(pieces):
        words = len(piece.plain.split())
        if article[i] and words >= 8 and (words >= 22 or piece.plain.rstrip("\"')")[-1:] in ".…:"):
            return i
    return next((i + 1 for i, mine in enumerate(article) if mine), 0)


def _same(title: str, pieces: Sequence[Piece], start: int) -> int | None:
    wanted = [word.lower() for word in _WORD.findall(title)]
    best, place = 0.0, None
    for i in range(max(0, start - 60), min(len(pieces), start + 1)):
        line = pieces[i].plain
        if len(line) > 300:
            continue
        own = [word.lower() for word in _WORD.findall(line)]
        shared = len(set(own) & set(wanted))
        likeness = 2 * shared / max(1, len(set(own)) + len(set(wanted)))
        if likeness >= 0.75 and likeness >= best:
            best, place = likeness, i
    return place
