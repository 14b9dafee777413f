"""Many documents: read, stored one by one, linked into stories and incidents, compared, kept in the ledger.

    with open_ledger("war.db", create=True) as ledger:
        change = add(documents(paths, ...), ledger, Reader.load())

Whatever was interrupted goes on where it stopped: stored documents wait in the ledger's queue until they are linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from .compare import Pair, Source, build_incidents, contradictions, tallies
from .errors import InputError, RashomonError
from .knowledge.actors import load_actors
from .knowledge.comparison import ComparisonRules, Sides, load_comparison, sides_of
from .knowledge.linking import LinkingRules, load_linking
from .knowledge.rarity import Rarity, load_rarity
from .ledger import Ledger, View, Writer
from .ledger.entries import DocumentEntry
from .ledger.links import LinksOutdated
from .link import (
    covered,
    group_happenings,
    happenings,
    ledger_date,
    passages,
    shingles,
    sketch_reading,
    stories_from,
    story_scores,
    touched,
)
from .records import Arrival, Document, Incident, LedgerDate, MadeBy, Reading, Story, Tally

ENGLISH = frozenset({"en", "und"})
_TRIES = 3


class Watch(Protocol):
    """Who is told of the work as it goes."""

    def __call__(self, source: str, error: RashomonError) -> None:
        """A document could not be read."""

    def step(self, name: str) -> None:
        """A document is done."""

    def skip(self, name: str, reason: str) -> None:
        """A document was kept without being read."""


class Reads(Protocol):
    """What a builder asks of a reader; `rashomon.reader.Reader` is one."""

    @property
    def made_by(self) -> MadeBy:
        """Digests of what makes its readings."""

    def read(self, document: Document) -> Reading:
        """The reading of a document. RashomonError where it cannot be read."""


class Change(msgspec.Struct, frozen=True):
    """What a run did, in documents, and what the ledger then holds of them.

    `read` were read now, `known` were there already, `stale` of these were read by another make of the program, `not_read`
    are kept as text only, `failed` could not be read, `removed` are gone. `linked` were linked, into `stories` that hold
    `incidents`.
    """

    read: int = 0
    known: int = 0
    stale: int = 0
    not_read: int = 0
    failed: int = 0
    removed: int = 0
    linked: int = 0
    stories: int = 0
    incidents: int = 0


class Fetch(Protocol):
    """Gives readings under their document keys, of some documents or (None) of all; `View.readings` is one."""

    def __call__(self, keys: Iterable[str] | None, /) -> Iterable[tuple[str, Reading]]:
        """(document key, reading) of each; every call gives the same."""


class Linked(msgspec.Struct, frozen=True):
    """Stories with their incidents and tallies."""

    stories: tuple[Story, ...]
    incidents: tuple[Incident, ...]
    tallies: tuple[Tally, ...]


class Linker:
    """Links and compares readings. A pure function of them and of its knowledge."""

    def __init__(self, rules: LinkingRules, rarity: Rarity, comparison: ComparisonRules, sides: Sides) -> None:
        self._rules = rules
        self._rarity = rarity
        self._comparison = comparison
        self._sides = sides

    @classmethod
    def load(cls, actors: Path | None = None) -> Linker:
        """Loads weights, word rarity and what is known of sides. `actors` are the user's own war files where they are not
        those of the settings. KnowledgeError says what is broken."""
        return cls(load_linking(), load_rarity(), load_comparison(), sides_of(load_actors(own=actors)))

    def link(self, readings: Iterable[tuple[str, Reading]]) -> Linked:
        """Stories and incidents of readings, given under their document keys."""
        known = dict(readings)
        return self.relink(lambda keys: ((key, known[key]) for key in sorted(known if keys is None else keys)), known, {})

    def relink(self, fetch: Fetch, changed: Iterable[str], standing: Mapping[str, Iterable[str]]) -> Linked:
        """Stories and incidents of all that a change of these documents can alter: what linking everything would give.

        `fetch` gives the readings of some documents or (None) of all, as often as asked; only sketches are kept of them.
        `standing` holds the documents of each document's present story: a story is replaced as a whole.
        """
        weights = self._rules.stories
        sketches = {key: sketch_reading(key, reading, self._rarity, weights) for key, reading in fetch(None)}
        scores = story_scores(sketches, weights)
        wanted: set[str] = set()
        ahead = {other for key in changed for other in (key, *standing.get(key, ()))} & sketches.keys()
        while ahead:
            wanted = touched(wanted | ahead, sketches, scores, weights.threshold)
            ahead = {other for key in wanted for other in standing.get(key, ())} & sketches.keys() - wanted
        inside = {at: score for at, score in scores.items() if at[0] in wanted and at[1] in wanted}
        stories = stories_from(wanted, inside, weights)
        incidents: list[Incident] = []
        found: list[Tally] = []
        for story in stories:
            sources = {key: Source.of(key, reading) for key, reading in fetch(story.documents)}
            incidents.extend(self._incidents(story, sources))
            found.extend(tally for key in story.documents for tally in tallies(sources[key], self._comparison))
        return Linked(tuple(stories), tuple(sorted(incidents, key=lambda each: each.id)), tuple(found))

    def contradictions(
        self, readings: Iterable[tuple[str, Reading]], incidents: Iterable[Incident], *, limit: int | None = None
    ) -> list[Pair]:
        """Pairs of statements worth a look, the most telling first: see `compare.contradictions`."""
        sources = {key: Source.of(key, reading) for key, reading in readings}
        return contradictions(sources, incidents, self._comparison, self._sides, limit=limit)

    def _incidents(self, story: Story, sources: Mapping[str, Source]) -> list[Incident]:
        shared = covered(passages(shingles(key, sources[key].reading) for key in story.documents))
        weights = self._rules.incidents
        mine = [
            each for key in story.documents for each in happenings(key, sources[key].reading, self._rarity, weights)
        ]
        groups = group_happenings(mine, shared, weights)
        return build_incidents(story.id, groups, sources, shared, self._comparison, self._sides)


def add(
    arrivals: Iterable[Arrival],
    ledger: Ledger,
    reader: Reads,
    *,
    watch: Watch | None = None,
    linker: Linker | None = None,
) -> Change:
    """Read what the ledger does not know yet, keep it, link and compare it. Doing it twice changes nothing.

    Each document is stored in a transaction of its own. One that cannot be read is kept as far as it is known, noted, and
    told to `watch`; the others go on. LedgerError when the ledger cannot be written.
    """
    writer, view = ledger.writer(), ledger.view()
    known = {entry.key: entry for entry in view.documents()}
    counts = dict.fromkeys(("read", "known", "stale", "not_read", "failed"), 0)
    for arrival in arrivals:
        entry = known.get(arrival.document.key)
        outcome = _take(arrival, entry, writer, view, reader, watch)
        counts[outcome] += 1
        if outcome == "known" and entry is not None and _made_otherwise(entry, reader.made_by):
            counts["stale"] += 1
        if watch is not None:
            watch.step(arrival.document.id)
    done = link(ledger, linker=linker)
    return msgspec.structs.replace(done, **counts)


def link(ledger: Ledger, *, linker: Linker | None = None) -> Change:
    """Link all documents that wait in the queue; computes outside the write lock, and again where another came first."""
    writer, view = ledger.writer(), ledger.view()
    for attempt in range(_TRIES):
        waiting = writer.pending()
        if not waiting:
            return Change()
        linker = linker or Linker.load()
        standing = {key: story.documents for story in view.stories() for key in story.documents}
        linked = linker.relink(view.readings, waiting, standing)
        try:
            writer.save_links(
                stories=linked.stories,
                incidents=linked.incidents,
                tallies=linked.tallies,
                documents_done=waiting,
            )
        except LinksOutdated:
            if attempt + 1 == _TRIES:
                raise
            continue
        return Change(linked=len(waiting), stories=len(linked.stories), incidents=len(linked.incidents))
    return Change()


def relink(ledger: Ledger, *, linker: Linker | None = None) -> Change:
    """Link everything anew, after a change of weights or knowledge. The same readings give the same partition."""
    ledger.writer().queue()
    return link(ledger, linker=linker)


def remove(ledger: Ledger, keys: Sequence[str], *, linker: Linker | None = None) -> Change:
    """Erase documents (by key) with all that came from them, and link again what they held together."""
    writer = ledger.writer()
    for key in keys:
        writer.remove(key)
    return msgspec.structs.replace(link(ledger, linker=linker), removed=len(keys))


def reread(
    ledger: Ledger,
    reader: Reads,
    *,
    keys: Sequence[str] | None = None,
    watch: Watch | None = None,
    linker: Linker | None = None,
) -> Change:
    """Read again what another make of the program has read (or `keys`), from the text as stored, and link it.

    The former readings are retired, not erased.
    """
    writer, view = ledger.writer(), ledger.view()
    read = failed = 0
    for key in keys if keys is not None else view.outdated(reader.made_by):
        document = view.original(key)
        try:
            reading = read_guarded(document, reader)
        except RashomonError as error:
            failed += 1
            if watch is not None:
                watch(document.source, error)
            continue
        writer.replace(key, reading)
        read += 1
        if watch is not None:
            watch.step(document.id)
    return msgspec.structs.replace(link(ledger, linker=linker), read=read, failed=failed)


def date_of(view: View, key: str) -> LedgerDate | None:
    """What the other documents of its story, and its fetching, add to the date of a document (key); None for nothing.

    Computed when asked from what the ledger then holds, so that it cannot be out of date.
    """
    story = next((each for each in view.stories() if key in each.documents), None)
    readings = dict(view.readings(story.documents if story is not None else [key]))
    if key not in readings:
        return None
    document = view.original(key)
    captures = view.captures(document.url or document.id)
    fetched = min((each.fetched for each in captures if each.fetched and key in each.documents), default=None)
    return ledger_date(key, readings, view.incidents(document=key), fetched, load_linking().dates)


# ------------------------------------------------------------------------------------------------------- one document


def _take(
    arrival: Arrival, entry: DocumentEntry | None, writer: Writer, view: View, reader: Reads, watch: Watch | None
) -> str:
    """Store one arrival; which of Change's counts it belongs to."""
    raw, document = arrival.raw, arrival.document
    if entry is not None and entry.state == "read":
        # Its bytes may be new at this address even where its text is not.
        writer.store(raw, document, view.reading(document.key), state="read")
        return "known"
    if document.language not in ENGLISH:
        reason = f"its language is {document.language!r}, and Rashomon reads English"
        writer.store(raw, document, None, state="not-read", reason=reason)
        if watch is not None:
            watch.skip(document.id, reason)
        return "not_read"
    try:
        reading = read_guarded(document, reader)
    except RashomonError as error:
        writer.store(raw, document, None, state="failed", reason=str(error))
        if watch is not None:
            watch(document.source, error)
        return "failed"
    writer.store(raw, document, reading, state="read")
    return "read"


def read_guarded(document: Document, reader: Reads) -> Reading:
    """The reading, or an InputError also where the program itself is at fault, so that the other documents go on."""
    try:
        return reader.read(document)
    except RashomonError:
        raise
    except Exception as error:
        # The one broad net of the program: a fault that one text brings out must not lose a night's run of others.
        told = f"{type(error).__name__}: {error}"
        raise InputError(f"{document.id}: reading stopped at a fault of the program ({told}); please report it") from error


def _made_otherwise(entry: DocumentEntry, made_by: MadeBy) -> bool:
    made = entry.made_by
    return made is not None and (made.code, made.knowledge, made.models) != (made_by.code, made_by.knowledge, made_by.models)
