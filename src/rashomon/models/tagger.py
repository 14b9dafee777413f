"""The trained attribution tagger: paragraphs in, attributions of the outermost layer out. Needs onnxruntime, not torch.

The model (training/attribution.py) gives each word piece emissions for seven BIO tags and projections for three pointers,
content → cue, cue → source and content → source; the CRF transitions, the null targets and the distance biases stand in the
file's metadata. A pointer never leaves its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ..records import Span, Tagged
from .files import HERE, opened

SIZE, STRIDE = 256, 216
CLS, SEP = 101, 102
HEADER = 3  # [CLS], the guidelines wanted, [SEP]
GUIDELINES = {"polnear": 1, "own": 2}
NEAR = 16  # fragments on either side that a pointer's distance bias tells apart
LONGEST = 1024  # word pieces; a paragraph that is longer is taken for several, so that the work stays linear
FAR = -1e4
_INSIDE = (2, 4, 6)
_POINTERS = 3
NOTHING: Mapping[str, str] = MappingProxyType({})
Floats = NDArray[np.float32]


class Fragment(msgspec.Struct, frozen=True):
    """Pieces `first` to `last` of one role: 0 source, 1 cue, 2 content."""

    role: int
    first: int
    last: int


class SpanTagger:
    """The tagger with its tokenizer, loaded once. One thread."""

    def __init__(self, session: Any, tokenizer: Tokenizer, fixed: dict[str, Floats], plain: Mapping[str, str]) -> None:
        self._session = session
        pieces = {tokenizer.token_to_id(loaded): tokenizer.token_to_id(word) for loaded, word in plain.items()}
        self._plain = {loaded: word for loaded, word in pieces.items() if loaded is not None and word is not None}
        self._tokenizer = tokenizer
        self._fixed = fixed
        self._width = 2 * _POINTERS * fixed["null"].shape[1]

    @classmethod
    def load(cls, folder: Path = HERE, plain: Mapping[str, str] = NOTHING) -> SpanTagger:
        """Loads `attribution.onnx` and `wordpieces.json`. ModelError when one is missing or cannot be read.

        `plain` names words that are read as if another stood there (knowledge/framing.yaml).
        """
        session, tokenizer, fixed = opened(folder, "attribution.onnx", "training/export_attribution.py", _fixed)
        return cls(session, tokenizer, fixed, plain)

    def tag(self, text: str, paragraphs: Iterable[Span], guidelines: str = "own") -> list[Tagged]:
        """Attributions of the outermost layer in these stretches of the text, in text order of their contents.

        `guidelines` are those to follow: "own" (data/attribution-gold/codebook.md) or "polnear".
        """
        ids: list[int] = []
        offsets: list[Span] = []
        inside: list[tuple[int, int]] = []
        stretches = list(paragraphs)
        pieces = self._tokenizer.encode_batch([one.of(text) for one in stretches], add_special_tokens=False)
        for number, (stretch, encoded) in enumerate(zip(stretches, pieces, strict=True)):
            if not encoded.ids:
                continue
            if not ids:
                # A text's first words were headlines in training: as if a paragraph had gone before, they are read as others are.
                ids, offsets, inside = [SEP], [Span(stretch.start, stretch.start)], [(-1, 0)]
            ids += [*(self._plain.get(one, one) for one in encoded.ids), SEP]
            offsets += [Span(stretch.start + start, stretch.start + end) for start, end in encoded.offsets]
            offsets.append(Span(stretch.end, stretch.end))
            inside += [(number, at // LONGEST) for at in range(len(encoded.ids) + 1)]
        if not ids:
            return []
        emissions, points = self._run(ids, GUIDELINES[guidelines])
        emissions[np.array(ids) == SEP, 1:] = FAR
        tags = viterbi(emissions, self._fixed["moves"])
        sure = _chosen(emissions, tags)
        return Linker(points, self._fixed, offsets, inside, sure).link(fragments(tags))

    def _run(self, ids: Sequence[int], guidelines: int) -> tuple[Floats, Floats]:
        """Emissions (pieces, 7) and pointer projections (pieces, 6 * width)."""
        emissions: Floats = np.zeros((len(ids), 7), np.float32)
        points: Floats = np.zeros((len(ids), self._width), np.float32)
        # One window at a time: activations are scaled by what a run holds, and nothing may depend on another window.
        for start, end, first, last in _windows(len(ids)):
            row = np.array([[CLS, guidelines, *ids[start:end], SEP]], np.int64)
            tags, pointed = self._session.run(["tags", "points"], {"ids": row})
            emissions[first:last] = tags[0, first - start + 2 : last - start + 2]
            points[first:last] = pointed[0, first - start + 2 : last - start + 2]
        return emissions, points


def _fixed(kept: Mapping[str, str]) -> dict[str, Floats]:
    return {name: np.array(msgspec.json.decode(kept[name]), np.float32) for name in ("moves", "null", "near")}


def _windows(count: int) -> list[tuple[int, int, int, int]]:
    """(start, end, first, last): the pieces a window sees, and those it decides (nearer its middle than a neighbour's)."""
    inner, found, start = SIZE - HEADER, [], 0
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


def _chosen(emissions: Floats, tags: Sequence[int]) -> Floats:
    """How much of each piece's emission goes to the role chosen, (pieces,) in [0, 1]."""
    weights = np.exp(emissions - emissions.max(1, keepdims=True))
    roles = np.stack([weights[:, 0], *(weights[:, one] + weights[:, one + 1] for one in (1, 3, 5))], 1)
    roles /= roles.sum(1, keepdims=True)
    chosen: Floats = roles[np.arange(len(tags)), (np.array(tags) + 1) // 2]
    return chosen


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


class Linker:
    """One text's pointer projections, and what they tie together."""

    def __init__(
        self, points: Floats, fixed: dict[str, Floats], offsets: Sequence[Span], inside: Sequence[tuple[int, int]], sure: Floats
    ) -> None:
        self._points = points
        self._fixed = fixed
        self._offsets = offsets
        self._inside = inside
        self._sure = sure
        self._width = points.shape[1] // (2 * _POINTERS)

    def link(self, found: Sequence[Fragment]) -> list[Tagged]:
        """Contents that point to one cue are one attribution; the cue and they choose its source together."""
        by_role: list[dict[tuple[int, int], list[Fragment]]] = [{}, {}, {}]
        for one in found:
            by_role[one.role].setdefault(self._inside[one.first], []).append(one)
        sources, cues, contents = by_role
        tagged: list[Tagged] = []
        for paragraph, parts in contents.items():
            tagged += self._paragraph(parts, cues.get(paragraph, []), sources.get(paragraph, []))
        return sorted(tagged, key=lambda one: one.content)

    def _paragraph(self, contents: list[Fragment], cues: list[Fragment], sources: list[Fragment]) -> Iterator[Tagged]:
        groups: dict[tuple[str, int], tuple[list[int], list[float]]] = {}
        for number, scores in enumerate(self._scores(0, contents, cues)):
            target = int(scores.argmax())
            key = ("cue", target) if target < len(cues) else ("alone", number)
            members, sure = groups.setdefault(key, ([], []))
            members.append(number)
            sure.append(float(np.exp(scores[target])))
        of_contents, of_cues = self._scores(2, contents, sources), self._scores(1, cues, sources)
        for (kind, number), (members, sure) in groups.items():
            both = of_contents[members].mean(0)
            if kind == "cue":
                both = both + of_cues[number]
            target = int(both.argmax())
            weights = np.exp(both - both.max())
            sure.append(float(weights[target] / weights.sum()))
            cue = [cues[number]] if kind == "cue" else []
            source = [sources[target]] if target < len(sources) else []
            parts = [contents[one] for one in members]
            sure += [float(self._sure[one.first : one.last + 1].mean()) for one in (*cue, *source, *parts)]
            yield Tagged(self._spans(source), self._spans(cue), self._spans(parts), round(min(sure), 4))

    def _scores(self, kind: int, heads: Sequence[Fragment], targets: Sequence[Fragment]) -> Floats:
        """Log probabilities (heads, targets + 1) of where each points, none of them last."""
        width = self._width
        query = self._points[:, 2 * kind * width : (2 * kind + 1) * width]
        key = self._points[:, (2 * kind + 1) * width : (2 * kind + 2) * width]
        first = np.array([one.first for one in heads], np.int64)
        q = query[first] + query[[one.last for one in heads]]
        scores = np.zeros((len(heads), len(targets) + 1), np.float32)
        scores[:, -1] = q @ self._fixed["null"][kind]
        if targets:
            at = np.array([one.first for one in targets], np.int64)
            scores[:, :-1] = q @ (key[at] + key[[one.last for one in targets]]).T
        scores /= np.sqrt(width, dtype=np.float32)
        if targets:
            # The nearest before is -1, the nearest after +1.
            order = np.arange(len(targets))[None, :]
            before = (at[None, :] < first[:, None]).sum(1, keepdims=True)
            distance = np.where(order < before, order - before, order - before + 1).clip(-NEAR, NEAR) + NEAR
            scores[:, :-1] += self._fixed["near"][kind][distance]
        scores -= scores.max(1, keepdims=True, initial=FAR)
        logged: Floats = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        return logged

    def _spans(self, fragments: Iterable[Fragment]) -> tuple[Span, ...]:
        return tuple(Span(self._offsets[one.first].start, self._offsets[one.last].end) for one in fragments)
