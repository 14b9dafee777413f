"""Runs the attribution tagger that attribution.py trains: words in, attributions out. Not yet part of the program.

The model (training/attribution.py) gives each word piece emissions for seven BIO tags and projections for two pointers; the
CRF transitions, the null targets and the distance biases stand in the file's metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rashomon.errors import ModelError
from rashomon.records import Span

SIZE, STRIDE, BATCH = 192, 150, 8
CLS, SEP = 101, 102
NEAR = 64  # fragments on either side that a pointer's distance bias tells apart
REACH = 150  # word pieces on either side that a pointer may reach: training saw one window at a time
_INSIDE = (2, 4, 6)
Floats = NDArray[np.float32]


class Tagged(msgspec.Struct, frozen=True):
    """One attribution as the tagger sees it. `confidence` is the mean probability of its pointers."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


class Fragment(msgspec.Struct, frozen=True):
    """Pieces `first` to `last` of one role: 0 source, 1 cue, 2 content."""

    role: int
    first: int
    last: int


class SpanTagger:
    """The tagger with its tokenizer, loaded once. One thread; a window's result does not depend on its batch mates."""

    def __init__(self, session: Any, tokenizer: Tokenizer, fixed: dict[str, Floats]) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._fixed = fixed

    @classmethod
    def load(cls, folder: Path) -> SpanTagger:
        """Loads `attribution.onnx` and `wordpieces.json`. ModelError when one is missing or cannot be read."""
        model, pieces = folder / "attribution.onnx", folder / "wordpieces.json"
        for path in (model, pieces):
            if not path.is_file():
                raise ModelError(f"model file {path} is missing: train it with training/attribution.py")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            tokenizer = Tokenizer.from_file(str(pieces))
            kept = session.get_modelmeta().custom_metadata_map
            fixed = {name: np.array(msgspec.json.decode(kept[name]), np.float32) for name in ("moves", "null", "near")}
        except Exception as error:  # onnxruntime and tokenizers raise classes of their own, bare Exception among them
            raise ModelError(f"model file {model} or {pieces} cannot be read ({error})") from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(session, tokenizer, fixed)

    def tag(self, text: str, blocks: Iterable[Span]) -> list[Tagged]:
        """Attributions of the outermost layer in these stretches of the text, in text order of their contents."""
        ids: list[int] = []
        offsets: list[Span] = []
        for block in blocks:
            encoded = self._tokenizer.encode(block.of(text), add_special_tokens=False)
            ids.extend(encoded.ids)
            offsets.extend(Span(block.start + start, block.start + end) for start, end in encoded.offsets)
        if not ids:
            return []
        emissions, points = self._run(ids)
        found = fragments(viterbi(emissions, self._fixed["moves"]))
        return link(points, found, self._fixed, offsets)

    def _run(self, ids: Sequence[int]) -> tuple[Floats, Floats]:
        """Emissions (pieces, 7) and pointer projections (pieces, 4 * width)."""
        windows = _windows(len(ids))
        emissions: Floats = np.zeros((len(ids), 7), np.float32)
        points: Floats | None = None
        for at in range(0, len(windows), BATCH):
            batch = windows[at : at + BATCH]
            length = max(end - start for start, end, _, _ in batch) + 2
            rows = np.zeros((len(batch), length), np.int64)
            for row, (start, end, _, _) in enumerate(batch):
                rows[row, : end - start + 2] = [CLS, *ids[start:end], SEP]
            mask = (rows != 0).astype(np.int64)
            tags, pointed = self._session.run(["tags", "points"], {"ids": rows, "mask": mask})
            if points is None:
                points = np.zeros((len(ids), pointed.shape[2]), np.float32)
            for row, (start, _, first, last) in enumerate(batch):
                emissions[first:last] = tags[row, first - start + 1 : last - start + 1]
                points[first:last] = pointed[row, first - start + 1 : last - start + 1]
        assert points is not None
        return emissions, points


