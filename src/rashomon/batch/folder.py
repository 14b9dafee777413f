"""What lies where in the folder of a batch. Needs nothing but the standard library and msgspec."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from ..errors import InputError, UsageError
from ..records import MadeBy, digest

LAYOUT = 1
MARK = "batch.json"


class Summary(msgspec.Struct, frozen=True):
    """What a finished batch holds, by count, and what made its readings. `layout` is the version of its tables."""

    layout: int
    made_by: MadeBy
    documents: int
    read: int
    not_read: int
    failed: int
    claims: int
    events: int
    stories: int
    incidents: int


class Folder:
    """The folder of a batch: `shards-MAKE/` is the record of what has been read, the other folders are its tables."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def table(self, name: str) -> Path:
        """The folder of a table."""
        return self.path / name

    def shards(self, made: MadeBy) -> Path:
        """Where readings of that make are kept, so that another make reads anew."""
        return self.path / f"shards-{digest('make', made.code, made.knowledge, made.models)[:12]}"

    def is_batch(self) -> bool:
        """True where a batch was finished here."""
        return (self.path / MARK).is_file()

    def prepare(self) -> None:
        """Make the folder. UsageError where it cannot be, or holds something else."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            strangers = sorted(each.name for each in self.path.iterdir())
        except OSError as error:
            raise UsageError(f"{self.path} cannot be made a folder ({error.strerror}): name another with --out") from error
        if strangers and not self.is_batch() and not any(name.startswith("shards-") for name in strangers):
            raise UsageError(f"{self.path} holds {strangers[0]}, which is no part of a batch: name an empty folder with --out")

    def finish(self, summary: Summary) -> None:
        """Say that the tables are whole."""
        write_whole(self.path / MARK, msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")

    def unfinish(self) -> None:
        """Say that the tables are being made anew."""
        (self.path / MARK).unlink(missing_ok=True)

    def summary(self) -> Summary:
        """What the finished batch holds. InputError where it is of another layout."""
        where = self.path / MARK
        try:
            found = msgspec.json.decode(where.read_bytes(), type=Summary)
        except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
            raise InputError(f"{where} does not tell of a finished batch ({error}): run `rashomon batch` again") from error
        if found.layout != LAYOUT:
            raise InputError(f"{where} is of layout {found.layout}, and this program reads {LAYOUT}: run `rashomon batch` again")
        return found


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the machine stops."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
