"""From the paths that a person names to the files behind them, in an order that no machine changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import InputError, UnsupportedFormat
from .formats import LISTED, Format, format_of

Failed = Callable[[str, InputError], None]


def shown(path: str | Path) -> str:
    """The path as text that any JSON or terminal takes: bytes of its name that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def files(path: Path, failed: Failed) -> Iterator[tuple[Path, Format]]:
    """The files behind one named path, each with its format.

    A folder is walked through, entries sorted by name (by code point, so alike everywhere). In it, hidden entries,
    files with an ending that Rashomon does not know and links to folders are passed over in silence: only what a person
    names is worth a message. Entries that cannot be looked at, and folders that hold nothing to read, go to `failed`.
    """
    where = shown(path)
    try:
        if path.is_dir():
            found = False
            for entry in _walk(path, failed):
                found = True
                yield entry
            if not found:
                failed(where, InputError(f"{where} holds no file that can be read: Rashomon reads {LISTED}, also with .gz"))
            return
        path.stat()
    except OSError as error:
        failed(where, unreadable(where, error))
        return
    if not path.is_file():
        failed(where, UnsupportedFormat(f"{where} is neither a file nor a folder: name one, or pipe the text in with -"))
        return
    known = format_of(path.name)
    if known is None:
        failed(where, UnsupportedFormat(f"{where} has an ending that Rashomon does not know: it reads {LISTED}, also with .gz"))
    else:
        yield path, known


def _walk(folder: Path, failed: Failed) -> Iterator[tuple[Path, Format]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        failed(shown(folder), unreadable(shown(folder), error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, failed)
            continue
        known = format_of(entry.name)
        if known is None:
            continue
        try:
            entry.stat()  # follows a link, so that a broken one is named here
            regular = entry.is_file()
        except OSError as error:
            failed(shown(path), unreadable(shown(path), error))
            continue
        if regular:
            yield path, known


def unreadable(where: str, error: OSError) -> InputError:
    """The error that the system gave for a file, as one sentence."""
    if isinstance(error, FileNotFoundError):
        return InputError(f"{where} is not there: check the path (a link may point to nothing)")
    if isinstance(error, PermissionError):
        return InputError(f"{where} may not be read by you: ask for the right to read it, or leave it out")
    return InputError(f"{where} cannot be read ({error.strerror or error}): check the disk and try again")