def _windows(count: int) -> list[tuple[int, int, int, int]]:
    """(start, end, first, last): the pieces a window sees, and those it decides (nearer its middle than a neighbour's)."""
    inner, found, start = SIZE - 2, [], 0
    while True:
        found.append((start, min(start + inner, count)))
        if start + inner >= count:
            break
        start += STRIDE
    decided = []
    for index, (begin, end) in enumerate(found):
        first = begin if index == 0 else (begin + found[index - 1][1]) // 2
        last = end if index == len(found) - 1 else (found[index + 1][0] + end) // 2
        decided.append((begin, end, first, last))
    return decided


def viterbi(emissions: Floats, moves: Floats) -> list[int]:
    """The best tag sequence under the transitions `moves[before, after]`."""
    score = emissions[0].copy()
    score[list(_INSIDE)] = -1e4
    back = np.zeros((len(emissions), emissions.shape[1]), np.int8)
    for at in range(1, len(emissions)):
        total = score[:, None] + moves
        back[at] = total.argmax(0)
        score = total.max(0) + emissions[at]
    path = [int(score.argmax())]
    for at in range(len(emissions) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def fragments(tags: Sequence[int]) -> list[Fragment]:
    """The stretches of one role; odd tags begin one, even ones go on."""
    found: list[Fragment] = []
    for index, tag in enumerate(tags):
        if tag % 2 == 1:
            found.append(Fragment((tag - 1) // 2, index, index))
        elif tag and found and found[-1].last == index - 1:
            found[-1] = Fragment(found[-1].role, found[-1].first, index)
    return found


def link(points: Floats, found: Sequence[Fragment], fixed: dict[str, Floats], offsets: Sequence[Span]) -> list[Tagged]:
    """Contents that point to one cue are one attribution; the cue brings the source that it points to."""
    sources, cues, contents = ([one for one in found if one.role == role] for role in range(3))
    groups: dict[tuple[str, int], tuple[list[Fragment], list[float]]] = {}
    for number, content in enumerate(contents):
        target, sure = _point(points, content, cues, 0, fixed)
        key = ("alone", number) if target is None else ("cue", target)
        members, scores = groups.setdefault(key, ([], []))
        members.append(content)
        scores.append(sure)
    tagged = []
    for (kind, number), (members, scores) in groups.items():
        cue = [cues[number]] if kind == "cue" else []
        target, sure = _point(points, cue[0], sources, 1, fixed) if cue else (None, 1.0)
        source = [sources[target]] if target is not None else []
        tagged.append(
            Tagged(
                tuple(_span(one, offsets) for one in source),
                tuple(_span(one, offsets) for one in cue),
                tuple(_span(one, offsets) for one in members),
                round(float(np.mean([*scores, sure])), 4),
            )
        )
    return sorted(tagged, key=lambda one: one.content)


def _point(
    points: Floats, head: Fragment, targets: Sequence[Fragment], kind: int, fixed: dict[str, Floats]
) -> tuple[int | None, float]:
    """Index of the target that the fragment points to, None for none, and the probability of that answer."""
    width = points.shape[1] // 4
    query = points[:, 2 * kind * width : (2 * kind + 1) * width]
    key = points[:, (2 * kind + 1) * width : (2 * kind + 2) * width]
    q = query[head.first] + query[head.last]
    scale = float(np.sqrt(width))
    null = float(q @ fixed["null"][kind]) / scale
    before = _count_before(targets, head.first)
    low = max(_count_before(targets, head.first - REACH), before - NEAR)
    high = min(_count_before(targets, head.first + REACH), before + NEAR)
    if low == high:
        return None, 1.0
    k = np.stack([key[one.first] + key[one.last] for one in targets[low:high]])
    order = np.arange(low, high)
    distance = np.where(order < before, order - before, order - before + 1) + NEAR
    scores = np.append(k @ q / scale + fixed["near"][kind][distance], null)
    best = int(scores.argmax())
    weights = np.exp(scores - scores.max())
    sure = float(weights[best] / weights.sum())
    return (None if best == high - low else low + best), sure


def _count_before(targets: Sequence[Fragment], first: int) -> int:
    low, high = 0, len(targets)
    while low < high:
        middle = (low + high) // 2
        if targets[middle].first < first:
            low = middle + 1
        else:
            high = middle
    return low


def _span(fragment: Fragment, offsets: Sequence[Span]) -> Span:
    return Span(offsets[fragment.first].start, offsets[fragment.last].end)
