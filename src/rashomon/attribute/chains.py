"""Chains of sources: which claim stands inside which, and through whom each came, from the publisher inwards."""

from __future__ import annotations

from ..records import Span

# Contents that are still open while the text is gone through; more than this deep is noise.
DEEPEST = 24


def parents(contents: list[tuple[Span, ...]], cues: list[tuple[Span, ...]]) -> list[int | None]:
    """For every claim the smallest other claim whose content holds its cue (or, without one, its content).

    Claims are in any order; the work is one sweep over the text.
    """
    pieces = sorted(((piece.start, -piece.end, index) for index, content in enumerate(contents) for piece in content))
    marks = sorted((_anchor(contents[index], cues[index]), index) for index in range(len(contents)))
    out: list[int | None] = [None] * len(contents)
    sizes = [sum(piece.width for piece in content) for content in contents]
    open_: list[tuple[int, int]] = []
    at = 0
    for offset, index in marks:
        while at < len(pieces) and pieces[at][0] <= offset:
            open_.append((-pieces[at][1], pieces[at][2]))
            at += 1
        open_ = [one for one in open_ if one[0] > offset][-DEEPEST:]
        best: int | None = None
        for _, other in open_:
            if other == index or not _holds(contents[other], contents[index]) or sizes[other] < sizes[index]:
                continue
            if sizes[other] == sizes[index] and not any(piece.start <= offset < piece.end for piece in contents[other]):
                continue
            if best is None or sizes[other] < sizes[best]:
                best = other
        out[index] = best
    return _without_circles(out)


def _anchor(content: tuple[Span, ...], cue: tuple[Span, ...]) -> int:
    if cue:
        return cue[0].start
    return content[0].start if content else 0


def _holds(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> bool:
    """More than half of the inner content lies in the outer one."""
    width = sum(piece.width for piece in inner)
    return 2 * sum(a.shared(b) for a in outer for b in inner) > width


def _without_circles(up: list[int | None]) -> list[int | None]:
    """Cuts a parent link that would lead back to where it came from."""
    sound: set[int] = set()
    for index in range(len(up)):
        seen = {index}
        at = up[index]
        while at is not None and at not in sound:
            if at in seen:
                up[index] = None
                break
            seen.add(at)
            at = up[at]
        else:
            sound |= seen
    return up


def linked(base: tuple[str, ...], *names: str) -> tuple[str, ...]:
    """The chain with the names added inwards; a name that would repeat the link before it is left out."""
    out = list(base)
    for name in names:
        if not out or out[-1].casefold() != name.casefold():
            out.append(name)
    return tuple(out)
