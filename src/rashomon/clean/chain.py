"""The line model: a chain of two states over the lines, and the likeliest run of states through it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..knowledge.boilerplate import LineModel
from .features import NAMES, Matrix


def scores(rows: Matrix, model: LineModel) -> Matrix:
    """Log-odds of "article" for each row of `features.features`, before the chain is looked at."""
    if not len(rows):
        return np.zeros(0)
    weights = np.array([model.weights[name] for name in NAMES])
    mean = np.array([model.mean[name] for name in NAMES])
    scale = np.array([model.scale[name] for name in NAMES])
    result: Matrix = ((rows - mean) / scale) @ weights + model.bias + model.lean
    return result


def article_lines(odds: Sequence[float] | Matrix, forced: Sequence[bool | None], switch: float) -> list[bool]:
    """True for every line of the article: Viterbi over two states with log-odds `odds` and the cost `switch` of a change.

    `forced` fixes a line's state where it is not None; a line forced to furniture is stepped over at no cost, so that
    a share button inside an article does not split it.
    """
    count = len(odds)
    best = [0.0, 0.0]
    back: list[tuple[int, int]] = []
    for i in range(count):
        if forced[i] is False:
            back.append((0, 1))
            continue
        step: list[int] = []
        value: list[float] = []
        for state in (0, 1):
            stay, change = best[state], best[1 - state] - switch
            step.append(state if stay >= change else 1 - state)
            gain = float(odds[i]) if state else 0.0
            if forced[i] is True and not state:
                gain = -1e9
            value.append(max(stay, change) + gain)
        best = value
        back.append((step[0], step[1]))
    state = 1 if best[1] >= best[0] else 0
    states = [False] * count
    for i in range(count - 1, -1, -1):
        states[i] = bool(state) and forced[i] is not False
        state = back[i][state]
    return states


# A gap of so many furniture lines parts two runs; a run with less than this share of the longest one's prose is a widget.
_GAP, _SHARE = 8, 0.3
# So many loose lines after the last paragraph are a list of links, no end of an article.
_LINKS = 3


def one_run(kept: list[bool], prose: Sequence[float], loose: Sequence[bool]) -> list[bool]:
    """The chain's article lines without stray widgets and without the list of links that its end ran into.

    `prose` are characters of running prose a line, `loose` marks lines without a sentence's end.
    """
    runs: list[list[int]] = []
    for i in (i for i, mine in enumerate(kept) if mine):
        if runs and i - runs[-1][-1] <= _GAP:
            runs[-1].append(i)
        else:
            runs.append([i])
    sizes = [sum(prose[i] for i in run) for run in runs]
    longest = max(sizes, default=0.0)
    result = [False] * len(kept)
    for run, size in zip(runs, sizes, strict=True):
        if size >= _SHARE * longest:
            for i in _without_links(run, prose, loose):
                result[i] = True
    return result


def drop_after_close(kept: list[bool], prose: Sequence[float], loose: Sequence[bool], closes: Sequence[bool]) -> None:
    """Titles that follow "Read next" or a comment widget, after the article's last paragraph, are links."""
    last = max((i for i, mine in enumerate(kept) if mine and prose[i] >= 100), default=len(kept))
    closed = False
    for i in range(last + 1, len(kept)):
        closed = closed or closes[i]
        if closed and loose[i]:
            kept[i] = False


def _without_links(run: list[int], prose: Sequence[float], loose: Sequence[bool]) -> list[int]:
    solid = [at for at, i in enumerate(run) if prose[i] >= 100]
    if not solid:
        return run
    tail = run[solid[-1] + 1 :]
    if sum(loose[i] for i in tail) >= _LINKS:
        ends = next(at for at, i in enumerate(tail) if loose[i])
        return run[: solid[-1] + 1 + ends]
    return run
