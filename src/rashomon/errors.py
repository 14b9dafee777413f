"""Every error that Rashomon raises on purpose.

    RashomonError
    ├── InputError            a document that cannot be read; the others go on
    │   ├── EmptyDocument
    │   ├── UndecodableText
    │   ├── UnsupportedFormat
    │   ├── MalformedRecord
    │   ├── DocumentTooLarge
    │   └── NotFetched        an address whose page could not be had
    ├── ReadingFormatError    JSON that is not a reading
    ├── KnowledgeError        a knowledge file that breaks its own rules
    ├── ModelError            a model file missing or not the one its card describes
    ├── LedgerError           the ledger cannot be opened, or is of another version
    └── UsageError            the call cannot mean anything
        └── NotThere          it asks for what is not there, or is another person's

Each message is one sentence or two: what is wrong, where, and what to do.
"""

from __future__ import annotations


class RashomonError(Exception):
    """The root of the tree above."""


class InputError(RashomonError):
    """A document that cannot be read."""


class EmptyDocument(InputError):
    """The document holds no text."""


class UndecodableText(InputError):
    """The bytes are no text in any encoding that was tried."""


class UnsupportedFormat(InputError):
    """The file is of a kind that Rashomon does not read."""


class MalformedRecord(InputError):
    """A record (a JSONL line, a CSV row, a PDF) is broken; the message names it."""


class DocumentTooLarge(InputError):
    """The document is larger than the set limit."""


class NotFetched(InputError):
    """An address whose page could not be had.

    `status` is the server's answer (404), None where there was none. `again`: it may be had later, after `after` seconds where
    the server names them.
    """

    def __init__(
        self, message: str, *, status: int | None = None, again: bool = False, after: float | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.again = again
        self.after = after


class ReadingFormatError(RashomonError):
    """JSON that does not follow the reading format."""


class KnowledgeError(RashomonError):
    """A knowledge file that breaks its own rules."""


class ModelError(RashomonError):
    """A model file is missing, or is not the one that its card describes."""


class LedgerError(RashomonError):
    """The ledger cannot be opened or written, or is of another version."""


class UsageError(RashomonError):
    """The call cannot mean anything."""


class NotThere(UsageError):
    """The call asks for something that is not there, or is another person's."""
