"""spaCy's named entities, decoded all at once instead of word by word.

spaCy asks its network at every word what to do next: begin a name, go on, end it, pass by. But while no name is open, what
it sees is that word alone, so that one product of matrices answers for all words of all pieces; only from where a name begins
does a step depend on the one before, and the names are followed side by side. The network and its rules are spaCy's
(`spacy.pipeline.ner`), and so are the names that come out; it takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span

from ..errors import ModelError

_FEATURES = 3  # the word itself, the first of the open name, the one before
_NEVER = -np.inf
Floats = NDArray[np.float32]
Numbers = NDArray[np.intp]
Truths = NDArray[np.bool_]


class Namer:
    """The name finder of one pipeline, taken out of it; called on parsed pieces, it sets their entities."""

    def __init__(self, finder: Any) -> None:
        """ModelError where the component is none that is understood here: another network, or one that searches by beam."""
        model, rules = finder.model, finder.moves
        moves = [_move(rules.get_class_name(number)) for number in range(rules.n_moves)]
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        if lower.get_dim("nF") != _FEATURES or not model.attrs["has_upper"] or finder.cfg["beam_width"] != 1:
            raise ModelError("the language model finds names in another way: install the version that Rashomon was made with")
        self._words = model.get_ref("tok2vec")
        self._lower: Floats = lower.get_param("W")
        self._bias: Floats = lower.get_param("b")
        self._absent: Floats = lower.get_param("pad")[0]
        self._upper: Floats = upper.get_param("W")
        self._upper_bias: Floats = upper.get_param("b")
        self._labels = [label for _, label in moves]
        kinds = np.array([kind for kind, _ in moves])
        named = np.array([bool(label) for label in self._labels])
        named[list(model.attrs["unseen_classes"])] = False
        self._begins, self._units = named & (kinds == "B"), named & (kinds == "U")
        self._out = kinds == "O"
        where = {move: number for number, move in enumerate(moves)}
        # The moves that go on with a name and end it, by the move that begins it.
        self._inside = np.array([where.get(("I", label), 0) for label in self._labels])
        self._last = np.array([where.get(("L", label), 0) for label in self._labels])

    def __call__(self, docs: Sequence[Any]) -> None:
        """Sets the entities of pieces that have their sentences."""
        held = [doc for doc in docs if len(doc)]
        if not held:
            return
        seen = np.concatenate([doc.to_array(("SENT_START", "IS_SPACE")) for doc in held])
        # The last word of a sentence, or of a piece: no name goes on from there.
        final = np.append(seen[1:, 0] == 1, True)
        ends = np.cumsum([len(doc) for doc in held])
        final[ends - 1] = True
        found = self._found(self._words.predict(held), final, seen[:, 1] == 1)
        first, entities = 0, next(found, None)
        for doc, end in zip(held, ends.tolist(), strict=True):
            mine = []
            while entities is not None and entities[0] < end:
                mine.append(Span(doc, entities[0] - first, entities[1] - first, label=entities[2]))
                entities = next(found, None)
            doc.set_ents(mine, default="outside")
            first = end

    def _found(self, words: Floats, final: Truths, space: Truths) -> Iterator[tuple[int, int, str]]:
        """(first, behind the last, label) of every name, in order."""
        features, hidden, pieces, width = self._lower.shape
        seen = (words @ self._lower.reshape(-1, width).T).reshape(-1, features, hidden, pieces)
        moves = self._closed(seen[:, 0], final, space)
        begun = np.flatnonzero(self._begins[moves])
        ends = self._ends(seen, begun, moves[begun], final)
        begun_ends = dict(zip(begun.tolist(), ends.tolist(), strict=True))
        behind = 0
        for at in np.flatnonzero(~self._out[moves]).tolist():
            if at >= behind:
                behind = begun_ends.get(at, at) + 1
                yield at, behind, self._labels[moves[at]]

    def _closed(self, seen: Floats, final: Truths, space: Truths) -> Numbers:
        """The best move at each word while no name is open."""
        scores = self._scores(seen + self._absent[1] + self._absent[2])
        scores[:, ~(self._begins | self._units | self._out)] = _NEVER
        scores[np.ix_(final | space, self._begins)] = _NEVER
        scores[np.ix_(space, self._units)] = _NEVER
        best: Numbers = scores.argmax(1)
        return best

    def _ends(self, seen: Floats, begun: Numbers, moves: Numbers, final: Truths) -> Numbers:
        """The last word of each name that begins at `begun` with these moves. It may go on to a sentence's last word."""
        ends = begun + 1
        going = np.arange(len(begun))
        while len(going):
            at = ends[going]
            scores = self._scores(seen[at, 0] + seen[begun[going], 1] + seen[at - 1, 2])
            rows = np.arange(len(going))
            inside, last = scores[rows, self._inside[moves[going]]], scores[rows, self._last[moves[going]]]
            going = going[(inside >= last) & ~final[at]]
            ends[going] += 1
        return ends

    def _scores(self, summed: Floats) -> Floats:
        """(n, moves) of what is seen: (n, hidden, pieces)."""
        scores: Floats = (summed + self._bias).max(2) @ self._upper.T + self._upper_bias
        return scores


def _move(name: str) -> tuple[str, str]:
    kind, _, label = name.partition("-")
    return kind, label
