"""What the parser is shown of a text: loaded words as plain ones, loaded modifiers left out, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from spacy.tokens import Doc

from ..knowledge.framing import Framing


class Parsed(NamedTuple):
    """One word of the text: where it starts, its characters, and the parser's token for it; None when it was not shown."""

    start: int
    width: int
    token: Any
    loaded: bool


class Shown:
    """A tokenized piece and the document that the parser gets for it."""

    def __init__(self, written: Any, framing: Framing) -> None:
        self._written = written
        words = [token.text for token in written]
        shown = framing.shown(words)
        self.loaded = [word != new for word, new in zip(words, shown, strict=True)]
        self.doc: Any = written
        if any(self.loaded):
            kept = [(token, new) for token, new in zip(written, shown, strict=True) if new is not None]
            self.doc = Doc(written.vocab, [new for _, new in kept], [bool(token.whitespace_) for token, _ in kept])
            # Norms of contractions ("n't" is "not") come from the tokenizer; the parser sees them.
            for made, (token, new) in zip(self.doc, kept, strict=True):
                if new == token.text:
                    made.norm_ = token.norm_
        self._shown = [new is not None for new in shown]

    def words(self, parsed: Any) -> Iterator[Parsed]:
        """The words of the piece in order, with the tokens of `parsed`, which is `doc` after parsing."""
        at = 0
        for written, shown, loaded in zip(self._written, self._shown, self.loaded, strict=True):
            yield Parsed(written.idx, len(written), parsed[at] if shown else None, loaded)
            at += shown
