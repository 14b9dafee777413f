"""Readings as JSON Lines: the published reading format, one document a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from ..records import Reading, to_json


def write_jsonl(readings: Iterable[Reading], out: TextIO) -> int:
    """Write one line a reading, in the order given; how many there were."""
    count = 0
    for reading in readings:
        out.write(to_json(reading).decode("utf-8") + "\n")
        count += 1
    return count
