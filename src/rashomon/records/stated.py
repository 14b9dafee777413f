"""What a sentence states beyond events, as the ledger's books list it: control, pledges, forecasts, naming."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

import msgspec

from .incident import Citation
from .reading import Control, Forecast, Naming, Pledge

Book = Literal["control", "pledges", "forecasts", "naming"]
BOOKS: dict[Book, type[Control] | type[Pledge] | type[Forecast] | type[Naming]] = {
    "control": Control, "pledges": Pledge, "forecasts": Forecast, "naming": Naming,
}
Said = TypeVar("Said", Control, Pledge, Forecast, Naming)


class Stated(msgspec.Struct, Generic[Said], frozen=True):
    """One statement of one document: what is said, where it stands and through whom.

    `key` outlives rereading as long as the span does. `published`: first and last possible day of the document, ISO 8601;
    `added`: the instant at which the ledger took the document in. `story` is the id of the document's story.
    """

    key: str
    citation: Citation
    publisher: str | None
    published: tuple[str | None, str | None]
    added: str
    story: str | None
    said: Said
