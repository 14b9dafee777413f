"""What the parser is shown of a text: loaded words as plain ones, loaded modifiers left out, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from spacy.tokens import Doc

from ..knowledge.framing import Framing

# Soft hyphens, zero-width spaces and marks: nothing that anybody reads.
_NOTHING: Mapping[int, str] = MappingProxyType({})
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])


class Parsed(NamedTuple):
    """One word of the text: where it starts, its characters, and the parser's token for it; None when it was not shown."""

    start: int
    width: int
    token: Any
    loaded: bool


class Shown:
    """A tokenized piece and the document that the parser gets for it.

    `instead` and `before` give further words to be shown, by index in `written`: in a word's stead, and ahead of it.
    """

    def __init__(
        self, written: Any, framing: Framing, instead: Mapping[int, str] = _NOTHING, before: Mapping[int, str] = _NOTHING
    ) -> None:
        self.written = written
        words = [token.text for token in written]
        shown = framing.shown([word.translate(_UNSEEN) or word for word in words])
        shown = [instead.get(at, new) for at, new in enumerate(shown)]
        self._loaded = [new is None or word.lower() != new.lower() for word, new in zip(words, shown, strict=True)]
        self._before = before
        self.doc: Any = written
        if any(self._loaded) or before:
            kept: list[tuple[Any, str, bool]] = []
            for at, (token, new) in enumerate(zip(written, shown, strict=True)):
                if at in before:
                    kept.append((None, before[at], True))
                if new is not None:
                    kept.append((token, new, bool(token.whitespace_)))
            self.doc = Doc(written.vocab, [new for _, new, _ in kept], [space for _, _, space in kept])
            # Norms of contractions ("n't" is "not") come from the tokenizer; the parser sees them.
            for made, (token, new, _) in zip(self.doc, kept, strict=True):
                if token is not None and new == token.text:
                    made.norm_ = token.norm_
        self._shown = [new is not None for new in shown]

    def words(self, parsed: Any) -> Iterator[Parsed]:
        """The words of the piece in order, with the tokens of `parsed`, which is `doc` after parsing."""
        at = 0
        for index, written in enumerate(self.written):
            at += index in self._before
            yield Parsed(written.idx, len(written), parsed[at] if self._shown[index] else None, self._loaded[index])
            at += self._shown[index]

    def places(self) -> list[int]:
        """For each token of `doc`, the index in `written` of the word that it is shown for."""
        return [at for at, shown in enumerate(self._shown) for _ in range(shown + (at in self._before))]
