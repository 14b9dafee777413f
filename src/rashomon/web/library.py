"""What every route of the API needs at hand: the open ledger, and small look-ups that are asked for again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from threading import Lock
from typing import TypeVar

from ..knowledge.actors import load_actors
from ..knowledge.comparison import ComparisonRules, Sides, load_comparison, sides_of
from ..ledger import DocumentEntry, IncidentEntry, Ledger, Lists, View
from ..records import Decision, Document, Incident, Reading
from ..revising import Ready
from .caution import Caution, recent, roughly
from .kept import Kept

T = TypeVar("T")
_KEPT = 256
_BOOKS = 16
_MANY = 20_000
# An answer that took longer, in seconds, is given once more while it is made anew.
_PATIENCE = 2.0


class Library:
    """One ledger, looked into by many threads at once. A text never changes under its key; readings and whole answers are kept
    until the ledger changes."""

    def __init__(self, ledger: Ledger, where: str, caution: Caution) -> None:
        self.ledger = ledger
        self.where = where
        self.caution = caution
        self.view: View = ledger.view()
        self.lists: Lists = ledger.lists()
        self.rules: ComparisonRules = load_comparison()
        self.sides: Sides = sides_of(load_actors())
        self._document = lru_cache(maxsize=_KEPT)(self.view.original)
        self._reading = lru_cache(maxsize=_KEPT)(self._read)
        self._answers = Kept(self._now, _KEPT)
        self._books = Kept(self._now, _BOOKS, patience=_PATIENCE)
        self._chains: dict[str, dict[str, tuple[str, ...]]] = {}
        self._chains_as_of = -1
        self._lock = Lock()

    def document(self, key: str) -> Document:
        """The document with its exact text. UsageError for an unknown key."""
        return self._document(key)

    def reading(self, entry: DocumentEntry) -> Reading | None:
        """The document's current reading as people have judged it; None where it was not read."""
        return self._reading(entry.key, self.view.changes()) if entry.state == "read" else None

    def entries(self, keys: Iterable[str]) -> dict[str, DocumentEntry]:
        """The lines of these documents."""
        return {entry.key: entry for entry in self.view.entries(keys)}

    def chains(self, keys: Iterable[str]) -> dict[str, dict[str, tuple[str, ...]]]:
        """Of these documents, claim by claim, who says it through whom."""
        now = self.view.changes()
        wanted = set(keys)
        with self._lock:
            if now != self._chains_as_of or len(self._chains) > _MANY:
                self._chains, self._chains_as_of = {}, now
            held = self._chains
        held.update(self.view.chains(key for key in wanted if key not in held))
        return {key: held[key] for key in wanted if key in held}

    def once(self, question: tuple[Hashable, ...], answer: Callable[[], T], of: object = None) -> T:
        """The answer to a question about the whole ledger, computed again only after the ledger has changed, or the day; or the
        book that it is made `of`."""
        return self._answers.once(question, answer, of)

    def book(self, question: tuple[Hashable, ...], answer: Callable[[], T]) -> T:
        """The same for what may take many seconds: then the last answer is given while the new one is made."""
        return self._books.once(question, answer)

    def ready(self) -> Ready:
        """What the search for revisions made ready since the last change."""
        return self.once(("ready",), lambda: Ready(self.view))

    def drawn(self, some: Iterable[IncidentEntry]) -> tuple[tuple[IncidentEntry, ...], int]:
        """(the incidents as they may be drawn, recent ones roughly; how many are recent)."""
        entries = tuple(some)
        since = self.caution.since
        if since is None:
            return entries, 0
        undated = self.once(("undated",), lambda: self.lists.undated_since(since))
        late = {entry.id for entry in entries if recent(entry, since, undated)}
        return tuple(roughly(entry) if entry.id in late else entry for entry in entries), len(late)

    def decisions_on(self, incident: Incident) -> tuple[Decision, ...]:
        """What people decided, and still holds, about events of the incident."""
        told = set(incident.documents)
        about = [each for each in self.view.decisions() if told & set(each.documents)]
        if not about:
            return ()
        entries = [entry for key in incident.events if (entry := self.view.event(key)) is not None]
        mine = {(entry.document, entry.trigger) for entry in entries}
        return tuple(
            each for each in about if any((anchor.document, anchor.span) in mine for part in each.parts for anchor in part)
        )

    def _now(self) -> tuple[int, str | None]:
        """What is the same at another time is to be answered the same."""
        return self.view.changes(), self.caution.since

    def _read(self, key: str, _as_of: int) -> Reading | None:
        return self.view.reading(key)
