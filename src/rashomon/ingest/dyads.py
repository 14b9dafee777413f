"""Sentences with a marked source and target, as JSON Lines: what `rashomon dyads` reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from ..config import Limits
from ..errors import DocumentTooLarge, InputError, MalformedRecord
from ..records import MarkedPair, Span
from .walk import unreadable

Failed = Callable[[str, InputError], None]
STANDARD_INPUT = "-"


class _Row(msgspec.Struct, frozen=True):
    text: str
    uid: str | int | None = None
    source: tuple[int, int] | None = None
    target: tuple[int, int] | None = None


def marked_pairs(path: str, *, limits: Limits, failed: Failed, stdin: BinaryIO | None = None) -> Iterator[MarkedPair]:
    """The sentences of a file, or of standard input for "-", in order.

    A line is an object with `text` and the spans `source` and `target` as `[start, end)` indices into it, either of them null
    where the party is not named; `uid` is the caller's, else the line's number. A broken line goes to `failed` by its number
    and the others go on. InputError when the file cannot be opened.
    """
    if path == STANDARD_INPUT:
        yield from _lines(stdin or sys.stdin.buffer, "standard input", limits, failed)
        return
    try:
        with Path(path).open("rb") as stream:
            yield from _lines(stream, path, limits, failed)
    except OSError as error:
        raise unreadable(path, error) from error


def _lines(stream: BinaryIO, where: str, limits: Limits, failed: Failed) -> Iterator[MarkedPair]:
    for number, line in enumerate(iter(lambda: stream.readline(limits.max_bytes + 1), b""), 1):
        if not line.strip():
            continue
        try:
            yield _pair(line, number, f"{where}, line {number}", limits)
        except InputError as error:
            failed(f"{where}#{number}", error)


def _pair(line: bytes, number: int, place: str, limits: Limits) -> MarkedPair:
    if len(line) > limits.max_bytes:
        raise DocumentTooLarge(f"{place} is longer than {limits.max_bytes:,} bytes: a line holds one sentence")
    try:
        row = msgspec.json.decode(line, type=_Row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedRecord(f"{place} is no object with `text`, `source` and `target` ({error}): repair the line") from error
    for name, span in (("source", row.source), ("target", row.target)):
        if span is not None and not 0 <= span[0] < span[1] <= len(row.text):
            inside = f"the text of {len(row.text)} characters"
            raise MalformedRecord(f"{place}: `{name}` {list(span)} lies outside {inside}: mend the span")
    source, target = (Span(*span) if span else None for span in (row.source, row.target))
    return MarkedPair(str(number if row.uid is None else row.uid), row.text, source, target)
