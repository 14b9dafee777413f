"""What a line looks like, as numbers, with what its neighbours look like: the input of the line model.

Nothing here depends on the words of a topic. Follows the shallow text features of Kohlschütter et al. (2010) and the
block sequence view of Vogels et al. (Web2Text, 2018), for text that has lost its tags.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..knowledge.boilerplate import Furniture
from .phrases import Wording

Matrix = NDArray[np.float64]
# Longer lines are prose beyond doubt: their first part tells as much as the whole.
_SAMPLE = 2000
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?][\"')]? +[\"'(]?[A-Z]")
_END = re.compile(r"[.!?…:][\"')\]]*$")
_SYMBOL = re.compile(r"[|»›«‹•·©→←>/#@*_=+~^]")

OWN = (
    "words", "many_words", "ends", "function", "capital", "upper", "digits", "symbols", "sentences", "commas", "hints",
    "phrase", "quote", "repeated", "lower_start", "prose", "full_prose", "you", "colon",
    "loose", "bare",
)  # fmt: skip
_NEAR = ("words", "function", "ends", "phrase", "prose", "loose")
NAMES: tuple[str, ...] = (
    *OWN,
    *(f"before_{name}" for name in _NEAR),
    *(f"after_{name}" for name in _NEAR),
    "prose_around_before", "prose_around_after", "phrases_around_before", "phrases_around_after", "short_run",
    "prose_so_far", "prose_to_come", "closed", "closed_prose", "share", "first", "last", "loose_run", "loose_in_run",
    "loose_after_all", "loose_before_all", "prose_alone", "prose_in_loose", "loose_between",
)  # fmt: skip


def features(lines: Sequence[str], wordings: Sequence[Wording], furniture: Furniture) -> Matrix:
    """One row a line, one column for each of `NAMES`. Linear in the text."""
    count = len(lines)
    if not count:
        return np.zeros((0, len(NAMES)))
    keys = [line[:200].lower() for line in lines]
    times = Counter(keys)
    own = np.array([_own(line, wording, times[key], furniture) for line, wording, key in zip(lines, wordings, keys, strict=True)])
    at = {name: own[:, i] for i, name in enumerate(OWN)}
    columns = [own]
    for step in (1, -1):
        columns.append(np.stack([_shifted(at[name], step) for name in _NEAR], axis=1))
    sizes = np.minimum(np.array([len(line) for line in lines], dtype=float), _SAMPLE)
    prose = at["prose"] * sizes
    around = [_decayed(prose, 1), _decayed(prose, -1), _decayed(at["phrase"], 1), _decayed(at["phrase"], -1)]
    short = 1.0 - at["many_words"]
    run = _decayed(short, 1) + _decayed(short, -1)
    loose_run = _decayed(at["loose"], 1) + _decayed(at["loose"], -1)
    so_far = np.concatenate(([0.0], np.cumsum(prose)[:-1]))
    to_come = np.concatenate((np.cumsum(prose[::-1])[::-1][1:], [0.0]))
    closing = np.array([float(wording.closes) for wording in wordings]) * (so_far > 400)
    closed = np.log1p(np.concatenate(([0.0], np.cumsum(closing)[:-1])))
    index = np.arange(count, dtype=float)
    columns.append(
        np.stack(
            [
                np.log1p(around[0]), np.log1p(around[1]), around[2], around[3], run,
                np.log1p(so_far), np.log1p(to_come), closed, closed * at["prose"],
                so_far / (so_far + to_come + prose + 1.0), 1.0 / (1.0 + index), 1.0 / (1.0 + index[::-1]),
                loose_run, loose_run * at["loose"], at["loose"] * (to_come < 150), at["loose"] * (so_far < 150),
                at["prose"] * (around[0] + around[1] < 100), at["prose"] * loose_run,
                at["loose"] * (around[0] > 150) * (around[1] > 150),
            ],
            axis=1,
        )
    )  # fmt: skip
    result: Matrix = np.concatenate(columns, axis=1)
    return result


def _own(line: str, wording: Wording, times: int, furniture: Furniture) -> list[float]:
    sample = line[:_SAMPLE]
    words = _WORD.findall(sample)
    count = max(1, len(words))
    lowered = [word.lower() for word in words]
    function = sum(map(furniture.function_words.__contains__, lowered)) / count
    ends = float(bool(_END.search(line[-12:])))
    commas = sample.count(",") / count
    prose = float(ends > 0 and function >= 0.22 and count >= 8)
    return [
        np.log1p(len(words)),
        float(count >= 15),
        ends,
        function,
        sum(word[0].isupper() for word in words[1:]) / max(1, count - 1),
        sum(len(word) > 1 for word in filter(str.isupper, words)) / count,
        sum(word[0].isdigit() for word in words) / count,
        min(1.0, 4 * len(_SYMBOL.findall(sample)) / max(1, len(sample))),
        np.log1p(len(_SENTENCE.findall(sample))),
        min(commas, 0.3),
        float(wording.hints),
        float(wording.kind is not None),
        float('"' in sample),
        float(times > 1),
        float(sample[:1].islower()),
        prose,
        prose * float(count >= 20),
        sum(map(lowered.count, ("you", "your", "yours"))) / count,
        float(line.endswith(":")),
        float(ends == 0 and count <= 25 and '"' not in sample[-2:]),
        float(ends == 0 and function < 0.12),
    ]


def _shifted(values: Matrix, step: int) -> Matrix:
    moved = np.zeros_like(values)
    if step > 0:
        moved[step:] = values[:-step]
    else:
        moved[:step] = values[-step:]
    return moved


def _decayed(values: Matrix, step: int, reach: int = 6) -> Matrix:
    """Sum over the `reach` neighbours on one side, each counting 0.7 of the nearer one."""
    total = np.zeros_like(values)
    for distance in range(1, reach + 1):
        total += 0.7 ** (distance - 1) * _shifted(values, step * distance) if distance < len(values) else 0.0
    return total
