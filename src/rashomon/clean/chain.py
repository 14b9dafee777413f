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
