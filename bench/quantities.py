"""Quantities in sentences on many wars, read by the program and held against tests/coding/quantities.yaml, field by field.

    python bench/quantities.py [-v] [FILE]

`-v` also prints each value that is missed; FILE is another file of the same form.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rashomon.reader import Reader
from rashomon.records import Document, Quantity, Reading, Span

GOLD = Path(__file__).resolve().parents[1] / "tests/coding/quantities.yaml"
PUBLISHED = "2022-03-12"
FIELDS = ("words", "what", "value", "bound", "status", "side", "scope", "since", "part", "counted by", "as of")


class Check(NamedTuple):
    """One thing that the gold asks for: `field` is "found", "nothing else" or one of FIELDS."""

    field: str
    text: str
    wanted: Any
    got: Any
    met: bool


def load(path: Path = GOLD) -> list[dict[str, Any]]:
    """The sentences with the quantities wanted in each."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def checks(row: dict[str, Any], reading: Reading) -> Iterator[Check]:
    """What one sentence asks for, and whether the reading meets it."""
    text, at = row["text"], 0
    left = list(reading.quantities)
    for want in row.get("want", ()):
        start = text.index(want["n"], at)
        span = Span(start, start + len(want["n"]))
        at = span.end
        found = next((one for one in left if one.span.overlaps(span) and _own(one, span)), None)
        yield Check("found", text, want["n"], found is not None, found is not None)
        if found is None:
            continue
        left.remove(found)
        for field, wanted, got in _fields(want, found):
            answers = wanted if isinstance(wanted, list) and field != "value" else [wanted]
            yield Check(field, text, wanted, got, any(_same(one, got) for one in answers))
    for one in left:
        yield Check("nothing else", text, None, f"{one.span.of(text)}: {one.what}", False)
    if not left:
        yield Check("nothing else", text, None, None, True)


def _own(found: Quantity, wanted: Span) -> bool:
    """True when the found number begins with the wanted words, give or take its bound."""
    return found.span.start <= wanted.end and wanted.start <= found.span.start + len(found.words)


def _fields(want: dict[str, Any], found: Quantity) -> Iterator[tuple[str, Any, Any]]:
    value = want["v"] if isinstance(want["v"], list) else [want["v"], want["v"]]
    got = (
        found.words, found.what, [found.low, found.high], found.bound, found.status, found.side, found.scope, found.since,
        found.total_or_subset, found.counted_by, found.as_of,
    )  # fmt: skip
    wanted = (
        str(want["n"]), want["what"], value, want.get("b", "exact"), want.get("status", "unstated"), want.get("side"),
        want.get("scope", "incident"), want.get("since"), want.get("part", "total"), want.get("by"), want.get("as_of"),
    )  # fmt: skip
    yield from zip(FIELDS, wanted, got, strict=True)


def _same(wanted: Any, got: Any) -> bool:
    if wanted is None or got is None or isinstance(wanted, list):
        return bool(wanted == got)
    return str(wanted).lower() == str(got).lower()


def scored(every: Sequence[Check]) -> dict[str, tuple[int, int]]:
    """Field -> (met, asked)."""
    return {
        field: (sum(one.met for one in every if one.field == field), sum(one.field == field for one in every))
        for field in ("found", "nothing else", *FIELDS)
    }


def run(path: Path = GOLD) -> list[Check]:
    """Every check of every sentence."""
    reader = Reader.load()
    found: list[Check] = []
    for number, row in enumerate(load(path)):
        document = Document(str(number), f"{number}.txt", row["text"], published=PUBLISHED)
        found += checks(row, reader.read(document))
    return found


def main() -> None:
    """Prints the figures."""
    files = [Path(word) for word in sys.argv[1:] if word != "-v"]
    every = run(*files[:1])
    for field, (met, asked) in scored(every).items():
        print(f"{field:14} {met:4} of {asked:4}   {met / asked if asked else 0:.3f}")
    if "-v" in sys.argv:
        for one in every:
            if not one.met:
                print(f"{one.text}\n    {one.field}: wanted {one.wanted!r}, got {one.got!r}")


if __name__ == "__main__":
    main()
