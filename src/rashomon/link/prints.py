"""What a document's text is compared by: its words as numbers, and the few of its runs of words that find its like.

Any shared passage of `run_words + window - 1` words has a chosen run in common (winnowing: Schleimer, Wilkerson and Aiken,
2003); texts alike as a whole agree in a band of their MinHash. Both are signs: numbers under which documents are posted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from rensa import RMinHash

from ..knowledge.lineage import LineageRules
from ..records import Reading, Span

# "U.N." and "UN" are one word; an address or a tag is none.
_WORD = re.compile(r"(?:https?://|www\.)\S+|<[^<>\n]*>|((?:[^\W\d_]\.){2,}|[^\W_]+)")
_DIGITS = re.compile(r"\d+")
_SEED = 20160920
Numbers = NDArray[np.int64]


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A line that may be its publisher's repetition: its number, and which words of the print are its own. `text` is a number
    of the text beside it, which copies of that text mostly share and other texts do not."""

    number: int
    text: int
    first: int
    last: int


class Print(msgspec.Struct, frozen=True, eq=False):
    """One document's own words. `words` are numbers of them in order, `starts` and `ends` where each stands in the text,
    `quoted` whether it stands in a quotation. `days`: first and last possible day of publication, ISO 8601.

    `line_texts` are the lines' words as they are recorded, beside `lines`; they are not stored with the print.
    """

    key: str
    words: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    quoted: NDArray[np.bool_]
    signs: tuple[int, ...]
    lines: tuple[Line, ...]
    publisher: str | None
    author: str | None
    credits: tuple[str, ...]
    days: tuple[str, str] | None
    line_texts: tuple[str, ...] = ()

    def day(self, line: Line) -> int:
        """The day of publication as an ordinal; where it is not known, a number of the text's own."""
        return line.text if self.days is None else date.fromisoformat(self.days[0]).toordinal()


def print_of(key: str, reading: Reading, rules: LineageRules) -> Print:
    """The print of a reading: its body without the headline, which outlets change first."""
    text, about = reading.text, reading.document
    spans: list[tuple[int, int]] = []
    ids: list[int] = []
    blocks: list[tuple[str, int, int]] = []
    for block in reading.body:
        own = block.of(text)
        if own == about.title:
            continue
        first = len(ids)
        for match in _WORD.finditer(text, block.start, block.end):
            if match.group(1) is None:
                continue
            spans.append(match.span())
            ids.append(_word_number(match.group()))
        blocks.append((own, first, len(ids)))
    blocks.extend((furniture.span.of(text), 0, 0) for furniture in reading.boilerplate)
    words = np.array(ids, np.uint32)
    runs = runs_of(words, rules.run_words)
    lines, named = _lines(blocks, runs, about.publisher, rules)
    starts = np.array([start for start, _ in spans], np.int32)
    published = about.published
    days = (published.start[:10], published.end[:10]) if published.start and published.end else None
    return Print(
        key=key, words=words, starts=starts, ends=np.array([end for _, end in spans], np.int32),
        quoted=_quoted(reading, starts, rules), signs=tuple(sorted({*_chosen(runs, rules), *_bands(words, rules)})),
        lines=lines, publisher=about.publisher, author=about.author, credits=about.credits, days=days,
        line_texts=named,
    )


@lru_cache(maxsize=1 << 16)
def _word_number(word: str) -> int:
    return crc32(word.lower().replace(".", "").encode("utf-8", "surrogatepass"))


