"""The trained dyad classifier: what a marked source does to a marked target, as a PLOVER root. Needs onnxruntime, not torch.

The model (training/dyads.py) reads the sentence with a mark on either side of source and target, and gives one logit a root. A
probability is calibrated: of answers of .8, about four in five are right on sentences like those that it was measured on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import numpy as np
from tokenizers import Tokenizer

from ..records import Span
from ..records.vocabulary import EventType
from .files import HERE, opened

CLS, SEP = 101, 102
MARKS = (1, 2, 3, 4)  # pieces that no text holds: source begins, source ends, target begins, target ends
LONGEST = 200  # word pieces of the sentence that are read
# Root -> 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (the PLOVER codebook's quad class).
PENTACODE: Mapping[EventType, int] = MappingProxyType(
    {
        "AGREE": 1, "CONSULT": 1, "SUPPORT": 1,
        "COOPERATE": 2, "AID": 2, "YIELD": 2,
        "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
        "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
    }
)  # fmt: skip
ROOTS: tuple[EventType, ...] = tuple(PENTACODE)


class Dyad(msgspec.Struct, frozen=True):
    """What the source does to the target: root ("NONE": not sure enough to say), pentacode (0: none), the root's probability."""

    root: EventType
    penta: int
    confidence: float


class DyadClassifier:
    """The classifier with its tokenizer, loaded once. One thread; one sentence a run, so that nothing depends on another."""

    def __init__(self, session: Any, tokenizer: Tokenizer, temperature: float) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._temperature = temperature

    @classmethod
    def load(cls, folder: Path = HERE) -> DyadClassifier:
        """Loads `dyads.onnx` and `wordpieces.json`. ModelError when one is missing or cannot be read."""
        session, tokenizer, temperature = opened(
            folder, "dyads.onnx", "training/dyads.py", lambda kept: float(kept["temperature"])
        )
        return cls(session, tokenizer, temperature)

    def classify(self, text: str, source: Span | None, target: Span | None, at_least: float = 0.0) -> Dyad:
        """The root of what `source` does to `target` in the sentence `text`; either may be unnamed.

        An answer less probable than `at_least` is NONE. The root is the most probable one of the most probable pentacode.
        """
        ids, marks = marked(self._tokenizer, text, source, target)
        row = np.array([ids], np.int64)
        (logits,) = self._session.run(
            ["roots"], {"ids": row, "mask": np.ones_like(row), "marks": np.array([marks], np.int64)}
        )
        weights = np.exp((logits[0] - logits[0].max()) / self._temperature)
        chances = {root: float(chance) for root, chance in zip(ROOTS, weights / weights.sum(), strict=True)}
        return decided(chances, at_least)


def decided(chances: Mapping[EventType, float], at_least: float = 0.0) -> Dyad:
    """The most probable root of the most probable pentacode, so that the two never contradict each other."""
    quads: dict[int, float] = {}
    for root, chance in chances.items():
        quads[PENTACODE[root]] = quads.get(PENTACODE[root], 0.0) + chance
    penta = max(quads, key=lambda one: quads[one])
    root = max((one for one in chances if PENTACODE[one] == penta), key=lambda one: chances[one])
    if chances[root] < at_least:
        return Dyad("NONE", 0, round(chances[root], 4))
    return Dyad(root, penta, round(chances[root], 4))


def marked(tokenizer: Tokenizer, text: str, source: Span | None, target: Span | None) -> tuple[list[int], list[int]]:
    """Word pieces of the sentence with a mark at either end of source and target, and where the four marks stand.

    A party without a span has its marks at the sentence's end.
    """
    nowhere = Span(len(text), len(text))
    source, target = source or nowhere, target or nowhere
    cuts = sorted(
        [(source.start, 1, MARKS[0]), (source.end, 0, MARKS[1]), (target.start, 1, MARKS[2]), (target.end, 0, MARKS[3])]
    )
    ids, at, done = [CLS], {}, 0
    for cut, _, mark in cuts:
        ids += tokenizer.encode(text[done:cut], add_special_tokens=False).ids
        at[mark] = len(ids)
        ids.append(mark)
        done = cut
    ids += tokenizer.encode(text[done:], add_special_tokens=False).ids
    ids = [*ids[: LONGEST - 1], SEP]
    return ids, [min(at[mark], len(ids) - 1) for mark in MARKS]
