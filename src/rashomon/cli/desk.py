"""An open ledger at the hand of a command: its view, and small look-ups that every page needs again and again."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType

from ..config import Settings
from ..errors import LedgerError
from ..ledger import DocumentEntry, Ledger, View, open_ledger
from ..records import Citation, Claim, Decision, Document, Event, Incident, Reading, Story, claim_keys, event_keys


class Desk:
    """Opens the ledger named on the command line, or the user's own where none is; close it or use it in a `with`."""

    def __init__(self, ledger_at: str | None, *, create: bool = False) -> None:
        self.settings = Settings.load()
        self.where = ledger_at or str(self.settings.ledger)
        self.ledger: Ledger = open_ledger(self.where, create=create, busy_seconds=self.settings.busy_seconds)
        self.view: View = self.ledger.view()
        self._entries: dict[str, DocumentEntry] | None = None
        self._decisions: tuple[Decision, ...] | None = None
        self._documents: dict[str, Document] = {}
        self._readings: dict[str, Reading | None] = {}

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ledger.close()

    def entry(self, key: str) -> DocumentEntry:
        """The document's line in the list, by its key."""
        if self._entries is None:
            self._entries = {entry.key: entry for entry in self.view.documents()}
        return self._entries[key]

    def caller_id(self, key: str) -> str:
        """The id that the caller gave the document."""
        return self.entry(key).id

    def publisher(self, key: str) -> str:
        """Who published the document, or its id where that is not known."""
        entry = self.entry(key)
        return entry.publisher or entry.id

    def published(self, keys: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
        """First and last possible day of publication of each document."""
        return {key: (self.entry(key).published_start, self.entry(key).published_end) for key in keys}

    def document(self, key: str) -> Document:
        """The document with its text."""
        if key not in self._documents:
            self._documents[key] = self.view.original(key)
        return self._documents[key]

    def reading(self, key: str) -> Reading | None:
        """The document's current reading."""
        if key not in self._readings:
            self._readings[key] = self.view.reading(key)
        return self._readings[key]

    def sentence(self, citation: Citation) -> str:
        """The sentence that a citation stands in."""
        return citation.sentence.of(self.document(citation.document).text)

    def decisions_on(self, incident: Incident) -> list[Decision]:
        """What people decided, and still holds, about events of the incident."""
        if self._decisions is None:
            self._decisions = self.view.decisions()
        about = [each for each in self._decisions if not set(each.documents).isdisjoint(incident.documents)]
        if not about:
            return []
        entries = [entry for key in incident.events if (entry := self.view.event(key)) is not None]
        mine = {(entry.document, entry.trigger) for entry in entries}
        return [
            each for each in about if any((anchor.document, anchor.span) in mine for part in each.parts for anchor in part)
        ]

    def story(self, key: str) -> Story:
        """The story with that id."""
        return next(story for story in self.view.stories() if story.id == key)

    def claim(self, key: str) -> tuple[Reading, Claim]:
        """A claim by its key, with the reading it stands in."""
        owner = next((entry.document for entry in self.view.claims() if entry.key == key), None)
        reading = self.reading(owner) if owner else None
        if owner is None or reading is None:
            raise LedgerError(f"ledger {self.where}: claim {key} went while it was looked up: try again")
        keys = claim_keys(owner, reading.attributions)
        return reading, next(claim for claim in reading.attributions if keys[claim.id] == key)

    def event(self, key: str) -> tuple[Reading, Event, Claim | None]:
        """An event by its key, with its reading and the claim it stands in."""
        entry = self.view.event(key)
        reading = self.reading(entry.document) if entry else None
        if entry is None or reading is None:
            raise LedgerError(f"ledger {self.where}: event {key} went while it was looked up: try again")
        keys = event_keys(entry.document, reading.events)
        event = next(event for event in reading.events if keys[event.id] == key)
        claims = {claim.id: claim for claim in reading.attributions}
        return reading, event, claims.get(event.according_to or "A0")