def runs_of(words: NDArray[np.uint32], length: int) -> Numbers:
    """A number for each run of `length` words, 62 bits and even; as many as the text has runs."""
    count = len(words) - length + 1
    if count <= 0:
        return np.zeros(0, np.int64)
    with np.errstate(over="ignore"):
        value = np.zeros(count, np.uint64)
        for at in range(length):
            value = (value + words[at : at + count].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            value ^= value >> np.uint64(29)
        value *= np.uint64(0xBF58476D1CE4E5B9)
        value ^= value >> np.uint64(32)
    return (value >> np.uint64(1)).astype(np.int64) & ~np.int64(1)


def _chosen(values: Numbers, rules: LineageRules) -> Sequence[int]:
    if not len(values):
        return ()
    width = min(rules.window, len(values))
    return np.unique(sliding_window_view(values, width).min(axis=1)).tolist()  # type: ignore[no-any-return]


def _bands(words: NDArray[np.uint32], rules: LineageRules) -> Iterator[int]:
    """MinHash in bands, each an odd number. A text shorter than a passage is like too many others."""
    small = runs_of(words, rules.small_run_words)
    if len(words) < rules.passage_words:
        return
    distinct = np.unique(small).astype(np.uint64)
    ends = np.array([0, len(distinct)])
    found = RMinHash.digest_matrix_from_flat_token_hashes(distinct, ends, num_perm=rules.permutations, seed=_SEED)
    digest = np.array(found.to_rows()[0], np.uint32)
    rows = rules.permutations // rules.bands
    for band in range(rules.bands):
        yield _number(bytes([band]) + digest[band * rows : (band + 1) * rows].tobytes()) | 1


def _number(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big") >> 1


def _lines(
    blocks: Sequence[tuple[str, int, int]], runs: Numbers, publisher: str | None, rules: LineageRules
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines that the publisher may repeat, with their words. Digits count as one: a clock or a number of comments changes."""
    if publisher is None:
        return (), ()
    none = np.full(1, np.iinfo(np.int64).max)
    before = np.concatenate([none, np.minimum.accumulate(runs)])
    after = np.concatenate([np.minimum.accumulate(runs[::-1])[::-1], none])
    found: dict[int, tuple[Line, str]] = {}
    for own, first, last in blocks:
        folded = _DIGITS.sub("0", " ".join(own.split()))
        if rules.line_words <= len(folded.split()) <= rules.line_words_most:
            number = _number(f"{publisher}\n{folded}".encode("utf-8", "surrogatepass"))
            # The smallest run that touches no word of the line.
            text = min(before[max(0, first - rules.run_words + 1)], after[min(last, len(runs))])
            found.setdefault(number, (Line(number, int(text), first, last), folded))
    return tuple(line for line, _ in found.values()), tuple(words for _, words in found.values())


def _quoted(reading: Reading, starts: NDArray[np.int32], rules: LineageRules) -> NDArray[np.bool_]:
    """For each word whether it stands between quotation marks, or in what the reading found to be quoted."""
    inside = np.zeros(len(starts), bool)
    for span in _quotations(reading, rules):
        first, last = np.searchsorted(starts, [span.start, span.end])
        inside[first:last] = True
    return inside


def _quotations(reading: Reading, rules: LineageRules) -> Iterator[Span]:
    for claim in reading.attributions:
        if claim.source is not None and claim.kind in ("direct", "block"):
            yield from claim.content
    for block in reading.body:
        for opening, closing in rules.quotation_marks:
            at = reading.text.find(opening, block.start, block.end)
            while at >= 0:
                end = reading.text.find(closing, at + len(opening), block.end)
                while end >= 0 and reading.text[end + len(closing) : end + len(closing) + 1].isalpha():
                    # An apostrophe ends no quotation.
                    end = reading.text.find(closing, end + 1, block.end)
                yield Span(at, end if end >= 0 else block.end)
                at = reading.text.find(opening, end + 1, block.end) if end >= 0 else -1


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """A print as it is stored: numbers little-endian, offsets as the gaps between words and the words' lengths."""

    words: bytes
    gaps: bytes
    lengths: bytes
    quoted: bytes
    lines: tuple[Line, ...]
    publisher: str | None
    author: str | None
    credits: tuple[str, ...]
    days: tuple[str, str] | None


def packed_print(one: Print) -> bytes:
    """The print as bytes, without its key, its signs and the lines' texts."""
    before = np.concatenate([np.zeros(1, np.int32), one.ends[:-1]]) if len(one.ends) else one.ends
    return msgspec.msgpack.encode(_Packed(
        one.words.astype("<u4").tobytes(), (one.starts - before).astype("<u4").tobytes(),
        (one.ends - one.starts).astype("<u4").tobytes(), np.packbits(one.quoted).tobytes(), one.lines, one.publisher,
        one.author, one.credits, one.days,
    ))


def unpacked_print(key: str, content: bytes) -> Print:
    """The print that `packed_print` made these bytes of; `signs` and `line_texts` are empty."""
    held = msgspec.msgpack.decode(content, type=_Packed)
    words = np.frombuffer(held.words, "<u4")
    lengths = np.frombuffer(held.lengths, "<u4").astype(np.int32)
    ends = np.cumsum(np.frombuffer(held.gaps, "<u4").astype(np.int32) + lengths).astype(np.int32)
    quoted: Any = np.unpackbits(np.frombuffer(held.quoted, np.uint8), count=len(words)).astype(bool)
    return Print(
        key, words, ends - lengths, ends, quoted, (), held.lines, held.publisher, held.author, held.credits, held.days
    )
