"""Documents that come as objects: JSON, JSON Lines, CSV rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from ..config import Limits
from ..errors import DocumentTooLarge, EmptyDocument, InputError, MalformedRecord, UndecodableText
from . import ninjs
from .text import MARKS, carrier, checked, decode

KEYS = ("id", "text", "title", "publisher", "author", "published", "url", "captured")
# What collections of articles call the day of publication as often.
PUBLISHED_TOO = "date"
DELIMITERS = (",", ";", "\t")
Failed = Callable[[str, InputError], None]


class Entry(NamedTuple):
    """One object: its number in the file (line, item or row, from 1), its own bytes, the values of its known keys."""

    number: int
    content: bytes
    text: str
    id: str | None
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    captured: str | None = None


def jsonl(lines: Iterable[bytes], where: str, limits: Limits, failed: Failed) -> Iterator[Entry]:
    """The objects of JSON Lines, read line by line. A broken line goes to `failed` by its number, the others go on.

    `lines` come with their ends; one over the limit of bytes may come cut off. UndecodableText for UTF-16 and UTF-32.
    """
    found = False
    for number, line in enumerate(lines, 1):
        place = f"{where}, line {number}"
        if number == 1:
            line = _unmarked(line, where)
        if not line.strip():
            continue
        found = True
        try:
            if len(line) > limits.max_bytes:
                raise DocumentTooLarge(
                    f"{place} is longer than {limits.max_bytes:,} bytes: put each document on a line of its own, "
                    "or raise max_bytes in the settings"
                )
            yield _entry(_decoded(line, place), number, line.rstrip(b"\r\n"), place, limits)
        except InputError as error:
            failed(f"{where}#{number}", error)
    if not found:
        raise MalformedRecord(f"{where} holds no object: put one JSON object with a `text` on each line")


def json(content: bytes, where: str, limits: Limits, failed: Failed) -> Iterator[Entry]:
    """The objects of a JSON file: one object, or a list of them. A broken object goes to `failed` by its number."""
    content = _unmarked(content, where)
    if content.lstrip()[:1] != b"[":
        yield _entry(_decoded(content, where), 1, content, where, limits)
        return
    try:
        items = msgspec.json.decode(content, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedRecord(f"{where} is not valid JSON ({error}): repair it there") from error
    if not items:
        raise MalformedRecord(f"{where} holds an empty list: give it objects with a `text`")
    for number, item in enumerate(items, 1):
        place = f"{where}, item {number}"
        own = bytes(item)
        try:
            yield _entry(_decoded(own, place), number, own, place, limits)
        except InputError as error:
            failed(f"{where}#{number}", error)


def table(content: bytes, where: str, limits: Limits, failed: Failed) -> Iterator[Entry]:
    """The rows of a CSV file with a header row, numbered as a spreadsheet numbers them (the header is row 1).

    Commas, semicolons or tabs part the fields, whichever gives a column `text`. A broken row goes to `failed`.
    """
    text, encoding = decode(content, where, carrier(content, limits))
    rows = _Lines(text)
    # The module's own cap of 131,072 characters a field is set for the process; a document may be as long as ours.
    csv.field_size_limit(max(csv.field_size_limit(), limits.max_characters + 1))
    first = text[: text.find("\n") + 1] or text
    delimiter = next((mark for mark in DELIMITERS if "text" in _names(first.strip().split(mark))), ",")
    reader = csv.reader(rows, delimiter=delimiter, strict=True)
    try:
        header = _names(next(reader, []))
    except csv.Error as error:
        raise MalformedRecord(f"{where} has no header row that can be read ({error}): name its columns there") from error
    rows.taken()
    if "text" not in header:
        raise MalformedRecord(
            f"{where} has no column `text` in its first row (it has {', '.join(header) or 'nothing'}): name it there"
        )
    number = 1
    while True:
        number += 1
        place = f"{where}, row {number}"
        try:
            fields = next(reader, None)
            if fields is None:
                return
            own = rows.taken().rstrip("\r\n")
            if not fields:
                continue
            if len(fields) != len(header):
                raise MalformedRecord(
                    f"{place} has {len(fields)} fields where the header has {len(header)}: check its quotation marks"
                )
            values = {name: value for name, value in zip(header, fields, strict=True) if value or name == "text"}
            yield _entry(values, number, own.encode(encoding), place, limits)
        except csv.Error as error:
            rows.taken()
            failed(f"{where}#{number}", MalformedRecord(f"{place} cannot be read ({error}): check its quotation marks"))
        except InputError as error:
            failed(f"{where}#{number}", error)


class _Lines:
    """Lines of a text as csv wants them, remembering those that made the row at hand, so that its bytes can be kept."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._since: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._since.append(line)
        return line

    def taken(self) -> str:
        """What was read since this was last asked."""
        taken = "".join(self._since)
        self._since.clear()
        return taken


def _names(fields: Iterable[str]) -> list[str]:
    return [field.strip().strip('"').strip().lower() for field in fields]


def _unmarked(content: bytes, where: str) -> bytes:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            if encoding == "utf-8":
                return content[len(mark) :]
            raise UndecodableText(f"{where} is in {encoding.upper()}, and JSON must be UTF-8: save it again as UTF-8")
    return content


def _decoded(content: bytes, place: str) -> Mapping[str, Any]:
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedRecord(f"{place} is not valid JSON ({error}): repair it there") from error
    if not isinstance(value, dict):
        raise MalformedRecord(f'{place} is no JSON object: write {{"id": …, "text": …}}')
    return value


def _entry(values: Mapping[str, Any], number: int, content: bytes, place: str, limits: Limits) -> Entry:
    """The known keys of an object as strings. MalformedRecord names the key that is missing or of the wrong type. A news item in
    ninjs is taken as it is."""
    if "text" not in values and ninjs.is_ninjs(values):
        if str(values.get("pubstatus", "usable")).lower() in ninjs.NOT_FOR_USE:
            raise EmptyDocument(f"{place} was withheld or taken back by its agency ({values['pubstatus']}): leave it out")
        values = ninjs.fields(values)
    found: dict[str, str | None] = {}
    for key in KEYS:
        value = values.get(key)
        if key == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise MalformedRecord(f"{place}: `{key}` must be a string, not {type(value).__name__}: put it in quotes")
        found[key] = value if key == "text" else (value or "").strip() or None
    day = values.get(PUBLISHED_TOO)
    if found["published"] is None and isinstance(day, str):
        found["published"] = day.strip() or None
    text = found.pop("text")
    if text is None:
        raise MalformedRecord(f"{place} has no `text`: every object needs one")
    return Entry(number=number, content=content, text=checked(text, place, limits), **found)
